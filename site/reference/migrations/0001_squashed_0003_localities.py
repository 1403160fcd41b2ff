import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

from core.first_migration import FirstMigration


class Migration(FirstMigration):
    replaces = [
        ('reference', '0001_initial'),
        ('reference', '0002_indicators'),
        ('reference', '0003_localities'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Dimension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('is_active', models.BooleanField(default=True, verbose_name='en usage')),
            ],
            options={
                'verbose_name': 'dimension',
                'verbose_name_plural': 'dimensions',
                'ordering': ('position', 'name'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('is_active', models.BooleanField(default=True, verbose_name='en usage')),
            ],
            options={
                'verbose_name': 'enjeu',
                'verbose_name_plural': 'enjeux',
                'ordering': ('position', 'name'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('is_active', models.BooleanField(default=True, verbose_name='en usage')),
            ],
            options={
                'verbose_name': 'secteur',
                'verbose_name_plural': 'secteurs',
                'ordering': ('position', 'name'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('is_active', models.BooleanField(default=True, verbose_name='en usage')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='thème')),
                ('unit', models.CharField(blank=True, max_length=30, verbose_name='unité')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='décimales montrées')),
                ('may_be_negative', models.BooleanField(default=False, verbose_name='peut être négatif')),
                ('dimension', models.ForeignKey(blank=True, help_text='La dimension d’appréciation que ce chiffre éclaire.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='indicators', to='reference.dimension', verbose_name='dimension voisine')),
                ('rollup', models.CharField(choices=[('none', 'celui de la source, sinon aucun'), ('sum', 'la somme des municipalités'), ('ratio', 'un rapport de deux sommes'), ('change', 'la variation d’une somme')], default='none', max_length=10, verbose_name='chiffre du territoire')),
                ('rollup_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.indicator', verbose_name='calculé avec')),
                ('rollup_over', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.indicator', verbose_name='divisé par')),
            ],
            options={
                'verbose_name': 'indicateur',
                'verbose_name_plural': 'indicateurs',
                'ordering': ('position', 'name'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndicatorSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.SlugField(max_length=40, verbose_name='série')),
                ('edition', models.CharField(max_length=40, verbose_name='édition')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('publisher', models.CharField(max_length=120, verbose_name='organisme')),
                ('licence', models.CharField(max_length=120, verbose_name='licence')),
                ('url', models.URLField(blank=True, max_length=300, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'source d’indicateurs',
                'verbose_name_plural': 'sources d’indicateurs',
                'ordering': ('publisher', 'name', 'edition'),
                'constraints': [models.UniqueConstraint(fields=('series', 'edition'), name='indicator_source_once_an_edition')],
            },
        ),
        migrations.CreateModel(
            name='Breakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True, verbose_name='code')),
                ('axis', models.CharField(choices=[('age', 'l’âge'), ('gender', 'le genre'), ('income', 'le revenu')], max_length=10, verbose_name='selon')),
                ('label', models.CharField(max_length=80, verbose_name='classe')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
            ],
            options={
                'verbose_name': 'ventilation',
                'verbose_name_plural': 'ventilations',
                'ordering': ('axis', 'position', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('region', 'région'), ('territory', 'territoire de développement social'), ('municipality', 'municipalité'), ('unorganized_territory', 'territoire non organisé'), ('first_nation_community', 'communauté atikamekw'), ('local_community', 'communauté locale'), ('locality', 'lieu habité'), ('external', 'lieu hors région')], max_length=30, verbose_name='genre')),
                ('name', models.CharField(max_length=150, verbose_name='nom')),
                ('slug', models.SlugField(max_length=160, unique=True, verbose_name='adresse')),
                ('designation', models.CharField(blank=True, help_text='Ville, municipalité, paroisse…', max_length=60, verbose_name='désignation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='reference.place', verbose_name='fait partie de')),
                ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='année de la population')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='existe depuis')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='a existé jusqu’au')),
                ('geometry', models.JSONField(blank=True, null=True, verbose_name='contour (GeoJSON)')),
                ('geometry_source', models.CharField(blank=True, max_length=300, verbose_name='source du contour')),
                ('is_demo', models.BooleanField(default=False, verbose_name='fictif (démonstration)')),
            ],
            options={
                'verbose_name': 'lieu',
                'verbose_name_plural': 'lieux',
                'ordering': ('name', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='place_validity_in_order', violation_error_message='La date de fin précède la date de début.')],
            },
        ),
        migrations.CreateModel(
            name='IndicatorValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicator_values', to='reference.place', verbose_name='lieu')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='reference.indicator', verbose_name='indicateur')),
                ('period', models.CharField(max_length=9, verbose_name='période')),
                ('breakdown', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='values', to='reference.breakdown', verbose_name='classe')),
                ('value', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='valeur')),
                ('status', models.CharField(choices=[('published', 'publié'), ('rounded', 'arrondi par la source'), ('estimated', 'à lire avec prudence'), ('suppressed', 'masqué par la source (trop peu de personnes)'), ('not_available', 'non disponible'), ('not_comparable', 'comparaison impossible')], default='published', max_length=15, verbose_name='statut')),
                ('symbol', models.CharField(blank=True, max_length=12, verbose_name='symbole de la source')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='reference.indicatorsource', verbose_name='source')),
                ('file_name', models.CharField(blank=True, max_length=150, verbose_name='fichier')),
                ('line', models.PositiveIntegerField(blank=True, null=True, verbose_name='ligne du fichier')),
                ('is_computed', models.BooleanField(default=False, verbose_name='calculé à partir des municipalités')),
            ],
            options={
                'verbose_name': 'valeur d’indicateur',
                'verbose_name_plural': 'valeurs d’indicateurs',
                'ordering': ('indicator', 'place', 'period'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('breakdown__isnull', True)), fields=('place', 'indicator', 'period'), name='indicator_value_once'), models.UniqueConstraint(condition=models.Q(('breakdown__isnull', False)), fields=('place', 'indicator', 'period', 'breakdown'), name='indicator_value_once_a_class'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('published', 'rounded', 'estimated')), _negated=True), ('value__isnull', False), _connector='OR'), name='indicator_value_shown_exists'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('suppressed', 'not_available')), _negated=True), ('value__isnull', True), _connector='OR'), name='indicator_value_hidden_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='PortraitItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.OneToOneField(error_messages={'unique': 'Cet indicateur est déjà dans la liste.'}, on_delete=django.db.models.deletion.CASCADE, related_name='portrait_item', to='reference.indicator', verbose_name='indicateur')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
                ('is_key_figure', models.BooleanField(default=False, help_text='Dit en grand, en tête du portrait.', verbose_name='chiffre clé')),
            ],
            options={
                'verbose_name': 'chiffre des portraits',
                'verbose_name_plural': 'chiffres des portraits',
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='PlacePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='part_links', to='reference.place', verbose_name='communauté')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='whole_links', to='reference.place', verbose_name='lieu')),
                ('share', models.DecimalField(blank=True, decimal_places=3, help_text='Part de la population du lieu qui vit dans la communauté; vide = inconnue.', max_digits=4, null=True, verbose_name='part (0 à 1)')),
            ],
            options={
                'verbose_name': 'partie de communauté',
                'verbose_name_plural': 'parties de communauté',
                'constraints': [models.UniqueConstraint(fields=('whole', 'part'), name='place_part_once'), models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gt', 0), ('share__lte', 1)), _connector='OR'), name='place_part_share_in_range', violation_error_message='La part va de 0 (exclu) à 1.')],
            },
        ),
        migrations.CreateModel(
            name='PlaceCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='reference.place', verbose_name='lieu')),
                ('scheme', models.CharField(choices=[('mamh', 'code géographique (MAMH)'), ('sdr', 'subdivision de recensement (Statistique Canada)'), ('mrc', 'MRC ou territoire équivalent'), ('region', 'région administrative'), ('other', 'autre')], max_length=10, verbose_name='nomenclature')),
                ('code', models.CharField(max_length=20, verbose_name='code')),
            ],
            options={
                'verbose_name': 'code de lieu',
                'verbose_name_plural': 'codes de lieu',
                'ordering': ('scheme', 'code'),
                'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='place_code_unique_in_scheme')],
            },
        ),
        migrations.CreateModel(
            name='PlacePopulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='populations', to='reference.place', verbose_name='lieu')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('basis', models.CharField(choices=[('census', 'recensement (Statistique Canada)'), ('decree', 'décret de population (MAMH)')], max_length=10, verbose_name='base')),
                ('count', models.PositiveIntegerField(verbose_name='personnes')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
            ],
            options={
                'verbose_name': 'population',
                'verbose_name_plural': 'populations',
                'ordering': ('-year', 'basis'),
                'constraints': [models.UniqueConstraint(fields=('place', 'year', 'basis'), name='place_population_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='PlaceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='later_changes', to='reference.place', verbose_name='avant')),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_changes', to='reference.place', verbose_name='après')),
                ('kind', models.CharField(choices=[('merger', 'fusion'), ('split', 'scission'), ('annexation', 'annexion'), ('renaming', 'changement de nom')], max_length=20, verbose_name='genre')),
                ('date', models.DateField(verbose_name='date')),
            ],
            options={
                'verbose_name': 'changement de limites',
                'verbose_name_plural': 'changements de limites',
                'ordering': ('date', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Typology',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.SlugField(max_length=40, verbose_name='nomenclature')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('name', models.CharField(max_length=150, verbose_name='nom')),
                ('description', models.TextField(blank=True, verbose_name='ce qu’elle dit, et ce qu’elle ne dit pas')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='typologies', to='reference.indicatorsource', verbose_name='source')),
            ],
            options={
                'verbose_name': 'typologie',
                'verbose_name_plural': 'typologies',
                'ordering': ('scheme', 'version'),
                'constraints': [models.UniqueConstraint(fields=('scheme', 'version'), name='typology_once_a_version')],
            },
        ),
        migrations.CreateModel(
            name='TypologyType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typology', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='types', to='reference.typology', verbose_name='typologie')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('label', models.CharField(max_length=150, verbose_name='libellé')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='rang')),
            ],
            options={
                'verbose_name': 'type',
                'verbose_name_plural': 'types',
                'ordering': ('position', 'code'),
                'constraints': [models.UniqueConstraint(fields=('typology', 'code'), name='typology_type_once')],
            },
        ),
        migrations.CreateModel(
            name='TypeAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='type_assignments', to='reference.place', verbose_name='lieu')),
                ('typology', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='reference.typology', verbose_name='typologie')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='reference.typologytype', verbose_name='type')),
                ('community_agreed_on', models.DateField(blank=True, null=True, verbose_name='la communauté a accepté de le montrer le')),
                ('file_name', models.CharField(blank=True, max_length=150, verbose_name='fichier')),
            ],
            options={
                'verbose_name': 'type d’un lieu',
                'verbose_name_plural': 'types des lieux',
                'ordering': ('typology', 'place'),
                'constraints': [models.UniqueConstraint(fields=('place', 'typology'), name='type_of_a_place_once')],
            },
        ),
        migrations.AddField(
            model_name='place',
            name='parts',
            field=models.ManyToManyField(blank=True, related_name='wholes', through='reference.PlacePart', through_fields=('whole', 'part'), to='reference.place', verbose_name='composée de'),
        ),
    ]
