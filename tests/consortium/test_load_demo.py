"""The demonstration: every state a visitor should meet, made once, marked, never in production."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from accounts.models import User
from appreciation.domain.queries.tools import ToolShelf, used_by
from appreciation.domain.report import assemble_report, comparison_for_team
from appreciation.domain.results import Audience, meeting_results
from appreciation.domain.synthesis.publishing import read_for_public
from appreciation.enums import MeetingState, Phase, PublicationLevel, RoundState
from appreciation.models import (
    Appraisal,
    CheckIn,
    FrequentQuestion,
    Meeting,
    MeetingPhoto,
    Outcome,
    Publication,
    Rating,
    Round,
    Synthesis,
    SynthesisEdition,
    Tool,
    ToolFormat,
    TransitionLog,
    VideoPage,
)
from background.models import OutgoingMail
from cms.models import Rendition, SiteImage, SiteSettings
from cms.renditions import FALLBACK, LARGE, SMALL
from core.disclosure import Suppressed
from home.blocks import PAGE_BLOCKS
from home.models import NewsPage, StandardPage
from pratiques.domain.completeness import missing_to_publish, too_long
from pratiques.domain.proposal_review import changes_since
from pratiques.enums import AdaptationState, EvidenceStatus, ProposalState
from pratiques.models import (
    Adaptation,
    DossierPage,
    FreshnessCheck,
    PracticePage,
    PracticePhoto,
    PracticeProposal,
)
from reference.models import Place


def load() -> str:
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def counts() -> dict[str, int]:
    models = (User, Place, Appraisal, Meeting, Rating, Publication, TransitionLog)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture(scope="module")
def demonstration(kept_for_the_module):
    return load()


def test_every_phase_has_its_demarche(demonstration):
    phases = Appraisal.objects.filter(is_historical=False).values_list("phase", flat=True)
    assert set(phases) == set(Phase.values)
    assert Appraisal.objects.filter(is_historical=True).count() == 1


def test_everything_is_marked_as_a_demonstration(demonstration):
    assert SiteSettings.objects.get().is_demo
    assert not Appraisal.objects.exclude(is_demo=True).exists()
    assert not Place.objects.filter(appraisals__isnull=False, is_demo=False).exists()
    assert not User.objects.exclude(email__endswith="@exemple.org").exists()


def test_one_meeting_is_open_under_the_printed_code(demonstration):
    meeting = Meeting.objects.get(state=MeetingState.OPEN)
    assert meeting.join_code == "DEM234"
    assert "DEM234" in demonstration
    assert meeting.head_count == 18


def test_an_item_is_polarised_and_voted_again(demonstration):
    second = Round.objects.filter(number=2).first()
    assert second.state == RoundState.REVEALED
    first = Rating.objects.filter(
        seat__meeting=second.meeting, round__instrument_dimension=second.instrument_dimension
    )
    levels = [first.filter(round__number=1, answer=level).count() for level in (1, 2, 3, 4)]
    assert levels == [8, 1, 1, 8]


def test_a_cell_is_suppressed_outside(demonstration):
    meeting = Meeting.objects.get(appraisal__place__name="Plaine-Exemple", kind="appraisal")
    results = meeting_results(meeting, audience=Audience.OUTSIDE)
    shown = [item.rounds[0].distribution for dim in results.dimensions for item in dim.items]
    assert any(isinstance(distribution, Suppressed) for distribution in shown)
    assert any(not isinstance(distribution, Suppressed) for distribution in shown)


def test_rooms_chose_with_dots_and_a_small_one_stays_inside(demonstration):
    def chosen(place: str):
        (meeting,) = assemble_report(Appraisal.objects.get(place__name=place)).meetings
        return meeting.dots

    large = chosen("Village-Exemple")
    assert sum(line.dots for line in large.lines) == 12 * 2 + 4 + 2 + 3
    assert (large.phones, large.from_poster) == (12, 9)
    assert chosen("Plaine-Exemple").is_hidden


def test_one_is_done_again_and_compared_with_the_first(demonstration):
    again = Appraisal.objects.get(previous__isnull=False)
    assert (again.previous.state, again.previous.phase) == ("closed", Phase.FOLLOW_UP)
    assert again.previous.lessons.startswith("Inviter les jeunes")
    comparison = comparison_for_team(again, sees_both=True)
    assert len(comparison.items) == 12
    assert {action.state for action in comparison.actions} == {"fait"}


def test_flip_charts_are_drawn_described_and_marked(demonstration):
    photos = MeetingPhoto.objects.filter(meeting__appraisal__place__name="Village-Exemple")
    assert sorted(photos.values_list("in_report", flat=True)) == [False, True]
    shown = photos.get(in_report=True)
    assert shown.alt.startswith("Grande feuille fictive")
    with shown.file.open("rb") as file:
        assert Image.open(file).size == (480, 360)
    (photo,) = assemble_report(Appraisal.objects.get(place__name="Village-Exemple")).photos
    assert photo.token == shown.token


def test_its_dates_tell_a_story(demonstration):
    """Phases end one after the other, around the meeting; nothing is in the future."""
    for appraisal in Appraisal.objects.filter(is_historical=False):
        done = [appraisal.phase_done_at(phase) for phase in Phase]
        stamps = [appraisal.created_at, *filter(None, done)]
        assert stamps == sorted(stamps), appraisal
        assert stamps[-1] <= timezone.now()
    published = Appraisal.objects.get(place__name="Rivière-Exemple")
    assert (published.meeting_done_at - published.convening_done_at).days == 7


def test_check_ins_are_answered_silent_and_to_come(demonstration):
    states = dict(CheckIn.objects.filter(months=3).values_list("appraisal__place__name", "state"))
    assert states["Rivière-Exemple"] == "answered"
    assert states["Plaine-Exemple"] == "silent"
    assert states["Baie-Exemple"] == "waiting"
    assert Outcome.objects.filter(shown_at__isnull=False).count() == 2
    assert not OutgoingMail.objects.filter(kind__startswith="check_in").exists()


def test_a_film_of_ours_is_published_with_its_captions(demonstration):
    page = VideoPage.objects.live().get()
    assert "démonstration" in page.title
    assert sorted(page.media.tracks.values_list("kind", "srclang")) == [
        ("captions", "fr"),
        ("chapters", "fr"),
    ]
    assert (page.media.file_size, page.media.file.size) == (128_693, 128_693)
    assert page.light_media.file_size < 60_000
    assert VideoPage.objects.not_live().get().embed_url.startswith("https://vimeo.com/")


def test_published_at_two_levels(demonstration):
    levels = Publication.objects.filter(appraisal__is_historical=False).values_list(
        "level", flat=True
    )
    assert set(levels) == {PublicationLevel.SUMMARY, PublicationLevel.FULL}


def test_one_synthesis_is_published_and_another_is_under_way(demonstration):
    edition = SynthesisEdition.objects.out().get()
    assert Synthesis.objects.filter(is_demo=True, editions=None).count() == 1
    public = read_for_public(edition=edition)
    assert public.is_demo
    assert [each.name for each in public.sources] == [
        "Anse-Exemple",
        "Rang-Exemple",
        "Rivière-Exemple",
        "Baie-Exemple",
        "Communauté A",
    ]
    assert [each.label for each in public.recurring("strength")] == [
        "L’entraide entre voisins",
        "La fierté d’être d’ici",
    ]
    assert [len(each.sources) for each in public.recurring("challenge")] == [3, 2, 1]
    assert len(public.matrices[0].sources) == 3
    assert "fictif" in public.narrative("recurring").text


def test_again_changes_nothing(demonstration):
    before = counts()
    assert "déjà là" in load()
    assert counts() == before


def test_same_answers_every_time(demonstration):
    """Seeded: two fresh sites show the same figures (here, the numbers typed in the file)."""
    meeting = Meeting.objects.get(appraisal__place__name="Village-Exemple", kind="appraisal")
    answers = Rating.objects.filter(
        seat__meeting=meeting, round__instrument_dimension__dimension__code="belonging"
    ).values_list("answer", flat=True)
    assert sorted(answers) == [2] + [3] * 6 + [4] * 11


def test_refused_in_production(settings):
    settings.DEMO_ALLOWED = False
    before = counts()
    with pytest.raises(CommandError, match="refusé en production"):
        load()
    assert counts() == before


def test_the_toolkit_has_a_version_left_behind_a_file_and_tools_that_were_used(demonstration):
    older = Tool.objects.get(slug="liste-du-materiel")
    assert ToolShelf().newest(older).slug == "sac-de-la-soiree"
    assert used_by(older) == 1
    assert used_by(Tool.objects.get(slug="texte-de-consentement")) > 1
    assert ToolFormat.objects.filter(document__is_private=False).count() == 1
    asked = FrequentQuestion.objects.get(made_from__isnull=False)
    assert (asked.phase, asked.made_from.state) == (Phase.CONVENING, "closed")


def test_the_catalogue_has_a_sheet_in_every_state(demonstration):
    sheets = PracticePage.objects.all()
    assert not sheets.exclude(is_demo=True).exists()
    assert set(sheets.live().values_list("status", flat=True)) == set(EvidenceStatus.values)
    today = timezone.localdate()
    ageing = sheets.live().filter(review_due_on__lt=today)
    assert {sheet.title for sheet in ageing} == {
        "La halte-garderie du samedi",
        "Le jardin des deux rives",
    }
    withdrawn = sheets.not_live().filter(first_published_at__isnull=False)
    assert [sheet.title for sheet in withdrawn] == ["La patinoire des rangs"]
    drafts = sheets.not_live().filter(first_published_at__isnull=True, proposals=None)
    assert sorted(bool(missing_to_publish(sheet)) for sheet in drafts) == [False, True]
    assert not [sheet for sheet in sheets.live() if missing_to_publish(sheet) or too_long(sheet)]
    linked = sheets.get(appraisal_links__isnull=False).appraisal_links.get().register_page
    assert linked.live
    assert linked.specific.appraisal.place.name == "Rivière-Exemple"
    assert {photo.image.credit for photo in PracticePhoto.objects.all()} == {
        "Dessin du site, pour la démonstration"
    }


def test_what_lives_around_the_sheets_is_in_every_state_and_writes_to_nobody(demonstration):
    proposals = PracticeProposal.objects.all()
    assert set(proposals.values_list("state", flat=True)) == set(ProposalState.values)
    assert not proposals.exclude(is_demo=True).exists()
    begun = proposals.get(state=ProposalState.DRAFTED)
    assert [change.label for change in changes_since(begun) if change.is_changed] == [
        "Ce qui a été fait"
    ]
    assert not begun.practice.live
    assert set(Adaptation.objects.values_list("state", flat=True)) == set(AdaptationState.values)
    assert not Adaptation.objects.exclude(is_demo=True).exists()
    assert sorted(FreshnessCheck.objects.values_list("reply", flat=True)) == ["", "changed"]
    assert [len(dossier.entries.all()) for dossier in DossierPage.objects.live()] == [3, 3]
    assert all("fictive" in news.summary for news in NewsPage.objects.live())
    assert NewsPage.objects.live().count() == 4
    assert not OutgoingMail.objects.filter(key__startswith="proposition/").exists()


def test_one_ordinary_page_has_a_block_of_each_kind(demonstration):
    page = StandardPage.objects.live().get(slug="soupers-de-quartier")
    assert {block.block_type for block in page.body} == {name for name, _ in PAGE_BLOCKS}
    page.body.stream_block.clean(page.body)  # what the form would ask of an editor


def test_no_picture_of_the_demonstration_is_resized_while_it_is_read(demonstration):
    stored = Rendition.objects.values_list("image", "filter_spec", "width", "height")
    pictures = SiteImage.objects.filter(title__startswith="Démonstration\N{NO-BREAK SPACE}:")
    assert pictures.count() == 11
    wanted = {(SMALL, 480, 320), (LARGE, 960, 640), (FALLBACK, 960, 640)}
    assert set(stored.filter(image__in=pictures)) == {
        (image.pk, *size) for image in pictures for size in wanted
    }
