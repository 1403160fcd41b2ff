"""Tools: what replaces what, what a démarche used."""

import pytest
from django.db import IntegrityError, transaction

from appreciation.domain.queries.tools import ToolShelf, used_by
from appreciation.domain.tools import (
    ADDRESS_STAYS,
    CIRCLE,
    check_address,
    check_replacement,
    forget_tool_use,
    use_tool,
    use_tools_of_document,
)
from appreciation.models import Tool, ToolFormat
from core.errors import DomainError
from tests.factories import AppraisalFactory, MembershipFactory
from tests.factories.tools import ToolFactory


def chain(*versions: str) -> list[Tool]:
    """The oldest first, each replaced by the next."""
    found: list[Tool] = []
    for version in versions:
        older = found[-1] if found else None
        found.append(ToolFactory(title="Grille", version=version, replaces=older))
    return found


def test_an_outdated_tool_points_to_the_end_of_the_chain():
    first, second, third = chain("1", "2", "3")
    shelf = ToolShelf()
    assert shelf.newest(first) == third
    assert shelf.newest(second) == third
    assert shelf.newest(third) is None
    assert shelf.current == [third]
    assert shelf.of_phase("meeting") == [third]


def test_a_successor_that_is_not_published_replaces_nothing():
    first, second = chain("1", "2")
    Tool.objects.filter(pk=second.pk).update(live=False)
    shelf = ToolShelf()
    assert shelf.newest(first) is None
    assert shelf.current == [first]


def test_tools_never_replace_each_other_in_a_circle():
    first, _second, third = chain("1", "2", "3")
    with pytest.raises(DomainError, match="en rond") as refusal:
        check_replacement(tool=first, replaces=third)
    assert refusal.value.fields == {"replaces": CIRCLE}


def test_a_circle_made_behind_our_back_does_not_turn_for_ever():
    first, second = chain("1", "2")
    Tool.objects.filter(pk=first.pk).update(replaces=second)
    assert ToolShelf().newest(first) == second


def test_one_successor_only():
    first, second = chain("1", "2")
    with pytest.raises(DomainError, match="remplace déjà"):
        check_replacement(tool=ToolFactory(), replaces=first)
    check_replacement(tool=second, replaces=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolFactory(replaces=first)


def test_a_published_address_stays_and_a_draft_may_change_its_own():
    published = ToolFactory(slug="grille")
    with pytest.raises(DomainError) as refusal:
        check_address(tool=published, slug="autre")
    assert refusal.value.fields == {"slug": ADDRESS_STAYS}
    check_address(tool=published, slug="grille")
    check_address(tool=ToolFactory(live=False, first_published_at=None), slug="autre")


def test_a_demarche_keeps_the_versions_that_it_used(appraisal, lead):
    tool = ToolFactory(title="Grille", version="1")
    use = use_tool(appraisal=appraisal, tool=tool, user=lead)
    assert use_tool(appraisal=appraisal, tool=tool, user=lead) == use
    tool.version = "2"
    tool.save()
    use_tool(appraisal=appraisal, tool=tool, user=lead)
    assert [str(one) for one in appraisal.tool_uses.all()] == [
        "Grille, version 1",
        "Grille, version 2",
    ]
    assert used_by(tool) == 1


def test_making_a_document_says_that_its_tools_were_used(appraisal, lead):
    old, new = chain("1", "2")
    for tool in (old, new, ToolFactory(live=False, first_published_at=None)):
        ToolFormat.objects.create(tool=tool, made="feuilles-pdf")
    made = use_tools_of_document(appraisal=appraisal, user=lead, code="feuilles-pdf")
    assert [use.tool for use in made] == [new]
    assert use_tools_of_document(appraisal=appraisal, user=lead, code="autre-pdf") == []


def test_a_use_is_taken_back_and_not_by_whoever_only_looks(appraisal, lead):
    use = use_tool(appraisal=appraisal, tool=ToolFactory(), user=lead)
    observer = MembershipFactory(appraisal=appraisal, role="observer").user
    with pytest.raises(DomainError, match="pas la changer"):
        forget_tool_use(appraisal=appraisal, pk=use.pk, user=observer)
    forget_tool_use(appraisal=appraisal, pk=use.pk, user=lead)
    forget_tool_use(appraisal=appraisal, pk=use.pk, user=lead)
    assert not appraisal.tool_uses.exists()


def test_rehearsals_are_not_counted():
    tool = ToolFactory()
    for is_rehearsal in (True, False):
        appraisal = AppraisalFactory(is_rehearsal=is_rehearsal)
        appraisal.tool_uses.create(tool=tool, title=tool.title, version="1")
    assert used_by(tool) == 1


def test_variants_find_one_another():
    whole = ToolFactory()
    short, youth = (ToolFactory(variant_of=whole, variant=name) for name in ("short", "youth"))
    shelf = ToolShelf()
    assert set(shelf.variants_of(whole)) == {short, youth}
    assert set(shelf.variants_of(short)) == {whole, youth}
    assert shelf.variants_of(ToolFactory()) == []


def test_a_format_is_a_file_or_a_document_of_the_software():
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolFormat.objects.create(tool=ToolFactory())
