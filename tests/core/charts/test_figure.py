import pytest
from django.template import Context, Template

from core.charts import BarRow, DistributionBars, LevelScale
from core.charts.figure import svg_number
from core.disclosure import AnswerCounts
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared


def bars(*rows: BarRow, **words: str) -> DistributionBars:
    return DistributionBars(**WORDS | words, scale=LevelScale(LABELS), rows=rows)


@pytest.mark.parametrize("name", ["title", "sentence", "source"])
def test_a_chart_needs_its_words(name):
    with pytest.raises(ValueError, match=name):
        bars(**{name: "  "})


@pytest.mark.parametrize("identifier", ["", "Majuscule", "1er", 'x" onload="', "a b", "é"])
def test_an_identifier_is_plain(identifier):
    with pytest.raises(ValueError, match="Identifiant"):
        bars(identifier=identifier)


@pytest.mark.parametrize("raw", [AnswerCounts((1, 2, 3, 4)), (1, 2, 3, 4), None])
def test_a_chart_takes_only_cleared_answers(raw):
    with pytest.raises(TypeError, match="disclosure"):
        BarRow(label="Entraide", distribution=raw)


def test_a_chart_refuses_another_scale():
    with pytest.raises(ValueError, match="niveaux"):
        bars(BarRow(label="Entraide", distribution=cleared(1, 2, 3)))


def test_an_agreed_level_stays_inside_the_scale():
    with pytest.raises(ValueError, match="échelle"):
        bars(BarRow(label="Entraide", distribution=cleared(1, 2, 3, 4), agreed_level=5))


def test_csv_rows_carry_headers_numbers_and_source():
    chart = bars(
        BarRow(label="Entraide", distribution=cleared(0, 1, 8, 15), headline="Acquis"),
        BarRow(label="Services", distribution=HIDDEN),
    )
    assert list(chart.csv_rows()) == [
        ("Dimension", *LABELS, "Ne sait pas", "Ne sait pas (part)", "En mots"),
        ("Entraide", 0, 1, 8, 15, 0, "0\xa0%", "Acquis"),
        ("Services", *["masqué"] * 6, "trop peu de réponses"),
        ("Source", "Essai"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.001, "0"), (12.0, "12"), (1 / 3, "0.33"), (66.666, "66.67"), (100, "100")],
)
def test_coordinates_are_short_and_have_a_point(value, text):
    assert svg_number(value) == text


def draw(chart: DistributionBars, csv_url: str = "") -> str:
    template = Template("{% load charts %}{% chart chart csv_url=csv_url heading=2 %}")
    return template.render(Context({"chart": chart, "csv_url": csv_url}))


def test_a_figure_shows_title_sentence_table_source_and_download():
    html = draw(bars(BarRow(label="Entraide", distribution=cleared(0, 1, 8, 15))), "/x.csv")
    assert '<figure class="figure chart" id="essai">' in html
    assert "<h2>Titre</h2>" in html
    assert "Phrase." in html
    assert '<th scope="row">Entraide</th><td>0</td><td>1</td><td>8</td><td>15</td>' in html
    assert "Source\u00a0: Essai" in html
    assert 'href="/x.csv"' in html


def test_a_figure_without_address_offers_no_download():
    assert "Télécharger" not in draw(bars(BarRow(label="E", distribution=cleared(1, 1, 1, 1))))


def test_labels_cannot_inject_markup():
    row = BarRow(
        label='"><script>alert(1)</script>', distribution=cleared(1, 1, 1, 1), headline="<b>x</b>"
    )
    html = draw(bars(row, title="<img src=x onerror=alert(1)>"))
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>x</b>" not in html


def test_hidden_answers_draw_nothing_and_say_why():
    html = draw(bars(BarRow(label="Services", distribution=HIDDEN, headline="Secret")))
    assert "Trop peu de réponses" in html
    assert "Secret" not in html
    assert "<title>" not in html
