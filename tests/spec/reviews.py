"""Reviews of the child's case, and what follows from them."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import asked, columns, entry, in_care_since, life, moved, on, reviewed

CASES = (
    Case(
        "review-first",
        "2024-12-31",
        life(entry(), reviewed("done")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "review-second",
        "2024-12-31",
        life(entry(), reviewed("reviewed")),
        """
    in care    | left       | reviewed               | due        | outcome
    2024-03-28 |            | 2024-04-24, 2024-07-23 | 2024-07-24 | in time
    2024-03-28 |            | 2024-04-24, 2024-07-24 | 2024-07-24 | on the day
    2024-03-28 |            | 2024-04-24, 2024-07-25 | 2024-07-24 | a day late
    2024-03-28 |            | 2024-04-24             | 2024-07-24 | overdue
    2024-03-28 | 2024-07-24 | 2024-04-24             | 2024-07-24 | lapsed
    2024-03-28 |            | 2024-05-31             | 2024-08-31 | overdue
    ?          |            | 2024-04-24             |            | not known
    """,
        which=0,
    ),
    Case(
        "review-subsequent",
        "2025-06-30",
        life(entry(), reviewed("reviewed")),
        """
    in care    | left       | reviewed                           | due        | outcome
    2024-03-28 |            | 2024-04-24, 2024-07-24, 2025-01-23 | 2025-01-24 | in time
    2024-03-28 |            | 2024-04-24, 2024-07-24, 2025-01-24 | 2025-01-24 | on the day
    2024-03-28 |            | 2024-04-24, 2024-07-24, 2025-01-25 | 2025-01-24 | a day late
    2024-03-28 |            | 2024-04-24, 2024-07-24             | 2025-01-24 | overdue
    2024-03-28 |            | 2024-04-24, 2024-05-31             | 2024-11-30 | overdue
    2024-03-28 | 2025-01-24 | 2024-04-24, 2024-07-24             | 2025-01-24 | lapsed
    """,
        {"not known": "two reviews seen are enough to know the third, whenever care began"},
        which=0,
    ),
    Case(
        "review-brought-forward",
        "2024-12-31",
        life(in_care_since(), asked("review_early"), reviewed("answered")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-14 |            | 2024-04-15 | in time
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | on the day
    2024-03-28 | 2024-04-16 |            | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "review-adoption-unplaced",
        "2024-12-31",
        life(moved(legal_status="E1"), reviewed("done")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-06-27 | 2024-06-28 | in time
    2024-03-28 |            | 2024-06-28 | 2024-06-28 | on the day
    2024-03-28 |            | 2024-06-29 | 2024-06-28 | a day late
    2024-03-28 |            |            | 2024-06-28 | overdue
    2024-03-28 | 2024-06-28 |            | 2024-06-28 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "review-adoption-placed-1",
        "2024-12-31",
        life(moved(placement_type="A5"), reviewed("done")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-24 | 2024-04-25 | in time
    2024-03-28 |            | 2024-04-25 | 2024-04-25 | on the day
    2024-03-28 |            | 2024-04-26 | 2024-04-25 | a day late
    2024-03-28 |            |            | 2024-04-25 | overdue
    2024-03-28 | 2024-04-25 |            | 2024-04-25 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "review-adoption-placed-2",
        "2025-12-31",
        life(moved(placement_type="A5"), reviewed("reviewed")),
        """
    placed     | left       | reviewed                           | due        | outcome
    2024-03-28 |            | 2024-04-24, 2024-07-23             | 2024-07-24 | in time
    2024-03-28 |            | 2024-04-24, 2024-07-24             | 2024-07-24 | on the day
    2024-03-28 |            | 2024-04-24, 2024-07-25             | 2024-07-24 | a day late
    2024-03-28 |            | 2024-04-24                         | 2024-07-24 | overdue
    2024-03-28 | 2024-07-24 | 2024-04-24                         | 2024-07-24 | lapsed
    2024-03-28 |            | 2024-04-24, 2024-07-24, 2025-01-24 | 2024-07-24 | on the day
    """,
        {"not known": "a child is placed on a day that is on record"},
        which=0,
    ),
    Case(
        "review-short-breaks",
        "2024-12-31",
        life(entry(legal_status="V3"), reviewed("done")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-06-27 | 2024-06-28 | in time
    2024-03-28 |            | 2024-06-28 | 2024-06-28 | on the day
    2024-03-28 |            | 2024-06-29 | 2024-06-28 | a day late
    2024-03-28 |            |            | 2024-06-28 | overdue
    2024-03-28 | 2024-06-28 |            | 2024-06-28 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "review-remand",
        "2024-12-31",
        life(entry(legal_status="J1"), reviewed("done")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "review-remand",
        "2025-12-31",
        life(entry(legal_status="J1"), reviewed("reviewed")),
        """
    in care    | left       | reviewed               | due        | outcome
    2024-03-28 |            | 2024-04-24             | 2024-07-24 | overdue
    2024-03-28 |            | 2024-04-24, 2024-07-25 | 2025-01-25 | overdue
    2024-03-28 |            | 2024-04-24, 2024-07-24 | 2025-01-24 | overdue
    2024-03-28 | 2024-07-24 | 2024-04-24             | 2024-07-24 | lapsed
    """,
    ),
    Case(
        "review-participation",
        "2024-12-31",
        life(
            in_care_since(),
            on("reviews", "held_on", "reviewed", participation=None),
            on("reviews", "held_on", "recorded", participation="PN1"),
        ),
        """
    reviewed   | recorded   | due        | outcome
    2024-03-28 |            | 2024-03-28 | overdue
               | 2024-03-28 | 2024-03-28 | on the day
    """,
        {
            "in time": "it is recorded of the day of the review",
            "a day late": "it is recorded of the day of the review",
            "lapsed": DUE_AT_ONCE,
            "not known": ALWAYS_DATED,
        },
    ),
    Case(
        "permanence-plan",
        "2024-12-31",
        life(entry(), reviewed(), on("permanence_plans", "recorded_on")),
        """
    in care    | left       | reviewed               | done       | due        | outcome
    2024-03-28 |            | 2024-04-24             | 2024-07-23 | 2024-07-24 | in time
    2024-03-28 |            | 2024-04-24             | 2024-07-24 | 2024-07-24 | on the day
    2024-03-28 |            | 2024-04-24             | 2024-07-25 | 2024-07-24 | a day late
    2024-03-28 |            | 2024-04-24, 2024-06-03 | 2024-06-04 | 2024-07-24 | late
    2024-03-28 |            | 2024-04-24             |            | 2024-07-24 | overdue
    2024-03-28 | 2024-07-24 | 2024-04-24             |            | 2024-07-24 | lapsed
    """,
        {"not known": "where it is not known when care began, no second review can be told"},
    ),
    Case(
        "permanence-plan-achieved",
        "2024-12-31",
        life(in_care_since(), asked("permanence_agreed")),
        """
    raised     | promised   | answered   | ended      | due        | outcome
    2024-03-28 | 2024-06-03 | 2024-05-01 |            | 2024-06-03 | in time
    2024-03-28 | 2024-06-03 | 2024-06-03 |            | 2024-06-03 | on the day
    2024-03-28 | 2024-06-03 | 2024-06-04 |            | 2024-06-03 | a day late
    2024-03-28 | 2024-06-03 |            |            | 2024-06-03 | overdue
    2024-03-28 | 2024-06-03 |            | 2024-06-03 | 2024-06-03 | lapsed
    2024-03-28 |            |            |            |            | not known
    """,
    ),
    Case(
        "independent-visitor-considered",
        "2024-12-31",
        life(in_care_since(), reviewed(), on("independent_visitors", "considered_on", is_needed=False)),
        """
    reviewed   | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "independent-visitor-considered",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "independent_visitors",
                considered_on="considered",
                matched_on="matched",
                is_needed="needed",
                is_wanted="wanted",
            ),
            reviewed("none"),
        ),
        """
    considered | needed | wanted | matched    | due        | outcome
    2024-03-28 | yes    |        | 2024-05-01 | 2024-06-28 | in time
    2024-03-28 | yes    | yes    | 2024-06-28 | 2024-06-28 | on the day
    2024-03-28 | yes    | yes    | 2024-06-29 | 2024-06-28 | a day late
    2024-03-28 | yes    | yes    |            | 2024-06-28 | overdue
    2024-03-28 | yes    | no     |            |            | nothing owed
    2024-03-28 | no     |        |            |            | nothing owed
    """,
    ),
    Case(
        "visit-after-poor-visit",
        "2024-12-31",
        life(in_care_since(), asked("poor_visit"), reviewed("answered")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-14 |            | 2024-04-15 | in time
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | on the day
    2024-03-28 | 2024-04-16 |            | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
)
