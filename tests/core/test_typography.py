import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.typography import (
    NBSP,
    fr_date,
    fr_duration,
    fr_label,
    fr_number,
    fr_percent,
    fr_size,
    fr_time,
    fr_typo,
    join_words,
    of_name,
    with_article,
)

N = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 personne a"), (1, "1 personne a"), (2, "2 personnes ont"), ([], "[] personnes ont")],
)
def test_the_plural_begins_at_two(count, said):
    words = "{{ n }} personne{{ n|pluralize }} {{ n|pluralize:'a,ont' }}"
    assert Template(words).render(Context({"n": count})) == said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("l'autobus", "l’autobus"),
        ("aujourd'hui, c'est 'oui'", "aujourd’hui, c’est 'oui'"),
        ("Vraiment ?", "Vraiment?"),
        ("Oui ! Non ; peut-être", "Oui! Non; peut-être"),
        ("Deux choses: un", f"Deux choses{N}: un"),
        ("Deux choses : un", f"Deux choses{N}: un"),
        ("« Oui »", f"«{N}Oui{N}»"),
        ("«Oui»", f"«{N}Oui{N}»"),
        ('Le "quai" nous rassemble', f"Le «{N}quai{N}» nous rassemble"),
        ('Il dit "non merci" : "on verra" ?', f"Il dit «{N}non merci{N}»{N}: «{N}on verra{N}»?"),
        ('une vis de 2" et une de 3"', 'une vis de 2" et une de 3"'),
        ("Elles partent , tout s'arrête", "Elles partent, tout s’arrête"),
        ("1 ,5", "1 ,5"),
        ("35 %", f"35{N}%"),
        ("35%", f"35{N}%"),
        ("12 $ et 5$", f"12{N}$ et 5{N}$"),
        ("14 h 32", f"14{N}h{N}32"),
        ("19 h", f"19{N}h"),
        ("Et puis...", "Et puis…"),
        ("Il est dit «: »", f"Il est dit «{N}:{N}»"),
        ("à 10:30", "à 10:30"),
        ("d'«ici»", f"d’«{N}ici{N}»"),
        ("voir https://exemple.org/a?b=c !", "voir https://exemple.org/a?b=c!"),
        ("a.b@exemple.org: merci", "a.b@exemple.org: merci"),
        ("....", "...."),
        ("", ""),
    ],
)
def test_spaces_apostrophes_and_dots(typed, expected):
    assert fr_typo(typed) == expected


@given(st.text(alphabet="abé 'ʼ«»,\":;!?.%$0123h\N{NO-BREAK SPACE}\n", max_size=40))
def test_putting_right_twice_changes_nothing_more(text):
    once = fr_typo(text)
    assert fr_typo(once) == once


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1 000 $ à 9 999 $", "1_000_$ à 9_999_$"),
        ("10 000 personnes ou plus", "10_000 personnes ou plus"),
        ("1 234 567 $", "1_234_567_$"),
        ("3 000 à 12 tables", "3_000 à 12 tables"),
        ("en 2026 1500 personnes", "en 2026 1500 personnes"),
        ("sans dépense", "sans dépense"),
    ],
)
def test_the_words_of_a_choice_hold_their_numbers_together(typed, expected):
    words = expected.replace("_", NBSP)
    assert fr_label(typed) == words
    assert fr_label(words) == words


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567, None, f"1{N}234{N}567"),
        (1234.5, None, f"1{N}234,5"),
        (0.1 + 0.2, None, "0,3"),
        (Fraction(1, 3), None, "0,33"),
        (Fraction(5, 2), 0, "3"),
        (Decimal("2.675"), 2, "2,68"),
        (2, 1, "2,0"),
        (-1234, None, f"-1{N}234"),
        (-0.001, None, "0"),
        (-0.4, 0, "0"),
        (100, None, "100"),
    ],
)
def test_numbers(value, decimals, text):
    assert fr_number(value, decimals) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.354, 0, f"35{N}%"),
        (Fraction(1, 3), 1, f"33,3{N}%"),
        (1, 0, f"100{N}%"),
        (0.005, 0, f"1{N}%"),
    ],
)
def test_shares(share, decimals, text):
    assert fr_percent(share, decimals) == text


def test_dates_and_hours():
    assert fr_date(dt.date(2026, 10, 22)) == f"22{N}octobre{N}2026"
    assert fr_date(dt.date(2026, 10, 1)) == f"1er{N}octobre{N}2026"
    assert fr_time(dt.time(9)) == f"9{N}h"
    assert fr_time(dt.time(14, 5)) == f"14{N}h{N}05"


def test_a_moment_falls_on_the_day_and_the_hour_that_it_is_here():
    late = dt.datetime(2026, 10, 23, 2, 30, tzinfo=dt.UTC)
    assert (fr_date(late), fr_time(late)) == (f"22{N}octobre{N}2026", f"22{N}h{N}30")


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (("a", "b", "c"), "a, b et c")],
)
def test_join_words(words, text):
    assert join_words(words) == text


def render(source: str, **context: object) -> str:
    return Template("{% load typography %}" + source).render(Context(context))


def test_filters_escape_what_they_correct():
    assert render("{{ t|fr_typo }}", t="<b> l'x") == "&lt;b&gt; l’x"


def test_filters_say_nothing_of_what_is_missing():
    template = "[{{ n|fr_number }}{{ n|fr_percent }}{{ n|fr_date }}{{ n|fr_time }}]"
    assert render(template, n=None) == "[]"


def test_a_moment_falls_on_its_local_day():
    late = dt.datetime(2026, 10, 23, 2, 30, tzinfo=dt.UTC)
    assert timezone.is_aware(late)
    assert render("{{ m|fr_date }} {{ m|fr_time }}", m=late) == (f"22{N}octobre{N}2026 22{N}h{N}30")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 octets"), (999, "999 octets"), (20_890, "21 ko"), (1_449_000, "1,4 Mo")],
)
def test_file_size_is_said_in_plain_units(size, words):
    assert fr_size(size) == words.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (45, "45 s"),
        (360, "6 min"),
        (370, "6 min 10 s"),
        (3600, "1 h"),
        (3725, "1 h 2 min"),
        (0, ""),
    ],
)
def test_how_long_a_film_lasts(seconds, words):
    assert render("{{ s|fr_duration }}", s=seconds) == words.replace(" ", N)
    assert fr_duration(0) == f"0{N}s"


def test_a_word_of_a_hundred_thousand_signs_is_read_at_once():
    """Slow beyond any limit where an address is looked for at each sign."""
    assert fr_typo("é" * 100_000) == "é" * 100_000


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Plaine-Exemple", "de Plaine-Exemple"),
        ("Anse-Exemple", "d’Anse-Exemple"),
        ("Île-aux-Noyers", "d’Île-aux-Noyers"),
        ("Hérouxville", "d’Hérouxville"),
        ("Hull", "de Hull"),
        ("La Tuque", "de La Tuque"),
        ("Yamachiche", "de Yamachiche"),
        ("MRC de Mékinac", "de la MRC de Mékinac"),
        ("Mauricie", "de la Mauricie"),
        ("Bas-Saint-Laurent", "du Bas-Saint-Laurent"),
        ("Laurentides", "des Laurentides"),
        ("Estrie", "de l’Estrie"),
        ("Lanaudière", "de Lanaudière"),
    ],
)
def test_the_preposition_that_a_name_takes(name, said):
    assert of_name(name) == said


def test_a_template_cuts_a_text_at_a_word():
    cut = Template("{{ words|shorten:15 }}")
    assert cut.render(Context({"words": "un deux trois quatre"})) == "un deux trois…"
    assert cut.render(Context({"words": "un deux trois"})) == "un deux trois"
    assert cut.render(Context({"words": "un <b>, deux, trois"})) == "un &lt;b&gt;, deux…"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mauricie", "la Mauricie"),
        ("Outaouais", "l’Outaouais"),
        ("Laurentides", "les Laurentides"),
        ("MRC des Chenaux", "la MRC des Chenaux"),
        ("Trois-Rivières", "Trois-Rivières"),
    ],
)
def test_the_article_that_a_name_has(name, said):
    assert with_article(name) == said
