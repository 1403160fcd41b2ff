"""What brings the toolkit to life: a version left behind, a file to take, tools that were used."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from appreciation.domain.tools import use_tool
from appreciation.enums import Phase, ToolKind
from appreciation.models import Appraisal, Tool, ToolFormat
from cms.stored_documents import store_document

NEWER = "sac-de-la-soiree"
USED = ("deroulement-de-trois-heures", "texte-de-consentement", "grille-courte")
MEETING_HELD = (Phase.RESTITUTION, Phase.ACTION_PLAN, Phase.SHARING, Phase.FOLLOW_UP)
LIST_TO_PRINT = """DÉMONSTRATION
Le sac de la soirée

[ ] Feuilles et crayons
[ ] Portrait
[ ] Texte de consentement
[ ] Déroulement
[ ] Grandes feuilles, feutres, ruban
[ ] Rallonge, chargeur
[ ] Café, eau, souper léger
[ ] La clé: qui ferme?
"""


def create_toolkit(people: dict[str, User]) -> None:
    newer = Tool.objects.get(slug=NEWER)
    older = Tool.objects.create(
        title="La liste du matériel",
        slug="liste-du-materiel",
        kind=ToolKind.CHECKLIST,
        version="0.9",
        dated_on=dt.date(2026, 3, 2),
        owner=newer.owner,
        licence=newer.licence,
        phases=[Phase.MEETING],
        description="Une première liste, gardée pour les démarches qui s’en sont servies.",
        content="<p>Crayons, feuilles, café.</p>",
        first_published_at=newer.first_published_at,
    )
    newer.replaces = older
    newer.save()
    document = store_document(
        LIST_TO_PRINT.encode(),
        name="sac-de-la-soiree.txt",
        title="Le sac de la soirée, à cocher",
        is_private=False,
        field="document",
    )
    ToolFormat.objects.create(tool=newer, document=document)
    tools = {tool.slug: tool for tool in Tool.objects.filter(slug__in=USED)}
    held = Appraisal.objects.filter(phase__in=MEETING_HELD, is_historical=False)
    for number, appraisal in enumerate(held.order_by("pk")):
        taken = [*(tools[slug] for slug in USED), *([older] if number == 0 else [])]
        for tool in taken:
            when = appraisal.phase_done_at(Phase.CONVENING)
            use_tool(appraisal=appraisal, tool=tool, user=people["administration"], now=when)
