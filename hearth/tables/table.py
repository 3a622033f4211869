"""What every table has: the authority and the child."""

from __future__ import annotations

import dataframely as dy

from hearth.tables.columns import text


class ChildTable(dy.Schema):
    """Facts about one child: every table starts with these two columns."""

    authority = text("Responsible authority, ONS code of the upper-tier council", required=True)
    child_id = text("Identifier of the child in that authority", required=True)
