"""One démarche in simulated time: from three months before the meeting to two years after.

Everything is done by the screens, each person with a device of her own; what the worker does at
night is done by the function that it calls, and mails are read where they arrive.
`SCREENSHOTS=dossier` keeps a picture of each screen met, at 1280 and 375 pixels.
"""

import pytest
from wagtail.models import Site

from appreciation.domain.shipped_instruments import load_shipped_instruments
from cms.models import SiteSettings
from reference.domain.vocabularies import load_vocabularies
from tests.browser.pictures import album_asked_for
from tests.browser.two_years import again, evening, following, inviting, opening, restitution
from tests.browser.two_years.road import Road
from tests.factories import PlaceFactory, RoleAssignmentFactory, UserFactory
from tests.factories.starter_site import ensure_site_pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def road(new_context, sign_in, time_machine, mailoutbox):
    road = Road(new_context, sign_in, time_machine, mailoutbox, album_asked_for())
    road.at("2026-07-20")
    load_vocabularies()
    load_shipped_instruments()
    ensure_site_pages()
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "organisation_name": "Table fictive",
            "organisation_place": "de la région d’essai",
            "adviser_name": "Claude Coordonne",
            "adviser_phone": "819 555-0100",
            "adviser_email": opening.COORDINATOR,
        },
    )
    territory = PlaceFactory(territory=True, name="Territoire-Test")
    PlaceFactory(name=opening.PLACE, parent=territory)
    coordinator = UserFactory(email=opening.COORDINATOR, first_name="Claude", last_name="Coordonne")
    RoleAssignmentFactory(user=coordinator, place=territory)
    UserFactory(email=opening.NOE, first_name="Noé", last_name="Suivant")
    return road


@pytest.mark.timeout(600)  # two years take some minutes on a busy machine
def test_from_three_months_before_to_two_years_after(road):
    opening.a_visitor_says_a_word(road)
    opening.the_coordinator_opens_it(road)
    opening.the_facilitator_is_invited(road)
    opening.the_frame_is_decided(road)
    opening.tasks_have_dates_and_owners(road)
    opening.the_portrait_is_typed(road)
    inviting.the_list_is_written(road)
    inviting.the_date_is_set(road)
    inviting.letters_leave(road)
    inviting.people_answer(road)
    inviting.the_meeting_is_postponed(road)
    inviting.it_is_rehearsed_then_wiped(road)
    inviting.everybody_is_reminded(road)
    phones = evening.the_doors_open(road)
    evening.answers_come(road, phones)
    evening.a_word_goes_to_the_wall(road, phones[0])
    evening.the_room_chooses_with_dots(road, phones)
    evening.they_leave_with_a_sheet(road, phones[0])
    evening.the_entry_is_finished(road)
    evening.it_is_written_down(road)
    address = restitution.the_report_is_given_back(road)
    restitution.readers_correct_it(road, address)
    restitution.it_is_adopted(road)
    restitution.the_window_closes(road, address)
    restitution.actions_are_chosen(road)
    restitution.it_is_published(road)
    restitution.contacts_go(road)
    following.somebody_follows(road)
    following.the_facilitator_leaves(road)
    following.three_months_by_mail(road)
    following.six_months_in_silence(road)
    following.something_came_of_it(road)
    following.twelve_then_twenty_four_months(road)
    following.she_looks_back(road)
    again.a_second_time_is_opened(road)
    again.a_second_evening_is_held(road)
    again.both_are_compared(road)
