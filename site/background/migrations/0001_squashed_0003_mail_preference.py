import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import background.models
from core.first_migration import FirstMigration


class Migration(FirstMigration):
    replaces = [
        ('background', '0001_initial'),
        ('background', '0002_mail_headers'),
        ('background', '0003_mail_preference'),
    ]

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, help_text='Ce qui porte la même clé ne part qu’une fois.', max_length=120, null=True, unique=True, verbose_name='clé')),
                ('kind', models.SlugField(max_length=40, verbose_name='genre')),
                ('to', models.EmailField(max_length=254, verbose_name='destinataire')),
                ('subject', models.CharField(max_length=200, verbose_name='objet')),
                ('body', models.TextField(verbose_name='texte')),
                ('attachment_name', models.CharField(blank=True, max_length=80, verbose_name='pièce jointe')),
                ('attachment', models.TextField(blank=True, verbose_name='contenu de la pièce jointe')),
                ('headers', models.JSONField(blank=True, default=dict, verbose_name='en-têtes')),
                ('message_id', models.CharField(default=background.models.new_message_id, editable=False, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='écrit le')),
                ('next_try_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='prochain essai')),
                ('claimed_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='pris jusqu’à')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='parti le')),
                ('given_up_at', models.DateTimeField(blank=True, null=True, verbose_name='abandonné le')),
                ('last_error', models.CharField(blank=True, max_length=80, verbose_name='dernier empêchement')),
            ],
            options={
                'verbose_name': 'courriel à envoyer',
                'verbose_name_plural': 'courriels à envoyer',
                'ordering': ('next_try_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), ('given_up_at', None), _connector='OR'), name='mail_sent_or_given_up')],
            },
        ),
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preference', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
                ('refused', models.JSONField(blank=True, default=list, verbose_name='genres refusés')),
                ('token', models.CharField(default=background.models.random_token, editable=False, max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'choix de courriels',
                'verbose_name_plural': 'choix de courriels',
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60, unique=True, verbose_name='travail')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='pris jusqu’à')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fait le')),
                ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='échoué le')),
            ],
            options={
                'verbose_name': 'travail de fond',
                'verbose_name_plural': 'travaux de fond',
                'ordering': ('name',),
            },
        ),
    ]
