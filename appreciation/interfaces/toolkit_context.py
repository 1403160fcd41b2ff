"""What the pages of the toolkit show beside their own text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appreciation.domain.agenda import agenda
from appreciation.domain.queries.help import frequent_questions_of
from appreciation.domain.queries.toolkit import live_toolkit, toolkit_stops
from appreciation.domain.queries.tools import ToolShelf, used_by
from appreciation.domain.queries.videos import open_to_all
from appreciation.domain.shipped_tasks import checklist_of
from appreciation.enums import Phase
from appreciation.interfaces.documents.catalogue import BY_CODE
from appreciation.models import Tool, ToolFormat

if TYPE_CHECKING:
    from appreciation.models import ToolkitStepPage


def toolkit_context() -> dict[str, Any]:
    return {"stops": toolkit_stops()}


def step_context(page: ToolkitStepPage) -> dict[str, Any]:
    """The page that is shown stands among the others, live or being previewed."""
    stops = toolkit_stops(shown=page)
    here = next(index for index, stop in enumerate(stops) if stop.is_here)
    before = [stop for stop in stops[:here] if stop.page]
    after = [stop for stop in stops[here + 1 :] if stop.page]
    shelf = ToolShelf()
    return {
        "toolkit": live_toolkit(),
        "stops": stops,
        "stop": stops[here],
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "checklist": checklist_of(Phase(page.phase)),
        "agenda": agenda() if page.phase == Phase.MEETING else None,
        "tools": [(tool, formats_of(shelf, tool)) for tool in shelf.of_phase(page.phase)],
        "frequent_questions": frequent_questions_of(page.phase),
        "video": open_to_all(page.video),
        "variants": page.variants.all(),
    }


def tools_context() -> dict[str, Any]:
    shelf = ToolShelf()
    return {"groups": shelf.by_phase(), "outdated": shelf.outdated}


def tool_context(slug: str) -> dict[str, Any] | None:
    """Everything about one live tool; None when no such tool is published."""
    shelf = ToolShelf()
    tool = next((tool for tool in shelf.tools if tool.slug == slug), None)
    return None if tool is None else context_of(shelf, tool) | {"stops": toolkit_stops()}


def context_of(shelf: ToolShelf, tool: Tool) -> dict[str, Any]:
    return {
        "tool": tool,
        "formats": formats_of(shelf, tool),
        "made": made_of(shelf, tool),
        "newest": shelf.newest(tool),
        "older": shelf.by_pk.get(tool.replaces_id) if tool.replaces_id else None,
        "used_by": used_by(tool),
        "variants": shelf.variants_of(tool),
    }


def formats_of(shelf: ToolShelf, tool: Tool) -> list[tuple[ToolFormat, str]]:
    """The files of a tool that anybody may take, each with what it is called."""
    return [
        (one, one.label or one.document.title)
        for one in shelf.formats_of(tool)
        if one.document is not None
    ]


def made_of(shelf: ToolShelf, tool: Tool) -> list[tuple[str, str]]:
    """What the software fills in for a démarche: (title, « PDF, Word »)."""
    found: dict[str, list[str]] = {}
    for one in shelf.formats_of(tool):
        if made := BY_CODE.get(one.made):  # a document that is made no more is left out
            found.setdefault(one.label or made.title, []).append(made.format_words)
    return [(title, ", ".join(words)) for title, words in found.items()]


def tool_addresses() -> list[str]:
    return [f"outils/{tool.slug}/" for tool in ToolShelf().tools]
