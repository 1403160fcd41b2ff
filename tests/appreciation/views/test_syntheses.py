"""The workshop: what the region's coordination sees and sends, screen by screen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from appreciation.domain.synthesis.coding import code_findings
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.published import published_findings
from appreciation.domain.synthesis.texts import save_text
from appreciation.enums import FindingKind, SourceShown
from appreciation.models import FacilitatorReview, Publication, Synthesis, Theme
from tests.factories import PlaceFactory, UserFactory
from tests.factories.synthesis_sources import (
    asked,
    coordinator_of,
    make_region,
    make_synthesis,
    publish_in,
    take_back,
    territory_of,
    told,
)

pytestmark = pytest.mark.django_db

AUTO = told("challenge", "Se rendre à l’épicerie sans auto", "Transport")
BUS = told("challenge", "Pas d’autobus vers l’épicerie le soir", "Transport")


@dataclass
class Workshop:
    client: Client
    synthesis: Synthesis
    editions: list[Publication]
    user: object

    def url(self, name: str, *parts) -> str:
        return reverse(f"space:{name}", args=[self.synthesis.reference, *parts])

    def get(self, name: str, *parts, **query):
        return self.client.get(self.url(name, *parts), query)

    def post(self, name: str, *parts, **values):
        return self.client.post(self.url(name, *parts), values)

    def fresh(self) -> Synthesis:
        self.synthesis.refresh_from_db()
        return self.synthesis


@pytest.fixture
def workshop() -> Workshop:
    """Two démarches that tell the same challenge, and a third one that is not chosen yet."""
    region = make_region()
    territory = territory_of(region, "Mékinac")
    editions = [
        publish_in(territory, "Village-A", findings=(AUTO,)),
        publish_in(territory, "Village-B", findings=(BUS,)),
        publish_in(territory, "Village-C"),
    ]
    user = coordinator_of(region)
    client = Client()
    client.force_login(user)
    synthesis = make_synthesis(region, user, *editions[:2])
    return Workshop(client, synthesis, editions, user)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def choices(workshop: Workshop, *shown: str) -> dict[str, str]:
    return {
        f"demarche-{edition.appraisal_id}": how
        for edition, how in zip(workshop.editions, shown, strict=True)
    }


def test_somebody_who_coordinates_a_territory_only_finds_nothing(workshop):
    client = Client()
    client.force_login(coordinator_of(territory_of(workshop.synthesis.region, "Mékinac")))
    assert client.get(reverse("space:syntheses")).status_code == 404
    assert client.get(workshop.url("synthesis")).status_code == 404


def test_a_new_one_leads_to_the_choice(workshop):
    region = workshop.synthesis.region
    response = workshop.client.post(
        reverse("space:syntheses"), {"title": "Cinq villages", "region": region.pk, "year": 2026}
    )
    made = Synthesis.objects.get(title="Cinq villages")
    assert response["Location"] == reverse("space:synthesis_choice", args=[made.reference])
    listed = text_of(workshop.client.get(reverse("space:syntheses")))
    assert "Cinq villages" in listed
    assert "0 démarche<" in listed
    assert "2 démarches" in listed


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": "", "year": 2026}, "Donnez un titre."),
        ({"title": "T", "year": "mille"}, "Écrivez une année comme 2026."),
        ({"title": "T", "year": 9999}, "L’année est"),
    ],
)
def test_a_wrong_start_is_said_in_words(workshop, values, said):
    region = workshop.synthesis.region
    response = workshop.client.post(reverse("space:syntheses"), {**values, "region": region.pk})
    assert response.status_code == 422
    assert said in text_of(response)


def test_the_home_of_a_synthesis_shows_the_next_thing(workshop):
    page = text_of(workshop.get("synthesis"))
    assert "2 démarches retenues" in page
    assert page.index("La prochaine chose à faire") < page.index("Classer ce qui revient")


def test_the_choice_says_what_cannot_be_compared_and_keeps_it(workshop):
    page = text_of(workshop.get("synthesis_choice"))
    assert "Village-C, 2026" in page
    sent = choices(workshop, SourceShown.NAMED, SourceShown.ANONYMOUS, SourceShown.OPTED_OUT)
    response = workshop.post("synthesis_choice", version=workshop.fresh().version, **sent)
    assert response["Location"] == workshop.url("synthesis")
    kept = dict(workshop.synthesis.sources.values_list("appraisal__place__name", "shown"))
    assert kept == {"Village-A": "named", "Village-B": "anonymous", "Village-C": "opted_out"}


def test_two_choices_at_once_lose_nothing(workshop):
    version = workshop.fresh().version
    workshop.post(
        "synthesis_choice", version=version, **choices(workshop, "named", "named", "named")
    )
    late = workshop.post(
        "synthesis_choice", version=version, **choices(workshop, "named", "anonymous", "")
    )
    assert late.status_code == 409
    assert "Quelqu’un a changé cette synthèse" in text_of(late)
    assert late.context["form"][f"demarche-{workshop.editions[1].appraisal_id}"].value() == (
        "anonymous"
    )
    assert workshop.synthesis.sources.filter(shown="named").count() == 3


def test_a_withdrawn_one_is_said_and_kept_out(workshop):
    take_back(workshop.editions[1])
    page = text_of(workshop.get("synthesis_choice"))
    assert "Village-B : elle ne sera ni lue ni comptée" in page
    response = workshop.post(
        "synthesis_choice",
        version=workshop.fresh().version,
        **choices(workshop, "named", "named", "named"),
    )
    assert response.status_code == 302
    kept = dict(workshop.synthesis.sources.values_list("appraisal__place__name", "shown"))
    assert kept == {"Village-A": "named", "Village-B": "opted_out", "Village-C": "named"}


def test_findings_brought_together_are_confirmed_by_a_person(workshop):
    page = text_of(workshop.get("synthesis_themes"))
    assert "Rapprochements proposés" in page
    assert not workshop.synthesis.coded.exists()
    keys = [finding.key for finding in published_findings(synthesis=workshop.synthesis)]
    response = workshop.client.post(
        workshop.url("synthesis_themes"), {"keys": keys, "label": "Se déplacer", "theme": ""}
    )
    assert response["Location"] == workshop.url("synthesis_themes") + "?genre=defis"
    theme = Theme.objects.get(label="Se déplacer", kind=FindingKind.CHALLENGE)
    assert set(theme.coded.values_list("finding_key", flat=True)) == set(keys)
    page = text_of(workshop.get("synthesis_themes"))
    assert "Tous les constats sont classés." in page
    assert "2 communautés" in page
    workshop.post("synthesis_uncode", theme=theme.pk, cle=keys[0])
    assert list(theme.coded.values_list("finding_key", flat=True)) == keys[1:]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"label": "Se déplacer"}, "Cochez au moins un constat."),
        ({"keys": ["inventée"], "label": "Se déplacer"}, "n’est plus publié"),
        ({"keys": "first"}, "Choisissez un thème, ou nommez-en un nouveau."),
    ],
)
def test_a_wrong_classification_is_said_and_nothing_is_written(workshop, values, said):
    if values.get("keys") == "first":
        values = {"keys": [published_findings(synthesis=workshop.synthesis)[0].key]}
    response = workshop.client.post(workshop.url("synthesis_themes"), values)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Theme.objects.exists()


class TestAThemeAndANewName:
    """One or the other: neither is kept silently, and nothing that was typed is lost."""

    @pytest.fixture
    def theme(self, workshop):
        return Theme.objects.create(
            region=workshop.synthesis.region, kind=FindingKind.CHALLENGE, label="Le logement"
        )

    @pytest.fixture
    def keys(self, workshop):
        return [finding.key for finding in published_findings(synthesis=workshop.synthesis)]

    def sent(self, workshop, **values):
        return workshop.client.post(workshop.url("synthesis_themes"), values)

    def test_both_are_refused_where_they_were_typed(self, workshop, theme, keys):
        group = {"group": keys[0], "offered": "Épicerie"}
        answer = self.sent(workshop, keys=[keys[1]], theme=theme.pk, label="Se nourrir", **group)
        assert answer.status_code == 422
        page = text_of(answer)
        assert page.count("Faites l’un ou l’autre") == 2  # the summary and beside the field
        assert "effacez ce nom pour classer sous « Le logement »" in page
        suggestion, foot = answer.text.split('aria-labelledby="a-classer"')
        assert 'value="Se nourrir"' in suggestion
        assert "Se nourrir" not in foot
        assert f'<option value="{theme.pk}" selected>' in suggestion
        assert f'value="{keys[1]}" checked' in suggestion
        assert f'value="{keys[0]}" checked' not in answer.text
        assert not workshop.synthesis.coded.exists()
        assert Theme.objects.get() == theme

    def test_at_the_foot_too(self, workshop, theme, keys):
        answer = self.sent(workshop, keys=[keys[1]], theme=theme.pk, label="Se nourrir")
        suggestion, foot = answer.text.split('aria-labelledby="a-classer"')
        assert "Faites l’un ou l’autre" in text_of(answer)
        assert 'value="Se nourrir"' in foot
        assert f'value="{keys[1]}" checked' in foot
        assert f'value="{keys[0]}" checked' not in foot
        assert "Se nourrir" not in suggestion

    @pytest.mark.parametrize("label", ["", "Épicerie", "LE LOGEMENT"])
    def test_a_name_that_was_only_offered_was_not_typed(self, workshop, theme, keys, label):
        group = {"group": keys[0], "offered": "Épicerie"}
        answer = self.sent(workshop, keys=keys, theme=theme.pk, label=label, **group)
        assert answer.status_code == 302
        assert theme.coded.count() == 2
        assert Theme.objects.get() == theme


def test_an_unknown_kind_of_finding_is_not_here(workshop):
    assert workshop.get("synthesis_themes", genre="moyennes").status_code == 404


def coded_theme(workshop: Workshop, label: str, position: int) -> Theme:
    finding = published_findings(synthesis=workshop.synthesis)[position]
    return code_findings(
        synthesis=workshop.synthesis,
        user=workshop.user,
        keys=[finding.key],
        kind=FindingKind.CHALLENGE,
        label=label,
    )


def test_themes_are_renamed_joined_and_erased(workshop):
    kept, merged = coded_theme(workshop, "Transport", 0), coded_theme(workshop, "Autobus", 1)
    renamed = workshop.post(
        "synthesis_theme", kept.pk, label="Se déplacer", definition="", issue="", version=1
    )
    assert renamed.status_code == 302
    late = workshop.post(
        "synthesis_theme", kept.pk, label="Bouger", definition="", issue="", version=1
    )
    assert late.status_code == 409
    assert "Se déplacer" in text_of(late)
    assert AUTO.text in text_of(workshop.get("synthesis_theme", kept.pk))
    assert (
        f"{BUS.text} <span"
        not in text_of(workshop.get("synthesis_theme", kept.pk)).split("Y ranger aussi")[0]
    )
    workshop.post("synthesis_theme_merge", kept.pk, merged=merged.pk)
    assert list(Theme.objects.values_list("label", flat=True)) == ["Se déplacer"]
    assert kept.coded.count() == 2
    workshop.post("synthesis_theme_removal", kept.pk)
    assert not Theme.objects.exists()


def test_what_is_put_under_one_theme_goes_under_another_too(workshop):
    theme, _ = coded_theme(workshop, "L'auto", 0), coded_theme(workshop, "Autobus", 1)
    assert theme.label == "L’auto"
    both = {each.key for each in published_findings(synthesis=workshop.synthesis)}
    (other,) = both - set(theme.coded.values_list("finding_key", flat=True))
    assert f'value="{other}"' in text_of(workshop.get("synthesis_theme", theme.pk))
    sent = {"keys": [other], "theme": theme.pk}
    workshop.client.post(f"{workshop.url('synthesis_themes')}?genre=defis", sent)
    assert set(theme.coded.values_list("finding_key", flat=True)) == both
    assert workshop.synthesis.coded.filter(finding_key=other).count() == 2
    assert "Y ranger aussi" not in text_of(workshop.get("synthesis_theme", theme.pk))


def test_a_theme_of_another_region_is_not_here(workshop):
    other = PlaceFactory(region=True)
    theme = Theme.objects.create(region=other, kind=FindingKind.CHALLENGE, label="Ailleurs")
    for name in ("synthesis_theme", "synthesis_theme_merge", "synthesis_theme_removal"):
        assert workshop.post(name, theme.pk).status_code == 404


def test_a_paragraph_is_written_and_two_texts_are_shown(workshop):
    page = text_of(workshop.get("synthesis_text", "introduction"))
    assert "Ce texte est assemblé à partir des figures." in page
    workshop.post("synthesis_text", "introduction", text="À nous.", version=0)
    assert workshop.synthesis.texts.get().text == "À nous."
    late = workshop.post("synthesis_text", "introduction", text="Le mien.", version=0)
    assert late.status_code == 409
    page = text_of(late)
    assert "À nous." in page
    assert "Le mien." in page
    again = workshop.post("synthesis_text", "introduction", text="Le mien.", version=1)
    assert again.status_code == 302
    workshop.post("synthesis_text_reset", "introduction", version=2)
    assert not workshop.synthesis.texts.exists()


def test_a_paragraph_never_starts_from_what_is_withheld(workshop):
    """Saved as it is, it would tell everybody what stays in the region."""
    territory = territory_of(workshop.synthesis.region, "Mékinac")
    opposed = (asked("ecole", (6, 0, 0, 6)),)
    held = publish_in(territory, "Village-Gardé", opposed, level="region")
    workshop.synthesis = make_synthesis(
        workshop.synthesis.region, workshop.user, *workshop.editions, held
    )
    for key, words in (("results", "École"), ("introduction", "Village-Gardé")):
        page = text_of(workshop.get("synthesis_text", key))
        assert words not in page
        assert "<textarea" in page


def test_who_evaluates_reads_the_look_backs_of_what_is_chosen(workshop):
    for edition, words in zip(
        workshop.editions, ("Le café a tout changé.", "", "Ailleurs."), strict=True
    ):
        FacilitatorReview.objects.create(appraisal=edition.appraisal, worked=words)
    page = text_of(workshop.get("synthesis_text", "evaluation"))
    assert "Le café a tout changé." in page
    assert "Ailleurs." not in page
    assert '<h3 class="mt-5">Village-B' not in page
    assert "Le café a tout changé." not in text_of(workshop.get("synthesis_text", "introduction"))


def test_a_text_that_is_not_of_the_synthesis_is_not_here(workshop):
    assert workshop.get("synthesis_text", "inconnu").status_code == 404


def test_a_story_is_written_for_a_chosen_community(workshop):
    first, _, left = workshop.editions
    assert workshop.get("synthesis_story", left.appraisal_id).status_code == 404
    shown = text_of(workshop.get("synthesis_story", first.appraisal_id))
    assert "Les défis" in shown
    assert AUTO.text in shown
    assert BUS.text not in shown
    workshop.post("synthesis_story", first.appraisal_id, text="On est partis de loin.", version=1)
    story = workshop.synthesis.sources.get(appraisal=first.appraisal_id).story
    assert story == "On est partis de loin."
    assert "1 histoire" in text_of(workshop.get("synthesis"))


def test_an_edition_is_frozen_compared_published_and_withdrawn(workshop):
    response = workshop.post("synthesis_editions")
    assert response["Location"] == workshop.url("synthesis_edition", 1)
    page = text_of(workshop.get("synthesis_edition", 1))
    assert "Rien : refaite aujourd’hui, elle donnerait les mêmes figures." in page
    unread = workshop.post("synthesis_edition", 1, intent="publish")
    assert unread.status_code == 422
    assert workshop.synthesis.editions.get().published_at is None
    workshop.post("synthesis_edition", 1, intent="publish", has_been_read="on")
    assert workshop.synthesis.editions.out().exists()
    workshop.post("synthesis_edition", 1, intent="withdraw", reason="Une erreur de classement.")
    assert not workshop.synthesis.editions.out().exists()


def test_what_changed_since_is_said_and_stands_in_the_way(workshop):
    edition = freeze(synthesis=workshop.synthesis, user=workshop.user)
    take_back(workshop.editions[1])
    page = text_of(workshop.get("synthesis_edition", edition.number))
    assert "N’est plus publiée : Village-B." in page
    sent = workshop.post("synthesis_edition", edition.number, intent="publish", has_been_read="on")
    assert sent.status_code == 422
    assert "Enlevez-la du choix" in text_of(sent)


def test_the_adopted_version_is_joined(workshop):
    freeze(synthesis=workshop.synthesis, user=workshop.user)
    wrong = workshop.post(
        "synthesis_edition",
        1,
        intent="adopted",
        file=SimpleUploadedFile("synthese.docx", b"pas un document"),
    )
    assert wrong.status_code == 422
    pdf = SimpleUploadedFile("synthese.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n")
    workshop.post("synthesis_edition", 1, intent="adopted", file=pdf)
    assert workshop.synthesis.editions.get().document.is_private


def test_nothing_chosen_cannot_be_frozen(workshop):
    empty = make_synthesis(workshop.synthesis.region, workshop.user)
    response = workshop.client.post(
        reverse("space:synthesis_editions", args=[empty.reference]), follow=True
    )
    assert not empty.editions.exists()
    assert "Retenez" in text_of(response)


def test_before_and_now_stand_side_by_side(workshop):
    former = make_synthesis(workshop.synthesis.region, workshop.user, *workshop.editions[1:])
    edition = freeze(synthesis=former, user=workshop.user)
    page = text_of(workshop.get("synthesis_evolution", avec=edition.pk))
    assert "Village-B" in page
    assert "C’est la même démarche dans les deux synthèses." in page
    assert workshop.get("synthesis_evolution", avec="999999").status_code == 404


@pytest.mark.parametrize("screen", ["synthesis", "synthesis_choice", "synthesis_themes"])
def test_as_many_queries_for_one_as_for_three(workshop, screen, django_assert_num_queries):
    few = make_synthesis(workshop.synthesis.region, workshop.user, workshop.editions[0])
    many = make_synthesis(workshop.synthesis.region, workshop.user, *workshop.editions)
    for one in (few, many):
        workshop.client.get(reverse(f"space:{screen}", args=[one.reference]))
        with django_assert_num_queries(QUERIES[screen]):
            workshop.client.get(reverse(f"space:{screen}", args=[one.reference]))


QUERIES = {"synthesis": 7, "synthesis_choice": 9, "synthesis_themes": 14}


@pytest.mark.parametrize("name", ["synthesis_text", "synthesis_edit"])
def test_a_draft_is_kept_for_who_may_write_there(workshop, name):
    parts = ["introduction"] if name == "synthesis_text" else []
    kept_at = f"{reverse('space:drafts')}?adresse={workshop.url(name, *parts)}"
    body = {"fields": {"0:text": "Un début"}, "version": 0, "known": None}
    kept = workshop.client.post(kept_at, body, content_type="application/json")
    assert kept.status_code == 200
    (draft,) = workshop.client.get(kept_at).json()["drafts"].values()
    assert draft["fields"] == {"0:text": "Un début"}
    workshop.client.force_login(UserFactory())
    assert workshop.client.post(kept_at, body, content_type="application/json").status_code == 404


def test_what_was_typed_when_access_ended_is_not_lost(workshop):
    workshop.client.force_login(UserFactory())
    refused = workshop.post("synthesis_text", "introduction", text="Mon long texte", version=0)
    assert refused.status_code == 404
    assert "Mon long texte" in text_of(refused)
    save_text(
        synthesis=workshop.synthesis,
        user=workshop.user,
        key="introduction",
        text="Le sien",
        version=0,
    )
    assert workshop.synthesis.texts.get().text == "Le sien"
