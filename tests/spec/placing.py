"""Placement rules: approvals, temporary approvals, what is prohibited, placements at risk."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import (
    act,
    approved,
    arranged,
    asked,
    entry,
    in_care_since,
    life,
    moved,
    on,
    silent,
)

NOTHING_MAKES_IT_RIGHT = "nothing makes it right but that the child leaves"

CASES = (
    Case(
        "parents-assessment",
        "2024-12-31",
        life(
            moved(placement_type="P1", legal_status="C2"),
            approved("parents"),
            act("parents_assessed", "assessed"),
            on("arrangements", "started_on", "pending", kind="parents_pending"),
        ),
        """
    placed     | left | assessed   | done       | due        | outcome
    2024-03-28 |      |            | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      |            | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      |            | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      | 2024-03-20 |            | 2024-03-28 | overdue
    ?          |      |            |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "parents-assessment",
        "2024-12-31",
        life(
            moved(placement_type="P1", legal_status="C2"),
            act("parents_assessed"),
            approved("parents"),
            silent("arrangements"),
        ),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    """,
        which=0,
    ),
    Case(
        "parents-assessment-late",
        "2024-12-31",
        life(in_care_since(), arranged("parents_pending"), act("parents_assessed"), approved("parents")),
        """
    from       | to         | done       | due        | outcome
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
        "parents-assessment-late",
        "2024-12-31",
        life(in_care_since(), arranged("parents_pending"), act("parents_assessed", "assessed"), approved("parents")),
        """
    from       | to | assessed   | done       | due        | outcome
    2024-03-28 |    | 2024-04-15 | 2024-04-28 | 2024-04-29 | in time
    2024-03-28 |    | 2024-04-15 | 2024-04-29 | 2024-04-29 | on the day
    2024-03-28 |    | 2024-04-15 | 2024-04-15 | 2024-04-29 | in time
    2024-03-28 |    | 2024-04-15 |            | 2024-04-29 | overdue
    2024-03-28 |    |            | 2024-04-15 | 2024-04-15 | overdue
    """,
    ),
    Case(
        "connected-person-temporary",
        "2024-12-31",
        life(in_care_since(), arranged("temporary_approval"), approved("connected_person")),
        """
    from       | to         | done       | due        | outcome
    2024-03-28 |            | 2024-07-17 | 2024-07-18 | in time
    2024-03-28 |            | 2024-07-18 | 2024-07-18 | on the day
    2024-03-28 |            | 2024-07-19 | 2024-07-18 | a day late
    2024-03-28 |            |            | 2024-07-18 | overdue
    2024-03-28 | 2024-07-18 |            | 2024-07-18 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "connected-person-extension",
        "2024-12-31",
        life(in_care_since(), arranged("temporary_approval_extended"), approved("connected_person")),
        """
    from       | to         | done       | due        | outcome
    2024-03-28 |            | 2024-05-22 | 2024-05-23 | in time
    2024-03-28 |            | 2024-05-23 | 2024-05-23 | on the day
    2024-03-28 |            | 2024-05-24 | 2024-05-23 | a day late
    2024-03-28 |            |            | 2024-05-23 | overdue
    2024-03-28 | 2024-05-23 |            | 2024-05-23 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "foster-emergency-placement",
        "2024-12-31",
        life(in_care_since(), arranged("outside_approval")),
        """
    from       | to         | due        | outcome
    2024-03-28 | 2024-04-05 | 2024-04-09 | in time
    2024-03-28 | 2024-04-09 | 2024-04-09 | on the day
    2024-03-28 | 2024-04-10 | 2024-04-09 | a day late
    2024-03-28 |            | 2024-04-09 | overdue
    """,
        {"lapsed": "its end is what is owed", "not known": ALWAYS_DATED},
    ),
    Case(
        "foster-to-adopt-approval",
        "2024-12-31",
        life(moved(placement_type="U5"), approved("early_permanence")),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "long-term-match",
        "2024-12-31",
        life(moved(placement_type="U4"), on("long_term_matches", "matched_on")),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "out-of-area-approval",
        "2024-12-31",
        life(moved(is_in_area=False), approved("out_of_area")),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "distant-placement-approval",
        "2024-12-31",
        life(in_care_since(), asked("distant_placement")),
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
        "placement-outside-england-wales",
        "2024-12-31",
        life(moved(placement_authority="SCO"), approved("abroad")),
        """
    placed     | left | done       | due        | outcome
    2024-03-28 |      | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |      | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |      | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |      |            | 2024-03-28 | overdue
    ?          |      |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
    ),
    Case(
        "under-16-unregulated",
        "2024-04-30",
        life(moved(placement_type="P2")),
        """
    born       | placed     | left       | due        | outcome
    2012-05-10 | 2024-03-28 |            | 2024-03-28 | overdue
    2012-05-10 | 2024-03-28 | 2024-04-10 | 2024-03-28 | missed
    2008-03-28 | 2024-03-28 |            |            | nothing owed
    2012-05-10 | ?          |            |            | not known
    """,
        {
            "in time": NOTHING_MAKES_IT_RIGHT,
            "on the day": NOTHING_MAKES_IT_RIGHT,
            "a day late": NOTHING_MAKES_IT_RIGHT,
            "lapsed": DUE_AT_ONCE,
        },
    ),
    Case(
        "supported-accommodation-registered",
        "2024-04-10",
        life(moved(placement_type="K3"), act("provider_checked")),
        """
    born       | placed     | left       | done       | due        | outcome
    2007-05-10 | 2024-03-28 |            | 2024-03-27 | 2024-03-28 | in time
    2007-05-10 | 2024-03-28 |            | 2024-03-28 | 2024-03-28 | on the day
    2007-05-10 | 2024-03-28 |            | 2024-02-27 | 2024-03-28 | overdue
    2008-04-05 | 2024-03-28 |            |            | 2024-04-05 | overdue
    2008-04-15 | 2024-03-28 |            |            |            | nothing owed
    2007-05-10 | 2024-03-28 |            | 2024-03-29 | 2024-03-28 | a day late
    2007-05-10 | 2024-03-28 |            |            | 2024-03-28 | overdue
    2007-05-10 | 2024-03-28 | 2024-04-28 | 2024-03-28 | 2024-03-28 | on the day
    2007-05-10 | ?          |            |            |            | not known
    """,
        {"lapsed": DUE_AT_ONCE},
        which=0,
    ),
    Case(
        "unregistered-placement-escalation",
        "2024-12-31",
        life(in_care_since(), arranged("unregistered_home"), act("unregistered_checked")),
        """
    from       | to         | done       | due        | outcome
    2024-03-28 | 2024-06-03 | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 | 2024-06-03 | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |            |            | 2024-03-28 | overdue
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "unregistered-placement-escalation",
        "2024-12-31",
        life(in_care_since(), arranged("unregistered_home"), act("unregistered_checked")),
        """
    from       | to         | done                   | due        | outcome
    2024-03-28 |            | 2024-03-28, 2024-04-03 | 2024-04-04 | in time
    2024-03-28 |            | 2024-03-28, 2024-04-04 | 2024-04-04 | on the day
    2024-03-28 |            | 2024-03-28, 2024-04-05 | 2024-04-04 | a day late
    2024-03-28 | 2024-04-04 | 2024-03-28             | 2024-04-04 | lapsed
    """,
        which=1,
    ),
    Case(
        "disruption-meeting",
        "2024-12-31",
        life(in_care_since(), asked("placement_ended")),
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
        "stability-meeting",
        "2024-12-31",
        life(in_care_since(), asked("placement_at_risk")),
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
        "cease-looked-after-decision",
        "2024-12-31",
        life(
            entry(legal_status="V2"),
            approved("ceasing", approver="nominated_officer"),
            on("approvals", "approved_on", "director", kind="ceasing", approver="director"),
        ),
        """
    born       | in care    | left       | done       | director   | due        | outcome
    2012-05-10 | 2024-01-03 | 2024-03-28 | 2024-03-25 |            | 2024-03-28 | in time
    2012-05-10 | 2024-01-03 | 2024-03-28 | 2024-03-28 |            | 2024-03-28 | on the day
    2012-05-10 | 2024-01-03 | 2024-03-28 | 2024-03-29 |            | 2024-03-28 | a day late
    2012-05-10 | 2024-01-03 | 2024-03-28 |            |            | 2024-03-28 | overdue
    2008-03-28 | 2024-01-03 | 2024-03-28 | 2024-03-25 |            | 2024-03-28 | overdue
    2008-03-28 | 2024-01-03 | 2024-03-28 |            | 2024-03-25 | 2024-03-28 | in time
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "placement-end-review",
        "2024-12-31",
        life(in_care_since(), asked("placement_ending"), on("reviews", "held_on", "reviewed")),
        """
    raised     | promised   | ended      | reviewed   | due        | outcome
    2024-03-28 | 2024-04-15 |            | 2024-04-10 | 2024-04-15 | in time
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | 2024-04-15 | on the day
    2024-03-28 | 2024-04-15 |            | 2024-04-16 | 2024-04-15 | a day late
    2024-03-28 | 2024-04-15 |            |            | 2024-04-15 | overdue
    2024-03-28 | 2024-04-15 | 2024-04-15 |            | 2024-04-15 | lapsed
    2024-03-28 |            |            |            |            | not known
    """,
    ),
)
