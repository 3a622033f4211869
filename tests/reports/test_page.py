"""The page: every measure in its area, each number open to its children, nothing unescaped, nothing from outside."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import polars as pl
import pytest

from hearth.reports import page, sparkline
from tests.reports.made_up import DAYS, a_full_one, a_measure, a_scorecard, behind, figures, months


@pytest.fixture(scope="module")
def full() -> str:
    return page.render(a_full_one())


@pytest.fixture(scope="module")
def public() -> str:
    return page.render(a_full_one(public=True))


def test_every_area_with_a_measure_has_its_section(full):
    assert re.findall(r'<section class="area" aria-labelledby="area-(\w+)"', full) == ["population", "safety", "health"]


def test_a_measure_shows_value_basis_status_and_meaning(full):
    article = full[full.index('id="dental-check"') :]
    for words in ("89.0%", "89 of 100", "Below target", "The target is 100%.", "had their teeth checked."):
        assert words in article


def test_a_measure_the_source_cannot_give_says_why(full):
    assert "Needs statutory visits, which an SSDA903 return does not carry." in full


def test_each_number_opens_to_its_children_those_not_met_first(full):
    listed = full[full.index("The 3 children behind this number") :]
    assert listed.index("Not met: 1 child") < listed.index("0042") < listed.index("Not known: 1 child")
    assert "due on 05/01/2026" in listed


def test_what_a_source_holds_is_escaped(full):
    assert "<b>7</b>" not in full
    assert "&lt;b&gt;7&lt;/b&gt;" in full
    assert "Rate &lt;of&gt; care" in full
    assert "the file is &lt;empty&gt;" in full


def test_the_public_page_holds_no_child_and_no_small_number(public):
    for words in ("0042", "0043", "&lt;b&gt;7", "behind this number", "3 of 120", "2.5%"):
        assert words not in public
    assert "This is the public version." in public
    assert "Withheld" in public


def test_the_page_asks_for_nothing_from_outside_and_runs_no_script(full):
    assert "<script" not in full
    assert not re.search(r'(?:src|href)="(?!#)', full)
    assert "default-src 'none'" in full


def test_problems_are_counted_and_listed(full):
    assert "1 problem was found in it" in full
    assert "2 rows were set aside" in full


class Outline(HTMLParser):
    """The levels of the headings, the ids and what points to them."""

    def __init__(self):
        super().__init__()
        self.levels, self.ids, self.pointers, self.tables, self.captions = [], [], [], 0, 0

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [named["id"]] if "id" in named else []
        self.pointers += (named.get("aria-labelledby") or "").split()
        self.pointers += [named["href"][1:]] if (named.get("href") or "").startswith("#") else []
        self.tables += tag == "table"
        self.captions += tag == "caption"


def test_headings_go_down_one_level_at_a_time_and_every_pointer_has_its_aim(full):
    outline = Outline()
    outline.feed(full)
    assert outline.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.pointers) <= set(outline.ids)
    assert outline.tables == outline.captions


def test_the_page_is_in_british_english_and_names_the_day(full):
    assert full.startswith('<!DOCTYPE html><html lang="en-GB">')
    assert "31 March 2026" in full


def test_the_line_says_in_words_what_it_shows():
    series = list(zip(DAYS, [None, 80.0, 90.0, *[85.0] * 10], strict=True))
    drawn = sparkline.draw(series, name="x", title="Dentist", unit="percent")
    assert "From 80.0% on 30 April 2025 to 85.0% on 31 March 2026; lowest 80.0% in April 2025" in drawn
    assert 'class="gap"' in drawn


def test_one_month_alone_draws_no_line():
    assert sparkline.draw([(DAYS[0], None), (DAYS[1], 3.0)], name="x", title="t", unit="percent") == ""


def test_what_moved_most_is_said_with_the_clearest_first():
    measures = [a_measure(), a_measure("eet", title="Work and study")]
    rows = figures(
        months("dental-check", [60.0, *[70.0] * 11, 75.0], 100), months("eet", [20.0, *[50.0] * 11, 90.0], 100)
    )
    assert [line.measure.id for line in a_scorecard(measures, rows).moved_most()] == ["eet", "dental-check"]


def test_a_page_with_a_thousand_children_stays_small_and_quick():
    listed = [(f"{n:06}", float(n % 2), "placements 3; started on 2025-04-01") for n in range(1000)]
    measures = [a_measure(f"m{i}") for i in range(80)]
    rows = figures(*(months(f"m{i}", [500.0], 1000) for i in range(80)))
    card = a_scorecard(measures, rows, children=pl.concat([behind(f"m{i}", listed) for i in range(80)]))
    started = time.process_time()
    html = page.render(card)
    assert time.process_time() - started < 2
    assert len(html.encode()) < 7_000_000
