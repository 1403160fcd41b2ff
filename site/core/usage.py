"""Refusing to delete what is still used, and saying by what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from core.errors import DomainError
from core.typography import join_words


def ensure_unused(instance: models.Model, *, but: Iterable[models.Model] = ()) -> None:
    """Refuse the deletion of a thing that others name, even where the database would just forget.

    What belongs to it (its codes, its levels, `but`) goes with it and does not count.
    """
    uses = [f"{count} {label}" for label, count in _uses(instance, list(but))]
    if uses:
        raise DomainError(
            f"« {instance} » sert encore ({join_words(uses)}): il reste donc ici. Retirez-le"
            " d’abord de ce qui l’emploie, ou mettez-le hors d’usage."
        )


def _uses(instance: models.Model, but: list[models.Model]) -> list[tuple[str, int]]:
    uses = []
    for relation in instance._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.many_to_many:
            continue
        if getattr(relation, "on_delete", None) in {None, models.CASCADE, models.DO_NOTHING}:
            continue
        model = relation.related_model
        name = relation.field.name
        apart = [each.pk for each in but if type(each) is model]
        users = model._base_manager.filter(**{name: instance.pk})
        count = (users.exclude(pk__in=apart) if apart else users).count()
        if count:
            words = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            uses.append((str(words), count))
    return uses
