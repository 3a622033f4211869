"""Bare Django, to compare with: a page that says hello, and one with a query and a template, on a table of its own."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BARE_DATABASE"]}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()
ROWS = Template("<ul>{% for row in rows %}<li>{{ row.0 }}: {{ row.1 }}</li>{% endfor %}</ul>")


def hello(request: HttpRequest) -> HttpResponse:
    """Says hello."""
    return HttpResponse("hello")


def one_query(request: HttpRequest) -> HttpResponse:
    """Twenty rows of a table in a template."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, words FROM bare ORDER BY number LIMIT 20")
        return HttpResponse(ROWS.render(Context({"rows": cursor.fetchall()})))


def make_table() -> None:
    """Makes the table that the page reads."""
    Path(os.environ["BARE_DATABASE"]).unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, words TEXT)")
        cursor.executemany("INSERT INTO bare VALUES (%s, %s)", [(n, f"row {n}") for n in range(1000)])


urlpatterns = [path("hello", hello), path("one-query", one_query)]
application = get_wsgi_application()
