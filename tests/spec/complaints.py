"""Complaints and taking part."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, Case
from tests.spec.lives import act, columns, entry, in_care_since, life

A_RIGHT = "it is a right of the person who complains: it runs out, and nobody is late"

CASES = (
    Case(
        "complaint-stage1",
        "2024-12-31",
        life(in_care_since(), columns("complaints", received_on="from", responded_on="done", withdrawn_on="withdrawn")),
        """
    from       | withdrawn  | done       | due        | outcome
    2024-03-28 |            | 2024-04-14 | 2024-04-15 | in time
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | on the day
    2024-03-28 |            | 2024-04-16 | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage1-extended",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints", received_on="from", extended_on="extended", responded_on="done", withdrawn_on="withdrawn"
            ),
        ),
        """
    from       | extended   | withdrawn  | done       | due        | outcome
    2024-03-28 | 2024-04-10 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 | 2024-04-10 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 | 2024-04-10 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-28 | 2024-04-10 |            |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-10 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage2-request",
        "2024-04-30",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                responded_on="from",
                stage2_requested_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-03-14 | 2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-03-14 | 2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-03-14 | 2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-03-14 | 2024-03-28 |            |            | 2024-04-29 | missed
    2024-03-14 | 2024-04-08 |            |            | 2024-05-07 | due
    2024-03-14 | 2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"overdue": A_RIGHT, "not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage2",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                stage2_requested_on="from",
                adjudicated_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 |            | 2024-05-06 | 2024-05-07 | in time
    2024-02-01 | 2024-03-28 |            | 2024-05-07 | 2024-05-07 | on the day
    2024-02-01 | 2024-03-28 |            | 2024-05-08 | 2024-05-07 | a day late
    2024-02-01 | 2024-03-28 |            |            | 2024-05-07 | overdue
    2024-02-01 | 2024-03-28 | 2024-05-07 |            | 2024-05-07 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage2-extended",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                stage2_requested_on="from",
                stage2_extended_on="extended",
                adjudicated_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | extended   | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 | 2024-04-20 |            | 2024-07-02 | 2024-07-03 | in time
    2024-02-01 | 2024-03-28 | 2024-04-20 |            | 2024-07-03 | 2024-07-03 | on the day
    2024-02-01 | 2024-03-28 | 2024-04-20 |            | 2024-07-04 | 2024-07-03 | a day late
    2024-02-01 | 2024-03-28 | 2024-04-20 |            |            | 2024-07-03 | overdue
    2024-02-01 | 2024-03-28 | 2024-04-20 | 2024-07-03 |            | 2024-07-03 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage3-request",
        "2024-04-30",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                adjudicated_on="from",
                stage3_requested_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 |            | 2024-04-28 | 2024-04-29 | in time
    2024-02-01 | 2024-03-28 |            | 2024-04-29 | 2024-04-29 | on the day
    2024-02-01 | 2024-03-28 |            | 2024-04-30 | 2024-04-29 | a day late
    2024-02-01 | 2024-03-28 |            |            | 2024-04-29 | missed
    2024-02-01 | 2024-03-28 | 2024-04-29 |            | 2024-04-29 | lapsed
    """,
        {"overdue": A_RIGHT, "not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-stage3-panel",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                stage3_requested_on="from",
                panel_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 |            | 2024-05-13 | 2024-05-14 | in time
    2024-02-01 | 2024-03-28 |            | 2024-05-14 | 2024-05-14 | on the day
    2024-02-01 | 2024-03-28 |            | 2024-05-15 | 2024-05-14 | a day late
    2024-02-01 | 2024-03-28 |            |            | 2024-05-14 | overdue
    2024-02-01 | 2024-03-28 | 2024-05-14 |            | 2024-05-14 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-panel-report",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                panel_on="from",
                panel_reported_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 |            | 2024-04-07 | 2024-04-08 | in time
    2024-02-01 | 2024-03-28 |            | 2024-04-08 | 2024-04-08 | on the day
    2024-02-01 | 2024-03-28 |            | 2024-04-09 | 2024-04-08 | a day late
    2024-02-01 | 2024-03-28 |            |            | 2024-04-08 | overdue
    2024-02-01 | 2024-03-28 | 2024-04-08 |            | 2024-04-08 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-final-response",
        "2024-12-31",
        life(
            in_care_since(),
            columns(
                "complaints",
                received_on="received",
                panel_reported_on="from",
                final_response_on="done",
                withdrawn_on="withdrawn",
            ),
        ),
        """
    received   | from       | withdrawn  | done       | due        | outcome
    2024-02-01 | 2024-03-28 |            | 2024-04-21 | 2024-04-22 | in time
    2024-02-01 | 2024-03-28 |            | 2024-04-22 | 2024-04-22 | on the day
    2024-02-01 | 2024-03-28 |            | 2024-04-23 | 2024-04-22 | a day late
    2024-02-01 | 2024-03-28 |            |            | 2024-04-22 | overdue
    2024-02-01 | 2024-03-28 | 2024-04-22 |            | 2024-04-22 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "complaint-time-limit",
        "2024-12-31",
        life(in_care_since(), columns("complaints", grounds_on="grounds", received_on="received")),
        """
    grounds    | received   | due        | outcome
    2023-03-28 | 2024-03-27 | 2024-03-28 | in time
    2023-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2023-03-28 | 2024-03-29 | 2024-03-28 | a day late
    """,
        {
            "overdue": "a complaint not made is not on record",
            "lapsed": "a complaint not made is not on record",
            "not known": "without the day the grounds arose nothing can be said, and nothing is",
        },
    ),
    Case(
        "participation-offer",
        "2024-12-31",
        life(entry(), act("participation_offered")),
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
)
