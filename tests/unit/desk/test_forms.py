"""The form of any act: drawn from its declaration, kept when refused, carried out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from services.chassis.tables import Attachment
from services.desk.pages.fields import fields_of, read
from services.desk.pages.items import people_in
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
NEW = "/desk/new/intake/petitions/register_petition"
SCAN = b"%PDF-1.4 scan %%EOF"


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Member(BaseModel):
    person_id: str = Field(title="成员")
    since: date | None = Field(None, title="自")


class Everything(BaseModel):
    name: str = Field(title="名称")
    text: str = Field("", title="说明", max_length=5000)
    on: date = Field(title="日期")
    at: AwareDatetime = Field(title="时刻")
    count: int = Field(0, title="数量")
    yes: bool = Field(title="是否")
    colour: Colour | None = Field(None, title="颜色", json_schema_extra={"clause": "LZ-12.2"})
    colours: tuple[Colour, ...] = Field((), title="各色")
    lines: tuple[str, ...] = Field((), title="名单")
    subject_ids: tuple[str, ...] = Field((), title="被反映人（名册编号）")
    unit_id: str = Field("", title="单位")
    secret: str = Field("", title="口令", json_schema_extra={"input": "password"})
    head: Member | None = Field(None, title="组长")
    members: tuple[Member, ...] = Field((), title="成员")


FIELDS = fields_of(Everything.model_json_schema())


def test_every_kind_of_field_is_told_from_the_declaration() -> None:
    assert {f.name: f.kind for f in FIELDS} == {
        "name": "text", "text": "long", "on": "date", "at": "instant", "count": "number", "yes": "yesno",
        "colour": "choice", "colours": "choices", "lines": "lines", "subject_ids": "persons", "unit_id": "office",
        "secret": "password", "head": "group", "members": "rows",
    }  # fmt: skip
    assert [f.name for f in FIELDS if f.required] == ["name", "on", "at", "yes"]
    inner = {f.name: (f.required, f.needed_if_used) for g in FIELDS for f in g.children}
    assert inner["head.person_id"] == inner["members.person_id"] == (False, True)
    assert inner["head.since"] == inner["members.since"] == (False, False)
    colour = next(f for f in FIELDS if f.name == "colour")
    assert ([code for code, _ in colour.choices], colour.clause) == (["red", "blue"], "LZ-12.2")


def test_what_was_typed_becomes_the_paper_that_the_service_expects() -> None:
    typed = MultiDict([
        ("name", " 甲 "), ("text", "一\r\n二"), ("on", "2026-03-02"), ("at", "2026-03-02T09:30"), ("count", "12"),
        ("yes", "true"), ("colour", ""), ("colours", "red"), ("colours", "blue"), ("lines", "张三\r\n\r\n 李四 "),
        ("subject_ids", "p-1"), ("subject_ids", ""), ("subject_ids", "p-1"), ("head.person_id", "p-2"),
        ("members._rows", "3"), ("members.0.person_id", "p-3"), ("members.0.since", "2026-01-01"),
        ("members.2.person_id", "p-4"),
    ])  # fmt: skip
    paper = read(FIELDS, typed)
    assert paper == {
        "name": "甲", "text": "一\n二", "on": "2026-03-02", "at": "2026-03-02T09:30+08:00", "count": 12, "yes": True,
        "colours": ["red", "blue"], "lines": ["张三", "李四"], "subject_ids": ["p-1"], "head": {"person_id": "p-2"},
        "members": [{"person_id": "p-3", "since": "2026-01-01"}, {"person_id": "p-4"}],
    }  # fmt: skip
    assert Everything.model_validate(paper).members[1].person_id == "p-4"


def test_a_number_that_is_none_is_left_to_the_service_to_refuse() -> None:
    assert read(FIELDS, MultiDict([("count", "zwölf")])) == {"count": "zwölf"}
    assert read(FIELDS, MultiDict()) == {}


def letter(**changes: Any) -> dict[str, Any]:
    return {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": "p-edu-sec",
            "summary": "反映某科级干部违规问题"} | changes  # fmt: skip


def petitions(world: World) -> list[Any]:
    return list(world.as_("clerk1").get("/intake/petitions").body["items"])


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    refused = clerk.send(clerk.get(NEW), "register_petition", **letter(received_on="2026-03-09"))
    assert refused.status in (400, 409, 422)
    assert 'id="problem-received_on"' in refused.html
    assert "DATE_ORDER" in refused.text
    assert "LZ-12.5" in refused.links
    kept = refused.form("register_petition").values
    assert kept["summary"] == "反映某科级干部违规问题"
    assert kept["channel"] == "letter"
    assert kept.getlist("subject_ids")[0] == "p-edu-sec"
    done = clerk.send(refused, "register_petition", received_on="2026-03-02")
    assert done.status == 303
    assert len(petitions(world)) == 1


def test_a_field_that_is_missing_is_named(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    refused = clerk.send(clerk.get(NEW), "register_petition", **letter(summary=""))
    assert 'id="problem-summary"' in refused.html
    assert "MISSING_FIELD" in refused.text


def test_a_double_click_does_one_act(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW)
    first = clerk.send(form, "register_petition", **letter(), scan=SCAN)
    second = clerk.send(form, "register_petition", **letter(), scan=SCAN)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert len(petitions(world)) == 1
    with world.runtimes["intake"].db.read() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 1


def test_changing_a_form_that_was_carried_out_does_nothing_and_says_so(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    form = clerk.get(NEW)
    clerk.send(form, "register_petition", **letter())
    again = clerk.send(form, "register_petition", **letter(summary="另一件事"))
    assert "IDEMPOTENCY_KEY_REUSED" in again.text
    assert "这次改动没有办理" in again.text
    assert len(petitions(world)) == 1


def test_a_scan_is_uploaded_kept_through_a_refusal_and_read_back(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    refused = clerk.send(clerk.get(NEW), "register_petition", **letter(summary=""), scan=SCAN)
    assert "已上传" in refused.text
    item = clerk.follow(clerk.send(refused, "register_petition", summary="问题"))
    attachment = clerk.get(item.link("application/pdf"))
    assert attachment.answer.data == SCAN
    assert attachment.answer.headers["Content-Disposition"].startswith("attachment;")
    paper = clerk.get(item.link("信访登记表"))
    assert "反映问题摘要" in paper.text
    assert "来信" in paper.text


def test_a_file_of_a_wrong_type_is_refused_at_its_field(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    refused = clerk.send(clerk.get(NEW), "register_petition", **letter(), scan=b"MZ not a scan")
    assert "UNSUPPORTED_MEDIA" in refused.text
    assert petitions(world) == []


def test_a_stale_form_shows_what_changed_and_can_be_sent_again(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    clerk.follow(clerk.send(clerk.get(NEW), "register_petition", **letter()))
    form = clerk.get(f"/desk/items/intake/petitions/{petitions(world)[0]['id']}/acts/forward_petition")
    path = f"/intake/petitions/{petitions(world)[0]['id']}/classify_petition"
    assert world.as_("clerk1").act(path, {"class_code": "supervision_object"}).status == 200
    stale = clerk.send(form, "forward_petition", remark="请查收")
    assert "STALE_VERSION" in stale.text
    assert (
        "您填写期间，事项有了变化 The item changed while you were writing 2026年3月2日 09:00 确定分类"
        in stale.text
    )
    assert stale.form("forward_petition").values["remark"] == "请查收"
    assert clerk.send(stale, "forward_petition").status == 303


def proposed(world: World) -> str:
    """A petition whose transfer waits for the head's approval; the path of its page."""
    clerk = world.as_("clerk1")
    paper = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
             "summary": "与职责无关的事项", "class_code": "supervision_object"}  # fmt: skip
    item = f"/intake/petitions/{clerk.act('/intake/petitions/register_petition', paper).body['id']}"
    clerk.act(f"{item}/forward_petition")
    opinion = {"in_scope": False, "level": "section", "opinion": "业务范围外"}
    world.as_("xf1").act(f"{item}/judge_petition", opinion)
    clerk.act(f"{item}/record_petition", {"platform_no": "P-1", "entered_on": "2026-03-02"})
    approval = {"department_id": "xfj", "reason": "属该部门职责"}
    answer = clerk.act(f"{item}/propose_transfer_out", approval)
    assert answer.status == 200, answer.body
    return f"/desk/items{item}"


def test_a_proposal_is_approved_on_the_items_page_by_whom_it_waits_for(world: World, visitor: Signed) -> None:
    place = proposed(world)
    clerk, head = visitor("clerk1"), visitor("head1")
    assert not any("/proposals/" in form.action for form in clerk.get(place).forms)
    waiting = head.get("/desk/")
    assert "待审批：呈批转办" in waiting.text
    page = head.get(waiting.link("待审批").partition("#")[0])
    assert "派驻机构主要负责人审批" in page.text
    proposal = next(form for form in page.forms if "/proposals/" in form.action)
    nothing_said = head.send(page, proposal.action, button="return")
    assert "MISSING_REASON" in nothing_said.text
    approved = head.follow(head.send(nothing_said, proposal.action, button="approve"))
    assert "已批准 approved" in approved.text
    assert "转办已批准" in approved.text


def test_a_proposal_is_returned_with_a_reason(world: World, visitor: Signed) -> None:
    place, head = proposed(world), visitor("head1")
    page = head.get(place)
    proposal = next(form for form in page.forms if "/proposals/" in form.action)
    returned = head.follow(head.send(page, proposal.action, button="return", reason="请补充依据"))
    assert "已退回 returned" in returned.text


def test_only_the_ids_of_persons_leave_a_paper() -> None:
    paper = {"summary": "Mr-X", "petitioner": "Jane", "subject_ids": ["p-1"], "person_id": "p-2",
             "members": [{"person_id": "p-3", "note": "p-4"}]}  # fmt: skip
    assert people_in(paper) == ["p-1", "p-2", "p-3"]


@pytest.mark.parametrize("rows", ["1", "-1", "x", "999999", "１"])
def test_a_forged_number_of_rows_does_no_harm(rows: str) -> None:
    typed = MultiDict([("members._rows", rows), ("members.0.person_id", "p-1")])
    assert read(FIELDS, typed) == {"members": [{"person_id": "p-1"}]}
