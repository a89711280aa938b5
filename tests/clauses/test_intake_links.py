"""Repeats and near-equal letters: shown as candidates, linked by a clerk, never merged (LZ-12.6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clauses.intake_petitions import BASE, audit, give_key, letter, nothing_changes, register, show
from tests.world import Answer, World

LONG = "反映示例区教育局某科室负责人在教学楼维修工程中收受承包方礼金三万元，并在验收时放宽标准，请组织调查核实处理"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def new(world: World, summary: str, account: str = "clerk1", **changes: object) -> str:
    return str(register(world, letter(summary=summary, **changes), account)["id"])


def related(world: World, petition: str, account: str = "clerk1") -> Any:
    answer = world.as_(account).get(f"{BASE}/{petition}/related")
    assert answer.status == 200, answer.body
    return answer.body


def candidates(world: World, petition: str, account: str = "clerk1") -> dict[str, list[str]]:
    return {line["id"]: line["why"] for line in related(world, petition, account)["candidates"]}


def link(
    world: World, petition: str, other: str, relation: str = "repeat", account: str = "clerk1"
) -> Answer:
    paper = {"other": other, "relation": relation, "reason": "同一反映人再次来信"}
    return world.as_(account).act(f"{BASE}/{petition}/link_petition", paper)


def test_a_near_equal_letter_is_a_candidate_and_stays_unlinked_until_a_clerk_links_it(world: World) -> None:
    first = new(world, LONG, subject_ids=[])
    near = new(world, LONG.replace("三万元", "叁万余元") + "。另附照片", subject_ids=[])
    new(world, "食堂承包合同没有公开招标，价格明显高于市场，请一并了解情况", subject_ids=[])
    assert show(world, near)["duplicate_of"] == ""
    assert candidates(world, near) == {first: ["near_text"]}
    assert related(world, near)["candidates"][0]["likeness"] > 0.7
    assert candidates(world, first) == {near: ["near_text"]}


def test_others_on_the_same_person_are_candidates_too(world: World) -> None:
    first = new(world, "上下班迟到早退，长期不在岗")
    second = new(world, LONG)
    new(world, "另一单位的人员问题，与此无关", unit_id="hou", subject_ids=["p-hou-sec"])
    assert candidates(world, second) == {first: ["same_subject"]}


def test_the_same_scan_under_other_words_is_the_same_letter(world: World) -> None:
    clerk, ids = world.as_("clerk1"), []
    for n, text in enumerate(("来信一件，字迹不清，待辨认", "群众举报材料共三页，已转录")):
        scan = [{"kind": "petition_original", "id": clerk.upload("intake", b"%PDF-1.4 one scan %%EOF")}]
        ids.append(register(world, letter(summary=text, subject_ids=[]), attachments=scan)["id"])
        assert len(ids) == n + 1
    assert show(world, ids[1])["duplicate_of"] == ids[0]
    assert [(line["id"], line["relation"]) for line in related(world, ids[1])["linked"]] == [
        (ids[0], "duplicate")
    ]
    assert [line["id"] for line in related(world, ids[0])["linked"]] == [ids[1]]


def test_a_link_is_seen_from_both_ends_and_changes_neither(world: World) -> None:
    first, second = new(world, LONG), new(world, "再次来信催办，补充两名证人的联系方式")
    before = show(world, first)
    assert link(world, second, show(world, first)["no"]).status == 200
    for here, there in ((first, second), (second, first)):
        lines = related(world, here)["linked"]
        assert [(line["id"], line["relation"]) for line in lines] == [(there, "repeat")]
        assert there not in candidates(world, here)
    after = show(world, first)
    assert {act["name"] for act in after.pop("acts")} - {act["name"] for act in before.pop("acts")} == {
        "unlink_petition"
    }
    assert "unlink_petition" in {line["act"] for line in before.pop("not_now")}
    assert "unlink_petition" not in {line["act"] for line in after.pop("not_now")}
    assert after == before
    assert (show(world, second)["state"], show(world, second)["duplicate_of"]) == ("registered", "")
    assert ("link_petition", "accepted", "", "p-clerk1") in audit(world, second)


def test_a_duplicate_points_to_the_first_letter_and_a_taken_back_link_does_not(world: World) -> None:
    first, second = new(world, LONG), new(world, "同一封信的复印件，缺最后一页")
    assert link(world, second, first, "duplicate").status == 200
    assert show(world, second)["duplicate_of"] == first
    path = f"{BASE}/{second}/unlink_petition"
    assert world.as_("clerk1").act(path, {"other": first, "reason": "不是同一封信"}).status == 200
    assert show(world, second)["duplicate_of"] == ""
    assert related(world, second)["linked"] == []
    assert world.as_("clerk1").act(path, {"other": first, "reason": "再取消"}).code == "UNKNOWN_REFERENCE"


def test_a_link_is_made_once_to_another_petition_with_a_reason(world: World) -> None:
    first, second = new(world, LONG), new(world, "补充材料一份，说明付款经过")
    link(world, second, first)
    for here, there, code in ((second, first, "DUPLICATE"), (first, second, "DUPLICATE"),
                              (first, first, "CONTENT_RULE"), (first, "0" * 32, "UNKNOWN_REFERENCE")):  # fmt: skip
        with nothing_changes(world):
            refused = link(world, here, there)
        assert (refused.code, refused.body["field"], refused.body["clauses"]) == (code, "other", ["LZ-12.6"])
    silent = world.as_("clerk1").act(
        f"{BASE}/{first}/link_petition", {"other": second, "relation": "related", "reason": ""}
    )
    assert silent.code == "MISSING_REASON"


def test_what_is_hidden_is_no_candidate_cannot_be_linked_and_changes_no_answer(world: World) -> None:
    give_key(world)
    mine = new(world, LONG)
    before = {who: related(world, mine, who) for who in ("clerk1", "head1", "xf1")}
    theirs = new(world, LONG.replace("三万元", "五万元"), "clerk2", class_code=None)
    sealed = new(world, LONG.replace("三万元", "八万元"), "clerk2", subject_ids=["p-edu-sec", "p-edu-vice"])
    assert {who: related(world, mine, who) for who in before} == before
    for hidden in (theirs, sealed):
        unknown, refused = link(world, mine, "0" * 32), link(world, mine, hidden)
        assert (refused.status, refused.body) == (unknown.status, unknown.body)
    elsewhere = new(world, LONG + "，另一组收到", "clerk3", unit_id="", subject_ids=["p-edu-sec"])
    assert related(world, mine) == before["clerk1"]
    assert candidates(world, mine, "xf1") == {elsewhere: ["near_text", "same_subject"]}


def test_a_sealed_petition_is_linked_to_nothing_and_shows_no_candidates(world: World) -> None:
    give_key(world)
    ordinary = new(world, LONG)
    sealed = new(world, LONG + "。", subject_ids=["p-edu-sec", "p-edu-vice"])
    refused = link(world, sealed, ordinary)
    assert (refused.code, refused.body["clauses"]) == ("WRONG_ROUTE", ["LZ-12.3"])
    assert related(world, sealed)["candidates"] == []
