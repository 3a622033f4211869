"""What is owed, the weeks ahead, drift and the boards, as last worked out."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from hearth.web.config.create_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ('work', '0001_what_is_owed'),
        ('work', '0002_weeks_ahead_drift_and_sign_offs'),
        ('work', '0003_the_limit_of_what_is_owed'),
        ('work', '0004_boards_and_their_lists'),
    ]

    initial = True

    dependencies = [
        ('access', '0001_squashed'),
        ('children', '0001_squashed'),
        ('intake', '0001_squashed'),
    ]

    operations = [
        CreateTogether(
            models=[migrations.CreateModel(
                name='Awaited',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of_table', models.CharField(max_length=80)),
                    ('of_id', models.PositiveBigIntegerField()),
                    ('recorded_at', models.DateTimeField()),
                    ('is_again', models.BooleanField(verbose_name='it was sent back before')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='children.child')),
                ],
                options={
                    'verbose_name': 'what waits for a sign-off',
                    'verbose_name_plural': 'what waits for a sign-off',
                    'constraints': [models.UniqueConstraint(fields=('of_table', 'of_id'), name='a_row_waits_once')],
                },
            ), migrations.CreateModel(
                name='DayReckoned',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('as_of', models.DateField()),
                    ('begun_at', models.DateTimeField()),
                    ('done_at', models.DateTimeField(null=True)),
                    ('moved_at', models.DateTimeField(null=True)),
                    ('weeks_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'day worked out',
                    'verbose_name_plural': 'days worked out',
                    'ordering': ('-pk',),
                },
            ), migrations.CreateModel(
                name='ForecastWeek',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by', models.CharField(max_length=10)),
                    ('group', models.CharField(max_length=300)),
                    ('week', models.PositiveSmallIntegerField()),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('falls_due', models.PositiveIntegerField()),
                    ('already_late', models.PositiveIntegerField()),
                    ('managed_median', models.FloatField(null=True)),
                    ('managed_best', models.PositiveIntegerField(null=True)),
                    ('can_be_done', models.BooleanField(null=True)),
                    ('why', models.CharField(max_length=400)),
                ],
                options={
                    'verbose_name': 'week of the forecast',
                    'verbose_name_plural': 'weeks of the forecast',
                    'ordering': ('by', 'group', 'week'),
                    'constraints': [models.UniqueConstraint(fields=('by', 'group', 'week'), name='one_forecast_a_week')],
                },
            ), migrations.CreateModel(
                name='HistoricalSignOff',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('answered_on', models.DateField(verbose_name='answered on')),
                    ('about', models.CharField(max_length=500, verbose_name='what was answered')),
                    ('of_table', models.CharField(max_length=500, verbose_name='kind of record')),
                    ('of_id', models.PositiveBigIntegerField(editable=False, verbose_name='number of the row')),
                    ('of_revision', models.PositiveIntegerField(editable=False, verbose_name='version of the row')),
                    ('answer', models.CharField(choices=[('agreed', 'Agreed'), ('sent back', 'Sent back')], max_length=10, verbose_name='answer')),
                    ('reason', models.TextField(blank=True, default='', verbose_name='what the manager says')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('batch', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='children.child')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': "historical manager's sign-off",
                    'verbose_name_plural': "historical managers' sign-offs",
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Owed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('duty', models.CharField(max_length=80)),
                    ('opened_on', models.DateField()),
                    ('triggered_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('done_on', models.DateField(null=True)),
                    ('refused_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('adult_on', models.DateField(null=True)),
                    ('is_known', models.BooleanField()),
                    ('last_done_on', models.DateField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owed', to='children.child')),
                    ('limit', models.CharField(default='', max_length=80)),
                ],
                options={
                    'verbose_name': 'what is owed',
                    'verbose_name_plural': 'what is owed',
                    'indexes': [models.Index(fields=['child', 'due_on'], name='owed_child_due'), models.Index(fields=['duty', 'due_on'], name='owed_duty_due')],
                },
            ), migrations.CreateModel(
                name='OwedElsewhere',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('duty', models.CharField(max_length=80)),
                    ('opened_on', models.DateField()),
                    ('triggered_on', models.DateField(null=True)),
                    ('due_on', models.DateField(null=True)),
                    ('done_on', models.DateField(null=True)),
                    ('refused_on', models.DateField(null=True)),
                    ('ended_on', models.DateField(null=True)),
                    ('adult_on', models.DateField(null=True)),
                    ('is_known', models.BooleanField()),
                    ('last_done_on', models.DateField(null=True)),
                    ('limit', models.CharField(default='', max_length=80)),
                    ('subject', models.CharField(max_length=40)),
                    ('subject_id', models.CharField(max_length=300)),
                ],
                options={
                    'verbose_name': 'what is owed elsewhere',
                    'verbose_name_plural': 'what is owed elsewhere',
                    'indexes': [models.Index(fields=['subject', 'due_on'], name='owed_elsewhere_due')],
                },
            ), migrations.CreateModel(
                name='Reckoning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('reckoned_at', models.DateTimeField(auto_now_add=True)),
                    ('rows', models.PositiveIntegerField()),
                ],
                options={
                    'ordering': ('-pk',),
                    'get_latest_by': 'pk',
                },
            ), migrations.CreateModel(
                name='SignOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('answered_on', models.DateField(verbose_name='answered on')),
                    ('about', models.CharField(max_length=500, verbose_name='what was answered')),
                    ('of_table', models.CharField(max_length=500, verbose_name='kind of record')),
                    ('of_id', models.PositiveBigIntegerField(editable=False, verbose_name='number of the row')),
                    ('of_revision', models.PositiveIntegerField(editable=False, verbose_name='version of the row')),
                    ('answer', models.CharField(choices=[('agreed', 'Agreed'), ('sent back', 'Sent back')], max_length=10, verbose_name='answer')),
                    ('reason', models.TextField(blank=True, default='', verbose_name='what the manager says')),
                    ('batch', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.child')),
                    ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': "manager's sign-off",
                    'verbose_name_plural': "managers' sign-offs",
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_withdrawn', False)), fields=('of_table', 'of_id', 'of_revision'), name='one_answer_a_version', violation_error_message='This version has its answer already')],
                },
            ), migrations.CreateModel(
                name='Stage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('drift', models.CharField(max_length=80)),
                    ('opened_on', models.DateField()),
                    ('ended_on', models.DateField(null=True)),
                    ('moved_on', models.DateField(null=True)),
                    ('still_from', models.DateField(null=True)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='children.child')),
                ],
                options={
                    'verbose_name': 'stage of a journey',
                    'verbose_name_plural': 'stages of journeys',
                    'indexes': [models.Index(fields=['child', 'drift'], name='stage_of_a_child')],
                },
            )],
        ),
    ]
