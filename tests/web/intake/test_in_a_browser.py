"""The pages about one load, one upload and one check in a real browser, at both widths."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearth.web.intake import actions, staging
from hearth.web.intake.models import Batch, Check, Upload
from tests.web.intake.test_pages import AN_EPISODE, a_return
from tests.web.test_every_page import look

KEPT = os.environ.get("HEARTH_SCREENSHOTS", "")
"""A folder for pictures of the pages, to look at; none are kept unless it is named."""


@pytest.fixture
def pages_made(transactional_db: None, a_user: Any) -> dict[str, str]:
    analyst = a_user(role="analyst")
    asked = {"authority": "", "overwrite_owned": False, "by": analyst}
    upload = actions.give_files(chosen=a_return(AN_EPISODE + AN_EPISODE.replace("01/05/2025", "31/31/2025")), **asked)
    waiting = actions.give_files(chosen=a_return(AN_EPISODE.replace("U6", "K2")), **asked)
    failed = actions.give_files(chosen=[SimpleUploadedFile("shopping.csv", b"milk\n1\n")], **asked)
    actions.begin_load(upload=upload, withdraw_many=False, by=analyst)
    token, names = staging.stage(a_return())
    stopped = Upload.objects.create(given_by=analyst, folder=token, files=names, state="loading")
    batch, check = Batch.objects.get(), Check.objects.filter(upload=waiting).get()
    assert batch.problems.exists()
    made = {
        "loads": reverse("loads"),
        "load": reverse("load", args=[batch.pk]),
        "undo": reverse("undo_load", args=[batch.pk]),
        "problems": reverse("load_problems", args=[batch.pk]),
        "ready": reverse("upload", args=[waiting.pk]),
        "failed": reverse("upload", args=[failed.pk]),
        "stopped": reverse("upload", args=[stopped.pk]),
        "loaded": reverse("upload", args=[upload.pk]),
        "check": reverse("check_made", args=[check.pk]),
    }
    if check.findings:
        made["rule"] = f"{made['check']}?rule={check.findings[0]['code']}"
    return made


@pytest.mark.django_db(transaction=True)
def test_pages_of_loading_can_be_used_by_everyone(browsing: Any, a_user: Any, pages_made: dict[str, str]):
    tab = browsing(a_user(role="administrator"))
    wrong = []
    for name, url in pages_made.items():
        wrong += look(tab, name, url)
        if KEPT:
            tab.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)
    assert not wrong, "\n".join(wrong)
