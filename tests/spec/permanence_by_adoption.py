"""Adoption, special guardianship, orders at home and going home."""

from __future__ import annotations

from hearth.timescales.limits import Limit, national
from tests.spec.case import ALWAYS_DATED, DUE_AT_ONCE, Case
from tests.spec.lives import (
    act,
    approved,
    arranged,
    asked,
    between,
    columns,
    entry,
    in_care_since,
    life,
    moved,
    on,
    reviewed,
    silent,
)

TWENTY_WEEKS = national().with_own([Limit("placement-order", 20, "week")])
"""The law sets no limit; a council may."""

CASES = (
    Case(
        "adoption-permanence-report",
        "2024-12-31",
        life(
            in_care_since(),
            between("permanence_plans", start="recorded_on", option="ADOPTION"),
            act("permanence_report"),
        ),
        """
    from       | to         | done       | due        | outcome
    2024-03-28 |            | 2024-05-08 | 2024-05-09 | in time
    2024-03-28 |            | 2024-05-09 | 2024-05-09 | on the day
    2024-03-28 |            | 2024-05-10 | 2024-05-09 | a day late
    2024-03-28 |            |            | 2024-05-09 | overdue
    2024-03-28 | 2024-05-09 |            | 2024-05-09 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "adoption-adm-decision",
        "2024-12-31",
        life(in_care_since(), asked("adoption_papers"), on("adoptions", "decided_on", "decided")),
        """
    raised     | ended      | decided    | due        | outcome
    2024-03-28 |            | 2024-04-09 | 2024-04-10 | in time
    2024-03-28 |            | 2024-04-10 | 2024-04-10 | on the day
    2024-03-28 |            | 2024-04-11 | 2024-04-10 | a day late
    2024-03-28 |            |            | 2024-04-10 | overdue
    2024-03-28 | 2024-04-10 |            | 2024-04-10 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "placement-order",
        "2024-12-31",
        life(in_care_since(), asked("placement_order_applied"), on("adoptions", "placement_order_on", "ordered")),
        """
    raised     | ended      | ordered    | due        | outcome
    2024-03-28 |            | 2024-08-14 | 2024-08-15 | in time
    2024-03-28 |            | 2024-08-15 | 2024-08-15 | on the day
    2024-03-28 |            | 2024-08-16 | 2024-08-15 | a day late
    2024-03-28 |            |            | 2024-08-15 | overdue
    2024-03-28 | 2024-08-15 |            | 2024-08-15 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        limits=TWENTY_WEEKS,
    ),
    Case(
        "placement-order",
        "2024-12-31",
        life(in_care_since(), asked("placement_order_applied"), on("adoptions", "placement_order_on", "ordered")),
        """
    raised     | ended | ordered | due | outcome
    2024-03-28 |       |         |     | nothing owed
    """,
    ),
    Case(
        "adoption-match",
        "2025-12-31",
        life(
            in_care_since(),
            columns("adoptions", placement_order_on="ordered", matched_on="matched", reversed_on="reversed"),
        ),
        """
    ordered    | matched    | reversed   | due        | outcome
    2024-03-28 | 2024-07-26 |            | 2024-07-27 | in time
    2024-03-28 | 2024-07-27 |            | 2024-07-27 | on the day
    2024-03-28 | 2024-07-28 |            | 2024-07-27 | a day late
    2024-03-28 |            |            | 2024-07-27 | overdue
    2024-03-28 | 2024-03-20 |            | 2024-07-27 | in time
    2024-03-28 |            | 2024-07-27 | 2024-07-27 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "adoption-moved-in",
        "2025-12-31",
        life(
            entry(),
            columns(
                "adoptions",
                decided_on="decided",
                placed_on="placed",
                fostered_by_adopters_on="fostered",
                reversed_on="reversed",
            ),
        ),
        """
    in care    | decided    | placed     | fostered   | reversed   | due        | outcome
    2024-03-28 | 2024-08-01 | 2025-05-27 |            |            | 2025-05-28 | in time
    2024-03-28 | 2024-08-01 | 2025-05-28 |            |            | 2025-05-28 | on the day
    2024-03-28 | 2024-08-01 | 2025-05-29 |            |            | 2025-05-28 | a day late
    2024-03-28 | 2024-08-01 | 2025-08-01 | 2025-03-01 |            | 2025-05-28 | in time
    2024-03-28 | 2024-08-01 |            |            |            | 2025-05-28 | overdue
    2024-03-28 | 2024-08-01 |            |            | 2025-05-28 | 2025-05-28 | lapsed
    ?          | 2024-08-01 |            |            |            |            | not known
    """,
    ),
    Case(
        "adoption-early-permanence",
        "2024-12-31",
        life(
            in_care_since(),
            between("permanence_plans", start="recorded_on", option="ADOPTION"),
            act("early_permanence"),
        ),
        """
    from       | to | done       | due        | outcome
    2024-03-28 |    | 2024-03-25 | 2024-03-28 | in time
    2024-03-28 |    | 2024-03-28 | 2024-03-28 | on the day
    2024-03-28 |    | 2024-03-29 | 2024-03-28 | a day late
    2024-03-28 |    |            | 2024-03-28 | overdue
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
    ),
    Case(
        "adoption-later-life-letter",
        "2024-12-31",
        life(
            in_care_since(),
            on("adoptions", "ordered_on", "ordered"),
            act("adoption_ceremony", "ceremony"),
            act("later_life_letter"),
        ),
        """
    ordered    | ceremony   | done       | due        | outcome
    2024-03-04 | 2024-03-28 | 2024-04-14 | 2024-04-15 | in time
    2024-03-04 | 2024-03-28 | 2024-04-15 | 2024-04-15 | on the day
    2024-03-04 | 2024-03-28 | 2024-04-16 | 2024-04-15 | a day late
    2024-03-04 | 2024-03-28 |            | 2024-04-15 | overdue
    2024-03-28 |            |            | 2024-04-15 | overdue
    """,
        {"lapsed": "of the order a ceremony takes the place; nothing ends that", "not known": ALWAYS_DATED},
    ),
    Case(
        "life-story-book",
        "2024-12-31",
        life(
            in_care_since(),
            on("adoptions", "ordered_on", "ordered"),
            act("adoption_ceremony", "ceremony"),
            act("life_story_book"),
        ),
        """
    ordered    | ceremony   | done       | due        | outcome
    2024-03-04 | 2024-03-28 | 2024-04-14 | 2024-04-15 | in time
    2024-03-04 | 2024-03-28 | 2024-04-15 | 2024-04-15 | on the day
    2024-03-04 | 2024-03-28 | 2024-04-16 | 2024-04-15 | a day late
    2024-03-04 | 2024-03-28 |            | 2024-04-15 | overdue
    2024-03-28 |            |            | 2024-04-15 | overdue
    """,
    ),
    Case(
        "life-story-book",
        "2024-12-31",
        life(moved(placement_type="A5"), reviewed(), act("life_story_begun", "begun"), act("life_story_book")),
        """
    placed     | left       | reviewed               | begun      | done       | due        | outcome
    2024-03-28 |            | 2024-04-24             | 2024-07-23 |            | 2024-07-24 | in time
    2024-03-28 |            | 2024-04-24             | 2024-07-24 |            | 2024-07-24 | on the day
    2024-03-28 |            | 2024-04-24             |            | 2024-07-24 | 2024-07-24 | on the day
    2024-03-28 |            | 2024-04-24, 2024-07-24 | 2024-07-25 |            | 2024-07-24 | a day late
    2024-03-28 |            | 2024-04-24, 2024-06-03 | 2024-06-04 |            | 2024-07-24 | late
    2024-03-28 |            | 2024-04-24             |            |            | 2024-07-24 | overdue
    2024-03-28 | 2024-07-24 | 2024-04-24             |            |            | 2024-07-24 | lapsed
    2024-03-28 |            |                        |            |            |            | nothing owed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "adoption-support-review",
        "2025-12-31",
        life(in_care_since(), arranged("adoption_support"), act("support_reviewed")),
        """
    from       | to         | done       | due        | outcome
    2024-03-28 |            | 2025-03-27 | 2025-03-28 | in time
    2024-03-28 |            | 2025-03-28 | 2025-03-28 | on the day
    2024-03-28 |            | 2025-03-29 | 2025-03-28 | a day late
    2024-03-28 |            |            | 2025-03-28 | overdue
    2024-03-28 | 2025-03-28 |            | 2025-03-28 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "special-guardianship-notice",
        "2024-12-31",
        life(in_care_since(), asked("guardianship_notice")),
        """
    raised     | answered   | ended      | due        | outcome
    2024-03-28 | 2024-06-27 |            | 2024-06-28 | in time
    2024-03-28 | 2024-06-28 |            | 2024-06-28 | on the day
    2024-03-28 | 2024-06-29 |            | 2024-06-28 | a day late
    2024-03-28 |            |            | 2024-06-28 | overdue
    2024-03-28 |            | 2024-06-28 | 2024-06-28 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "care-order-home-review",
        "2024-12-31",
        life(moved(placement_type="P1", legal_status="C2"), act("home_order_reviewed")),
        """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-09-27 | 2024-09-28 | in time
    2024-03-28 |            | 2024-09-28 | 2024-09-28 | on the day
    2024-03-28 |            | 2024-09-29 | 2024-09-28 | a day late
    2024-03-28 |            |            | 2024-09-28 | overdue
    2024-03-28 | 2024-09-28 |            | 2024-09-28 | lapsed
    ?          |            |            |            | not known
    """,
        which=0,
    ),
    Case(
        "return-home-plan",
        "2024-12-31",
        life(entry(), approved("return_home"), silent("case_actions")),
        """
    in care    | left       | reason | done       | due        | outcome
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-25 | 2024-03-28 | in time
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-28 | 2024-03-28 | on the day
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-29 | 2024-03-28 | a day late
    2024-01-03 | 2024-03-28 | E4A    |            | 2024-03-28 | overdue
    2024-01-03 | 2024-03-28 | E4B    |            |            | nothing owed
    """,
        {"lapsed": DUE_AT_ONCE, "not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "return-home-plan",
        "2024-12-31",
        life(entry(), approved("return_home", **{}), act("return_followed_up", "followed up")),
        """
    in care    | left       | reason | done       | followed up | due        | outcome
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-25 | 2024-09-27  | 2024-09-28 | in time
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-25 | 2024-09-28  | 2024-09-28 | on the day
    2024-01-03 | 2024-03-28 | E4A    | 2024-03-25 |             | 2024-09-28 | overdue
    """,
        which=1,
    ),
)
