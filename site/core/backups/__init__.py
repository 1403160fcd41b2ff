"""Backups that any engine can read back: tables as JSON lines, files, and a manifest with imprints.

SQLite and PostgreSQL write and read the same format, so that a backup also moves a site from one
to the other. Sessions and the search index are left out: the first should not live again, the
second is rebuilt.
"""

from core.backups.reader import restore_backup, verify_backup
from core.backups.writer import write_backup

__all__ = ["restore_backup", "verify_backup", "write_backup"]
