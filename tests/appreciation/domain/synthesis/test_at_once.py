"""Two people at the same second: real threads, real transactions."""

import pytest

from appreciation.domain.synthesis.freezing import freeze, is_intact
from appreciation.domain.synthesis.publishing import publish_edition
from appreciation.domain.synthesis.selection import choose_sources
from appreciation.domain.synthesis.texts import save_text
from appreciation.enums import SourceShown
from appreciation.models import SynthesisEdition, SynthesisText
from core.errors import ConcurrentEditError, DomainError
from tests.at_once import at_once
from tests.factories.synthesis_sources import (
    coordinator_of,
    make_region,
    make_synthesis,
    publish_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_syntheses_and_two_gestures_at_once():
    region = make_region()
    user = coordinator_of(region)
    editions = [publish_in(region.children.get(), name) for name in ("A", "B")]
    synthesis = make_synthesis(region, user, *editions)
    other = make_synthesis(region, user, editions[0])

    frozen = at_once(
        *(
            lambda one=one: freeze(synthesis=one, user=user)
            for one in (synthesis, synthesis, other)
        ),
        refusals=(DomainError,),
    )
    assert len({edition.pk for edition in frozen}) == 2
    assert sorted((each.synthesis_id, each.number) for each in SynthesisEdition.objects.all()) == [
        (synthesis.pk, 1),
        (other.pk, 1),
    ]
    assert all(is_intact(each) for each in SynthesisEdition.objects.all())

    texts = at_once(
        *(
            lambda text=text: save_text(
                synthesis=synthesis, user=user, key="limits", text=text, version=0
            )
            for text in ("Un.", "Deux.")
        ),
        refusals=(ConcurrentEditError,),
    )
    assert sorted(isinstance(each, ConcurrentEditError) for each in texts) == [False, True]
    assert SynthesisText.objects.get().version == 1

    choices = at_once(
        *(
            lambda shown=shown: choose_sources(
                synthesis=synthesis,
                user=user,
                appraisals={editions[0].appraisal_id: shown},
                version=synthesis.version,
            )
            for shown in (SourceShown.NAMED, SourceShown.ANONYMOUS)
        ),
        refusals=(ConcurrentEditError,),
    )
    assert sorted(isinstance(each, ConcurrentEditError) for each in choices) == [False, True]

    second = freeze(synthesis=synthesis, user=user)
    assert second.number == 2
    at_once(
        *(lambda: publish_edition(edition=second, user=user) for _ in range(2)),
        refusals=(DomainError,),
    )
    assert [each.number for each in SynthesisEdition.objects.out()] == [2]
