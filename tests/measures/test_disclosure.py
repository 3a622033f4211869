"""Public figures: small numbers are withheld, and nobody can work them out from what is shown."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.measures import disclosure, suppression
from tests.measures.attacker import bounds

DAY, START = date(2026, 3, 31), date(2025, 4, 1)
KINDS = {"number": "count", "share": "percentage", "days": "average"}
SMALL = 5


def figures(rows: list[tuple], columns: tuple[str, ...] = ()) -> pl.DataFrame:
    """Rows of measure, numerator, denominator, then one category per column."""
    names = ["measure", "numerator", "denominator", *columns]
    kinds = {"numerator": pl.Float64, "denominator": pl.Int64}
    frame = pl.DataFrame(rows, schema=names, orient="row", schema_overrides=kinds)
    return frame.with_columns(
        pl.lit(DAY).alias("as_of"),
        pl.lit(START).alias("period_start"),
        (100 * pl.col("numerator") / pl.col("denominator")).alias("value"),
        pl.lit(0, pl.Int64).alias("not_known"),
        pl.lit(None, pl.String).alias("unavailable"),
    )


def protected(rows: list[tuple], columns: tuple[str, ...] = (), **kwargs) -> list[bool]:
    kwargs = {"kinds": KINDS, "running": ()} | kwargs
    return disclosure.protect(figures(rows, columns), columns, **kwargs)["suppressed"].to_list()


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "is_withheld"),
    [
        ("number", 0, None, False),
        ("number", 1, None, True),
        ("number", 5, None, True),
        ("number", 6, None, False),
        ("share", 40, 100, False),
        ("share", 3, 100, True),
        ("share", 97, 100, True),
        ("share", 100, 100, False),
        ("share", 0, 100, False),
        ("share", 0, 4, True),
        ("share", 4, 4, True),
        ("share", 0, 0, False),
        ("days", 900, 5, True),
        ("days", 3, 30, False),
    ],
)
def test_counts_of_one_to_five_are_withheld_whichever_side_they_are_on(measure, numerator, denominator, is_withheld):
    assert protected([(measure, numerator, denominator)]) == [is_withheld]


def test_a_council_that_shows_five_says_so():
    assert protected([("number", 5, None)], largest_small=4) == [False]


def test_a_withheld_row_has_no_number_left():
    row = disclosure.protect(figures([("share", 3, 100)]), kinds=KINDS, running=()).row(0, named=True)
    assert row["suppressed"]
    assert [row[name] for name in ("numerator", "denominator", "value", "not_known")] == [None] * 4


def test_a_figure_that_is_not_available_stays_not_available():
    frame = figures([("share", None, None)]).with_columns(pl.lit("needs visits").alias("unavailable"))
    row = disclosure.protect(frame, kinds=KINDS, running=()).row(0, named=True)
    assert (row["suppressed"], row["unavailable"]) == (False, "needs visits")


@pytest.mark.parametrize(
    ("counts", "withheld"),
    [
        ({"boys": 40, "girls": 3}, {"boys", "girls"}),
        ({"a": 40, "b": 3, "c": 20}, {"b", "c"}),
        ({"a": 40, "b": 3, "c": 4}, {"b", "c"}),
        ({"a": 40, "b": 2, "c": 1}, {"a", "b", "c"}),
        ({"a": 40, "b": 12, "c": 0}, set()),
        ({"a": 40, "b": 3, "c": 0}, {"a", "b"}),
    ],
)
def test_one_small_category_takes_the_next_smallest_with_it(counts, withheld):
    rows = [("number", count, None, name) for name, count in counts.items()]
    found = protected(rows, ("sex",))
    assert {name for name, is_out in zip(counts, found, strict=True) if is_out} == withheld


def test_a_small_number_not_known_is_withheld_alone():
    frame = figures([("share", 40, 100), ("number", 60, None)]).with_columns(pl.Series("not_known", [3, 12]))
    found = disclosure.protect(frame, kinds=KINDS, running=())
    assert found["suppressed"].to_list() == [False, False]
    assert found["not_known"].to_list() == [None, 12]


def test_children_placed_out_of_the_area_are_not_the_rest_of_those_placed_in_it():
    rows = [("lac-count", 503, None), ("placed-in-county", 500, None), ("placed-outside-area", 3, 503)]
    kinds = {"lac-count": "count", "placed-in-county": "count", "placed-outside-area": "percentage"}
    assert protected(rows, kinds=kinds) == [False, True, True]


def test_a_share_and_its_count_are_withheld_together():
    rows = [("residential-share", 37, 40), ("residential-count", 37, None)]
    assert protected(rows, kinds={"residential-share": "percentage", "residential-count": "count"}) == [True, True]


def test_the_year_to_date_never_gives_away_a_month():
    days = [date(2025, 4, 30), date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)]
    frame = figures([("number", n, None) for n in (7, 9, 16, 16)]).with_columns(pl.Series("as_of", days))
    found = disclosure.protect(frame, kinds=KINDS, running={"number"})
    assert found["numerator"].to_list() == [None, 9, 16, 16] or found["numerator"].to_list() == [7, None, 16, 16]


small_counts = st.integers(0, 30) | st.integers(0, 6)


@settings(max_examples=150, deadline=None)
@given(st.lists(small_counts, min_size=1, max_size=6))
def test_no_category_can_be_worked_out_from_the_total(counts):
    rows = [("number", count, None, f"c{i}") for i, count in enumerate(counts)]
    out = [i for i, is_out in enumerate(protected(rows, ("sex",))) if is_out]
    total_shown = not suppression.is_small(sum(counts), SMALL)
    known = sum(count for i, count in enumerate(counts) if i not in out)
    sums = [(range(len(out)), sum(counts) - known)] if total_shown and out else []
    for cell in range(len(out)):
        least, most = bounds(len(out), sums, cell)
        assert most - least > SMALL, (counts, out)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(small_counts, small_counts), min_size=2, max_size=5))
def test_no_percentage_can_be_worked_out_even_by_one_who_knows_the_denominators(pairs):
    """Unknown are those who meet it and those who do not; known their totals, and the denominators in so far as the
    breakdown of the children themselves shows them."""
    rows = [("share", met, met + unmet, f"c{i}") for i, (met, unmet) in enumerate(pairs)]
    met, unmet = (sum(each) for each in zip(*pairs, strict=True))
    found = protected(rows, ("sex",))
    out = [i for i, is_out in enumerate(found) if is_out]
    if suppression.is_primary((met, unmet), SMALL) or len(out) in {0, len(pairs)}:
        return  # the total is withheld too, or nothing of the breakdown is published
    n = len(out)
    sums = [(range(n), sum(pairs[i][0] for i in out)), (range(n, 2 * n), sum(pairs[i][1] for i in out))]
    children = protected([("number", sum(pair), None, f"c{i}") for i, pair in enumerate(pairs)], ("sex",))
    sums += [((j, n + j), sum(pairs[i])) for j, i in enumerate(out) if not children[i]]
    for j in range(2 * n):
        if (met, unmet)[j // n]:
            least, most = bounds(2 * n, sums, j)
            assert most - least > SMALL, (pairs, out)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_cell_of_a_crossed_table_can_be_worked_out(data):
    """Known are the cells shown and all row and column totals that are not withheld in their own breakdown."""
    height, width = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 4))
    cells = {(str(r), str(c)): data.draw(small_counts) for r, c in product(range(height), range(width))}
    rows = [("number", count, None, *key) for key, count in cells.items()]
    found = protected(rows, ("sex", "age_band"))
    out = [key for key, is_out in zip(cells, found, strict=True) if is_out]
    if len(out) in {0, len(cells)}:
        return  # nothing small, or nothing of the table is published
    sums = [each for side in (0, 1) for each in _known_sums(cells, out, side)]
    for cell in range(len(out)):
        least, most = bounds(len(out), sums, cell)
        assert most - least > SMALL, (cells, out)


def _known_sums(cells, out, side):
    """What the withheld cells of each line add up to, where the line's total is shown; and of the lines not shown."""
    totals = {}
    for key, count in cells.items():
        totals[key[side]] = totals.get(key[side], 0) + count
    rows = [("number", total, None, name) for name, total in totals.items()]
    hidden = {name for name, is_out in zip(totals, protected(rows, ("sex",)), strict=True) if is_out}
    lines = [{name} for name in totals if name not in hidden]
    if hidden and not suppression.is_small(sum(totals.values()), SMALL):
        lines.append(hidden)
    for names in lines:
        indices = [i for i, key in enumerate(out) if key[side] in names]
        yield indices, sum(cells[out[i]] for i in indices)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 8))
def test_no_related_measure_gives_another_away(inside, outside, rest):
    rows = [
        ("lac-count", inside + outside + rest, None),
        ("placed-in-county", inside, None),
        ("placed-outside-area", outside, inside + outside + rest),
    ]
    kinds = {"lac-count": "count", "placed-in-county": "count", "placed-outside-area": "percentage"}
    total_out, *out = protected(rows, kinds=kinds)
    values = [inside, outside, rest]
    unknown = [i for i in range(3) if i == 2 or out[i]]
    known = sum(values[i] for i in range(2) if i not in unknown)
    sums = [] if total_out else [(range(len(unknown)), sum(values) - known)]
    for j, i in enumerate(unknown):
        least, most = bounds(len(unknown), sums, j)
        if i < 2 or suppression.is_small(rest, SMALL):
            assert most - least > SMALL


def test_the_bands_of_an_average_are_counts_of_children():
    """An average of 60 scores is shown, but 3 of them in one band are few, and so is what is left without them."""
    rows = [("days", 900, 60, None), ("days", 3, 60, "high"), ("days", 40, 60, "low"), ("days", 17, 60, "middle")]
    frame = figures(rows, ("sdq_band",))
    found = disclosure.protect(frame, kinds=KINDS, running=())
    assert found["suppressed"].to_list() == [False, True, False, True]


def test_three_without_a_place_hide_the_count_beside_the_headline():
    """Of 665 children 401 are in the area and 261 out of it: the 3 of whom it is not known would be what is left."""
    rows = [("lac-count", 665, None), ("placed-in-county", 401, None), ("placed-outside-area", 261, 665)]
    kinds = {"lac-count": "count", "placed-in-county": "count", "placed-outside-area": "percentage"}
    assert protected(rows, kinds=kinds) == [False, True, False]


def test_four_year_olds_cannot_be_told_apart_by_taking_one_age_group_from_the_other():
    kinds = {"sdq-completed": "percentage", "sdq-completed-5-to-16": "percentage"}
    few = [("sdq-completed", 254, 327), ("sdq-completed-5-to-16", 251, 308)]
    many = [("sdq-completed", 254, 327), ("sdq-completed-5-to-16", 239, 300)]
    assert protected(few, kinds=kinds) == [False, True]
    assert protected(many, kinds=kinds) == [False, False]


def test_a_part_of_which_the_rest_is_not_published_is_withheld_alone():
    kinds = {"entrants": "count", "re-entries": "count"}
    assert protected([("entrants", 285, None), ("re-entries", 5, None)], kinds=kinds) == [False, True]


def test_a_crossed_table_keeps_what_it_safely_can():
    """Nine children live in three small groups of homes; with them goes the next smallest group, and the rest stays."""
    homes = {"adoption": (11, 11), "fostering": (215, 292), "supported": (9, 32), "children's homes": (31, 40)}
    homes |= {"other": (1, 3), "other residential": (1, 3), "residential schools": (0, 1), "parents": (7, 8)}
    rows = [("number", n, None, home, sex) for home, each in homes.items() for sex, n in zip("FM", each, strict=True)]
    found = protected(rows, ("placement_group", "sex"))
    withheld = {row[3] for row, is_out in zip(rows, found, strict=True) if is_out}
    assert withheld == {"other", "other residential", "residential schools", "parents"}


def test_an_empty_cell_is_a_row_that_can_be_withheld():
    """Left out, "no girls in a" would say that all the girls are in b, and how many they are."""
    rows = [("number", 10, None, "a", "M"), ("number", 3, None, "b", "F"), ("number", 20, None, "b", "M")]
    found = disclosure.protect(figures(rows, ("locality", "sex")), ("locality", "sex"), kinds=KINDS, running=())
    assert found.select("locality", "sex").rows()[-1] == ("a", "F")
    assert found["suppressed"].to_list() == [True] * 4


def test_every_related_measure_is_in_the_catalogue():
    catalogue = pytest.importorskip("hearth.measures.catalogue")
    named = {member[0] for each in disclosure._related() for member, _ in [each.total, *each.parts]}
    assert named <= set(catalogue.MEASURES)
