"""The pages of loading: files given, a look at what they would do, the load, its problems, undoing, the rules."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent, User
from hearth.web.children.models import Child, Episode
from hearth.web.intake import actions, running, staging
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.intake.models import Batch, Check, Upload

pytestmark = pytest.mark.django_db
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
A_CHILD = "101,2,03/03/2012,WBRI,A123456789012,,\n"
AN_EPISODE = "101,01/05/2025,S,C2,N1,U6,PR1,,,,NG1 1AA,NG1 1AB,SC123456\n"


@pytest.fixture
def analyst(a_user: Callable[..., User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(a_user(role="analyst"))


def a_file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def a_return(episode: str = AN_EPISODE) -> list[SimpleUploadedFile]:
    return [a_file("header.csv", HEADER + A_CHILD), a_file("episodes.csv", EPISODES + episode)]


def given(client: Client, files: list[SimpleUploadedFile], **options: str) -> Upload:
    answer = client.post(reverse("load_files"), {"chosen": files, **options})
    assert answer.status_code == 302, re.findall(r"govuk-error-message.*", answer.content.decode())
    return Upload.objects.latest("pk")


def page(client: Client, name: str, *key: int, **query: str) -> str:
    answer = client.get(reverse(name, args=key), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_return_is_recognised_and_nothing_is_loaded_before_it_is_confirmed(analyst: Client):
    upload = given(analyst, a_return())
    said = page(analyst, "upload", upload.pk)
    assert "an SSDA903 return" in said
    assert "Episodes of care" in said and "Load these files?" in said
    assert not Child.objects.exists()
    assert staging.folder_of(upload.folder).stat().st_mode & 0o077 == 0


def test_a_confirmed_load_is_done_and_its_files_are_removed(analyst: Client):
    upload = given(analyst, a_return())
    assert analyst.post(reverse("upload_load", args=[upload.pk])).status_code == 302
    assert Episode.objects.get().child.child_id == "101"
    upload.refresh_from_db()
    assert upload.state == "loaded" and not staging.folder_of(upload.folder).exists()
    assert f"Load {upload.batch_id}" in page(analyst, "loads")
    assert "an SSDA903 return: header.csv, episodes.csv" in page(analyst, "load", upload.batch_id)


def test_files_dropped_are_removed_and_nothing_is_loaded(analyst: Client):
    upload = given(analyst, a_return())
    analyst.post(reverse("upload_dropped", args=[upload.pk]))
    assert not staging.folder_of(upload.folder).exists() and not Batch.objects.exists()
    assert "dropped" in page(analyst, "upload", upload.pk)


def test_the_same_files_again_change_nothing(analyst: Client):
    analyst.post(reverse("upload_load", args=[given(analyst, a_return()).pk]))
    assert "Nothing to change" in page(analyst, "upload", given(analyst, a_return()).pk)


def test_a_zip_file_of_a_folder_is_read(analyst: Client):
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for file in a_return():
            archive.writestr(f"return 2026/{file.name}", file.read())
        archive.writestr("__MACOSX/._header.csv", "junk")
    assert given(analyst, [a_file("return.zip", packed.getvalue())]).state == "ready"


def test_problems_are_told_by_worker_and_one_by_one_and_as_a_file(analyst: Client):
    upload = given(analyst, a_return(AN_EPISODE.replace("U6", "Q9") + "101,31/31/2025,L,C2,N1,U6,PR1,,,,,,\n"))
    assert "row set aside" in page(analyst, "upload", upload.pk).lower()
    analyst.post(reverse("upload_load", args=[upload.pk]))
    batch = Batch.objects.get()
    said = page(analyst, "load_problems", batch.pk)
    assert "episodes.csv" in said and "By worker" in said and "By team" in said
    file = analyst.get(reverse("load_problems_file", args=[batch.pk]))
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("file,row,column") and len(lines) == batch.problems.count() + 1
    assert AuditEvent.objects.filter(what="exported", page="load_problems_file").count() == 1
    assert "No problems of this kind" in page(analyst, "load_problems", batch.pk, about="nothing like it")


def test_a_problem_of_a_whole_file_says_so_and_the_first_row_is_row_0(analyst: Client):
    files = [*a_return(AN_EPISODE.replace("U6", "Q9")), a_file("missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n")]
    analyst.post(reverse("upload_load", args=[given(analyst, files).pk]))
    batch = Batch.objects.get()
    lines = list(
        csv.DictReader(
            analyst.get(reverse("load_problems_file", args=[batch.pk])).content.decode("utf-8-sig").splitlines()
        )
    )
    assert {(line["file"], line["row"]) for line in lines} >= {("missing.csv", "whole file"), ("episodes.csv", "0")}
    assert "Whole file" in page(analyst, "load_problems", batch.pk)


def test_a_load_is_undone_on_its_page(analyst: Client):
    analyst.post(reverse("upload_load", args=[given(analyst, a_return()).pk]))
    batch = Batch.objects.get()
    assert "will be withdrawn" in page(analyst, "undo_load", batch.pk)
    analyst.post(reverse("undo_load", args=[batch.pk]))
    assert not Episode.objects.exists()
    assert "Undone" in page(analyst, "load", batch.pk)
    assert "was undone on" in analyst.post(reverse("undo_load", args=[batch.pk])).content.decode()


def test_a_return_given_is_checked_by_the_published_rules(analyst: Client):
    upload = given(analyst, a_return(AN_EPISODE.replace("01/05/2025", "01/05/2011")))
    check = Check.objects.get(upload=upload)
    assert check.rules_run > 100 and check.findings
    code = check.findings[0]["code"]
    said = page(analyst, "check_made", check.pk)
    assert f"?rule={code}" in said and "By team" in said
    assert check.findings[0]["message"].split("'")[0] in page(analyst, "check_made", check.pk, rule=code)
    file = analyst.get(reverse("check_made_file", args=[check.pk])).content.decode("utf-8-sig")
    assert len(file.splitlines()) == len(check.findings) + 1


def test_the_live_record_is_checked_and_findings_lie_with_the_worker(
    analyst: Client, a_child, a_user, allocated, placed
):
    worker = a_user(name="Asha Khan", worker_id="SW77")
    child = a_child(sex="F", ethnicity="WBRI")
    placed(child)
    allocated(child, worker, team="East")
    analyst.post(reverse("record_checked"))
    said = page(analyst, "check_made", Check.objects.get().pk)
    assert "Asha Khan (SW77)" in said and "East" in said


def test_an_empty_record_cannot_be_checked(analyst: Client):
    answer = analyst.post(reverse("record_checked"), follow=True)
    assert "has no children yet" in answer.content.decode()


REFUSED = [
    # files | said
    ([], "Enter files of one source"),
    ([("notes.docx", "words")], "notes.docx is not taken: give CSV, XML, Excel or zip files"),
    ([("return.zip", "no zip")], "return.zip is damaged or no zip file"),
    ([("header.csv", "")], "One of the files is empty"),
]


@pytest.mark.parametrize(("files", "said"), REFUSED)
def test_files_that_cannot_be_taken_are_refused_in_a_sentence(analyst: Client, files: list[tuple[str, str]], said: str):
    answer = analyst.post(reverse("load_files"), {"chosen": [a_file(*file) for file in files]})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Upload.objects.exists()


def test_files_of_no_known_kind_end_in_a_sentence(analyst: Client):
    upload = given(analyst, [a_file("shopping.csv", "milk,eggs\n1,2\n")])
    assert "shopping.csv is no source that Hearth knows" in page(analyst, "upload", upload.pk)
    assert upload.state == "failed"


def test_too_much_is_refused(analyst: Client, settings):
    settings.HEARTH_UPLOAD_MB = 1
    answer = analyst.post(reverse("load_files"), {"chosen": a_file("header.csv", "x" * 1_100_000)})
    assert "give up to 1 MB at once" in answer.content.decode()


def test_an_archive_cannot_write_outside_its_folder(analyst: Client):
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("../../outside.csv", "a,b\n")
    answer = analyst.post(reverse("load_files"), {"chosen": a_file("return.zip", packed.getvalue())})
    assert "hold nothing that can be read" in answer.content.decode()
    assert not list(staging.folder_of("any").parent.rglob("outside.csv"))


def packed(*files: tuple[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    body = io.BytesIO()
    with ZipFile(body, "w", compression) as archive, warnings.catch_warnings(action="ignore"):
        for name, text in files:
            archive.writestr(name, text)
    return body.getvalue()


def spoiled(archive: bytes) -> bytes:
    """The archive with its packed bytes turned round, its list of files whole."""
    at = archive.index(b"PK\x01\x02")
    return archive[:60] + bytes(255 - byte for byte in archive[60 : at - 20]) + archive[at - 20 :]


HEADER_FILE = ("header.csv", HEADER + A_CHILD)
LONG = "".join(str(n) for n in range(2000))
NOT_TAKEN = [
    # files | said
    ([HEADER_FILE, HEADER_FILE], "Two of the files are called header.csv"),
    ([HEADER_FILE, ("a.zip", packed(HEADER_FILE))], "Two of the files are called header.csv"),
    ([("a.zip", packed(HEADER_FILE, HEADER_FILE))], "Two of the files are called header.csv"),
    ([("a.zip", packed(("x.csv", "a"), ("x.csv/y.csv", "b")))], "The files cannot be kept here"),
    ([("a.zip", packed((f"{'x' * 300}.csv", "a")))], "The files cannot be kept here: File name too long"),
    ([("a.zip", spoiled(packed(("header.csv", LONG))))], "a.zip cannot be unpacked"),
    ([("a.zip", spoiled(packed(("header.csv", LONG), compression=ZIP_LZMA)))], "a.zip cannot be unpacked"),
    ([("a.xlsx", packed(("sheet.xml", "0" * 2_000_000)))], "a.xlsx holds too much"),
]


@pytest.mark.parametrize(("files", "said"), NOT_TAKEN)
def test_no_file_takes_the_place_of_another_and_no_archive_is_an_error_of_ours(
    analyst: Client, settings, tmp_path: Path, files: list[tuple[str, str | bytes]], said: str
):
    settings.HEARTH_UPLOAD_MB, settings.HEARTH_FOLDER = 1, tmp_path
    answer = analyst.post(reverse("load_files"), {"chosen": [a_file(*file) for file in files]})
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Upload.objects.exists() and not list((tmp_path / "intake").iterdir())


def test_what_is_left_out_of_an_archive_is_said(analyst: Client):
    files = packed(HEADER_FILE, ("episodes.csv", EPISODES + AN_EPISODE), ("notes.docx", "w"), ("__MACOSX/._x.csv", "x"))
    upload = given(analyst, [a_file("return.zip", files)])
    assert "return.zip (notes.docx left out)" in page(analyst, "upload", upload.pk)


def test_files_dropped_while_they_are_read_stay_dropped(analyst: Client, monkeypatch: pytest.MonkeyPatch):
    plan = running._plan

    def dropped_meanwhile(upload: Upload, record):
        actions.drop(upload=upload, by=upload.given_by)
        return plan(upload, record)

    monkeypatch.setattr(running, "_plan", dropped_meanwhile)
    assert given(analyst, a_return()).state == "dropped"


def test_files_are_dropped_by_what_they_are_now_and_not_when_the_page_was_asked_for(analyst: Client):
    seen = given(analyst, a_return())
    analyst.post(reverse("upload_load", args=[seen.pk]))
    with pytest.raises(LoadRefusedError, match="undo the load instead"):
        actions.drop(upload=seen, by=seen.given_by)
    seen.refresh_from_db()
    assert seen.state == "loaded"


def test_work_that_stopped_says_so(analyst: Client, a_user: Callable[..., User], tmp_path: Path):
    token, names = staging.stage(a_return())
    upload = Upload.objects.create(given_by=a_user(), folder=token, files=names, state="loading")
    said = page(analyst, "upload", upload.pk)
    assert "stopped before it was done" in said and "Drop these files" in said
