"""Searching petitions in Chinese: all that the reader may know of, and no trace of anything else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.intake.searching import CHUNK
from services.intake.storage import SearchTerm
from tests.clauses.intake_petitions import BASE, audit, give_key, letter, register, transfer
from tests.world import Answer, World

TEXTS = {
    "fees": "反映某中学违规收取课后服务费，校长张三丰知情不报",
    "tender": "反映教学楼维修工程招投标中围标串标",
    "apart": "张三与丰台路某公司的关系，另见工程附件",
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def search(world: World, account: str = "clerk1", **asked: object) -> Answer:
    return world.as_(account).send("POST", f"{BASE}/search", body=asked)


def found(world: World, q: str, account: str = "clerk1", **more: object) -> list[str]:
    answer = search(world, account, q=q, **more)
    assert answer.status == 200, answer.body
    return [item["id"] for item in answer.body["items"]]


@pytest.fixture
def planted(world: World) -> dict[str, str]:
    return {name: str(register(world, letter(summary=text))["id"]) for name, text in TEXTS.items()}


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("收取", {"fees"}),
        ("课后服务费", {"fees"}),
        ("工程", {"tender", "apart"}),
        ("工程 围标", {"tender"}),
        ("张三", {"fees", "apart"}),
        ("张三丰", {"fees"}),
        ("反映", {"fees", "tender"}),
        ("　招投标　", {"tender"}),
        ("没有此事", set()),
    ],
)
def test_a_petition_is_found_by_any_words_in_it(
    world: World, planted: dict[str, str], q: str, names: set[str]
) -> None:
    assert set(found(world, q)) == {planted[name] for name in names}


def test_width_case_and_punctuation_make_no_difference(world: World) -> None:
    petition = register(world, letter(summary="使用ＡＢＣ公司发票，金额３万元。"))["id"]
    assert found(world, "abc公司") == [petition]
    assert found(world, "发票金额3万") == [petition]


def test_what_stands_outside_the_roster_is_found_and_who_petitions_is_not(world: World) -> None:
    petition = register(world, letter(subject_names=["欧阳某某"], petitioners=[{"name": "司马某某"}]))["id"]
    assert found(world, "欧阳") == [petition]
    assert found(world, "司马") == []


def test_a_transferred_and_a_later_classed_petition_are_found_as_well(world: World) -> None:
    world.on(2026, 3, 9)
    first = register(world, transfer(summary="食堂采购虚报价格"))["id"]
    later = register(world, letter(summary="食堂账目不公开", class_code=None))["id"]
    assert found(world, "食堂") == [first]
    world.as_("clerk1").act(f"{BASE}/{later}/classify_petition", {"class_code": "supervision_object"})
    assert set(found(world, "食堂")) == {first, later}


def test_every_reader_finds_what_they_may_know_of(world: World, planted: dict[str, str]) -> None:
    other = register(world, letter(summary="另一科室工程款问题", unit_id="hou", subject_ids=[]), "clerk3")[
        "id"
    ]
    assert set(found(world, "工程", "head1")) == {planted["tender"], planted["apart"]}
    assert found(world, "工程", "clerk2") == []
    assert found(world, "工程", "head2") == [other]
    assert set(found(world, "工程", "xf1")) == {planted["tender"], planted["apart"], other}
    for account in ("sys", "sec", "aud", "edu-head", "jd1", "edu-clerk"):
        assert found(world, "工程", account) == []


def shape(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.body


def test_what_a_reader_may_not_know_of_changes_no_byte_of_any_answer(world: World) -> None:
    give_key(world)
    register(world, letter(summary="食堂承包问题，第一封来信"))
    asked: list[dict[str, object]] = [
        {"q": "食堂"}, {"q": "食堂承包问题"}, {"subject_id": "p-edu-vice"}, {"subject_id": "p-edu-sec"},
        {"q": "食堂", "from": "2026-01-01"}, {"no": "XF-pz1-2026-00001"},
    ]  # fmt: skip
    readers = ("clerk1", "head1", "xf1", "deputy1", "clerk3", "sys")
    before = {(who, n): shape(search(world, who, **one)) for who in readers for n, one in enumerate(asked)}
    sealed = register(
        world, letter(summary="食堂承包问题，反映分管领导", subject_ids=["p-edu-vice"]), "clerk2"
    )
    hidden = register(world, letter(summary="食堂承包问题，尚未分类", class_code=None), "clerk2")
    for who in readers:
        for n, one in enumerate(asked):
            after = search(world, who, **one)
            assert shape(after) == before[who, n], (who, one)
            assert sealed["id"] not in json.dumps(after.body)
            assert hidden["id"] not in json.dumps(after.body)


def test_a_sealed_or_unclassed_petition_has_no_mark_in_the_index(world: World) -> None:
    give_key(world)
    register(world, letter(subject_ids=["p-edu-vice"]))
    register(world, letter(class_code=None))
    with world.runtimes["intake"].db.read() as session:
        assert session.scalars(select(SearchTerm)).all() == []


def test_the_same_words_have_other_marks_in_another_office(world: World) -> None:
    marks = []
    for account in ("clerk1", "clerk3"):
        petition = register(world, letter(unit_id="", subject_ids=[]), account)["id"]
        with world.runtimes["intake"].db.read() as session:
            query = select(SearchTerm.mark).where(SearchTerm.petition_id == petition)
            marks.append(set(session.scalars(query)))
    assert marks[0]
    assert not marks[0] & marks[1]


def test_a_person_and_a_number_are_found_without_words(world: World, planted: dict[str, str]) -> None:
    number = world.as_("clerk1").get(f"{BASE}/{planted['fees']}").body["no"]
    assert [i["id"] for i in search(world, no=number).body["items"]] == [planted["fees"]]
    assert len(search(world, subject_id="p-edu-sec").body["items"]) == 3
    assert search(world, subject_id="p-edu-sec", state="closed").body["items"] == []
    assert found(world, "工程", unit_id="hou") == []
    assert len(found(world, "工程", unit_id="edu", channel="letter", to="2026-03-02")) == 2
    assert found(world, "工程", to="2026-03-01") == []


def test_pages_follow_one_another_newest_first_without_gap_or_double(world: World) -> None:
    world.on(2026, 3, 9)
    days = ["2026-03-02", "2026-03-05", "2026-03-09"]
    expected = CHUNK + 7
    for n in range(expected):
        register(world, letter(received_on=days[n % 3], summary=f"工程款拖欠，第{n:03}号说明材料"))
    first = search(world, q="工程款").body
    second = search(world, q="工程款", cursor=first["next"]).body
    lines = [*first["items"], *second["items"]]
    assert (len(first["items"]), len(lines), second["next"]) == (CHUNK, expected, None)
    assert len({line["id"] for line in lines}) == expected
    places = [(line["opened_on"], line["id"]) for line in lines]
    assert places == sorted(places, reverse=True)


def test_that_somebody_searched_is_on_record_and_for_what_is_not(tmp_path: Path, world: World) -> None:
    search(world, q="金丝雀问题")
    assert ("search_petitions", "read", "", "p-clerk1") in audit(world)
    assert not [f for f in tmp_path.rglob("*") if f.is_file() and "金丝雀".encode() in f.read_bytes()]


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({}, "MISSING_FIELD", "q"),
        ({"q": "。，"}, "MISSING_FIELD", "q"),
        ({"q": "张"}, "OUT_OF_RANGE", "q"),
        ({"q": "工程 张"}, "OUT_OF_RANGE", "q"),
        ({"q": " ".join(f"甲{n:02}" for n in range(9))}, "OUT_OF_RANGE", "q"),
        ({"q": "长" * 101}, "INVALID_FIELD", "q"),
        ({"q": 7}, "INVALID_FIELD", "q"),
        ({"q": "工程", "from": "昨天"}, "INVALID_FIELD", "from"),
        ({"q": "工程", "cursor": "x"}, "INVALID_FIELD", "cursor"),
        ({"q": "工程", "office": "pz1"}, "UNKNOWN_FIELD", None),
    ],
)
def test_a_search_that_cannot_be_made_is_refused(
    world: World, asked: dict[str, object], code: str, field: str | None
) -> None:
    refused = search(world, "clerk1", **asked)
    assert (refused.code, refused.body["field"]) == (code, field)
