"""A phone for view tests: a client that has tapped « Commencer »."""

from django.test import Client
from django.urls import reverse

from appreciation.models import Meeting, Seat


class Phone:
    """`phone.sit()`, `phone.vote(question=1, answer=3)`: through the addresses, like a person."""

    def __init__(self, meeting: Meeting, **client_options) -> None:
        self.meeting = meeting
        self.client = Client(**client_options)
        self.sequence = 0

    def url(self, name: str = "room") -> str:
        return reverse(f"participant:{name}", args=[self.meeting.join_code])

    def get(self, query: str = "", name: str = "room"):
        return self.client.get(f"{self.url(name)}{query}", follow=True)

    def sit(self, **data) -> "Phone":
        response = self.client.post(self.url("start"), data)
        assert response.status_code == 302
        return self

    @property
    def seat(self) -> Seat:
        return Seat.objects.filter(meeting=self.meeting).latest("pk")

    def fields(self, question: int = 1, answer: object = 3, **changes) -> dict:
        round_ = self.meeting.rounds.filter(instrument_dimension__position=question).latest(
            "number"
        )
        self.sequence += 1
        return {
            "item": round_.instrument_dimension.items.get().pk,
            "round": round_.pk,
            "answer": answer,
            "sequence": self.sequence,
        } | changes

    def vote(self, question: int = 1, answer: object = 3, **changes):
        """As the page's script does: JSON back."""
        data = self.fields(question, answer, **changes)
        return self.client.post(self.url("answers"), data, headers={"Accept": "application/json"})

    def submit(self, question: int = 1, answer: object = 3, **changes):
        """As a plain form does: a page back."""
        data = self.fields(question, answer, **changes)
        return self.client.post(self.url("answers"), data, follow=True)
