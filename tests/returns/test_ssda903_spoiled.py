"""However a return is spoiled, good rows are kept and no child is counted twice or lost unsaid."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.returns.source import open_source

JUNK = st.sampled_from(
    ["", "?", "99", "XX", "01/01/1900", "31/02/2024", "2024-05-01", "01/01/2036", '"', "=1+1", "é,,,"]
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_spoiled_cell_ends_in_a_problem_at_most(shared: Path, tmp_path: Path, data: st.DataObject):
    folder = tmp_path / "spoiled"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(shared / "data" / "returns" / "small-2026" / "this_year", folder)
    files = sorted(folder.iterdir())
    for _ in range(data.draw(st.integers(1, 6))):
        _spoil(data.draw(st.sampled_from(files)), data)
    record = open_source(folder)
    assert (record.counts["read"] == record.counts["kept"] + record.counts["set_aside"]).all()
    assert not record["people"]["child_id"].is_duplicated().any()
    periods = record["periods_of_care"]
    assert set(periods["child_id"]) <= set(record["people"]["child_id"])


def _spoil(file: Path, data: st.DataObject) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[at].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(JUNK)
    file.write_text("\n".join([*lines[:at], ",".join(cells), *lines[at + 1 :]]) + "\n", encoding="utf-8")
