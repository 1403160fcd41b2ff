"""What is counted beside what is said: what the figure tells, and what stays hidden."""

from dataclasses import replace

import pytest

from appreciation.interfaces.facts_beside import figures_beside
from core.charts import Fact, FactsBeside
from core.disclosure import Suppressed
from core.typography import fr_date
from tests.factories.full_report import DAY, full_report, item, meeting

COUNTED = "À pied ou à vélo : 4,5 %; 5,1 % pour Mékinac; 6,2 % (2016) pour la Mauricie."


def figure(*items):
    (found,) = figures_beside(full_report(meetings=(meeting(items=items),)))
    return found


def sentence(*items) -> str:
    return figure(*items).sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_the_sentence_says_what_is_counted_then_what_the_room_said():
    assert sentence(item("Transport")) == f"{COUNTED} La salle : « Transport », acquis, accord net."


def test_hidden_answers_stay_hidden_in_every_part():
    hidden = item("Transport", distribution=Suppressed(), median_words="", is_hidden=True)
    hidden = replace(hidden, agreement_words="")
    found = figure(hidden)
    assert sentence(hidden).endswith("Trop peu de réponses pour dire ce que la salle en pense.")
    assert found.table().rows[-1] == ("Transport", "dit", "trop peu de réponses", "")


def test_where_the_level_counts_nothing_words_remain():
    summary = item("Transport", distribution=None, median_words="")
    assert figure(summary).bars == ()
    assert figure(summary).table().rows[-1] == ("Transport", "dit", "accord net", "")


def test_only_what_may_be_compared_is_drawn():
    walked, bus = figure(item("Transport")).facts
    assert [mark.label for mark in walked.strip.marks] == ["Village-Exemple", "Mékinac"]
    assert bus.strip is None
    assert bus.beside_words == "Mauricie\N{NO-BREAK SPACE}: 1,9 % (2016)"


def test_two_scales_never_share_their_bars():
    other = item("Transport", text="Autre", is_alone=False, labels=("non", "oui", "x", "y"))
    assert len(figure(item("Transport"), other).bars) == 2


def test_two_evenings_say_their_day():
    report = full_report(meetings=(meeting(), meeting(items=(item("Transport"),))))
    (found,) = figures_beside(report)
    assert found.table().rows[-1][0] == f"Transport ({fr_date(DAY)})"


def test_figures_without_a_word_from_the_room_are_not_there():
    assert figures_beside(full_report(meetings=(meeting(items=(item("Entraide"),)),))) == ()
    assert figures_beside(full_report(statistics=())) == ()
    with pytest.raises(ValueError, match="ce qui est compté et ce qui est dit"):
        FactsBeside(
            identifier="x", title="t", sentence="s", source="s", facts=(Fact(label="a", words="b"),)
        )
