"""A nation worked out some authorities at a time has the figures it has when worked out at once."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import engine
from hearth.measures.periods import series
from hearth.synthetic.authority import make
from hearth.tables import batches

DAY = date(2026, 3, 31)


@pytest.mark.parametrize("by", [("authority",), ("authority", "sex")])
def test_figures_by_authority_do_not_depend_on_the_batches(
    by: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    nation = make(60, 2, 4, as_of=DAY, authorities=5)
    whole = engine.measure(nation, series(DAY, 2), by=by)
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 100)
    assert batches.is_large(nation)
    assert len(list(batches.parts(nation))) > 1
    assert engine.measure(nation, series(DAY, 2), by=by).equals(whole)


def test_the_parts_hold_every_row_once() -> None:
    nation = make(60, 2, 4, as_of=DAY, authorities=5)
    split = list(batches.parts(nation))
    for name, frame in nation.tables.items():
        assert sum(part[name].height for part in split) == frame.height
