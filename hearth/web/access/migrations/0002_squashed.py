"""Restricted records, and openings of a record in an emergency."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hearth.web.config.create_together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ('access', '0005_restricted_and_emergency'),
    ]

    initial = True

    dependencies = [
        ('access', '0001_squashed'),
        ('children', '0001_squashed'),
    ]

    operations = [
        CreateTogether(
            models=[migrations.CreateModel(
                name='EmergencyOpening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.TextField(verbose_name='why')),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ends_at', models.DateTimeField()),
                    ('looked_at_at', models.DateTimeField(null=True)),
                    ('finding', models.TextField(blank=True, verbose_name='what the manager found')),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_openings', to='children.child')),
                    ('looked_at_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_openings', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'ordering': ('-opened_at',),
                    'indexes': [models.Index(fields=['user', 'child', 'ends_at'], name='emergency_of_a_person')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('opened_at'))), name='emergency_ends_after_it_begins')],
                },
            ), migrations.CreateModel(
                name='Restriction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.TextField(verbose_name='why')),
                    ('may_be_opened_in_emergency', models.BooleanField(default=True, verbose_name='may be opened in an emergency')),
                    ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('lifted_at', models.DateTimeField(null=True)),
                    ('why_lifted', models.TextField(blank=True, verbose_name='why it was lifted')),
                    ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='children.child')),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('people', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who may open it')),
                ],
                options={
                    'ordering': ('-begun_at',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('child',), name='one_standing_restriction_a_child')],
                },
            )],
        ),
    ]
