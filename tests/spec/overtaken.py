"""Where a later occurrence takes the place of one never done: the earlier is overtaken, and owed no more."""

from __future__ import annotations

from tests.spec.case import Case, Life
from tests.spec.lives import (
    act,
    approved,
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
    told,
)
from tests.spec.permanence_by_adoption import TWENTY_WEEKS

REVIEWED = life(in_care_since(), reviewed())
MISSING = life(in_care_since(), on("missing_episodes", "started_on", "gone"))
TWICE_REQUESTED = """
    raised     | raised again | due        | outcome
    2024-03-28 | 2024-10-01   | {due} | overtaken
    2024-03-28 |              | {due} | overdue
    """


def first_of(duty: str, whose: Life, table: str, as_of: str = "2024-12-31") -> Case:
    """What became of the first occurrence of a duty."""
    return Case(duty, as_of, whose, table, which=0)


def _requested(duty: str, kind: str, due: str, *more: Life) -> Case:
    return first_of(duty, life(in_care_since(), asked(kind), *more), TWICE_REQUESTED.format(due=due))


CASES = (
    first_of(
        "placement-plan",
        life(moved(), act("placement_plan")),
        """
    placed     | done       | due        | outcome
    2024-03-28 | 2024-03-28 | 2024-01-10 | overtaken
    2024-01-08 |            | 2024-01-10 | lapsed
    """,
    ),
    first_of(
        "health-notification-new",
        life(moved(), told("health_commissioner")),
        """
    placed     | done       | due        | outcome
    2024-03-28 | 2024-03-28 | 2024-01-10 | overtaken
    2024-03-28 |            | 2024-01-10 | overtaken
    """,
    ),
    first_of(
        "placement-notification",
        life(moved(), *(told(who) for who in ("parents", "gp", "carer", "school"))),
        """
    placed     | done       | due        | outcome
    2024-03-28 | 2024-03-28 | 2024-01-10 | overtaken
    """,
    ),
    first_of(
        "education-notification-new",
        life(in_care_since(), on("schools_attended", "started_on", "new school"), told("school")),
        """
    new school             | done       | due        | outcome
    2024-03-01, 2024-09-02 | 2024-09-02 | 2024-01-05 | overtaken
    """,
    ),
    first_of(
        "gp-registration",
        life(moved(), on("arrangements", "started_on", kind="gp_registered")),
        """
    placed     | done       | due        | outcome
    2024-03-28 | 2024-04-02 | 2024-01-17 | overtaken
    """,
    ),
    first_of(
        "review-decisions-issued",
        life(REVIEWED, act("review_decisions_sent")),
        """
    reviewed               | done       | due        | outcome
    2024-03-28, 2024-09-26 | 2024-09-27 | 2024-04-08 | overtaken
    """,
    ),
    first_of(
        "review-record-issued",
        life(REVIEWED, act("review_record_produced"), act("review_record_sent")),
        """
    reviewed               | done       | due        | outcome
    2024-03-28, 2024-09-26 | 2024-09-27 | 2024-04-22 | overtaken
    """,
    ),
    first_of(
        "review-participation",
        life(
            in_care_since(),
            on("reviews", "held_on", "reviewed", participation=None),
            on("reviews", "held_on", "recorded", participation="PN1"),
        ),
        """
    reviewed   | recorded   | due        | outcome
    2024-03-28 | 2024-09-26 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "review-consultation",
        life(REVIEWED, act("review_consulted")),
        """
    reviewed               | done       | due        | outcome
    2024-02-15, 2024-05-15 | 2024-05-20 | 2024-04-23 | overtaken
    """,
        "2024-08-30",
    ),
    first_of(
        "independent-visitor-considered",
        life(REVIEWED, on("independent_visitors", "considered_on", is_needed=False)),
        """
    reviewed               | done       | due        | outcome
    2024-03-28, 2024-09-26 | 2024-09-26 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "care-plan-current",
        life(REVIEWED, on("care_plans", "started_on")),
        """
    reviewed               | done       | due        | outcome
    2024-03-28, 2024-09-26 | 2024-10-01 | 2024-04-29 | overtaken
    """,
    ),
    first_of(
        "visit-seen-alone",
        life(
            in_care_since(),
            on("visits", "visited_on", "not alone", is_seen_alone=False),
            on("visits", "visited_on", "alone"),
        ),
        """
    not alone  | alone      | due        | outcome
    2024-03-28 | 2024-05-02 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "health-plan",
        life(in_care_since(), on("health_assessments", "assessed_on", "assessed"), act("health_plan")),
        """
    assessed               | done       | due        | outcome
    2024-02-28, 2024-09-26 | 2024-10-01 | 2024-03-27 | overtaken
    """,
    ),
    first_of(
        "substance-misuse-screen",
        life(in_care_since(), on("health_assessments", "assessed_on", "assessed"), act("substance_screened")),
        """
    assessed               | done       | due        | outcome
    2024-02-28, 2024-09-26 | 2024-09-26 | 2024-02-28 | overtaken
    """,
    ),
    first_of(
        "immunisations",
        life(
            in_care_since(),
            on("health_assessments", "assessed_on", "assessed"),
            on("immunisations", "found_on", is_up_to_date=True),
        ),
        """
    assessed               | done       | due        | outcome
    2024-02-28, 2024-09-26 | 2024-09-26 | 2024-02-28 | overtaken
    """,
    ),
    first_of(
        "development-check",
        life(entry(), act("development_checked")),
        """
    born       | in care    | done       | due        | outcome
    2022-02-10 | 2022-03-28 | 2024-08-01 | 2023-02-10 | overtaken
    """,
    ),
    Case(
        "development-check",
        "2024-12-31",
        life(entry(), act("development_checked")),
        """
    born       | in care    | done | due        | outcome
    2020-02-10 | 2020-03-28 |      | 2022-08-10 | overdue
    2019-02-10 | 2019-03-28 |      | 2021-08-10 | missed
    """,
        which=1,
    ),
    first_of(
        "sdq-follow-up",
        life(
            in_care_since(),
            on("sdq_scores", "completed_on", "score of 17", score=17),
            on("sdq_scores", "completed_on", "score of 16", score=16),
            act("sdq_followed_up"),
        ),
        """
    score of 17            | score of 16 | left       | done       | due        | outcome
    2024-03-28, 2024-09-26 |             |            | 2024-10-01 | 2024-04-29 | overtaken
    2024-03-28             | 2024-09-26  |            |            | 2024-04-29 | missed
    2024-03-28             |             | 2024-09-26 |            | 2024-04-29 | missed
    """,
    ),
    first_of(
        "dol-order-tracked",
        life(in_care_since(), between("deprivations_of_liberty"), act("liberty_order_recorded")),
        """
    from       | again from | done       | due        | outcome
    2024-03-28 | 2024-06-28 | 2024-06-28 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "pep-quality",
        life(
            in_care_since(),
            columns("education_plans", started_on="plan", finalised_on="signed off"),
            columns("education_plans", started_on="next plan", finalised_on="then signed off", graded_on="done"),
        ),
        """
    plan       | signed off | next plan  | then signed off | left       | done       | due        | outcome
    2024-03-20 | 2024-03-28 | 2024-06-28 | 2024-07-10      |            | 2024-07-12 | 2024-04-15 | overtaken
    2024-03-20 | 2024-03-28 | 2024-06-28 |                 |            |            | 2024-04-15 | overdue
    2024-03-20 | 2024-03-28 | 2024-06-28 |                 | 2024-09-26 |            | 2024-04-15 | missed
    """,
    ),
    first_of(
        "attendance-alert",
        life(
            in_care_since(),
            on("school_attendance", "ended_on", "low figure", possible_sessions=100, attended_sessions=80),
            on("school_attendance", "ended_on", "high figure", possible_sessions=100, attended_sessions=99),
        ),
        """
    low figure             | high figure | left       | due        | outcome
    2024-03-28, 2024-05-31 |             |            | 2024-04-04 | overtaken
    2024-03-28             | 2024-05-31  |            | 2024-04-04 | missed
    2024-03-28             |             | 2024-05-31 | 2024-04-04 | missed
    2024-03-28             |             |            | 2024-04-04 | overdue
    """,
    ),
    first_of(
        "ehc-assessment",
        life(in_care_since(), on("ehc_requests", "requested_on", "asked")),
        """
    asked                  | due        | outcome
    2024-03-28, 2024-09-26 | 2024-05-09 | overtaken
    """,
    ),
    first_of(
        "work-experience-offer",
        life(entry(), act("work_experience_offered")),
        """
    born       | in care    | done       | due        | outcome
    2010-05-10 | 2024-01-03 | 2025-03-01 | 2024-07-31 | overtaken
    """,
        "2025-08-15",
    ),
    first_of(
        "missing-episode-recorded",
        life(MISSING, act("absence_recorded")),
        """
    gone                   | done       | due        | outcome
    2024-03-28, 2024-06-28 | 2024-06-28 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "missing-notify-police",
        life(MISSING, told("police")),
        """
    gone                   | done       | due        | outcome
    2024-03-28, 2024-06-28 | 2024-06-28 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "missing-strategy-meeting",
        life(
            in_care_since(),
            *(columns("missing_episodes", started_on=each, ended_on=each) for each in ("1st", "2nd", "3rd", "4th")),
            silent("case_actions"),
        ),
        """
    1st        | 2nd        | 3rd        | 4th        | due        | outcome
    2024-03-01 | 2024-04-01 | 2024-05-30 | 2024-06-20 | 2024-06-06 | overtaken
    """,
    ),
    first_of(
        "independent-advocacy",
        life(entry(), reviewed(), on("advocacy_offers", "offered_on")),
        """
    in care    | reviewed               | done       | due        | outcome
    2024-03-28 | 2024-05-10             | 2024-05-10 | 2024-04-29 | overtaken
    2024-03-28 | 2024-05-10, 2024-08-09 | 2024-08-09 | 2024-04-29 | overtaken
    2024-03-28 | 2024-05-10             |            | 2024-04-29 | overdue
    2024-03-28 | 2024-04-25             | 2024-04-25 | 2024-04-29 | lapsed
    """,
    ),
    Case(
        "independent-advocacy",
        "2024-12-31",
        life(entry(), reviewed(), on("advocacy_offers", "offered_on")),
        """
    in care    | reviewed               | done       | due        | outcome
    2024-03-28 | 2024-05-10, 2024-08-09 | 2024-04-02 | 2024-05-10 | overtaken
    """,
        which=1,
    ),
    _requested("exploitation-risk-assessment", "exploitation_concern", "2024-04-15", silent("risk_assessments")),
    _requested("key-stage-4-move", "education_move", "2024-03-28"),
    _requested("distant-placement-approval", "distant_placement", "2024-03-28"),
    _requested("stability-meeting", "placement_at_risk", "2024-04-08"),
    _requested("adoption-adm-decision", "adoption_papers", "2024-04-10", silent("adoptions")),
    first_of(
        "disruption-meeting",
        life(in_care_since(), asked("placement_ended")),
        """
    raised     | raised again | then answered | left       | due        | outcome
    2024-03-28 | 2024-10-01   | 2024-10-21    |            | 2024-04-29 | overtaken
    2024-03-28 | 2024-10-01   |               |            | 2024-04-29 | overdue
    2024-03-28 |              |               | 2024-10-01 | 2024-04-29 | missed
    """,
    ),
    first_of(
        "permanence-plan-achieved",
        life(in_care_since(), asked("permanence_agreed")),
        """
    raised     | promised   | raised again | left       | due        | outcome
    2024-03-28 | 2024-06-03 | 2024-10-01   |            | 2024-06-03 | overtaken
    2024-03-28 | 2024-06-03 |              | 2024-10-01 | 2024-06-03 | missed
    """,
    ),
    Case(
        "placement-order",
        "2024-12-31",
        life(in_care_since(), asked("placement_order_applied"), silent("adoptions")),
        TWICE_REQUESTED.format(due="2024-08-15"),
        limits=TWENTY_WEEKS,
        which=0,
    ),
    Case(
        "cease-looked-after-decision",
        "2024-12-31",
        life(entry(legal_status="V2"), on("episodes", "started_on", "back in care"), approved("ceasing")),
        """
    in care    | left       | back in care | done | due        | outcome
    2024-01-03 | 2024-03-28 | 2024-10-01   |      | 2024-03-28 | missed
    """,
    ),
)
