"""Logs for those who run the service: one line of JSON each, without names, addresses of records or what was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

log = logging.getLogger("hearth.requests")

KEPT = ("page", "status_code", "milliseconds", "method", "rows")
"""The only details that a line carries besides its words."""


class JsonLines(logging.Formatter):
    """One line of JSON: when, how grave, which part, words, and the details that are known to be harmless.

    Of an error only its kind and the places in the code are kept: its message may quote what was typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": timezone.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "words": harmless(record),
        }
        line |= {name: getattr(record, name) for name in KEPT if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = places(record.exc_info[2])
        return json.dumps(line, default=str)


class RequestLines:
    """Logs each answer: the name of the page (never its address, which may name a record), status and time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers, and writes the line."""
        began = perf_counter()
        response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        taken = round(1000 * (perf_counter() - began), 1)
        said = {"page": page, "method": request.method, "status_code": response.status_code, "milliseconds": taken}
        log.info("answered", extra=said)
        return response


def harmless(record: logging.LogRecord) -> str:
    """The words of a line of ours; of others' lines only the pattern, since the values may be personal."""
    return record.getMessage() if record.name.startswith("hearth.") else str(record.msg)


def places(trace: Any) -> list[str]:
    """Where an error passed: file, line and function, without values."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-8:]


def logging_settings(*, is_plain: bool) -> dict[str, Any]:
    """Django's logging: JSON to standard error; plain words while developing."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "hearth.web.config.logs.JsonLines"},
            "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain" if is_plain else "json"}},
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {
            "hearth": {"handlers": ["out"], "level": "INFO", "propagate": False},
            "django": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        },
    }
