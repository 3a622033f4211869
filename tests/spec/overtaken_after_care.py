"""Where a later occurrence takes the place of one never done: care leavers and unaccompanied children."""

from __future__ import annotations

from tests.spec.case import Case
from tests.spec.lives import act, arranged, asked, between, child, entry, in_care_since, life, on, reviewed, silent
from tests.spec.overtaken import first_of

SUPPORTED = life(entry(), arranged("accommodation_provided"))

CASES = (
    first_of(
        "pathway-plan-28-days",
        life(SUPPORTED, silent("pathway_plans")),
        """
    born       | in care    | from       | again from | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-10-01 | 2024-04-25 | overtaken
    """,
    ),
    first_of(
        "pa-visit-before-review",
        life(SUPPORTED, silent("pathway_plans", "care_leaver_contacts")),
        """
    born       | in care    | from       | again from | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-10-01 | 2024-04-25 | overtaken
    """,
    ),
    first_of(
        "pa-visit-7-days",
        life(SUPPORTED, silent("care_leaver_contacts")),
        """
    born       | in care    | from       | again from | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-10-01 | 2024-04-04 | overtaken
    """,
    ),
    first_of(
        "pa-visit-2-months",
        life(SUPPORTED, on("care_leaver_contacts", "contacted_on", "visited", is_visit=True)),
        """
    born       | in care    | from       | again from | visited    | due        | outcome
    2006-05-10 | 2020-01-06 | 2024-03-28 | 2024-10-01 | 2024-04-02 | 2024-06-02 | overtaken
    """,
    ),
    first_of(
        "leaving-care-status",
        life(entry(), act("category_told")),
        """
    born       | in care    | left       | done       | due        | outcome
    2006-05-10 | 2020-01-06 | 2023-09-04 |            | 2022-05-24 | overtaken
    """,
    ),
    first_of(
        "care-leaver-birthday-status",
        life(entry(), act("birthday_recorded")),
        """
    born       | in care    | left       | done       | due        | outcome
    2005-05-10 | 2016-01-04 | 2023-05-10 | 2024-05-01 | 2023-06-10 | overtaken
    """,
    ),
    Case(
        "care-leaver-birthday-status",
        "2024-12-31",
        life(entry(), act("birthday_recorded")),
        """
    born       | in care    | left       | done       | due        | outcome
    2002-05-10 | 2012-01-04 | 2020-05-10 | 2022-05-01 | 2023-06-10 | missed
    """,
    ),
    first_of(
        "pa-support-21-assessment",
        life(child(), asked("support_after_21")),
        """
    born       | raised     | raised again | due        | outcome
    2001-05-10 | 2024-03-28 | 2024-10-01   | 2024-04-29 | overtaken
    """,
    ),
    first_of(
        "education-after-21",
        life(child(), asked("education_after_21"), act("education_planned")),
        """
    born       | raised     | raised again | done       | due        | outcome
    2001-05-10 | 2024-03-28 | 2024-10-01   | 2024-10-08 | 2024-04-29 | overtaken
    """,
    ),
    first_of(
        "vacation-accommodation",
        life(child(), asked("vacation")),
        """
    born       | raised     | raised again | due        | outcome
    2003-05-10 | 2024-03-28 | 2024-10-01   | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "suitable-accommodation",
        life(child(), between("care_leaver_accommodations", accommodation="U1"), act("suitability_checked")),
        """
    born       | from       | again from | done       | due        | outcome
    2003-05-10 | 2024-03-28 | 2024-10-01 | 2024-10-02 | 2024-04-04 | overtaken
    """,
    ),
    first_of(
        "transition-panel",
        life(entry(), on("panels", "met_on", kind="transition")),
        """
    born       | in care    | done       | due        | outcome
    2006-05-10 | 2020-01-06 | 2023-06-01 | 2022-11-10 | overtaken
    """,
    ),
    first_of(
        "adult-services-referral",
        life(child(), asked("adult_care_likely"), silent("case_actions")),
        """
    born       | raised     | raised again | due        | outcome
    2007-05-10 | 2023-03-28 | 2024-10-01   | 2024-05-10 | overtaken
    """,
    ),
    first_of(
        "immigration-status-plan",
        life(
            in_care_since(),
            on("unaccompanied", "started_on", "alone since"),
            reviewed(),
            act("immigration_planned"),
        ),
        """
    alone since | reviewed               | done       | due        | outcome
    2024-01-03  | 2024-03-28, 2024-09-26 | 2024-09-26 | 2024-03-28 | overtaken
    """,
    ),
    first_of(
        "council-tax-relief",
        life(child(), arranged("own_tenancy"), on("entitlements", "granted_on", kind="council_tax_relief")),
        """
    born       | from       | again from | done       | due        | outcome
    2003-05-10 | 2024-03-28 | 2024-10-01 | 2024-10-01 | 2024-03-28 | overtaken
    """,
    ),
)
