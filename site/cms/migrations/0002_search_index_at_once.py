from django.db import migrations

INDEX = 'cms_indexentry_title_body'


def write_at_once(_apps, schema_editor):
    """PostgreSQL: what is written goes into the index at once, not into a list beside it.

    While that list waits for the autovacuum, PostgreSQL finds the index too dear and reads the whole
    text of every page instead. What is in the list already is put away too.
    """
    if schema_editor.connection.vendor != 'postgresql':
        return
    schema_editor.execute(f'ALTER INDEX IF EXISTS {INDEX} SET (fastupdate = off)')
    schema_editor.execute(
        "SELECT gin_clean_pending_list(oid) FROM pg_class"
        f" WHERE oid = to_regclass('{INDEX}')"
    )


def write_later(_apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(f'ALTER INDEX IF EXISTS {INDEX} RESET (fastupdate)')


class Migration(migrations.Migration):
    dependencies = [('cms', '0001_squashed_0010_search_index')]

    operations = [migrations.RunPython(write_at_once, write_later)]
