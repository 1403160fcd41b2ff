import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

import background.models
import cms.document_files
from core.first_migration import FirstMigration


INDEX = 'cms_indexentry_title_body'


def make_index(_apps, schema_editor):
    """PostgreSQL: what is searched is « title || body », and only each alone has an index.

    Without this one each search reads the whole text of every page: seconds, for 2,000 pages.
    """
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(
            f'CREATE INDEX {INDEX} ON wagtailsearch_indexentry USING gin ((title || body))'
        )


def drop_index(_apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(f'DROP INDEX IF EXISTS {INDEX}')


class Migration(FirstMigration):
    replaces = [
        ('cms', '0001_initial'),
        ('cms', '0002_yearly_and_delay'),
        ('cms', '0003_media_tracks'),
        ('cms', '0004_media_size'),
        ('cms', '0005_public_mark'),
        ('cms', '0006_form_sendings'),
        ('cms', '0007_public_search'),
        ('cms', '0008_figure_imports'),
        ('cms', '0009_word_places'),
        ('cms', '0010_search_index'),
    ]

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('wagtailsearch', '0010_add_text_fields'),  # the index below
        # Not needed, but quick: the libraries' migrations run before our tables are there.
        ('account', '0009_emailaddress_unique_primary_email'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('usersessions', '0001_initial'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailmedia', '0005_alter_media_options'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearchpromotions', '0008_query_verbose_name'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        migrations.CreateModel(
            name='FigureImportJob',
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
                'verbose_name': 'import de chiffres',
                'verbose_name_plural': 'imports de chiffres',
                'ordering': ('-asked_at', '-pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=32, verbose_name='marque')),
            ],
            options={
                'verbose_name': 'marque de ce qui est public',
                'verbose_name_plural': 'marques de ce qui est public',
            },
        ),
        migrations.CreateModel(
            name='MediaFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='media', verbose_name='file')),
                ('type', models.CharField(choices=[('audio', 'Audio file'), ('video', 'Video file')], max_length=255)),
                ('duration', models.FloatField(blank=True, default=0, help_text='Duration in seconds', validators=[django.core.validators.MinValueValidator(0)], verbose_name='duration')),
                ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width')),
                ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height')),
                ('thumbnail', models.FileField(blank=True, upload_to='media_thumbnails', verbose_name='thumbnail')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True, verbose_name='poids en octets')),
            ],
            options={
                'verbose_name': 'fichier audio ou vidéo',
                'verbose_name_plural': 'fichiers audio ou vidéo',
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='MediaTrack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('media', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tracks', to='cms.mediafile', verbose_name='film ou son')),
                ('kind', models.CharField(choices=[('captions', 'sous-titres'), ('subtitles', 'traduction'), ('chapters', 'chapitres'), ('descriptions', 'description de l’image')], max_length=12, verbose_name='sorte')),
                ('srclang', models.CharField(choices=[('fr', 'français'), ('en', 'English'), ('atj', 'atikamekw nehiromowin'), ('es', 'español')], default='fr', max_length=3, verbose_name='langue')),
                ('content', models.TextField(verbose_name='texte WebVTT')),
                ('fingerprint', models.CharField(db_index=True, editable=False, max_length=32, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'piste de texte',
                'verbose_name_plural': 'pistes de texte',
                'ordering': ['kind', 'srclang'],
                'constraints': [models.UniqueConstraint(fields=('media', 'kind', 'srclang'), name='one_track_of_a_kind_per_language')],
            },
        ),
        migrations.CreateModel(
            name='PublicText',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='public_text', serialize=False, to='wagtailcore.page', verbose_name='page')),
                ('title', models.CharField(max_length=255, verbose_name='titre')),
                ('text', models.TextField(blank=True, verbose_name='texte')),
                ('places', models.TextField(blank=True, verbose_name='places des radicaux dans le texte')),
            ],
            options={
                'verbose_name': 'texte public',
                'verbose_name_plural': 'textes publics',
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='mot sans accent')),
                ('written', models.CharField(max_length=60, verbose_name='comme on l’écrit')),
                ('stem', models.CharField(db_index=True, max_length=40, verbose_name='radical')),
                ('pages', models.PositiveIntegerField(default=1, verbose_name='pages qui le portent')),
            ],
            options={
                'verbose_name': 'mot du site',
                'verbose_name_plural': 'mots du site',
            },
        ),
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, verbose_name='version')),
            ],
            options={
                'verbose_name': 'version du contenu public',
                'verbose_name_plural': 'versions du contenu public',
            },
        ),
        migrations.CreateModel(
            name='PublicFormSending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.SlugField(max_length=30, verbose_name='formulaire')),
                ('address_key', models.CharField(db_index=True, max_length=64)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'envoi d’un formulaire public',
                'verbose_name_plural': 'envois de formulaires publics',
            },
        ),
        migrations.CreateModel(
            name='SiteSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('site_title', models.CharField(default='Appréciation des communautés', max_length=100, verbose_name='titre du site')),
                ('organisation_name', models.CharField(default='Consortium en développement social', max_length=120, verbose_name='organisme')),
                ('organisation_place', models.CharField(blank=True, default='de la Mauricie', max_length=80, verbose_name='de quelle région')),
                ('motto', models.CharField(blank=True, max_length=120, verbose_name='devise')),
                ('adviser_name', models.CharField(blank=True, help_text='Son nom et son téléphone sont sur chaque écran d’animation.', max_length=120, verbose_name='personne à appeler')),
                ('adviser_phone', models.CharField(blank=True, max_length=40, verbose_name='téléphone')),
                ('adviser_email', models.EmailField(blank=True, max_length=254, verbose_name='courriel')),
                ('privacy_officer', models.CharField(blank=True, help_text='Titre et coordonnées (Loi 25).', max_length=200, verbose_name='responsable des renseignements personnels')),
                ('help_delay_days', models.PositiveSmallIntegerField(default=2, help_text='Promis à la personne qui demande de l’aide; du lundi au vendredi.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='réponse à une demande d’aide, en jours ouvrables')),
                ('yearly_new_appraisals', models.PositiveSmallIntegerField(default=2, help_text='0: n’est pas suivi.', verbose_name='nouvelles démarches par année')),
                ('yearly_meetings', models.PositiveSmallIntegerField(default=0, help_text='0: n’est pas suivi.', verbose_name='rencontres tenues par année')),
                ('yearly_publications', models.PositiveSmallIntegerField(default=0, help_text='0: n’est pas suivi.', verbose_name='démarches publiées par année')),
                ('disclosure_k', models.PositiveSmallIntegerField(default=5, help_text='Sous ce nombre de personnes, un résultat reste caché. Jamais moins de 3.', validators=[django.core.validators.MinValueValidator(3)], verbose_name='réponses au moins, hors de la salle')),
                ('agreement_clear', models.DecimalField(decimal_places=2, default=Decimal('0.60'), max_digits=3, validators=[django.core.validators.MinValueValidator(Decimal('-1')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='accord net à partir de')),
                ('agreement_partial', models.DecimalField(decimal_places=2, default=Decimal('0.30'), max_digits=3, validators=[django.core.validators.MinValueValidator(Decimal('-1')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='accord partiel à partir de')),
                ('agreement_shared', models.DecimalField(decimal_places=2, default=Decimal('0.00'), help_text='En dessous: avis opposés.', max_digits=3, validators=[django.core.validators.MinValueValidator(Decimal('-1')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='avis partagés à partir de')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='site de démonstration')),
            ],
            options={
                'verbose_name': 'réglages du site',
            },
        ),
        migrations.CreateModel(
            name='SiteImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='crédit')),
                ('licence', models.CharField(blank=True, max_length=100, verbose_name='licence')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='cms.siteimage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='unique_rendition')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='SiteDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('is_private', models.BooleanField(default=True, help_text='Lu seulement par les personnes qui y ont droit. Décochez pour le rendre public.', verbose_name='privé')),
                ('file', cms.document_files.DocumentFileField(max_length=200, upload_to=cms.document_files.document_folder, verbose_name='fichier')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AddField(
            model_name='mediafile',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='siteimage',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.AddField(
            model_name='sitedocument',
            name='tags',
            field=taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
