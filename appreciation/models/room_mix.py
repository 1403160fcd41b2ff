"""How many people of each age and gender were in the room: a show of hands, apart from answers."""

from __future__ import annotations

from django.db import models

from appreciation.enums import RoomGroup


class GroupTally(models.Model):
    meeting = models.ForeignKey(
        "appreciation.Meeting", on_delete=models.CASCADE, related_name="group_tallies"
    )
    group = models.CharField("groupe", max_length=10, choices=RoomGroup.choices)
    count = models.PositiveSmallIntegerField("personnes")

    class Meta:
        verbose_name = "présence par groupe"
        verbose_name_plural = "présences par groupe"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("meeting", "group"), name="group_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.count}"
