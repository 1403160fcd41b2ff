"""The tasks get a code, an owner and a date; the meeting and the démarche keep what they learn."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CODES = {
    "Regarder quelles autres consultations ont eu lieu depuis 24 mois": "autres",
    "Écrire à la municipalité et aux organismes": "lettres",
    "Inviter toute la population (babillard, journal, bouche-à-oreille)": "population",
    "Réserver la salle, prévoir le café et le transport": "salle",
    "Rappeler les personnes invitées une semaine avant": "rappel",
}


def give_codes(apps, schema_editor):
    """What was ticked stays ticked: a task of the former list takes its code, once."""
    for task in apps.get_model("appreciation", "PhaseTask").objects.order_by("pk"):
        code = CODES.get(task.label, "")
        twins = type(task).objects.filter(appraisal_id=task.appraisal_id, code=code)
        task.code = code if code and not twins.exists() else f"ajout-{task.pk}"
        if task.code == "autres":
            task.phase = "framing"
        task.save(update_fields=["code", "phase"])


class Migration(migrations.Migration):
    dependencies = [
        ("appreciation", "0004_restitution"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="appraisal",
            name="lessons",
            field=models.TextField(blank=True, verbose_name="leçons"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="postponed_from",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Gardée tant que la nouvelle date est inconnue: l’heure ne se perd pas.",
                null=True,
                verbose_name="date d’avant le report",
            ),
        ),
        migrations.AddField(
            model_name="phasetask",
            name="code",
            field=models.SlugField(default="", editable=False, max_length=40, verbose_name="code"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="phasetask",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="date choisie"),
        ),
        migrations.AddField(
            model_name="phasetask",
            name="is_dropped",
            field=models.BooleanField(default=False, verbose_name="sans objet"),
        ),
        migrations.AddField(
            model_name="phasetask",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confiée à",
            ),
        ),
        migrations.AddField(
            model_name="phasetask",
            name="owner_words",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="confiée à quelqu’un d’autre"
            ),
        ),
        migrations.AddField(
            model_name="phasetask",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="phasetask",
            constraint=models.UniqueConstraint(
                fields=("appraisal", "code"), name="phase_task_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="phasetask",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", None), ("owner_words", ""), _connector="OR"),
                name="phase_task_has_one_owner",
            ),
        ),
    ]
