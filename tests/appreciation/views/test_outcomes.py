"""Writing outcomes down, and the timeline that visitors read."""

import datetime as dt

import pytest
from django.urls import reverse

from appreciation.domain.check_in_answers import ReplyDraft, Teller, answer_check_in
from appreciation.domain.outcomes import show_check_in
from appreciation.domain.publications import publish, withdraw
from appreciation.models import Outcome
from tests.factories.adopted import adopted_appraisal
from tests.factories.follow_up import followed_appraisal
from tests.factories.outcomes import ActionFactory

ENTRY = "/demarches/riviere-exemple-2026/"
STEP = {"kind": "small_step", "happened_on": "2026-11-02", "words": "Quatre conductrices."}


@pytest.fixture
def followed(lead):
    return followed_appraisal(lead=lead)


@pytest.fixture
def published(lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level="summary", user=lead)
    return appraisal


def address(appraisal, name, *args):
    return reverse(f"space:{name}", args=[appraisal.reference, *args])


def test_an_outcome_is_written_changed_and_removed(client, lead, followed):
    client.force_login(lead)
    response = client.post(address(followed, "outcome_new"), STEP)
    assert response.url == address(followed, "follow_up")
    outcome = followed.outcomes.get()
    page = client.get(response.url).text
    assert "Quatre conductrices." in page
    edit = address(followed, "outcome_edit", outcome.pk)
    client.post(edit, STEP | {"words": "Cinq.", "version": "1", "is_public": "on"})
    outcome.refresh_from_db()
    assert (outcome.words, outcome.is_public) == ("Cinq.", True)
    conflict = client.post(edit, STEP | {"words": "Six.", "version": "1"})
    assert conflict.status_code == 409
    assert "Deux textes, rien n’est perdu" in conflict.text
    assert "Six." in conflict.text
    client.post(address(followed, "outcome_removal", outcome.pk))
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": ""}, "Écrivez ce qui est arrivé."),
        ({"happened_on": "hier"}, "Écrivez une date comme 2026-10-22."),
        ({"happened_on": "2099-01-01"}, "Cette date n’est pas encore passée."),
        ({"evidence_link": "javascript:alert(1)"}, "elle commence par https://"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(client, lead, followed, changes, said):
    client.force_login(lead)
    response = client.post(
        address(followed, "outcome_new"), STEP | {"evidence_link": "https://a.ca"} | changes
    )
    assert response.status_code == 422
    assert said in response.text
    assert followed.outcomes.count() == 0


def test_a_check_in_proposes_an_outcome(client, lead, followed):
    one, two = followed.actions.all()
    check_in = answer_check_in(
        check_in=followed.check_ins.get(months=3),
        replies=[ReplyDraft(one, "done", "Ça roule."), ReplyDraft(two, "in_progress")],
        teller=Teller(),
    )
    client.force_login(lead)
    assert (
        "Inscrire ce que «\xa0Action 1\xa0» a donné"
        in client.get(address(followed, "follow_up")).text
    )
    url = f"{address(followed, 'outcome_new')}?suivi={check_in.answers.first().pk}"
    form = client.get(url).context["form"]
    assert (form["words"].value(), form["born_of"].value()) == ("Ça roule.", one.pk)


def test_a_check_in_is_shown_and_hidden(client, lead, followed):
    client.force_login(lead)
    check_in = followed.check_ins.get(months=3)
    url = address(followed, "check_in_showing", 3)
    page = client.post(url, {"montrer": "oui"}, follow=True).text
    assert "il n’y a rien à montrer" in page
    replies = [ReplyDraft(action, "done") for action in followed.actions.all()]
    answer_check_in(check_in=check_in, replies=replies, teller=Teller())
    client.post(url, {"montrer": "oui"})
    check_in.refresh_from_db()
    assert check_in.shown_at
    client.post(url, {"cacher": "oui"})
    check_in.refresh_from_db()
    assert check_in.shown_at is None


def fill(appraisal, lead, rows):
    for number in range(rows):
        Outcome.objects.create(
            appraisal=appraisal,
            happened_on=dt.date(2026, 11, 5 + number),
            words=f"Pas numéro {number}",
            evidence_link="https://exemple.org/article",
            shown_at="2026-11-20T12:00Z",
        )
        action = ActionFactory(appraisal=appraisal, title=f"Marché {number}")
        check_in = appraisal.check_ins.create(months=(3, 6, 12)[number], due_on="2027-01-15")
        answer_check_in(
            check_in=check_in,
            replies=[ReplyDraft(action, "needs_help", "Secret d’équipe")],
            words="Mot privé",
            teller=Teller(label="Rita"),
        )
        show_check_in(check_in=check_in, user=lead, is_public=True)


def test_the_timeline_shows_what_was_chosen_newest_first(client, lead, published):
    assert "Depuis la rencontre" not in client.get(ENTRY).text
    fill(published, lead, 2)
    Outcome.objects.create(appraisal=published, happened_on="2026-11-09", words="Pas montré")
    text = client.get(ENTRY).text
    shown = ["Suivi à 3 mois", "Pas numéro 1", "Pas numéro 0"]
    assert sorted(shown, key=text.index) == shown
    for secret in ("Pas montré", "Secret d’équipe", "Mot privé", "Rita", "esoin d’aide"):
        assert secret not in text
    assert "Marché 1\xa0: <b>en cours</b>" in text
    assert 'href="https://exemple.org/article" rel="noopener nofollow ugc"' in text


def test_the_edition_stays_as_it_was(client, lead, published):
    edition = published.publications.get()
    before = (edition.fingerprint, edition.snapshot)
    fill(published, lead, 1)
    edition.refresh_from_db()
    assert (edition.fingerprint, edition.snapshot) == before
    assert published.publications.count() == 1


def test_the_timeline_leaves_with_the_edition(client, lead, published):
    fill(published, lead, 1)
    withdraw(appraisal=published, user=lead, reason="À revoir")
    response = client.get(ENTRY)
    assert response.status_code == 410
    assert "Pas numéro 0" not in response.text


def test_below_a_public_level_there_is_no_timeline(client, lead):
    appraisal = adopted_appraisal(lead=lead)
    publish(appraisal=appraisal, level="region", user=lead)
    fill(appraisal, lead, 1)
    client.force_login(lead)
    response = client.get(ENTRY)
    assert response.status_code == 200
    assert "Depuis la rencontre" not in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_entry_takes_twelve_queries_at_most(
    client, lead, published, rows, django_assert_num_queries
):
    fill(published, lead, rows)
    client.get(ENTRY)
    with django_assert_num_queries(12):
        client.get(ENTRY)
