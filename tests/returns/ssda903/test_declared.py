"""Every published rule is declared, holds in the sets it was published for, and says what to look at."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from hearth.returns.ssda903.checking.declared import facts, in_force, rules
from hearth.returns.ssda903.checking.metadata import RULE_SETS

GUIDE = Path(__file__).parents[3] / "docs" / "reference" / "checking.md"


@pytest.fixture
def published(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "formats" / "ssda903" / "rules.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_the_newest_set_is_whole(published: dict[str, dict[str, str]]) -> None:
    assert len(published) == 322
    assert set(in_force(RULE_SETS[-1])) == set(published)


def test_each_rule_holds_from_the_set_that_brought_it(published: dict[str, dict[str, str]]) -> None:
    for number, rule_set in enumerate(RULE_SETS):
        since = {code for code, row in published.items() if RULE_SETS.index(row["first_rule_set"]) <= number}
        assert set(in_force(rule_set)) & set(published) == since


def test_what_was_added_and_removed_is_in_its_sets(shared: Path) -> None:
    with (shared / "formats" / "ssda903" / "rules-history.csv").open(encoding="utf-8") as file:
        history = list(csv.DictReader(file))
    for row in history:
        at = RULE_SETS.index(row["rule_set"])
        before, after = in_force(RULE_SETS[at - 1]), in_force(row["rule_set"])
        if row["what"] == "added":
            assert row["code"] not in before, row
            assert row["code"] in after, row
        elif row["what"] == "removed":
            assert row["code"] in before, row
            assert row["code"] not in after, row
        elif row["what"] == "written but not in force":
            assert row["code"] not in facts()


def test_a_changed_rule_has_its_versions(shared: Path) -> None:
    with (shared / "formats" / "ssda903" / "rules-history.csv").open(encoding="utf-8") as file:
        changed = {(r["code"], r["rule_set"]) for r in csv.DictReader(file) if r["what"] == "changed"}
    worded_only = {("226", "2025_26")}
    by_year = {("503D", "2024_25"), ("503D", "2025_26")}
    declared = {(rule.code, rule.since) for rule in rules()}
    assert changed - worded_only - by_year - declared == set()


def test_each_rule_says_what_to_look_at() -> None:
    assert [code for code, about in facts().items() if not about.look_at] == []


def test_the_example_of_the_guide_gives_what_it_says() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)
    checked = names["checked"]
    assert checked.rules_run == ("101", "102", "148")  # type: ignore[attr-defined]  # made by the guide's own lines
    assert checked.findings["code"].to_list() == ["101", "102", "148"]  # type: ignore[attr-defined]  # as above
