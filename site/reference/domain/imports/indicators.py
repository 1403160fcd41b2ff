"""Figures from a file into the database: all or nothing, matched on codes, never names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome
from core.typography import fr_date
from reference.domain.comparability import are_comparable, boundary_changes
from reference.domain.imports.figure_places import FigurePlaces
from reference.domain.imports.indicator_mapping import IndicatorMapping
from reference.domain.imports.indicator_records import FigureRecord, read_figures
from reference.domain.indicators import ensure_indicators, ensure_source
from reference.domain.periods import bounds
from reference.domain.rollups import rebuild_rollups
from reference.enums import ValueStatus
from reference.models import Breakdown, Indicator, IndicatorSource, IndicatorValue, Place

FEW = 3
"""Shares all under 1 %: three are enough to wonder whether they are fractions."""
BATCH = 500
Key = tuple[int, int, str, str]


@dataclass
class FigurePlan:
    """What a file does, or would do."""

    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    created: list[IndicatorValue] = field(default_factory=list)
    changed: list[IndicatorValue] = field(default_factory=list)
    unchanged: int = 0

    @property
    def outcome(self) -> Outcome:
        return Outcome(len(self.created), len(self.changed), self.unchanged)


@transaction.atomic
def import_indicators(
    content: bytes,
    *,
    file_name: str,
    mapping: IndicatorMapping | None = None,
    dry_run: bool = False,
) -> FigurePlan:
    """Add and revise figures. One refused line refuses the whole file.

    The same file again changes nothing; a next edition adds its years and revises its own series,
    never another's. An empty cell says nothing and erases nothing.
    """
    records, mapping = read_figures(content, file_name=file_name, mapping=mapping)
    writer = _Writer(records, mapping, file_name)
    plan = writer.plan_or_refuse()
    if dry_run:
        transaction.set_rollback(True)
    else:
        writer.store()
    return plan


class _Known(NamedTuple):
    """A figure as the database has it."""

    pk: int
    told: list[Decimal | str | None]
    """Value, status and symbol."""
    is_computed: bool
    source: int


class _Writer:
    """Figures known before the file, and what becomes of each line."""

    def __init__(
        self, records: list[FigureRecord], mapping: IndicatorMapping, file_name: str
    ) -> None:
        self.records, self.mapping, self.file_name = records, mapping, file_name[-150:]
        self.plan = FigurePlan()
        self.source = ensure_source(mapping.source)
        self.sources = {each.pk: each for each in IndicatorSource.objects.all()}
        self.indicators = ensure_indicators(
            [record.indicator for record in records], mapping.definitions
        )
        self.breakdowns = _breakdowns(records)
        self.places = FigurePlaces(mapping.place, records)
        self.changes = boundary_changes()
        self.known = self._known()

    def plan_or_refuse(self) -> FigurePlan:
        self.places.refuse_another_region()
        for record in self.records:
            try:
                self._take(record)
            except DomainError as error:
                self.plan.problems.append(f"Ligne {record.line}: {error}")
        self.plan.problems += self._fractions()
        if self.plan.problems:
            raise ImportRefusedError(self.plan.problems)
        self.plan.remarks += self.places.remarks()
        return self.plan

    def store(self) -> None:
        IndicatorValue.objects.bulk_create(self.plan.created, batch_size=BATCH)
        IndicatorValue.objects.bulk_update(
            self.plan.changed,
            ["value", "status", "symbol", "source", "file_name", "line", "is_computed"],
            batch_size=BATCH,
        )
        if self.plan.outcome.changed:
            self._tell_rollups()

    def _take(self, record: FigureRecord) -> None:
        place = self.places.of(record)
        if place is None:
            return
        indicator = self.indicators[record.indicator]
        _check(record, indicator, place)
        status = self._status(record, place)
        told = [record.told.number, status, record.told.symbol]
        known = self.known.get(self._key(place, record))
        if known is not None and not known.is_computed and known.told == told:
            self.plan.unchanged += 1
            return
        if known is not None:
            self._check_series(known, record, indicator, place)
        row = IndicatorValue(
            pk=known.pk if known else None,
            place=place,
            indicator=indicator,
            period=record.period,
            breakdown=self.breakdowns.get(record.breakdown.code) if record.breakdown else None,
            source=self.source,
            file_name=self.file_name,
            line=record.line,
        )
        row.value, row.status, row.symbol = record.told.number, status, record.told.symbol
        (self.plan.changed if known else self.plan.created).append(row)

    def _check_series(
        self, known: _Known, record: FigureRecord, indicator: Indicator, place: Place
    ) -> None:
        theirs = self.sources[known.source]
        if not known.is_computed and theirs.series != self.source.series:
            raise DomainError(
                f"« {indicator} » de {place} ({record.period}) vient déjà d’une autre source"
                f" ({theirs.name}), avec un autre chiffre: donnez-lui un autre indicateur."
            )

    def _status(self, record: FigureRecord, place: Place) -> str:
        """A change across a merger or a split compares two different places: it says so."""
        earlier, _, later = record.period.partition("/")
        if later and not are_comparable(self.changes, place.pk, earlier, later):
            return ValueStatus.NOT_COMPARABLE
        return record.told.status

    def _key(self, place: Place, record: FigureRecord) -> Key:
        code = record.breakdown.code if record.breakdown else ""
        return place.pk, self.indicators[record.indicator].pk, record.period, code

    def _known(self) -> dict[Key, _Known]:
        """Without building a model each: a monthly series has ten thousand of them."""
        codes = dict(Breakdown.objects.values_list("pk", "code"))
        rows = IndicatorValue.objects.filter(
            indicator__in=[each.pk for each in self.indicators.values()]
        ).values_list(
            *("place_id", "indicator_id", "period", "breakdown_id", "pk"),
            *("value", "status", "symbol", "is_computed", "source_id"),
        )
        return {
            (place, indicator, period, codes.get(breakdown, "")): _Known(pk, told, computed, source)
            for place, indicator, period, breakdown, pk, *told, computed, source in rows.iterator()
        }

    def _fractions(self) -> list[str]:
        """Shares that all lie between 0 and 1 are fractions, most likely."""
        shares: dict[str, list[Decimal]] = defaultdict(list)
        scaled = {rule.code for rule in self.mapping.rules if rule.fraction}
        for record in self.records:
            indicator = self.indicators[record.indicator]
            is_share = indicator.unit == "%" and not indicator.may_be_negative
            if is_share and record.told.number is not None and indicator.code not in scaled:
                shares[indicator.name].append(record.told.number)
        return [
            f"« {name} » est en %, et tous ses chiffres vont de 0 à 1: si ce sont des fractions,"
            " dites-le dans la correspondance (fraction = true)."
            for name, numbers in shares.items()
            if len(numbers) >= FEW and all(0 <= one <= 1 for one in numbers)
        ]

    def _tell_rollups(self) -> None:
        made = rebuild_rollups(self.indicators.values())
        if made:
            self.plan.remarks.append(
                f"{made} chiffres de territoires et de la région sont calculés à partir des"
                " municipalités."
            )


def _check(record: FigureRecord, indicator: Indicator, place: Place) -> None:
    if record.unit and record.unit != indicator.unit:
        raise DomainError(
            f"le fichier donne « {indicator} » en « {record.unit} », et nous en"
            f" « {indicator.unit} »: dites-le dans la correspondance ([units])."
        )
    number = record.told.number
    if number is not None and number < 0 and not indicator.may_be_negative:
        raise DomainError(f"« {indicator} » ne peut pas être négatif ({number.normalize():f}).")
    if place.valid_to is not None and bounds(record.period)[1] > place.valid_to:
        raise DomainError(
            f"« {place} » n’existe plus depuis le {fr_date(place.valid_to)}: un chiffre de"
            f" {record.period} ne peut pas être le sien."
        )


def _breakdowns(records: list[FigureRecord]) -> dict[str, Breakdown]:
    wanted = {each.breakdown.code: each.breakdown for each in records if each.breakdown}
    known = {row.code: row for row in Breakdown.objects.filter(code__in=wanted)}
    for code, facts in wanted.items():
        if code not in known:
            known[code] = Breakdown.objects.create(
                code=code, axis=facts.axis, label=facts.label, position=facts.position
            )
    return known
