"""What a démarche hands out: each document is a `DocumentType` of `catalogue.py`."""
