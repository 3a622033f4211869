"""What is recorded of safety, and its history."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import hearth.web.children.fields
from hearth.web.config.create_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ('safety', '0001_initial'),
        ('safety', '0002_times_of_absence'),
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
                name='Allegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('made_on', models.DateField(verbose_name='made on')),
                    ('against', models.CharField(max_length=500, verbose_name='against whom: carer, staff, teacher')),
                    ('what', models.TextField(blank=True, default='', verbose_name='what was said')),
                    ('told_designated_officer_on', models.DateField(blank=True, null=True, verbose_name='designated officer told')),
                    ('concluded_on', models.DateField(blank=True, null=True, verbose_name='concluded on')),
                    ('outcome', hearth.web.children.fields.CodeField(blank=True, codes_from='allegation_outcome', max_length=60, null=True)),
                    ('child_told_on', models.DateField(blank=True, null=True, verbose_name='child told of the outcome')),
                    ('batch', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.child')),
                    ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('concluded_on__gte', models.F('made_on'))), name='allegation_concluded_on_not_before', violation_error_message='Concluded is before made: correct one of them')],
                },
            ), migrations.CreateModel(
                name='Conviction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('convicted_on', models.DateField(blank=True, null=True, verbose_name='day of the offence or outcome')),
                    ('offence', models.CharField(blank=True, max_length=500, null=True, verbose_name='offence in words')),
                    ('batch', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.child')),
                    ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='HistoricalAllegation',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('made_on', models.DateField(verbose_name='made on')),
                    ('against', models.CharField(max_length=500, verbose_name='against whom: carer, staff, teacher')),
                    ('what', models.TextField(blank=True, default='', verbose_name='what was said')),
                    ('told_designated_officer_on', models.DateField(blank=True, null=True, verbose_name='designated officer told')),
                    ('concluded_on', models.DateField(blank=True, null=True, verbose_name='concluded on')),
                    ('outcome', hearth.web.children.fields.CodeField(blank=True, codes_from='allegation_outcome', max_length=60, null=True)),
                    ('child_told_on', models.DateField(blank=True, null=True, verbose_name='child told of the outcome')),
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
                    'verbose_name': 'historical allegation',
                    'verbose_name_plural': 'historical allegations',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalConviction',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('convicted_on', models.DateField(blank=True, null=True, verbose_name='day of the offence or outcome')),
                    ('offence', models.CharField(blank=True, max_length=500, null=True, verbose_name='offence in words')),
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
                    'verbose_name': 'historical conviction',
                    'verbose_name_plural': 'historical convictions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalMissingEpisode',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', hearth.web.children.fields.CodeField(blank=True, codes_from='missing_type', max_length=60, null=True, verbose_name='missing, or away without authorisation')),
                    ('started_on', models.DateField(verbose_name='began')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                    ('returned_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time of return')),
                    ('is_interview_offered', models.BooleanField(blank=True, null=True, verbose_name='return interview offered')),
                    ('is_interview_accepted', models.BooleanField(blank=True, null=True, verbose_name='return interview accepted')),
                    ('interview_held_on', models.DateField(blank=True, null=True, verbose_name='day the interview was held')),
                    ('interview_held_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time the interview was held')),
                    ('circumstances', models.TextField(blank=True, default='', verbose_name='what happened, where last seen, with whom')),
                    ('found', models.TextField(blank=True, default='', verbose_name='where and how the child was found')),
                    ('interviewer', models.CharField(blank=True, max_length=500, null=True, verbose_name='who held the interview')),
                    ('interview_findings', models.TextField(blank=True, default='', verbose_name='what the child said at the interview')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('batch', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='children.child')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('started_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time the child went missing')),
                ],
                options={
                    'verbose_name': 'historical missing episode',
                    'verbose_name_plural': 'historical missing episodes',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalRiskAssessment',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', hearth.web.children.fields.CodeField(codes_from='risk', max_length=60, verbose_name='risk assessed')),
                    ('assessed_on', models.DateField(verbose_name='day of the assessment')),
                    ('level', hearth.web.children.fields.CodeField(blank=True, codes_from='risk_level', max_length=60, null=True, verbose_name='level of risk found')),
                    ('panel_agreed_on', models.DateField(blank=True, null=True, verbose_name='panel agreed that the risk has fallen from high to low')),
                    ('reasons', models.TextField(blank=True, default='', verbose_name='why this level')),
                    ('plan', models.TextField(blank=True, default='', verbose_name='what will keep the child safe')),
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
                    'verbose_name': 'historical risk assessment',
                    'verbose_name_plural': 'historical risk assessments',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='MissingEpisode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', hearth.web.children.fields.CodeField(blank=True, codes_from='missing_type', max_length=60, null=True, verbose_name='missing, or away without authorisation')),
                    ('started_on', models.DateField(verbose_name='began')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                    ('returned_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time of return')),
                    ('is_interview_offered', models.BooleanField(blank=True, null=True, verbose_name='return interview offered')),
                    ('is_interview_accepted', models.BooleanField(blank=True, null=True, verbose_name='return interview accepted')),
                    ('interview_held_on', models.DateField(blank=True, null=True, verbose_name='day the interview was held')),
                    ('interview_held_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time the interview was held')),
                    ('circumstances', models.TextField(blank=True, default='', verbose_name='what happened, where last seen, with whom')),
                    ('found', models.TextField(blank=True, default='', verbose_name='where and how the child was found')),
                    ('interviewer', models.CharField(blank=True, max_length=500, null=True, verbose_name='who held the interview')),
                    ('interview_findings', models.TextField(blank=True, default='', verbose_name='what the child said at the interview')),
                    ('batch', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.child')),
                    ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('started_at', hearth.web.children.fields.MomentField(blank=True, null=True, verbose_name='time the child went missing')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_withdrawn', False), ('ended_on__isnull', True)), fields=('child',), name='one_open_missingepisode', violation_error_message='The child is already recorded as missing: end that episode first'), models.CheckConstraint(condition=models.Q(('ended_on__gte', models.F('started_on'))), name='missingepisode_ended_on_not_before', violation_error_message='Ended is before started: correct one of them'), models.CheckConstraint(condition=models.Q(('kind__in', ['M', 'A'])), name='missingepisode_kind_known', violation_error_message='Kind is not a code of the list missing type')],
                },
            ), migrations.CreateModel(
                name='RiskAssessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('note', models.TextField(blank=True, null=True, verbose_name='note')),
                    ('is_withdrawn', models.BooleanField(default=False, editable=False)),
                    ('revision', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', hearth.web.children.fields.CodeField(codes_from='risk', max_length=60, verbose_name='risk assessed')),
                    ('assessed_on', models.DateField(verbose_name='day of the assessment')),
                    ('level', hearth.web.children.fields.CodeField(blank=True, codes_from='risk_level', max_length=60, null=True, verbose_name='level of risk found')),
                    ('panel_agreed_on', models.DateField(blank=True, null=True, verbose_name='panel agreed that the risk has fallen from high to low')),
                    ('reasons', models.TextField(blank=True, default='', verbose_name='why this level')),
                    ('plan', models.TextField(blank=True, default='', verbose_name='what will keep the child safe')),
                    ('batch', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.batch')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='children.child')),
                    ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['exploitation', 'missing'])), name='riskassessment_kind_known', violation_error_message='Kind is not a code of the list risk'), models.CheckConstraint(condition=models.Q(('level__in', ['low', 'medium', 'high'])), name='riskassessment_level_known', violation_error_message='Level is not a code of the list risk level')],
                },
            )],
        ),
    ]
