"""The county mobilisation meeting and the notice to the units (XC-2.1, XC-2.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.inspection.storage_round import Round
from tests.clause_proof import proves
from tests.clauses.round_steps import (
    ENGAGEMENTS,
    EVERYBODY,
    NOTICE,
    RoundWorld,
    done,
    refused,
)

SCHEDULE = {"planned_on": "2026-03-02", "decision_on_agenda": True}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def without(*persons: str) -> list[str]:
    return [one for one in EVERYBODY if one not in persons]


@proves("XC-2.1a", check=1)
def test_the_meeting_is_not_called_without_the_county_committee(w: RoundWorld) -> None:
    item = w.at("staffed")
    refused(w.do(item, "schedule_mobilisation", SCHEDULE), "APPROVAL_REQUIRED", "XC-2.1a")
    refused(w.meet(item), "APPROVAL_REQUIRED", "XC-2.1a")


@proves("XC-2.1a", check=2)
def test_with_its_approval_on_record_the_meeting_is_confirmed(w: RoundWorld) -> None:
    item = w.at("staffed")
    approval = {"approval_no": "县委〔2026〕1号", "approved_on": "2026-03-02"}
    scan = w.do(item, "record_committee_approval", approval)
    refused(scan, "MISSING_DOCUMENT", "XC-2.1a")
    done(w.do(item, "record_committee_approval", approval, documents=("committee_approval",)))
    assert "XC-2.1a" in done(w.do(item, "schedule_mobilisation", SCHEDULE)).body["clauses"]


@proves("XC-2.1b", check=1)
@pytest.mark.parametrize(
    "changes",
    [
        {"attendee_ids": without("p-xz1", "p-xz2"), "speaker_id": "p-xz3"},
        {"attendee_ids": without("p-xz1"), "speaker_id": "p-xz2", "delegated": False},
    ],
    ids=["neither is there", "the deputy without a word of the head"],
)
def test_the_meeting_needs_the_head_or_whom_the_head_entrusted(
    w: RoundWorld, changes: dict[str, object]
) -> None:
    item = w.scheduled(w.at("staffed"))
    refused(w.meet(item, **changes), "ATTENDANCE_INCOMPLETE", "XC-2.1b", field="attendee_ids")
    assert w.item(item)["state"] == "staffed"


@proves("XC-2.1b", check=2)
def test_an_absent_member_is_a_gap_and_the_meeting_counts(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    answer = done(w.meet(item, attendee_ids=without("p-xz3")))
    assert answer.body["state"] == "mobilised"
    assert w.gaps(item, "XC-2.1b") == {"p-xz3"}
    assert w.events("mobilisation_held") == [
        {"round_id": item.rpartition("/")[2], "held_on": "2026-03-02", "speaker": "p-xz1"}
    ]


@proves("XC-2.1c", check=1)
def test_an_absent_team_member_makes_up_for_it(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    answer = done(w.meet(item, attendee_ids=without("p-zu3", "p-zu5")))
    assert {(g["clause"], g["about"]) for g in answer.body["gaps"]} == {
        ("XC-2.1c", "p-zu3"),
        ("XC-2.1c", "p-zu5"),
    }
    study = {"studied_on": "2026-03-02", "person_ids": ["p-zu3"]}
    filled = done(w.do(item, "record_make_up_study", study))
    assert [g["about"] for g in filled.body["gaps"]] == ["p-zu3"]
    assert w.gaps(item, "XC-2.1c") == {"p-zu5"}


@proves("XC-2.1c", check=2)
def test_a_section_of_which_nobody_came_is_a_gap(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    done(w.meet(item, sections=["dc_section"]))
    assert w.gaps(item, "XC-2.1c") == {"od_section"}


@proves("XC-2.1d", check=1)
def test_the_decision_is_on_the_agenda(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    refused(w.meet(item, decision_announced=False), "MISSING_FIELD", "XC-2.1d", field="decision_announced")
    assert w.events("team_authorised") == []


@proves("XC-2.1d", check=2)
def test_the_first_round_has_no_earlier_remarks(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    refused(w.meet(item, first_round=False), "MISSING_FIELD", "XC-2.1d", field="remarks_digest")
    assert "XC-2.1d" in done(w.meet(item, first_round=True)).body["clauses"]


@proves("XC-2.1e", check=1)
def test_the_entrusted_standing_deputy_speaks_for_the_absent_head(w: RoundWorld) -> None:
    item = w.scheduled(w.at("staffed"))
    changes = {"attendee_ids": without("p-xz1"), "speaker_id": "p-xz2", "delegated": True}
    assert "XC-2.1e" in done(w.meet(item, **changes)).body["clauses"]
    assert w.events("mobilisation_held")[0]["speaker"] == "p-xz2"
    assert w.gaps(item, "XC-2.1b") == {"p-xz1"}


@proves("XC-2.1e", check=2)
@pytest.mark.parametrize("speaker", ["p-xz3", "p-xcd"])
def test_nobody_else_speaks_for_the_head(w: RoundWorld, speaker: str) -> None:
    item = w.scheduled(w.at("staffed"))
    changes = {"attendee_ids": without("p-xz1"), "speaker_id": speaker, "delegated": True}
    refused(w.meet(item, **changes), "WRONG_ROLE", "XC-2.1e", field="speaker_id")


@proves("XC-2.2a", check=1)
def test_no_notice_goes_out_before_the_meeting(w: RoundWorld) -> None:
    """A unit can be taken up only once the team has its mandate, which comes with the meeting."""
    item = w.scheduled(w.at("staffed"))
    refused(w.take_up(w.team(item, 1)), "PRECONDITION_NOT_MET", "XC-1.3c")
    assert w.events("notice_issued") == []
    done(w.meet(item))
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(Round, item.rpartition("/")[2]).mobilised_on = None
    refused(w.do(engagement, "issue_notice", NOTICE), "PRECONDITION_NOT_MET", "XC-2.2a")


@proves("XC-2.2a", check=2)
def test_each_unit_gets_its_notice(w: RoundWorld) -> None:
    item = w.at("mobilised")
    for number, unit in ((1, "edu"), (2, "hou")):
        engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, number), unit)).body['id']}"
        answer = done(w.do(engagement, "issue_notice", NOTICE))
        assert (answer.body["state"], "XC-2.2a" in answer.body["clauses"]) == ("notified", True)
    assert [e["unit_id"] for e in w.events("notice_issued")] == ["edu", "hou"]
    told = [(e["template"], e["to_role"], e["office_id"]) for e in w.events("notice_due")]
    assert ("inspection_notice_issued", "supervised_unit", "edu") in told
    copies = [e["to_person"] for e in w.events("notice_due") if e["template"] == "inspection_notice_copied"]
    assert copies == ["p-zu1", "p-zu4"]


@proves("XC-2.2b", check=1)
@pytest.mark.parametrize("field", sorted(NOTICE))
def test_a_notice_says_all_five_things(w: RoundWorld, field: str) -> None:
    item = w.at("mobilised")
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    paper = {k: v for k, v in NOTICE.items() if k != field}
    refused(w.do(engagement, "issue_notice", paper), "MISSING_FIELD", "XC-2.2b", field=field)


@proves("XC-2.2b", check=2)
def test_a_notice_with_its_five_parts_goes_out(w: RoundWorld) -> None:
    item = w.at("mobilised")
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    assert "XC-2.2b" in done(w.do(engagement, "issue_notice", NOTICE)).body["clauses"]


@proves("XC-2.2c", check=1)
def test_the_team_that_inspects_the_unit_has_a_copy_of_its_notice(tmp_path: Path) -> None:
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    engagement = noticed(w)
    w.world.pump()
    told = {account: copies(w, account, engagement) for account in ("zu1", "zu4")}
    assert told == {"zu1": ["XC-2.2c"], "zu4": []}


@proves("XC-2.2c", check=2)
def test_another_team_gets_no_copy_and_no_notice(tmp_path: Path) -> None:
    """Ruling 9: the answer is that of an unknown id; the audit trail has the refusal."""
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    engagement = noticed(w)
    w.world.pump()
    assert copies(w, "zu5", engagement) == []
    paper = f"{engagement}/papers/{w.item(engagement)['papers'][-1]['id']}"
    assert w.leader_2.get(paper).code == "UNKNOWN_REFERENCE"
    assert ("read", "p-zu4", engagement.rpartition("/")[2]) in w.audited("ACCESS_DENIED")
    assert w.leader.get(paper).code == "MISSING_SIGNATURE"  # it is theirs, once the pledge is signed


def noticed(w: RoundWorld) -> str:
    """The engagement of team 1, with its notice issued."""
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(w.at('mobilised'), 1))).body['id']}"
    done(w.do(engagement, "issue_notice", NOTICE))
    return engagement


def copies(w: RoundWorld, account: str, engagement: str) -> list[str]:
    """Clauses of the copies of the notice that somebody finds in their inbox."""
    lines = w.world.as_(account).get("/notifications/inbox", limit="200").body["items"]
    of_it = [one for one in lines if one["subject_ref"] == engagement.rpartition("/")[2]]
    return [one["clause"] for one in of_it if one["template"] == "inspection_notice_copied"]
