"""The parts of `test_two_years`: a démarche from the first word of a visitor to the second time."""
