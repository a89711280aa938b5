"""Integrity talks: who may hold which with whom, what they cover, who knows of them (LZ-8.1, LZ-8.3, LL-3.11)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import tables
from tests.attacks.twins import load_names
from tests.clause_proof import proves
from tests.clauses.round_steps import done, refused
from tests.clauses.talk_steps import (
    BESIDE,
    COLLECTIVE,
    DISTRICT,
    MEMBER,
    TALK,
    TALKS,
    YEARS,
    TalkWorld,
    blank,
)


@pytest.fixture
def w(tmp_path: Path) -> TalkWorld:
    return TalkWorld(tmp_path)


@proves("LZ-8.1", check=1)
def test_a_talk_of_the_head_with_a_cadre_of_the_district_counts_as_the_yearly_one(w: TalkWorld) -> None:
    year = w.year()
    w.talk(**DISTRICT)
    assert w.clocks(year, "LL-3.10") == {"p-edu-head": "open", "p-edu-vice": "met"}
    [event] = w.events("integrity_talk_held")
    assert event["speaker_role"] == "dispatched_office_head"
    assert (event["talk_type"], event["held_on"]) == ("district_managed", "2026-03-02")


@proves("LZ-8.1", check=2)
@pytest.mark.parametrize("speaker", ["p-clerk1", "p-deputy1", "p-head2"])
def test_with_a_cadre_of_the_district_only_the_head_talks(w: TalkWorld, speaker: str) -> None:
    answer = w.plan(by=w.clerk, **DISTRICT, speaker_id=speaker)
    refused(answer, "WRONG_ROLE", "LZ-8.1", field="speaker_id")


def test_staff_record_what_the_head_said(w: TalkWorld) -> None:
    item = f"{TALKS}/{done(w.plan(by=w.clerk, **DISTRICT)).body['id']}"
    assert done(w.hold(item, by=w.clerk)).body["state"] == "held"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"talk_type": "district_managed"}, "OUT_OF_SCOPE", "person_id"),
        ({"talk_type": "leadership_member"}, "OUT_OF_SCOPE", "person_id"),
        ({"person_id": "p-edu-vice"}, "OUT_OF_SCOPE", "person_id"),
        ({"person_id": "p-edu-clerk"}, "OUT_OF_SCOPE", "person_id"),
        ({"person_id": "p-hou-sec"}, "OUT_OF_SCOPE", "person_id"),
        ({"person_id": "p-nobody"}, "UNKNOWN_REFERENCE", "person_id"),
        ({"person_id": ""}, "MISSING_FIELD", "person_id"),
        ({"unit_id": "hou", "person_id": "p-hou-sec"}, "OUT_OF_SCOPE", "unit_id"),
        ({"talk_type": "collective"}, "OUT_OF_RANGE", "person_id"),
    ],
)
def test_a_talk_is_with_somebody_of_its_kind_in_a_unit_of_the_office(
    w: TalkWorld, changes: dict[str, Any], code: str, field: str
) -> None:
    refused(w.plan(**changes), code, field=field)


@proves("LZ-8.3", check=1)
@pytest.mark.parametrize("speaker", ["p-head1", "p-deputy1"])
def test_a_talk_of_a_leader_with_a_key_post_updates_the_coverage(w: TalkWorld, speaker: str) -> None:
    year = w.year()
    before = w.item(year)
    assert (before["roster_count"], before["covered_count"], before["missing_ids"]) == (1, 0, ",p-edu-sec,")
    w.talk(speaker_id=speaker)
    after = w.item(year)
    assert "LZ-8.4" in {duty["clause"] for duty in after["duties"]}
    assert (after["covered_count"], after["covered_permille"], after["missing_ids"]) == (1, 1000, "")
    assert w.item(f"{TALKS}/{w.events('integrity_talk_held')[0]['talk_id']}")["held_on"] == "2026-03-02"
    refused(w.plan(speaker_id="p-clerk1"), "WRONG_ROLE", "LZ-8.3")


@proves("LZ-8.3", check=2)
def test_who_leads_nothing_in_the_office_holds_no_talk_with_a_key_post(w: TalkWorld) -> None:
    refused(w.plan(by=w.clerk, speaker_id="p-clerk1"), "WRONG_ROLE", "LZ-8.3", field="speaker_id")
    assert w.head.get(TALKS).body["items"] == []


@pytest.mark.parametrize("missing", ["topic", "risk_reminder"])
def test_a_talk_with_a_key_post_has_its_topic_and_reminders(w: TalkWorld, missing: str) -> None:
    refused(w.hold(w.planned(), **blank(missing)), "MISSING_FIELD", field=missing)


def test_whom_the_office_names_a_key_post_is_of_the_roster(w: TalkWorld) -> None:
    year = w.year()
    refused(w.plan(person_id="p-edu-clerk"), "OUT_OF_SCOPE", "LZ-8.3")
    refused(w.do(year, "name_key_posts", {"person_ids": ["p-hou-sec"], "reason": "管钱管物"}), "OUT_OF_SCOPE")
    refused(w.do(year, "name_key_posts", {"person_ids": ["p-edu-clerk"], "reason": ""}), "MISSING_REASON")
    done(w.do(year, "name_key_posts", {"person_ids": ["p-edu-clerk"], "reason": "管钱管物"}))
    assert w.item(year)["roster_count"] == 2
    w.talk(person_id="p-edu-clerk")
    assert w.item(year)["covered_permille"] == 500


@proves("LL-3.11", check=1)
@pytest.mark.parametrize("missing", ["integrity_work", "self_discipline", "risk_reminder"])
@pytest.mark.parametrize("kind", [MEMBER, DISTRICT])
def test_a_talk_with_a_member_covers_all_three_parts(
    w: TalkWorld, missing: str, kind: dict[str, Any]
) -> None:
    item = w.planned(**kind)
    refused(w.hold(item, **blank(missing)), "MISSING_FIELD", "LL-3.11", field=missing)
    assert w.item(item)["state"] == "planned"
    assert w.events("integrity_talk_held") == []


@proves("LL-3.11", check=2)
def test_the_file_gets_an_entry_without_what_was_said(tmp_path: Path) -> None:
    w = TalkWorld(tmp_path, *BESIDE)
    load_names(w.world)
    item = w.talk(**MEMBER)
    refused(w.do(item, "file_talk"), "MISSING_DOCUMENT", "LL-3.11")
    filed = done(w.do(item, "file_talk", documents=("integrity_talk_record",)))
    assert filed.body["state"] == "filed"
    w.world.pump()
    [file] = w.head.get("/archive/integrity-files").body["items"]
    assert (file["person_id"], file["entries"], file["latest_on"]) == ("p-edu-vice", 1, "2026-03-02")
    with w.world.runtimes["archive"].db.read() as session:
        entries = {row.body for row in session.scalars(select(tables.Inbox))}
    sent = json.dumps([str(one) for one in entries])
    assert "integrity_talk_held" in sent
    assert not [text for text in TALK.values() if text in sent and text != "2026-03-02"]
    assert w.world.parked() == []


def test_what_was_recorded_is_not_recorded_again(w: TalkWorld) -> None:
    item = w.talk()
    refused(w.hold(item), "IMMUTABLE")
    refused(w.do(item, "call_off_talk", {"reason": "改期"}), "WRONG_STATE")
    assert len(w.events("integrity_talk_held")) == 1


def test_no_talk_is_held_in_the_future_and_one_may_be_called_off(w: TalkWorld) -> None:
    item = w.planned()
    refused(w.hold(item, held_on="2026-03-03"), "DATE_ORDER", field="held_on")
    refused(w.do(item, "call_off_talk", {"reason": " "}), "MISSING_REASON")
    assert done(w.do(item, "call_off_talk", {"reason": "改期"})).body["state"] == "called_off"
    refused(w.hold(item), "WRONG_STATE")


@proves("LL-3.12", check=1)
@pytest.mark.parametrize("person", ["p-edu-head", "p-edu-vice"])
def test_staff_do_not_talk_with_the_leadership_as_with_staff(w: TalkWorld, person: str) -> None:
    answer = w.plan(by=w.clerk, talk_type="staff_talk", speaker_id="p-clerk1", person_id=person)
    refused(answer, "WRONG_ROLE", "LL-3.12", field="person_id")


@proves("LL-3.12", check=2)
@pytest.mark.parametrize(("speaker", "covered"), [("p-clerk1", 0), ("p-deputy1", 1), ("p-head1", 1)])
def test_a_talk_with_midlevel_staff_covers_only_if_a_leader_held_it(
    w: TalkWorld, speaker: str, covered: int
) -> None:
    year = w.year()
    w.talk(talk_type="staff_talk", speaker_id=speaker)
    shown = w.item(year)
    assert (shown["roster_count"], shown["covered_count"]) == (1, covered)
    assert w.events("integrity_talk_held")[0]["talk_type"] == "staff_talk"


@pytest.mark.parametrize("account", ["edu-head", "edu-clerk", "clerk3", "head2", "sys", "zu1"])
def test_neither_unit_nor_person_nor_strangers_know_of_a_talk(w: TalkWorld, account: str) -> None:
    item, year = w.talk(), w.year()
    for address in (item, year):
        assert w.world.as_(account).get(address).status == 404
    assert w.world.as_(account).get(TALKS).body["items"] == []


def test_the_office_and_its_liaison_office_know_of_a_talk(w: TalkWorld) -> None:
    item, year = w.talk(), w.year()
    for client in (w.head, w.deputy, w.clerk, w.liaison):
        assert client.get(item).status == 200
    assert [c.get(year).status for c in (w.head, w.deputy, w.liaison, w.clerk)] == [200, 200, 200, 404]
    refused(w.do(item, "file_talk", by=w.liaison), "WRONG_ROLE")


def test_a_relative_in_the_office_does_not_know_of_a_talk(w: TalkWorld) -> None:
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-deputy1").relatives = "p-edu-sec"
        session.get_one(tables.DirectoryPerson, "p-edu-sec").relatives = "p-deputy1"
    item = w.talk()
    assert (w.deputy.get(item).status, w.clerk.get(item).status) == (404, 200)
    assert w.deputy.get(TALKS).body["items"] == []


@proves("LL-3.13", check=2)
def test_a_collective_talk_says_who_was_there(w: TalkWorld) -> None:
    item = w.planned(**COLLECTIVE)
    refused(w.hold(item), "MISSING_FIELD", "LL-3.13", field="attendee_ids")
    refused(w.hold(item, attendee_ids=["p-edu-vice"] * 2), "DUPLICATE", "LL-3.13", field="attendee_ids")
    refused(w.hold(item, attendee_ids=["p-hou-sec"]), "OUT_OF_SCOPE", "LL-3.13", field="attendee_ids")
    refused(w.hold(w.planned(), attendee_ids=["p-edu-sec"]), "OUT_OF_RANGE", field="attendee_ids")
    assert w.item(item)["state"] == "planned"
    assert YEARS not in item
