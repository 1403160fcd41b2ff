from django.db import migrations, models

AT_ONCE = 200


def find_places(apps, _schema_editor):
    """Of the texts that are there already: the others are written with theirs."""
    from cms.search.places import as_kept, places_in

    texts = apps.get_model("cms", "PublicText").objects
    some = []
    for row in texts.only("text").iterator(chunk_size=AT_ONCE):
        row.text = as_kept([row.text])
        row.places = places_in(row.text)
        some.append(row)
        if len(some) == AT_ONCE:
            texts.bulk_update(some, ["text", "places"])
            some = []
    texts.bulk_update(some, ["text", "places"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0008_figure_imports")]

    operations = [
        migrations.AddField(
            model_name="publictext",
            name="places",
            field=models.TextField(blank=True, verbose_name="places des radicaux dans le texte"),
        ),
        migrations.RunPython(find_places, migrations.RunPython.noop, elidable=True),
    ]
