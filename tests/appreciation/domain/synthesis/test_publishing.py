"""An edition goes out, is replaced, comes back; what moved meanwhile is seen."""

import json

import pytest
from django.core.files.base import ContentFile

from appreciation.domain.synthesis.coding import code_findings
from appreciation.domain.synthesis.files import options_of
from appreciation.domain.synthesis.freezing import freeze
from appreciation.domain.synthesis.out import standing_of, texts_of_synthesis
from appreciation.domain.synthesis.published import published_findings, published_quotes
from appreciation.domain.synthesis.publishing import (
    attach_adopted_version,
    publication_obstacles,
    publish_edition,
    read_for_public,
    read_for_region,
    withdraw_edition,
)
from appreciation.domain.synthesis.selection import choose_sources
from appreciation.domain.synthesis.snapshot import to_snapshot
from appreciation.domain.synthesis.texts import pick_quotes, save_text
from appreciation.enums import SourceShown
from appreciation.models import SynthesisEdition
from cms.search.models import PublicText
from core.errors import DomainError
from tests.factories import UserFactory
from tests.factories.register import PDF
from tests.factories.starter_site import ensure_site_pages
from tests.factories.synthesis_sources import (
    asked,
    make_synthesis,
    publish_again,
    publish_in,
    take_back,
    told,
)


@pytest.fixture
def editions(mekinac, maskinonge):
    return [publish_in(mekinac, "Village-A"), publish_in(maskinonge, "Village-B")]


@pytest.fixture
def synthesis(region, user, editions):
    return make_synthesis(region, user, *editions)


@pytest.fixture
def frozen(synthesis, user):
    return freeze(synthesis=synthesis, user=user)


def freeze_another(synthesis, user):
    save_text(synthesis=synthesis, user=user, key="results", text="Autre.", version=0)
    return freeze(synthesis=synthesis, user=user)


def names(read):
    return [each.name for each in read.sources]


def test_one_edition_is_out_at_a_time(synthesis, user, frozen):
    assert publication_obstacles(edition=frozen) == []
    published = publish_edition(edition=frozen, user=user)
    assert publish_edition(edition=frozen, user=user).published_at == published.published_at
    second = publish_edition(edition=freeze_another(synthesis, user), user=user)
    frozen.refresh_from_db()
    assert frozen.superseded_at is not None
    assert list(SynthesisEdition.objects.out()) == [second]
    with pytest.raises(DomainError, match="retirée ou remplacée"):
        publish_edition(edition=frozen, user=user)


def test_a_former_edition_does_not_come_out_after_a_later_one(synthesis, user, frozen):
    later = publish_edition(edition=freeze_another(synthesis, user), user=user)
    withdraw_edition(edition=later, user=user, reason="Une coquille.")
    with pytest.raises(DomainError, match="plus récente"):
        publish_edition(edition=frozen, user=user)


def test_what_was_withdrawn_since_does_not_go_out(user, frozen, editions):
    take_back(editions[0])
    assert publication_obstacles(edition=frozen) == [
        "N’est plus publiée: Village-A. Enlevez-la du choix, puis figez de nouveau."
    ]
    with pytest.raises(DomainError, match="N’est plus publiée: Village-A"):
        publish_edition(edition=frozen, user=user, acknowledged=True)


@pytest.mark.parametrize("asked_for", [SourceShown.ANONYMOUS, SourceShown.OPTED_OUT])
def test_what_its_committee_asked_since_is_obeyed(synthesis, user, frozen, editions, asked_for):
    choice = {
        editions[0].appraisal_id: asked_for,
        editions[1].appraisal_id: SourceShown.NAMED,
    }
    choose_sources(synthesis=synthesis, user=user, appraisals=choice)
    with pytest.raises(DomainError, match="Présentée autrement depuis: Village-A"):
        publish_edition(edition=frozen, user=user, acknowledged=True)


def test_a_new_edition_since_is_published_around_only_knowingly(user, frozen, editions):
    publish_again(editions[0], (asked("entraide", (7, 4, 1, 0)),))
    with pytest.raises(DomainError, match="Une nouvelle édition est sortie depuis: Village-A"):
        publish_edition(edition=frozen, user=user)
    assert publish_edition(edition=frozen, user=user, acknowledged=True).published_at


def test_a_damaged_edition_does_not_go_out(user, frozen):
    frozen.snapshot["title"] = "Autre"
    frozen.save()
    with pytest.raises(DomainError, match="empreinte"):
        publish_edition(edition=frozen, user=user)


def test_figures_taken_back_after_publication_leave_at_once(user, frozen, editions):
    publish_edition(edition=frozen, user=user)
    take_back(editions[0])
    for read in (read_for_public(edition=frozen), read_for_region(edition=frozen)):
        assert names(read) == ["Village-B"]
        assert "Village-A" not in json.dumps(to_snapshot(read))


WORDS, OTHERS = "Ma voisine a la clé", "On se connaît tous"


def test_words_whose_permission_is_taken_back_leave_at_once(client, region, user, mekinac):
    """Its next edition does not hold them: page, search and files are silent without a new one."""
    ensure_site_pages()
    answers = (asked("entraide", (0, 1, 4, 7)),)
    said = told("challenge", WORDS, "Entraide", is_quote=True)
    kept = told("challenge", OTHERS, "Entraide", is_quote=True)
    read = publish_in(mekinac, "Village-C", answers, findings=(said, kept))
    synthesis = make_synthesis(region, user, read)
    pick_quotes(
        synthesis=synthesis,
        user=user,
        keys=[each.key for each in published_quotes(synthesis=synthesis)],
    )
    code_findings(
        synthesis=synthesis,
        user=user,
        kind="challenge",
        keys=[each.key for each in published_findings(synthesis=synthesis)],
        label="Se parler",
    )
    edition = publish_edition(edition=freeze(synthesis=synthesis, user=user), user=user)
    address = synthesis.page.get_url()
    before = client.get(address).content.decode()
    assert WORDS in before
    assert OTHERS in before
    assert any(WORDS in text for text in texts_of_synthesis(synthesis.pk))
    options = options_of(standing_of(edition))

    publish_again(read, answers, findings=(kept,))
    after = client.get(address).content.decode()
    assert WORDS not in after
    assert OTHERS in after
    assert PublicText.objects.filter(page=synthesis.page, text__contains=OTHERS).exists()
    assert not PublicText.objects.filter(page=synthesis.page, text__contains=WORDS).exists()
    (theme,) = read_for_region(edition=edition).recurrences
    assert [each.text for each in theme.mentions] == [OTHERS]
    assert [each.text for each in read_for_public(edition=edition).quotes] == [OTHERS]
    assert options_of(standing_of(edition)) != options
    assert WORDS not in json.dumps(options_of(standing_of(edition)))


def test_a_level_lowered_since_is_obeyed_at_once(user, frozen, editions):
    """What was told whole to everybody is now for the region: its figures leave."""
    publish_edition(edition=frozen, user=user)
    publish_again(editions[0], (asked("entraide", (0, 1, 4, 7)),), level="region")
    assert names(read_for_public(edition=frozen)) == ["Village-B"]


def test_a_level_lowered_before_is_an_obstacle(user, frozen, editions):
    publish_again(editions[0], (asked("entraide", (0, 1, 4, 7)),), level="summary")
    with pytest.raises(DomainError, match="niveau plus discret: Village-A"):
        publish_edition(edition=frozen, user=user, acknowledged=True)


def test_the_public_reading_is_frozen_and_dated(user, frozen, editions, django_assert_num_queries):
    publish_edition(edition=frozen, user=user)
    publish_again(editions[0], (asked("entraide", (7, 4, 1, 0)),))
    edition = SynthesisEdition.objects.get()
    with django_assert_num_queries(3):  # where each stands, k, the words of the new edition
        read = read_for_public(edition=edition)
    assert (read.scope, read.fingerprint) == ("public", frozen.fingerprint)
    assert read.frozen_on is not None
    levels = [cell.distribution.levels for cell in read.matrices[0].rows[0].cells]
    assert levels == [(0, 1, 4, 7), (0, 1, 4, 7)]


def test_withdrawing_asks_why_and_only_what_is_out(user, frozen):
    with pytest.raises(DomainError, match="n’est pas publiée"):
        withdraw_edition(edition=frozen, user=user, reason="Une coquille.")
    publish_edition(edition=frozen, user=user)
    with pytest.raises(DomainError, match="Dites pourquoi"):
        withdraw_edition(edition=frozen, user=user, reason="  ")
    gone = withdraw_edition(edition=frozen, user=user, reason="Une coquille.")
    assert gone.withdrawal_reason == "Une coquille."
    assert not SynthesisEdition.objects.out().exists()
    assert freeze(synthesis=gone.synthesis, user=user).number == 2


def test_only_the_coordination_of_the_region(user, frozen):
    stranger = UserFactory()
    for act in (
        lambda: publish_edition(edition=frozen, user=stranger),
        lambda: withdraw_edition(edition=frozen, user=stranger, reason="Non."),
        lambda: attach_adopted_version(
            edition=frozen, user=stranger, file=ContentFile(PDF, name="a.pdf")
        ),
    ):
        with pytest.raises(DomainError, match="Seule la coordination"):
            act()


def test_the_adopted_version_is_served_while_its_edition_is_out(user, frozen):
    file = ContentFile(PDF, name="adoptee.pdf")
    joined = attach_adopted_version(edition=frozen, user=user, file=file)
    assert joined.document.is_private
    publish_edition(edition=joined, user=user)
    joined.document.refresh_from_db()
    assert not joined.document.is_private
    first = joined.document
    again = ContentFile(PDF + b"% autre\n%%EOF\n", name="adoptee.pdf")
    joined = attach_adopted_version(edition=joined, user=user, file=again)
    first.refresh_from_db()
    assert (first.is_private, joined.document.is_private) == (True, False)
    withdraw_edition(edition=joined, user=user, reason="Une coquille.")
    joined.document.refresh_from_db()
    assert joined.document.is_private


def test_another_kind_of_file_is_refused(user, frozen):
    with pytest.raises(DomainError, match="PDF ou un document Word"):
        attach_adopted_version(
            edition=frozen, user=user, file=ContentFile(b"MZ", name="adoptee.exe")
        )
