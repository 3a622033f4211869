"""The engine: figures are their children counted, no child changes another, and unknown is never nought."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.measures import catalogue, engine
from hearth.measures.measure import Measure
from hearth.measures.periods import series
from hearth.tables.record import Record

from .builders import AUTHORITY, YEAR_END, episodes, figures, in_care, only, record

FROM = date(2023, 1, 1)
OTHER = "E06000013"
KEYS = ["measure", "as_of"]
NOT_COUNTED_BY_CHILD = {"lac-rate"}
days = st.integers(0, (YEAR_END - FROM).days + 20).map(lambda after: FROM + timedelta(days=after))


@st.composite
def lives(draw: st.DrawFn) -> list[dict[str, object]]:
    """Episodes of one to four children, each with stays that follow one another, some left, some still here."""
    rows: list[dict[str, object]] = []
    for child in range(draw(st.integers(1, 4))):
        steps = sorted(draw(st.lists(days, min_size=2, max_size=6, unique=True)))
        is_open = draw(st.booleans())
        authority = draw(st.sampled_from((AUTHORITY, OTHER)))
        for at, (start, end) in enumerate(zip(steps, [*steps[1:], None], strict=True)):
            if end is None and not is_open:
                continue
            gap = draw(st.booleans()) if end else False
            rows.append(
                {
                    "authority": authority,
                    "child_id": f"{child:04}",
                    "started_on": start,
                    "ended_on": end,
                    "reason_started": "S" if at == 0 else draw(st.sampled_from(("S", "P", "L", "T", "B"))),
                    "legal_status": draw(st.sampled_from(("C1", "C2", "V2", "V4", "E1", None))),
                    "placement_type": draw(st.sampled_from(("U4", "U6", "K2", "P1", "A6", "T1", "Z1", None))),
                    "placement_provider": draw(st.sampled_from(("PR1", "PR4", None))),
                    "reason_ended": None if end is None else draw(st.sampled_from(("E4A", "E11"))) if gap else "X1",
                    "distance_miles": draw(st.sampled_from((3.0, 30.0, None))),
                    "is_in_area": draw(st.sampled_from((True, False, None))),
                }
            )
    return rows


def _born(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    named = {(row["authority"], row["child_id"]) for row in rows}
    births = {"0000": date(2012, 5, 1), "0001": date(2008, 2, 29), "0002": date(2024, 1, 1)}
    return [
        {"authority": authority, "child_id": child, "born_on": births.get(str(child)), "sex": "F"}
        for authority, child in sorted(named)
    ]


def _record(rows: list[dict[str, object]], **more: object) -> Record:
    children = sorted({(row["authority"], row["child_id"]) for row in rows})
    reviews = [
        {"authority": authority, "child_id": child, "held_on": date(2025, month, 9)}
        for authority, child in children
        for month in (4, 7, 12)
    ]
    return record(episodes=rows, people=_born(rows), reviews=reviews, **more)


def _figures(of: Record, by: tuple[str, ...] = ()) -> pl.DataFrame:
    return engine.measure(of, series(YEAR_END, 3), by=by, measures=_counted())


def _children(of: Record) -> pl.DataFrame:
    return engine.children(of, series(YEAR_END, 3), measures=_counted())


def _counted() -> dict[str, Measure]:
    return {id_: each for id_, each in catalogue.MEASURES.items() if id_ not in NOT_COUNTED_BY_CHILD}


slow = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(lives())
def test_every_figure_is_its_children_counted(rows: list[dict[str, object]]) -> None:
    found = _record(rows)
    totals = _figures(found).filter(pl.all_horizontal(pl.col(_bands()).is_null())) if _bands() else _figures(found)
    behind = _children(found)
    sums = behind.group_by(KEYS).agg(
        pl.col("numerator").sum().alias("n"),
        pl.col("denominator").sum().alias("d"),
        pl.col("numerator").is_null().sum().alias("k"),
    )
    both = totals.filter(pl.col("unavailable").is_null()).join(sums, on=KEYS, how="left")
    wrong = both.filter(
        ((pl.col("numerator") - pl.col("n").fill_null(0)).abs() > 1e-6)
        | (pl.col("denominator").fill_null(pl.col("d")) != pl.col("d").fill_null(0))
        | (pl.col("not_known") != pl.col("k").fill_null(0))
    )
    assert wrong.is_empty(), wrong


def _bands() -> list[str]:
    return sorted({each.bands for each in catalogue.MEASURES.values() if each.bands})


@slow
@given(lives())
def test_a_child_elsewhere_changes_nothing_for_a_child(rows: list[dict[str, object]]) -> None:
    first = (rows[0]["authority"], rows[0]["child_id"])
    alone = [row for row in rows if (row["authority"], row["child_id"]) == first]
    mine = (pl.col("authority") == first[0]) & (pl.col("child_id") == first[1])
    among_all = _children(_record(rows)).filter(mine)
    by_itself = _children(_record(alone)).filter(mine)
    columns = ["measure", "as_of", "on", "numerator", "denominator"]
    assert among_all.select(columns).sort(columns).equals(by_itself.select(columns).sort(columns))


@slow
@given(lives(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[dict[str, object]], shuffle: object) -> None:
    mixed = list(rows)
    shuffle.shuffle(mixed)
    assert _figures(_record(rows)).equals(_figures(_record(mixed)))


@slow
@given(lives())
def test_a_day_in_a_series_is_the_day_by_itself(rows: list[dict[str, object]]) -> None:
    found = _record(rows)
    alone = engine.measure(found, series(YEAR_END), measures=_counted())
    in_series = _figures(found).filter(pl.col("as_of") == YEAR_END)
    groups = pl.any_horizontal(pl.col(_bands()).is_not_null())
    assert in_series.filter(~groups).equals(alone.filter(~groups))


@slow
@given(lives())
def test_groups_of_a_breakdown_add_up_to_the_total(rows: list[dict[str, object]]) -> None:
    found = _record(rows)
    total = _figures(found).filter(pl.all_horizontal(pl.col(_bands()).is_null()), pl.col("denominator").is_not_null())
    for column in ("placement_group", "authority"):
        split = _figures(found, (column,)).group_by(KEYS).agg(pl.col("denominator", "not_known").sum())
        both = total.join(split, on=KEYS)
        assert both.filter(pl.col("not_known") != pl.col("not_known_right")).is_empty()
        assert both.filter(pl.col("denominator") != pl.col("denominator_right")).is_empty()


def test_a_month_without_events_is_nought_and_not_absent() -> None:
    found = in_care("child | from | to\nA | 2026-03-05 |")
    rows = engine.measure(found, series(YEAR_END, 2, "month"), measures=only(catalogue.MEASURES["entrants"]))
    assert rows["numerator"].to_list() == [0, 1]


def test_an_authority_without_a_child_in_care_is_shown_with_nought() -> None:
    found = record(
        episodes=episodes("child | from | to\nA | 2025-01-01 |"),
        people=[{"child_id": "A"}, {"child_id": "B", "authority": OTHER}],
    )
    rows = figures(found, catalogue.MEASURES["lac-count"], by=("authority",))
    assert {row["authority"]: row["numerator"] for row in rows} == {AUTHORITY: 1, OTHER: 0}


def test_a_share_of_nobody_is_no_number() -> None:
    (row,) = figures(record(episodes=[]), catalogue.MEASURES["family-setting"])
    assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)


BREAKDOWN = """
    child | from       | to | ls | place
    A     | 2025-01-01 |    | C2 | U6
    B     | 2025-01-01 |    | V2 | K2
    C     | 2025-01-01 |    | E1 | A4
"""
PEOPLE = """
    child_id | sex | born_on    | ethnicity | locality
    A        | F   | 2025-04-01 | WBRI      | North
    B        | M   | 2008-02-29 | CHNE      |
    C        |     |            | REFU      | North
"""
ALLOCATED = """
    child_id | worker_id | role              | team | started_on | ended_on
    A        | W1        | social_worker     | East | 2025-01-01 |
    A        | W2        | reviewing_officer | IRO  | 2025-06-01 |
    B        | W1        | social_worker     | East | 2025-01-01 | 2025-06-01
"""


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("sex", {"F": 1, "M": 1, "not known": 1}),
        ("age_band", {"under 1": 1, "16 and over": 1, "not known": 1}),
        ("ethnic_group", {"White": 1, "Asian or Asian British": 1, "Not known or refused": 1}),
        ("placement_group", {"fostering": 1, "secure and children's homes": 1, "adoption": 1}),
        ("legal_status_group", {"Care orders": 1, "Section 20": 1, "Placement order": 1}),
        ("unaccompanied", {"yes": 1, "no": 2}),
        ("locality", {"North": 2, "not known": 1}),
        ("team", {"East": 1, "not known": 2}),
        ("authority", {AUTHORITY: 3}),
    ],
)
def test_breakdowns_take_the_child_as_on_the_day(column: str, expected: dict[str, int]) -> None:
    found = in_care(BREAKDOWN, people=PEOPLE, allocations=ALLOCATED, unaccompanied="child_id\nB")
    rows = figures(found, catalogue.MEASURES["lac-count"], by=(column,))
    assert {row[column]: row["numerator"] for row in rows} == expected


def test_a_leaver_is_seen_as_on_the_last_day_in_care() -> None:
    found = in_care("child | from | to | ls | place | rec\nA | 2025-01-01 | 2025-06-01 | C2 | K2 | E4A")
    (row,) = figures(found, catalogue.MEASURES["exits-from-care"], by=("placement_group",))
    assert row["placement_group"] == "secure and children's homes"


def test_several_breakdowns_are_crossed() -> None:
    found = in_care(BREAKDOWN, people=PEOPLE)
    rows = figures(found, catalogue.MEASURES["family-setting"], by=("locality", "sex"))
    counted = {(row["locality"], row["sex"]): (row["numerator"], row["denominator"]) for row in rows}
    assert counted == {("North", "F"): (1, 1), ("North", "not known"): (1, 1), ("not known", "M"): (0, 1)}


def _return(*carries: str) -> Record:
    return record(
        kind="ssda903",
        carries=["episodes", *carries],
        history_from=date(2025, 4, 1),
        episodes=episodes("child | from | to\nA | 2025-01-01 |"),
    )


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        ("seen-in-timescale", "which an SSDA903 return does not carry"),
        ("uasc-count", "needs unaccompanied asylum-seeking children, which an SSDA903 return does not carry"),
        ("care-plan-up-to-date", "needs care plans, which an SSDA903 return does not carry"),
    ],
)
def test_what_the_source_does_not_carry_is_said_and_not_nought(measure: str, sentence: str) -> None:
    (row,) = figures(_return(), catalogue.MEASURES[measure])
    assert (row["numerator"], row["denominator"], row["value"], row["not_known"]) == (None, None, None, None)
    assert sentence in str(row["unavailable"])


def test_a_period_from_before_the_return_begins_is_said() -> None:
    rows = engine.measure(_return(), series(YEAR_END, 2), measures=only(catalogue.MEASURES["entrants"])).to_dicts()
    assert [row["unavailable"] for row in rows] == [
        "needs the time from 1 March 2025, and the source begins on 1 April 2025",
        None,
    ]


def test_the_children_of_a_day_that_cannot_be_given_are_not_listed() -> None:
    rows = engine.children(_return(), series(YEAR_END, 2), measures=only(catalogue.MEASURES["three-or-more-moves"]))
    assert rows["as_of"].to_list() == [YEAR_END]


def test_the_catalogue_names_every_measure_once_with_its_words() -> None:
    found = catalogue.frame()
    assert found["id"].is_unique().all()
    for each in catalogue.MEASURES.values():
        assert each.title and each.meaning.endswith(".") and each.numerator and each.source, each.id
        assert each.kind == "count" or each.denominator != "n/a", each.id


def test_figures_and_the_children_behind_them_are_the_same_asked_together_or_apart() -> None:
    months = series(YEAR_END, 3)
    figures, behind = engine.measure_with_children(_return(), months, [YEAR_END])
    assert figures.equals(engine.measure(_return(), months))
    assert behind.height
    assert behind.equals(engine.children(_return(), months[-1:]))
