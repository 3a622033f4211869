"""People, their posts and teams, the log that is only added to, and the tries to sign in."""

import django.db.models.deletion
import django.db.models.functions.text
from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hearth.web.access.append_only import GUARDED, guard, release
from hearth.web.config.create_together import CreateTogether

TRIES = "access_throttle"
"""The table in which tries are counted, so that every process that serves counts the same."""


def keep(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in GUARDED:
        guard(editor, table)


def let_go(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in GUARDED:
        release(editor, table)


def make_tries(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", TRIES, database=editor.connection.alias, verbosity=0)


def drop_tries(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(f"DROP TABLE {TRIES}")


class Migration(migrations.Migration):
    replaces = [
        ('access', '0001_initial'),
        ('access', '0002_the_log'),
        ('access', '0003_the_log_is_only_added_to'),
        ('access', '0004_sessions_ended'),
        ('access', '0006_throttle'),
        ('access', '0007_lists_in_the_log'),
        ('access', '0008_no_line_is_replaced'),
        ('access', '0009_social_work_number'),
        ('access', '0010_acts_on_a_child'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether(
            models=[migrations.CreateModel(
                name='Listing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True, verbose_name="digest of the children's keys")),
                ],
            ), migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, unique=True, verbose_name='name')),
                    ('service', models.CharField(max_length=200, verbose_name='service')),
                    ('locality', models.CharField(blank=True, max_length=200, verbose_name='locality')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ],
                options={
                    'ordering': ('name',),
                },
            ), migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('worker_id', models.CharField(blank=True, max_length=100, null=True, unique=True, verbose_name='identifier in the record')),
                    ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                    ('is_made_up', models.BooleanField(default=False, verbose_name='a made-up person of the demonstration')),
                    ('added_at', models.DateTimeField(auto_now_add=True)),
                    ('sessions_ended', models.PositiveIntegerField(default=0, editable=False, verbose_name='times signed out everywhere')),
                    ('registration', models.CharField(blank=True, default='', max_length=100, verbose_name='Social Work England number')),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'ordering': ('name', 'pk'),
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_an_address')],
                },
            ), migrations.CreateModel(
                name='ListedChild',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('child_id', models.BigIntegerField(verbose_name='child')),
                    ('listing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='access.listing')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('child_id', 'listing'), name='child_listed_once')],
                },
            ), migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('social_worker', 'Social worker'), ('personal_adviser', 'Personal adviser'), ('reviewing_officer', 'Reviewing officer'), ('team_manager', 'Team manager'), ('service_manager', 'Service manager'), ('virtual_school', 'Virtual school'), ('health', 'Health'), ('placements', 'Placements and commissioning'), ('participation', 'Participation'), ('analyst', 'Analyst'), ('board_member', 'Board member'), ('administrator', 'Administrator')], max_length=40, verbose_name='role')),
                    ('started_on', models.DateField(verbose_name='from')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='access.team')),
                ],
                options={
                    'ordering': ('user', 'started_on', 'pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='post_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('role__in', ['social_worker', 'personal_adviser', 'reviewing_officer', 'team_manager', 'service_manager', 'virtual_school', 'health', 'placements', 'participation', 'analyst', 'board_member', 'administrator'])), name='post_of_a_known_role')],
                },
            ), migrations.CreateModel(
                name='AuditEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                    ('role', models.CharField(blank=True, choices=[('social_worker', 'Social worker'), ('personal_adviser', 'Personal adviser'), ('reviewing_officer', 'Reviewing officer'), ('team_manager', 'Team manager'), ('service_manager', 'Service manager'), ('virtual_school', 'Virtual school'), ('health', 'Health'), ('placements', 'Placements and commissioning'), ('participation', 'Participation'), ('analyst', 'Analyst'), ('board_member', 'Board member'), ('administrator', 'Administrator')], max_length=40, verbose_name='role')),
                    ('what', models.CharField(max_length=100, verbose_name='what')),
                    ('child_id', models.BigIntegerField(null=True, verbose_name='child')),
                    ('page', models.CharField(blank=True, max_length=100, verbose_name='page')),
                    ('why', models.TextField(blank=True, verbose_name='why')),
                    ('details', models.JSONField(default=dict, verbose_name='details')),
                    ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.post', verbose_name='in which post')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                    ('listing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.listing', verbose_name='children listed')),
                ],
                options={
                    'ordering': ('-at', '-pk'),
                    'indexes': [models.Index(fields=['child_id', '-at'], name='log_of_a_child'), models.Index(fields=['user', '-at'], name='log_of_a_person'), models.Index(condition=models.Q(('what__in', ('read', 'exported')), _negated=True), fields=['child_id', '-at'], name='acts_on_a_child')],
                },
            )],
        ),
        migrations.RunPython(keep, let_go),
        migrations.RunPython(make_tries, drop_tries),
    ]
