"""Eight people write to one child's record at the same moment, on a database of their own; prints what came of it."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

PEOPLE, TURNS, FIRST = 8, 4, date(2025, 1, 1)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.config.settings")
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    # The tables straight from the models: the migrations have their own test, and take ten times as long.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    sys.stdout.write(f"{json.dumps(race())}\n")


def race() -> dict[str, Any]:
    from hearth.web.access.models import AuditEvent, User
    from hearth.web.children.models import Allocation, Child, Episode, Visit

    worker = User.objects.create_user("race@example.org", "Racer")
    child = Child.objects.create(authority="E10000020", child_id="1")
    with ThreadPoolExecutor(PEOPLE) as crowd:
        refusals = sum(crowd.map(lambda number: turns(child, worker, number), range(PEOPLE)))
    visit = Visit.objects.order_by("pk").first()
    return {
        "visits": Visit.objects.count(),
        "versions": Visit.history.count(),
        "revision": visit.revision if visit else 0,
        "open_episodes": Episode.objects.filter(ended_on=None).count(),
        "open_workers": Allocation.objects.filter(ended_on=None).count(),
        "log": AuditEvent.objects.count(),
        "refused": refusals,
    }


def turns(child: Any, worker: Any, number: int) -> int:
    """Each turn: a visit, an allocation, care begins, a correction of the first visit; counts what was refused."""
    from django.core.exceptions import ValidationError
    from django.db import connection

    from hearth.web.children import actions
    from hearth.web.children.models import Visit

    refused = 0
    for turn in range(TURNS):
        on = FIRST + timedelta(days=turn)
        actions.record_visit(child=child, by=worker, visited_on=on, is_seen=True)
        first = Visit.objects.order_by("pk")[0]
        actions.correct(first, by=worker, why="Again", concerns=f"{number} {turn}")
        for act in (
            lambda on=on, turn=turn: actions.allocate(
                child=child, by=worker, worker_id=f"W{number}.{turn}", role="social_worker", started_on=FIRST
            ),
            lambda on=on: actions.start_care(
                child=child, by=worker, started_on=FIRST, legal_status="V2", category_of_need="N1", placement_type="U6"
            ),
        ):
            try:
                act()
            except ValidationError:
                refused += 1
        connection.close()  # as a request does at its end, so that the pool's few connections go round
    return refused


if __name__ == "__main__":
    sys.exit(main())
