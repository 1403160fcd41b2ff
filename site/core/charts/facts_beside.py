"""What is counted about a thing beside what people said of it: one figure, two readings."""

from dataclasses import dataclass
from typing import ClassVar

from core.charts.distribution_bars import DistributionBars
from core.charts.figure import Chart, Table
from core.charts.place_strip import PlaceStrip
from core.disclosure import TOO_FEW
from core.typography import NBSP

COUNTED, SAID = "compté", "dit"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statistic in words; `beside` are (place, words). `strip` when they may be drawn."""

    label: str
    words: str
    when: str = ""
    caution: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    strip: PlaceStrip | None = None

    @property
    def detail(self) -> str:
        return ", ".join(filter(None, (self.when, self.caution)))

    @property
    def beside_words(self) -> str:
        return "; ".join(f"{place}{NBSP}: {words}" for place, words in self.beside)


@dataclass(frozen=True)
class Saying:
    """A statement whose answers are told in words only: agreed, or too few to be shown."""

    label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class FactsBeside(Chart):
    template_name: ClassVar[str] = "charts/facts_beside.html"

    facts: tuple[Fact, ...]
    bars: tuple[DistributionBars, ...] = ()
    sayings: tuple[Saying, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.facts or not (self.bars or self.sayings):
            raise ValueError("Il faut ce qui est compté et ce qui est dit.")

    @property
    def said_rows(self) -> tuple[tuple[str, str, str], ...]:
        """(statement, what is said in words, the answers counted)."""
        drawn = [
            (bar.label, TOO_FEW if bar.is_suppressed else _in_words(bar), _counted(bar))
            for bars in self.bars
            for bar in bars.bars
        ]
        return (*drawn, *((each.label, each.words, "") for each in self.sayings))

    def table(self) -> Table:
        counted = (
            (
                fact.label,
                COUNTED,
                ", ".join(filter(None, (fact.words, fact.detail))),
                fact.beside_words,
            )
            for fact in self.facts
        )
        said = ((label, SAID, words, answers) for label, words, answers in self.said_rows)
        return Table(
            ("Quoi", "Compté ou dit", "Ici", "À côté, ou réponse par réponse"), (*counted, *said)
        )


def _in_words(bar) -> str:
    agreed = f"convenu{NBSP}: {bar.agreed}" if bar.agreed not in ("", bar.headline) else ""
    return ", ".join(filter(None, (bar.headline, bar.detail, agreed)))


def _counted(bar) -> str:
    """What a screen reader says of the bar, less its label."""
    return "" if bar.is_suppressed else bar.spoken.removeprefix(f"{bar.label}. ")
