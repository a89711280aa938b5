"""Switching the language keeps what was typed; a notice gives the item's number to who may know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.desk.pages.reference import _with_numbers
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
NEW = "/desk/new/intake/petitions/register_petition"


def test_switching_the_language_keeps_the_typed_form(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    page = clerk.get(NEW)
    typed = clerk.send(page, "/register_petition", button="language:en", summary="写了一半的摘要（示例）")
    assert typed.status == 200
    assert typed.form("/register_petition").values["summary"] == "写了一半的摘要（示例）"
    assert '<html lang="en">' in typed.html
    assert '<html lang="en">' in clerk.get("/desk/").html
    assert world.as_("clerk1").get("/intake/petitions").body["items"] == [], "nothing was done"


def test_a_hint_stands_in_both_languages_the_readers_first(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    zh, en = "派驻机构收到之日", "the day on which the dispatched office received it"
    page = clerk.get(NEW)
    assert f'<span lang="zh">{zh}</span> <span class="beside" lang="en">{en}</span>' in page.html
    page = clerk.send(page, "/register_petition", button="language:en")
    assert f'<span lang="en">{en}</span> <span class="beside" lang="zh">{zh}</span>' in page.html


class Registers:
    """A reader's registers: one petition is in them."""

    def whereabouts(self, service: str, ids: Iterable[str]) -> list[dict[str, str]]:
        known = {"id": "a" * 32, "path": "petitions", "no": "XF-pz1-2026-00001"}
        return [known] if service == "intake" and known["id"] in ids else []


def test_a_notice_shows_the_number_that_its_reader_may_know_and_else_no_long_id() -> None:
    notices = [
        {"service": service, "subject_ref": ref, "body_zh": f"编号：{ref}。", "body_en": f"Reference {ref}."}
        for service, ref in (("intake", "a" * 32), ("intake", "b" * 32), ("clues", "c" * 32), ("", ""))
    ]
    shown = _with_numbers(Registers(), notices)  # type: ignore[arg-type]
    assert [n["body_zh"] for n in shown] == [
        "编号：XF-pz1-2026-00001。", "编号：bbbbbbbb…。", "编号：cccccccc…。", "编号：。",
    ]  # fmt: skip
