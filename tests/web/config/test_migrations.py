"""Migrations that became one: a record that has all they replace goes on, one that lacks some is told what to do."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hearth.web.config import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_before():
    """The record says that it has the changes one by one, as it did before they became one."""
    one = [key for key, migration in MigrationLoader(connection).disk_migrations.items() if migration.replaces]
    for app, name in one:
        MigrationRecorder.Migration.objects.filter(app=app, name=name).delete()
    return one


def test_a_record_with_every_change_of_before_waits_for_nothing(as_before):
    assert ("children", "0001_squashed") in as_before
    assert not ready.database_waits()


@pytest.mark.parametrize(
    ("app", "name"), [("children", "0015_what_access_asks_of_a_child"), ("access", "0001_initial")]
)
def test_a_record_that_lacks_some_is_told_which_version_brings_them(as_before, app, name):
    assert MigrationRecorder.Migration.objects.filter(app=app, name=name).delete()[0] == 1
    with pytest.raises(ready.NotReadyError, match=r"lack changes that have since become one: run `hearth manage"):
        ready.database_waits()


def test_every_model_stands_as_its_migrations_make_it():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
