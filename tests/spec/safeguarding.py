"""Safeguarding: missing children, exploitation, incidents, advocacy, rights, access to records."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import act, asked, columns, entry, in_care_since, life, on, told

CASES = (
    Case(
        "return-interview",
        "2024-05-15",
        life(
            in_care_since(),
            columns(
                "missing_episodes",
                kind="kind",
                started_on="gone",
                ended_on="back",
                interview_held_on="done",
                is_interview_accepted="accepted",
            ),
        ),
        """
    kind | gone       | back       | left       | done       | accepted | due        | outcome
    M    | 2024-03-27 | 2024-03-28 |            | 2024-03-30 |          | 2024-03-31 | in time
    M    | 2024-03-27 | 2024-03-28 |            | 2024-03-31 |          | 2024-03-31 | on the day
    M    | 2024-03-27 | 2024-03-28 |            | 2024-04-01 |          | 2024-03-31 | a day late
    M    | 2024-03-27 | 2024-03-28 |            |            | no       | 2024-03-31 | overdue
    M    | 2024-03-27 | 2024-03-28 |            |            |          | 2024-03-31 | overdue
    M    | 2024-03-27 | 2024-03-28 | 2024-03-31 |            |          | 2024-03-31 | lapsed
    M    | 2024-05-14 |            |            |            |          |            | nothing owed
    A    | 2024-03-27 | 2024-03-28 |            |            |          |            | nothing owed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "missing-episode-recorded",
        "2024-12-31",
        life(in_care_since(), on("missing_episodes", "started_on", "gone"), act("absence_recorded")),
        """
    gone       | done       | due        | outcome
    2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |            | 2024-03-28 | overdue
    """,
        {"in time": "it cannot be recorded before it happens", "lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "missing-notify-police",
        "2024-12-31",
        life(
            in_care_since(),
            columns("missing_episodes", kind="kind", started_on="gone", ended_on="back"),
            told("police"),
        ),
        """
    kind | gone       | back       | done       | due        | outcome
    M    | 2024-03-28 |            | 2024-03-28 | 2024-03-28 | on the day
    M    | 2024-03-28 |            | 2024-03-29 | 2024-03-28 | a day late
    M    | 2024-03-28 |            |            | 2024-03-28 | overdue
    M    | 2024-03-28 | 2024-03-28 | 2024-03-28 | 2024-03-28 | on the day
    M    | 2024-03-28 | 2024-03-29 | 2024-03-29 | 2024-03-28 | a day late
    M    | 2024-03-28 | 2024-03-28 |            | 2024-03-28 | missed
    M    | 2024-03-28 | 2024-12-31 |            | 2024-03-28 | overdue
    M    | 2024-03-28 | 2024-12-30 |            | 2024-03-28 | missed
    A    | 2024-03-28 |            |            |            | nothing owed
    """,
        {"in time": "it cannot be told before it happens", "lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "missing-strategy-meeting",
        "2024-04-05",
        life(in_care_since(), columns("missing_episodes", started_on="gone", ended_on="back"), act("missing_meeting")),
        """
    gone       | back       | done       | due        | outcome
    2024-03-27 |            | 2024-03-28 | 2024-04-02 | in time
    2024-03-27 |            | 2024-04-02 | 2024-04-02 | on the day
    2024-03-27 |            | 2024-04-03 | 2024-04-02 | a day late
    2024-03-27 |            |            | 2024-04-02 | overdue
    2024-03-27 | 2024-04-02 |            | 2024-04-02 | lapsed
    2024-03-27 | 2024-03-28 |            |            | nothing owed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "missing-strategy-meeting",
        "2024-06-28",
        life(
            in_care_since(),
            columns("missing_episodes", started_on="first", ended_on="first"),
            columns("missing_episodes", started_on="second", ended_on="second"),
            columns("missing_episodes", started_on="third", ended_on="third"),
            act("missing_meeting"),
        ),
        """
    first      | second     | third      | done       | due        | outcome
    2024-03-01 | 2024-04-01 | 2024-05-30 | 2024-06-06 | 2024-06-06 | on the day
    2024-03-01 | 2024-04-01 | 2024-05-30 | 2024-06-07 | 2024-06-06 | a day late
    2024-03-01 | 2024-04-01 | 2024-05-30 |            | 2024-06-06 | overdue
    2024-03-01 | 2024-04-01 | 2024-05-31 |            |            | nothing owed
    """,
        which=0,
    ),
    Case(
        "missing-strategy-meeting",
        "2024-06-28",
        life(
            in_care_since(),
            columns("missing_episodes", started_on="first", ended_on="first"),
            columns("missing_episodes", started_on="second", ended_on="second"),
            columns("missing_episodes", started_on="third", ended_on="third"),
            act("missing_meeting"),
        ),
        """
    first      | second     | third      | done       | due        | outcome
    2024-02-01 | 2024-03-01 | 2024-03-30 |            | 2024-04-08 | overdue
    2024-02-01 | 2024-03-01 | 2024-03-29 |            | 2024-04-08 | missed
    2024-02-01 | 2024-03-01 | 2024-03-29 | 2024-04-09 | 2024-04-08 | a day late
    """,
        which=0,
    ),
    Case(
        "exploitation-risk-assessment",
        "2024-06-28",
        life(
            in_care_since(),
            asked("exploitation_concern"),
            on("risk_assessments", "assessed_on", kind="exploitation", level="low"),
        ),
        """
    raised     | ended      | done       | due        | outcome
    2024-03-28 |            | 2024-04-14 | 2024-04-15 | in time
    2024-03-28 |            | 2024-04-15 | 2024-04-15 | on the day
    2024-03-28 |            | 2024-04-16 | 2024-04-15 | a day late
    2024-03-28 |            |            | 2024-04-15 | overdue
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "exploitation-risk-assessment",
        "2024-12-31",
        life(
            in_care_since(),
            asked("exploitation_concern"),
            on("risk_assessments", "assessed_on", "high", kind="exploitation", level="high"),
            columns("risk_assessments", kind="risk", assessed_on="low", level="level", panel_agreed_on="panel agreed"),
        ),
        """
    raised     | high       | risk         | low        | level | panel agreed | due        | outcome
    2024-03-28 | 2024-04-10 | exploitation | 2024-07-01 | low   | 2024-07-05   | 2024-07-10 | in time
    2024-03-28 | 2024-04-10 | exploitation | 2024-07-01 | low   |              | 2024-10-01 | overdue
    """,
    ),
    Case(
        "strategy-discussion",
        "2024-12-31",
        life(in_care_since(), asked("significant_harm")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-03-28 |            | 2024-04-02 | in time
    2024-03-28 | 2024-04-02 |            | 2024-04-02 | on the day
    2024-03-28 | 2024-04-03 |            | 2024-04-02 | a day late
    2024-03-28 |            |            | 2024-04-02 | overdue
    2024-03-28 |            | 2024-04-02 | 2024-04-02 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "serious-incident-notice",
        "2024-12-31",
        life(in_care_since(), asked("serious_incident")),
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
        "independent-advocacy",
        "2024-12-31",
        life(entry(), on("advocacy_offers", "offered_on")),
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
        "independent-advocacy",
        "2024-12-31",
        life(
            in_care_since(),
            on("advocacy_offers", "offered_on", "on entry", occasion="entry"),
            columns("complaints", received_on="complained", withdrawn_on="withdrawn"),
            on("advocacy_offers", "offered_on", occasion="complaint"),
        ),
        """
    on entry   | complained | withdrawn  | done       | due        | outcome
    2024-01-03 | 2024-03-28 |            | 2024-03-25 | 2024-03-28 | in time
    2024-01-03 | 2024-03-28 |            | 2024-03-28 | 2024-03-28 | on the day
    2024-01-03 | 2024-03-28 |            | 2024-03-29 | 2024-03-28 | a day late
    2024-01-03 | 2024-03-28 |            |            | 2024-03-28 | overdue
    2024-03-28 | 2024-03-28 |            |            | 2024-03-28 | overdue
    2024-01-03 | 2024-03-28 | 2024-05-01 |            | 2024-03-28 | missed
    """,
    ),
    Case(
        "independent-advocacy",
        "2024-12-31",
        life(
            in_care_since(),
            on("advocacy_offers", "offered_on", "on entry", occasion="entry"),
            columns(
                "complaints",
                received_on="complained",
                responded_on="answered",
                stage2_requested_on="asked 2",
                adjudicated_on="found",
                stage3_requested_on="asked 3",
                final_response_on="final",
            ),
        ),
        """
    on entry   | complained | answered   | asked 2    | found      | asked 3    | final      | due        | outcome
    2024-01-03 | 2024-03-28 | 2024-11-29 |            |            |            |            | 2024-03-28 | overdue
    2024-01-03 | 2024-03-28 | 2024-11-28 |            |            |            |            | 2024-03-28 | missed
    2024-01-03 | 2024-03-28 | 2024-04-10 | 2024-05-01 |            |            |            | 2024-03-28 | overdue
    2024-01-03 | 2024-03-28 | 2024-04-10 | 2024-05-01 | 2024-06-03 |            |            | 2024-03-28 | missed
    2024-01-03 | 2024-03-28 | 2024-04-10 | 2024-05-01 | 2024-06-03 | 2024-06-10 |            | 2024-03-28 | overdue
    2024-01-03 | 2024-03-28 | 2024-04-10 | 2024-05-01 | 2024-06-03 | 2024-06-10 | 2024-08-01 | 2024-03-28 | missed
    2024-01-03 | 2024-03-28 |            |            |            |            |            | 2024-03-28 | overdue
    """,
    ),
    Case(
        "rights-information",
        "2024-12-31",
        life(entry(), act("rights_explained")),
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
        "subject-access-request",
        "2024-12-31",
        life(in_care_since(), asked("subject_access")),
        """
    raised     | extended   | answered   | ended      | due        | outcome
    2024-01-31 |            | 2024-02-28 |            | 2024-02-29 | in time
    2024-01-31 |            | 2024-02-29 |            | 2024-02-29 | on the day
    2024-01-31 |            | 2024-03-01 |            | 2024-02-29 | a day late
    2024-01-31 |            |            |            | 2024-02-29 | overdue
    2024-01-31 |            |            | 2024-02-29 | 2024-02-29 | lapsed
    2024-01-31 | 2024-02-20 | 2024-04-30 |            | 2024-04-30 | on the day
    2024-01-31 | 2024-02-20 | 2024-05-01 |            | 2024-04-30 | a day late
    """,
        {"not known": ALWAYS_DATED},
    ),
)
