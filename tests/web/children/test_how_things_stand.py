"""What a child's page says of care, order, home, plan and leaving care: worked out by hand from the law, case by case.

Each case is a record as a social worker would write it down, what follows from it on 31 March 2026, and why. The page
is read as the worker reads it: its words, not the objects behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from lxml import html

from hearth.web.children import mirror
from hearth.web.children.models import Child

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)
ROWS = ("In care", "Legal status", "Placement", "Plan for permanence", "Asylum", "Leaving care")


@dataclass(frozen=True)
class Case:
    """A child, and the page.

    ``episodes``: from, to, reason begun, legal status, placement, reason ended. ``beside``: other rows by table.
    ``page``: the rows of *How things stand*. ``because``: what stands under the last of them. ``tags``: the bar.
    """

    who: str
    born_on: str
    episodes: str
    page: str
    tags: str
    because: str = ""
    beside: str = ""
    died_on: str | None = None


CASES = (
    Case(
        who="by agreement with the mother (section 20), now in a children's home",
        born_on="2013-06-02",
        episodes="""
            2024-01-10 | 2025-03-01 | S | V2 | U6 | X1
            2025-03-01 |            | P | V2 | K2 |
        """,
        beside="permanence_plans: recorded_on=2024-04-02 option=RETURNEV",
        page="""
            In care: Looked after since 10 January 2024
            Legal status: Single period of accommodation under section 20 Children Act 1989, since 10 January 2024
            Placement: Children's home subject to children's homes regulations, since 1 March 2025
            Plan for permanence: Eventual return to birth family
        """,
        tags="Looked after",
    ),
    # The emergency order is eight days; the interim order follows it without a move, and without a first review.
    Case(
        who="interim care order after an emergency protection order",
        born_on="2023-11-20",
        episodes="""
            2026-03-02 | 2026-03-10 | S | L2 | U6 | X1
            2026-03-10 |            | L | C1 | U6 |
        """,
        page="""
            In care: Looked after since 2 March 2026
            Legal status: Interim care order, since 10 March 2026
            Placement: Foster placement with other carer, not long term or fostering for adoption, since 2 March 2026
            Plan for permanence: No aim is recorded
        """,
        tags="Looked after",
    ),
    # A placement order stands beside the care order and is what is shown; adoption is the plan since the decision.
    Case(
        who="placement order, now with adopters",
        born_on="2023-04-01",
        episodes="""
            2024-05-01 | 2025-06-10 | S | C1 | U6 | X1
            2025-06-10 | 2025-12-01 | L | E1 | U6 | X1
            2025-12-01 |            | P | E1 | A6 |
        """,
        beside="""
            permanence_plans: recorded_on=2024-08-01 ended_on=2025-04-20 option=RETURN6M
            permanence_plans: recorded_on=2025-04-20 option=ADOPTION
        """,
        page="""
            In care: Looked after since 1 May 2024
            Legal status: Placement order granted, since 10 June 2025
            Placement: Placed for adoption under placement order, not with current foster carer, since 1 December 2025
            Plan for permanence: Adoption
        """,
        tags="Looked after",
    ),
    # Still looked after: the order goes on although the child lives with the mother.
    Case(
        who="care order, at home with a parent",
        born_on="2016-09-09",
        episodes="""
            2020-02-01 | 2020-09-01 | S | C1 | U3 | X1
            2020-09-01 | 2024-07-15 | L | C2 | U3 | X1
            2024-07-15 |            | P | C2 | P1 |
        """,
        beside="permanence_plans: recorded_on=2024-06-01 option=RETURN1M",
        page="""
            In care: Looked after since 1 February 2020
            Legal status: Full care order, since 1 September 2020
            Placement: Placed with own parent or other person with parental responsibility, since 15 July 2024
            Plan for permanence: Return to birth family within one month
        """,
        tags="Looked after",
    ),
    # Remand makes looked after (LASPO 2012 s104) and counts: 39 days to the day, 91 on 22 May 2026.
    Case(
        who="remanded at 16",
        born_on="2010-01-15",
        episodes="2026-02-20 | | S | J1 | R5 |",
        page="""
            In care: Looked after since 20 February 2026
            Legal status: Remanded to local authority accommodation or youth detention accommodation, \
since 20 February 2026
            Placement: Young offender institution or prison, since 20 February 2026
            Plan for permanence: No aim is recorded
            Leaving care: Looked after, not yet eligible
        """,
        because="only 39 days in care since the 14th birthday, 91 are needed. "
        "Becomes eligible on 22 May 2026 if still looked after then.",
        tags="Looked after, Not yet eligible",
    ),
    # Came at 17 and ten months: 50 days to the 18th birthday, so 91 cannot be reached (the handbook's E41).
    Case(
        who="unaccompanied, came a few weeks before 18",
        born_on="2008-05-12",
        episodes="2026-03-23 | | S | V2 | K3 |",
        beside="unaccompanied: started_on=2026-03-23 ended_on=2026-05-12",
        page="""
            In care: Looked after since 23 March 2026
            Legal status: Single period of accommodation under section 20 Children Act 1989, since 23 March 2026
            Placement: Supported accommodation registered with Ofsted (16-17), since 23 March 2026
            Plan for permanence: No aim is recorded
            Asylum: Unaccompanied asylum-seeking child, since 23 March 2026
            Leaving care: Looked after, not yet eligible
        """,
        because="only 8 days in care since the 14th birthday, 91 are needed. "
        "Will not become eligible: the 18th birthday, 12 May 2026, comes first.",
        tags="Looked after, Not yet eligible, Unaccompanied",
    ),
    # 40 days in 2023 and 51 to the day: periods need not be continuous (E05).
    Case(
        who="eligible since today, by two periods of care",
        born_on="2009-08-01",
        episodes="""
            2023-09-01 | 2023-10-11 | S | V2 | U6 | E4A
            2026-02-08 |            | S | C2 | U4 |
        """,
        beside="permanence_plans: recorded_on=2026-03-01 option=LTFOST18",
        page="""
            In care: Looked after since 8 February 2026
            Legal status: Full care order, since 8 February 2026
            Placement: Foster placement with other carer, long term, since 8 February 2026
            Plan for permanence: Long-term foster placement to 18
            Leaving care: Eligible
        """,
        because="Aged 16 or 17; looked after; 91 days in care since the 14th birthday, 91 are needed. "
        "Lasts at most to the 18th birthday, 1 August 2027.",
        tags="Looked after, Eligible",
    ),
    # Breaks recorded one by one: at home between them, and the series goes on.
    Case(
        who="short breaks, at home today",
        born_on="2011-01-22",
        episodes="""
            2026-02-19 | 2026-02-21 | S | V3 | R1 | E8
            2026-03-26 | 2026-03-28 | S | V3 | R1 | E8
        """,
        page="In care: Short breaks: the last ended on 28 March 2026",
        because="no break is going on: the child is at home between them",
        tags="Short breaks",
    ),
    Case(
        who="a series of short breaks under one agreement",
        born_on="2011-01-22",
        episodes="2025-09-01 | | S | V4 | U6 |",
        page="""
            In care: In a series of short breaks since 1 September 2025
            Legal status: Short-break series, agreement recorded, not individual breaks, since 1 September 2025
            Placement: Foster placement with other carer, not long term or fostering for adoption, \
since 1 September 2025
        """,
        tags="In a series of short breaks",
    ),
    Case(
        who="relevant: left at 17 for a friend's family",
        born_on="2008-10-01",
        episodes="2023-01-10 | 2026-01-20 | S | C2 | U6 | E13",
        page="""
            In care: Left care on 20 January 2026
            Leaving care: Relevant
        """,
        because="Aged 16 or 17; was looked after on or after the 16th birthday; 1,106 days in care since the 14th "
        "birthday, 91 are needed. Lasts at most to the 18th birthday, 1 October 2026.",
        tags="Left care, Relevant",
    ),
    # Six months with the mother are complete on 15 February 2026 and go on (the handbook's row 6, E27).
    Case(
        who="qualifying: would be relevant, home for six months",
        born_on="2008-07-15",
        episodes="2019-01-01 | 2025-08-15 | S | V2 | U6 | E4A",
        beside="returns_home: started_on=2025-08-15",
        page="""
            In care: Left care on 15 August 2025
            Leaving care: Qualifying
        """,
        because="home with family for six months. Lasts at most to the 21st birthday, 15 July 2029.",
        tags="Left care, Qualifying",
    ),
    # 56 days are under 13 weeks, but some of them after 16 (E12).
    Case(
        who="qualifying: eight weeks in care at 16",
        born_on="2009-06-10",
        episodes="2025-09-01 | 2025-10-27 | S | V2 | U6 | E4B",
        page="""
            In care: Left care on 27 October 2025
            Leaving care: Qualifying
        """,
        because="only 56 days in care since the 14th birthday, 91 are needed. "
        "Lasts at most to the 21st birthday, 10 June 2030.",
        tags="Left care, Qualifying",
    ),
    Case(
        who="qualifying: special guardianship from care (section 24(1A))",
        born_on="2008-12-01",
        episodes="2015-03-01 | 2017-02-02 | S | C2 | U1 | E45",
        page="""
            In care: Left care on 2 February 2017
            Leaving care: Qualifying
        """,
        because="left care to a special guardian. Lasts at most to the 21st birthday, 1 December 2029.",
        tags="Left care, Qualifying",
    ),
    Case(
        who="former relevant, 19",
        born_on="2006-05-01",
        episodes="2020-01-01 | 2024-05-01 | S | C2 | U4 | E17",
        page="""
            In care: Left care on 1 May 2024
            Leaving care: Former relevant
        """,
        because="1,461 days in care since the 14th birthday, 91 are needed. "
        "Lasts at most to the 21st birthday, 1 May 2027.",
        tags="Left care, Former relevant",
    ),
    Case(
        who="former relevant at 22 on a degree course",
        born_on="2004-03-31",
        episodes="2015-05-01 | 2022-03-31 | S | C2 | U4 | E5",
        beside="care_leaver_activities: started_on=2023-09-20 activity=F1",
        page="""
            In care: Left care on 31 March 2022
            Leaving care: Former relevant, education or training
        """,
        because="in education or training. Lasts at most to the 25th birthday, 31 March 2029.",
        tags="Left care, Former relevant, in education",
    ),
    Case(
        who="former relevant at 22, not in education",
        born_on="2004-03-31",
        episodes="2015-05-01 | 2022-03-31 | S | C2 | U4 | E5",
        page="""
            In care: Left care on 31 March 2022
            Leaving care: Former relevant 21-24, support on request
        """,
        because="Lasts at most to the 25th birthday, 31 March 2029.",
        tags="Left care, Former relevant, on request",
    ),
    # Qualifying ended at 21; section 24B alone goes on (E40).
    Case(
        who="was qualifying, now 22",
        born_on="2004-02-01",
        episodes="2021-06-01 | 2021-07-15 | S | V2 | U6 | E4A",
        page="""
            In care: Left care on 15 July 2021
            Leaving care: Help with education or training only, to 25 (section 24B)
        """,
        because="only 44 days in care since the 14th birthday, 91 are needed. "
        "Lasts at most to the 25th birthday, 1 February 2029.",
        tags="Left care, Help with education",
    ),
    # An adopted young person is none of our care leavers, whatever came before.
    Case(
        who="adopted at 16",
        born_on="2008-11-11",
        episodes="""
            2022-01-05 | 2024-01-10 | S | E1 | U6 | X1
            2024-01-10 | 2025-07-02 | P | E1 | A6 | E11
        """,
        page="In care: Adopted on 2 July 2025",
        because="The last episode of care ended then: Adopted, application unopposed.",
        tags="Adopted",
    ),
    Case(
        who="returned home at nine",
        born_on="2016-10-24",
        episodes="""
            2025-07-09 | 2026-02-12 | S | C1 | U6 | X1
            2026-02-12 | 2026-03-08 | P | C2 | P1 | E4A
        """,
        page="In care: Left care on 8 March 2026",
        because="Returned to live with parent, relative or person with parental responsibility, planned.",
        tags="Left care",
    ),
    Case(
        who="died in care at 16",
        born_on="2009-03-21",
        episodes="2024-06-15 | 2025-12-03 | S | V2 | U6 | E2",
        page="In care: Died on 3 December 2025",
        tags="Died",
    ),
    Case(
        who="died, and the episode was never ended",
        born_on="2009-03-21",
        died_on="2025-12-03",
        episodes="2024-06-15 | | S | V2 | U6 |",
        page="In care: Died on 3 December 2025",
        because="An episode of care is still open: end it with that day.",
        tags="Died, Died on 3 December 2025",
    ),
    Case(
        who="passed to another council at 17",
        born_on="2008-10-01",
        episodes="2023-01-10 | 2026-01-20 | S | C2 | U6 | E3",
        page="In care: Passed to another authority on 20 January 2026",
        tags="Passed to another authority",
    ),
    # Nobody of 18 is looked after; the record says otherwise, and the page says what to do.
    Case(
        who="18 last month, and the episode was never ended",
        born_on="2008-02-20",
        episodes="2020-01-01 | | S | C2 | U4 |",
        page="""
            In care: Looked after since 1 January 2020
            Legal status: Full care order, since 1 January 2020
            Placement: Foster placement with other carer, long term, since 1 January 2020
            Plan for permanence: No aim is recorded
            Leaving care: Former relevant
        """,
        because="But care ended by law on the 18th birthday, 20 February 2026: end the episode in the record",
        tags="Looked after, Former relevant",
    ),
    Case(
        who="never in care",
        born_on="2015-01-01",
        episodes="",
        page="In care: Not looked after",
        because="The record has no episode of care up to 31 March 2026.",
        tags="Not looked after",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=[case.who for case in CASES])
def test_the_page_says_what_follows_from_the_law(
    case: Case, a_child: Build, a_user: Build, allocated: Build, placed: Build, signed_in: Build, settings: Any
) -> None:
    settings.HEARTH_TODAY = ON
    child, worker = a_child("Mia", "Jones", born_on=a_day(case.born_on), died_on=a_day(case.died_on)), a_user()
    allocated(child, worker, started_on=date(2012, 1, 1))
    for began, ended, why, order, placement, reason in rows(case.episodes):
        placed(
            child, a_day(began), ended_on=a_day(ended), reason_started=why, legal_status=order,
            placement_type=placement, reason_ended=reason or None,
        )  # fmt: skip
    for line in lines(case.beside):
        add(child, line)
    page = html.fromstring(signed_in(worker).get(reverse("child", args=[child.pk])).content)
    assert stands(page) == lines(case.page)
    assert ", ".join(text(tag) for tag in of(of(page, "hearth-who__tags")[0], "govuk-tag")) == case.tags
    assert case.because in " ".join(text(why) for why in of(page, "hearth-why"))


def lines(said: str) -> list[str]:
    return [line.strip() for line in said.strip().splitlines() if line.strip()]


def rows(said: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines(said)]


def a_day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def add(child: Child, line: str) -> None:
    """A row of another table: "returns_home: started_on=2025-08-15"."""
    table, _, facts = line.partition(": ")
    given = dict(fact.split("=") for fact in facts.split())
    days = {name: a_day(value) for name, value in given.items() if name.endswith("_on")}
    mirror.models()[table].objects.create(child=child, **(given | days))


def stands(page: Any) -> list[str]:
    """The rows of *How things stand* in words, without the reasons under them."""
    found = []
    for row in of(page, "govuk-summary-list__row"):
        key, value = of(row, "govuk-summary-list__key")[0], of(row, "govuk-summary-list__value")[0]
        said = "".join(value.xpath(".//text()[not(ancestor::*[@class='hearth-why'])]"))
        if text(key) in ROWS:
            found.append(f"{text(key)}: {' '.join(said.split())}")
    return found


def of(part: Any, name: str) -> list[Any]:
    """The elements of a class, in order."""
    return part.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def text(part: Any) -> str:
    return " ".join(part.text_content().split())
