"""Reading the tools: all that are live, their files and what replaced them, in two queries."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from appreciation.enums import Phase
from appreciation.models import Tool, ToolFormat, ToolUse


class ToolShelf:
    """Live tools. An outdated one keeps its address; lists show the newest only."""

    @cached_property
    def tools(self) -> list[Tool]:
        return list(Tool.objects.filter(live=True))

    @cached_property
    def current(self) -> list[Tool]:
        return [tool for tool in self.tools if tool.pk not in self._successors]

    @cached_property
    def outdated(self) -> list[Tool]:
        return [tool for tool in self.tools if tool.pk in self._successors]

    @cached_property
    def by_pk(self) -> dict[int, Tool]:
        return {tool.pk: tool for tool in self.tools}

    @cached_property
    def _successors(self) -> dict[int, Tool]:
        return {tool.replaces_id: tool for tool in self.tools if tool.replaces_id}

    @cached_property
    def _formats(self) -> dict[int, list[ToolFormat]]:
        found: dict[int, list[ToolFormat]] = defaultdict(list)
        rows = ToolFormat.objects.filter(tool__live=True).select_related("document")
        for row in rows:
            if row.document is None or not row.document.is_private:
                found[row.tool_id].append(row)
        return found

    def formats_of(self, tool: Tool) -> list[ToolFormat]:
        """Files that anybody may open, and documents that the software fills in."""
        return self._formats.get(tool.pk, [])

    def newest(self, tool: Tool) -> Tool | None:
        """The end of the chain of live successors; None when nothing replaces it."""
        seen = {tool.pk}
        found = None
        step = self._successors.get(tool.pk)
        while step is not None and step.pk not in seen:
            found = step
            seen.add(step.pk)
            step = self._successors.get(step.pk)
        return found

    def of_phase(self, phase: str) -> list[Tool]:
        """Current tools of a phase: those for all first."""
        tools = [tool for tool in self.current if phase in tool.phases]
        return sorted(tools, key=lambda tool: not tool.is_for_all)

    def by_phase(self) -> list[tuple[Phase, list[Tool]]]:
        """Each tool once, at its first phase."""
        found = [
            (phase, [tool for tool in self.of_phase(phase) if tool.phase_list[0] == phase])
            for phase in Phase
        ]
        return [(phase, tools) for phase, tools in found if tools]

    def variants_of(self, tool: Tool) -> list[Tool]:
        """The same tool written for others, from whichever of them one looks."""
        root = tool.variant_of_id or tool.pk
        family = [one for one in self.current if root in (one.pk, one.variant_of_id)]
        return [one for one in family if one.pk != tool.pk]


def used_by(tool: Tool) -> int:
    """How many démarches used it, in any version; rehearsals do not count."""
    uses = ToolUse.objects.filter(tool=tool, appraisal__is_rehearsal=False)
    return uses.values("appraisal").distinct().count()
