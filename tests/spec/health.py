"""Health: assessments, checks, plans, and where a child is kept."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import act, between, entry, in_care_since, life, moved, on, reviewed

CASES = (
    Case(
        "health-initial",
        "2024-12-31",
        life(entry(), on("health_assessments", "assessed_on")),
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
        "health-review-under5",
        "2025-03-31",
        life(entry(), on("health_assessments", "assessed_on", "assessed")),
        """
    born       | in care    | left       | assessed               | due        | outcome
    2022-05-10 | 2024-03-28 |            | 2024-04-24, 2024-10-23 | 2024-10-24 | in time
    2022-05-10 | 2024-03-28 |            | 2024-04-24, 2024-10-24 | 2024-10-24 | on the day
    2022-05-10 | 2024-03-28 |            | 2024-04-24, 2024-10-25 | 2024-10-24 | a day late
    2022-05-10 | 2024-03-28 |            | 2024-04-24             | 2024-10-24 | overdue
    2022-05-10 | 2024-03-28 | 2024-10-24 | 2024-04-24             | 2024-10-24 | lapsed
    """,
        {"not known": "a child of unknown age is under the rule of 12 months, which is then not known"},
        which=0,
    ),
    Case(
        "health-review-5plus",
        "2025-06-30",
        life(entry(), on("health_assessments", "assessed_on", "assessed")),
        """
    born       | in care    | left       | assessed               | due        | outcome
    2012-05-10 | 2024-03-28 |            | 2024-04-24, 2025-04-23 | 2025-04-24 | in time
    2012-05-10 | 2024-03-28 |            | 2024-04-24, 2025-04-24 | 2025-04-24 | on the day
    2012-05-10 | 2024-03-28 |            | 2024-04-24, 2025-04-25 | 2025-04-24 | a day late
    2012-05-10 | 2024-03-28 |            | 2024-04-24             | 2025-04-24 | overdue
    2019-10-24 | 2024-03-28 |            | 2024-04-24             | 2025-04-24 | overdue
    2012-05-10 | 2024-03-28 | 2025-04-24 | 2024-04-24             | 2025-04-24 | lapsed
    ?          | 2024-03-28 |            | 2024-04-24             |            | not known
    """,
        which=0,
    ),
    Case(
        "health-plan",
        "2024-12-31",
        life(in_care_since(), on("health_assessments", "assessed_on", "assessed"), act("health_plan")),
        """
    assessed   | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "health-plan",
        "2024-12-31",
        life(in_care_since(), on("health_assessments", "assessed_on", "assessed"), reviewed(), act("health_plan")),
        """
    assessed   | reviewed   | done       | due        | outcome
    2024-01-20 | 2024-01-31 | 2024-01-30 | 2024-01-31 | in time
    2024-01-20 | 2024-01-25 | 2024-01-26 | 2024-01-31 | late
    2024-01-20 | 2024-01-31 |            | 2024-01-31 | overdue
    """,
    ),
    Case(
        "dental-check",
        "2024-12-31",
        life(entry(), on("dental_checks", "checked_on")),
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
        "immunisations",
        "2024-12-31",
        life(
            in_care_since(),
            on("health_assessments", "assessed_on", "assessed"),
            on("immunisations", "found_on", is_up_to_date=True),
            on("immunisations", "found_on", "not up to date", is_up_to_date=False),
        ),
        """
    assessed   | done       | not up to date | due        | outcome
    2024-03-28 | 2024-03-25 |                | 2024-03-28 | in time
    2024-03-28 | 2024-03-28 |                | 2024-03-28 | on the day
    2024-03-28 |            | 2024-03-28     | 2024-03-28 | on the day
    2024-03-28 | 2024-03-29 |                | 2024-03-28 | a day late
    2024-03-28 |            |                | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "development-check",
        "2025-06-30",
        life(entry(), act("development_checked")),
        """
    born       | in care    | left       | done       | due        | outcome
    2024-02-10 | 2024-03-28 |            | 2025-02-09 | 2025-02-10 | in time
    2024-02-10 | 2024-03-28 |            | 2025-02-10 | 2025-02-10 | on the day
    2024-02-10 | 2024-03-28 |            | 2025-02-11 | 2025-02-10 | a day late
    2024-02-10 | 2024-03-28 |            |            | 2025-02-10 | overdue
    2024-02-10 | 2024-03-28 | 2025-02-10 |            | 2025-02-10 | lapsed
    ?          | 2024-03-28 |            |            |            | nothing owed
    """,
        {"not known": "of a child whose day of birth is not known no check falls in care"},
        which=0,
    ),
    Case(
        "sdq-annual",
        "2025-12-31",
        life(entry(), on("sdq_scores", "completed_on")),
        """
    born       | in care    | left       | done       | due        | outcome
    2012-05-10 | 2024-03-28 |            | 2025-03-27 | 2025-03-28 | in time
    2012-05-10 | 2024-03-28 |            | 2025-03-28 | 2025-03-28 | on the day
    2012-05-10 | 2024-03-28 |            | 2025-03-29 | 2025-03-28 | a day late
    2012-05-10 | 2024-03-28 |            |            | 2025-03-28 | overdue
    2021-09-01 | 2024-03-28 |            |            | 2025-09-01 | overdue
    2012-05-10 | 2024-03-28 | 2025-03-28 |            | 2025-03-28 | lapsed
    2012-05-10 | ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "sdq-follow-up",
        "2024-12-31",
        life(
            in_care_since(),
            on("sdq_scores", "completed_on", "score of 17", score=17),
            on("sdq_scores", "completed_on", "score of 16", score=16),
            act("sdq_followed_up"),
        ),
        """
    born       | score of 17 | score of 16 | done       | due        | outcome
    2012-05-10 | 2024-03-28  |             | 2024-04-28 | 2024-04-29 | in time
    2012-05-10 | 2024-03-28  |             | 2024-04-29 | 2024-04-29 | on the day
    2012-05-10 | 2024-03-28  |             | 2024-04-30 | 2024-04-29 | a day late
    2012-05-10 | 2024-03-28  |             |            | 2024-04-29 | overdue
    2012-05-10 |             | 2024-03-28  |            |            | nothing owed
    2006-04-26 | 2024-03-28  |             |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "gp-registration",
        "2024-12-31",
        life(moved(), on("arrangements", "started_on", kind="gp_registered")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-14 | 2024-04-15 | in time
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | on the day
    2024-03-28 |            | 2024-04-16 | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | lapsed
    ?          |            |            |            | not known
    """,
    ),
    Case(
        "optician-check",
        "2025-12-31",
        life(entry(), act("eyes_tested")),
        """
    born       | in care    | left       | done       | due        | outcome
    2012-05-10 | 2024-03-28 |            | 2025-03-27 | 2025-03-28 | in time
    2012-05-10 | 2024-03-28 |            | 2025-03-28 | 2025-03-28 | on the day
    2012-05-10 | 2024-03-28 |            | 2025-03-29 | 2025-03-28 | a day late
    2012-05-10 | 2024-03-28 |            |            | 2025-03-28 | overdue
    2021-09-01 | 2024-03-28 |            |            | 2025-09-01 | overdue
    2012-05-10 | 2024-03-28 | 2025-03-28 |            | 2025-03-28 | lapsed
    ?          | 2024-03-28 |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "substance-misuse-screen",
        "2024-12-31",
        life(in_care_since(), on("health_assessments", "assessed_on", "assessed"), act("substance_screened")),
        """
    born       | assessed   | done       | due        | outcome
    2012-05-10 | 2024-03-28 | 2024-03-25 | 2024-03-28 | in time
    2012-05-10 | 2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2012-05-10 | 2024-03-28 | 2024-03-29 | 2024-03-28 | a day late
    2012-05-10 | 2024-03-28 |            | 2024-03-28 | overdue
    2014-03-29 | 2024-03-28 |            |            | nothing owed
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "health-passport",
        "2024-10-01",
        life(entry(), act("health_passport")),
        """
    born       | in care    | left | done       | due        | outcome
    2006-11-20 | 2022-01-10 |      | 2024-08-19 | 2024-08-20 | in time
    2006-11-20 | 2022-01-10 |      | 2024-08-20 | 2024-08-20 | on the day
    2006-11-20 | 2022-01-10 |      | 2024-08-21 | 2024-08-20 | a day late
    2006-11-20 | 2022-01-10 |      |            | 2024-08-20 | overdue
    2007-06-20 | 2022-01-10 |      |            | 2025-03-20 | due
    """,
        {
            "lapsed": "it falls due three years and more before the birthday that ends it",
            "not known": "nobody of unknown age can be called eligible",
        },
        which=0,
    ),
    Case(
        "health-passport",
        "2024-12-31",
        life(entry(), act("health_passport")),
        """
    born       | in care    | left | done                   | due        | outcome
    2006-11-20 | 2022-01-10 |      | 2024-08-19, 2024-11-19 | 2024-11-20 | in time
    2006-11-20 | 2022-01-10 |      | 2024-08-19, 2024-11-20 | 2024-11-20 | on the day
    2006-11-20 | 2022-01-10 |      | 2024-08-19, 2024-11-21 | 2024-11-20 | a day late
    2006-11-20 | 2022-01-10 |      | 2024-11-19             | 2024-11-20 | overdue
    2006-11-20 | 2022-01-10 |      | 2024-11-20             | 2024-08-20 | late
    2007-02-20 | 2022-01-10 |      | 2024-11-19             | 2025-02-20 | due
    """,
    ),
    Case(
        "secure-accommodation-72h",
        "2024-12-31",
        life(moved(placement_type="K1"), act("secure_order")),
        """
    placed     | left       | done                   | due        | outcome
    2024-03-28 |            | 2024-03-28             | 2024-06-28 | overdue
    2024-03-28 |            | 2024-03-28, 2024-06-28 | 2024-12-28 | overdue
    """,
    ),
    Case(
        "secure-accommodation-72h",
        "2024-12-31",
        life(moved(placement_type="K1"), act("secure_order")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-03-30 | 2024-03-31 | in time
    2024-03-28 |            | 2024-03-31 | 2024-03-31 | on the day
    2024-03-28 |            | 2024-04-01 | 2024-03-31 | a day late
    2024-03-28 |            |            | 2024-03-31 | overdue
    2024-03-28 | 2024-03-31 |            | 2024-03-31 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "secure-accommodation-review",
        "2024-12-31",
        life(moved(placement_type="K1"), act("secure_reviewed")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-27 | 2024-04-28 | in time
    2024-03-28 |            | 2024-04-28 | 2024-04-28 | on the day
    2024-03-28 |            | 2024-04-29 | 2024-04-28 | a day late
    2024-03-28 |            |            | 2024-04-28 | overdue
    2024-03-28 | 2024-04-28 |            | 2024-04-28 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "dol-order-tracked",
        "2024-12-31",
        life(in_care_since(), between("deprivations_of_liberty"), act("liberty_order_recorded")),
        """
    from       | to | done       | due        | outcome
    2024-03-28 |    | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |    | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |    |            | 2024-03-28 | overdue
    """,
        {"in time": "an order can be recorded from its own day on", "lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "development-check",
        "2026-12-31",
        life(entry(), act("development_checked")),
        """
        born       | in care    | done                   | due        | outcome
        2024-02-10 | 2024-03-28 | 2025-02-10, 2026-08-10 | 2026-08-10 | on the day
        2024-02-10 | 2024-03-28 | 2025-03-20             | 2026-08-10 | overdue
        2024-02-10 | 2024-03-28 |                        | 2026-08-10 | overdue
    """,
    ),
)
