import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.interests import (
    InterestWords,
    erase_old_interests,
    guess_place,
    open_from_interest,
    record_interest,
    settle_interest,
)
from appreciation.models import InterestRequest
from background.models import OutgoingMail
from core.errors import DomainError
from core.purges import run_purges
from reference.models import Place
from tests.factories import (
    InstrumentFactory,
    InterestRequestFactory,
    PlaceFactory,
    RoleAssignmentFactory,
    UserFactory,
)

NOW = dt.datetime(2027, 1, 15, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def territory():
    return PlaceFactory(territory=True, name="Territoire-Test")


@pytest.fixture
def coordinator(territory):
    return RoleAssignmentFactory(place=territory, user__username="coordo").user


def record(key="cle", **changes):
    facts = {"community": "Baie-Témoin", "name": "Ida", "email": "ida@exemple.org"} | changes
    return record_interest(
        said=InterestWords(**facts), form_key=key, list_url="https://ici/espace/interets/", now=NOW
    )


def addressees() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="interest").values_list("to", flat=True))


def test_it_reaches_those_who_coordinate_the_territory_and_nobody_else(territory, coordinator):
    region = PlaceFactory(region=True)
    Place.objects.filter(pk=territory.pk).update(parent=region)
    territory.refresh_from_db()
    RoleAssignmentFactory(place=region, user__username="region")
    RoleAssignmentFactory(place=PlaceFactory(territory=True), user__username="ailleurs")
    RoleAssignmentFactory(place=territory, user__username="partie", user__is_active=False)
    interest = record(territory=territory)
    assert addressees() == ["coordo@exemple.org", "region@exemple.org"]
    assert interest.is_for_everyone is False
    assert interest.erase_on == dt.date(2028, 1, 15)


@pytest.mark.parametrize("is_known", [True, False])
def test_without_a_known_coordinator_it_reaches_every_one(is_known, coordinator):
    RoleAssignmentFactory(place=PlaceFactory(territory=True), user__username="ailleurs")
    interest = record(territory=PlaceFactory(territory=True) if is_known else None)
    assert addressees() == ["ailleurs@exemple.org", "coordo@exemple.org"]
    assert list(InterestRequest.objects.visible_to(coordinator)) == [interest]


def test_a_site_without_coordinator_tells_its_administrators(lead):
    admin = UserFactory(is_superuser=True)
    record()
    assert addressees() == [admin.email]
    assert not InterestRequest.objects.visible_to(lead).exists()


def test_the_mail_leads_to_the_list_and_holds_nothing_personal(territory, coordinator):
    record(territory=territory, name="Gaston Lavoie", phone="819 555-0101", words="Mon secret")
    mail = OutgoingMail.objects.get()
    assert mail.subject.replace("\xa0", " ") == "Communauté intéressée : Baie-Témoin"
    assert "https://ici/espace/interets/" in mail.body
    assert "22\xa0janvier\xa02027" in mail.body
    for private in ("Gaston", "ida@exemple.org", "555-0101", "secret"):
        assert private not in mail.body


def test_sent_twice_it_is_kept_and_told_once(territory, coordinator):
    first = record(territory=territory)
    assert record(territory=territory) == first
    assert record("autre-page", territory=territory) == first
    assert InterestRequest.objects.count() == 1
    assert len(addressees()) == 1
    assert record("autre-page", territory=territory, words="Autre chose").pk != first.pk


def test_the_database_refuses_a_request_that_nobody_can_answer():
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestRequestFactory(email="", phone="")


def test_declining_needs_a_reason_and_shortens_what_is_kept(territory, coordinator):
    interest = record(territory=territory)
    with pytest.raises(DomainError, match="pourquoi"):
        settle(interest, coordinator, "declined", "  ")
    declined = settle(interest, coordinator, "declined", "Au printemps plutôt.")
    assert (declined.state, declined.erase_on) == ("declined", dt.date(2027, 2, 14))
    again = settle(interest, coordinator, "answered", "Elle rappelle en mai.")
    assert (again.state, again.erase_on) == ("answered", dt.date(2028, 1, 15))
    assert again.settled_by == coordinator


def settle(interest, user, state, outcome=""):
    return settle_interest(interest=interest, user=user, state=state, outcome=outcome, now=NOW)


def test_a_coordinator_of_elsewhere_settles_nothing(territory, coordinator):
    interest = record(territory=territory)
    other = RoleAssignmentFactory(place=PlaceFactory(territory=True)).user
    with pytest.raises(DomainError, match="revient à la coordination"):
        settle(interest, other, "answered")
    interest.refresh_from_db()
    assert interest.state == "new"


def open_it(interest, user, place, key="ouverture"):
    return open_from_interest(
        interest=interest,
        user=user,
        now=NOW,
        place=place,
        requested_by="Des gens de Baie-Témoin",
        expected_on=None,
        creation_key=key,
    )


def test_opening_links_the_request_once(territory, coordinator):
    InstrumentFactory(is_default=True)
    interest = record(territory=territory)
    place = PlaceFactory(name="Baie-Témoin", parent=territory)
    appraisal = open_it(interest, coordinator, place)
    interest.refresh_from_db()
    assert (interest.state, interest.appraisal) == ("opened", appraisal)
    assert open_it(interest, coordinator, place) == appraisal
    with pytest.raises(DomainError, match="vient d’être ouverte"):
        open_it(interest, coordinator, place, key="autre")
    assert place.appraisals.count() == 1
    with pytest.raises(DomainError, match="déjà ouverte"):
        settle(interest, coordinator, "declined", "Non")


def test_the_place_is_guessed_by_its_name_in_its_territory(territory):
    here = PlaceFactory(name="Baie-Témoin", parent=territory)
    PlaceFactory(name="Baie-Témoin", parent=PlaceFactory(territory=True))
    places = Place.objects.appraisable()
    known = InterestRequestFactory(community="baie-témoin ", territory=territory)
    unknown = InterestRequestFactory(community="Baie-Témoin", territory=None)
    assert guess_place(known, places) == here
    assert guess_place(unknown, places) is None


def test_what_is_personal_goes_on_its_day_and_the_rest_stays(territory, coordinator):
    interest = record(territory=territory, phone="819 555-0101", words="Un mot")
    settle(interest, coordinator, "declined", "Ida préfère attendre.")
    assert erase_old_interests(NOW + dt.timedelta(days=29)) == 0
    assert erase_old_interests(NOW + dt.timedelta(days=30)) == 1
    assert erase_old_interests(NOW + dt.timedelta(days=30)) == 0
    interest.refresh_from_db()
    kept = (interest.name, interest.email, interest.phone, interest.words, interest.outcome)
    assert kept == ("", "", "", "", "")
    assert (interest.community, interest.territory, interest.state) == (
        "Baie-Témoin",
        territory,
        "declined",
    )


def test_the_purge_of_the_night_knows_it():
    InterestRequestFactory(erase_on=timezone.localdate())
    sentences = [outcome.sentence for outcome in run_purges(timezone.now())]
    assert "Communautés intéressées, renseignements personnels: 1" in sentences
