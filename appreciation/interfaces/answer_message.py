"""What a phone sends, form or JSON, read into plain values: bad ones are refused in French."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from appreciation.domain.ratings import InvalidRatingError
from appreciation.enums import SpecialAnswer

SPECIAL_WORDS = {
    "NSP": SpecialAnswer.DOES_NOT_KNOW,
    "-1": SpecialAnswer.DOES_NOT_KNOW,
    "PASSER": SpecialAnswer.DECLINED,
    "REFUS": SpecialAnswer.DECLINED,
    "-2": SpecialAnswer.DECLINED,
}
IDENTIFIER_MAX = 2**63 - 1
DIGITS_MAX = len(str(IDENTIFIER_MAX))


@dataclass(frozen=True)
class AnswerMessage:
    """The arguments of `record_rating` that come from outside."""

    item_id: int
    round_id: int
    answer: int
    comment: str | None
    sequence: int
    client_recorded_at: dt.datetime | None


def sent_fields(request: HttpRequest) -> Mapping[str, Any]:
    """The fields of a form or of a JSON object. InvalidRatingError for anything else."""
    if request.content_type != "application/json":
        return request.POST
    try:
        fields = json.loads(request.body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise InvalidRatingError("Ce message n’est pas lisible. Rechargez la page.")
    return fields


def read_answer(fields: Mapping[str, Any]) -> AnswerMessage:
    """The message, checked for form only: the rules are `record_rating`'s."""
    comment = fields.get("comment")
    if comment is not None and not isinstance(comment, str):
        raise InvalidRatingError("Le mot doit être du texte.")
    return AnswerMessage(
        item_id=_identifier(fields.get("item"), "la question"),
        round_id=_identifier(fields.get("round"), "le tour"),
        answer=SpecialAnswer.DECLINED if fields.get("passer") else _answer(fields.get("answer")),
        comment=comment,
        sequence=_whole(fields.get("sequence"), "le numéro d’envoi"),
        client_recorded_at=_moment(fields.get("client_recorded_at")),
    )


def _answer(value: Any) -> int:
    if value in (None, ""):
        raise InvalidRatingError("Choisissez une réponse, ou passez cette question.")
    text = str(value).strip().upper() if isinstance(value, str | int) else ""
    if text in SPECIAL_WORDS:
        return SPECIAL_WORDS[text]
    return _whole(value, "la réponse")


def _whole(value: Any, name: str) -> int:
    """A whole number, zero or more, sent as a number or as digits; true and 3.0 are not."""
    if isinstance(value, int) and not isinstance(value, bool):
        text = str(value)
    else:
        text = value.strip() if isinstance(value, str) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX):
        raise InvalidRatingError(f"Il manque {name}, ou sa valeur n’est pas un nombre entier.")
    return int(text)


def _identifier(value: Any, name: str) -> int:
    """One that no row can have is read as the largest, which none has either."""
    return min(_whole(value, name), IDENTIFIER_MAX)


def _moment(value: Any) -> dt.datetime | None:
    """The phone's own clock, for the record: one that cannot be read costs nobody an answer."""
    if not isinstance(value, str):
        return None
    try:
        moment = parse_datetime(value)
        if moment is None:
            return None
        aware = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return aware.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
