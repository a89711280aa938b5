"""Approving several at once: each with its content, its own key and its own refusal; and what changed since."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from services.desk.domain.changes import Part, changes_between
from tests.unit.desk.test_forms import proposed
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
REASON, MENDED = "属该部门职责，请予转办为盼", "属信访局职责，请予转办<b>为盼</b>"


def decisions(page: Page) -> list[str]:
    return [
        name.removeprefix("digest.") for name in page.form("/approvals").values if name.startswith("digest.")
    ]


def asked_again(world: World, place: str, reason: str) -> None:
    again = {"department_id": "xfj", "reason": reason}
    answer = world.as_("clerk1").act(f"{place.removeprefix('/desk/items')}/propose_transfer_out", again)
    assert answer.status == 200, answer.body


def returned(world: World, place: str) -> None:
    item = place.removeprefix("/desk/items")
    waits = next(p for p in world.as_("head1").get(item).body["proposals"] if p["status"] == "pending")
    body = {"digest": waits["digest"], "reason": "请写明依据"}
    answer = world.as_("head1").send("POST", f"{item}/proposals/{waits['id']}/return", body=body)
    assert answer.status == 200, answer.body


def states(world: World, *places: str) -> list[str]:
    head = world.as_("head1")
    return [head.get(place.removeprefix("/desk/items")).body["proposals"][-1]["status"] for place in places]


def test_each_of_several_is_decided_by_itself_and_what_is_refused_stays_as_typed(
    world: World, visitor: Signed
) -> None:
    places = [proposed(world) for _ in range(3)]
    head = visitor("head1")
    page = head.get(head.get("/desk/").link("逐件审阅"))
    first, second, third = decisions(page)
    choices = {f"choice.{first}": "approve", f"choice.{second}": "return", f"choice.{third}": ""}
    told = head.send(page, "/approvals", button="", **choices)
    assert told.status == 409
    assert "已批准" in told.text
    assert "MISSING_REASON" in told.text
    assert sorted(states(world, *places)) == ["approved", "pending", "pending"]
    assert sorted(decisions(told)) == sorted([second, third])
    assert told.form("/approvals").values.get(f"choice.{second}") == "return"
    done = head.send(told, "/approvals", button="", **{f"reason.{second}": "请写明依据"})
    assert "已退回" in done.text
    assert sorted(states(world, *places)) == ["approved", "pending", "returned"]


def test_sent_twice_it_is_done_once(world: World, visitor: Signed) -> None:
    place = proposed(world)
    head = visitor("head1")
    page = head.get("/desk/approvals")
    [one] = decisions(page)
    for _ in range(2):
        told = head.send(page, "/approvals", button="", **{f"choice.{one}": "approve"})
        assert (told.status, "已批准" in told.text) == (200, True)
    item = world.as_("head1").get(place.removeprefix("/desk/items")).body
    assert len(item["proposals"][-1]["decisions"]) == 1


def test_a_decision_on_what_was_changed_since_is_refused(world: World, visitor: Signed) -> None:
    place = proposed(world)
    head = visitor("head1")
    page = head.get("/desk/approvals")
    [one] = decisions(page)
    stale = head.send(
        page, "/approvals", button="", **{f"choice.{one}": "approve", f"digest.{one}": "0" * 64}
    )
    assert stale.status == 409
    assert states(world, place) == ["pending"]


def test_what_changed_since_it_was_returned_is_marked_and_runs_nothing(world: World, visitor: Signed) -> None:
    place = proposed(world)
    returned(world, place)
    asked_again(world, place, REASON)
    returned(world, place)
    asked_again(world, place, MENDED)
    head = visitor("head1")
    page = head.get(head.get(place).link("审阅内容"))
    assert "<del>该部门</del><ins>信访局</ins>职责" in page.html
    assert "&lt;b&gt;" in page.html
    assert "b" not in page.tags
    assert decisions(page) == decisions(head.get("/desk/approvals"))


def test_the_reading_of_each_content_is_on_record_and_nobody_else_finds_any(
    world: World, visitor: Signed
) -> None:
    place = proposed(world)
    assert "没有等待您审批" in visitor("deputy1").get("/desk/approvals").text
    stranger = visitor("clerk3")
    [waits] = world.as_("head1").get(place.removeprefix("/desk/items")).body["proposals"]
    assert stranger.get(f"{place}/proposals/{waits['id']}").status == 404
    visitor("head1").get("/desk/approvals")
    with world.runtimes["intake"].db.read() as session:
        query = select(AuditEntry.actor_person).where(AuditEntry.act == "read_paper")
        assert list(session.scalars(query)) == ["p-head1"]


def test_a_clerks_decision_is_refused_by_the_service(world: World, visitor: Signed) -> None:
    place = proposed(world)
    page = visitor("head1").get("/desk/approvals")
    [one] = decisions(page)
    clerk = visitor("clerk1")
    values = page.form("/approvals").values
    values["_form"] = clerk.get("/desk/").form("/sign-out").values["_form"]
    values[f"choice.{one}"] = "approve"
    assert clerk.post("/desk/approvals", values).status == 409
    values["_form"] = "x"
    assert clerk.post("/desk/approvals", values).status == 403
    assert states(world, place) == ["pending"]


def test_texts_are_compared_within_and_codes_days_and_lists_before_and_after() -> None:
    before = {
        "reason": "因工作需要，拟予以谈话函询处理",
        "on": "2026-03-02",
        "ids": ["p-1"],
        "note": "",
        "gone": "x",
    }
    after = {"reason": "因工作需要，拟予以初步核实处理", "on": "2026-03-03", "ids": ["p-1"], "new": True}
    found = {change.name: change for change in changes_between(before, after)}
    assert sorted(found) == ["gone", "new", "on", "reason"]
    assert found["on"].parts == ()
    assert found["reason"].parts[0] == Part("same", "因工作需要，拟予以")
    joined = "".join(part.text for part in found["reason"].parts if part.kind != "gone")
    assert joined == after["reason"]
    assert (found["gone"].before, found["gone"].after) == ("x", None)
