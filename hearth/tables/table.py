"""What every table has: the authority, and whom the fact is about: a child, a foster carer, a home or no one else."""

from __future__ import annotations

import dataframely as dy

from hearth.tables.columns import text

AUTHORITY = "Responsible authority, ONS code of the upper-tier council"


class ChildTable(dy.Schema):
    """Facts about one child: these tables start with these two columns."""

    authority = text(AUTHORITY, required=True)
    child_id = text("Identifier of the child in that authority", required=True)


class CarerTable(dy.Schema):
    """Facts about one fostering household."""

    authority = text(AUTHORITY, required=True)
    carer_id = text("Identifier of the fostering household in that authority", required=True)


class HomeTable(dy.Schema):
    """Facts about one children's home."""

    authority = text(AUTHORITY, required=True)
    home_id = text("Reference of the home with the regulator (URN)", required=True)


class AuthorityTable(dy.Schema):
    """Facts about the authority itself, as corporate parent."""

    authority = text(AUTHORITY, required=True)


SUBJECTS: dict[str, type[dy.Schema]] = {
    "child": ChildTable,
    "foster_carer": CarerTable,
    "childrens_home": HomeTable,
    "authority": AuthorityTable,
}
"""Whom a table, or a duty, is about."""
IDENTIFIERS: dict[str, str] = {
    "child": "child_id",
    "foster_carer": "carer_id",
    "childrens_home": "home_id",
    "authority": "authority",
}
"""The column that says which one."""
