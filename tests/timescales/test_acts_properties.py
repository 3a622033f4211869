"""What holds for acts, requests and arrangements, whatever was recorded."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.timescales import engine
from tests.timescales.builders import a_record, in_care, together

BEGAN = date(2023, 1, 2)
DAYS = st.integers(0, 500).map(lambda n: BEGAN + timedelta(days=n))
KINDS = ("placement_plan", "rights_explained", "review_decisions_sent", "s20_reviewed")
DUTIES = ["placement-plan", "rights-information", "review-decisions-issued", "s20-drift-review", "strategy-discussion"]
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def lives(draw: st.DrawFn) -> dict[str, list[dict[str, object]]]:
    """A child accommodated from some day who moves once, with reviews, acts and concerns."""
    moved = BEGAN + timedelta(days=draw(st.integers(1, 300)))
    place = {"legal_status": "V2", "placement_postcode": "NR2 2AA", "reason_started": "P"}
    first = in_care(str(BEGAN), str(moved), legal_status="V2") | {"reason_ended": "X1"}
    acts = draw(st.lists(st.tuples(st.sampled_from(KINDS), DAYS), max_size=8))
    return {
        "people": [{}],
        "episodes": [first, in_care(str(moved), **place)],
        "reviews": [{"held_on": day} for day in draw(st.lists(DAYS, max_size=3))],
        "case_actions": [{"kind": kind, "done_on": day} for kind, day in acts],
        "requests": [{"kind": "significant_harm", "raised_on": day} for day in draw(st.lists(DAYS, max_size=2))],
    }


def plain(life, *others, day: date | None = None) -> list[tuple[object, ...]]:
    found = engine.occurrences(a_record(together(life, *others)), DUTIES)
    stood = engine.as_of(found, [day]) if day else found
    kept = stood.filter(pl.col("child_id") == "1").drop("child", "occurrence")
    shown = kept.select("duty", "triggered_on", "due_on", "done_on", "status") if day else kept
    return sorted(shown.cast(pl.String).fill_null("").rows())


@some
@given(lives(), lives(), st.randoms(use_true_random=False))
def test_a_child_depends_on_no_other_child_and_on_no_order_of_rows(one, other, chance):
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in one.items()}
    assert plain(shuffled, other) == plain(one)


@some
@given(lives(), DAYS)
def test_as_of_a_day_nothing_later_is_known(life, day):
    dated = {"reviews": "held_on", "case_actions": "done_on", "requests": "raised_on", "episodes": "started_on"}
    known = dict(life)
    for name, column in dated.items():
        known[name] = [row for row in life[name] if date.fromisoformat(str(row[column])) <= day]
    ended = {"ended_on": None, "reason_ended": None}
    known["episodes"] = [
        row | (ended if row["ended_on"] and str(row["ended_on"]) > str(day) else {}) for row in known["episodes"]
    ]
    assert plain(known, day=day) == plain(life, day=day)


@some
@given(lives(), DAYS)
def test_an_act_of_another_kind_changes_nothing(life, day):
    more = life | {"case_actions": [*life["case_actions"], {"kind": "bursary_paid", "done_on": day}]}
    assert plain(more) == plain(life)


@some
@given(st.integers(0, 120), st.integers(0, 120))
def test_an_act_done_later_is_never_the_better_for_it(first, later):
    def outcome(after: int) -> str:
        act = {"kind": "placement_plan", "done_on": BEGAN + timedelta(days=after)}
        rows = {"people": [{}], "episodes": [in_care(str(BEGAN))], "case_actions": [act]}
        found = engine.occurrences(a_record(together(rows)), ["placement-plan"])
        return str(engine.as_of(found, [BEGAN + timedelta(days=150)])["status"][0])

    ranks = ["met", "late"]
    assert ranks.index(outcome(max(first, later))) >= ranks.index(outcome(min(first, later)))
