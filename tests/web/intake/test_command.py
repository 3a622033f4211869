"""`hearth load`: what it says before it does anything, and that it asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearth.cli.loading import load
from hearth.returns import hearth_tables
from hearth.web.children.models import Visit
from tests.web.intake.sources import a_source, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hearth_tables.write(a_source(visits=[{"visited_on": on("2026-03-01")}]), tmp_path / "extract")
    return tmp_path / "extract"


def told(*words: object, answer: str = "") -> Result:
    return CliRunner().invoke(load, [str(word) for word in words], input=answer)


def test_a_preview_says_what_would_be_done_and_does_nothing(folder: Path):
    result = told(folder, "--preview")
    assert result.exit_code == 0, result.output
    assert [line.split() for line in result.output.splitlines() if line.startswith("visits")] == [
        ["visits", "1", "0", "0", "0", "0", "0"]
    ]
    assert not Visit.objects.exists()


def test_it_asks_before_it_loads(folder: Path):
    told(folder, answer="n\n")
    assert not Visit.objects.exists()
    assert "hearth load --undo" in told(folder, answer="y\n").output
    assert Visit.objects.count() == 1


def test_a_second_load_says_that_there_is_nothing_to_do(folder: Path):
    told(folder, "--yes")
    assert "Nothing to change" in told(folder, "--yes").output


def test_a_load_is_undone_by_its_number(folder: Path):
    number = told(folder, "--yes").output.split("--undo ")[1].split()[0]
    assert "is undone" in told("--undo", number, "--yes").output
    assert not Visit.objects.exists()


REFUSED = [
    (("--undo", "99999", "--yes"), "There is no load 99999"),
    (("/nowhere/at/all",), "There is no file or folder"),
    ((), "Name a source to load"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED)
def test_what_cannot_be_done_ends_in_a_sentence(words: tuple[str, ...], sentence: str):
    result = told(*words)
    assert result.exit_code != 0
    assert sentence in result.output
    assert "Traceback" not in result.output
