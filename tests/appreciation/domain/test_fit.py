"""« Est-ce pour nous? »: where six answers lead, and why."""

import pytest

from appreciation.domain.fit import QUESTIONS, Path, advise

BEST = {
    "qui": "plusieurs",
    "but": "ensemble",
    "personnes": "quinze",
    "temps": "mois",
    "suite": "quelqu-un",
    "avant": "peu",
}


def test_six_questions_that_all_say_yes_lead_to_the_full_path_with_six_reasons():
    advice = advise(BEST)
    assert (advice.path, len(advice.reasons), advice.instead) == (Path.FULL, 6, ())


@pytest.mark.parametrize(
    ("question", "answer", "path"),
    [
        ("qui", "un", Path.SHORT),
        ("qui", "dehors", Path.OTHER),
        ("but", "question", Path.OTHER),
        ("but", "conflit", Path.OTHER),
        ("personnes", "huit", Path.FULL),
        ("personnes", "trois", Path.SHORT),
        ("personnes", "moins", Path.OTHER),
        ("temps", "semaines", Path.SHORT),
        ("temps", "jours", Path.SHORT),
        ("suite", "peut-etre", Path.SHORT),
        ("suite", "personne", Path.OTHER),
        ("avant", "rendu", Path.FULL),
        ("avant", "fatigue", Path.SHORT),
        ("avant", "silence", Path.OTHER),
    ],
)
def test_one_answer_is_enough_to_leave_the_full_path(question, answer, path):
    assert advise(BEST | {question: answer}).path == path


def test_what_would_do_harm_is_said_before_what_is_short():
    advice = advise(BEST | {"avant": "silence", "personnes": "trois", "suite": "personne"})
    assert advice.path == Path.OTHER
    assert [reason.split(":")[0] for reason in advice.reasons] == [
        "Personne ne peut suivre",
        "Une consultation est restée sans suite",
    ]
    assert len(advice.instead) == 2


def test_every_answer_that_says_no_says_what_to_do_instead():
    silent = [
        choice.code
        for question in QUESTIONS
        for choice in question.choices
        if (choice.leads == Path.OTHER) != bool(choice.instead)
    ]
    assert silent == []


def test_a_missing_or_invented_answer_is_refused():
    with pytest.raises(KeyError):
        advise({"qui": "un"})
    with pytest.raises(KeyError):
        advise(BEST | {"temps": "hier"})
