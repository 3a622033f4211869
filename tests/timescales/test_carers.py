"""Foster carers whose approval ends, and who are approved again."""

from __future__ import annotations

from tests.timescales.builders import check, days


def test_a_carer_who_left_is_reviewed_no_more_and_each_approval_has_a_first_review_at_panel():
    def life(row):
        approvals = [{"approved_on": "2024-02-29", "ended_on": row.get("ended")}]
        if row.get("again"):
            approvals.append({"approved_on": row["again"]})
        held = days(row.get("first at panel"), "decided_on", reviewed_on="2024-05-01", is_at_panel=True)
        held += days(row["decided"], "decided_on", reviewed_on="2025-05-01", is_at_panel=row["at panel"] == "yes")
        return {
            "foster_carers": approvals,
            "carer_reviews": held,
            "carer_concerns": [{"kind": "allegation", "received_on": row["raised"]}] if row.get("raised") else [],
        }

    early = """
    ended      | again | raised     | decided | at panel | due        | outcome
               |       | 2024-05-01 |         |          | 2024-05-31 | overdue
    2024-06-10 |       | 2024-05-01 |         |          | 2024-05-31 | missed
    2024-05-20 |       | 2024-05-01 |         |          | 2024-05-31 | lapsed"""
    check("foster-annual-review", "2025-01-31", early, life)
    first = """
    ended      | again      | first at panel | decided    | at panel | due        | outcome
    2024-06-10 | 2024-09-02 | 2024-06-03     |            |          | 2025-09-02 | overdue
    2024-06-10 | 2024-09-02 | 2024-06-03     | 2025-06-02 | no       | 2025-09-02 | overdue
    2024-06-10 | 2024-09-02 | 2024-06-03     | 2025-06-02 | yes      | 2026-06-02 | due
               |            | 2024-06-03     | 2025-06-02 | no       | 2026-06-02 | due"""
    check("foster-annual-review", "2025-12-31", first, life)
