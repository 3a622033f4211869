"""What may be said of a figure, and when nothing may."""

from __future__ import annotations

import polars as pl
import pytest

from hearth.reports.judgement import Point
from hearth.reports.wording import number, published, sentence
from tests.reports.made_up import AS_OF, a_measure, a_scorecard, compared, figures, months


def said(measure, rows, comparisons=None, *, public=False) -> str:
    card = a_scorecard([measure], figures(rows), comparisons=comparisons, public=public)
    return next(line.status.words for area in card.areas for line in area.lines)


def moved(measure, rows) -> str:
    card = a_scorecard([measure], figures(rows))
    return next(line.moved.words for area in card.areas for line in area.lines)


@pytest.mark.parametrize(
    ("met", "better", "target", "words"),
    [
        (100, "higher", 100, "on target"),
        (96, "higher", 100, "just below target"),
        (80, "higher", 100, "below target"),
        (10, "lower", 10, "on target"),
        (12, "lower", 10, "just above target"),
        (30, "lower", 10, "above target"),
    ],
)
def test_a_figure_with_a_target_is_held_against_it(met, better, target, words):
    assert said(a_measure(better=better, target=target), months("dental-check", [met], 100)) == words


@pytest.mark.parametrize(
    ("met", "better", "words"),
    [
        (900, "higher", "better than neighbours"),
        (500, "higher", "worse than neighbours"),
        (805, "higher", "in line with neighbours"),
        (500, "lower", "better than neighbours"),
    ],
)
def test_without_a_target_it_is_held_against_the_neighbours(met, better, words):
    beside = compared("dental-check", England=10, neighbours=80)
    measure = a_measure(better=better, target=None)
    assert said(measure, months("dental-check", [met], 1000), beside) == words


def test_without_neighbours_it_is_held_against_england():
    beside = compared("dental-check", England=80)
    assert said(a_measure(target=None), months("dental-check", [900], 1000), beside) == "better than England"


def test_figures_that_are_not_like_for_like_are_shown_and_not_judged_by():
    beside = compared("dental-check", England=10).with_columns(pl.lit(value=False).alias("comparable"))
    assert said(a_measure(target=None), months("dental-check", [900], 1000), beside) == "no clear change"


@pytest.mark.parametrize(
    ("measure", "rows", "words"),
    [
        (a_measure(better="neutral", target=None), months("dental-check", [50], 100), "for information"),
        (a_measure(), months("dental-check", [4], 9), "too few to say"),
        (a_measure(), months("dental-check", [None], 0), "nobody to count"),
        (a_measure(target=None), months("dental-check", [50], 100, not_known=40), "too much not known"),
    ],
)
def test_nothing_is_said_of_neutral_few_none_or_mostly_unknown(measure, rows, words):
    assert said(measure, rows) == words


def test_a_small_number_in_public_is_withheld_and_not_judged():
    assert said(a_measure(), months("dental-check", [97], 100), public=True) == "withheld"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (60, 90, "Up from 60.0% on 31 March 2025 to 90.0%"),
        (90, 60, "Down from 90.0% on 31 March 2025 to 60.0%"),
        (80, 83, "No clear change: from 80.0% on 31 March 2025 to 83.0%"),
    ],
)
def test_the_direction_compares_with_a_year_ago_and_allows_for_chance(first, last, words):
    rows = months("dental-check", [float(first), *[70.0] * 11, float(last)], 100)
    assert moved(a_measure(target=None), rows) == words


def test_a_rising_number_of_events_is_judged_by_what_better_means():
    measure = a_measure("missing-episodes", kind="count", unit="episodes", better="lower", target=None, over="period")
    rows = months("missing-episodes", [float(n) for n in (100, *[120] * 11, 200)], None)
    assert said(measure, rows) == "getting worse"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (93.44, "percent", "93.4%"),
        (100, "percent", "100%"),
        (99.97, "percent", "99.9%"),
        (0.01, "percent", "under 0.1%"),
        (1064, "children", "1,064"),
        (61.8, "per 10,000 children", "61.8"),
        (285.8, "days", "286 days"),
        (None, "percent", "not known"),
    ],
)
def test_numbers_are_rounded_for_reading_and_never_to_a_false_hundred(value, unit, words):
    assert number(value, unit) == words


def test_published_numbers_keep_the_decimals_they_were_printed_with():
    assert [published(54.0, "percent"), published(14.9, "points"), published(578.3, "days")] == [
        "54%",
        "14.9",
        "578 days",
    ]


def test_a_sentence_begins_with_a_capital_and_ends_with_a_stop():
    assert [sentence("how many"), sentence("Done."), sentence("")] == ["How many.", "Done.", ""]


def test_one_in_ten_not_known_is_the_most_that_is_judged():
    def point(known: int, unknown: int) -> Point:
        return Point(AS_OF, None, 1, known, 1.0, unknown, None, is_suppressed=False)

    assert [point(90, 10).is_mostly_known, point(89, 11).is_mostly_known] == [True, False]
