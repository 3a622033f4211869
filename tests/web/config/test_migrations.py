"""Migrations that became one: a record that has all they replace goes on, one that lacks some is told what to do."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hearth.web.config import health, ready
from hearth.web.config.backup import keeping
from hearth.web.config.backup.archive import BackupError, Contents, write

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


@pytest.fixture
def a_backup_with(tmp_path):
    """The file of a backup whose tables have the changes given, and nothing else."""

    def build(changes):
        (tmp_path / "parts" / "database").mkdir(parents=True)
        contents = Contents(connection.vendor, "2026-03-31T09:00:00+00:00", [list(one) for one in changes], {})
        write(tmp_path / "kept.hearth", contents, tmp_path / "parts")
        return tmp_path / "kept.hearth"

    return build


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda made: made | {("children", "0999_to_come")}, "is of a newer Hearth (it has children 0999_to_come)"),
        (lambda made: made - {("children", "0003_drafts")}, "The backup is of a version of Hearth before 26 November"),
    ],
)
def test_a_backup_that_cannot_be_gone_on_from_leaves_the_record_as_it_is(a_backup_with, a_child, changed, said):
    there = a_child()
    with pytest.raises(BackupError, match=re.escape(said)):
        keeping.restore(a_backup_with(changed(set(health.made()))), over=True)
    assert type(there).objects.get() == there


def test_every_model_stands_as_its_migrations_make_it():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
