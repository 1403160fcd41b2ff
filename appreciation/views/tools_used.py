"""« Outils »: what the toolkit offers to this démarche, phase by phase, and what it used."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.queries.toolkit import live_toolkit
from appreciation.domain.queries.tools import ToolShelf
from appreciation.domain.team import can_edit
from appreciation.domain.tools import forget_tool_use, use_tool
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper

TAKEN = "C’est inscrit: {tool}."
GONE = "Cet outil n’est plus dans la trousse. Choisissez-en un autre."


@appraisal_view("GET", "HEAD", "POST")
def tools(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    shelf = ToolShelf()
    if request.method == "POST":
        asked = request.POST.get("outil", "")
        tool = next((tool for tool in shelf.tools if str(tool.pk) == asked), None)
        if tool:
            use_tool(appraisal=appraisal, tool=tool, user=request.user)
            messages.success(request, TAKEN.format(tool=tool))
        else:
            messages.warning(request, GONE)
        return redirect("space:tools", appraisal.reference)
    uses = list(appraisal.tool_uses.all())
    taken = {(use.tool_id, use.version) for use in uses}
    context = {
        "appraisal": appraisal,
        "toolkit": live_toolkit(),
        "groups": [
            (phase, [(tool, (tool.pk, tool.version) in taken) for tool in found])
            for phase, found in shelf.by_phase()
        ],
        "uses": [(use, _newer(shelf, use)) for use in uses],
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/tools.html", context)


@appraisal_view("POST")
def tool_use_removal(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    forget_tool_use(appraisal=appraisal, pk=pk, user=request.user)
    messages.success(request, "Retiré de la liste.")
    return redirect("space:tools", appraisal.reference)


def _newer(shelf: ToolShelf, use):
    """The tool to take now: its successor, or itself in another version. None: it is the one."""
    tool = shelf.by_pk.get(use.tool_id)
    if tool is None:
        return None
    return shelf.newest(tool) or (tool if tool.version != use.version else None)
