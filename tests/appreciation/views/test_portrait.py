"""The portrait step and its page for the room."""

import pytest
from django.utils import timezone

from appreciation.domain.place_pages import ensure_place_pages
from appreciation.enums import Phase
from appreciation.models import Appraisal, LocalFact, PlaceFact, PlacePage, PortraitFigure
from reference.domain.indicators import ensure_indicators
from reference.models import IndicatorSource, IndicatorValue, PortraitItem
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture(autouse=True)
def _at_portrait(appraisal):
    Appraisal.objects.filter(pk=appraisal.pk).update(
        phase=Phase.PORTRAIT, framing_done_at=timezone.now()
    )


def url(appraisal) -> str:
    return f"/espace/demarches/{appraisal.reference}/etapes/portrait/"


def line(number: int = 1, **changes) -> dict[str, str]:
    figure = {"label": "Habitants", "value": "312", "unit": "", "year": "2021", "source": "MRC"}
    return {f"figure-{number}-{part}": text for part, text in (figure | changes).items()}


def typed(*lines, **more) -> dict[str, str]:
    data = {"version": "0", "intent": "save", "figure_lines": "3", "fact_lines": "3"}
    for one in lines:
        data |= one
    return data | more


def test_blank_lines_are_offered_and_a_filled_one_is_kept(appraisal, as_lead):
    form = as_lead.get(url(appraisal)).context["form"]
    assert (len(form.figure_rows()), len(form.fact_rows())) == (3, 3)
    fact = {"fact-2-kind": "school", "fact-2-words": "École ouverte"}
    response = as_lead.post(url(appraisal), typed(line(2, value="moins de 5"), fact))
    assert response.status_code == 302
    assert PortraitFigure.objects.get().value == "moins de 5"
    assert LocalFact.objects.get().kind == "school"
    form = as_lead.get(url(appraisal)).context["form"]
    assert (len(form.figure_rows()), len(form.fact_rows())) == (4, 4)
    assert form["figure-1-label"].value() == "Habitants"


@pytest.mark.parametrize(("intent", "lines"), [("add_figure", (6, 3)), ("add_fact", (3, 6))])
def test_more_lines_keep_what_is_typed_and_save_nothing(appraisal, as_lead, intent, lines):
    half = {"figure-1-label": "Habitants", "figure-1-value": "312", "text": "Un village."}
    response = as_lead.post(url(appraisal), typed(half, intent=intent))
    form = response.context["form"]
    assert (len(form.figure_rows()), len(form.fact_rows())) == lines
    assert form.errors == {}
    content = response.content.decode()
    assert 'value="312"' in content
    assert "Un village." in content
    assert not PortraitFigure.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source": ""}, "Dites d’où il vient (chiffre 1)"),
        ({"label": " "}, "Dites de quoi il s’agit (chiffre 1)."),
        ({"value": ""}, "Écrivez la valeur (chiffre 1)"),
        ({"year": ""}, "Écrivez l’année (chiffre 1)."),
        ({"year": "vingt"}, "Écrivez une année comme 2021."),
        ({"year": "21"}, "Écrivez une année comme 2021."),
        ({"year": "99999999999999999999"}, "Écrivez une année comme 2021."),
    ],
)
def test_a_half_line_is_refused_beside_its_box(appraisal, as_lead, changes, sentence):
    response = as_lead.post(url(appraisal), typed(line(**changes), text="Un village."))
    content = response.content.decode()
    assert response.status_code == 200
    assert sentence in content
    assert "Un village." in content
    assert not PortraitFigure.objects.exists()


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ({"fact-1-kind": "school"}, "Dites-le en quelques mots (repère 1)."),
        ({"fact-1-words": "Ouverte"}, "Choisissez de quoi il s’agit (repère 1)."),
        ({"fact-1-kind": "x", "fact-1-words": "Ouverte"}, "dans la liste."),
    ],
)
def test_a_half_fact_is_refused_beside_its_box(appraisal, as_lead, fact, sentence):
    assert sentence in as_lead.post(url(appraisal), typed(fact)).content.decode()
    assert not LocalFact.objects.exists()


def test_a_thirteenth_comes_back_with_the_sentence(appraisal, as_lead):
    lines = [line(number, label=f"Chiffre {number}") for number in range(1, 14)]
    content = as_lead.post(url(appraisal), typed(*lines, figure_lines="15")).content.decode()
    assert "Douze chiffres suffisent" in content
    assert 'value="Chiffre 13"' in content
    assert not PortraitFigure.objects.exists()


@pytest.mark.parametrize("count", ["", "-1", "x", "9" * 50])
def test_an_invented_number_of_lines_makes_a_page_of_ours(appraisal, as_lead, count):
    response = as_lead.post(url(appraisal), typed(figure_lines=count, intent="add_figure"))
    assert response.status_code == 200
    assert len(response.context["form"].figure_rows()) <= 15


def test_figures_end_the_step_without_a_sentence(appraisal, as_lead):
    as_lead.post(url(appraisal), typed(line(), intent="advance"))
    appraisal.refresh_from_db()
    assert appraisal.portrait_done_at is not None
    assert appraisal.transitions.first().name == "finish_portrait"


def test_two_people_see_both_and_nothing_is_lost(appraisal, as_lead):
    as_lead.post(url(appraisal), typed(line()))
    response = as_lead.post(url(appraisal), typed(line(value="400")))
    assert response.status_code == 409
    content = response.content.decode()
    assert "312" in content
    assert 'value="400"' in content
    assert PortraitFigure.objects.get().value == "312"


def test_one_page_for_the_room(appraisal, as_lead, as_observer, as_stranger):
    sheet = f"/espace/demarches/{appraisal.reference}/portrait/"
    assert "Rien n’est encore écrit" in as_lead.get(sheet).content.decode()
    fact = {"fact-1-kind": "grocery", "fact-1-words": "Épicerie coopérative"}
    as_lead.post(url(appraisal), typed(line(unit="personnes"), fact, text="Un village riverain."))
    content = as_observer.get(sheet).content.decode()
    for words in (
        "Portrait de",
        "312 personnes",
        "2021",
        "MRC",
        "Épicerie coopérative",
        "riverain",
    ):
        assert words in content, words
    assert as_stranger.get(sheet).status_code == 404
    report = as_lead.get(f"/espace/demarches/{appraisal.reference}/rapport/").content.decode()
    assert "Le portrait" in report
    assert "Épicerie coopérative" in report
    assert "riverain" not in report


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(appraisal, as_lead, count, django_assert_num_queries):
    lines = [line(number, label=f"Chiffre {number}") for number in range(1, count + 1)]
    as_lead.post(url(appraisal), typed(*lines))
    sheet = f"/espace/demarches/{appraisal.reference}/portrait/"
    as_lead.get(sheet)
    with django_assert_num_queries(8):
        as_lead.get(sheet)


@pytest.fixture
def public_portrait(appraisal):
    """The place has two figures, one of them hidden by its source, and a local fact."""
    ensure_site_pages()
    ensure_place_pages()
    page = PlacePage.objects.get(place=appraisal.place)
    PlaceFact.objects.create(
        page=page, kind="grocery", words="Ouverte le dimanche.", year=2026, told_by="le comité"
    )
    source = IndicatorSource.objects.create(
        series="s", edition="1", name="Recensement", publisher="Statistique", licence="ouverte"
    )
    known = ensure_indicators(["population", "median-rent"])
    figures = (("population", 1312, "published"), ("median-rent", None, "suppressed"))
    for position, (code, value, status) in enumerate(figures):
        PortraitItem.objects.create(indicator=known[code], position=position)
        IndicatorValue.objects.create(
            place=appraisal.place,
            indicator=known[code],
            period="2021",
            value=value,
            status=status,
            source=source,
        )


def test_the_public_portrait_is_offered_and_nothing_is_kept_before_the_team_saves(
    appraisal, as_lead, public_portrait
):
    response = as_lead.get(url(appraisal))
    form = response.context["form"]
    assert "Rien n’est encore enregistré." in response.content.decode()
    offered = [form[f"figure-1-{part}"].value() for part in ("label", "value", "unit", "year")]
    assert offered == ["Population", "1\N{NO-BREAK SPACE}312", "personnes", 2021]
    assert form["figure-1-source"].value() == "Statistique, Recensement (ouverte)"
    assert form["figure-2-label"].value() is None
    assert form["fact-1-words"].value() == "Ouverte le dimanche."
    assert not PortraitFigure.objects.exists()


def test_what_the_team_saved_is_never_replaced_by_the_public_portrait(
    appraisal, as_lead, public_portrait
):
    as_lead.post(url(appraisal), typed(text="Un village."))
    response = as_lead.get(url(appraisal))
    assert "Rien n’est encore enregistré." not in response.content.decode()
    assert response.context["form"]["figure-1-label"].value() is None
