"""Texts, names and addresses that try to become markup: they are shown, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.archive import loading as archive
from services.chassis.work import begin
from services.notifications import loading as notifications
from tests.unit.desk.visitor import Page, Visitor, open_account
from tests.world import World

HOSTILE = "<script>alert(1)</script><img src=x>\"'{{7*7}}"
OFFICE = "</option></select><svg onload=alert(3)>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake", "archive", "notifications", "desk"))
    with begin(made.runtimes["archive"]) as work:
        for person in ("p-edu-sec", "p-clerk1"):
            archive.load_person(
                work, person, HOSTILE, level="staff", managing_authority="unit", unit_id="edu"
            )
    with begin(made.runtimes["notifications"]) as work:
        notifications.load_office(work, office_id="edu", kind="supervised_unit", name_zh=OFFICE)
    made.pump()
    yield made
    made.close()


def harmless(page: Page) -> Page:
    assert page.status in {200, 303, 400, 404, 409, 422}
    assert not {"img", "svg", "iframe", "object"} & set(page.tags)
    own = re.findall(r'<script src="/desk/static/[a-z.]+" defer></script>', page.html)
    assert page.tags.count("script") == len(own), "files of ours alone"
    assert not any(target.strip().lower().startswith("javascript") for target in page.links.values())
    return page


def test_what_people_typed_is_shown_and_not_run(world: World) -> None:
    open_account(world, "clerk1")
    clerk = Visitor(world)
    clerk.sign_in("clerk1")
    form = harmless(clerk.get("/desk/new/intake/petitions/register_petition"))
    assert OFFICE in form.text
    letter = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "summary": HOSTILE,
              "subject_names": HOSTILE, "petitioners.0.name": HOSTILE, "subject_ids": "p-edu-sec"}  # fmt: skip
    kept = harmless(clerk.send(form, "register_petition", **letter | {"channel": HOSTILE}))
    assert kept.form("register_petition").values["summary"] == HOSTILE
    searched = clerk.send(kept, "register_petition", button="search:subject_ids", subject_ids___q="alert")
    assert HOSTILE in harmless(searched).text
    item = harmless(clerk.follow(clerk.send(kept, "register_petition", channel="letter")))
    assert HOSTILE in item.text
    paper = harmless(clerk.get(item.link("信访登记表")))
    assert paper.text.count("<script>alert(1)</script>") >= 2
    for path in ("/desk/", "/desk/registers/intake/petitions", "/desk/inbox", "/desk/post"):
        harmless(clerk.get(path))


@pytest.mark.parametrize(
    "path",
    [
        f"/desk/items/intake/petitions/{HOSTILE}",
        f"/desk/items/intake/{HOSTILE}/x",
        f"/desk/items/{HOSTILE}/x/y",
        f"/desk/registers/intake/petitions?state={HOSTILE}&cursor={HOSTILE}",
        f"/desk/new/intake/petitions/{HOSTILE}",
        f"/desk/clauses/{HOSTILE}",
        f"/desk/find/intake/{HOSTILE}",
        f"/desk/?done={HOSTILE}",
        f"/desk/language/zh?next=javascript:alert(1)//{HOSTILE}",
        f"/desk/sign-in?next=/desk/{HOSTILE}",
        "/desk/items/intake/petitions/..%2f..%2fworklist",
        "/desk/items/intake/petitions/%00",
    ],
)
def test_an_address_is_no_markup_either(world: World, path: str) -> None:
    open_account(world, "clerk1")
    clerk = Visitor(world)
    clerk.sign_in("clerk1")
    answer = clerk.get(path)
    assert answer.status < 500
    harmless(answer)
