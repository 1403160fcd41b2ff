"""The workshop of the regional synthesis, one screen a file."""
