"""A codebook kept by two people, and findings that only a person puts under a theme."""

import pytest

from appreciation.domain.synthesis.coding import (
    code_findings,
    delete_theme,
    merge_themes,
    save_theme,
    suggest_groups,
    uncode_finding,
)
from appreciation.domain.synthesis.grouping import KnownTheme, group_findings
from appreciation.domain.synthesis.published import PublishedFinding
from appreciation.domain.synthesis.reading import published_findings, read_synthesis
from appreciation.models import CodedFinding, Theme
from core.errors import ConcurrentEditError, DomainError
from tests.factories import PlaceFactory, UserFactory
from tests.factories.synthesis_sources import make_synthesis, publish_in, told

CHALLENGES = (
    told("challenge", "Sans auto, on reste chez soi"),
    told("challenge", "Les logements manquent"),
)


@pytest.fixture
def synthesis(region, user, mekinac):
    return make_synthesis(
        region,
        user,
        publish_in(mekinac, "Village-A", findings=CHALLENGES),
        publish_in(
            mekinac,
            "Village-B",
            findings=(
                told("challenge", "Il faut une auto pour tout"),
                told("strength", "On s’entraide"),
            ),
        ),
    )


def keys_of(synthesis, word=""):
    return [each.key for each in published_findings(synthesis=synthesis) if word in each.text]


def finding(number, text, dimension="", *, place=None, kind="challenge"):
    return PublishedFinding(
        place or number, f"V{number}", kind, dimension, text, False, str(number)
    )


def test_the_same_name_is_one_theme(region, user):
    first = save_theme(region=region, user=user, kind="challenge", label="Se déplacer")
    again = save_theme(region=region, user=user, kind="challenge", label=" se deplacer ")
    other = save_theme(region=region, user=user, kind="strength", label="Se déplacer")
    assert first == again
    assert other != first


def test_two_people_define_one_theme_at_once(region, user):
    theme = save_theme(region=region, user=user, kind="challenge", label="Se déplacer")
    values = {"region": region, "user": user, "kind": "challenge", "theme": theme}
    values |= {"label": "Transport", "version": 1}
    save_theme(**values, definition="Bus, auto, chemins.")
    save_theme(**values, definition="Bus, auto, chemins.")
    with pytest.raises(ConcurrentEditError) as refusal:
        save_theme(**values, definition="Autre chose.")
    assert refusal.value.theirs == "Transport\nBus, auto, chemins."
    assert Theme.objects.get().version == 2


def test_a_name_already_taken_is_refused(region, user):
    save_theme(region=region, user=user, kind="challenge", label="Se déplacer")
    other = save_theme(region=region, user=user, kind="challenge", label="Se loger")
    with pytest.raises(DomainError, match="existe déjà: réunissez"):
        save_theme(region=region, user=user, kind="challenge", label="Se déplacer", theme=other)


@pytest.mark.parametrize(
    "values", [{"label": "  "}, {"label": "x" * 121}, {"kind": "idee"}, {"definition": "x" * 301}]
)
def test_a_bad_theme_is_refused(region, user, values):
    with pytest.raises(DomainError):
        save_theme(region=region, user=user, **{"kind": "challenge", "label": "Bon"} | values)


def test_only_the_coordination_keeps_the_codebook(region, user, synthesis):
    stranger = UserFactory()
    theme = save_theme(region=region, user=user, kind="challenge", label="Se déplacer")
    for act in (
        lambda: save_theme(region=region, user=stranger, kind="challenge", label="Autre"),
        lambda: delete_theme(theme=theme, user=stranger),
        lambda: code_findings(
            synthesis=synthesis, user=stranger, theme=theme, keys=keys_of(synthesis, "auto")
        ),
    ):
        with pytest.raises(DomainError, match="Seule la coordination"):
            act()


def test_findings_are_put_under_a_theme_and_taken_out(synthesis, user):
    keys = keys_of(synthesis, "auto")
    for _ in range(2):
        theme = code_findings(
            synthesis=synthesis, user=user, kind="challenge", label="Se déplacer", keys=keys
        )
    assert CodedFinding.objects.filter(coded_by=user).count() == 2
    (found,) = read_synthesis(synthesis=synthesis).recurrences
    assert (found.label, [each.text for each in found.mentions]) == (
        "Se déplacer",
        ["Sans auto, on reste chez soi", "Il faut une auto pour tout"],
    )
    text = read_synthesis(synthesis=synthesis).narrative("recurring").text
    assert "Les défis qui reviennent\xa0: Se déplacer (2 démarches)." in text
    for _ in range(2):
        uncode_finding(synthesis=synthesis, user=user, theme=theme, key=keys[0])
    assert CodedFinding.objects.get().finding_key == keys[1]


def test_what_may_not_be_classified(region, synthesis, user):
    theme = save_theme(region=region, user=user, kind="strength", label="Entraide")
    elsewhere = PlaceFactory(region=True, slug="ailleurs")
    other = Theme.objects.create(region=elsewhere, kind="challenge", label="Ailleurs")
    auto = keys_of(synthesis, "auto")
    for values, words in (
        ({"theme": theme, "keys": auto}, "du genre « force » seulement"),
        ({"theme": theme, "keys": ["inconnue"]}, "n’est plus publié"),
        ({"theme": theme, "keys": []}, "Cochez au moins un constat"),
        ({"theme": other, "keys": auto}, "n’existe plus"),
    ):
        with pytest.raises(DomainError, match=words):
            code_findings(synthesis=synthesis, user=user, **values)
    assert not CodedFinding.objects.exists()


def test_merging_keeps_everything_once(region, synthesis, user):
    auto, logis = keys_of(synthesis, "auto"), keys_of(synthesis, "logement")
    kept = code_findings(
        synthesis=synthesis, user=user, kind="challenge", label="Se déplacer", keys=auto
    )
    merged = code_findings(
        synthesis=synthesis, user=user, kind="challenge", label="Vivre ici", keys=[auto[0], *logis]
    )
    merge_themes(kept=kept, merged=merged, user=user)
    assert list(Theme.objects.all()) == [kept]
    assert {row.finding_key for row in kept.coded.all()} == {*auto, *logis}
    assert kept.coded.count() == 3
    other = save_theme(region=region, user=user, kind="strength", label="Entraide")
    for bad in (kept, other):
        with pytest.raises(DomainError):
            merge_themes(kept=kept, merged=bad, user=user)


def test_nothing_is_classified_by_itself(synthesis, user):
    (group,) = suggest_groups(synthesis=synthesis)
    assert set(group.keys) == set(keys_of(synthesis, "auto"))
    assert (group.label, group.because) == ("Auto", "Parce que\xa0: auto.")
    assert not CodedFinding.objects.exists()
    code_findings(
        synthesis=synthesis, user=user, kind="challenge", label="Se déplacer", keys=group.keys
    )
    assert suggest_groups(synthesis=synthesis) == ()


def test_words_of_one_family_come_together():
    """Stems, and the dimension; not the words that every community writes."""
    findings = [
        finding(1, "Les logements sont trop chers"),
        finding(2, "Se loger coûte une fortune", "Habitation et logement"),
        finding(3, "Un logement locatif manque dans la communauté"),
        finding(4, "La communauté est petite"),
    ]
    (group,) = group_findings(findings)
    assert group.keys == ("1", "2", "3")
    assert group.because == "Parce que\xa0: logement."


def test_twice_in_one_community_is_no_recurrence():
    findings = [finding(1, "Pas de bus", place=7), finding(2, "Le bus ne passe plus", place=7)]
    assert group_findings(findings) == ()


def test_an_issue_brings_together_what_its_words_name():
    findings = [finding(1, "Le transport du soir"), finding(2, "Une mobilité difficile")]
    (group,) = group_findings(findings, issues=["Transport et mobilité"])
    assert (group.label, group.keys) == ("Transport et mobilité", ("1", "2"))


def test_a_theme_of_the_codebook_comes_first_even_for_one_finding():
    findings = [finding(1, "Pas d’autobus"), finding(2, "Le bruit"), finding(3, "Du bruit la nuit")]
    known = KnownTheme(pk=5, kind="challenge", label="Autobus et covoiturage")
    first, second = group_findings(findings, themes=[known])
    assert (first.theme, first.keys, first.because) == (5, ("1",), "Parce que\xa0: autobus.")
    assert (second.theme, second.keys, second.label) == (None, ("2", "3"), "Bruit")


def test_kinds_are_never_mixed_and_the_answer_is_always_the_same():
    findings = [
        finding(1, "L’école est ouverte", kind="strength"),
        finding(2, "L’école ferme"),
        finding(3, "On ferme l’école"),
    ]
    groups = group_findings(findings)
    assert [(each.kind, each.keys) for each in groups] == [("challenge", ("2", "3"))]
    assert groups == group_findings(findings)
