import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

import cms.stream_fields
import home.pages.listing
import home.pages.news
from core.first_migration import FirstMigration


class Migration(FirstMigration):
    replaces = [
        ('home', '0001_initial'),
        ('home', '0002_standard_pages_texts'),
        ('home', '0003_blocks'),
        ('home', '0004_organisation_pages'),
        ('home', '0005_glossary'),
        ('home', '0006_broken_links'),
        ('home', '0007_useful_counts'),
        ('home', '0008_home_heading'),
    ]

    dependencies = [
        ('cms', '0001_squashed_0010_search_index'),
        ('reference', '0001_squashed_0003_localities'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des nouvelles',
                'verbose_name_plural': 'listes des nouvelles',
            },
            bases=(home.pages.listing.OneStepChildrenMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('published_on', models.DateField(default=home.pages.news.today, verbose_name='date')),
                ('summary', models.TextField(help_text='Ce qui arrive, où, et pourquoi cela compte. Le reste est à la source.', max_length=900, verbose_name='en quelques phrases')),
                ('source_name', models.CharField(blank=True, help_text='Qui le dit: un organisme, un journal.', max_length=150, verbose_name='source')),
                ('source_url', models.URLField(blank=True, max_length=300, verbose_name='adresse de la source')),
                ('issues', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='news', to='reference.issue', verbose_name='enjeux')),
                ('places', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='news', to='reference.place', verbose_name='lieux')),
            ],
            options={
                'verbose_name': 'nouvelle',
                'verbose_name_plural': 'nouvelles',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='BrokenLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page', verbose_name='page')),
                ('url', models.CharField(max_length=500, verbose_name='adresse')),
                ('reason', models.CharField(max_length=60, verbose_name='raison')),
                ('failures', models.PositiveSmallIntegerField(default=1, verbose_name='nuits de suite')),
                ('found_on', models.DateField(verbose_name='depuis le')),
            ],
            options={
                'verbose_name': 'lien brisé',
                'verbose_name_plural': 'liens brisés',
                'ordering': ('found_on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('page', 'url'), name='broken_link_once_a_page')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('territorial', 'comité territorial'), ('regional', 'comité ou table de la région'), ('partner', 'partenaire'), ('network', 'réseau national')], max_length=12, verbose_name='sorte')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='nom')),
                ('acronym', models.CharField(blank=True, max_length=20, verbose_name='sigle')),
                ('territory', models.ForeignKey(blank=True, help_text='Vide: toute la région, ou au-delà.', limit_choices_to={'kind': 'territory'}, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='organisations', to='reference.place', verbose_name='territoire')),
                ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='organisations', to='reference.issue', verbose_name='enjeu')),
                ('description', models.TextField(blank=True, max_length=400, verbose_name='ce qu’elle fait')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='site')),
                ('email', models.EmailField(blank=True, help_text='Une adresse d’organisme, pas de personne.', max_length=254, verbose_name='courriel')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='téléphone')),
                ('source', models.CharField(blank=True, help_text='D’où vient ce qui est dit ici, et l’année.', max_length=250, verbose_name='source')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ('position', 'name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DirectoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'répertoire des partenaires',
                'verbose_name_plural': 'répertoires des partenaires',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GlossaryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'lexique',
                'verbose_name_plural': 'lexiques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='home.glossarypage')),
                ('term', models.CharField(max_length=80, verbose_name='mot')),
                ('other_forms', models.CharField(blank=True, help_text='Séparées par des virgules: le pluriel, le sigle.', max_length=250, verbose_name='autres façons de l’écrire')),
                ('definition', models.TextField(help_text='Une phrase ou deux, en mots simples.', max_length=350, verbose_name='définition')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'mot du lexique',
                'verbose_name_plural': 'mots du lexique',
                'ordering': ('term', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('page', 'term'), name='glossary_term_once', violation_error_message='Ce mot est déjà dans le lexique.')],
            },
        ),
        migrations.CreateModel(
            name='IssueIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des enjeux',
                'verbose_name_plural': 'listes des enjeux',
            },
            bases=(home.pages.listing.OneStepChildrenMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='IssuePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('issue', models.OneToOneField(error_messages={'unique': 'Cet enjeu a déjà sa page: ouvrez-la pour la changer.'}, on_delete=django.db.models.deletion.PROTECT, related_name='page', to='reference.issue', verbose_name='enjeu')),
                ('introduction', models.TextField(help_text='De quoi il s’agit, et qui s’en occupe.', max_length=500, verbose_name='en deux phrases')),
                ('body', cms.stream_fields.BlocksField(blank=True, verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'page d’enjeu',
                'verbose_name_plural': 'pages d’enjeux',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des ressources',
                'verbose_name_plural': 'listes des ressources',
            },
            bases=(home.pages.listing.OneStepChildrenMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('kind', models.CharField(choices=[('guide', 'guide'), ('evaluation', 'outil d’évaluation adaptée'), ('participation', 'outil de participation citoyenne'), ('study', 'étude ou portrait'), ('publication', 'publication du Consortium')], max_length=15, verbose_name='sorte')),
                ('summary', models.TextField(help_text='Pour qui, pour faire quoi, en combien de temps.', max_length=700, verbose_name='à quoi elle sert')),
                ('author', models.CharField(blank=True, help_text='Un organisme, ou qui signe le document.', max_length=200, verbose_name='auteur')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1900), django.core.validators.MaxValueValidator(2100)], verbose_name='année')),
                ('licence', models.CharField(choices=[('cc_by', 'CC BY 4.0'), ('cc_by_sa', 'CC BY-SA 4.0'), ('cc_by_nc', 'CC BY-NC 4.0'), ('ours', 'LiLiQ-P 1.1'), ('all_rights', 'tous droits réservés'), ('unknown', 'licence non précisée')], default='unknown', max_length=12, verbose_name='licence')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='adresse')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cms.sitedocument', verbose_name='fichier')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page de ce site')),
                ('searched_words', models.TextField(blank=True, editable=False, verbose_name='mots pour la recherche')),
                ('issues', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='resources', to='reference.issue', verbose_name='enjeux')),
            ],
            options={
                'verbose_name': 'ressource',
                'verbose_name_plural': 'ressources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('body', cms.stream_fields.BlocksField(blank=True, verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'page ordinaire',
                'verbose_name_plural': 'pages ordinaires',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TerritoryIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des territoires',
                'verbose_name_plural': 'listes des territoires',
            },
            bases=(home.pages.listing.OneStepChildrenMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='TerritoryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('place', models.OneToOneField(error_messages={'unique': 'Ce territoire a déjà sa page: ouvrez-la pour la changer.'}, limit_choices_to={'kind': 'territory'}, on_delete=django.db.models.deletion.PROTECT, related_name='territory_page', to='reference.place', verbose_name='territoire')),
                ('committee_name', models.CharField(blank=True, max_length=200, verbose_name='nom du comité')),
                ('introduction', models.TextField(help_text='Le comité: qui il réunit, ce qu’il fait.', max_length=500, verbose_name='en deux phrases')),
                ('committee_email', models.EmailField(blank=True, help_text='Une adresse d’organisme, pas de personne.', max_length=254, verbose_name='courriel du comité')),
                ('committee_phone', models.CharField(blank=True, max_length=40, verbose_name='téléphone du comité')),
                ('committee_url', models.URLField(blank=True, max_length=300, verbose_name='site du comité')),
                ('body', cms.stream_fields.BlocksField(blank=True, help_text='Priorités, membres (des organismes), réalisations, données du milieu.', verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'page de territoire',
                'verbose_name_plural': 'pages de territoires',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='UsefulCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='useful_counts', to='wagtailcore.page', verbose_name='page')),
                ('day', models.DateField(verbose_name='jour')),
                ('yes', models.PositiveIntegerField(default=0, verbose_name='oui')),
                ('no', models.PositiveIntegerField(default=0, verbose_name='non')),
            ],
            options={
                'verbose_name': 'avis sur une page',
                'verbose_name_plural': 'avis sur les pages',
                'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='useful_count_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('heading', models.CharField(default='Se rassembler, se voir tel qu’on est, avancer.', help_text='Une phrase courte: ce que les gens viennent faire ici.', max_length=90, verbose_name='grand titre')),
                ('introduction', wagtail.fields.RichTextField(blank=True, help_text='Deux lignes au plus, sous le grand titre.', verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'page d’accueil',
                'verbose_name_plural': 'pages d’accueil',
            },
            bases=('wagtailcore.page',),
        ),
    ]
