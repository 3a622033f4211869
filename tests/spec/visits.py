"""Visits to the child, by the rule the child is under."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import act, arranged, asked, care, child, entry, in_care_since, life, moved, on, reviewed

CASES = (
    Case(
        "visit-placement-start",
        "2024-12-31",
        life(entry(), on("visits", "visited_on")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-year-one",
        "2024-05-20",
        life(entry(), on("visits", "visited_on", "visited")),
        """
    in care    | left       | visited                | due        | outcome
    2024-03-28 |            | 2024-04-03, 2024-05-14 | 2024-05-15 | in time
    2024-03-28 |            | 2024-04-03, 2024-05-15 | 2024-05-15 | on the day
    2024-03-28 |            | 2024-04-03, 2024-05-16 | 2024-05-15 | a day late
    2024-03-28 |            | 2024-04-03             | 2024-05-15 | overdue
    2024-03-28 | 2024-05-15 | 2024-04-03             | 2024-05-15 | lapsed
    """,
        {"not known": "of a placement of unknown start the year is not known, and so not whether this rule applies"},
        which=0,
    ),
    Case(
        "visit-after-year-permanent",
        "2024-05-03",
        life(entry(placement_type="U4"), on("visits", "visited_on", "visited")),
        """
    in care    | left       | visited                | due        | outcome
    2023-01-10 |            | 2024-02-01, 2024-04-30 | 2024-05-01 | in time
    2023-01-10 |            | 2024-02-01, 2024-05-01 | 2024-05-01 | on the day
    2023-01-10 |            | 2024-02-01, 2024-05-02 | 2024-05-01 | a day late
    2023-01-10 |            | 2024-02-01             | 2024-05-01 | overdue
    2023-01-10 | 2024-05-01 | 2024-02-01             | 2024-05-01 | lapsed
    ?          |            | 2024-02-01             |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-after-year-other",
        "2024-03-16",
        life(entry(), on("visits", "visited_on", "visited")),
        """
    in care    | left       | visited                | due        | outcome
    2023-01-10 |            | 2024-02-01, 2024-03-13 | 2024-03-14 | in time
    2023-01-10 |            | 2024-02-01, 2024-03-14 | 2024-03-14 | on the day
    2023-01-10 |            | 2024-02-01, 2024-03-15 | 2024-03-14 | a day late
    2023-01-10 |            | 2024-02-01             | 2024-03-14 | overdue
    2023-01-10 | 2024-03-14 | 2024-02-01             | 2024-03-14 | lapsed
    """,
        {"not known": "once a visit on or after the first anniversary is seen the interval is known"},
        which=0,
    ),
    Case(
        "visit-long-term-foster-reduced",
        "2024-08-05",
        life(entry(placement_type="U4"), arranged("fewer_visits"), on("visits", "visited_on", "visited")),
        """
    in care    | left       | visited                | from       | to         | due        | outcome
    2023-01-10 |            | 2024-02-01, 2024-07-31 | 2023-06-01 |            | 2024-08-01 | in time
    2023-01-10 |            | 2024-02-01, 2024-08-01 | 2023-06-01 |            | 2024-08-01 | on the day
    2023-01-10 |            | 2024-02-01, 2024-08-02 | 2023-06-01 |            | 2024-08-01 | a day late
    2023-01-10 |            | 2024-02-01             | 2023-06-01 |            | 2024-08-01 | overdue
    2023-01-10 | 2024-08-01 | 2024-02-01             | 2023-06-01 |            | 2024-08-01 | lapsed
    2023-01-10 |            | 2024-02-01             | 2023-06-01 | 2024-01-20 |            | nothing owed
    """,
        {"not known": "once a visit on or after the first anniversary is seen the interval is known"},
        which=0,
    ),
    Case(
        "visit-parents-pending-assessment",
        "2024-12-31",
        life(moved(placement_type="P1", legal_status="C1"), arranged("parents_pending"), on("visits", "visited_on")),
        """
    placed     | left       | from       | to | done       | due        | outcome
    2024-03-28 |            | 2024-03-28 |    | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-03-28 |    | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-03-28 |    | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            | 2024-03-28 |    |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 | 2024-03-28 |    |            | 2024-04-04 | lapsed
    """,
        {"not known": "the arrangement is made on a day that is on record"},
        which=0,
    ),
    Case(
        "visit-temporary-approval",
        "2024-12-31",
        life(moved(placement_type="U3"), arranged("temporary_approval"), reviewed(), on("visits", "visited_on")),
        """
    placed     | left       | from       | to | reviewed   | done       | due        | outcome
    2024-03-28 |            | 2024-03-28 |    |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-03-28 |    |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-03-28 |    |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            | 2024-03-28 |    |            |            | 2024-04-04 | overdue
    2024-03-28 |            | 2024-03-28 |    | 2024-01-30 |            | 2024-04-25 | overdue
    2024-03-28 | 2024-04-04 | 2024-03-28 |    |            |            | 2024-04-04 | lapsed
    """,
        {"not known": "the arrangement is made on a day that is on record"},
        which=0,
    ),
    Case(
        "visit-interim-order-parents",
        "2024-12-31",
        life(moved(placement_type="P1", legal_status="C1"), on("visits", "visited_on")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-care-order-parents",
        "2024-12-31",
        life(moved(placement_type="P1", legal_status="C2"), on("visits", "visited_on")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-other-arrangements",
        "2024-12-31",
        life(moved(placement_type="R2", legal_status="C2"), on("visits", "visited_on")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-on-request",
        "2024-12-31",
        life(in_care_since(), asked("visit"), on("visits", "visited_on", "answered")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-07 |            | 2024-04-08 | in time
    2024-03-28 | 2024-04-08 |            | 2024-04-08 | on the day
    2024-03-28 | 2024-04-09 |            | 2024-04-08 | a day late
    2024-03-28 |            |            | 2024-04-08 | overdue
    2024-03-28 |            | 2024-04-08 | 2024-04-08 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "visit-after-ofsted-notice",
        "2024-12-31",
        life(in_care_since(), asked("home_notice"), on("visits", "visited_on", "answered")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-03 |            | 2024-04-04 | in time
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | on the day
    2024-03-28 | 2024-04-05 |            | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "visit-short-breaks",
        "2024-12-31",
        life(child(), care(legal_status="V3"), on("visits", "visited_on")),
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
        "visit-adoptive-placement",
        "2024-12-31",
        life(moved(placement_type="A5"), on("visits", "visited_on")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 |            |            | 2024-04-04 | overdue
    2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "visit-seen-alone",
        "2024-12-31",
        life(
            in_care_since(),
            on("visits", "visited_on", "alone"),
            on("visits", "visited_on", "with reason", is_seen_alone=False, reason_not_alone="child declined"),
            on("visits", "visited_on", "not alone", is_seen_alone=False),
            on("visits", "visited_on", "not told", is_seen_alone=None),
        ),
        """
    alone      | with reason | not alone  | not told   | due        | outcome
    2024-03-28 |             |            |            | 2024-03-28 | on the day
               | 2024-03-28  |            |            | 2024-03-28 | on the day
               |             | 2024-03-28 |            | 2024-03-28 | overdue
               |             |            | 2024-03-28 | 2024-03-28 | not known
    """,
        {
            "in time": "it is of the day of the visit",
            "a day late": "it is of the day of the visit",
            "lapsed": DUE_AT_ONCE,
        },
    ),
    Case(
        "visit-former-looked-after-custody",
        "2024-12-31",
        life(entry(), act("custody_visited")),
        """
    in care    | left       | reason | done       | due        | outcome
    2024-01-03 | 2024-03-28 | E9     | 2024-04-14 | 2024-04-15 | in time
    2024-01-03 | 2024-03-28 | E9     | 2024-04-15 | 2024-04-15 | on the day
    2024-01-03 | 2024-03-28 | E9     | 2024-04-16 | 2024-04-15 | a day late
    2024-01-03 | 2024-03-28 | E9     |            | 2024-04-15 | overdue
    2024-01-03 | 2024-03-28 | E4A    |            |            | nothing owed
    """,
        {"lapsed": "nothing but the 18th birthday ends it", "not known": ALWAYS_DATED},
    ),
)
