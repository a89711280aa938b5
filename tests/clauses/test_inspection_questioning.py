"""Questioning persons with knowledge, detained ones included (XC-15)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.petition_steps import id_of, petition
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer, Client

QUESTIONINGS = "/inspection/questionings"
INQUIRY: dict[str, Any] = {
    "informant": "知情人甲",
    "custody_status": "free",
    "purpose": "了解采购经过",
    "plan": "询问方案",
    "known_ids": ["p-zu2"],
}
REQUEST = {"request": "请示同意询问"}
ARRANGED = {"arranged_on": "2026-03-02", "arrangement": "某日某时"}
RECORD = {"held_on": "2026-03-02", "content": "询问内容"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def plan(
    w: RoundWorld, unit: str, *, by: Client | None = None, leave_out: str = "", **changes: Any
) -> Answer:
    given = INQUIRY | {"engagement_id": id_of(unit)} | changes
    paper = {key: value for key, value in given.items() if key != leave_out}
    return w.do(QUESTIONINGS, "plan_questioning", paper, by=by or w.leader)


def planned(w: RoundWorld, unit: str, **changes: Any) -> str:
    return f"{QUESTIONINGS}/{done(plan(w, unit, **changes)).body['id']}"


def consented(w: RoundWorld, unit: str, by: Client | None = None) -> str:
    item = planned(w, unit, custody_status="detained")
    done(w.do(item, "ask_consent", REQUEST, by=w.leader))
    done(w.decide(item, by or w.deputy_head))
    return item


@proves("XC-15.1a", check=1)
@pytest.mark.parametrize("field", ["purpose", "plan"])
def test_purpose_and_plan_come_first(w: RoundWorld, unit: str, field: str) -> None:
    refused(plan(w, unit, leave_out=field), "MISSING_FIELD", "XC-15.1a", field=field)
    blank: dict[str, Any] = {field: ""}
    refused(plan(w, unit, **blank), "MISSING_FIELD", "XC-15.1a", field=field)


@proves("XC-15.1a", check=2)
def test_on_who_is_at_liberty_no_consent_is_asked(w: RoundWorld, unit: str) -> None:
    item = planned(w, unit)
    refused(w.do(item, "ask_consent", REQUEST, by=w.leader), "WRONG_STATE", "XC-15.2a")
    assert w.head.get(item).status == 404
    assert "XC-15.1a" in done(w.do(item, "open_questioning", by=w.leader)).body["clauses"]
    refused(w.do(item, "open_questioning", by=w.deputy), "WRONG_ROLE")
    answer = done(w.do(item, "record_questioning", RECORD, by=w.deputy))
    assert answer.body["state"] == "held"


@proves("XC-15.1b", check=1)
def test_nobody_beside_its_own_list_knows_of_it(w: RoundWorld, unit: str) -> None:
    """Ruling 9: the answer is that of an unknown id; the audit trail has the refusal."""
    answer = done(plan(w, unit))
    assert "XC-15.1b" in answer.body["clauses"]
    item = f"{QUESTIONINGS}/{answer.body['id']}"
    accounts = ("zu1", "zu2", "zu3", "zu4", "xc1", "xcd", "xz1", "xz2", "leader", "edu-head", "sys")
    assert {one for one in accounts if w.world.as_(one).get(item).status == 200} == {"zu1", "zu2"}
    assert ("read", "p-zu3", id_of(item)) in w.audited("ACCESS_DENIED")
    assert w.member.get(QUESTIONINGS).body["items"] == []
    assert "知情人甲" not in json.dumps(w.member.get("/inspection/worklist").body, ensure_ascii=False)
    strange = plan(w, unit, known_ids=["p-zu5"])
    refused(strange, "OUT_OF_SCOPE", "XC-15.1b", field="known_ids")
    without_me = plan(w, unit, by=w.member)
    refused(without_me, "OUT_OF_SCOPE", "XC-15.1b", field="known_ids")


@proves("XC-15.1b", check=2)
def test_no_event_says_who_was_questioned_or_what_was_said(w: RoundWorld, unit: str) -> None:
    item = consented(w, unit)
    done(w.do(item, "arrange_access", ARRANGED, by=w.world.as_("leader")))
    done(w.do(item, "open_questioning", by=w.leader))
    answer = done(w.do(item, "record_questioning", RECORD, by=w.deputy))
    assert "XC-15.1a" in answer.body["clauses"]
    notices = [e for e in w.events("notice_due") if e["subject_ref"] == id_of(item)]
    said = json.dumps([*w.events("detainee_inquiry_approved"), *notices], ensure_ascii=False)
    for text in ("知情人甲", "采购", "询问内容", "edu"):
        assert text not in said
    assert id_of(item) in said
    assert "XC-15.1b" in plan(w, unit).body["clauses"]


@proves("XC-15.2a", check=1)
@pytest.mark.parametrize("custody", ["detained", "under_review_measure"])
def test_on_who_is_detained_nothing_begins_without_consent(w: RoundWorld, unit: str, custody: str) -> None:
    item = planned(w, unit, custody_status=custody)
    refused(w.do(item, "open_questioning", by=w.leader), "APPROVAL_REQUIRED", "XC-15.2a")
    done(w.do(item, "ask_consent", REQUEST, by=w.leader))
    assert w.do(item, "open_questioning", by=w.leader).status == 409
    done(w.decide(item, w.deputy_head, approve=False, reason="不宜"))
    refused(w.do(item, "open_questioning", by=w.leader), "APPROVAL_REQUIRED", "XC-15.2a")


@proves("XC-15.2a", check=2)
@pytest.mark.parametrize("who", ["head", "deputy_head"])
def test_head_or_standing_deputy_consent_for_the_leading_group(w: RoundWorld, unit: str, who: str) -> None:
    item = consented(w, unit, by=getattr(w, who))
    assert w.member_of_group.get(item).status == 404
    answer = done(w.do(item, "open_questioning", by=w.leader))
    assert ("XC-15.2a" in answer.body["clauses"], answer.body["state"]) == (True, "opened")


@proves("XC-15.2b", check=1)
def test_the_team_does_not_go_to_the_detained_by_itself(w: RoundWorld, unit: str) -> None:
    item = consented(w, unit)
    done(w.do(item, "open_questioning", by=w.leader))
    refused(w.do(item, "record_questioning", RECORD, by=w.leader), "WRONG_ROUTE", "XC-15.2b")
    refused(w.do(item, "arrange_access", ARRANGED, by=w.leader), "WRONG_ROLE")
    done(w.do(item, "arrange_access", ARRANGED, by=w.world.as_("leader")))
    done(w.do(item, "record_questioning", RECORD, by=w.leader))


@proves("XC-15.2b", check=2)
def test_with_the_consent_the_commission_is_told(w: RoundWorld, unit: str) -> None:
    item = planned(w, unit, custody_status="detained")
    commission = w.world.as_("leader")
    done(w.do(item, "ask_consent", REQUEST, by=w.leader))
    assert w.events("detainee_inquiry_approved") == []
    assert commission.get(item).status == 404
    answer = done(w.decide(item, w.head))
    assert "XC-15.2b" in answer.body["clauses"]
    assert w.events("detainee_inquiry_approved") == [{"inquiry_id": id_of(item), "consent_on": "2026-03-02"}]
    [told] = [e for e in w.events("notice_due") if e["template"] == "detainee_access_to_arrange"]
    assert told["to_role"] == "commission_leader"
    assert commission.get(item).status == 200


@proves("XC-13.1d", check=1)
def test_of_a_personal_claim_no_questioning_comes(w: RoundWorld, unit: str) -> None:
    personal = petition(w, unit, nature="personal_or_litigation")
    answer = plan(w, unit, petition_id=id_of(personal))
    refused(answer, "OUT_OF_SCOPE", "XC-13.1d", field="petition_id")
    unknown = plan(w, unit, petition_id="nothing")
    refused(unknown, "PRECONDITION_NOT_MET", "XC-13.1b", field="petition_id")
    done(plan(w, unit, petition_id=id_of(petition(w, unit))))
