"""How dates and hours are read (FORMAT_MODULE_PATH)."""
