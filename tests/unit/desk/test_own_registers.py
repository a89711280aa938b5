"""A register as its reader wants it: columns and filters of one's own, which nobody else has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from services.desk.storage import SavedFilter
from tests.unit.desk.test_register_exports import REGISTER, registered, sheet_of
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
HOSTILE = "<script>alert(1)</script>\"'{{7*7}}"


def heads(page: Page) -> list[str]:
    rows = page.html.split("<thead>")[1].split("</thead>")[0]
    return [part.split("</span>")[0].rpartition(">")[2] for part in rows.split('<th scope="col">')[1:]]


def kept(world: World) -> list[SavedFilter]:
    with world.runtimes["desk"].db.read() as session:
        return list(session.scalars(select(SavedFilter)))


def test_columns_that_are_chosen_are_shown_and_exported_until_the_usual_ones_are_wanted_again(
    world: World, visitor: Signed
) -> None:
    state = registered(world)["state"]
    clerk, colleague = visitor("clerk1"), visitor("deputy1")
    usual = heads(clerk.get(REGISTER))
    page = clerk.get(f"{REGISTER}?state={state}")
    back = clerk.send(page, "/columns", button="", column=["opened_on", "no", "nothing_like_it"])
    assert back.answer.headers["Location"] == f"{REGISTER}?state={state}"
    assert heads(clerk.follow(back)) == ["编号", "登记日期"]
    assert sheet_of(clerk.get(f"{REGISTER}/export"))[0] == ["编号", "登记日期"]
    assert heads(colleague.get(REGISTER)) == usual
    clerk.send(clerk.get(REGISTER), "/columns", button="usual")
    assert heads(clerk.get(REGISTER)) == usual


def test_a_filter_is_kept_once_under_a_name_that_the_database_does_not_tell(
    world: World, visitor: Signed
) -> None:
    registered(world)
    clerk, colleague = visitor("clerk1"), visitor("deputy1")
    page = clerk.get(f"{REGISTER}?state=registered&opened_from=2026-03-01")
    for _ in range(2):
        clerk.send(page, "/filters", button="", name=f"三月{HOSTILE}"[:40])
    shown = clerk.get(REGISTER)
    assert len(kept(world)) == 1
    assert "三月<script>" in shown.text
    assert "<script>alert" not in shown.html
    assert shown.link("三月") == "?state=registered&opened_from=2026-03-01"
    assert "三月" not in colleague.get(REGISTER).text
    database = Path(world.runtimes["desk"].settings.database_url.removeprefix("sqlite:///"))
    stored = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert "三月".encode() not in stored


def test_a_filter_is_removed_by_its_owner_alone(world: World, visitor: Signed) -> None:
    clerk, colleague = visitor("clerk1"), visitor("deputy1")
    clerk.send(clerk.get(f"{REGISTER}?state=registered"), "/filters", button="", name="待分类")
    [one] = kept(world)
    token = colleague.get(REGISTER).form("/columns").values["_form"]
    place = f"{REGISTER}/filters/{one.id}/remove"
    assert colleague.post(place, MultiDict({"_form": token})).status == 303
    assert len(kept(world)) == 1
    assert clerk.post(place, MultiDict({"_form": token})).status == 403, "another's form"
    assert clerk.send(clerk.get(REGISTER), "/remove", button="").status == 303
    assert kept(world) == []


def test_what_is_no_filter_of_the_register_is_not_kept(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    page = clerk.get(f"{REGISTER}?state=registered")
    for wrong in (
        {"state": HOSTILE},
        {"opened_from": "never"},
        {"name": ""},
        {"name": "长" * 41},
        {"_key": "x"},
    ):
        assert clerk.send(page, "/filters", button="", **({"name": "好"} | wrong)).status in (400, 422), wrong
    assert kept(world) == []
