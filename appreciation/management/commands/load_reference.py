from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.domain.groups import (
    ensure_groups,
    follow_all_roles,
    remove_unused_wagtail_groups,
)
from appreciation.domain.shipped_instruments import load_shipped_instruments
from pratiques.domain.review_workflow import ensure_review
from reference.domain.imports.places import load_seed
from reference.domain.vocabularies import load_vocabularies


class Command(BaseCommand):
    help = (
        "Charge ce qui est fourni: la Mauricie, ses codes, les dimensions, secteurs et enjeux, les"
        " instruments, les groupes et la relecture des fiches. Ce qui existe déjà n’est pas touché;"
        " les groupes « Editors » et « Moderators » de Wagtail s’en vont si personne n’en est."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        ensure_groups()
        remove_unused_wagtail_groups()
        follow_all_roles()
        self.stdout.write(f"Lieux: {load_seed()}")
        self.stdout.write(f"Vocabulaires ajoutés: {load_vocabularies()}")
        self.stdout.write(f"Instruments ajoutés: {load_shipped_instruments()}")
        ensure_review()
