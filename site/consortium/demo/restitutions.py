"""The draft report of the demonstration in the hands of its (fictitious) participants."""

from __future__ import annotations

from accounts.models import User
from appreciation.domain.corrections import decide_correction, send_correction
from appreciation.domain.restitution import open_restitution, save_paper_copies
from appreciation.models import Appraisal
from consortium.demo.content import DemoContent

EXAMPLE_ADDRESS = "192.0.2.1"
"""Kept for documentation (RFC 5737): nobody's."""


def restitute(appraisal: Appraisal, content: DemoContent, lead: User) -> None:
    """Open for thirty days, paper copies handed out, one correction of each outcome."""
    open_restitution(appraisal=appraisal, user=lead)
    save_paper_copies(
        appraisal=appraisal, user=lead, version=1, copies=20, places="Bureau de poste d’exemple"
    )
    for number, line in enumerate(content.corrections):
        correction = send_correction(
            appraisal=appraisal,
            key=f"demo-{number}",
            section=line["section"],
            text=line["text"],
            address=EXAMPLE_ADDRESS,
        )
        if line.get("state"):
            decide_correction(
                correction=correction,
                user=lead,
                version=1,
                state=line["state"],
                reason=line["reason"],
            )
