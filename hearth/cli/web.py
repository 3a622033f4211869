"""The commands that run the web part; Django is imported only when one of them is used."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
    """Runs a management command of Django's; `migrate` makes the folder of the record where there is none."""
    set_up()
    from django.core.management import execute_from_command_line

    from hearth.web.config.ready import answering, database_waits, make_folders

    with sentences(), answering():
        if words[:1] == ("migrate",):
            make_folders()
            database_waits()
        execute_from_command_line(["hearth manage", *words])


@contextmanager
def sentences() -> Iterator[None]:
    """Ends in one sentence what cannot be done yet."""
    from hearth.web.config.ready import NotReadyError

    try:
        yield
    except NotReadyError as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that serve.")
@click.option("--migrate", is_flag=True, help="Apply waiting changes of the tables (SQLite: always).")
def serve(*, host: str, port: int, workers: int, migrate: bool) -> None:
    """Serve the pages. Settings come from the environment: see docs/how-to/run-it.md."""
    set_up()
    refuse_taken(host, port)
    with sentences():
        prepare(migrate=migrate)
    clear_drafts()
    click.echo(f"Hearth listens on http://{host}:{port} with {workers} processes. Ctrl-C ends it.", err=True)
    run_server(host, port, workers)


def refuse_taken(host: str, port: int) -> None:
    """Ends in a sentence where something listens already: ports can be shared, and two records would take turns."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"{host}:{port} cannot be listened on ({error.strerror}): "
                "end what listens there, or choose another --port."
            ) from error


def prepare(*, migrate: bool) -> None:
    """Makes the tables and files ready, saying what was done. Raises NotReadyError when something is missing."""
    from hearth.web.config import ready

    ready.make_folders()
    waits = ready.database_waits()
    if waits and not (migrate or ready.is_embedded()):
        raise ready.NotReadyError(f"{waits} changes of the tables wait: make a backup, then start with --migrate.")
    if waits:
        ready.migrate()
        click.echo(f"{waits} changes of the tables applied.", err=True)
    if ready.collect():
        click.echo("The files of the pages are collected.", err=True)


def clear_drafts() -> None:
    """Clears drafts that nobody went on with for as long as they are kept."""
    from hearth.web.children.sheets import drafts

    if cleared := drafts.clear():
        click.echo(f"{cleared:,} drafts cleared that nobody went on with.", err=True)


def run_server(host: str, port: int, workers: int) -> None:
    """Serves until it is told to end: workers finish what they are doing within ten seconds.

    Workers are started afresh, not forked: a fork would share database connections and Polars' threads.
    """
    import multiprocessing

    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()
    multiprocessing.set_start_method("spawn", force=True)
    gc.enable()  # switched off for short commands only
    Granian(
        "hearth.web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        backlog=2048,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


@click.command("check-settings")
def check_settings() -> None:
    """Say which settings are in force, and what keeps Hearth from starting."""
    set_up()
    from hearth.web.config import ready

    with sentences():
        for sentence in ready.said():
            click.echo(sentence)


@click.command("add-administrator")
@click.argument("email")
@click.argument("name")
def add_administrator(email: str, name: str) -> None:
    """Let EMAIL sign in as an administrator called NAME: the first person, who adds the others on the pages."""
    set_up()
    from django.core.exceptions import ValidationError

    from hearth.web.access.actions import add_administrator as add
    from hearth.web.config import ready

    with sentences():
        ready.make_folders()
        if ready.database_waits():
            raise ready.NotReadyError("The tables are not made yet: run `hearth manage migrate` first.")
    try:
        made = add(email=email, name=name)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    click.echo(f"{made.name} may sign in as an administrator with a code sent to {made.email}.")
