"""What the demonstration holds, read from `demonstration.toml`: data, never code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).with_name("demonstration.toml")


@dataclass(frozen=True)
class DemoPerson:
    key: str
    email: str
    first_name: str
    last_name: str
    coordinates: str = ""
    edits: str = ""
    moderates: str = ""
    """The code of a territory, among MRC."""
    superuser: bool = False


@dataclass(frozen=True)
class DemoAppraisal:
    """One démarche. `answers`, `second_round` and `findings` name a table of the file.

    With `lessons` it is closed. `is_done_again`: it does again the one before it there.
    """

    place: str
    territory: str
    phase: str
    requested_by: str
    meeting_in_days: int
    portrait: str = ""
    meeting: str = ""
    head_count: int = 0
    answers: str = ""
    second_round: str = ""
    findings: str = ""
    actions: bool = False
    adopted_days_ago: int = 0
    publish: str = ""
    announced: str = "summary"
    consultations: bool = False
    check_in: str = ""
    lessons: str = ""
    is_done_again: bool = False


@dataclass(frozen=True)
class DemoContent:
    password: str
    people: tuple[DemoPerson, ...]
    site: dict[str, str]
    appraisals: tuple[DemoAppraisal, ...]
    historical: dict[str, Any]
    interests: list[dict[str, Any]]
    consultations: list[dict[str, Any]]
    portrait_figures: list[dict[str, Any]]
    local_facts: list[dict[str, str]]
    answers: dict[str, dict[str, list[int]]]
    findings: dict[str, list[dict[str, str]]]
    actions: list[dict[str, Any]]
    corrections: list[dict[str, str]]
    agreed: dict[str, tuple[int, str, str]]
    invitees: list[dict[str, Any]]


def read_content() -> DemoContent:
    data = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return DemoContent(
        password=data["accounts"]["password"],
        people=tuple(DemoPerson(**person) for person in data["accounts"]["people"]),
        site=data["site"],
        appraisals=tuple(DemoAppraisal(**appraisal) for appraisal in data["appraisals"]),
        historical=data["historical"],
        interests=data["interests"],
        consultations=data["consultations"],
        portrait_figures=data["portrait_figures"],
        local_facts=data["local_facts"],
        answers=data["answers"],
        findings=data["findings"],
        actions=data["actions"],
        corrections=data["corrections"],
        agreed={code: tuple(said) for code, said in data["agreed"].items()},
        invitees=data["invitees"],
    )
