"""« Proposer une pratique »: sent without an account, never public before it is reviewed."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from background.models import OutgoingMail
from cms.models import SiteImage
from cms.public_forms import start_form
from core.errors import DomainError
from pratiques.domain.proposal_review import (
    changes_since,
    decline_proposal,
    dismiss_unconfirmed,
    draft_from_proposal,
)
from pratiques.domain.proposals import (
    confirm_proposal,
    erase_old_proposals,
    next_old_proposal,
    readers_of,
)
from pratiques.models import PracticePage, PracticeProposal
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.practices import catalogue
from tests.hostile_files import (
    bare_heic,
    cmyk_jpeg,
    jpeg_with_place,
    picture,
    sixty_million_points,
    word_bomb,
)

URL = "/pratiques/proposer/"
NOW = dt.datetime(2026, 11, 2, 15, 0, tzinfo=dt.UTC)


def page_opened(minutes: float = 5) -> str:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=minutes), tick=False):
        return start_form("proposal")


def typed(**changes):
    return {
        "story": "Une navette le mardi, à Baie-Témoin. <script>alert(1)</script>",
        "territory": "",
        "outcome": "Douze personnes vont à l’épicerie chaque semaine.",
        "holder": "Comité fictif de la navette",
        "contact": "819 555-0142",
        "email": "ida@exemple.org",
        "photo_words": "",
        "website": "",
        "started": page_opened(),
    } | changes


def proposal(**fields) -> PracticeProposal:
    number = PracticeProposal.objects.count()
    values = {
        "story": "Une navette le mardi, à Baie-Témoin.",
        "outcome": "Douze personnes vont à l’épicerie.",
        "holder": "Comité fictif",
        "contact": "comite@exemple.org",
        "email": "ida@exemple.org",
        "state": "waiting",
        "received_at": NOW,
        "confirmed_at": NOW,
        "form_key": f"cle-{number}",
        "fingerprint": f"empreinte-{number}",
        "erase_on": dt.date(2027, 11, 2),
    }
    return PracticeProposal.objects.create(**values | fields)


def photo_file(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_sent_confirmed_followed(client):
    response = client.post(URL, typed())
    kept = PracticeProposal.objects.get()
    assert response["Location"] == f"/pratiques/propositions/{kept.token}/"
    page = client.get(response["Location"])
    assert kept.receipt in page.content.decode()
    assert "Reste un clic" in page.content.decode()
    assert "<script>alert(1)" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    mail = OutgoingMail.objects.get()
    link = f"/pratiques/propositions/confirmer/{kept.confirmation_token}/"
    assert link in mail.body
    assert kept.confirmation_token not in page.content.decode()
    assert "Oui, je confirme" in client.get(link).content.decode()
    kept.refresh_from_db()
    assert kept.state == "unconfirmed", "opening the link confirms nothing"
    UserFactory(is_superuser=True, email="chef@exemple.org")
    assert client.post(link)["Location"] == f"/pratiques/propositions/{kept.token}/"
    client.post(link)
    kept.refresh_from_db()
    assert kept.state == "waiting"
    assert [mail.to for mail in OutgoingMail.objects.filter(kind="proposal_arrived")] == [
        "chef@exemple.org"
    ]


def test_the_same_page_or_the_same_words_make_one_proposal(client):
    form = typed()
    first = client.post(URL, form)
    assert client.post(URL, form)["Location"] == first["Location"]
    again = client.post(URL, typed(holder="Comité  fictif de la NAVETTE"))
    assert again["Location"] == first["Location"]
    assert OutgoingMail.objects.count() == 1
    client.post(URL, typed(story="Une autre pratique"))
    assert PracticeProposal.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"story": ""}, "Racontez en quelques mots"),
        ({"email": "ida"}, "prenom@exemple.org"),
        ({"website": "http://spam"}, "case cachée"),
        ({"story": "https://a.example " * 100}, "5 liens au plus"),
        ({"started": ""}, "restée ouverte longtemps"),
        ({"territory": "999999"}, "Choisissez un territoire"),
    ],
)
def test_a_refusal_is_kind_and_nothing_typed_is_lost(client, changes, words):
    response = client.post(URL, typed(**changes) | {"photo": photo_file(picture())})
    content = response.content.decode()
    assert words in content
    assert "Choisissez de nouveau votre photo" in content
    assert "Douze personnes vont à l’épicerie" in content
    assert not PracticeProposal.objects.exists()


def test_too_fast_is_refused_kindly(client):
    response = client.post(URL, typed(started=start_form("proposal")))
    assert "C’est allé très vite" in response.content.decode()


def test_a_sixth_from_the_same_origin_waits(client):
    for number in range(5):
        client.post(URL, typed(story=f"Pratique {number}", email=f"p{number}@exemple.org"))
    response = client.post(URL, typed(story="Une de trop"))
    assert response.status_code == 429
    assert "Une de trop" in response.content.decode()
    assert PracticeProposal.objects.count() == 5


def test_strangers_do_not_receive_mail_all_day(client):
    for number in range(3):
        client.post(URL, typed(story=f"Pratique {number}"))
    response = client.post(URL, typed(story="Une quatrième"))
    assert "attendent déjà d’être confirmées" in response.content.decode()
    assert OutgoingMail.objects.count() == 3


def test_the_photo_is_cleaned_and_private(client):
    client.post(URL, typed() | {"photo": photo_file(jpeg_with_place())})
    kept = PracticeProposal.objects.get()
    with kept.photo.open("rb") as file:
        content = file.read()
    assert b"Canari" not in content
    assert b"canari" not in content
    assert client.get(f"/media/{kept.photo.name}").status_code == 404
    page = client.get(f"/pratiques/propositions/{kept.token}/").content.decode()
    assert kept.photo.name not in page
    assert client.get(reverse("pratiques_proposal_photo", args=[kept.pk])).status_code == 302


def test_a_photo_for_print_is_brought_to_the_screen(client):
    client.post(URL, typed() | {"photo": photo_file(cmyk_jpeg())})
    with PracticeProposal.objects.get().photo.open("rb") as file, Image.open(file) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "photo.jpg", "ne peut pas être lue"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "JPEG, PNG, WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png", "ne peut pas être"),
        (bare_heic(), "IMG_1.HEIC", "JPEG, PNG, WebP"),
        (bare_heic(), "IMG_1.jpg", "ne peut pas être lue"),
        (word_bomb(), "lettre.docx", "JPEG, PNG, WebP"),
        (word_bomb(), "lettre.jpg", "ne peut pas être lue"),
        (b"", "photo.jpg", "Ce fichier est vide"),
    ],
)
def test_what_is_not_a_photo_is_refused_and_the_words_stay(client, content, name, words):
    response = client.post(URL, typed() | {"photo": photo_file(content, name)})
    page = response.content.decode()
    assert words in page
    assert "Comité fictif de la navette" in page
    assert not PracticeProposal.objects.exists()


def test_sixty_million_points_are_too_many(client):
    photo = photo_file(sixty_million_points(), "a.png")
    response = client.post(URL, typed() | {"photo": photo})
    assert "40 millions de points au plus" in response.content.decode()


def test_whoever_proposed_takes_it_back_until_it_is_settled(client):
    kept = proposal()
    address = f"/pratiques/propositions/{kept.token}/"
    assert "C’est retiré" in client.post(address).content.decode()
    assert client.get(address).status_code == 404
    settled = proposal(state="drafted")
    response = client.post(f"/pratiques/propositions/{settled.token}/")
    assert response.status_code == 422
    assert PracticeProposal.objects.filter(pk=settled.pk).exists()


def test_the_territory_s_moderator_is_told_and_no_other():
    here, elsewhere = PlaceFactory(territory=True), PlaceFactory(territory=True)
    mine = RoleAssignmentFactory(role="moderator", place=here).user
    other = RoleAssignmentFactory(role="moderator", place=elsewhere).user
    kept = proposal(territory=here, state="unconfirmed", confirmed_at=None)
    assert readers_of(kept) == [mine]
    confirm_proposal(proposal=kept, now=NOW)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [mine.email]
    assert list(PracticeProposal.objects.visible_to(mine)) == [kept]
    assert not PracticeProposal.objects.visible_to(other).exists()
    with pytest.raises(DomainError, match="équipe de son territoire"):
        draft_from_proposal(proposal=kept, user=other, now=NOW)


def test_a_sheet_begun_from_it_is_not_public_and_says_what_changed(client):
    catalogue()
    editor = UserFactory(is_superuser=True)
    kept = proposal(story="Une <b>navette</b> le mardi.", territory=PlaceFactory(territory=True))
    kept.photo.save("essai.jpg", photo_file(picture()))
    sheet = draft_from_proposal(proposal=kept, user=editor, now=NOW)
    kept.refresh_from_db()
    assert draft_from_proposal(proposal=kept, user=editor, now=NOW) == sheet
    assert PracticePage.objects.count() == 1
    assert (sheet.live, kept.state, kept.practice) == (False, "drafted", sheet)
    assert "&lt;b&gt;navette" in sheet.approach
    assert client.get(sheet.url).status_code == 404
    assert SiteImage.objects.count() == 1
    assert not any(change.is_changed for change in changes_since(kept))
    draft = sheet.get_latest_revision_as_object()
    draft.holder_name = "Comité fictif élargi"
    draft.save_revision()
    holder = changes_since(PracticeProposal.objects.get())[2]
    assert [(piece.kind, piece.text) for piece in holder.pieces] == [
        ("same", "Comité fictif"),
        ("added", "élargi"),
    ]
    assert OutgoingMail.objects.get(kind="proposal_kept").to == "ida@exemple.org"


def test_a_proposal_is_nowhere_in_public(client):
    catalogue()
    kept = proposal(story="Mot-canari-unique", holder="Organisme-canari")
    for address in ("/pratiques/", "/", "/sitemap.xml", f"/pratiques/?q={kept.story}"):
        assert "canari-unique</" not in client.get(address).content.decode()
        assert "Organisme-canari" not in client.get(address).content.decode()


def test_declining_is_kind_with_a_reason_and_erases_in_thirty_days():
    editor = UserFactory(is_superuser=True)
    kept = proposal()
    with pytest.raises(DomainError, match="pourquoi"):
        decline_proposal(proposal=kept, user=editor, reason="other", words=" ", now=NOW)
    decline_proposal(
        proposal=kept, user=editor, reason="too_early", words="Écrivez-nous en mai.", now=NOW
    )
    body = OutgoingMail.objects.get().body
    assert "commence à peine" in body
    assert "Écrivez-nous en mai." in body
    kept.refresh_from_db()
    assert kept.erase_on == dt.date(2026, 12, 2)
    assert erase_old_proposals(NOW + dt.timedelta(days=29)) == 0
    assert erase_old_proposals(NOW + dt.timedelta(days=31)) == 1
    kept.refresh_from_db()
    assert (kept.email, kept.contact, kept.story, kept.state) == ("", "", "", "declined")
    with pytest.raises(DomainError, match="n’attend plus"):
        decline_proposal(proposal=kept, user=editor, reason="too_early", words="", now=NOW)


def test_what_nobody_confirmed_goes_whole_after_seven_days():
    gone = proposal(state="unconfirmed", confirmed_at=None)
    gone.photo.save("essai.jpg", photo_file(picture()))
    storage, name = gone.photo.storage, gone.photo.name
    proposal()
    assert next_old_proposal() == NOW + dt.timedelta(days=7)
    assert erase_old_proposals(NOW + dt.timedelta(days=6)) == 0
    assert storage.exists(name)
    assert erase_old_proposals(NOW + dt.timedelta(days=8)) == 1
    assert PracticeProposal.objects.get().state == "waiting"


def test_a_flood_does_not_drown_the_queue(admin_client, admin_user):
    flood = [
        proposal(story=f"Inondation {number}", state="unconfirmed", confirmed_at=None)
        for number in range(60)
    ]
    kept = proposal(story="Vraie proposition confirmée")
    page = admin_client.get(reverse("pratiques_proposals")).content.decode()
    assert page.index("Vraie proposition") < page.index("Inondation")
    assert page.count("Inondation") == 50
    assert "Courriel à confirmer (60)" in page
    chosen = [one.pk for one in flood] + [kept.pk]
    admin_client.post(reverse("pratiques_proposals_dismiss"), {"chosen": [*chosen, "x", "9" * 40]})
    assert list(PracticeProposal.objects.all()) == [kept]
    assert dismiss_unconfirmed(pks=[kept.pk], user=admin_user) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_the_same_queries(admin_client, django_assert_num_queries, count):
    for _ in range(count):
        proposal(territory=PlaceFactory(territory=True))
    admin_client.get(reverse("pratiques_proposals"))
    with django_assert_num_queries(11):
        page = admin_client.get(reverse("pratiques_proposals"))
    assert page.content.decode().count("Comité fictif") == count


def test_an_editor_reads_declines_or_begins_a_sheet(admin_client):
    catalogue()
    kept, other = proposal(), proposal()
    address = reverse("pratiques_proposal", args=[kept.pk])
    assert "Commencer une fiche" in admin_client.get(address).content.decode()
    assert admin_client.post(address, {"words": ""}).status_code == 422
    assert admin_client.post(address, {"reason": "no_contact"}).status_code == 302
    draft = reverse("pratiques_proposal_draft", args=[other.pk])
    assert admin_client.get(draft).status_code == 405
    admin_client.post(draft)
    page = admin_client.get(reverse("pratiques_proposal", args=[other.pk])).content.decode()
    assert "Ce qui a changé depuis la proposition" in page


def test_a_stranger_reads_nothing_in_the_admin(client):
    kept = proposal()
    for name in ("pratiques_proposal", "pratiques_proposal_photo"):
        assert client.get(reverse(name, args=[kept.pk])).status_code == 302
    assert client.post(reverse("pratiques_proposal_draft", args=[kept.pk])).status_code == 302
    assert client.get(reverse("pratiques_proposals")).status_code == 302
