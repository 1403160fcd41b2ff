"""A draft is its owner's, small, short-lived, and never covers what she wrote on another device."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from appreciation.domain.drafts import (
    KEPT_PER_PERSON,
    LARGEST,
    NewerDraftError,
    drafts_of_page,
    forget_draft,
    keep_draft,
    stamp,
)
from appreciation.enums import MembershipRole
from appreciation.models import Draft, Membership
from core.errors import DomainError
from tests.factories import MembershipFactory

PAGE = "/espace/demarches/D-2026-0001/etapes/portrait/"
TYPED = {"0:text": "Le quai nous rassemble.", "1:intent": True}


@pytest.fixture
def keep(lead, appraisal):
    def keep(fields=TYPED, address=PAGE, owner=lead, **more):
        return keep_draft(owner=owner, address=address, appraisal=appraisal, fields=fields, **more)

    return keep


def test_a_draft_is_kept_with_its_version_and_replaced_by_who_knows_it(keep, lead):
    first = keep(version=3)
    keep({"0:text": "Le quai, encore."}, version=4, known=stamp(first))
    draft = Draft.objects.get()
    assert (draft.owner, draft.fields, draft.version) == (lead, {"0:text": "Le quai, encore."}, 4)


@pytest.mark.parametrize("known", [None, "2026-01-01T00:00:00+00:00", 5, ["x"]])
def test_a_device_never_covers_a_draft_that_it_has_not_seen(keep, known):
    keep()
    with pytest.raises(NewerDraftError):
        keep({"0:text": "Autre chose."}, known=known)
    assert Draft.objects.get().fields == TYPED


def test_a_draft_forgotten_elsewhere_may_be_written_again(keep):
    keep(known="2026-01-01T00:00:00+00:00")
    assert Draft.objects.count() == 1


def test_a_page_gives_the_drafts_of_all_its_forms_to_their_owner(keep, lead, appraisal):
    colleague = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    keep()
    keep(address=f"{PAGE}>/espace/rencontres/R-1/constats/")
    keep(address=f"{PAGE}plus/")
    assert {draft.address for draft in drafts_of_page(owner=lead, page=PAGE)} == {
        PAGE,
        f"{PAGE}>/espace/rencontres/R-1/constats/",
    }
    assert list(drafts_of_page(owner=colleague, page=PAGE)) == []


def test_forgetting_takes_ones_own_draft_of_that_form_only(keep, lead, appraisal):
    colleague = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    hers = keep(owner=colleague)
    keep()
    other = keep(address=f"{PAGE}>/espace/rencontres/R-1/constats/")
    forget_draft(owner=lead, address=PAGE)
    assert set(Draft.objects.all()) == {hers, other}


@pytest.mark.parametrize(
    "fields",
    [
        None,
        [],
        {},
        "texte",
        {"text": "sans rang"},
        {"0:text": 3},
        {"0:text": None},
        {"0:text": ["liste"]},
        {"0:text": {"a": "b"}},
        {"0:csrfmiddlewaretoken": "abc"},
        {"0:password": "secret"},
        {"4:new_password1": "secret"},
        {"0:text": "nul\0"},
        {"0:text": "moitié \ud83d"},
        {"0:te xt": "nom étrange"},
        {"0:text": "x" * LARGEST},
        {f"{rank}:text": "é" * 1000 for rank in range(100)},
    ],
)
def test_only_the_text_of_a_form_is_kept_and_not_too_much(keep, fields):
    with pytest.raises(DomainError):
        keep(fields)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("version", [True, -1, 1.5, "3", 2**31])
def test_an_odd_version_is_refused(keep, version):
    with pytest.raises(DomainError):
        keep(version=version)
    assert not Draft.objects.exists()


def test_a_long_text_is_kept_whole(keep):
    text = "é" * (LARGEST // 2 - 20)
    assert keep({"0:text": text}).fields == {"0:text": text}


def test_the_oldest_drafts_make_room(keep, lead, appraisal):
    colleague = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    keep(owner=colleague)
    for number in range(KEPT_PER_PERSON + 2):
        keep(address=f"{PAGE}{number}/")
    addresses = set(Draft.objects.filter(owner=lead).values_list("address", flat=True))
    assert addresses == {f"{PAGE}{number}/" for number in range(2, KEPT_PER_PERSON + 2)}
    assert Draft.objects.filter(owner=colleague).count() == 1


def test_drafts_are_erased_after_thirty_days(keep, capsys):
    keep()
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=31))
    kept = keep(address=f"{PAGE}autre/")
    Draft.objects.filter(pk=kept.pk).update(saved_at=timezone.now() - timedelta(days=29))
    call_command("purge_personal_data")
    assert "Brouillons oubliés: 1\n" in capsys.readouterr().out
    assert list(Draft.objects.all()) == [kept]


@pytest.mark.parametrize("loss", ["removed", "observer", "closed account"])
def test_drafts_of_who_may_no_longer_write_are_erased_and_no_others(keep, appraisal, loss):
    colleague = MembershipFactory(appraisal=appraisal, role="co_facilitator").user
    kept = {keep(), keep_draft(owner=colleague, address="/espace/x/", appraisal=None, fields=TYPED)}
    keep(owner=colleague)
    hers = Membership.objects.filter(user=colleague)
    if loss == "removed":
        hers.delete()
    elif loss == "observer":
        hers.update(role=MembershipRole.OBSERVER)
    else:
        colleague.is_active = False
        colleague.save()
    call_command("purge_personal_data")
    assert set(Draft.objects.all()) == kept


def test_drafts_go_with_their_owner(keep, lead):
    keep()
    Membership.objects.all().delete()
    lead.delete()
    assert not Draft.objects.exists()
