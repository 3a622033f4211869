"""Figures of the day, and the children behind them."""

from django.db import migrations, models

from hearth.web.config.create_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ('figures', '0001_figures_of_the_day'),
        ('figures', '0002_what_must_be_known_of_comparisons'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether(
            models=[migrations.CreateModel(
                name='Behind',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(max_length=80, unique=True)),
                    ('rows', models.JSONField(default=list)),
                ],
            ), migrations.CreateModel(
                name='Figure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(max_length=80)),
                    ('is_public', models.BooleanField()),
                    ('as_of', models.DateField()),
                    ('period_start', models.DateField(null=True)),
                    ('shown', models.CharField(blank=True, max_length=200, verbose_name='the figure in words')),
                    ('basis', models.CharField(blank=True, max_length=200, verbose_name='what it is made of')),
                    ('not_known', models.PositiveIntegerField(null=True)),
                    ('status', models.CharField(blank=True, max_length=60)),
                    ('tone', models.CharField(blank=True, max_length=10)),
                    ('because', models.TextField(blank=True)),
                    ('moved', models.TextField(blank=True, verbose_name='direction in words')),
                    ('unavailable', models.TextField(blank=True, verbose_name='why there is no figure')),
                    ('series', models.JSONField(default=list, verbose_name='months: day, value or null, figure in words, made of')),
                    ('bands', models.JSONField(default=list, verbose_name='bands: words, number, share')),
                    ('compared', models.JSONField(default=list, verbose_name='published figures: whose, year, figure')),
                    ('comparison_note', models.TextField(blank=True, verbose_name='what must be known of the published figures')),
                ],
                options={
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(fields=('measure', 'is_public'), name='one_figure_a_measure')],
                },
            ), migrations.CreateModel(
                name='Paper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('as_of', models.DateField()),
                    ('body', models.TextField()),
                ],
            )],
        ),
    ]
