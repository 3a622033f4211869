"""What a child's page says of children whose care ended otherwise, or never began."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.children.standing.case import Case

pytestmark = pytest.mark.django_db
CASES = (
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
def test_the_page_says_what_follows_from_the_law(case: Case, says: Callable[[Case], None]) -> None:
    says(case)
