from django.db import migrations

NAME = "cms_indexentry_title_body"


def make_index(_apps, schema_editor):
    """PostgreSQL: what is searched is « title || body », and only each alone has an index.

    Without this one each search reads the whole text of every page: seconds, for 2,000 pages.
    """
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON wagtailsearch_indexentry USING gin ((title || body))"
        )


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("cms", "0009_word_places"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(make_index, drop_index)]
