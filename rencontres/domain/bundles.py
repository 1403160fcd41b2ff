"""A regional meeting and the synthesis chosen for it go out together, or neither does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from appreciation.domain.synthesis.freezing import what_changed
from appreciation.domain.synthesis.publishing import publication_obstacles, publish_edition
from core.errors import DomainError
from core.typography import join_words

if TYPE_CHECKING:
    from accounts.models import User
    from appreciation.models import Synthesis, SynthesisEdition
    from reference.models import Place

OTHER_REGION = "Cette synthèse est d’une autre région: choisissez celle de la rencontre."
NOT_FROZEN = (
    "Cette synthèse n’est pas figée: figez-en une édition dans son atelier, ou publiez la "
    "rencontre sans elle."
)
NOBODY = "Publiez la rencontre sous votre nom: la synthèse ne sort pas sans qu’on sache par qui."


def bundle_obstacles(*, synthesis: Synthesis, region: Place) -> list[str]:
    """What keeps the synthesis from going out with its meeting, as sentences that say what to do.

    None when an edition is out already. Figures replaced since are hers to acknowledge, in the
    workshop: the meeting's form does not say it in her place.
    """
    if synthesis.region_id != region.pk:
        return [OTHER_REGION]
    if synthesis.editions.out().exists():
        return []
    edition = _last_edition(synthesis)
    if edition is None:
        return [NOT_FROZEN]
    obstacles = publication_obstacles(edition=edition)
    if not obstacles and (replaced := what_changed(edition=edition).replaced):
        obstacles.append(
            f"Une nouvelle édition est sortie depuis: {join_words(replaced)}. Figez de nouveau la "
            "synthèse, ou publiez-la d’abord de son atelier, en disant que vous le savez."
        )
    return obstacles


@transaction.atomic
def publish_bundle(*, synthesis: Synthesis, region: Place, user: User | None) -> None:
    """Let the last frozen edition out, unless one is. DomainError, and nothing is, otherwise."""
    if obstacles := bundle_obstacles(synthesis=synthesis, region=region):
        sentences = "\n".join(obstacles)
        raise DomainError(sentences, fields={"synthesis": sentences})
    if synthesis.editions.out().exists():
        return
    edition = _last_edition(synthesis)
    if edition is None or user is None:
        raise DomainError(NOBODY)
    publish_edition(edition=edition, user=user)


def _last_edition(synthesis: Synthesis) -> SynthesisEdition | None:
    return synthesis.editions.order_by("-number").first()
