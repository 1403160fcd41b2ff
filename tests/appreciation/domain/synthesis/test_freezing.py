"""Figures frozen on a day: the same data, the same fingerprint; what moved since is told."""

import pytest

from appreciation.domain.synthesis.coding import code_findings
from appreciation.domain.synthesis.freezing import (
    freeze,
    frozen_read,
    is_intact,
    what_changed,
)
from appreciation.domain.synthesis.reading import published_findings, read_synthesis
from appreciation.domain.synthesis.selection import choose_sources
from appreciation.domain.synthesis.texts import save_text
from appreciation.enums import SourceShown
from core.errors import DomainError
from tests.factories import UserFactory
from tests.factories.synthesis_sources import (
    asked,
    make_synthesis,
    publish_again,
    publish_in,
    take_back,
    told,
)

NAMED = SourceShown.NAMED
TRANSPORT = told("challenge", "Sans auto, on reste chez soi", "Transport")


@pytest.fixture
def editions(mekinac, maskinonge):
    return [
        publish_in(mekinac, "Village-A", findings=(TRANSPORT,)),
        publish_in(maskinonge, "Village-B"),
    ]


@pytest.fixture
def synthesis(region, user, editions):
    return make_synthesis(region, user, *editions)


def test_frozen_figures_are_those_read_that_day(synthesis, user, editions):
    edition = freeze(synthesis=synthesis, user=user)
    edition.refresh_from_db()
    assert (edition.number, len(edition.fingerprint)) == (1, 64)
    assert is_intact(edition)
    assert [
        (each["key"], each["appraisal"], each["fingerprint"], each["shown"])
        for each in edition.inputs
    ] == [
        ("d1", editions[1].appraisal_id, editions[1].fingerprint, "named"),
        ("d2", editions[0].appraisal_id, editions[0].fingerprint, "named"),
    ]
    frozen, live = frozen_read(edition), read_synthesis(synthesis=synthesis)
    assert frozen.matrices == live.matrices
    assert frozen.fingerprint == edition.fingerprint
    assert frozen.frozen_on is not None
    publish_again(editions[0], (asked("entraide", (7, 4, 1, 0)),))
    assert frozen_read(edition) == frozen


def test_any_change_is_told_by_the_fingerprint(synthesis, user):
    edition = freeze(synthesis=synthesis, user=user)
    edition.snapshot["matrices"][0]["rows"][0]["cells"][0]["distribution"]["levels"][0] += 1
    assert not is_intact(edition)


def test_frozen_again_with_nothing_changed_it_is_the_same(synthesis, user):
    edition = freeze(synthesis=synthesis, user=user)
    assert freeze(synthesis=synthesis, user=user) == edition
    save_text(synthesis=synthesis, user=user, key="results", text="À lire.", version=0)
    second = freeze(synthesis=synthesis, user=user)
    assert second.number == 2
    assert second.fingerprint != edition.fingerprint


def test_nothing_to_read_or_something_withdrawn_freezes_nothing(region, user, editions):
    empty = make_synthesis(region, user)
    with pytest.raises(DomainError, match="Retenez au moins une démarche"):
        freeze(synthesis=empty, user=user)
    synthesis = make_synthesis(region, user, *editions)
    take_back(editions[0])
    with pytest.raises(DomainError, match="n’est plus publié: Village-A"):
        freeze(synthesis=synthesis, user=user)
    with pytest.raises(DomainError, match="Seule la coordination"):
        freeze(synthesis=synthesis, user=UserFactory())
    assert not synthesis.editions.exists()


def test_the_same_reading_done_again_says_nothing(synthesis, user):
    changes = what_changed(edition=freeze(synthesis=synthesis, user=user))
    assert changes.is_empty


def test_a_new_edition_and_its_cells_are_told(synthesis, user, editions):
    edition = freeze(synthesis=synthesis, user=user)
    publish_again(editions[0], (asked("entraide", (7, 4, 1, 0)), asked("transport", (1, 2, 3, 4))))
    changes = what_changed(edition=edition)
    assert changes.replaced == ("Village-A",)
    assert changes.cells == ("Village-A, Entraide", "Village-A, Transport")
    assert (changes.withdrawn, changes.shown_otherwise, changes.added) == ((), (), ())
    assert changes.lines[0] == "A une nouvelle édition: Village-A."


def test_a_withdrawal_and_another_choice_are_told(region, mekinac, synthesis, user, editions):
    edition = freeze(synthesis=synthesis, user=user)
    new = publish_in(mekinac, "Village-C")
    choice = {
        editions[0].appraisal_id: SourceShown.ANONYMOUS,
        editions[1].appraisal_id: NAMED,
        new.appraisal_id: NAMED,
    }
    choose_sources(synthesis=synthesis, user=user, appraisals=choice)
    take_back(editions[1])
    changes = what_changed(edition=edition)
    assert changes.withdrawn == ("Village-B",)
    assert changes.shown_otherwise == ("Village-A",)
    assert changes.added == ("Village-C",)
    assert changes.cells == ()


def test_themes_that_changed_are_told(synthesis, user):
    edition = freeze(synthesis=synthesis, user=user)
    (finding,) = published_findings(synthesis=synthesis)
    code_findings(
        synthesis=synthesis, user=user, kind="challenge", label="Se déplacer", keys=[finding.key]
    )
    assert what_changed(edition=edition).themes == ("Se déplacer",)
