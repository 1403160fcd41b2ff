"""The first migration of an application, quick on a new database (docs/decisions/0021)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

PARTS_OF_A_TABLE = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint)


class FirstMigration(migrations.Migration):
    """Its tables are made as they are at its end, once all their models are known.

    Django makes each model again, with all those related to it, at each operation: ours hold one
    another, and a hundred tables took half a minute of that. Here models are made once. What is
    added to a table of this migration is made with the table.
    """

    initial = True

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        if collect_sql:  # `sqlmigrate`: one operation after the other, to be read
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)  # made again below, on the first use
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if not isinstance(operation, PARTS_OF_A_TABLE):
                operation.database_forwards(
                    self.app_label, schema_editor, project_state, project_state
                )
        return project_state
