"""A synthesis shown: what its page, its files and its CSV say, made of one `SynthesisRead`."""

from appreciation.interfaces.synthesis.presented import Presented, present_synthesis
from appreciation.interfaces.synthesis.tables import NamedTable, tables_of

__all__ = ["NamedTable", "Presented", "present_synthesis", "tables_of"]
