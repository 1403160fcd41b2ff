"""A list of people pasted from a letter or a spreadsheet: one a line, refused by line number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from appreciation.domain.invitees import MOST_INVITED, Contact
from appreciation.enums import ContactWay
from core.errors import DomainError
from core.search_words import fold
from core.typography import NBSP
from reference.models import Sector

SEPARATOR = re.compile(r"[;\t]")
WORD_ENDS = re.compile(r"[\s,’']+")
SHORTEST_SECTOR, COMPARED = 4, 8
"""Signs of a sector's word that are enough to know it, and that are compared."""
COLUMNS = 4
LONGEST_NAME, LONGEST_PHONE = 150, 40


def read_lines(text: str) -> list[tuple[int, Contact]]:
    """Each person with the number of her line. DomainError lists every line that is refused.

    A first line of headings (« Nom; secteur… ») and empty lines are skipped.
    """
    sectors = {fold(sector.name): sector for sector in Sector.objects.filter(is_active=True)}
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip(" ;\t") and not _is_heading(number, line)
    ]
    if not lines:
        raise DomainError("Collez au moins une ligne.")
    if len(lines) > MOST_INVITED:
        raise DomainError(f"{MOST_INVITED} lignes au plus à la fois: collez-en moins.")
    contacts, problems = [], []
    for number, line in lines:
        try:
            contacts.append((number, _read(line, sectors)))
        except DomainError as refusal:
            problems.append(f"Ligne {number}{NBSP}: {refusal}")
    if problems:
        raise DomainError("\n".join(problems))
    return contacts


def _is_heading(number: int, line: str) -> bool:
    cells = [fold(cell.strip()) for cell in SEPARATOR.split(line)]
    return number == 1 and cells[0] == "nom" and "secteur" in cells[1:2]


def _read(line: str, sectors: Mapping[str, Sector]) -> Contact:
    cells = [cell.strip() for cell in SEPARATOR.split(line)]
    while len(cells) > COLUMNS and not cells[-1]:
        cells.pop()
    if len(cells) > COLUMNS:
        raise DomainError("il y a trop de points-virgules; quatre colonnes au plus.")
    name, sector, email, phone = (*cells, "", "", "", "")[:COLUMNS]
    if not name:
        raise DomainError("il manque le nom.")
    if len(name) > LONGEST_NAME or len(phone) > LONGEST_PHONE:
        raise DomainError("le nom ou le téléphone est trop long.")
    return Contact(
        name=name,
        sector=_sector(sector, sectors),
        email=_email(email),
        phone=phone,
        invited_by_way=_way(email, phone),
    )


def _sector(typed: str, sectors: Mapping[str, Sector]) -> Sector:
    """By its name or the beginning of one word of it: « santé », « municipal », « école »."""
    wanted = fold(typed)
    if not wanted:
        raise DomainError("il manque le secteur, après le nom et un point-virgule.")
    if wanted in sectors:
        return sectors[wanted]
    found = [
        sector
        for name, sector in sectors.items()
        if len(wanted) >= SHORTEST_SECTOR
        and any(word.startswith(wanted[:COMPARED]) for word in WORD_ENDS.split(name))
    ]
    if len(found) == 1:
        return found[0]
    known = "; ".join(sector.name for sector in sectors.values())
    raise DomainError(
        f"secteur «{NBSP}{typed[:60]}{NBSP}» inconnu. Écrivez l’un de ceux-ci: {known}."
    )


def _email(typed: str) -> str:
    if not typed:
        return ""
    try:
        validate_email(typed)
    except ValidationError as error:
        sentence = f"«{NBSP}{typed[:80]}{NBSP}» n’est pas un courriel."
        raise DomainError(sentence) from error
    return typed


def _way(email: str, phone: str) -> str:
    if email:
        return ContactWay.EMAIL
    return ContactWay.PHONE if phone else ContactWay.WORD_OF_MOUTH
