"""The service started as it is run: tables made, files collected, healthy, ended in order, silent about people."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.once

PATIENCE = 240
"""Seconds: the tables are made first, which takes long on a machine that does other things."""


NOWHERE = "postgresql://nobody:none@127.0.0.1:1/none"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(tmp_path: Path, **given: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEARTH_", "DJANGO_"))}
    return {**clean, "HEARTH_DATA": str(tmp_path / "data"), **given}


def run(tmp_path: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hearth", *words]
    return subprocess.run(command, env=environment(tmp_path, **given), capture_output=True, text=True, check=False)


def wait_for(url: str) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_the_service_starts_answers_and_ends(tmp_path, page_components):
    port, log = free_port(), tmp_path / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "hearth", "serve", "--port", str(port)]
        served = subprocess.Popen(command, env=environment(tmp_path, HEARTH_DEMO="1"), stderr=out, stdout=out)
        try:
            assert json.loads(wait_for(f"http://127.0.0.1:{port}/health")) == {"status": "well", "wrong": ""}
            words = wait_for(f"http://127.0.0.1:{port}/sign-in?next=/child/7&secret=Mia")
        finally:
            served.send_signal(signal.SIGTERM)
        assert served.wait(30) in (0, -signal.SIGTERM)
    style = words.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (tmp_path / "data" / style.lstrip("/")).exists()
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    assert {"health_check", "account_login"} <= {line.get("page") for line in lines}
    assert "Mia" not in log.read_text()


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["serve"], {}, "HEARTH_SECRET_KEY is not set"),
        (["serve"], {"HEARTH_ENVIRONMENT": "production", "HEARTH_DEMO": "1"}, "HEARTH_DEMO is set in production"),
        (["check-settings"], {"HEARTH_DEMO": "1"}, "The database does not answer"),
        (
            ["serve", "--port", str(free_port())],
            {"HEARTH_DEMO": "1", "HEARTH_DATA": "/proc/no"},
            "/proc/no cannot be made",
        ),
        (["manage", "rebuild_owed"], {"HEARTH_DEMO": "1"}, "The database does not answer"),
        (["manage", "migrate"], {"HEARTH_DEMO": "1", "HEARTH_DATA": "/proc/no"}, "/proc/no cannot be made"),
        (["add-administrator", "asha", "Asha"], {"HEARTH_DEMO": "1"}, "The tables are not made yet"),
        (["backup", "/tmp/kept.hearth"], {"HEARTH_DEMO": "1"}, "There is no record in "),
        (["load", "files", "--yes"], {"HEARTH_DEMO": "1"}, "The database does not answer (unable to open"),
        (["manage", "migrate"], {"HEARTH_DEMO": "1", "HEARTH_DATABASE_URL": NOWHERE}, "The database does not answer"),
        (["manage", "migrate"], {"HEARTH_DEMO": "1", "HEARTH_DATA": "/dev/null"}, "/dev/null cannot be made"),
    ],
)
def test_what_keeps_it_from_starting_is_one_sentence(tmp_path, words, given, said):
    done = run(tmp_path, *words, **given)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_backup_where_there_is_no_record_begins_none(tmp_path):
    assert run(tmp_path, "backup", str(tmp_path / "kept"), HEARTH_DEMO="1").returncode == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["serve"], ["demo", "--folder"]])
def test_a_port_that_is_taken_is_refused_so_that_two_records_never_take_turns(tmp_path, words):
    folder = [str(tmp_path / "demo")] if "--folder" in words else []
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path, *words, *folder, "--port", str(port), HEARTH_DEMO="1")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: 127.0.0.1:{port} cannot be listened on")
    assert not list(tmp_path.iterdir())
