import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import background.models
import pratiques.models.proposals
import pratiques.pages.unreviewed
from core.first_migration import FirstMigration


def detach_the_first_workflow(apps, schema_editor):
    """Wagtail's first migration hangs « Moderators approval » on every page: nobody asked for it."""
    workflow_page = apps.get_model('wagtailcore', 'WorkflowPage')
    workflow_page.objects.filter(
        page__depth=1, workflow__name='Moderators approval'
    ).delete()


class Migration(FirstMigration):
    replaces = [
        ('pratiques', '0001_practices'),
        ('pratiques', '0002_freshness'),
        ('pratiques', '0003_imports'),
        ('pratiques', '0004_dossiers'),
        ('pratiques', '0005_proposals'),
        ('pratiques', '0006_adaptations'),
        ('pratiques', '0007_review'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('cms', '0001_squashed_0010_search_index'),
        ('reference', '0001_squashed_0003_localities'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, help_text='250 mots au plus.', verbose_name='résumé')),
                ('status', models.CharField(choices=[('emerging', 'novatrice'), ('promising', 'prometteuse'), ('supported', 'porteuse'), ('recognized', 'reconnue')], default='emerging', max_length=12, verbose_name='preuve')),
                ('milieu_size', models.CharField(blank=True, choices=[('under_500', 'moins de 500 personnes'), ('under_2000', '500 à 1 999 personnes'), ('under_10000', '2 000 à 9 999 personnes'), ('over_10000', '10 000 personnes ou plus')], max_length=12, verbose_name='taille du milieu')),
                ('milieu_kind', models.CharField(blank=True, choices=[('village', 'village ou milieu rural'), ('town', 'petite ville'), ('neighbourhood', 'quartier d’une ville'), ('first_nation', 'communauté autochtone'), ('territory', 'MRC ou grand territoire')], max_length=15, verbose_name='genre de milieu')),
                ('started_in', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='depuis (année)')),
                ('ended_in', models.PositiveSmallIntegerField(blank=True, help_text='Vide: toujours en cours.', null=True, verbose_name='jusqu’en (année)')),
                ('holder_name', models.CharField(blank=True, max_length=160, verbose_name='organisme porteur')),
                ('holder_url', models.URLField(blank=True, max_length=300, verbose_name='site de l’organisme')),
                ('contact_email', models.EmailField(blank=True, help_text='Une adresse d’organisme, pas de personne.', max_length=254, verbose_name='courriel de l’organisme')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='téléphone de l’organisme')),
                ('contact_hint', models.CharField(blank=True, help_text='Une fonction plutôt qu’un nom: « la coordination du jardin ».', max_length=120, verbose_name='qui demander')),
                ('situation', wagtail.fields.RichTextField(blank=True, verbose_name='situation de départ')),
                ('aims', wagtail.fields.RichTextField(blank=True, verbose_name='ce qu’on a voulu')),
                ('approach', wagtail.fields.RichTextField(blank=True, verbose_name='comment on s’y est pris')),
                ('concerned_people', wagtail.fields.RichTextField(blank=True, verbose_name='qui a participé')),
                ('what_did_not_work', wagtail.fields.RichTextField(blank=True, verbose_name='ce qui n’a pas marché')),
                ('success_conditions', wagtail.fields.RichTextField(blank=True, verbose_name='conditions de succès')),
                ('watch_points', wagtail.fields.RichTextField(blank=True, verbose_name='points de vigilance')),
                ('adaptation', wagtail.fields.RichTextField(blank=True, verbose_name='comment l’adapter ailleurs')),
                ('sequel', wagtail.fields.RichTextField(blank=True, verbose_name='la suite')),
                ('cost_band', models.CharField(blank=True, choices=[('none', 'sans dépense'), ('under_1000', 'moins de 1 000 $'), ('under_10000', '1 000 $ à 9 999 $'), ('under_50000', '10 000 $ à 49 999 $'), ('over_50000', '50 000 $ ou plus')], max_length=12, verbose_name='coût')),
                ('cost_detail', models.CharField(blank=True, max_length=250, verbose_name='précision sur le coût')),
                ('effort_band', models.CharField(blank=True, choices=[('light', 'quelques heures par mois'), ('steady', 'quelques heures par semaine'), ('heavy', 'une personne à temps partiel ou plus')], max_length=8, verbose_name='effort')),
                ('effort_detail', models.CharField(blank=True, max_length=250, verbose_name='précision sur l’effort')),
                ('video_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='vidéo')),
                ('consent_given', models.BooleanField(default=False, verbose_name='l’organisme porteur accepte que la fiche soit publiée')),
                ('consent_note', models.CharField(blank=True, help_text='Gardé pour l’équipe, jamais montré au public.', max_length=200, verbose_name='qui a accepté, et quand')),
                ('licence', models.CharField(choices=[('cc_by', 'CC BY 4.0'), ('cc_by_sa', 'CC BY-SA 4.0'), ('cc_by_nc', 'CC BY-NC 4.0'), ('open_licence', 'Licence Ouverte 2.0'), ('odbl', 'ODbL 1.0'), ('all_rights', 'tous droits réservés, publiée avec accord')], default='cc_by', max_length=15, verbose_name='licence')),
                ('verified_on', models.DateField(blank=True, editable=False, null=True, verbose_name='dernière vérification')),
                ('review_due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='à vérifier le')),
                ('source_name', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('source_url', models.URLField(blank=True, max_length=300, verbose_name='adresse de la source')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True, verbose_name='clé dans la source')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='fictive (démonstration)')),
                ('issues', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='practices', to='reference.issue', verbose_name='enjeux')),
                ('dimensions', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='practices', to='reference.dimension', verbose_name='dimensions')),
                ('sectors', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='practices', to='reference.sector', verbose_name='secteurs')),
                ('places', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='practices', to='reference.place', verbose_name='lieux')),
            ],
            options={
                'verbose_name': 'fiche de pratique',
                'verbose_name_plural': 'fiches de pratiques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Adaptation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adaptations', to='pratiques.practicepage', verbose_name='fiche')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reference.place', verbose_name='territoire')),
                ('group', models.CharField(max_length=160, verbose_name='groupe ou organisme')),
                ('words', models.TextField(max_length=1200, verbose_name='ce qui a été changé, ce que ça a donné')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('state', models.CharField(choices=[('waiting', 'à lire'), ('shown', 'paraît sur la fiche'), ('declined', 'ne paraît pas')], default='waiting', max_length=8, verbose_name='état')),
                ('received_at', models.DateTimeField(verbose_name='reçue le')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidée par')),
                ('erase_on', models.DateField(verbose_name='courriel effacé le')),
                ('form_key', models.CharField(editable=False, max_length=40, unique=True)),
                ('is_demo', models.BooleanField(default=False, verbose_name='démonstration')),
            ],
            options={
                'verbose_name': 'adaptation d’une pratique',
                'verbose_name_plural': 'adaptations de pratiques',
                'ordering': ('-received_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='FreshnessCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='freshness_checks', to='pratiques.practicepage', verbose_name='fiche')),
                ('token', models.CharField(default=background.models.random_token, editable=False, max_length=60, unique=True)),
                ('asked_at', models.DateTimeField(verbose_name='demandé le')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='rappelé le')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                ('reply', models.CharField(blank=True, choices=[('still_true', 'Tout est encore vrai'), ('changed', 'Quelque chose a changé'), ('ended', 'La pratique a pris fin')], max_length=12, verbose_name='réponse')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a changé')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='réglé par')),
            ],
            options={
                'verbose_name': 'vérification d’une fiche',
                'verbose_name_plural': 'vérifications de fiches',
                'ordering': ('-asked_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('practice',), name='freshness_check_one_open')],
            },
        ),
        migrations.CreateModel(
            name='ImportedValues',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported', to='pratiques.practicepage', verbose_name='fiche')),
                ('values', models.JSONField(default=dict, verbose_name='contenu importé')),
                ('file_name', models.CharField(max_length=200, verbose_name='fichier')),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='importé le')),
            ],
            options={
                'verbose_name': 'contenu importé',
                'verbose_name_plural': 'contenus importés',
            },
        ),
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandé par')),
                ('token', models.CharField(default=background.models.random_token, editable=False, max_length=60, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('stored_name', models.CharField(max_length=200, verbose_name='fichier gardé')),
                ('mapping', models.TextField(blank=True, verbose_name='correspondance')),
                ('state', models.CharField(choices=[('preview', 'à confirmer'), ('waiting', 'en attente'), ('running', 'en cours'), ('done', 'fini'), ('failed', 'arrêté')], default='preview', max_length=10, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='pris jusqu’à')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='avancement')),
                ('words', models.TextField(blank=True, verbose_name='où cela en est')),
                ('report', models.JSONField(blank=True, default=dict, verbose_name='compte rendu')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandé le')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
            ],
            options={
                'verbose_name': 'import de fiches',
                'verbose_name_plural': 'imports de fiches',
                'ordering': ('-asked_at', '-pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.CharField(default=pratiques.models.proposals.receipt_number, max_length=12, unique=True, verbose_name='reçu')),
                ('token', models.CharField(default=background.models.random_token, editable=False, max_length=60, unique=True)),
                ('confirmation_token', models.CharField(default=background.models.random_token, editable=False, max_length=60, unique=True)),
                ('story', models.TextField(blank=True, max_length=2000, verbose_name='ce qui a été fait, et où')),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='ce que ça a donné')),
                ('holder', models.CharField(blank=True, max_length=160, verbose_name='organisme')),
                ('contact', models.CharField(blank=True, max_length=160, verbose_name='qui appeler')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reference.place', verbose_name='territoire')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='courriel de qui propose')),
                ('photo', models.FileField(blank=True, storage=pratiques.models.proposals.private_storage, upload_to='propositions/', verbose_name='photo')),
                ('photo_words', models.CharField(blank=True, max_length=250, verbose_name='ce qu’on voit sur la photo')),
                ('state', models.CharField(choices=[('unconfirmed', 'courriel à confirmer'), ('waiting', 'à lire'), ('drafted', 'fiche commencée'), ('declined', 'non retenue')], default='unconfirmed', max_length=12, verbose_name='état')),
                ('received_at', models.DateTimeField(verbose_name='reçue le')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmée le')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='décidée le')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='décidée par')),
                ('decline_reason', models.CharField(blank=True, choices=[('too_early', 'trop tôt: la pratique commence à peine'), ('already_there', 'une fiche raconte déjà cette pratique'), ('other_subject', 'hors du développement social de la région'), ('no_contact', 'personne à appeler pour en savoir plus'), ('other', 'autre raison')], max_length=15, verbose_name='raison')),
                ('decision_words', models.TextField(blank=True, max_length=1000, verbose_name='mots de la lettre')),
                ('practice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='pratiques.practicepage', verbose_name='fiche')),
                ('form_key', models.CharField(editable=False, max_length=40, unique=True)),
                ('fingerprint', models.CharField(db_index=True, editable=False, max_length=64)),
                ('erase_on', models.DateField(verbose_name='renseignements effacés le')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='effacés le')),
                ('is_demo', models.BooleanField(default=False, verbose_name='démonstration')),
            ],
            options={
                'verbose_name': 'proposition de pratique',
                'verbose_name_plural': 'propositions de pratiques',
                'ordering': ('-received_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('unconfirmed', 'waiting'))), fields=('fingerprint',), name='proposal_same_words_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('readers_emerging', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='fiche « novatrice »')),
                ('readers_promising', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='fiche « prometteuse »')),
                ('readers_supported', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='fiche « porteuse »')),
                ('readers_recognized', models.PositiveSmallIntegerField(default=2, help_text='Chaque personne remplit aussi la grille courte.', validators=[django.core.validators.MaxValueValidator(5)], verbose_name='fiche « reconnue »')),
            ],
            options={
                'verbose_name': 'relecture des fiches',
            },
        ),
        migrations.CreateModel(
            name='PracticeReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task_state', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_readings', to='wagtailcore.taskstate', verbose_name='lecture demandée')),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lue par')),
                ('approves', models.BooleanField(verbose_name='approuve')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='commentaire')),
                ('relevance', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='pertinence')),
                ('ethics', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='éthique')),
                ('equity', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='équité')),
                ('participation', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='participation')),
                ('transferability', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='transférabilité')),
                ('evidence', models.PositiveSmallIntegerField(blank=True, choices=[(0, '0: la fiche ne le montre pas'), (1, '1: un peu'), (2, '2: bien'), (3, '3: très bien')], null=True, verbose_name='preuve')),
                ('read_at', models.DateTimeField(auto_now_add=True, verbose_name='lue le')),
            ],
            options={
                'verbose_name': 'lecture d’une fiche',
                'verbose_name_plural': 'lectures de fiches',
                'ordering': ('read_at', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('task_state', 'reader'), name='practice_reading_once')],
            },
        ),
        migrations.CreateModel(
            name='PracticeMoment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='moments', to='pratiques.practicepage')),
                ('when', models.CharField(help_text='« Mars 2023 », « deux ans après ».', max_length=60, verbose_name='quand')),
                ('text', models.TextField(max_length=600, verbose_name='ce qui s’est passé')),
                ('is_turning_point', models.BooleanField(default=False, verbose_name='moment charnière')),
            ],
            options={
                'verbose_name': 'moment',
                'verbose_name_plural': 'moments',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='pratiques.practicepage')),
                ('text', models.TextField(max_length=600, verbose_name='résultat')),
                ('proof_kind', models.CharField(choices=[('figures', 'chiffres suivis'), ('evaluation', 'évaluation'), ('testimony', 'témoignages recueillis'), ('observation', 'observation de l’équipe')], max_length=15, verbose_name='genre de preuve')),
                ('proof', models.TextField(help_text='D’où on le sait: qui a compté, quand, où c’est écrit.', max_length=600, verbose_name='preuve')),
                ('proof_url', models.URLField(blank=True, max_length=300, verbose_name='adresse de la preuve')),
            ],
            options={
                'verbose_name': 'résultat',
                'verbose_name_plural': 'résultats',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticePartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='pratiques.practicepage')),
                ('name', models.CharField(max_length=160, verbose_name='organisme')),
                ('support', models.CharField(choices=[('money', 'argent'), ('people', 'temps de personnes'), ('place', 'local ou matériel'), ('knowledge', 'savoir-faire'), ('political', 'appui politique'), ('other', 'autre')], max_length=12, verbose_name='genre d’appui')),
                ('detail', models.CharField(blank=True, max_length=200, verbose_name='précision')),
            ],
            options={
                'verbose_name': 'partenaire',
                'verbose_name_plural': 'partenaires',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='pratiques.practicepage')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cms.siteimage', verbose_name='photo')),
                ('alternative_text', models.CharField(help_text='Ce que voit une personne qui voit, en une phrase.', max_length=250, verbose_name='texte de remplacement')),
                ('caption', models.CharField(blank=True, max_length=250, verbose_name='légende')),
                ('credit', models.CharField(max_length=160, verbose_name='crédit')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='pratiques.practicepage')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cms.sitedocument', verbose_name='fichier')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='ou adresse')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PracticeCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='pratiques.practicepage')),
                ('criterion', models.CharField(choices=[('coherent_account', 'On comprend pourquoi cela devrait marcher'), ('observed_change', 'Un changement a été observé, avec une trace'), ('measured_change', 'Un changement a été mesuré avant et après'), ('local_recognition', 'Les personnes du milieu la reconnaissent'), ('outside_evaluation', 'Quelqu’un de l’extérieur l’a évaluée'), ('replicated', 'Elle a été reprise ailleurs au moins une fois')], max_length=25, verbose_name='critère')),
                ('explanation', models.TextField(max_length=400, verbose_name='comment on le sait')),
            ],
            options={
                'verbose_name': 'critère',
                'verbose_name_plural': 'critères',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'criterion'), name='practice_criterion_once')],
            },
        ),
        migrations.CreateModel(
            name='PracticeAppraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('practice', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='appraisal_links', to='pratiques.practicepage')),
                ('register_page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page', verbose_name='démarche du registre')),
            ],
            options={
                'verbose_name': 'démarche liée',
                'verbose_name_plural': 'démarches liées',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('practice', 'register_page'), name='practice_appraisal_once')],
            },
        ),
        migrations.CreateModel(
            name='CataloguePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'catalogue des pratiques',
                'verbose_name_plural': 'catalogues des pratiques',
            },
            bases=(pratiques.pages.unreviewed.UnreviewedMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='DossierPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(help_text='Pourquoi ces fiches se lisent ensemble, en quelques phrases.', verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
            },
            bases=(pratiques.pages.unreviewed.UnreviewedMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='DossierEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('dossier', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='pratiques.dossierpage')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='pratiques.practicepage', verbose_name='fiche')),
                ('sentence', models.CharField(help_text='Une phrase: ce qu’on y trouve que les autres n’ont pas.', max_length=300, verbose_name='pourquoi celle-ci')),
            ],
            options={
                'verbose_name': 'fiche du dossier',
                'verbose_name_plural': 'fiches du dossier',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('dossier', 'practice'), name='dossier_practice_once')],
            },
        ),
        migrations.CreateModel(
            name='CompletenessTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'complétude d’une fiche (automatique)',
                'verbose_name_plural': 'complétude des fiches (automatique)',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='ReadingTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'seconde lecture d’une fiche',
                'verbose_name_plural': 'seconde lecture des fiches',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.RunPython(detach_the_first_workflow, migrations.RunPython.noop),
    ]
