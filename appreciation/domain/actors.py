"""Who acts at a meeting: a person with an account, or the secretary of one evening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from appreciation.models import EveningPass


@dataclass(frozen=True)
class Actor:
    """Either `user` or `evening_pass` is set. `label` is what the journals show."""

    user: User | None = None
    evening_pass: EveningPass | None = None

    @property
    def label(self) -> str:
        if self.user is not None:
            return str(self.user)
        return self.evening_pass.label if self.evening_pass else "système"


SYSTEM = Actor()
