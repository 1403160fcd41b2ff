import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.views.api import schema

OPENAPI = Path(settings.BASE_DIR) / "docs" / "openapi.json"


class Command(BaseCommand):
    help = "Écrit la description de l’API (docs/openapi.json), qu’un essai compare."

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True)
        OPENAPI.write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"La description de l’API est dans {OPENAPI}.")
