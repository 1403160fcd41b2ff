"""Our first migrations: the tables that Django would make, and existing sites go on."""

import pytest
from django.db import migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler

from core.first_migration import PARTS_OF_A_TABLE, FirstMigration

REPLACED = {
    "accounts": 0,
    "appreciation": 35,
    "background": 3,
    "cms": 10,
    "home": 8,
    "pratiques": 7,
    "reference": 3,
    "rencontres": 2,
}
"""How many migrations each application had when they became one."""


@pytest.fixture
def empty(django_db_blocker):
    """A connection to a database of its own, which holds nothing."""
    memory = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    with django_db_blocker.unblock():
        connection = ConnectionHandler(memory)["default"]
        yield connection
        connection.close()


@pytest.fixture
def ours(settings):
    settings.MIGRATION_MODULES = {}  # pytest --no-migrations hides them
    on_disk = MigrationLoader(None).disk_migrations
    return {
        label: on_disk[label, name]
        for label, name in on_disk
        if label in REPLACED and name.startswith("0001")
    }


def plant(apps, schema_editor):
    """With the tables as the end of the migration leaves them."""
    tree, fruit = apps.get_model("jardin", "Tree"), apps.get_model("jardin", "Fruit")
    schema_editor.execute(f"INSERT INTO {tree._meta.db_table} (name) VALUES ('orme')")  # noqa: S608
    schema_editor.execute(f"INSERT INTO {fruit._meta.db_table} (tree_id, grams) VALUES (1, 2)")  # noqa: S608
    schema_editor.execute(f"UPDATE {tree._meta.db_table} SET best_id = 1")  # noqa: S608


OPERATIONS = [
    migrations.CreateModel("Soil", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Tree",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=20, unique=True)),
            ("soils", models.ManyToManyField("jardin.Soil")),
        ],
        options={"indexes": [models.Index(fields=["name"], name="tree_by_name")]},
    ),
    migrations.CreateModel(
        "Fruit",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("tree", models.ForeignKey("jardin.Tree", models.CASCADE)),
            ("grams", models.PositiveIntegerField(default=1)),
        ],
    ),
    migrations.AddField(
        "tree", "best", models.ForeignKey("jardin.Fruit", models.CASCADE, null=True)
    ),
    migrations.AddConstraint(
        "fruit", models.CheckConstraint(condition=models.Q(grams__lt=500), name="light_fruit")
    ),
    migrations.AddConstraint(
        "tree", models.UniqueConstraint(fields=["best", "name"], name="one_best")
    ),
    migrations.AddIndex("fruit", models.Index(fields=["tree", "grams"], name="fruit_by_weight")),
    migrations.RunPython(plant, migrations.RunPython.noop),
]


def tables_made_by(kind: type[migrations.Migration], connection) -> dict:
    """All that SQLite knows of them, and the rows; then nothing is left once it is undone."""
    migration = kind("0001_first", "jardin")
    migration.operations = OPERATIONS
    state = ProjectState()
    _ = state.apps  # as in the middle of `migrate`
    with connection.schema_editor() as editor:
        migration.apply(state, editor)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {
            table: (
                connection.introspection.get_table_description(cursor, table),
                connection.introspection.get_constraints(cursor, table),
                cursor.execute(f'SELECT * FROM "{table}"').fetchall(),  # noqa: S608
            )
            for table in tables
        }
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert connection.introspection.table_names() == []
    return found


def test_makes_the_tables_that_django_makes(empty):
    made = tables_made_by(FirstMigration, empty)
    assert sorted(made) == ["jardin_fruit", "jardin_soil", "jardin_tree", "jardin_tree_soils"]
    assert made["jardin_tree"][2] == [(1, "orme", 1)]
    assert made == tables_made_by(migrations.Migration, empty)


def test_ours_hold_what_can_be_made_at_once(ours):
    assert sorted(ours) == sorted(REPLACED)
    for label, migration in ours.items():
        assert isinstance(migration, FirstMigration), label
        made = set()
        for operation in migration.operations:
            if isinstance(operation, migrations.CreateModel):
                made.add(operation.name_lower)
            elif isinstance(operation, PARTS_OF_A_TABLE):
                assert operation.model_name_lower in made, (label, operation)
            else:
                assert isinstance(operation, migrations.RunPython), (label, operation)


def test_a_site_that_went_through_the_former_ones_has_nothing_to_do(empty, ours):
    assert {label: len(migration.replaces) for label, migration in ours.items()} == REPLACED
    recorder = MigrationRecorder(empty)
    recorder.ensure_schema()
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        replaced = migration.replaces if label in REPLACED else []
        for former in replaced or [(label, name)]:
            recorder.record_applied(*former)
    executor = MigrationExecutor(empty)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
