"""What the server calls."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

NEW_BEFORE_LOOKING = 20_000
"""New objects before the collector looks among them for rubbish: a page makes several thousand, most gone with it."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Loads what the first page would load, then has the collector pass over all that stays as long as the process."""
    from django.urls import get_resolver

    from hearth.tables import threads
    from hearth.web.config.databases import read_days_quickly

    threads.work_on_one()  # the processes beside this one serve on the other processors
    read_days_quickly()
    get_resolver().url_patterns  # noqa: B018 - loads the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_BEFORE_LOOKING, 10, 10)


settle()
