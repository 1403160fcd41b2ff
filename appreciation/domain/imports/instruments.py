"""An instrument from a file (TOML, CSV or XLSX) into the database."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from appreciation.domain.imports.instrument_files import instrument_from_toml
from appreciation.domain.imports.instrument_tables import instrument_from_table
from appreciation.domain.instrument_spec import problems_of
from appreciation.domain.instruments import save_instrument
from appreciation.enums import InstrumentState
from appreciation.models import Instrument
from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome
from core.tabular import read_table


@transaction.atomic
def import_instrument(
    content: bytes, *, file_name: str, columns: dict[str, str] | None = None, dry_run: bool = False
) -> Outcome:
    """Create a version or reword one that never served; a frozen one refuses: make a new version.

    A new instrument arrives « en préparation » unless its TOML says it is ready. The same file
    again changes nothing. `columns` gives our heading → theirs, for a spreadsheet.
    """
    if Path(file_name).suffix.lower() == ".toml":
        spec, state = instrument_from_toml(_decoded(content))
    else:
        spec, state = instrument_from_table(read_table(content), columns), InstrumentState.DRAFT
    if problems := problems_of(spec):
        raise ImportRefusedError(problems)
    existed = Instrument.objects.filter(code=spec.code, version=spec.version).exists()
    _, changed = save_instrument(spec, state=state)
    if dry_run:
        transaction.set_rollback(True)
    return Outcome(
        created=int(not existed),
        updated=int(existed and changed),
        unchanged=int(existed and not changed),
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError("Un fichier TOML s’enregistre en UTF-8.") from error
