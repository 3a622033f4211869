"""What a child's page says of children in care: the order, the home, the plan, asylum, whether eligible."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.children.standing.case import Case

pytestmark = pytest.mark.django_db
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
)


@pytest.mark.parametrize("case", CASES, ids=[case.who for case in CASES])
def test_the_page_says_what_follows_from_the_law(case: Case, says: Callable[[Case], None]) -> None:
    says(case)
