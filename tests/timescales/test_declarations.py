"""A duty is data: about eight lines, no duty named by an engine, all of it printed by one command."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from statistics import median

import pytest
from click.testing import CliRunner

import hearth.timescales
from hearth.cli import hearth as command
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import words
from hearth.timescales.limits import national

HERE = Path(hearth.timescales.__file__).parent
ENGINES = (
    "acts",
    "ahead",
    "duty",
    "engine",
    "explain",
    "forecast",
    "history",
    "judging",
    "links",
    "owed",
    "standing",
    "worklist",
)
COLUMNS = {
    *(
        "id",
        "title",
        "area",
        "status",
        "owner",
        "owed_to",
        "trigger",
        "first_due",
        "repeats",
        "counted_from",
        "variations",
    ),
    *("counts_as_done", "law", "reported", "edge_cases", "verification", "limits", "rules", "needs", "overtaken"),
    "computed",
}


def declarations() -> dict[str, int]:
    """The lines of each declaration of a duty that stands by itself, by module and name."""
    found = {}
    for path in HERE.glob("*.py"):
        for each in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call):
                made = each.value.func
                if isinstance(made, ast.Name) and made.id == "Duty" and each.end_lineno is not None:
                    found[f"{path.stem}.{ast.unparse(each.targets[0])}"] = each.end_lineno - each.lineno + 1
    return found


def test_a_duty_is_about_eight_lines():
    lines = declarations()
    assert len(lines) > 150
    assert median(lines.values()) <= 8
    assert sum(n <= 8 for n in lines.values()) > 0.75 * len(lines)
    assert max(lines.values()) < 20


@pytest.mark.parametrize("name", ENGINES)
def test_the_engine_has_no_branch_that_names_a_duty(name: str):
    tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert said.isdisjoint(DUTIES)
    assert said.isdisjoint(row.id for row in national().rows if row.id not in ("adulthood", "leap-day-birthday"))


def test_the_command_lists_every_duty_with_all_its_columns():
    rows = json.loads(CliRunner().invoke(command, ["duties", "--format", "json"]).stdout)
    assert [row["id"] for row in rows] == list(words())
    assert len({row["id"] for row in rows}) == 164
    assert all(set(row) == COLUMNS for row in rows)
    asked = (
        "id",
        "title",
        "area",
        "status",
        "owner",
        "owed_to",
        "law",
        "limits",
        "rules",
        "needs",
        "overtaken",
        "computed",
        "verification",
    )
    assert [(row["id"], name) for row in rows for name in asked if not row[name]] == []


def test_the_reference_prints_each_duty_with_its_examples():
    root = HERE.parents[1]
    page = (root / "docs" / "reference" / "duties.md").read_text(encoding="utf-8")
    printed = {part.split("`")[0]: part for part in page.split("\n### `")[1:]}
    assert set(printed) == set(DUTIES)
    assert [duty for duty, part in printed.items() if "Examples, as of" not in part] == []
