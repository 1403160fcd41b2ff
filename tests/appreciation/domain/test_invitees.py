"""The list of who is invited: what is added, refused, changed, counted."""

import pytest

from appreciation.domain.contacts import LETTERS, mail_key, token_digest
from appreciation.domain.invitees import (
    Contact,
    Reply,
    add_invitee,
    add_invitees,
    change_invitee,
    remove_invitee,
)
from appreciation.domain.queries.invitees import gathering
from appreciation.domain.queries.progress import progress_of
from appreciation.enums import ContactWay, InviteeAnswer
from appreciation.interfaces.invitee_lines import read_lines
from appreciation.models import ClosedInvitation, Invitee, InviteeCount
from background.models import OutgoingMail
from background.outbox import queue_mail
from core.errors import ConcurrentEditError, DomainError
from reference.models import Sector
from tests.factories import MembershipFactory, SectorFactory
from tests.factories.invitees import InviteeFactory

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def sectors():
    """Six sectors of the list as shipped, whatever the database holds."""
    Sector.objects.all().delete()
    names = {
        "citizens": "Citoyennes et citoyens",
        "community": "Milieu communautaire et bénévole",
        "municipal": "Municipalité et MRC",
        "health": "Santé et services sociaux",
        "education": "École, éducation et petite enfance",
        "other": "Autre",
    }
    return {
        code: SectorFactory(code=code, name=name, position=position)
        for position, (code, name) in enumerate(names.items())
    }


def contact(sector, **values):
    return Contact(**({"name": "Luce Roy", "sector": sector} | values))


def test_the_same_person_sent_twice_is_there_once(appraisal, lead, sectors):
    who = contact(sectors["health"], email="Luce@Exemple.org", phone="819 555-0101")
    for _ in range(2):
        add_invitee(appraisal=appraisal, user=lead, contact=who)
    invitee = Invitee.objects.get()
    assert (invitee.name, invitee.email, invitee.answer) == (
        "Luce Roy",
        "luce@exemple.org",
        InviteeAnswer.INVITED,
    )


def test_a_known_address_is_refused_kindly(appraisal, lead, sectors):
    InviteeFactory(appraisal=appraisal, name="Marc Caron", email="famille@exemple.org")
    who = contact(sectors["health"], email="FAMILLE@exemple.org")
    with pytest.raises(DomainError) as refusal:
        add_invitee(appraisal=appraisal, user=lead, contact=who)
    assert refusal.value.fields == {"email": "Ce courriel est déjà sur la liste, pour Marc Caron."}
    elsewhere = MembershipFactory(user=lead).appraisal
    assert add_invitee(appraisal=elsewhere, user=lead, contact=who).email == "famille@exemple.org"


def test_an_observer_changes_nothing(appraisal, sectors):
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    with pytest.raises(DomainError, match="Vous pouvez voir cette démarche, pas la changer"):
        add_invitee(appraisal=appraisal, user=observer, contact=contact(sectors["health"]))


def test_lines_are_read_with_their_sector_in_short(sectors):
    text = (
        "Nom; Secteur; Courriel; Téléphone\n"
        "Luce Roy; santé; luce@exemple.org; 819 555-0101\n"
        "\n"
        "Club des aînés\tMilieu communautaire et bénévole\n"
        "Marc Caron; municipal;; 819 555-0102\n"
        "Anne Roux; école;anne@exemple.org;\n"
    )
    assert [
        (number, one.name, one.sector.code, one.email, one.phone, one.invited_by_way)
        for number, one in read_lines(text)
    ] == [
        (2, "Luce Roy", "health", "luce@exemple.org", "819 555-0101", ContactWay.EMAIL),
        (4, "Club des aînés", "community", "", "", ContactWay.WORD_OF_MOUTH),
        (5, "Marc Caron", "municipal", "", "819 555-0102", ContactWay.PHONE),
        (6, "Anne Roux", "education", "anne@exemple.org", "", ContactWay.EMAIL),
    ]


def test_each_line_refused_says_its_number(sectors):
    text = "Luce Roy; santé\n; santé\nMarc; brume\nAnne; santé; pas-un-courriel\nÉva\na;b;c;d;e"
    with pytest.raises(DomainError) as refusal:
        read_lines(text)
    lines = str(refusal.value).splitlines()
    assert [line.split(f"{NBSP}:")[0] for line in lines] == [
        f"Ligne {number}" for number in (2, 3, 4, 5, 6)
    ]
    assert lines[0] == f"Ligne 2{NBSP}: il manque le nom."
    assert f"secteur «{NBSP}brume{NBSP}» inconnu" in lines[1]
    assert lines[2] == f"Ligne 4{NBSP}: «{NBSP}pas-un-courriel{NBSP}» n’est pas un courriel."


@pytest.mark.parametrize("text", ["", "\n \n;;\n", "Nom; secteur"])
def test_nothing_to_read_is_refused(sectors, text):
    with pytest.raises(DomainError, match="Collez au moins une ligne"):
        read_lines(text)


def test_a_pasted_list_is_added_whole_or_not_at_all(appraisal, lead, sectors):
    InviteeFactory(appraisal=appraisal, name="Marc Caron", email="marc@exemple.org")
    health = sectors["health"]
    lines = [
        (1, contact(health, name="Éva")),
        (2, contact(health, name="Un autre", email="marc@exemple.org")),
        (3, contact(health, name="A", email="a@exemple.org")),
        (4, contact(health, name="B", email="a@exemple.org")),
    ]
    with pytest.raises(DomainError) as refusal:
        add_invitees(appraisal=appraisal, user=lead, contacts=lines)
    assert str(refusal.value).splitlines() == [
        f"Ligne 2{NBSP}: Ce courriel est déjà sur la liste, pour Marc Caron.",
        f"Ligne 4{NBSP}: Ce courriel est déjà sur la liste, pour A.",
    ]
    assert Invitee.objects.count() == 1
    assert add_invitees(appraisal=appraisal, user=lead, contacts=[lines[0], lines[2]]) == 2
    assert add_invitees(appraisal=appraisal, user=lead, contacts=[lines[0], lines[2]]) == 0


def change(invitee, user, *, reply=None, via="", version=None, **values):
    fields = ("name", "sector", "email", "phone", "is_group", "invited_by_way")
    stored = {name: getattr(invitee, name) for name in fields}
    return change_invitee(
        invitee=invitee,
        user=user,
        version=invitee.version if version is None else version,
        contact=Contact(**(stored | values)),
        reply=reply or Reply(invitee.answer),
        via=via,
    )


def test_mails_that_wait_follow_a_corrected_address(appraisal, lead):
    invitee = InviteeFactory(appraisal=appraisal, email="luze@exemple.org")
    other = InviteeFactory(appraisal=appraisal, email="paul@exemple.org")
    for who in (invitee, other):
        key = mail_key(appraisal, LETTERS, who.pk, "residents")
        queue_mail(kind="invitation", to=who.email, subject="Venez", body="…", key=key)
    sent = queue_mail(kind="rsvp", to=invitee.email, subject="Dit", body="…", key="ailleurs")
    changed = change(invitee, lead, email="Luce@exemple.org")
    told = dict(OutgoingMail.objects.values_list("pk", "to"))
    assert sorted(told.values()) == ["luce@exemple.org", "luze@exemple.org", "paul@exemple.org"]
    assert told[sent.pk] == "luze@exemple.org"
    change(changed, lead, email="")
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [
        "luze@exemple.org",
        "paul@exemple.org",
    ]


def test_an_answer_received_by_phone_is_stamped(appraisal, lead):
    invitee = InviteeFactory(appraisal=appraisal)
    reply = Reply("yes", companions=2, needs_transport=True, needs_other=" Chaise roulante ")
    changed = change(invitee, lead, reply=reply, via=ContactWay.PHONE)
    assert (changed.answer, changed.answered_via, changed.companions) == ("yes", "phone", 2)
    assert (changed.needs_transport, changed.needs_other) == (True, "Chaise roulante")
    assert changed.answered_at is not None
    back = change(changed, lead, reply=Reply("invited"))
    assert (back.answer, back.answered_via, back.answered_at) == ("invited", "", None)
    assert (back.companions, back.needs_transport, back.needs_other) == (0, False, "")


def test_whoever_does_not_come_needs_nothing(appraisal, lead):
    invitee = InviteeFactory(appraisal=appraisal)
    changed = change(invitee, lead, reply=Reply("no", companions=3, needs_childcare=True))
    assert (changed.companions, changed.needs_childcare) == (0, False)
    assert changed.answered_via == ContactWay.WORD_OF_MOUTH


def test_a_line_changed_meanwhile_is_refused_unless_both_say_the_same(appraisal, lead):
    invitee = InviteeFactory(appraisal=appraisal, name="Luce")
    first = change(invitee, lead, name="Luce Roy")
    assert first.version == 2
    assert change(invitee, lead, name="Luce Roy", version=1).version == 2
    with pytest.raises(ConcurrentEditError, match="a changé pendant que vous écriviez"):
        change(invitee, lead, name="Lucie Roy", version=1)


def test_changing_to_a_known_address_is_refused(appraisal, lead):
    InviteeFactory(appraisal=appraisal, name="Marc", email="marc@exemple.org")
    invitee = InviteeFactory(appraisal=appraisal)
    with pytest.raises(DomainError, match="déjà sur la liste, pour Marc"):
        change(invitee, lead, email="MARC@exemple.org")


def test_somebody_removed_can_no_longer_be_changed_and_her_link_is_closed(appraisal, lead):
    invitee = InviteeFactory(appraisal=appraisal)
    remove_invitee(invitee=invitee, user=lead)
    assert ClosedInvitation.objects.get().token_digest == token_digest(invitee.token)
    with pytest.raises(DomainError, match="n’est plus sur la liste"):
        change(invitee, lead, name="Luce")


def test_the_list_in_numbers_says_who_is_missing(appraisal, sectors, django_assert_num_queries):
    health, citizens = sectors["health"], sectors["citizens"]
    for number in range(13):
        sector = health if number < 3 else citizens
        InviteeFactory(appraisal=appraisal, sector=sector)
    answered = dict.fromkeys(("answered_at",), "2026-10-01T12:00:00Z")
    Invitee.objects.filter(sector=health).update(answer="yes", companions=1, **answered)
    with django_assert_num_queries(3):
        found = gathering(appraisal)
    line = {one.sector.code: one for one in found.lines}["health"]
    assert (line.invited, line.yes, line.silent, line.coming) == (3, 3, 0, 6)
    assert (found.invited, found.coming) == (13, 6)
    assert found.count_sentence == (
        "13 invitations, 6 personnes viennent. "
        "De 12 à 20 invitations donnent de 8 à 15 personnes présentes."
    )
    assert found.missing_sentence == (
        f"Personne n’est encore invité dans ces secteurs{NBSP}: Milieu communautaire et bénévole; "
        "Municipalité et MRC; École, éducation et petite enfance."
    )


def test_few_and_many_invitations_are_said(appraisal, sectors):
    assert gathering(appraisal).count_sentence == "Personne n’est encore sur la liste."
    InviteeFactory(appraisal=appraisal, sector=sectors["health"])
    assert gathering(appraisal).count_sentence == (
        "1 invitation, personne n’a encore dit oui. Encore 11 pour atteindre 12."
    )
    InviteeFactory.create_batch(20, appraisal=appraisal, sector=sectors["health"])
    assert "C’est plus de 20" in gathering(appraisal).count_sentence


def test_kept_counts_stand_in_for_erased_people(appraisal, sectors):
    InviteeCount.objects.create(
        appraisal=appraisal, sector=sectors["health"], answer="yes", invited=4, companions=1
    )
    found = gathering(appraisal)
    assert (found.is_erased, found.invited, found.coming) == (True, 4, 5)
    assert progress_of(appraisal).has_invited


def test_the_progress_knows_real_invitees(appraisal):
    assert not progress_of(appraisal).has_invited
    InviteeFactory(appraisal=appraisal)
    assert progress_of(appraisal).has_invited
