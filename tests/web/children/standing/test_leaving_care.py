"""What a child's page says of young people who left care: relevant, former relevant or qualifying."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.children.standing.case import Case

pytestmark = pytest.mark.django_db
CASES = (
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
)


@pytest.mark.parametrize("case", CASES, ids=[case.who for case in CASES])
def test_the_page_says_what_follows_from_the_law(case: Case, says: Callable[[Case], None]) -> None:
    says(case)
