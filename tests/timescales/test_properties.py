"""What holds for the engine whatever happened to the children."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.tables.record import Record
from hearth.timescales import engine
from tests.timescales.builders import a_record, together

BEGAN = date(2023, 1, 2)
DAYS = st.integers(0, 900).map(lambda n: BEGAN + timedelta(days=n))
PLACES = ("U6", "U4", "K2", "P1", "A6", "T1")


@st.composite
def lives(draw: st.DrawFn) -> dict[str, list[dict[str, object]]]:
    """A child in care from some day, with moves, visits, reviews, assessments, perhaps left care."""
    began = draw(DAYS)
    lengths = draw(st.lists(st.integers(1, 300), min_size=1, max_size=4))
    places = draw(st.lists(st.sampled_from(PLACES), min_size=4, max_size=4))
    is_open = draw(st.booleans())
    return {
        "people": [{"born_on": began - timedelta(days=draw(st.integers(0, 17 * 365)))}],
        "episodes": episodes(began, lengths, places, is_open=is_open),
        "visits": events("visited_on", draw(st.lists(DAYS, max_size=12))),
        "reviews": events("held_on", draw(st.lists(DAYS, max_size=5))),
        "health_assessments": events("assessed_on", draw(st.lists(DAYS, max_size=4))),
        "care_plans": events("started_on", draw(st.lists(DAYS, max_size=3))),
    }


def episodes(began, lengths, places, *, is_open):
    rows = []
    for number, (length, place) in enumerate(zip(lengths, places, strict=False)):
        last = number == len(lengths) - 1
        ends = began + timedelta(days=length)
        kind = place if number else "U6"
        rows.append(
            {
                "started_on": began,
                "ended_on": None if last and is_open else ends,
                "reason_started": "P" if number else "S",
                "reason_ended": None if last and is_open else ("E4A" if last else "X1"),
                "placement_type": kind,
                "placement_postcode": f"NR{number} 1AA",
            }
        )
        began = ends
    return rows


def events(column, days):
    return [{column: day} for day in days]


def plain(found: pl.DataFrame, child: str = "1") -> list[tuple[object, ...]]:
    theirs = found.filter(pl.col("subject_id") == child).drop("child")
    return sorted(theirs.cast(pl.String).fill_null("").rows())


some = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Few examples of several children: most of the time of one goes to the clocks, whatever the number of children."""
several = st.lists(lives(), min_size=2, max_size=4)


@some
@given(lives(), several, st.randoms(use_true_random=False))
def test_a_child_depends_on_no_other_child_and_on_no_order_of_rows(one, others, chance):
    alone = engine.occurrences(a_record(together(one)))
    both = together(one, *others)
    for rows in both.values():
        chance.shuffle(rows)
    assert plain(engine.occurrences(a_record(both))) == plain(alone)


@some
@given(several, DAYS)
def test_as_of_a_day_nothing_later_is_known(children, day):
    """Rubbing out all that happened after the day changes no status on the day."""
    record = a_record(together(*children))
    whole = engine.as_of(engine.occurrences(record), [day])
    known = engine.as_of(engine.occurrences(known_on(record, day)), [day])
    shown = ("subject_id", "duty", "triggered_on", "due_on", "done_on", "status")
    assert sorted(whole.select(shown).cast(pl.String).fill_null("").rows()) == sorted(
        known.select(shown).cast(pl.String).fill_null("").rows()
    )


def known_on(record: Record, day: date) -> Record:
    """The record as it was on the day: no later rows, no later ends."""
    ends = {"ended_on", "reason_ended"}
    tables = {}
    for name, frame in record.tables.items():
        dated = next((c for c in ("started_on", "visited_on", "held_on", "assessed_on") if c in frame.columns), None)
        kept = frame if dated is None else frame.filter(pl.col(dated) <= day)
        if ends <= set(kept.columns):
            over = pl.col("ended_on") <= day
            kept = kept.with_columns(pl.when(over).then(column).alias(column) for column in sorted(ends))
        tables[name] = kept
    return Record(tables=tables, kind=record.kind, carries=record.carries)


@some
@given(several, DAYS)
def test_an_unrelated_event_changes_nothing(children, day):
    more = {"sdq_scores": [{"completed_on": day, "score": 3}], "dental_checks": [{"checked_on": day}]}
    with_more = [children[0] | more, *children[1:]]
    related = ["sdq-annual", "dental-check"]
    before = engine.occurrences(a_record(together(*children))).filter(~pl.col("duty").is_in(related))
    after = engine.occurrences(a_record(together(*with_more))).filter(~pl.col("duty").is_in(related))
    assert all(plain(after, child) == plain(before, child) for child in before["subject_id"].unique())


@some
@given(st.integers(0, 60), st.integers(0, 60))
def test_a_first_review_held_later_is_never_the_better_for_it(first, later):
    ranks = ["met", "late"]

    def outcome(after: int) -> str:
        held = BEGAN + timedelta(days=after)
        life = {"people": [{"born_on": date(2015, 1, 1)}], "episodes": episodes(BEGAN, [300], ["U6"], is_open=True)}
        found = engine.occurrences(a_record(together(life | {"reviews": [{"held_on": held}]})), ["review-first"])
        return str(engine.as_of(found, [BEGAN + timedelta(days=90)])["status"][0])

    assert ranks.index(outcome(max(first, later))) >= ranks.index(outcome(min(first, later)))


@some
@given(several, DAYS)
def test_every_occurrence_has_one_status_that_its_days_bear_out(children, day):
    found = engine.as_of(engine.occurrences(a_record(together(*children))), [day])
    late = found.filter(pl.col("status") == "late")
    overdue = found.filter(pl.col("status").is_in(["overdue", "missed", "overtaken"]))
    assert found["status"].null_count() == 0
    assert (late["done_on"] > late["due_on"]).all()
    assert overdue["done_on"].null_count() == overdue.height
    assert (overdue["due_on"] < day).all()
    assert (found.filter(pl.col("status") == "lapsed")["due_on"].is_null()).all()
