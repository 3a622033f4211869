"""Court: proceedings, work before them, short orders, contact."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, Case
from tests.spec.lives import (
    act,
    asked,
    columns,
    entry,
    in_care_since,
    life,
    on,
    silent,
)

CASES = (
    Case(
        "care-proceedings-26-weeks",
        "2024-12-31",
        life(in_care_since(), columns("proceedings", issued_on="issued", concluded_on="concluded")),
        """
    issued     | left | concluded  | due        | outcome
    2024-03-28 |      | 2024-09-24 | 2024-09-25 | in time
    2024-03-28 |      | 2024-09-25 | 2024-09-25 | on the day
    2024-03-28 |      | 2024-09-26 | 2024-09-25 | a day late
    2024-03-28 |      |            | 2024-09-25 | overdue
    """,
        {"lapsed": "nothing but the 18th birthday ends it", "not known": ALWAYS_DATED},
    ),
    Case(
        "care-proceedings-26-weeks",
        "2024-12-31",
        life(
            in_care_since(),
            columns("proceedings", issued_on="issued", concluded_on="concluded"),
            on("hearings", "heard_on", "extended", is_extended=True),
        ),
        """
    issued     | extended   | concluded  | due        | outcome
    2024-03-28 | 2024-09-20 | 2024-11-20 | 2024-11-20 | on the day
    2024-03-28 | 2024-09-20 | 2024-11-21 | 2024-11-20 | a day late
    2024-03-28 | 2024-09-20 |            | 2024-11-20 | overdue
    """,
    ),
    Case(
        "pre-proceedings-review",
        "2024-12-31",
        life(
            in_care_since(),
            columns("pre_proceedings", letter_on="letter", ended_on="ended"),
            act("pre_proceedings_reviewed"),
        ),
        """
    letter     | ended      | done       | due        | outcome
    2024-03-28 |            | 2024-05-08 | 2024-05-09 | in time
    2024-03-28 |            | 2024-05-09 | 2024-05-09 | on the day
    2024-03-28 |            | 2024-05-10 | 2024-05-09 | a day late
    2024-03-28 |            |            | 2024-05-09 | overdue
    2024-03-28 | 2024-05-09 |            | 2024-05-09 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "pre-proceedings-review",
        "2024-12-31",
        life(in_care_since(), columns("pre_proceedings", letter_on="letter", ended_on="ended"), silent("case_actions")),
        """
    letter     | ended      | due        | outcome
    2024-03-28 | 2024-07-17 | 2024-07-18 | in time
    2024-03-28 | 2024-07-18 | 2024-07-18 | on the day
    2024-03-28 | 2024-07-19 | 2024-07-18 | a day late
    """,
        which=1,
    ),
    Case(
        "emergency-protection-order",
        "2024-12-31",
        life(entry(legal_status="L2"), on("hearings", "heard_on", "extended", is_extended=True)),
        """
    in care    | extended   | left       | due        | outcome
    2024-03-28 |            | 2024-04-04 | 2024-04-05 | in time
    2024-03-28 |            | 2024-04-05 | 2024-04-05 | on the day
    2024-03-28 |            | 2024-04-06 | 2024-04-05 | a day late
    2024-03-28 |            |            | 2024-04-05 | overdue
    2024-03-28 | 2024-04-03 | 2024-04-12 | 2024-04-12 | on the day
    2024-03-28 | 2024-04-03 | 2024-04-13 | 2024-04-12 | a day late
    ?          |            |            |            | not known
    """,
        {"lapsed": "its end is what is owed"},
    ),
    Case(
        "police-protection",
        "2024-12-31",
        life(entry(legal_status="L1")),
        """
    in care    | left       | due        | outcome
    2024-03-28 | 2024-03-30 | 2024-03-31 | in time
    2024-03-28 | 2024-03-31 | 2024-03-31 | on the day
    2024-03-28 | 2024-04-01 | 2024-03-31 | a day late
    2024-03-28 |            | 2024-03-31 | overdue
    ?          |            |            | not known
    """,
        {"lapsed": "its end is what is owed"},
    ),
    Case(
        "contact-refusal",
        "2024-12-31",
        life(in_care_since(), asked("contact_refused")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-04-02 |            | 2024-04-03 | in time
    2024-03-28 | 2024-04-03 |            | 2024-04-03 | on the day
    2024-03-28 | 2024-04-04 |            | 2024-04-03 | a day late
    2024-03-28 |            |            | 2024-04-03 | overdue
    2024-03-28 |            | 2024-04-03 | 2024-04-03 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "family-group-conference",
        "2024-12-31",
        life(
            in_care_since(),
            columns("pre_proceedings", decided_on="decided", ended_on="ended"),
            act("family_meeting_offered"),
        ),
        """
    decided    | ended      | done       | due        | outcome
    2024-03-28 |            | 2024-04-21 | 2024-04-22 | in time
    2024-03-28 |            | 2024-04-22 | 2024-04-22 | on the day
    2024-03-28 |            | 2024-04-23 | 2024-04-22 | a day late
    2024-03-28 |            |            | 2024-04-22 | overdue
    2024-03-28 | 2024-04-22 |            | 2024-04-22 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
)
