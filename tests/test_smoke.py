from tests.factories import SeatFactory


def test_a_seat_belongs_to_an_open_meeting_with_three_rounds():
    seat = SeatFactory()
    assert seat.meeting.state == "open"
    assert seat.meeting.rounds.count() == 3
