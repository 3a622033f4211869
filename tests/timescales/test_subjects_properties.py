"""What holds for duties owed to carers, homes and the authority, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.timescales import engine
from tests.timescales.builders import a_record, in_care, together

BEGAN = date(2023, 1, 2)
DAYS = st.integers(0, 700).map(lambda n: BEGAN + timedelta(days=n))
OWED = ["foster-annual-review", "foster-unannounced-visit", "children-home-reg44", "corporate-parenting-report"]
some = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Life = dict[str, list[dict[str, object]]]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A carer and a home from the first day, with reviews and visits; their authority's reports."""
    several = st.lists(DAYS, max_size=4)
    return {
        "people": [{}],
        "episodes": [in_care(str(BEGAN))],
        "foster_carers": [{"approved_on": BEGAN}],
        "carer_reviews": [{"reviewed_on": d, "decided_on": d, "is_at_panel": True} for d in draw(several)],
        "carer_visits": [{"visited_on": d, "is_unannounced": True} for d in draw(several)],
        "childrens_homes": [{"registered_on": BEGAN}],
        "home_visits": [{"visited_on": d, "reported_on": d} for d in draw(several)],
        "board_reports": [{"kind": "performance", "reported_on": d} for d in draw(several)],
    }


def plain(tables: Life, subjects: tuple[str, ...], day: date | None = None) -> list[tuple[object, ...]]:
    found = engine.occurrences(a_record(tables), OWED)
    stood = engine.as_of(found, [day]) if day else found
    theirs = stood.filter(pl.col("subject_id").is_in(subjects))
    shown = ("duty", "subject_id", "triggered_on", "due_on", "done_on", *(["status"] if day else []))
    return sorted(theirs.select(pl.col(shown).cast(pl.String).fill_null("")).rows())


@some
@given(lives(), lives(), st.randoms(use_true_random=False))
def test_a_carer_or_home_depends_on_no_other_and_on_no_order_of_rows(one: Life, other: Life, chance: Random) -> None:
    both = together(one, other)
    for rows in both.values():
        chance.shuffle(rows)
    assert plain(both, ("1",)) == plain(together(one), ("1",))


@some
@given(lives(), DAYS)
def test_as_of_a_day_nothing_later_is_known_of_them(one: Life, day: date) -> None:
    dated = {"carer_reviews": "decided_on", "carer_visits": "visited_on"}
    dated |= {"home_visits": "visited_on", "board_reports": "reported_on"}
    known = one | {name: [row for row in one[name] if row[column] <= day] for name, column in dated.items()}
    everyone = ("1", "E10000020")
    assert plain(together(known), everyone, day) == plain(together(one), everyone, day)


@some
@given(lives(), DAYS)
def test_what_happens_to_a_child_changes_nothing_for_them(one: Life, day: date) -> None:
    more = one | {"visits": [{"visited_on": day}], "reviews": [{"held_on": day}]}
    assert plain(together(more), ("1",)) == plain(together(one), ("1",))


@some
@given(st.integers(1, 800), st.integers(1, 800))
def test_a_review_decided_later_is_never_the_better_for_it(first: int, later: int) -> None:
    def outcome(after: int) -> str:
        day = BEGAN + timedelta(days=after)
        review = {"reviewed_on": day, "decided_on": day, "is_at_panel": True}
        record = a_record({"foster_carers": [{"approved_on": BEGAN}], "carer_reviews": [review]})
        found = engine.as_of(engine.occurrences(record, ["foster-annual-review"]), [date(2026, 1, 1)])
        return str(found.sort("opened_on")["status"][0])

    ranks = ["met", "late"]
    assert ranks.index(outcome(max(first, later))) >= ranks.index(outcome(min(first, later)))
