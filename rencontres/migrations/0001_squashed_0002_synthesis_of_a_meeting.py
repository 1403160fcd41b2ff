import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

import rencontres.models.registrations
from core.first_migration import FirstMigration


class Migration(FirstMigration):
    replaces = [
        ('rencontres', '0001_initial'),
        ('rencontres', '0002_synthesis_of_a_meeting'),
    ]

    dependencies = [
        ('appreciation', '0001_squashed_0035_synthesis_pages'),
        ('cms', '0001_squashed_0010_search_index'),
        ('reference', '0001_squashed_0003_localities'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('region', models.ForeignKey(help_text='Sa coordination lit les inscriptions; personne d’autre.', limit_choices_to={'kind__in': ('region', 'territory')}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.place', verbose_name='région')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='de quoi il s’agit')),
                ('starts_at', models.DateTimeField(verbose_name='début')),
                ('ends_at', models.DateTimeField(verbose_name='fin')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='les inscriptions ouvrent')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='et ferment')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='Vide: autant qu’on veut. Au-delà, une liste d’attente.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='places')),
                ('registration_words', models.TextField(blank=True, help_text='Ce qui est offert: repas, garde d’enfants, interprète, frais de route.', max_length=600, verbose_name='à dire avant de s’inscrire')),
                ('is_called_off', models.BooleanField(default=False, verbose_name='elle n’a pas lieu')),
                ('called_off_words', models.CharField(blank=True, max_length=300, verbose_name='pourquoi')),
                ('minutes', wagtail.fields.RichTextField(blank=True, verbose_name='compte rendu')),
                ('sequel_words', wagtail.fields.RichTextField(blank=True, verbose_name='suites, en quelques mots')),
            ],
            options={
                'verbose_name': 'événement',
                'verbose_name_plural': 'événements',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='rencontres.eventpage')),
                ('name', models.CharField(help_text='« Centre communautaire, salle A », ou « À distance ».', max_length=160, verbose_name='salle')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('access', models.TextField(blank=True, help_text='Stationnement, transport, rampe, ascenseur, toilettes, boucle magnétique.', max_length=600, verbose_name='s’y rendre, y entrer')),
            ],
            options={
                'verbose_name': 'lieu',
                'verbose_name_plural': 'lieux',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='rencontres.eventpage')),
                ('day', models.DateField(blank=True, help_text='Vide: le premier jour.', null=True, verbose_name='jour')),
                ('starts', models.TimeField(verbose_name='de')),
                ('ends', models.TimeField(blank=True, null=True, verbose_name='à')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('text', models.TextField(blank=True, max_length=800, verbose_name='précisions')),
                ('speakers', models.CharField(blank=True, max_length=200, verbose_name='avec qui')),
                ('room', models.CharField(blank=True, max_length=100, verbose_name='où')),
            ],
            options={
                'verbose_name': 'moment du programme',
                'verbose_name_plural': 'moments du programme',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='workshops', to='rencontres.eventpage')),
                ('key', models.CharField(blank=True, max_length=16, verbose_name='clé')),
                ('period', models.CharField(blank=True, help_text='« Avant-midi »: on choisit un seul atelier par période.', max_length=60, verbose_name='période')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('text', models.TextField(blank=True, max_length=800, verbose_name='de quoi il s’agit')),
                ('leader', models.CharField(blank=True, max_length=200, verbose_name='avec qui')),
                ('room', models.CharField(blank=True, max_length=100, verbose_name='où')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='Vide: autant qu’on veut.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='places')),
            ],
            options={
                'verbose_name': 'atelier',
                'verbose_name_plural': 'ateliers',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EventDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='rencontres.eventpage')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cms.sitedocument', verbose_name='fichier')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sequel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('event', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='sequels', to='rencontres.eventpage')),
                ('words', models.CharField(max_length=300, verbose_name='ce qui a été convenu')),
                ('carrier', models.CharField(blank=True, help_text='Un organisme ou un comité.', max_length=160, verbose_name='qui s’en occupe')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour quand')),
                ('state', models.CharField(choices=[('planned', 'à faire'), ('under_way', 'en cours'), ('done', 'fait'), ('dropped', 'laissé de côté')], default='planned', max_length=10, verbose_name='état')),
                ('outcome', models.CharField(blank=True, max_length=400, verbose_name='ce que ça a donné')),
            ],
            options={
                'verbose_name': 'suite',
                'verbose_name_plural': 'suites',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='rencontres.eventpage', verbose_name='événement')),
                ('state', models.CharField(choices=[('confirmed', 'place retenue'), ('waiting', 'liste d’attente'), ('cancelled', 'annulée')], max_length=10, verbose_name='état')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('organisation', models.CharField(blank=True, max_length=150, verbose_name='organisme ou communauté')),
                ('needs', models.TextField(blank=True, verbose_name='besoins: accès, repas')),
                ('consent_text', models.TextField(blank=True, verbose_name='texte de consentement lu')),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='inscrite le')),
                ('promoted_at', models.DateTimeField(blank=True, null=True, verbose_name='sortie de la liste d’attente le')),
                ('came', models.BooleanField(default=False, verbose_name='présente')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='renseignements effacés le')),
                ('token', models.CharField(default=rencontres.models.registrations.random_token, editable=False, max_length=60, unique=True)),
                ('form_key', models.CharField(editable=False, help_text='Le même formulaire envoyé deux fois n’est gardé qu’une fois.', max_length=40, unique=True)),
            ],
            options={
                'verbose_name': 'inscription',
                'verbose_name_plural': 'inscriptions',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='registration_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkshopChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='rencontres.registration', verbose_name='inscription')),
                ('workshop_key', models.CharField(max_length=16, verbose_name='atelier')),
            ],
            options={
                'verbose_name': 'atelier choisi',
                'verbose_name_plural': 'ateliers choisis',
                'constraints': [models.UniqueConstraint(fields=('registration', 'workshop_key'), name='choice_once')],
            },
        ),
        migrations.CreateModel(
            name='RegionalMeetingIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des rencontres régionales',
                'verbose_name_plural': 'listes des rencontres régionales',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RegionalMeetingPage',
            fields=[
                ('eventpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='rencontres.eventpage')),
                ('synthesis', models.ForeignKey(blank=True, help_text='Publier la rencontre publie sa dernière édition figée, si aucune ne l’est.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='appreciation.synthesis', verbose_name='synthèse')),
            ],
            options={
                'verbose_name': 'rencontre régionale',
                'verbose_name_plural': 'rencontres régionales',
            },
            bases=('rencontres.eventpage',),
        ),
    ]
