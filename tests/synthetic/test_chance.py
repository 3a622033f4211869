"""Chance: the same for the same seed and keys wherever and in whatever order it is drawn, and true to its shares."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.synthetic import chance, shares
from hearth.synthetic.chance import Chance, among, spread

NUMBERS = pl.DataFrame({"number": pl.int_range(100_000, eager=True, dtype=pl.UInt64)})


def test_the_generator_gives_the_published_numbers() -> None:
    state = pl.Series([0], dtype=pl.UInt64)
    assert chance._mix(state)[0] == 16294208416658607535


def test_draws_fill_0_to_1_evenly() -> None:
    drawn = NUMBERS.select(Chance(1).draw("any", "number"))["number"]
    assert (drawn.min() or 0) >= 0
    assert (drawn.max() or 1) < 1
    assert drawn.mean() == pytest.approx(0.5, abs=0.005)


def test_another_seed_or_stream_gives_other_draws() -> None:
    drawn = NUMBERS.select(
        Chance(1).draw("visit", "number").alias("one"),
        Chance(2).draw("visit", "number").alias("seed"),
        Chance(1).draw("review", "number").alias("stream"),
    )
    assert drawn.filter((pl.col("one") == pl.col("seed")) | (pl.col("one") == pl.col("stream"))).is_empty()
    together = drawn.select(pl.corr("one", "seed").alias("seed"), pl.corr("one", "stream").alias("stream"))
    assert max(abs(value) for value in together.row(0)) < 0.02


@settings(deadline=None)
@given(st.integers(0, 2**32), st.permutations(range(20)))
def test_a_draw_does_not_depend_on_the_order_of_rows(seed: int, order: list[int]) -> None:
    rows = NUMBERS.head(20).with_columns(Chance(seed).draw("any", "number").alias("drawn"))
    turned = NUMBERS.head(20)[order].with_columns(Chance(seed).draw("any", "number").alias("drawn"))
    assert turned.sort("number").equals(rows)


def test_values_come_in_their_shares() -> None:
    drawn = NUMBERS.with_columns(pl.Series("group", ["a", "b"] * 50_000))
    table = {"a": {"x": 3.0, "y": 1.0}, "b": {"x": 0.0, "z": 5.0}}
    values = among(drawn.select(Chance(1).draw("any", "number"))["number"], table, drawn["group"])
    counted = drawn.with_columns(values.alias("value")).group_by("group", "value").len()
    found = {(group, value): count / 50_000 for group, value, count in counted.iter_rows()}
    assert set(found) == {("a", "x"), ("a", "y"), ("b", "z")}
    assert found["a", "x"] == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize(
    ("draw", "days"),
    [(0.0, 0), (0.25, 5), (0.5, 10), (0.75, 55), (0.999999, 99)],
)
def test_days_lie_on_the_lines_between_the_points(draw: float, days: int) -> None:
    points = {"": [(0.0, 0.0), (0.5, 10.0), (1.0, 100.0)]}
    assert spread(pl.Series([draw]), points)[0] == days


def test_every_share_and_spread_says_where_it_comes_from() -> None:
    for name in ("shares.csv", "spreads.csv"):
        rows = pl.read_csv(shares.HERE / name, infer_schema=False)
        assert rows.filter(pl.col("source").is_null()).is_empty()
        assert rows.select(pl.struct(rows.columns[:3]).is_duplicated().any()).item() is False


def test_every_spread_runs_from_0_to_1_and_never_falls() -> None:
    for subject in shares._spreads():
        for points in shares.spreads(subject).values():
            parts, days = zip(*points, strict=True)
            assert (parts[0], parts[-1]) == (0.0, 1.0), subject
            assert list(parts) == sorted(parts), subject
            assert list(days) == sorted(days), subject
