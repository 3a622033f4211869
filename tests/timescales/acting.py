"""Lives in which one thing happens and one act answers it, for the duties whose facts are of that shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.timescales.builders import Cells, Tables, check, days, in_care

Life = Callable[[Cells], Tables]
CARE_BEGAN = "2024-01-03"


def a_child(**facts: object) -> Mapping[str, object]:
    """Tables of one child in care from 3 January 2024."""
    return {"people": [{**facts}], "episodes": [in_care(CARE_BEGAN)]}


def on_entry(kind: str) -> Life:
    """Columns: in care, ended, done, refused."""
    return lambda row: {
        "people": [{"born_on": row.get("born") or "2012-05-10"}],
        "episodes": [in_care(row["in care"], row.get("ended"))],
        "case_actions": acts(row, kind),
    }


def acts(row: Cells, kind: str) -> list[dict[str, object]]:
    """Acts of a kind on the days under ``done``, and refusals on those under ``refused``."""
    refused = days(row.get("refused"), "done_on", kind=kind, is_refused=True)
    return days(row.get("done"), "done_on", kind=kind) + refused


def on_stay(kind: str, **facts: object) -> Life:
    """A placement of some kind after another, columns: placed, left, done."""

    def life(row: Cells) -> Tables:
        moved = {"reason_started": "P", "placement_postcode": "NR2 2AA", **facts}
        first = in_care(CARE_BEGAN, row["placed"]) | {"reason_ended": "X1"}
        return {
            "people": [{"born_on": row.get("born") or "2012-05-10"}],
            "episodes": [first, in_care(row["placed"], row.get("left")) | moved],
            "case_actions": acts(row, kind),
        }

    return life


def on_review(kind: str) -> Life:
    """Columns: reviewed, done."""
    return lambda row: {**a_child(), "reviews": days(row["reviewed"], "held_on"), "case_actions": acts(row, kind)}


def asked(kind: str, *, act: str | None = None, **facts: object) -> Life:
    """Columns: raised, answered, ended, promised, extended; done where an act answers."""

    def life(row: Cells) -> Tables:
        request = {
            "kind": kind,
            "raised_on": row["raised"],
            **{f"{name}_on": row.get(name) for name in ("answered", "ended", "promised", "extended")},
        }
        return {**a_child(**facts), "requests": [request], "case_actions": acts(row, act) if act else []}

    return life


def arranged(kind: str, act: str, **facts: object) -> Life:
    """Columns: from, to, done."""
    return lambda row: {
        **a_child(**facts),
        "arrangements": [{"kind": kind, "started_on": row["from"], "ended_on": row.get("to")}],
        "case_actions": acts(row, act),
    }


def left_care(kind: str, *, reason: str, **facts: object) -> Life:
    """Columns: left, done."""
    return lambda row: {
        "people": [{}],
        "episodes": [in_care(CARE_BEGAN, row["left"], **facts) | {"reason_ended": reason if row["left"] else None}],
        "case_actions": acts(row, kind),
    }


def every(lives: Mapping[str, Life], as_of: str, table: str) -> None:
    """Checks one table of cases for each of several duties that run alike."""
    for duty, life in lives.items():
        check(duty, as_of, table, life)
