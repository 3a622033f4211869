"""Leaving care: status, assessment, plans, advisers, visits and contact."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, Case
from tests.spec.lives import (
    act,
    arranged,
    entry,
    life,
    on,
)

CASES = (
    Case(
        "leaving-care-status",
        "2022-12-31",
        life(entry(), act("category_told")),
        """
    born       | in care    | left | done       | due        | outcome
    2006-05-10 | 2020-01-06 |      | 2022-05-23 | 2022-05-24 | in time
    2006-05-10 | 2020-01-06 |      | 2022-05-24 | 2022-05-24 | on the day
    2006-05-10 | 2020-01-06 |      | 2022-05-25 | 2022-05-24 | a day late
    2006-05-10 | 2020-01-06 |      |            | 2022-05-24 | overdue
    """,
        {"lapsed": "ten working days after the 16th birthday never reach the 18th"},
    ),
    Case(
        "leaving-care-status",
        "2024-04-30",
        life(entry(), act("category_told")),
        """
    born       | in care | done | due | outcome
    2007-02-10 | ?       |      |     | not known
    """,
    ),
    Case(
        "needs-assessment",
        "2022-12-31",
        life(entry(), on("needs_assessments", "completed_on")),
        """
    born       | in care    | left | done       | due        | outcome
    2006-05-10 | 2020-01-06 |      | 2022-08-09 | 2022-08-10 | in time
    2006-05-10 | 2020-01-06 |      | 2022-08-10 | 2022-08-10 | on the day
    2006-05-10 | 2020-01-06 |      | 2022-08-11 | 2022-08-10 | a day late
    2006-05-10 | 2020-01-06 |      |            | 2022-08-10 | overdue
    """,
    ),
    Case(
        "needs-assessment",
        "2024-12-31",
        life(entry(), on("needs_assessments", "completed_on")),
        """
    born       | in care    | left | done | due        | outcome
    2006-05-10 | 2024-01-03 |      |      | 2024-07-03 | lapsed
    2006-05-10 | 2024-02-10 |      |      |            | nothing owed
    2007-02-10 | ?          |      |      |            | not known
    """,
    ),
    Case(
        "pathway-plan",
        "2024-12-31",
        life(entry(), on("needs_assessments", "completed_on", "assessed"), on("pathway_plans", "completed_on")),
        """
    born       | in care    | assessed   | done       | due        | outcome
    2007-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-28 | 2024-04-29 | in time
    2007-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-29 | 2024-04-29 | on the day
    2007-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-30 | 2024-04-29 | a day late
    2007-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-29 | overdue
    2003-04-20 | 2016-01-04 | 2024-03-28 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "pathway-plan-review",
        "2024-12-31",
        life(entry(), on("pathway_plans", "completed_on", "plans")),
        """
    born       | in care    | plans                  | due        | outcome
    2006-12-10 | 2020-01-06 | 2024-03-28, 2024-09-27 | 2024-09-28 | in time
    2006-12-10 | 2020-01-06 | 2024-03-28, 2024-09-28 | 2024-09-28 | on the day
    2006-12-10 | 2020-01-06 | 2024-03-28, 2024-09-29 | 2024-09-28 | a day late
    2006-12-10 | 2020-01-06 | 2024-03-28             | 2024-09-28 | overdue
    2003-09-20 | 2016-01-04 | 2024-03-28             | 2024-09-28 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "pathway-plan-28-days",
        "2024-05-31",
        life(entry(), arranged("accommodation_provided"), on("pathway_plans", "completed_on")),
        """
    born       | in care    | from       | to         | done       | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-24 | 2024-04-25 | in time
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-25 | 2024-04-25 | on the day
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-26 | 2024-04-25 | a day late
    2006-05-10 | 2020-01-06 | 2024-03-28 |            |            | 2024-04-25 | overdue
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-25 |            | 2024-04-25 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "pa-appointed",
        "2022-12-31",
        life(entry(), on("allocations", "started_on", role="personal_adviser")),
        """
    born       | in care    | left | done       | due        | outcome
    2006-05-10 | 2020-01-06 |      | 2022-08-09 | 2022-08-10 | in time
    2006-05-10 | 2020-01-06 |      | 2022-08-10 | 2022-08-10 | on the day
    2006-05-10 | 2020-01-06 |      | 2022-08-11 | 2022-08-10 | a day late
    2006-05-10 | 2020-01-06 |      |            | 2022-08-10 | overdue
    """,
        {"lapsed": "three months after the 16th birthday never reach the 21st"},
    ),
    Case(
        "pa-appointed",
        "2024-12-31",
        life(entry(), on("allocations", "started_on", role="personal_adviser")),
        """
    born       | in care | left | done | due | outcome
    2007-02-10 | ?       |      |      |     | not known
    """,
    ),
    Case(
        "pa-visit-7-days",
        "2024-05-31",
        life(
            entry(),
            arranged("accommodation_provided"),
            on("care_leaver_contacts", "contacted_on", is_visit=True),
            on("care_leaver_contacts", "contacted_on", "perhaps a visit", is_visit=None),
        ),
        """
    born       | in care    | from       | to         | done       | perhaps a visit | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-03 |                 | 2024-04-04 | in time
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-04 |                 | 2024-04-04 | on the day
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-05 |                 | 2024-04-04 | a day late
    2006-05-10 | 2020-01-06 | 2024-03-28 |            |            |                 | 2024-04-04 | overdue
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-04 |            |                 | 2024-04-04 | lapsed
    2006-05-10 | 2020-01-06 | 2024-03-28 |            |            | 2024-04-01      | 2024-04-04 | not known
    """,
        which=0,
    ),
    Case(
        "pa-visit-before-review",
        "2024-05-31",
        life(
            entry(),
            arranged("accommodation_provided"),
            on("care_leaver_contacts", "contacted_on", is_visit=True),
            on("pathway_plans", "completed_on", "reviewed"),
        ),
        """
    born       | in care    | from       | to         | done       | reviewed   | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-24 |            | 2024-04-25 | in time
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-25 |            | 2024-04-25 | on the day
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-26 |            | 2024-04-25 | a day late
    2006-05-10 | 2020-01-06 | 2024-03-28 |            | 2024-04-20 | 2024-04-15 | 2024-04-25 | late
    2006-05-10 | 2020-01-06 | 2024-03-28 |            |            |            | 2024-04-25 | overdue
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-04-25 |            |            | 2024-04-25 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "pa-visit-2-months",
        "2025-03-31",
        life(
            entry(),
            arranged("accommodation_provided"),
            on("care_leaver_contacts", "contacted_on", "visited", is_visit=True),
            on("care_leaver_contacts", "contacted_on", "perhaps", is_visit=None),
        ),
        """
    born       | in care    | from       | to         | visited                | perhaps    | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-12-27 |            | 2024-12-31, 2025-02-27 |         | 2025-02-28 | in time
    2006-05-10 | 2020-01-06 | 2024-12-27 |            | 2024-12-31, 2025-02-28 |         | 2025-02-28 | on the day
    2006-05-10 | 2020-01-06 | 2024-12-27 |            | 2024-12-31, 2025-03-01 |         | 2025-02-28 | a day late
    2006-05-10 | 2020-01-06 | 2024-12-27 |            | 2024-12-31             |         | 2025-02-28 | overdue
    2006-05-10 | 2020-01-06 | 2024-12-27 | 2025-02-28 | 2024-12-31             |         | 2025-02-28 | lapsed
    2006-05-10 | 2020-01-06 | 2024-12-27 |            | 2024-12-31             | 2025-02-20 | 2025-02-28 | not known
    """,
        which=0,
    ),
    Case(
        "keep-in-touch",
        "2024-06-28",
        life(
            entry(),
            on("care_leaver_contacts", "contacted_on", is_two_way=True),
            on("care_leaver_contacts", "contacted_on", "perhaps answered", is_two_way=None),
            on("care_leaver_contacts", "contacted_on", "not answered", is_two_way=False),
        ),
        """
    born       | in care    | left       | done       | perhaps answered | not answered | due        | outcome
    2006-02-10 | 2016-01-04 | 2024-02-10 | 2024-04-05 |                  |              | 2024-04-06 | in time
    2006-02-10 | 2016-01-04 | 2024-02-10 | 2024-04-06 |                  |              | 2024-04-06 | on the day
    2006-02-10 | 2016-01-04 | 2024-02-10 | 2024-04-07 |                  |              | 2024-04-06 | a day late
    2006-02-10 | 2016-01-04 | 2024-02-10 |            |                  |              | 2024-04-06 | overdue
    2006-02-10 | 2016-01-04 | 2024-02-10 |            |                  | 2024-03-01   | 2024-04-06 | overdue
    2006-02-10 | 2016-01-04 | 2024-02-10 |            | 2024-03-01       |              | 2024-04-06 | not known
    """,
        which=0,
    ),
    Case(
        "keep-in-touch",
        "2024-12-31",
        life(entry(), on("care_leaver_contacts", "contacted_on", is_two_way=True)),
        """
    born       | in care    | left       | done       | due        | outcome
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-04-01 | 2024-05-27 | lapsed
    """,
    ),
    Case(
        "care-leaver-birthday-status",
        "2026-01-31",
        life(entry(), act("birthday_recorded")),
        """
    born       | in care    | left       | done       | due        | outcome
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2025-02-10 | 2025-06-10 | in time
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2025-06-10 | 2025-06-10 | on the day
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2025-06-11 | 2025-06-10 | a day late
    2006-05-10 | 2016-01-04 | 2024-05-10 |            | 2025-06-10 | overdue
    """,
        {
            "lapsed": "only coming back into care would end it",
            "not known": "nobody of unknown age can be called eligible",
        },
    ),
)
