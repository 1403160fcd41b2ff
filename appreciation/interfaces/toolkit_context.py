"""What the pages of the toolkit show beside their own text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appreciation.domain.agenda import agenda
from appreciation.domain.queries.help import frequent_questions_of
from appreciation.domain.queries.toolkit import live_toolkit, toolkit_stops
from appreciation.domain.shipped_tasks import checklist_of
from appreciation.enums import Phase

if TYPE_CHECKING:
    from appreciation.models import ToolkitPage, ToolkitStepPage


def toolkit_context(page: ToolkitPage) -> dict[str, Any]:
    return {"stops": toolkit_stops()}


def step_context(page: ToolkitStepPage) -> dict[str, Any]:
    """The page that is shown stands among the others, live or being previewed."""
    stops = toolkit_stops(shown=page)
    here = next(index for index, stop in enumerate(stops) if stop.is_here)
    before = [stop for stop in stops[:here] if stop.page]
    after = [stop for stop in stops[here + 1 :] if stop.page]
    return {
        "toolkit": live_toolkit(),
        "stops": stops,
        "stop": stops[here],
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "checklist": checklist_of(Phase(page.phase)),
        "agenda": agenda() if page.phase == Phase.MEETING else None,
        "frequent_questions": frequent_questions_of(page.phase),
        "video": page.video if page.video_id and page.video.live else None,
        "variants": page.variants.all(),
    }
