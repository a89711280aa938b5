"""The entry is made public, and the unit's reports are heard (XC-10, XC-11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.petition_steps import PETITIONS, register
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_entering import ANNOUNCEMENT

RELEASES = "/inspection/releases"
TEXTS = ["leader_speech", "office_speech_entry", "statement_of_position"]
RELEASE = {
    "text": "巡察组进驻",
    "contact": "电话",
    "office_address": "地点",
    "email": "xc@example.invalid",
}
PUBLISHED = {"published_on": "2026-03-02", "media": "县融媒体中心"}
HEARING = {"held_on": "2026-03-02", "speaker_id": "p-edu-head", "attendee_ids": ["p-edu-vice"]}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def draft(w: RoundWorld, unit: str) -> str:
    paper = RELEASE | {"engagement_id": unit.rpartition("/")[2]}
    return f"{RELEASES}/{done(w.do(RELEASES, 'draft_release', paper, by=w.member)).body['id']}"


@proves("XC-10.1a", check=1)
def test_without_proof_of_circulation_the_sheet_says_so(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    sheet = w.item(f"{w.round_of(unit)}/compliance")
    assert "XC-10.1a" in {line["clause"] for line in sheet["open"]}
    answer = done(w.do(unit, "prove_circulation", {"texts": TEXTS[:2], "manner": "会议"}, by=w.member))
    assert [(g["clause"], g["about"]) for g in answer.body["gaps"]] == [("XC-10.1a", TEXTS[2])]


@proves("XC-10.1a", check=2)
def test_proof_of_all_three_texts_is_enough(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    answer = done(w.do(unit, "prove_circulation", {"texts": TEXTS, "manner": "会议"}, by=w.member))
    assert "XC-10.1a" in answer.body["clauses"]
    assert w.gaps(unit, "XC-10.1a") == set()
    assert "XC-10.1a" not in w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-10.1b", check=1)
def test_a_statement_that_was_not_filed_is_open(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    sheet = w.item(f"{w.round_of(unit)}/compliance")
    assert [line["item"] for line in sheet["open"] if line["clause"] == "XC-10.1b"] == [
        unit.rpartition("/")[2]
    ]


@proves("XC-10.1b", check=2)
def test_a_filed_statement_is_told_and_open_no_longer(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    filing = {"filed_on": "2026-03-02"}
    refused(w.do(unit, "file_statement", filing, by=w.member), "MISSING_DOCUMENT", "XC-10.1b")
    done(w.do(unit, "file_statement", filing, by=w.member, documents=("statement_of_position",)))
    assert [e["filed_on"] for e in w.events("entry_statement_filed")] == ["2026-03-02"]
    assert "XC-10.1b" not in w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-10.2a", check=1)
@pytest.mark.parametrize("field", ["email", "contact", "office_address"])
def test_a_release_says_how_to_reach_the_team(w: RoundWorld, field: str) -> None:
    unit = w.unit_at("entered")
    paper = RELEASE | {"engagement_id": unit.rpartition("/")[2], field: ""}
    refused(w.do(RELEASES, "draft_release", paper, by=w.member), "MISSING_FIELD", "XC-10.2a", field=field)


@proves("XC-10.2a", check=2)
def test_a_release_with_all_three_goes_to_clearance(w: RoundWorld) -> None:
    release = draft(w, w.unit_at("entered"))
    assert "XC-10.2a" in w.item(release)["timeline"][0]["clauses"]
    answer = done(w.do(release, "clear_release", by=w.member))
    assert answer.body["proposal"]["status"] == "pending"
    early = w.do(RELEASES, "draft_release", RELEASE | {"engagement_id": "none"}, by=w.member)
    assert "XC-10.2a" in early.body["clauses"] or early.code == "UNKNOWN_REFERENCE"
    bare = w.do(RELEASES, "draft_release", RELEASE, by=w.member)
    assert "XC-10.2a" in bare.body["clauses"]


@proves("XC-10.2b", check=1)
def test_the_gates_are_passed_in_order(w: RoundWorld) -> None:
    release = draft(w, w.unit_at("entered"))
    done(w.do(release, "clear_release", by=w.member))
    refused(w.decide(release, w.office), "APPROVAL_ORDER", "XC-10.2b")
    done(w.decide(release, w.world.as_("edu-head")))
    refused(w.decide(release, w.office), "APPROVAL_ORDER", "XC-10.2b")


@proves("XC-10.2b", check=2)
def test_two_of_three_gates_publish_nothing(w: RoundWorld) -> None:
    release = draft(w, w.unit_at("entered"))
    done(w.do(release, "clear_release", by=w.member))
    done(w.decide(release, w.world.as_("edu-head")))
    done(w.decide(release, w.leader))
    refused(w.do(release, "publish_release", PUBLISHED, by=w.member), "APPROVAL_REQUIRED", "XC-10.2b")


@proves("XC-10.2b", check=3)
def test_three_gates_clear_a_release(w: RoundWorld) -> None:
    release = draft(w, w.unit_at("entered"))
    done(w.do(release, "clear_release", by=w.member))
    for one in (w.world.as_("edu-head"), w.leader, w.office):
        answer = done(w.decide(release, one))
    assert answer.body["state"] == "cleared"
    [event] = w.events("entry_release_approved")
    assert event["approved_by"] == ["p-edu-head", "p-zu1", "p-xc1"]
    done(w.do(release, "publish_release", PUBLISHED, by=w.member))


def test_a_release_is_there_for_its_gates_alone(w: RoundWorld) -> None:
    release = draft(w, w.unit_at("entered"))
    accounts = ("zu1", "zu2", "zu3", "xc1", "xcd", "edu-head", "zu4", "hou-head", "edu-clerk", "head1", "sys")
    assert {one for one in accounts if w.world.as_(one).get(release).status == 200} == {
        "zu1", "zu2", "zu3", "xc1", "xcd", "edu-head",
    }  # fmt: skip


@proves("XC-10.3a", check=1)
@pytest.mark.parametrize("field", sorted(ANNOUNCEMENT))
def test_an_announcement_says_all_that_it_has_to(w: RoundWorld, field: str) -> None:
    unit = w.unit_at("entered")
    answer = w.do(unit, "announce", ANNOUNCEMENT | {field: ""}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-10.3a", field=field)


@proves("XC-10.3a", check=2)
def test_what_comes_by_the_announced_address_is_in_the_ledger(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    done(w.do(unit, "announce", ANNOUNCEMENT, by=w.member))
    done(w.decide(unit, w.leader))
    done(w.do(unit, "publish_announcement", PUBLISHED, by=w.member))
    answer = done(register(w, unit, channel="email"))
    assert "XC-10.3a" in answer.body["clauses"]
    assert w.item(f"{PETITIONS}/{answer.body['id']}", w.leader)["came_by"] == "email"
    assert register(w, unit, channel="chat").code == "OUT_OF_RANGE"


@proves("XC-10.3b", check=1)
def test_an_announcement_is_not_published_unchecked(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    done(w.do(unit, "announce", ANNOUNCEMENT, by=w.member))
    refused(w.do(unit, "publish_announcement", PUBLISHED, by=w.member), "APPROVAL_REQUIRED", "XC-10.3b")


@proves("XC-10.3b", check=2)
def test_the_leader_alone_checks_the_announcement(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    done(w.do(unit, "announce", ANNOUNCEMENT, by=w.member))
    refused(w.decide(unit, w.deputy), "WRONG_APPROVER", "XC-10.3b")
    done(w.decide(unit, w.leader))
    assert len(w.events("announcement_approved")) == 1
    done(w.do(unit, "publish_announcement", PUBLISHED, by=w.member))


@proves("XC-11.1a", check=1)
def test_the_principal_gives_the_report(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    answer = w.do(unit, "hear_report", HEARING | {"speaker_id": "p-edu-vice"}, by=w.leader)
    refused(answer, "WRONG_ROLE", "XC-11.1a", field="speaker_id")
    heard = done(w.do(unit, "hear_report", HEARING | {"attendee_ids": []}, by=w.leader))
    assert [g["about"] for g in heard.body["gaps"]] == ["p-edu-vice"]


@proves("XC-11.1a", check=2)
@pytest.mark.parametrize(("day", "told"), [(6, 0), (9, 0), (10, 1)])
def test_the_leader_is_told_when_the_report_was_not_heard(tmp_path: Path, day: int, told: int) -> None:
    """Entered on Monday 2 March: five working days end on Monday the 9th."""
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    unit = w.unit_at("entered")
    assert {d["due_on"] for d in w.item(unit)["duties"] if d["clause"] == "XC-11.1a"} == {"2026-03-09"}
    w.world.pump()
    w.world.on(2026, 3, day)
    w.world.pump()
    notices = w.leader.get("/notifications/inbox").body["items"]
    found = [n for n in notices if (n["template"], n["clause"]) == ("deadline_overdue", "XC-11.1a")]
    assert len(found) == told


@proves("XC-11.2a", check=1)
def test_a_topical_report_names_who_heard_it(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    topic = {"held_on": "2026-03-02", "topic": "廉政建设"}
    answer = w.do(unit, "hear_topic", topic, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-11.2a", field="hearer_ids")
    done(w.do(unit, "hear_topic", topic | {"hearer_ids": ["p-zu1"]}, by=w.member))


@proves("XC-11.2a", check=2)
def test_fieldwork_without_any_topical_report_has_no_gap(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    topic = {"held_on": "2026-03-02", "topic": "廉政建设", "hearer_ids": []}
    refused(w.do(unit, "hear_topic", topic, by=w.member), "MISSING_FIELD", "XC-11.2a", field="hearer_ids")
    before = {(gap["clause"], gap["about"]) for gap in w.item(unit)["gaps"]}
    assert done(w.do(unit, "close_fieldwork", by=w.leader)).body["state"] == "withdrawal_prepared"
    assert {(gap["clause"], gap["about"]) for gap in w.item(unit)["gaps"]} == before
    assert "XC-11.2a" not in {clause for clause, _ in before}
