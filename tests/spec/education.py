"""School: plans, places, absence, suspension, special needs."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.timescales.limits import national
from hearth.timescales.terms import Terms
from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import act, asked, between, columns, entry, in_care_since, life, on
from tests.timescales.builders import AUTHORITY

TERMS = Terms(
    pl.DataFrame(
        [
            ("spring", date(2024, 1, 3), date(2024, 3, 28), date(2024, 2, 12), date(2024, 2, 16)),
            ("summer", date(2024, 4, 15), date(2024, 7, 23), date(2024, 5, 27), date(2024, 5, 31)),
            ("autumn", date(2024, 9, 3), date(2024, 12, 20), date(2024, 10, 28), date(2024, 11, 1)),
        ],
        schema=["term", "start", "end", "half_term_start", "half_term_end"],
        orient="row",
    )
)
"""Term dates of a made-up authority for 2024."""
IN_TERM = national().with_terms({AUTHORITY: TERMS})

CASES = (
    Case(
        "pep-initiated",
        "2024-12-31",
        life(entry(), on("education_plans", "started_on")),
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
        "pep-first-complete",
        "2024-12-31",
        life(entry(), columns("education_plans", started_on="in care", finalised_on="done")),
        """
    in care    | left       | done       | due        | outcome
    2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": "as of the first plan"},
    ),
    Case(
        "pep-termly",
        "2024-12-31",
        life(entry(), on("education_plans", "started_on", "plans")),
        """
    in care    | left       | plans                  | due        | outcome
    2024-04-16 |            | 2024-04-22, 2024-12-19 | 2024-12-20 | in time
    2024-04-16 |            | 2024-04-22, 2024-12-20 | 2024-12-20 | on the day
    2024-04-16 |            | 2024-04-22, 2024-12-21 | 2024-12-20 | a day late
    2024-04-16 |            | 2024-04-22             | 2024-12-20 | overdue
    2024-04-16 | 2024-12-20 | 2024-04-22             | 2024-12-20 | lapsed
    2024-04-16 |            | 2024-09-10             |            | not known
    """,
        limits=IN_TERM,
        which=0,
    ),
    Case(
        "pep-quality",
        "2024-12-31",
        life(in_care_since(), columns("education_plans", started_on="plan", finalised_on="finished", graded_on="done")),
        """
    plan       | finished   | done       | due        | outcome
    2024-03-28 | 2024-04-10 | 2024-04-23 | 2024-04-24 | in time
    2024-03-28 | 2024-04-10 | 2024-04-24 | 2024-04-24 | on the day
    2024-03-28 | 2024-04-10 | 2024-04-25 | 2024-04-24 | a day late
    2024-03-28 | 2024-04-10 |            | 2024-04-24 | overdue
    """,
        {"lapsed": "nothing but the 18th birthday ends it", "not known": ALWAYS_DATED},
    ),
    Case(
        "school-place",
        "2024-12-31",
        life(in_care_since(), between("schools_attended"), on("schools_attended", "started_on")),
        """
    from       | to         | left       | done       | due        | outcome
    2023-09-05 | 2024-05-20 |            | 2024-06-23 | 2024-06-24 | in time
    2023-09-05 | 2024-05-20 |            | 2024-06-24 | 2024-06-24 | on the day
    2023-09-05 | 2024-05-20 |            | 2024-06-25 | 2024-06-24 | a day late
    2023-09-05 | 2024-05-20 |            |            | 2024-06-24 | overdue
    2023-09-05 | 2024-05-20 | 2024-06-24 |            | 2024-06-24 | lapsed
    2023-09-05 | 2024-05-20 |            | 2024-05-20 |            | nothing owed
    2023-09-05 | 2024-12-12 |            |            |            | not known
    """,
        limits=IN_TERM,
    ),
    Case(
        "key-stage-4-move",
        "2024-12-31",
        life(in_care_since(), asked("education_move")),
        """
    raised     | answered   | due        | outcome
    2024-03-28 | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "attendance-alert",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "school_attendance",
                ended_on="figure of",
                possible_sessions="possible",
                attended_sessions="attended",
                acted_on="done",
            ),
        ),
        """
    figure of  | possible | attended | done       | due        | outcome
    2024-03-28 | 100      | 94       | 2024-04-03 | 2024-04-04 | in time
    2024-03-28 | 100      | 94       | 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 | 100      | 94       | 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 | 100      | 94       |            | 2024-04-04 | overdue
    2024-03-28 | 100      | 95       |            |            | nothing owed
    """,
        {"lapsed": "nothing but the 18th birthday ends it", "not known": ALWAYS_DATED},
    ),
    Case(
        "unauthorised-absence-10",
        "2024-12-31",
        life(in_care_since(), columns("unauthorised_absences", started_on="from", ended_on="to", reported_on="done")),
        """
    from       | to         | done       | due        | outcome
    2024-05-20 |            | 2024-06-06 | 2024-06-07 | in time
    2024-05-20 |            | 2024-06-07 | 2024-06-07 | on the day
    2024-05-20 |            | 2024-06-08 | 2024-06-07 | a day late
    2024-05-20 |            |            | 2024-06-07 | overdue
    2024-05-20 | 2024-06-07 |            | 2024-06-07 | lapsed
    2024-12-16 |            |            |            | not known
    """,
        limits=IN_TERM,
    ),
    Case(
        "suspension-education",
        "2024-12-31",
        life(
            in_care_since(),
            columns("suspensions", kind="kind", started_on="from", ended_on="to", education_from_on="done"),
        ),
        """
    kind       | from       | to         | done       | due        | outcome
    suspension | 2024-05-24 | 2024-06-12 | 2024-05-24 | 2024-06-03 | in time
    suspension | 2024-05-24 | 2024-06-12 | 2024-06-03 | 2024-06-03 | on the day
    suspension | 2024-05-24 | 2024-06-12 | 2024-06-04 | 2024-06-03 | a day late
    suspension | 2024-05-24 | 2024-06-12 |            | 2024-06-03 | missed
    suspension | 2024-05-24 | 2024-06-03 |            | 2024-06-03 | missed
    suspension | 2024-05-24 | 2024-05-24 |            | 2024-06-03 | lapsed
    suspension | 2024-12-20 |            |            |            | not known
    """,
        limits=IN_TERM,
    ),
    Case(
        "suspension-education",
        "2024-06-05",
        life(
            in_care_since(),
            columns("suspensions", kind="kind", started_on="from", ended_on="to", education_from_on="done"),
        ),
        """
    kind       | from       | to         | done | due        | outcome
    suspension | 2024-05-24 | 2024-06-12 |      | 2024-06-03 | overdue
    """,
        limits=IN_TERM,
    ),
    Case(
        "exclusion-response",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "suspensions",
                kind="kind",
                started_on="notice",
                ended_on="overturned",
                virtual_school_told_on="told",
                education_from_on="education",
                governors_met_on="governors",
            ),
        ),
        """
    kind      | notice     | overturned | told       | education  | governors  | due        | outcome
    exclusion | 2024-05-20 |            | 2024-05-20 | 2024-05-21 | 2024-06-16 | 2024-06-17 | in time
    exclusion | 2024-05-20 |            | 2024-05-20 | 2024-05-21 | 2024-06-17 | 2024-06-17 | on the day
    exclusion | 2024-05-20 |            | 2024-05-20 | 2024-05-21 | 2024-06-18 | 2024-06-17 | a day late
    exclusion | 2024-05-20 |            | 2024-05-20 | 2024-05-21 |            | 2024-06-17 | overdue
    exclusion | 2024-05-20 | 2024-06-17 | 2024-05-20 | 2024-05-21 |            | 2024-06-17 | lapsed
    """,
        limits=IN_TERM,
    ),
    Case(
        "exclusion-response",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "suspensions",
                kind="kind",
                started_on="notice",
                ended_on="overturned",
                virtual_school_told_on="told",
                education_from_on="education",
                governors_met_on="governors",
            ),
        ),
        """
    kind      | notice     | overturned | told       | education  | governors | due        | outcome
    exclusion | 2024-05-20 |            | 2024-05-20 | 2024-05-21 |           | 2024-05-20 | on the day
    exclusion | 2024-05-20 |            | 2024-05-21 |            |           | 2024-05-20 | a day late
    exclusion | 2024-05-20 |            |            |            |           | 2024-05-20 | overdue
    exclusion | 2024-12-16 |            |            |            |           |            | not known
    """,
        limits=IN_TERM,
        which=0,
    ),
    Case(
        "ehc-assessment",
        "2024-12-31",
        life(
            in_care_since(),
            columns("ehc_requests", requested_on="asked", decided_on="decided", outcome="answer", assessed_on="issued"),
        ),
        """
    asked      | decided    | answer | issued     | due        | outcome
    2024-03-28 | 2024-05-01 | Y      | 2024-08-14 | 2024-08-15 | in time
    2024-03-28 | 2024-05-01 | Y      | 2024-08-15 | 2024-08-15 | on the day
    2024-03-28 | 2024-05-01 | Y      | 2024-08-16 | 2024-08-15 | a day late
    2024-03-28 | 2024-05-01 | Y      |            | 2024-08-15 | overdue
    2024-03-28 | 2024-05-01 | N      |            | 2024-08-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "ehc-assessment",
        "2024-12-31",
        life(in_care_since(), columns("ehc_requests", requested_on="asked", decided_on="decided")),
        """
    asked      | decided    | due        | outcome
    2024-03-28 | 2024-05-09 | 2024-05-09 | on the day
    2024-03-28 | 2024-05-10 | 2024-05-09 | a day late
    2024-03-28 |            | 2024-05-09 | overdue
    """,
        which=0,
    ),
    Case(
        "ehc-assessment",
        "2025-06-30",
        life(in_care_since(), columns("ehc_plans", started_on="plan", reviewed_on="reviewed", ended_on="ended")),
        """
    plan       | reviewed   | ended      | due        | outcome
    2024-03-28 | 2025-03-28 |            | 2025-03-28 | on the day
    2024-03-28 | 2025-03-29 |            | 2025-03-28 | a day late
    2024-03-28 |            |            | 2025-03-28 | overdue
    2024-03-28 |            | 2025-03-28 | 2025-03-28 | lapsed
    """,
        which=0,
    ),
    Case(
        "work-experience-offer",
        "2025-08-15",
        life(entry(), act("work_experience_offered")),
        """
    born       | in care    | left       | done       | due        | outcome
    2011-05-10 | 2024-03-28 |            | 2025-07-30 | 2025-07-31 | in time
    2011-05-10 | 2024-03-28 |            | 2025-07-31 | 2025-07-31 | on the day
    2011-05-10 | 2024-03-28 |            | 2025-08-01 | 2025-07-31 | a day late
    2011-05-10 | 2024-03-28 |            |            | 2025-07-31 | overdue
    2011-05-10 | 2024-03-28 | 2025-07-31 |            | 2025-07-31 | lapsed
    2011-09-02 | 2024-03-28 |            |            |            | nothing owed
    """,
        {"not known": "of a child of unknown age no school year can be told"},
    ),
)
