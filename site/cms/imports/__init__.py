"""Importing a file in the admin: looked at, confirmed, then done by one worker.

One road for every kind of file (`ImportKind`): practices, figures.
"""
