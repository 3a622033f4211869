"""The return of the made-up authority passes the check, apart from what the published wording asks of any return."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hearth.returns import ssda903
from hearth.returns.ssda903.checking.source import read
from hearth.synthetic.authority import make
from hearth.synthetic.register import register

INHERENT = {
    "187": "adopted on 31 March: by the published definition looked after throughout",
    "232": "a query: sex is not known",
    "624": "a care leaver's motherhood is not asked for (628), so her child's birth disappears from the return",
    "625": "she left, had her child, and came back in the same year: the rule looks at the end before the birth",
    "1001": "care before the two years is not seen",
    "1002": "care before the two years is not seen",
    "SW11bSTG2": "she left care, and her worker, in the year's last days",
    "SW12STG2": "the worker was there before care began",
    "SW17STG2": "the worker ended with care",
}
"""Rules whose published wording finds what is well recorded, and why."""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_in_our_own_return_is_an_artefact_of_ours(seed: int, tmp_path: Path) -> None:
    record = make(400, 4, seed)
    ssda903.write(record, tmp_path / "this_year", 2026)
    ssda903.write(record, tmp_path / "prev_year", 2025)
    found = read(tmp_path / "this_year", tmp_path / "prev_year")
    facts = {"collection_year": 2026, "authority": found.authority, "providers": register(record)}
    checked = ssda903.check(found.tables, facts)
    assert set(checked.findings["code"].unique()) - INHERENT.keys() == set()
    assert checked.not_run["code"].to_list() == ["105"]
    assert not checked.findings.filter(pl.col("code") == "1002").is_empty()
