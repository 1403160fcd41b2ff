"""Who may do in the catalogue what page rights alone do not say."""

from cms.imports.kinds import may_import

__all__ = ["may_import"]
