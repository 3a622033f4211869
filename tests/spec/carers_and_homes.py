"""Foster carers, children's homes and the authority itself."""

from __future__ import annotations

from tests.spec.case import ALWAYS_DATED, Case
from tests.spec.lives import between, care, child, columns, life, on

CASES = (
    Case(
        "foster-annual-review",
        "2025-06-30",
        life(
            between("foster_carers", start="approved_on"),
            columns("carer_reviews", reviewed_on="reviewed", decided_on="decided", is_at_panel="at panel"),
        ),
        """
    from       | to         | reviewed   | decided    | at panel | due        | outcome
    2024-02-29 |            | 2025-02-03 | 2025-02-27 | yes      | 2025-02-28 | in time
    2024-02-29 |            | 2025-02-03 | 2025-02-28 | yes      | 2025-02-28 | on the day
    2024-02-29 |            | 2025-02-03 | 2025-03-01 | yes      | 2025-02-28 | a day late
    2024-02-29 |            | 2025-02-03 |            | yes      | 2025-02-28 | overdue
    2024-02-29 |            | 2025-02-03 | 2025-02-27 | no       | 2025-02-28 | overdue
    2024-02-29 |            | 2025-02-03 | 2025-02-27 |          | 2025-02-28 | in time
    2024-02-29 | 2025-02-28 | 2025-02-03 |            | yes      | 2025-02-28 | lapsed
    """,
        {"not known": "a carer is approved on a day that is on record"},
        which=0,
    ),
    Case(
        "foster-annual-review",
        "2024-12-31",
        life(
            between("foster_carers", start="approved_on"),
            columns("carer_concerns", kind="concern", received_on="raised", ended_on="withdrawn"),
            on("carer_reviews", "decided_on", reviewed_on="2024-05-01", is_at_panel=True),
        ),
        """
    from       | to | concern         | raised     | withdrawn  | done       | due        | outcome
    2024-02-29 |    | allegation      | 2024-05-01 |            | 2024-05-30 | 2024-05-31 | in time
    2024-02-29 |    | allegation      | 2024-05-01 |            | 2024-06-01 | 2024-05-31 | a day late
    2024-02-29 |    | allegation      | 2024-05-01 |            |            | 2024-05-31 | overdue
    2024-02-29 |    | allegation      | 2024-05-01 | 2024-05-31 |            | 2024-05-31 | lapsed
    2024-02-29 |    | complaint_about | 2024-05-01 |            |            |            | nothing owed
    """,
        which=1,
    ),
    Case(
        "foster-unannounced-visit",
        "2025-06-30",
        life(
            between("foster_carers", start="approved_on"),
            on("carer_visits", "visited_on", is_unannounced=True),
            on("carer_visits", "visited_on", "announced", is_unannounced=False),
            on("carer_visits", "visited_on", "not told"),
        ),
        """
    from       | to         | done       | announced  | not told   | due        | outcome
    2024-03-28 |            | 2025-03-27 |            |            | 2025-03-28 | in time
    2024-03-28 |            | 2025-03-28 |            |            | 2025-03-28 | on the day
    2024-03-28 |            | 2025-03-29 |            |            | 2025-03-28 | a day late
    2024-03-28 |            |            |            |            | 2025-03-28 | overdue
    2024-03-28 |            |            | 2025-03-01 |            | 2025-03-28 | overdue
    2024-03-28 | 2025-03-28 |            |            |            | 2025-03-28 | lapsed
    2024-03-28 |            |            |            | 2025-03-01 | 2025-03-28 | not known
    """,
        which=0,
    ),
    Case(
        "foster-training-standards",
        "2025-12-31",
        life(
            columns("foster_carers", kind="kind", approved_on="approved", ended_on="ended"),
            on("carer_training", "completed_on"),
        ),
        """
    kind             | approved   | ended      | done       | due        | outcome
    mainstream       | 2024-03-28 |            | 2025-03-27 | 2025-03-28 | in time
    mainstream       | 2024-03-28 |            | 2025-03-28 | 2025-03-28 | on the day
    mainstream       | 2024-03-28 |            | 2025-03-29 | 2025-03-28 | a day late
    mainstream       | 2024-03-28 |            |            | 2025-03-28 | overdue
    connected_person | 2024-03-28 |            |            | 2025-09-28 | overdue
    mainstream       | 2024-03-28 | 2025-03-28 |            | 2025-03-28 | lapsed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "foster-carer-complaint",
        "2024-12-31",
        life(columns("carer_concerns", kind="kind", received_on="received", answered_on="done", ended_on="withdrawn")),
        """
    kind            | received   | withdrawn  | done       | due        | outcome
    complaint_by    | 2024-03-28 |            | 2024-04-14 | 2024-04-15 | in time
    complaint_by    | 2024-03-28 |            | 2024-04-15 | 2024-04-15 | on the day
    complaint_by    | 2024-03-28 |            | 2024-04-16 | 2024-04-15 | a day late
    complaint_by    | 2024-03-28 |            |            | 2024-04-15 | overdue
    complaint_by    | 2024-03-28 | 2024-04-15 |            | 2024-04-15 | lapsed
    complaint_about | 2024-03-28 |            |            |            | nothing owed
    """,
        {"not known": ALWAYS_DATED},
    ),
    Case(
        "children-home-reg44",
        "2024-06-28",
        life(between("childrens_homes", start="registered_on", end="closed_on"), on("home_visits", "visited_on")),
        """
    from       | to         | done       | due        | outcome
    2024-01-31 |            | 2024-02-28 | 2024-02-29 | in time
    2024-01-31 |            | 2024-02-29 | 2024-02-29 | on the day
    2024-01-31 |            | 2024-03-01 | 2024-02-29 | a day late
    2024-01-31 |            |            | 2024-02-29 | overdue
    2024-01-31 | 2024-02-29 |            | 2024-02-29 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "children-home-reg44",
        "2024-06-28",
        life(
            between("childrens_homes", start="registered_on", end="closed_on"),
            columns("home_visits", visited_on="visited", reported_on="done"),
        ),
        """
    from       | to         | visited    | done       | due        | outcome
    2024-01-31 | 2024-03-15 | 2024-02-08 | 2024-02-29 | 2024-02-29 | on the day
    2024-01-31 | 2024-03-15 | 2024-02-08 |            | 2024-02-29 | overdue
    """,
        which=1,
    ),
    Case(
        "children-home-reg45",
        "2024-12-31",
        life(between("childrens_homes", start="registered_on", end="closed_on"), on("home_reviews", "reviewed_on")),
        """
    from       | to         | done       | due        | outcome
    2024-03-31 |            | 2024-09-29 | 2024-09-30 | in time
    2024-03-31 |            | 2024-09-30 | 2024-09-30 | on the day
    2024-03-31 |            | 2024-10-01 | 2024-09-30 | a day late
    2024-03-31 |            |            | 2024-09-30 | overdue
    2024-03-31 | 2024-09-30 |            | 2024-09-30 | lapsed
    """,
        {"not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "children-home-reg45",
        "2024-12-31",
        life(
            between("childrens_homes", start="registered_on", end="closed_on"),
            columns("home_reviews", reviewed_on="reviewed", reported_on="done"),
        ),
        """
    from       | to         | reviewed   | done       | due        | outcome
    2024-03-31 | 2024-11-29 | 2024-09-02 | 2024-09-30 | 2024-09-30 | on the day
    2024-03-31 | 2024-11-29 | 2024-09-02 | 2024-10-01 | 2024-09-30 | a day late
    2024-03-31 | 2024-11-29 | 2024-09-02 |            | 2024-09-30 | overdue
    """,
        which=1,
    ),
    Case(
        "corporate-parenting-report",
        "2024-12-31",
        life(on("board_reports", "reported_on", "reports", kind="performance"), child(), care()),
        """
    in care    | reports                | due        | outcome
    2024-03-28 | 2024-03-28, 2024-06-27 | 2024-06-28 | in time
    2024-03-28 | 2024-03-28, 2024-06-28 | 2024-06-28 | on the day
    2024-03-28 | 2024-03-28, 2024-06-29 | 2024-06-28 | a day late
    """,
        {"lapsed": "the authority does not end"},
        which=1,
    ),
    Case(
        "corporate-parenting-report",
        "2024-12-31",
        life(
            on("board_reports", "reported_on", "reports", kind="officers_annual"),
            on("board_reports", "reported_on", "quarterly", kind="performance"),
            child(),
            care(),
        ),
        """
    in care    | reports    | quarterly  | due        | outcome
    2023-03-28 |            | 2023-03-28 | 2023-06-28 | overdue
    2023-03-28 | 2023-03-28 | 2023-03-28 | 2024-03-28 | overdue
    """,
        which=1,
    ),
    Case(
        "corporate-parenting-report",
        "2024-12-31",
        life(on("board_reports", "reported_on", "reports", kind="performance"), child(), care()),
        """
    in care    | reports | due | outcome
    2024-03-28 |         |     | not known
    """,
        which=0,
    ),
    Case(
        "local-offer",
        "2025-12-31",
        life(on("local_offers", "published_on"), child(), care()),
        """
    in care    | done       | due        | outcome
    2024-01-03 | 2024-01-03 | 2024-01-03 | on the day
    2024-01-03 | 2024-01-04 | 2024-01-03 | a day late
    2024-01-03 |            | 2024-01-03 | overdue
    """,
        {"lapsed": "the authority does not end", "not known": ALWAYS_DATED},
        which=0,
    ),
    Case(
        "local-offer",
        "2025-12-31",
        life(on("local_offers", "published_on"), child(), care()),
        """
    in care    | done                   | due        | outcome
    2024-01-03 | 2024-01-03, 2025-01-02 | 2025-01-03 | in time
    2024-01-03 | 2024-01-03, 2025-01-04 | 2025-01-03 | a day late
    2024-01-03 | 2024-01-03             | 2025-01-03 | overdue
    """,
        which=1,
    ),
)
