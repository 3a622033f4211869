"""Becoming looked after: plans, allocation, reviewing officers, notices."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import act, asked, entry, in_care_since, life, moved, on, reviewed, told

MISSED_AFTER_THE_MEETING = "what was not done before the meeting cannot be done after it: it is missed"

CASES = (
    Case(
        "allocated-social-worker",
        "2024-12-31",
        life(entry(), on("allocations", "started_on", role="social_worker")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-30 |            | 2024-04-01 | 2024-04-02 | in time
    2024-03-30 |            | 2024-04-02 | 2024-04-02 | on the day
    2024-03-30 |            | 2024-04-03 | 2024-04-02 | a day late
    2024-03-30 |            |            | 2024-04-02 | overdue
    2024-03-30 | 2024-04-02 |            | 2024-04-02 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "s20-lawful-basis",
        "2024-12-31",
        life(entry(legal_status="V2"), act("s20_basis")),
        """
    in care    | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "s20-drift-review",
        "2024-07-31",
        life(entry(legal_status="V2"), act("s20_reviewed")),
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
        "care-plan-initial",
        "2024-12-31",
        life(entry(), on("care_plans", "started_on")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-14 | 2024-04-15 | in time
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | on the day
    2024-03-28 |            | 2024-04-16 | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "care-plan-current",
        "2024-12-31",
        life(in_care_since(), reviewed(), on("care_plans", "started_on")),
        """
    reviewed   | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "placement-plan",
        "2024-12-31",
        life(moved(), act("placement_plan")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-07 | 2024-04-08 | in time
    2024-03-28 |            | 2024-04-08 | 2024-04-08 | on the day
    2024-03-28 |            | 2024-04-09 | 2024-04-08 | a day late
    2024-03-28 |            |            | 2024-04-08 | overdue
    2024-03-28 | 2024-04-08 |            | 2024-04-08 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "iro-appointed",
        "2024-12-31",
        life(entry(), on("allocations", "started_on", role="reviewing_officer")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-07 | 2024-04-08 | in time
    2024-03-28 |            | 2024-04-08 | 2024-04-08 | on the day
    2024-03-28 |            | 2024-04-09 | 2024-04-08 | a day late
    2024-03-28 |            |            | 2024-04-08 | overdue
    2024-03-28 | 2024-04-08 |            | 2024-04-08 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "iro-child-contact",
        "2024-12-31",
        life(in_care_since(), reviewed(), on("reviewing_officer_contacts", "contacted_on")),
        """
    reviewed   | done       | due        | outcome
    2024-03-28 | 2024-03-20 | 2024-03-28 | in time
    2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 | 2024-03-29 | 2024-03-28 | missed
    2024-03-28 |            | 2024-03-28 | missed
    2024-03-28 | 2024-01-02 | 2024-03-28 | in time
    """,
        {
            "a day late": MISSED_AFTER_THE_MEETING,
            "overdue": MISSED_AFTER_THE_MEETING,
            "lapsed": DUE_AT_ONCE,
            "not known": ALWAYS_DATED,
        },
    ),
    Case(
        "review-consultation",
        "2024-08-30",
        life(in_care_since(), reviewed(), act("review_consulted")),
        """
    reviewed   | left       | done       | due        | outcome
    2024-02-15 |            | 2024-04-22 | 2024-04-23 | in time
    2024-02-15 |            | 2024-04-23 | 2024-04-23 | on the day
    2024-02-15 |            | 2024-04-24 | 2024-04-23 | a day late
    2024-02-15 |            |            | 2024-04-23 | overdue
    2024-02-15 | 2024-04-10 |            | 2024-04-23 | lapsed
    """,
        {"not known": "where it is not known when care began, nothing is owed before the third review"},
    ),
    Case(
        "review-decisions-issued",
        "2024-12-31",
        life(in_care_since(), reviewed(), act("review_decisions_sent")),
        """
    reviewed   | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-07 | 2024-04-08 | in time
    2024-03-28 |            | 2024-04-08 | 2024-04-08 | on the day
    2024-03-28 |            | 2024-04-09 | 2024-04-08 | a day late
    2024-03-28 |            |            | 2024-04-08 | overdue
    2024-03-28 | 2024-04-08 |            | 2024-04-08 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "review-record-issued",
        "2024-12-31",
        life(in_care_since(), reviewed(), act("review_record_produced"), act("review_record_sent", "sent")),
        """
    reviewed   | left       | done       | sent       | due        | outcome
    2024-03-28 |            | 2024-04-21 | 2024-05-01 | 2024-04-22 | in time
    2024-03-28 |            | 2024-04-22 | 2024-05-01 | 2024-04-22 | on the day
    2024-03-28 |            | 2024-04-23 | 2024-05-01 | 2024-04-22 | a day late
    2024-03-28 |            |            |            | 2024-04-22 | overdue
    2024-03-28 | 2024-04-22 |            |            | 2024-04-22 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "review-record-issued",
        "2024-12-31",
        life(in_care_since(), reviewed(), act("review_record_produced", "produced"), act("review_record_sent")),
        """
    reviewed   | left       | produced   | done       | due        | outcome
    2024-03-28 |            | 2024-04-10 | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-10 | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-10 | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            | 2024-04-10 |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 | 2024-04-10 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=1,
    ),
    Case(
        "iro-escalation",
        "2024-12-31",
        life(in_care_since(), asked("iro_dispute")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-28 |            | 2024-04-29 | in time
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | on the day
    2024-03-28 | 2024-04-30 |            | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "health-notification-new",
        "2024-12-31",
        life(moved(), told("health_commissioner")),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-04-07 | 2024-04-08 | in time
    2024-03-28 |      | 2024-04-08 | 2024-04-08 | on the day
    2024-03-28 |      | 2024-04-09 | 2024-04-08 | a day late
    2024-03-28 |      |            | 2024-04-08 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": "the end of care must be told as well, and is the last to open"},
    ),
    Case(
        "education-notification-new",
        "2024-12-31",
        life(moved(), told("school")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-02 | 2024-04-03 | in time
    2024-03-28 |            | 2024-04-03 | 2024-04-03 | on the day
    2024-03-28 |            | 2024-04-04 | 2024-04-03 | a day late
    2024-03-28 |            |            | 2024-04-03 | overdue
    2024-03-28 | 2024-04-03 |            | 2024-04-03 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "placement-notification",
        "2024-12-31",
        life(moved(), told("parents"), told("gp"), told("carer"), told("school", "school told")),
        """
    placed     | done       | school told | due        | outcome
    2024-03-28 | 2024-04-07 | 2024-03-28  | 2024-04-08 | in time
    2024-03-28 | 2024-04-08 | 2024-03-28  | 2024-04-08 | on the day
    2024-03-28 | 2024-03-28 | 2024-04-09  | 2024-04-08 | a day late
    2024-03-28 |            |             | 2024-04-08 | overdue
    2024-03-28 | 2024-03-28 |             | 2024-04-08 | overdue
    ?          |            |             |            | not known
    """,
        {"lapsed": "the end of care must be told as well, and is the last to open"},
    ),
    Case(
        "case-record-retention",
        "2024-12-31",
        life(entry(), act("retention_set")),
        """
    born       | died       | in care    | done       | due        | outcome
    2006-02-28 |            | 2010-05-04 | 2024-03-01 | 2081-02-28 | in time
    1948-02-29 |            | 2000-01-04 |            | 2023-03-01 | overdue
    1940-05-10 |            | 2000-01-04 | 2015-05-10 | 2015-05-10 | on the day
    1940-05-10 |            | 2000-01-04 | 2015-05-11 | 2015-05-10 | a day late
    2008-03-01 | 2009-06-05 | 2008-05-04 |            | 2024-06-05 | overdue
    ?          |            | 2010-05-04 |            |            | not known
    """,
        {"lapsed": "nothing ends it"},
    ),
    Case(
        "health-notification-new",
        "2024-12-31",
        life(entry(), told("health_commissioner")),
        """
        in care    | left       | done                   | due        | outcome
        2024-01-03 | 2024-05-01 | 2024-01-05, 2024-05-09 | 2024-05-09 | on the day
        2024-01-03 | 2024-05-01 | 2024-01-05             | 2024-05-09 | overdue
    """,
    ),
    Case(
        "placement-notification",
        "2024-12-31",
        life(
            entry(is_in_area=False),
            told("parents"),
            told("gp"),
            told("carer"),
            told("school"),
            told("area_authority", "area told"),
        ),
        """
        in care    | done       | area told  | due        | outcome
        2024-03-28 | 2024-03-28 |            | 2024-04-08 | overdue
        2024-03-28 | 2024-03-28 | 2024-04-05 | 2024-04-08 | in time
    """,
    ),
)
