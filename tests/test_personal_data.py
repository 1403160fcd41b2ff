"""Nothing is held on people that the inventory does not tell (Loi 25; issue 3, section 4).

A new field fails here until `site/consortium/personal_data.toml` says what it holds on whom, what
for, until when and who sees it; or that it was looked at and holds nothing on a person.
"""

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.utils import translation

from core.personal_data import (
    WORDS_OF_FIELDS,
    Category,
    Holding,
    read_register,
    reviewed_without,
)
from core.purges import purges
from tests.test_house_rules import OUR_APPS

COULD_HOLD = (models.CharField, models.TextField, models.JSONField, models.FileField)
COULD_HOLD += (models.BinaryField, models.GenericIPAddressField, models.UUIDField)
OURS = (*OUR_APPS, "background")


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def leads_to_a_person(field: models.Field) -> bool:
    target = field.related_model
    return bool(target) and target._meta.label == "accounts.User"


NEVER_FILLED = {"wagtailcore.APIToken"}
"""Known to Wagtail 8 only, and no address of ours gives a token."""


def could_hold(model: type[models.Model], field: models.Field) -> bool:
    """Whether something on a person could be written there; closed choices cannot."""
    if model._meta.app_label not in OURS:
        return leads_to_a_person(field)
    return leads_to_a_person(field) or (isinstance(field, COULD_HOLD) and not field.choices)


def test_every_field_that_could_hold_something_on_a_person_was_looked_at():
    told = {label: set(holding.fields) for label, holding in read_register().items()}
    without = reviewed_without()
    forgotten = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.label not in NEVER_FILLED
        for field in fields_of(model)
        if could_hold(model, field)
        and field.name not in told.get(model._meta.label, set())
        and field.name not in without.get(model._meta.label, set())
    ]
    assert forgotten == [], "à décrire dans site/consortium/personal_data.toml"


def test_the_inventory_names_nothing_that_is_gone_and_nothing_twice():
    without = reviewed_without()
    unknown = [
        f"{label}.{name}"
        for label, names in without.items()
        for name in names | set(read_register().get(label, NOTHING).fields)
        if name not in {field.name for field in apps.get_model(label)._meta.get_fields()}
    ]
    twice = [
        f"{label}.{name}"
        for label, holding in read_register().items()
        for name in holding.fields.keys() & without[label]
    ]
    assert unknown == []
    assert twice == []


NOTHING = Holding("", "", "", "", "", "fields", {})


def test_whoever_is_written_to_or_named_is_told_until_when():
    silent = [
        f"{label}: {name}"
        for label, holding in read_register().items()
        for name in ("who", "purpose", "kept", "seen_by")
        if not getattr(holding, name).strip()
    ]
    assert silent == []


def test_an_account_is_told_as_an_account_everywhere():
    wrong = [
        f"{label}.{name}"
        for label, holding in read_register().items()
        for name, category in holding.fields.items()
        if (category == Category.ACCOUNT)
        != leads_to_a_person(apps.get_model(label)._meta.get_field(name))
    ]
    assert wrong == []


def test_no_answer_stands_beside_somebody_s_account_or_name():
    """Answers, counts and hands: nothing on a person, whatever is added to them (DESIGN.md §4)."""
    register = read_register()
    apart = ("Rating", "RatingCount", "HandCount", "ExitAnswer", "ExitHandCount", "SectorTally")
    apart += ("GroupTally",)
    assert [name for name in apart if f"appreciation.{name}" in register] == []
    identifying = {Category.NAME, Category.EMAIL, Category.PHONE, Category.ACCOUNT}
    for name in ("Seat", "Comment"):
        assert not identifying & set(register[f"appreciation.{name}"].fields.values())
    assert not any(
        isinstance(field, GenericForeignKey)
        for name in (*apart, "Seat", "Comment")
        for field in apps.get_model("appreciation", name)._meta.private_fields
    )


def test_every_purge_says_its_delay_and_what_is_next():
    silent = [purge.label for purge in purges() if not (purge.kept and purge.next_due)]
    assert silent == [], "register_purge(…, kept=…, next_due=…)"


def test_the_screen_names_everything_in_french():
    """No name that Django made up from the code, nor one that a library never had translated."""
    alike = {"pages", "sessions"}
    made_up, foreign = [], []
    for label, holding in read_register().items():
        for name in holding.fields:
            words = str(holding.model._meta.get_field(name).verbose_name)
            if words == name.replace("_", " ") and name not in WORDS_OF_FIELDS:
                made_up.append(f"{label}.{name}")
        with translation.override("en"):
            english = holding.title
        with translation.override("fr-ca"):
            is_same = holding.title == english and not holding.called
        if is_same and holding.title not in alike and label.split(".")[0] not in OURS:
            foreign.append(label)
    assert made_up == []
    assert foreign == []
