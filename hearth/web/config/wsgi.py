"""What the server calls."""

from __future__ import annotations

import gc
import os

import polars
from django.core.wsgi import get_wsgi_application

THREADS = "POLARS_MAX_THREADS"
"""What tells Polars how many threads it may begin, which it does when it is first used."""
NEW_BEFORE_LOOKING = 20_000
"""New objects before the collector looks among them for rubbish: a page makes several thousand, most gone with it."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.config.settings")
application = get_wsgi_application()


def settle() -> None:
    """Loads what the first page would load, then has the collector pass over all that stays as long as the process."""
    from django.urls import get_resolver

    from hearth.web.config.databases import read_days_quickly

    work_on_one_thread()
    read_days_quickly()
    get_resolver().url_patterns  # noqa: B018 - loads the pages
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_BEFORE_LOOKING, 10, 10)


def work_on_one_thread() -> None:
    """Has Polars work here on one thread, unless it is told otherwise: what a page asks is too little to be shared out.

    The processes beside this one serve on the other processors. A process begun from here is not bound by it.
    """
    if THREADS not in os.environ:
        os.environ[THREADS] = "1"
        polars.thread_pool_size()
        del os.environ[THREADS]


settle()
