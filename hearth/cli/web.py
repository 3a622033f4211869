"""The commands that run the web part; Django is imported only when one of them is used."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

SETTINGS = "hearth.web.config.settings"


def set_up() -> None:
    """Makes Django ready; settings that cannot be used end in their sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(str(error)) from error


def run_management(words: Sequence[str]) -> None:
    """Runs a management command of Django's."""
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hearth manage", *words])
