"""What a synthesis says: the published figures side by side, and nothing put together."""

import datetime as dt
import json
from fractions import Fraction

import pytest
from django.utils import timezone

from appreciation.domain.report import ReportAction, ReportAgreed, ReportQuote
from appreciation.domain.synthesis.coding import code_findings
from appreciation.domain.synthesis.reading import (
    published_findings,
    published_quotes,
    read_synthesis,
)
from appreciation.domain.synthesis.snapshot import to_snapshot
from appreciation.domain.synthesis.texts import pick_quotes
from appreciation.enums import CheckInState, SourceShown
from appreciation.models import CheckIn, CheckInAnswer, Outcome
from core.disclosure import Suppressed
from tests.factories.full_report import meeting
from tests.factories.places import PlaceFactory
from tests.factories.practices import issue, practice
from tests.factories.synthesis_sources import (
    asked,
    make_region,
    make_synthesis,
    publish_again,
    publish_in,
    publish_typed,
    take_back,
    told,
)

SEVEN = tuple(f"Niveau {n}" for n in range(1, 8))
THREE = ("Non", "Un peu", "Oui")
FEW = (0, 1, 2, 1)


def read_of(region, user, *editions, **shown):
    return read_synthesis(synthesis=make_synthesis(region, user, *editions, **shown))


def test_two_communities_side_by_side(region, user, mekinac, maskinonge):
    one = publish_in(
        mekinac,
        "Village-A",
        (asked("entraide", (0, 1, 4, 7)), asked("transport", (5, 1, 0, 6), unknown=2)),
    )
    two = publish_in(maskinonge, "Village-B", (asked("entraide", (0, 0, 6, 6)),))
    read = read_of(region, user, one, two)
    assert [(each.key, each.name) for each in read.sources] == [
        ("d1", "Village-B"),
        ("d2", "Village-A"),
    ]
    (matrix,) = read.matrices
    assert [row.name for row in matrix.rows] == ["Entraide", "Transport"]
    b, a = matrix.rows[0].cells
    between = "entre «\xa0Bien avancé\xa0» et «\xa0Acquis\xa0»"
    assert (b.median, b.median_words) == (Fraction(7, 2), between)
    assert (a.median, a.agreement, a.agreement_words) == (4, Fraction(2, 3), "accord net")
    nothing, transport = matrix.rows[1].cells
    assert nothing.is_empty
    assert transport.does_not_know_share == Fraction(1, 7)
    assert [reason for each in read.sources for reason in each.reasons] == []


def test_statements_of_a_dimension_are_pooled_and_the_smallest_n_is_kept(region, user, mekinac):
    agreed = ReportAgreed(3, "Bien avancé", "", "")
    edition = publish_in(
        mekinac,
        "Village-A",
        (
            asked("entraide", (0, 2, 4, 6), statement="E1", agreed=agreed),
            asked("entraide", (1, 1, 3, 2), statement="E2"),
        ),
    )
    cell = read_of(region, user, edition).matrices[0].rows[0].cells[0]
    assert cell.distribution.levels == (1, 3, 7, 8)
    assert (cell.floor, cell.median) == (7, 3)
    assert (cell.agreed_level, cell.agreed_label) == (None, "Bien avancé (selon l’énoncé)")


def test_a_dimension_with_two_scales_stands_in_no_matrix_and_it_is_said(region, user, mekinac):
    edition = publish_in(
        mekinac,
        "Village-A",
        (
            asked("entraide", (0, 2, 4, 6), statement="E1"),
            asked("entraide", (2, 4, 6), THREE, statement="E2"),
            asked("transport", (0, 2, 4, 6)),
        ),
    )
    read = read_of(region, user, edition)
    assert [row.code for matrix in read.matrices for row in matrix.rows] == ["transport"]
    assert "« Entraide » mêle deux échelles" in " ".join(read.sources[0].reasons)


def test_a_scale_of_three_never_stands_beside_a_scale_of_seven(region, user, mekinac):
    short = publish_in(mekinac, "Village-A", (asked("entraide", (2, 3, 7), THREE),))
    long = publish_in(mekinac, "Village-B", (asked("entraide", (0, 0, 1, 2, 3, 4, 2), SEVEN),))
    read = read_of(region, user, short, long)
    assert [(each.scale_length, each.sources) for each in read.matrices] == [
        (3, ("d1",)),
        (7, ("d2",)),
    ]
    assert [each.labels for each in read.matrices] == [THREE, SEVEN]
    assert "Échelle de 7 niveaux" in " ".join(read.source("d2").reasons)
    assert "chacune a son tableau" in read.narrative("method").text


def test_other_words_on_the_same_length_are_said(region, user, mekinac):
    words = ("Jamais", "Parfois", "Souvent", "Toujours")
    one = publish_in(mekinac, "Village-A", (asked("entraide", (0, 1, 4, 7)),))
    two = publish_in(mekinac, "Village-B", (asked("entraide", (0, 1, 4, 7), words),))
    (matrix,) = read_of(region, user, one, two).matrices
    assert not matrix.is_worded_alike
    assert matrix.own_labels[1] == words
    assert matrix.rows[0].cells[1].median_words == "Toujours"


def test_at_the_summary_level_only_words_are_there(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A", (asked("entraide", (0, 1, 4, 7)),), level="summary")
    read = read_of(region, user, edition)
    cell = read.matrices[0].rows[0].cells[0]
    assert (cell.distribution, cell.median, cell.agreement_words) == (None, None, "accord net")
    assert read.exits == ()
    assert "sans répartition" in read.sources[0].reasons[0]


def test_all_cells_hidden(region, user, mekinac):
    edition = publish_in(
        mekinac,
        "Village-A",
        (asked("entraide", FEW), asked("transport", FEW)),
        evening={"head_count": None, "exits": ()},
    )
    read = read_of(region, user, edition)
    cells = [cell for row in read.matrices[0].rows for cell in row.cells]
    assert {type(cell.distribution) for cell in cells} == {Suppressed}
    assert {(cell.median, cell.median_words, cell.agreement_words) for cell in cells} == {
        (None, "", "")
    }
    assert "restent dans la salle" in " ".join(read.sources[0].reasons)
    assert "levels" not in json.dumps(to_snapshot(read)["matrices"])
    assert read.coverage.people_known_for == 0


def test_few_people_are_said_and_nobody_is_ranked(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A", (asked("entraide", (0, 1, 2, 3)),))
    assert "une voix de plus" in read_of(region, user, edition).sources[0].reasons[0]


def test_statements_that_nobody_answered_have_no_figure(region, user, mekinac):
    """Blank answers, or a 0 that meant missing: nothing was asked, nothing is zero."""
    blank = asked("entraide", (0, 0, 0, 0), distribution=None, is_hidden=False)
    edition = publish_in(mekinac, "Village-A", (blank, asked("transport", (0, 1, 4, 7))))
    read = read_of(region, user, edition)
    assert [row.code for row in read.matrices[0].rows] == ["transport"]


def test_one_community_alone(region, user, mekinac):
    read = read_of(region, user, publish_in(mekinac, "Village-A"))
    assert read.matrices[0].sources == ("d1",)
    assert read.narrative("introduction").text.startswith(
        "1 démarche d’appréciation est lue pour la rencontre régionale de 2026."
    )
    assert "Partout" not in read.narrative("results").text


def test_only_the_last_evening_is_read(region, user, mekinac):
    first = meeting(
        dots=None, items=(asked("entraide", (9, 1, 0, 0)),), held_on=dt.date(2026, 9, 1)
    )
    last = meeting(
        dots=None, items=(asked("entraide", (0, 1, 4, 7)),), held_on=dt.date(2026, 10, 1)
    )
    edition = publish_in(mekinac, "Village-A", meetings=(first, last))
    read = read_of(region, user, edition)
    assert read.matrices[0].rows[0].cells[0].distribution.levels == (0, 1, 4, 7)
    assert read.sources[0].held_on == dt.date(2026, 10, 1)
    assert "ne s’additionnent pas" in read.sources[0].reasons[0]


def test_a_historical_one_gives_words_and_no_figure(region, user, mekinac):
    old = publish_typed(
        mekinac,
        "Village-Ancien",
        told("strength", "On s’entraide", "Entraide"),
        told("action_lead", "Ouvrir un magasin général"),
        lessons="Inviter plus tôt.",
    )
    synthesis = make_synthesis(region, user, old, publish_in(mekinac, "Village-A"))
    (finding, _) = published_findings(synthesis=synthesis)
    code_findings(
        synthesis=synthesis, user=user, kind="strength", label="Entraide", keys=[finding.key]
    )
    read = read_synthesis(synthesis=synthesis)
    historical = next(each for each in read.sources if each.is_historical)
    assert historical.reasons[0].startswith("Historique, non comparable")
    assert historical.key not in read.matrices[0].sources
    assert read.recurrences[0].sources == (historical.key,)
    assert [(each.title, each.state) for each in read.leads] == [
        ("Ouvrir un magasin général", "piste")
    ]
    story = next(each for each in read.stories if each.source == historical.key)
    assert (story.text, story.lessons) == ("Un tour de table.", "Inviter plus tôt.")
    assert "aucun chiffre n’en est tiré" in read.narrative("introduction").text


def test_what_became_of_the_actions(region, user, mekinac):
    done = ReportAction("Une navette", "la maison", "Appeler", dt.date(2027, 1, 1), "à faire")
    asleep = ReportAction("Un babillard", "la caisse", "Mur", dt.date(2027, 1, 1), "à faire")
    edition = publish_in(
        mekinac,
        "Village-A",
        actions=(done, asleep),
        findings=(told("action_lead", "Un jardin"), told("action_lead", "Une navette")),
    )
    now = timezone.now()
    follow_up = CheckIn.objects.create(
        appraisal=edition.appraisal,
        months=3,
        due_on=dt.date(2026, 1, 1),
        state=CheckInState.ANSWERED,
        answered_at=now,
        shown_at=now,
    )
    CheckInAnswer.objects.create(check_in=follow_up, title="Une navette", reply="done")
    CheckIn.objects.create(appraisal=edition.appraisal, months=6, due_on=dt.date(2026, 2, 1))
    for words, shown_at in (("La navette roule", now), ("Entre nous", None)):
        Outcome.objects.create(
            appraisal=edition.appraisal,
            words=words,
            happened_on=dt.date(2026, 2, 2),
            shown_at=shown_at,
        )
    read = read_of(region, user, edition)
    assert [(each.title, each.state, each.outcomes) for each in read.leads] == [
        ("Une navette", "fait", ()),
        ("Un babillard", "à faire", ()),
        ("Un jardin", "piste", ()),
        ("Autres suites", "", ("La navette roule",)),
    ]
    assert (read.coverage.check_ins_due, read.coverage.check_ins_answered) == (2, 1)
    assert "Suivis\xa0: 1 avec réponse sur 2" in read.narrative("participation").text


def test_below_a_public_level_what_happened_since_stays(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A", level="region")
    Outcome.objects.create(
        appraisal=edition.appraisal,
        words="Entre nous",
        happened_on=dt.date(2026, 2, 2),
        shown_at=timezone.now(),
    )
    read = read_of(region, user, edition)
    assert read.leads == ()
    assert read.sources[0].is_regional


def test_who_took_part(region, user, mekinac, maskinonge):
    PlaceFactory(name="Village-Autre", parent=mekinac)
    PlaceFactory(name="Village-Dissous", parent=mekinac, valid_to=dt.date(2020, 1, 1))
    village = PlaceFactory(name="Village-A", parent=mekinac)
    editions = [
        publish_in(mekinac, "Village-A", place=village, year=2024),
        publish_in(mekinac, "Village-A", place=village, year=2026, evening={"head_count": 30}),
    ]
    read = read_of(region, user, *editions)
    assert [each.name for each in read.sources] == ["Village-A (2024)", "Village-A (2026)"]
    assert [(each.communities, each.appraised) for each in read.coverage.territories] == [
        (0, 0),
        (2, 1),
    ]
    assert (read.coverage.people, read.coverage.people_known_for) == (42, 2)
    assert read.coverage.media == (("feuille de papier", 2), ("téléphone", 2))


def test_practices_for_what_recurs(region, user, mekinac):
    sheet = practice(title="Navette du mardi", issues=[issue()])
    practice(title="Jardin", issues=[issue("jardin", "Alimentation")])
    practice(title="Navette fictive", issues=[issue()], is_demo=True)
    edition = publish_in(
        mekinac, "Village-A", findings=(told("challenge", "Sans auto, on reste chez soi"),)
    )
    synthesis = make_synthesis(region, user, edition)
    (finding,) = published_findings(synthesis=synthesis)
    theme = code_findings(
        synthesis=synthesis, user=user, kind="challenge", label="Se déplacer", keys=[finding.key]
    )
    theme.issue = issue()
    theme.save()
    (found,) = read_synthesis(synthesis=synthesis).practices
    assert (found.title, found.slug, found.themes) == (
        "Navette du mardi",
        sheet.slug,
        ("Se déplacer",),
    )
    assert found.why == "Elle touche le même enjeu: Transport collectif."


def test_only_words_published_with_permission_are_quoted(region, user, mekinac):
    edition = publish_in(
        mekinac,
        "Village-A",
        quotes=(ReportQuote("Entraide", "Ma voisine a la clé"),),
        findings=(
            told("strength", "On se tient", is_quote=True),
            told("strength", "Pas cité"),
        ),
    )
    synthesis = make_synthesis(region, user, edition)
    offered = published_quotes(synthesis=synthesis)
    assert [each.text for each in offered] == ["Ma voisine a la clé", "On se tient"]
    pick_quotes(synthesis=synthesis, user=user, keys=[offered[0].key])
    assert [each.text for each in read_synthesis(synthesis=synthesis).quotes] == [
        "Ma voisine a la clé"
    ]
    publish_again(edition, (asked("entraide", (0, 1, 4, 7)),))
    assert read_synthesis(synthesis=synthesis).quotes == ()


def test_a_new_edition_is_read_in_place_of_the_former(region, user, mekinac):
    edition = publish_in(mekinac, "Village-A", (asked("entraide", (0, 1, 4, 7)),))
    synthesis = make_synthesis(region, user, edition)
    publish_again(edition, (asked("entraide", (7, 4, 1, 0)),))
    (matrix,) = read_synthesis(synthesis=synthesis).matrices
    assert matrix.rows[0].cells[0].distribution.levels == (7, 4, 1, 0)


def test_what_was_withdrawn_is_read_no_more(region, user, mekinac):
    one, two = publish_in(mekinac, "Village-A"), publish_in(mekinac, "Village-B")
    synthesis = make_synthesis(region, user, one, two)
    take_back(one)
    read = read_synthesis(synthesis=synthesis)
    assert [each.name for each in read.sources] == ["Village-B"]
    assert "Village-A" not in json.dumps(to_snapshot(read))


def test_whoever_asked_to_stay_out_is_nowhere(region, user, mekinac):
    one, two = publish_in(mekinac, "Village-A"), publish_in(mekinac, "Village-B")
    read = read_of(region, user, one, two, **{"Village-A": SourceShown.OPTED_OUT})
    assert "Village-A" not in json.dumps(to_snapshot(read))
    assert len(read.sources) == 1


def test_an_unnamed_one_leaves_nothing_that_names_it(region, user, mekinac, maskinonge):
    hidden = publish_in(
        maskinonge,
        "Village-Discret",
        year=2021,
        evening={"held_on": dt.date(2021, 3, 4), "head_count": 31_415},
        actions=(
            ReportAction("Une navette", "la maison", "Appeler", dt.date(2027, 1, 1), "à faire"),
        ),
    )
    shown = publish_in(mekinac, "Village-Z")
    synthesis = make_synthesis(
        region, user, hidden, shown, **{"Village-Discret": SourceShown.ANONYMOUS}
    )
    read = read_synthesis(synthesis=synthesis)
    assert [each.name for each in read.sources] == ["Village-Z", "Communauté A"]
    stored = to_snapshot(read)
    stored.pop("territories")
    text = json.dumps(stored, ensure_ascii=False)
    for telling in ("Discret", "discret", "Maskinongé", "2021", "31415", "la maison", hidden.slug):
        assert telling not in text
    assert [each.appraised for each in read.coverage.territories] == [0, 1]
    assert (read.coverage.people, read.coverage.people_known_for) == (12, 1)
    assert read.matrices[0].sources == ("d1", "d2")


def test_letters_do_not_follow_the_names(region, user, mekinac):
    """Each draft draws its own order, the same at each reading."""
    names = [f"Village-{letter}" for letter in "ABCDEFGH"]
    editions = [
        publish_in(mekinac, name, (asked("entraide", (0, rank, 4, 7)),))
        for rank, name in enumerate(names)
    ]
    orders = set()
    for _ in range(4):
        synthesis = make_synthesis(
            region, user, *editions, **dict.fromkeys(names, SourceShown.ANONYMOUS)
        )
        read = read_synthesis(synthesis=synthesis)
        assert read == read_synthesis(synthesis=synthesis)
        assert [each.name[-1] for each in read.sources] == list("ABCDEFGH")
        orders.add(tuple(cell.distribution.levels[1] for cell in read.matrices[0].rows[0].cells))
    assert len(orders) == 4


@pytest.mark.parametrize("count", [1, 12])
def test_queries_do_not_grow(count, django_assert_num_queries, django_user_model):
    region = make_region()
    user = django_user_model.objects.create(username="c", is_superuser=True)
    territory = region.children.get()
    editions = [
        publish_in(
            territory,
            f"Village {number}",
            findings=(told("challenge", f"Défi {number}", "Transport"),),
        )
        for number in range(count)
    ]
    synthesis = make_synthesis(region, user, *editions)
    code_findings(
        synthesis=synthesis,
        user=user,
        kind="challenge",
        label="Défis",
        keys=[each.key for each in published_findings(synthesis=synthesis)],
    )
    synthesis = type(synthesis).objects.select_related("region").get()
    with django_assert_num_queries(12):
        read = read_synthesis(synthesis=synthesis)
    assert len(read.sources) == count
