"""Support for care leavers: after 21, staying put and close, money, a place to live, documents."""

from __future__ import annotations

from datetime import date

from hearth.timescales.limits import Limit, national
from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import (
    act,
    arranged,
    asked,
    between,
    child,
    columns,
    entry,
    in_care_since,
    life,
    on,
    silent,
)

IN_FORCE = national().with_own([Limit("staying-close", 20, "working_day", valid_from=date(2026, 9, 1))])
"""A council's own number, from the day the duty is in force."""
ENDS_WITH_THE_DAY = "it is complete on the 21st birthday if it still runs, and over if it ended before"

CASES = (
    Case(
        "pa-support-21-offer",
        "2025-06-30",
        life(entry(), act("support_offered")),
        """
    born       | in care    | left       | done       | due        | outcome
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-05-10 | 2024-05-10 | on the day
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-05-11 | 2024-05-10 | a day late
    2003-05-10 | 2016-01-04 | 2021-05-10 |            | 2024-05-10 | overdue
    """,
        {"not known": "nobody of unknown age can be called eligible"},
        which=0,
    ),
    Case(
        "pa-support-21-offer",
        "2025-06-30",
        life(entry(), act("support_offered")),
        """
    born       | in care    | left       | done                   | due        | outcome
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-05-10, 2025-05-09 | 2025-05-10 | in time
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-05-10, 2025-05-10 | 2025-05-10 | on the day
    2003-05-10 | 2016-01-04 | 2021-05-10 | 2024-05-10, 2025-05-11 | 2025-05-10 | a day late
    2000-01-20 | 2014-01-06 | 2018-01-20 | 2024-03-10             | 2025-03-10 | lapsed
    """,
        which=1,
    ),
    Case(
        "pa-support-21-assessment",
        "2024-12-31",
        life(child(), asked("support_after_21"), silent("pathway_plans")),
        """
    born       | raised     | answered   | ended | due        | outcome
    2001-05-10 | 2024-03-28 | 2024-04-28 |       | 2024-04-29 | in time
    2001-05-10 | 2024-03-28 | 2024-04-29 |       | 2024-04-29 | on the day
    2001-05-10 | 2024-03-28 | 2024-04-30 |       | 2024-04-29 | a day late
    2001-05-10 | 2024-03-28 |            |       | 2024-04-29 | overdue
    1999-04-10 | 2024-03-28 |            |       | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "pa-support-21-assessment",
        "2025-12-31",
        life(child(), asked("support_after_21"), on("pathway_plans", "completed_on", "planned")),
        """
    born       | raised     | answered   | ended      | planned    | due        | outcome
    2001-05-10 | 2024-12-02 | 2024-12-20 |            | 2025-06-19 | 2025-06-20 | in time
    2001-05-10 | 2024-12-02 | 2024-12-20 |            | 2025-06-20 | 2025-06-20 | on the day
    2001-05-10 | 2024-12-02 | 2024-12-20 |            | 2025-06-21 | 2025-06-20 | a day late
    2001-05-10 | 2024-12-02 | 2024-12-20 |            |            | 2025-06-20 | overdue
    2001-05-10 | 2024-12-02 | 2024-12-20 | 2025-06-20 |            | 2025-06-20 | lapsed
    2001-05-10 | 2024-12-02 | 2024-12-20 | 2024-12-20 |            |            | nothing owed
    2000-06-10 | 2024-12-02 | 2024-12-20 |            |            | 2025-06-20 | lapsed
    """,
        which=1,
    ),
    Case(
        "education-after-21",
        "2024-12-31",
        life(child(), asked("education_after_21"), act("education_planned")),
        """
    born       | raised     | ended      | done       | due        | outcome
    2001-05-10 | 2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2001-05-10 | 2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2001-05-10 | 2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2001-05-10 | 2024-03-28 |            |            | 2024-04-29 | overdue
    2001-05-10 | 2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "staying-put",
        "2025-12-31",
        life(child(), arranged("staying_put")),
        """
    born       | from       | to         | due        | outcome
    2004-05-10 | 2022-05-10 | 2025-05-10 | 2025-05-10 | on the day
    2004-05-10 | 2022-05-10 |            | 2025-05-10 | on the day
    2004-05-10 | 2022-05-10 | 2024-02-01 | 2025-05-10 | lapsed
    2006-05-10 | 2024-05-10 |            | 2027-05-10 | due
    """,
        {
            "in time": ENDS_WITH_THE_DAY,
            "a day late": ENDS_WITH_THE_DAY,
            "overdue": ENDS_WITH_THE_DAY,
            "not known": ALWAYS_DATED,
        },
    ),
    Case(
        "staying-close",
        "2027-12-31",
        life(entry(), act("staying_close_assessed")),
        """
    born       | in care    | left       | done       | due        | outcome
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2026-09-28 | 2026-09-29 | in time
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2026-09-29 | 2026-09-29 | on the day
    2006-05-10 | 2016-01-04 | 2024-05-10 | 2026-09-30 | 2026-09-29 | a day late
    2006-05-10 | 2016-01-04 | 2024-05-10 |            | 2026-09-29 | overdue
    2001-09-20 | 2014-01-06 | 2019-09-20 |            | 2026-09-29 | lapsed
    2001-08-20 | 2014-01-06 | 2019-08-20 |            |            | nothing owed
    """,
        {"not known": "nobody of unknown age can be called eligible"},
        limits=IN_FORCE,
    ),
    Case(
        "staying-close",
        "2027-12-31",
        life(entry(), act("staying_close_assessed")),
        """
    born       | in care    | left       | done | due | outcome
    2006-05-10 | 2016-01-04 | 2024-05-10 |      |     | nothing owed
    """,
    ),
    Case(
        "setting-up-home",
        "2024-12-31",
        life(
            child(),
            arranged("own_tenancy"),
            columns("entitlements", kind="kind", granted_on="granted", amount="amount"),
        ),
        """
    born       | from       | kind            | granted    | amount | due        | outcome
    2003-05-10 | 2024-03-28 | setting_up_home | 2024-03-25 | 3000   | 2024-03-28 | in time
    2003-05-10 | 2024-03-28 | setting_up_home | 2024-03-28 | 3000   | 2024-03-28 | on the day
    2003-05-10 | 2024-03-28 | setting_up_home | 2024-03-29 | 3000   | 2024-03-28 | a day late
    2003-05-10 | 2024-03-28 | setting_up_home | 2024-03-25 | 2000   | 2024-03-28 | overdue
    2003-05-10 | 2023-03-28 | setting_up_home | 2023-03-25 | 2000   | 2023-03-28 | in time
    2003-05-10 | 2024-03-28 | setting_up_home | 2024-03-25 |        | 2024-03-28 | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "higher-education-bursary",
        "2024-12-31",
        life(child(), arranged("higher_education"), on("entitlements", "granted_on", kind="education_bursary")),
        """
    born       | from       | to         | done       | due        | outcome
    2003-05-10 | 2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2003-05-10 | 2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2003-05-10 | 2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2003-05-10 | 2024-03-28 |            |            | 2024-04-29 | overdue
    2003-05-10 | 2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "council-tax-relief",
        "2024-12-31",
        life(child(), arranged("own_tenancy"), on("entitlements", "granted_on", kind="council_tax_relief")),
        """
    born       | from       | to | done       | due        | outcome
    2003-05-10 | 2024-03-28 |    | 2024-03-28 | 2024-03-28 | on the day
    2003-05-10 | 2024-03-28 |    | 2024-03-29 | 2024-03-28 | a day late
    2003-05-10 | 2024-03-28 |    |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "council-tax-relief",
        "2025-06-30",
        life(child(), arranged("own_tenancy"), on("entitlements", "granted_on", kind="council_tax_relief")),
        """
    born       | from       | to | done                   | due        | outcome
    2003-05-10 | 2024-03-28 |    | 2024-03-28, 2025-03-27 | 2025-03-28 | in time
    2003-05-10 | 2024-03-28 |    | 2024-03-28, 2025-03-29 | 2025-03-28 | a day late
    2003-05-10 | 2024-03-28 |    | 2024-03-28             | 2025-03-28 | overdue
    """,
        which=1,
    ),
    Case(
        "vacation-accommodation",
        "2024-12-31",
        life(child(), asked("vacation")),
        """
    born       | raised     | answered   | due        | outcome
    2003-05-10 | 2024-03-28 | 2024-03-25 | 2024-03-28 | in time
    2003-05-10 | 2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2003-05-10 | 2024-03-28 | 2024-03-29 | 2024-03-28 | a day late
    2003-05-10 | 2024-03-28 |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "suitable-accommodation",
        "2024-12-31",
        life(child(), between("care_leaver_accommodations", accommodation="U1"), act("suitability_checked")),
        """
    born       | from       | to         | done       | due        | outcome
    2003-05-10 | 2024-03-28 |            | 2024-04-03 | 2024-04-04 | in time
    2003-05-10 | 2024-03-28 |            | 2024-04-04 | 2024-04-04 | on the day
    2003-05-10 | 2024-03-28 |            | 2024-04-05 | 2024-04-04 | a day late
    2003-05-10 | 2024-03-28 |            |            | 2024-04-04 | overdue
    2003-05-10 | 2024-03-28 | 2024-04-04 |            | 2024-04-04 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "returned-home-six-months",
        "2024-12-31",
        life(child(), between("returns_home"), act("category_told")),
        """
    born       | from       | to         | done       | due        | outcome
    2007-05-10 | 2023-09-28 |            | 2024-03-28 | 2024-03-28 | on the day
    2007-05-10 | 2023-09-28 |            | 2024-03-29 | 2024-03-28 | a day late
    2007-05-10 | 2023-09-28 |            |            | 2024-03-28 | overdue
    2007-05-10 | 2023-09-28 | 2024-03-28 |            |            | nothing owed
    """,
        {
            "in time": "the status changes when six months are complete, not before",
            "lapsed": DUE_AT_ONCE,
            "not known": ALWAYS_DATED,
        },
    ),
    Case(
        "transition-panel",
        "2023-04-30",
        life(entry(), on("panels", "met_on", kind="transition")),
        """
    born       | in care    | left       | done       | due        | outcome
    2006-05-10 | 2020-01-06 |            | 2022-11-09 | 2022-11-10 | in time
    2006-05-10 | 2020-01-06 |            | 2022-11-10 | 2022-11-10 | on the day
    2006-05-10 | 2020-01-06 |            | 2022-11-11 | 2022-11-10 | a day late
    2006-05-10 | 2020-01-06 |            |            | 2022-11-10 | overdue
    2006-05-10 | 2020-01-06 | 2022-11-10 |            | 2022-11-10 | lapsed
    """,
        {"not known": "nobody of unknown age can be called eligible"},
        which=0,
    ),
    Case(
        "adult-services-referral",
        "2024-12-31",
        life(child(), asked("adult_care_likely")),
        """
    born       | raised     | answered   | ended      | due        | outcome
    2007-05-10 | 2023-03-28 | 2024-05-09 |            | 2024-05-10 | in time
    2007-05-10 | 2023-03-28 | 2024-05-10 |            | 2024-05-10 | on the day
    2007-05-10 | 2023-03-28 | 2024-05-11 |            | 2024-05-10 | a day late
    2007-05-10 | 2023-03-28 |            |            | 2024-05-10 | overdue
    2007-05-10 | 2023-03-28 |            | 2024-05-10 | 2024-05-10 | lapsed
    ?          | 2023-03-28 |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "immigration-status-plan",
        "2024-12-31",
        life(
            in_care_since(),
            on("unaccompanied", "started_on", "alone since"),
            on("reviews", "held_on", "reviewed"),
            act("immigration_planned"),
        ),
        """
    alone since | reviewed   | done       | due        | outcome
    2024-01-03  | 2024-03-28 | 2024-03-25 | 2024-03-28 | in time
    2024-01-03  | 2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2024-01-03  | 2024-03-28 | 2024-03-29 | 2024-03-28 | a day late
    2024-01-03  | 2024-03-28 |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "immigration-status-plan",
        "2024-12-31",
        life(
            in_care_since(),
            columns("immigration_statuses", started_on="given", leave_expires_on="expires", applied_on="applied"),
            act("immigration_planned"),
        ),
        """
    given      | expires    | applied    | done | due        | outcome
    2023-03-28 | 2024-03-28 | 2024-03-27 |      | 2024-03-28 | in time
    2023-03-28 | 2024-03-28 | 2024-03-28 |      | 2024-03-28 | on the day
    2023-03-28 | 2024-03-28 | 2024-03-29 |      | 2024-03-28 | a day late
    2023-03-28 | 2024-03-28 |            |      | 2024-03-28 | overdue
    """,
    ),
    Case(
        "national-identity-documents",
        "2024-03-31",
        life(entry(), act("identity_documents")),
        """
    born       | in care    | left | done       | due        | outcome
    2006-08-10 | 2020-01-06 |      | 2024-02-09 | 2024-02-10 | in time
    2006-08-10 | 2020-01-06 |      | 2024-02-10 | 2024-02-10 | on the day
    2006-08-10 | 2020-01-06 |      | 2024-02-11 | 2024-02-10 | a day late
    2006-08-10 | 2020-01-06 |      |            | 2024-02-10 | overdue
    """,
        {
            "lapsed": "17 and a half is before the birthday that would end it",
            "not known": "nobody of unknown age can be called eligible",
        },
    ),
)
