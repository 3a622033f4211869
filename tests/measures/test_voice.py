"""Measures of voice: the children who took part in their review."""

from __future__ import annotations

from hearth.measures import voice
from tests.measures.builders import figure, in_care

PEOPLE = "child_id | born_on\nA | 2015-01-01\nB | 2021-06-01\nC | 2015-01-01"
LIVES = "child | from | to\nA | 2024-01-01 | \nB | 2024-01-01 | \nC | 2024-01-01 | 2025-05-01"


def test_children_take_part_by_the_code_of_the_review():
    of = in_care(
        LIVES,
        people=PEOPLE,
        reviews="""
            child_id | held_on    | participation | is_cancelled
            A        | 2025-04-01 | PN1           |
            A        | 2025-05-01 | PN2           |
            A        | 2025-06-01 | PN3           |
            A        | 2025-07-01 | PN4           |
            A        | 2025-08-01 | PN5           |
            A        | 2025-09-01 | PN6           |
            A        | 2025-10-01 | PN7           |
            A        | 2025-11-01 |               |
            A        | 2025-12-01 | PN0           |
            A        | 2026-01-01 | PN1           | yes
            A        |            | PN1           |
            A        | 2026-04-01 | PN1           | """,
    )
    assert figure(of, voice.REVIEW_PARTICIPATION) == (5, 8, 1)


def test_a_child_is_4_on_the_birthday_and_reviews_after_care_do_not_count():
    of = in_care(
        LIVES,
        people=PEOPLE,
        reviews="""
            child_id | held_on    | participation
            B        | 2025-05-31 | PN1
            B        | 2025-06-01 | PN1
            C        | 2025-05-01 | PN7
            C        | 2025-05-02 | PN1""",
    )
    assert figure(of, voice.REVIEW_PARTICIPATION) == (1, 2, 0)
