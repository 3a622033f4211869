"""Loads, what they said and what they carry."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hearth.web.config.create_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ('intake', '0001_initial'),
        ('intake', '0002_snapshot_day'),
        ('intake', '0003_loads'),
        ('intake', '0004_checks'),
        ('intake', '0005_what_a_load_carries'),
    ]

    initial = True

    dependencies = [
        ('access', '0001_squashed'),
    ]

    operations = [
        CreateTogether(
            models=[migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40, verbose_name='kind of source')),
                    ('said', models.CharField(max_length=500, verbose_name='what was loaded, in words')),
                    ('loaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('snapshot_on', models.DateField(null=True, verbose_name='day the source speaks of')),
                    ('overwrote_owned', models.BooleanField(default=False, verbose_name='what Hearth recorded was overwritten')),
                    ('speaks_to', models.DateField(null=True, verbose_name='last day on which something happened in the source')),
                    ('carries', models.JSONField(null=True, verbose_name='what the source is able to carry; null: not kept, so everything')),
                ],
                options={
                    'verbose_name': 'load',
                    'ordering': ('-loaded_at', '-pk'),
                },
            ), migrations.CreateModel(
                name='Problem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file', models.CharField(max_length=300)),
                    ('row', models.PositiveIntegerField(null=True, verbose_name='row below the heading')),
                    ('column', models.CharField(max_length=200, null=True)),
                    ('value', models.CharField(max_length=200, null=True, verbose_name='value in the source')),
                    ('ours', models.CharField(max_length=200, null=True, verbose_name='value in Hearth')),
                    ('child_id', models.CharField(max_length=500, null=True, verbose_name='identifier of the child')),
                    ('problem', models.TextField()),
                    ('remedy', models.TextField()),
                    ('effect', models.CharField(max_length=60, verbose_name='what was done')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='intake.batch')),
                ],
                options={
                    'ordering': ('pk',),
                    'indexes': [models.Index(fields=['batch', 'effect'], name='problem_by_effect')],
                },
            ), migrations.CreateModel(
                name='TableCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(max_length=60)),
                    ('new', models.PositiveIntegerField(default=0)),
                    ('changed', models.PositiveIntegerField(default=0)),
                    ('unchanged', models.PositiveIntegerField(default=0)),
                    ('withdrawn', models.PositiveIntegerField(default=0, verbose_name='no longer in the source')),
                    ('kept', models.PositiveIntegerField(default=0, verbose_name='kept as recorded in Hearth')),
                    ('set_aside', models.PositiveIntegerField(default=0)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='intake.batch')),
                ],
                options={
                    'ordering': ('pk',),
                },
            ), migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('folder', models.CharField(max_length=60, unique=True)),
                    ('files', models.JSONField(default=list)),
                    ('authority', models.CharField(blank=True, max_length=20)),
                    ('overwrite_owned', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('reading', 'being read'), ('ready', 'ready to load'), ('loading', 'being loaded'), ('loaded', 'loaded'), ('failed', 'could not be loaded'), ('dropped', 'dropped')], default='reading', max_length=10)),
                    ('said', models.TextField(blank=True, verbose_name='what came of it')),
                    ('preview', models.JSONField(null=True)),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-given_at', '-pk'),
                },
            ), migrations.CreateModel(
                name='Check',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('run_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('said', models.CharField(max_length=500, verbose_name='what was checked')),
                    ('year', models.PositiveIntegerField(verbose_name='year in which the collection ends')),
                    ('rules_run', models.PositiveIntegerField(default=0)),
                    ('not_run', models.JSONField(default=list, verbose_name='rules that could not be checked, with the reason')),
                    ('findings', models.JSONField(default=list)),
                    ('run_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('upload', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='check_made', to='intake.upload')),
                ],
                options={
                    'ordering': ('-run_at', '-pk'),
                },
            )],
        ),
    ]
