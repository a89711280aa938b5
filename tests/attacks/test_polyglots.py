"""Files that are two things at once: what is taken is named for what it begins as, and never run or drawn in a page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.clauses.intake_petitions import BASE, register
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import Answer, World

PAGE = b"<html><script>alert(1)</script></html>"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17)


def an_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
    return buffer.getvalue()


TAKEN = {
    "a page inside a PDF": (b"%PDF-1.4\n" + PAGE + b"\n%%EOF", "application/pdf"),
    "a page behind a picture": (PNG + PAGE + b"IEND", "image/png"),
    "a program behind a photograph": (b"\xff\xd8\xff\xe0" + an_archive() + b"\xff\xd9", "image/jpeg"),
    "a page as a tag of a recording": (b"ID3\x04" + PAGE, "audio/mpeg"),
    "a page in a film's brand": (b"\x00\x00\x00\x18ftyp" + PAGE, "video/mp4"),
    "a page as a sound": (b"RIFF\x00\x00\x00\x00WAVE" + PAGE, "audio/wav"),
}
REFUSED = {
    "a page": PAGE,
    "a page before a PDF": PAGE + b"%PDF-1.4 %%EOF",
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a GIF that is a script": b"GIF89a=1;alert(1)//",
    "a program's archive": an_archive(),
    "a mark before the PDF": b"\xef\xbb\xbf%PDF-1.4 %%EOF",
    "a script for the shell": b"#!/bin/sh\necho %PDF-1.4 %%EOF",
    "a template": b"{{7*7}} %PDF-1.4 %%EOF",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("polyglots"), services=("intake", "desk"))
    open_account(made, "clerk1")
    yield made
    made.close()
    WORKER.close()


def uploaded(world: World, content: bytes, **headers: str) -> Answer:
    return world.as_("clerk1").send("POST", "/intake/attachments", raw=content, headers=headers)


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "application/pdf"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_begins_as_no_scan_is_refused_whatever_it_calls_itself(
    world: World, name: str, claimed: str
) -> None:
    answer = uploaded(world, REFUSED[name], **{"Content-Type": claimed})
    assert (answer.status, answer.code) == (415, "UNSUPPORTED_MEDIA")


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_two_things_is_given_back_as_a_download_of_its_first_kind(world: World, name: str) -> None:
    content, kind = TAKEN[name]
    taken = uploaded(world, content, **{"Content-Type": "text/html"})
    assert (taken.status, taken.body["media_type"]) == (201, kind)
    cited = [{"kind": "petition_original", "id": taken.body["id"]}]
    paper: dict[str, object] = {
        "received_on": "2026-03-02",
        "channel": "letter",
        "unit_id": "edu",
        "summary": name,
    }
    petition = register(world, paper | {"class_code": "supervision_object"}, attachments=cited)["id"]
    over_the_api = world.as_("clerk1").get(f"{BASE}/{petition}/attachments/{taken.body['id']}")
    reader = Visitor(world)
    assert reader.sign_in("clerk1").status == 303
    place = f"/desk/items/intake/petitions/{petition}/attachments/{taken.body['id']}"
    page = reader.client.get(place, base_url=reader.base)
    for headers in (over_the_api.headers, page.headers):
        assert headers["Content-Type"].partition(";")[0] == kind
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.data == over_the_api.body == content


def test_no_upload_lies_on_the_disk_as_it_came(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = b"%PDF-1.4 " + b"canary-5d21" * 3 + b" %%EOF"
    assert uploaded(world, content).status == 201
    files: list[Path] = [
        path for path in tmp_path_factory.getbasetemp().rglob("polyglots*/*") if path.is_file()
    ]
    assert len(files) > 1
    assert not [path.name for path in files if b"canary-5d21" in path.read_bytes()]
