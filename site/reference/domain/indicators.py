"""What is counted: the shipped definitions, and those a mapping brings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.errors import DomainError
from reference.domain.vocabularies import SEEDS
from reference.models import Dimension, Indicator, IndicatorSource, PortraitItem

if TYPE_CHECKING:
    from reference.domain.imports.indicator_mapping import SourceFacts

FIELDS = frozenset(
    {
        *("code", "name", "description", "theme", "unit", "decimals", "may_be_negative"),
        *("rollup", "rollup_of", "rollup_over"),
    }
)
LINKS = ("rollup_of", "rollup_over")
NEIGHBOUR = "dimension"
"""Shipped definitions name the dimension that they shed light on; editors change it."""


@cache
def shipped_definitions() -> dict[str, dict[str, Any]]:
    """Those that come with the site, by code, in their order."""
    text = (SEEDS / "indicators.toml").read_text(encoding="utf-8")
    return {
        entry["code"]: entry | {"position": position}
        for position, entry in enumerate(tomllib.loads(text)["entries"], start=1)
    }


def ensure_source(facts: SourceFacts) -> IndicatorSource:
    """The edition of a publication that a mapping names; made when it is not there yet."""
    source, _made = IndicatorSource.objects.get_or_create(
        series=facts.series,
        edition=facts.edition,
        defaults={
            "name": facts.name,
            "publisher": facts.publisher,
            "licence": facts.licence,
            "url": facts.url,
        },
    )
    return source


@transaction.atomic
def ensure_indicators(
    codes: Iterable[str], definitions: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Indicator]:
    """These indicators by code; the missing ones are made from their definition.

    One that exists is left as editors made it. A code that nothing defines is refused.
    """
    told = shipped_definitions() | {each["code"]: _checked(each) for each in definitions}
    wanted = list(dict.fromkeys(codes))
    for code in list(wanted):
        wanted += [told[code][link] for link in LINKS if told.get(code, {}).get(link)]
    known = {each.code: each for each in Indicator.objects.filter(code__in=wanted)}
    if undefined := sorted(set(wanted) - known.keys() - told.keys()):
        raise DomainError(
            f"Indicateur inconnu: {', '.join(undefined)}. Définissez-le dans la correspondance"
            " ([[definitions]]) ou dans l’administration."
        )
    missing = [told[code] for code in dict.fromkeys(wanted) if code not in known]
    for entry in missing:
        known[entry["code"]] = _make(entry)
    for entry in missing:
        _link(known, entry)
    return known


@transaction.atomic
def ensure_portrait_list() -> int:
    """The list a portrait starts with, once; afterwards it is the editors'."""
    if PortraitItem.objects.exists():
        return 0
    shipped = tomllib.loads((SEEDS / "portrait.toml").read_text(encoding="utf-8"))
    indicators = ensure_indicators(shipped["indicators"])
    made = PortraitItem.objects.bulk_create(
        PortraitItem(
            indicator=indicators[code],
            position=position,
            is_key_figure=code in shipped["key_figures"],
        )
        for position, code in enumerate(shipped["indicators"], start=1)
    )
    return len(made)


def _checked(entry: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(entry) - FIELDS):
        raise DomainError(f"Définition de « {entry['code']} »: réglage inconnu, {unknown[0]}.")
    return dict(entry)


def _make(entry: Mapping[str, Any]) -> Indicator:
    plain = {name: value for name, value in entry.items() if name not in (*LINKS, NEIGHBOUR)}
    neighbour = Dimension.objects.filter(code=entry.get(NEIGHBOUR, "")).first()
    indicator = Indicator(**plain, dimension=neighbour)
    indicator.full_clean()
    indicator.save()
    return indicator


def _link(known: Mapping[str, Indicator], entry: Mapping[str, Any]) -> None:
    links = {name: known[entry[name]] for name in LINKS if entry.get(name)}
    if links:
        for name, target in links.items():
            setattr(known[entry["code"]], name, target)
        known[entry["code"]].save(update_fields=list(links))
