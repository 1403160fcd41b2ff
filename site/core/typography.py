"""Québec typography (OQLF) for plain text, and French numbers, shares and dates.

Rules: no space before , ; ! ? and a no-break space before : % $, inside « » and around h in hours;
« » for the straight quotes of a keyboard; a curly apostrophe; three dots in one sign. Addresses
(web, e-mail) are left as they are.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

NBSP = "\N{NO-BREAK SPACE}"
ANY_SPACE = "[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"

ADDRESS = re.compile(r"((?:https?://|www\.)\S+|(?<!\S)\S+@\S+\.\S+)")
"""An e-mail starts where its word does: sought at each sign, 10,000 of them take minutes."""
TAGS = re.compile(r"(<[^>]+>)")
KILO = 1000
PLACE = "\ue000"
"""Stands for an address while the rules run around it; of no use in a text."""
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"""(?<![^\s(\[«'’])"(?=\S)([^"\n]*[^"\s])"(?!\w)"""), r"«\1»"),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W_]|«)"), "’"),
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(rf"(?<=[^\s\"]){ANY_SPACE}+(?=[;!?]|,(?:\s|$))"), ""),
    (re.compile(rf"(?<=[\w»”)\]…%$°]){ANY_SPACE}*:(?=[\s»]|$)"), f"{NBSP}:"),
    (re.compile(rf"(?<=\d){ANY_SPACE}*(?=[%$](?!\w))"), NBSP),
    (re.compile(rf"«{ANY_SPACE}*(?=\S)"), f"«{NBSP}"),
    (re.compile(rf"(?<=\S){ANY_SPACE}*»"), f"{NBSP}»"),
    (re.compile(rf"(?<=\d){ANY_SPACE}h\b"), f"{NBSP}h"),
    (re.compile(rf"(?<={NBSP}h){ANY_SPACE}(?=\d)"), NBSP),
)

THOUSANDS = re.compile(rf"(?<=\d){ANY_SPACE}(?=\d{{3}}(?!\d))")

ARTICLES = {
    "Abitibi-Témiscamingue": "l’",
    "Bas-Saint-Laurent": "le ",
    "Capitale-Nationale": "la ",
    "Centre-du-Québec": "le ",
    "Côte-Nord": "la ",
    "Estrie": "l’",
    "Gaspésie–Îles-de-la-Madeleine": "la ",
    "Laurentides": "les ",
    "Mauricie": "la ",
    "Montérégie": "la ",
    "Nord-du-Québec": "le ",
    "Outaouais": "l’",
    "Saguenay–Lac-Saint-Jean": "le ",
}
"""Of Québec's administrative regions (Commission de toponymie); the four others take none."""
A_MRC = "MRC "
CONTRACTED = {"le ": "du ", "les ": "des "}
ELIDING = re.compile(r"[aàâeéèêëiîïoôuùû]|hé", re.IGNORECASE)

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def fr_typo(text: str) -> str:
    """Plain text with its spaces, apostrophes and dots put right. Twice gives the same as once."""
    addresses = iter(ADDRESS.findall(text))
    held = _apply_rules(ADDRESS.sub(PLACE, text.replace(PLACE, "")))
    return re.sub(PLACE, lambda _: next(addresses), held)


def fr_label(text: str) -> str:
    """The same for the words of a choice, where three digits after others are thousands."""
    return THOUSANDS.sub(NBSP, fr_typo(text))


def fr_typo_html(html: str) -> str:
    """The same for a text with tags, which are left as they are."""
    parts = TAGS.split(html)
    return "".join(part if part.startswith("<") else fr_typo(part) for part in parts if part)


def fr_number(value: float | Decimal | Fraction, decimals: int | None = None) -> str:
    """1 234,5: no-break space between thousands, decimal comma.

    With `decimals` the value is rounded half up to that many places; without, whole numbers stay
    whole and others show two decimals at most.
    """
    places = 2 if decimals is None else decimals
    rounded = _exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    if decimals is None:
        text = text.rstrip("0").rstrip(",")
    return f"-{text}" if rounded < 0 else text


def fr_percent(share: float | Decimal | Fraction, decimals: int = 0) -> str:
    """A share from 0 to 1 in per cent: 0.354 → 35 %."""
    return f"{fr_number(_exact(share) * 100, decimals)}{NBSP}%"


def fr_size(size: int) -> str:
    """A file's size as people say it: 840 octets, 21 ko, 1,4 Mo."""
    if size < KILO:
        return f"{size}{NBSP}octets"
    if size < KILO**2:
        return f"{fr_number(size / KILO, 0)}{NBSP}ko"
    return f"{fr_number(size / KILO**2, 1)}{NBSP}Mo"


def _local(moment: Any) -> Any:
    """An aware moment falls on the day and the hour that it is here, not in UTC."""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def fr_date(date: datetime.date) -> str:
    """22 octobre 2026, but 1er octobre 2026."""
    date = _local(date)
    day = "1er" if date.day == 1 else str(date.day)
    return f"{day}{NBSP}{MONTHS[date.month - 1]}{NBSP}{date.year}"


def fr_month(date: datetime.date) -> str:
    """mai 2024: where the day would say more than is known."""
    date = _local(date)
    return f"{MONTHS[date.month - 1]}{NBSP}{date.year}"


def fr_time(time: datetime.time | datetime.datetime) -> str:
    """14 h 32, and 9 h for a round hour."""
    time = _local(time)
    minutes = f"{NBSP}{time.minute:02}" if time.minute else ""
    return f"{time.hour}{NBSP}h{minutes}"


def fr_duration(seconds: int) -> str:
    """How long a film lasts: 45 s, 6 min, 6 min 10 s, 1 h 2 min."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    words = [f"{count}{NBSP}{unit}" for count, unit in parts if count]
    return NBSP.join(words) or f"0{NBSP}s"


def join_words(words: list[str] | tuple[str, ...], conjunction: str = "et") -> str:
    """a, b et c."""
    if len(words) < 2:  # noqa: PLR2004  a sentence needs two words to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def with_article(name: object) -> str:
    """« la Mauricie », « la MRC de Mékinac », « Plaine-Exemple »: other places have none."""
    said = str(name)
    return f"{_article(said)}{said}"


def of_name(name: object) -> str:
    """« d’Hérouxville », « de la Mauricie », « du Bas-Saint-Laurent »: the preposition it takes.

    An h is mute before é only (« de Hull », « d’Hébertville »).
    """
    said = str(name)
    if article := _article(said):
        return f"{CONTRACTED.get(article, f'de {article}')}{said}"
    return f"d’{said}" if ELIDING.match(said) else f"de {said}"


def _article(name: str) -> str:
    return "la " if name.startswith(A_MRC) else ARTICLES.get(name.replace(" – ", "–"), "")


def _apply_rules(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _exact(value: float | Decimal | Fraction) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))
