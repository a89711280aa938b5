"""Double accountability, lenience, and the commission's files on an office and its staff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.events.archive import AssignmentChanged
from contracts.events.notifications import RectificationFailed
from dengwen.example import example_authority
from tests.clause_proof import proves
from tests.clauses.accountability_steps import FILES, FOUND, OFFICE_FILE, OFFICES, AccountabilityWorld
from tests.clauses.clues_steps import done, refused
from tests.world import Answer

OFFICE = ("clerk1", "clerk2", "head1", "deputy1")
LENIENT: dict[str, object] = {
    "ground_code": "own_problem_disclosed",
    "disclosed_on": "2026-03-01",
    "rectification_verified_on": "2026-03-02",
    "conclusion_code": "mitigated",
    "study": "综合研判",
}


@pytest.fixture
def here(tmp_path: Path) -> AccountabilityWorld:
    return AccountabilityWorld(tmp_path)


def failed(ground: str = "false_rectification", **changes: object) -> RectificationFailed:
    event = RectificationFailed(
        item_id="hs-1", ground_code=ground, units=("edu", "hou"), assessed_on=date(2026, 3, 2)
    )
    return event.model_copy(update=changes)


@proves("HS-3.12", check=1)
@pytest.mark.parametrize(
    "ground", ["weak_rectification", "false_rectification", "not_extended", "no_cooperation"]
)
def test_a_failed_rectification_is_one_proposal(here: AccountabilityWorld, ground: str) -> None:
    for number in (1, 2):
        here.hear(failed(ground), number)
    [line] = here.head.get(FILES).body["items"]
    assert (line["source"], line["ground_code"], line["dual"]) == ("rectification_failed", ground, True)
    assert here.world.parked() == []
    assert len(here.notices("accountability_to_approve")) == 1
    refused(here.do(line["id"], "request_accountability", by=here.head), "MISSING_FIELD", "HS-3.12")
    done(here.do(line["id"], "name_subjects", {"person_ids": ["p-edu-sec"]}, by=here.deputy))
    done(here.do(line["id"], "request_accountability", by=here.deputy))


@proves("HS-3.12", check=2)
def test_there_are_four_grounds_of_double_accountability(here: AccountabilityWorld) -> None:
    here.hear(failed("slow_rectification"))
    here.hear(failed(units=("nowhere",), item_id="hs-2"), 2)
    assert here.world.parked() == []
    assert here.head.get(FILES).body["items"] == []
    assert [e.code for e in here.audited("hs-1", "refused")] == ["OUT_OF_RANGE"]
    assert [e.code for e in here.audited("hs-2", "refused")] == ["UNKNOWN_REFERENCE"]
    wrong = FOUND | {"ground_code": "slow_rectification"}
    refused(here.clerk.act(f"{FILES}/register_accountability", wrong), "OUT_OF_RANGE", "HS-3.12")


@proves("HS-3.12", check=3)
def test_a_false_rectification_is_not_passed_over_without_a_reason(here: AccountabilityWorld) -> None:
    item = here.arisen(ground_code="false_rectification")
    for paper in ({}, {"reason": " "}):
        refused(here.do(item, "set_aside_accountability", dict(paper)), "MISSING_REASON", "HS-3.12")
    done(here.do(item, "set_aside_accountability", {"reason": "责任人已故"}))
    assert here.seen(item)["state"] == "found"
    done(here.say(item, here.head))
    assert here.seen(item)["state"] == "set_aside"


def test_a_double_accountability_has_two_tracks_and_is_not_left_to_the_unit(
    here: AccountabilityWorld,
) -> None:
    item = here.arisen(ground_code="weak_rectification")
    here.let_start(item)
    refused(here.do(item, "propose_to_unit", {}), "WRONG_ROUTE", "HS-3.13")
    done(here.do(item, "open_inquiry"))
    [event] = here.events("clues.dual_accountability_started")
    assert (event.data["ground_code"], event.data["tracks"]) == (
        "weak_rectification", ["main_track", "supervision_track"]
    )  # fmt: skip
    refused(here.decision(item), "WRONG_ROLE", "HS-3.13")


@proves("HS-3.13", check=1)
@pytest.mark.parametrize("missing", ["direct_ids", "leader_ids"])
def test_who_did_it_or_who_led_is_left_out_only_with_a_reason(
    here: AccountabilityWorld, missing: str
) -> None:
    item = here.dual()
    answer = here.dual_decision(item, **{missing: []})
    refused(answer, "MISSING_FIELD", "HS-3.13")
    assert (answer.body["field"], here.seen(item)["state"]) == (missing, "inquiry")
    done(here.dual_decision(item, **{missing: []}, one_sided_reason="责任领导已另案处理"))


@proves("HS-3.13", check=2)
def test_a_decision_on_both_is_accepted(here: AccountabilityWorld) -> None:
    item = here.dual()
    answer = done(here.dual_decision(item))
    assert (answer.body["state"], "HS-3.13" in answer.body["clauses"]) == ("decided", True)
    events = here.events("clues.accountability_decided")
    assert sorted(str(e.data["subject_ref"]) for e in events) == ["p-edu-sec", "p-edu-vice"]


@proves("HS-3.14", check=1)
def test_the_supervising_office_does_not_read_the_part_on_itself(here: AccountabilityWorld) -> None:
    item = here.dual()
    [side] = here.office_files()
    assert (side["ground_code"], side["examined_office_id"], side["state"]) == (
        "failed_rectification", "pz1", "signalled"
    )  # fmt: skip
    answer = done(here.on_office(side["id"], "take_up_review", {"basis": "问责条例"}))
    assert "HS-3.14" in answer.body["clauses"]
    here.hidden_from(side["id"], *OFFICE, "jd1", "ags1")
    assert here.seen(item)["state"] == "inquiry"


@proves("HS-3.14", check=2)
@pytest.mark.parametrize("way", ["concluded", "set aside with a reason"])
def test_without_the_supervising_side_a_double_accountability_is_not_closed(
    here: AccountabilityWorld, way: str
) -> None:
    item = here.dual()
    done(here.dual_decision(item))
    refused(here.do(item, "close_dual_accountability", by=here.leader), "NOT_VERIFIED", "HS-3.14")
    here.carried_out(item)
    refused(here.do(item, "close_accountability"), "WRONG_ROLE", "HS-3.13")
    refused(here.do(item, "close_dual_accountability"), "WRONG_ROLE", "HS-3.14")
    refused(here.do(item, "close_dual_accountability", by=here.leader), "MISSING_FIELD", "HS-3.14")
    [side] = here.office_files()
    if way == "concluded":
        done(here.on_office(side["id"], "take_up_review", {"basis": "问责条例"}))
        refused(here.do(item, "close_dual_accountability", by=here.leader), "MISSING_FIELD", "HS-3.14")
        done(here.conclude(side["id"], "supervision_track"))
    else:
        refused(here.on_office(side["id"], "set_review_aside", {"reason": ""}), "MISSING_REASON", "HS-3.14")
        done(here.on_office(side["id"], "set_review_aside", {"reason": "监督已尽责"}))
    done(here.do(item, "close_dual_accountability", by=here.leader))
    assert here.seen(item)["state"] == "closed"


def joint(here: AccountabilityWorld, examined: list[str], units: tuple[str, ...] = ("edu", "hou")) -> str:
    """A double accountability that arose from an item of these units, carried out, its other side set aside."""
    here.hear(failed(units=units))
    [line] = here.head.get(FILES).body["items"]
    item = str(line["id"])
    done(here.do(item, "name_subjects", {"person_ids": ["p-edu-sec", "p-edu-vice"]}, by=here.deputy))
    done(here.do(item, "request_commissions_approval", by=here.deputy))
    done(here.say(item, here.liaison))
    done(here.say(item, here.leader))
    done(here.do(item, "open_inquiry", by=here.deputy))
    done(here.dual_decision(item, examined_units=examined))
    for person in ("p-edu-sec", "p-edu-vice"):
        for role in ("cadre", "cadre_party_organisation"):
            paper: dict[str, object] = {"subject_ref": person, "addressee_role": role}
            done(here.do(item, "announce_decision", paper, by=here.deputy))
    scan = ("accountability_announcement",)
    done(here.do(item, "verify_execution", {"findings": "已执行"}, by=here.deputy, documents=scan))
    [side] = here.office_files()
    done(here.on_office(side["id"], "set_review_aside", {"reason": "监督已尽责"}))
    return item


@proves("HS-3.15", check=1)
def test_of_a_joint_item_the_cooperating_unit_is_examined_too(here: AccountabilityWorld) -> None:
    item = joint(here, ["edu"])
    answer = here.do(item, "close_dual_accountability", by=here.leader)
    refused(answer, "MISSING_FIELD", "HS-3.15")
    assert answer.body["field"] == "reason"
    done(here.do(item, "close_dual_accountability", {"reason": "配合单位已尽责"}, by=here.leader))


def test_with_both_units_examined_no_reason_is_asked(here: AccountabilityWorld) -> None:
    done(here.do(joint(here, ["edu", "hou"]), "close_dual_accountability", by=here.leader))


@proves("HS-3.15", check=2)
def test_an_item_of_one_unit_has_no_cooperating_one(here: AccountabilityWorld) -> None:
    item = joint(here, [], ("edu",))
    answer = done(here.do(item, "close_dual_accountability", by=here.leader))
    assert (answer.body["state"], "HS-3.15" in answer.body["clauses"]) == ("closed", True)


@proves("HS-4.1", check=1)
def test_what_the_office_had_found_already_was_not_disclosed_of_own_accord(here: AccountabilityWorld) -> None:
    item = here.arisen()  # found on 2 March
    here.world.on(2026, 3, 9)
    for late in ("2026-03-02", "2026-03-03"):
        answer = here.do(item, "decide_lenience", LENIENT | {"disclosed_on": late}, by=here.leader)
        refused(answer, "DATE_ORDER", "HS-4.1")
    done(here.do(item, "decide_lenience", LENIENT, by=here.leader))
    [event] = here.events("clues.lenience_decided")
    assert (event.data["item_id"], event.data["ground_code"]) == (item, "own_problem_disclosed")
    assert here.seen(item)["lenience"] == "mitigated"


@proves("HS-4.1", check=2)
def test_lenience_waits_for_the_verified_rectification(here: AccountabilityWorld) -> None:
    item = here.arisen()
    unverified = {key: value for key, value in LENIENT.items() if key != "rectification_verified_on"}
    refused(here.do(item, "decide_lenience", unverified, by=here.leader), "NOT_VERIFIED", "HS-4.1")
    for wrong in ("2026-02-28", "2026-03-03"):
        paper = LENIENT | {"rectification_verified_on": wrong}
        refused(here.do(item, "decide_lenience", paper, by=here.leader), "DATE_ORDER", "HS-4.1")
    refused(here.do(item, "decide_lenience", LENIENT), "WRONG_ROLE", "HS-4.1")


@proves("HS-4.2", check=1)
def test_lenience_for_the_leaders_waits_for_the_end_of_the_cadres_case(here: AccountabilityWorld) -> None:
    item = here.arisen(person_ids=["p-edu-vice"])
    clue = str(done(here.found("p-edu-clerk")).body["id"])
    refused(for_the_case(here, item, clue), "WRONG_STATE", "HS-4.2")
    refused(for_the_case(here, item, "nothing"), "UNKNOWN_REFERENCE", "HS-4.2")


@proves("HS-4.2", check=2)
def test_once_the_cadres_case_is_concluded_lenience_is_recorded_with_its_ground(
    here: AccountabilityWorld,
) -> None:
    item = here.arisen(person_ids=["p-edu-vice"])
    clue = here.closed(str(done(here.found("p-edu-clerk")).body["id"]))
    answer = done(for_the_case(here, item, clue))
    assert "HS-4.2" in answer.body["clauses"]
    assert here.seen(item)["lenience"] == "exempt"
    [event] = here.events("clues.lenience_decided")
    assert event.data["ground_code"] == "cadre_case_disclosed"


def for_the_case(here: AccountabilityWorld, item: str, case: str) -> Answer:
    paper = LENIENT | {
        "ground_code": "cadre_case_disclosed", "case_ref": case, "conclusion_code": "exempt",
        "rectification_verified_on": None,
    }  # fmt: skip
    return here.do(item, "decide_lenience", paper, by=here.world.as_("leader"))


@pytest.mark.parametrize(("day", "hour"), [(4, 9), (5, 23)])
def test_in_time_there_is_no_signal(tmp_path: Path, day: int, hour: int) -> None:
    here = with_two_to_file(tmp_path)
    here.world.on(2026, 3, day, hour, 59)
    here.world.pump()
    assert here.office_files() == []
    assert here.notices("office_review_waits") == []


@proves("LZ-22.10", check=1)
def test_repeated_overdue_duties_are_a_signal_and_no_finding(tmp_path: Path) -> None:
    """Four filings were due by the end of 5 March; the value in force asks for three in a quarter."""
    here = with_two_to_file(tmp_path)
    for day in (6, 7):
        here.world.on(2026, 3, day, 0, 0)
        here.world.pump()
    assert here.world.parked() == []
    [file] = here.office_files()
    assert (file["ground_code"], file["state"]) == ("repeated_overdue", "signalled")
    assert [n["to_role"] for n in here.notices("office_review_waits")] == ["commission_leader"]
    assert here.events("clues.office_accountability_opened") == []
    assert [f["id"] for f in here.office_files(here.world.as_("ags1"))] == [file["id"]]
    here.hidden_from(file["id"], *OFFICE, "jd1")
    done(here.on_office(file["id"], "take_up_review", {"basis": "履职细则"}))
    assert len(here.events("clues.office_accountability_opened")) == 1


def with_two_to_file(folder: Path) -> AccountabilityWorld:
    """Two dispositions were approved on Monday 2 March, each to be filed for record twice within 3 working days."""
    here = AccountabilityWorld(folder, services=("intake", "clues", "notifications"))
    for person in ("p-edu-sec", "p-edu-clerk"):
        here.disposed(str(done(here.found(person)).body["id"]))
    here.world.pump()
    return here


def test_fewer_overdue_duties_than_the_value_says_are_no_signal(tmp_path: Path) -> None:
    here = AccountabilityWorld(tmp_path, services=("intake", "clues", "notifications"))
    here.disposed(str(done(here.found("p-edu-sec")).body["id"]))
    here.world.pump()
    here.world.on(2026, 3, 9)
    here.world.pump()
    assert here.office_files() == []


@proves("LZ-22.10", check=2)
def test_an_office_does_not_open_the_file_on_itself(here: AccountabilityWorld) -> None:
    answer = done(here.office_file())
    assert "LZ-22.10" in answer.body["clauses"]
    item = str(answer.body["id"])
    here.hidden_from(item, *OFFICE, "jd1", "clerk3", "xf1")
    refused(here.head.act(f"{OFFICES}/open_office_file", OFFICE_FILE), "WRONG_ROLE", "LZ-22.10")
    [event] = here.events("clues.office_accountability_opened")
    assert (event.data["accountability_id"], event.data["office_id"]) == (item, "pz1")
    refused(here.on_office(item, "close_office_file"), "NOT_VERIFIED", "LZ-22.10")
    done(here.conclude(item, "office_track"))
    done(here.on_office(item, "close_office_file"))


@proves("LZ-22.11", check=1)
def test_the_mark_on_a_unit_opens_a_review_of_its_office(here: AccountabilityWorld) -> None:
    answer = mark(here, "leader")
    assert (answer.status, "LZ-22.11" in answer.body["clauses"]) == (201, True)
    [line] = here.office_files()
    assert (line["ground_code"], line["examined_office_id"], line["state"]) == (
        "systemic_corruption", "pz1", "signalled"
    )  # fmt: skip
    [event] = here.events("clues.office_accountability_opened")
    assert event.data["office_id"] == "pz1"
    work = here.leader.get("/clues/worklist").body["items"]
    assert "take_up_review" in [a["name"] for x in work if x["id"] == line["id"] for a in x["acts"]]
    refused(mark(here, "leader", unit_id="nowhere"), "UNKNOWN_REFERENCE", "LZ-22.11")


@proves("LZ-22.11", check=2)
def test_the_office_does_not_set_the_mark(here: AccountabilityWorld) -> None:
    for account in (*OFFICE, "jd1"):
        refused(mark(here, account), "WRONG_ROLE", "LZ-22.11")
    assert here.office_files() == []


def mark(here: AccountabilityWorld, account: str, **changes: object) -> Answer:
    paper = {"unit_id": "edu", "facts": "塌方式腐败的事实"} | changes
    return here.world.as_(account).act(f"{OFFICES}/mark_systemic", paper)


STAFF: dict[str, object] = {"ground_code": "staff_breach", "person_ids": ["p-clerk2"]}


@proves("LZ-22.13", check=1)
def test_a_file_on_staff_has_a_second_track_for_who_led_them(here: AccountabilityWorld) -> None:
    refused(here.office_file(ground_code="staff_breach"), "MISSING_FIELD", "LZ-22.13")
    answer = done(here.office_file(**STAFF))
    assert "LZ-22.13" in answer.body["clauses"]
    assert here.office_files()[0]["tracks"] == ",direct_track,leadership_track,"
    [event] = here.events("clues.dual_accountability_started")
    assert event.data["tracks"] == ["direct_track", "leadership_track"]
    assert here.events("clues.office_accountability_opened") == []


@proves("LZ-22.13", check=2)
def test_with_one_track_concluded_a_file_on_staff_is_not_closed(here: AccountabilityWorld) -> None:
    item = str(done(here.office_file(**STAFF)).body["id"])
    done(here.conclude(item, "direct_track"))
    refused(here.on_office(item, "close_office_file"), "NOT_VERIFIED", "LZ-22.13")
    refused(here.conclude(item, "direct_track"), "DUPLICATE", "LZ-22.13")
    refused(here.conclude(item, "supervision_track"), "OUT_OF_RANGE", "LZ-22.13")
    done(here.conclude(item, "leadership_track", result_code="not_held_accountable"))
    assert done(here.on_office(item, "close_office_file")).body["state"] == "closed"


@proves("LZ-22.13", check=3)
def test_nobody_but_the_commission_reads_a_file_on_staff(here: AccountabilityWorld) -> None:
    answer = done(here.office_file(**STAFF))
    assert "LZ-22.13" in answer.body["clauses"]
    item = str(answer.body["id"])
    here.hidden_from(item, "clerk1", "deputy1", "jd1", "ags1", "clerk3")
    for concerned in ("clerk2", "head1"):
        assert here.world.as_(concerned).get(f"{OFFICES}/{item}").status == 404
        assert here.audited(item, "refused")[-1].code == "CONFLICT_OF_INTEREST"
    assert here.office_files(here.world.as_("ags1")) == []


LIFELONG: dict[str, object] = {
    "ground_code": "abuse_of_power", "person_ids": ["p-clerk2"], "grave_consequence": "造成重大损失"
}  # fmt: skip


@proves("LZ-22.16", check=1)
def test_there_is_no_time_bar_for_who_has_left_long_since(here: AccountabilityWorld) -> None:
    clue = here.closed(str(done(here.found("p-edu-sec")).body["id"]))
    has_left(here)
    here.world.on(2041, 6, 3)
    refused(here.office_file(**LIFELONG, case_ref="nothing"), "UNKNOWN_REFERENCE", "LZ-22.16")
    answer = done(here.office_file(**LIFELONG, case_ref=clue))
    assert (answer.body["state"], "LZ-22.16" in answer.body["clauses"]) == ("opened", True)
    assert here.office_files()[0]["lifelong"] is True


def has_left(here: AccountabilityWorld) -> None:
    """The officer's post ended in 2027, and the roster has them at no office any more."""
    [held] = [post for post in example_authority().posts if post.person == "p-clerk2"]
    ended = AssignmentChanged(
        assignment_id=held.id, person_id="p-clerk2", role=held.role, office_id="pz1", unit_id="",
        valid_from=date(2020, 1, 1), valid_to=date(2027, 1, 1), status="ended", version=2,
    )  # fmt: skip
    here.hear(ended)
    here.person_is("p-clerk2", 2, unit_id="", status="left")
    assert here.world.parked() == []


@proves("LZ-22.16", check=2)
def test_lifelong_accountability_says_what_grave_consequence_there_was(here: AccountabilityWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    answer = here.office_file(**LIFELONG | {"grave_consequence": "", "case_ref": clue})
    refused(answer, "MISSING_REASON", "LZ-22.16")
    assert answer.body["field"] == "grave_consequence"
    assert here.office_files() == []


@proves("LZ-22.16", check=3)
def test_the_office_of_then_does_not_open_a_lifelong_file(here: AccountabilityWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    answer = done(here.office_file(**LIFELONG, case_ref=clue))
    assert "LZ-22.16" in answer.body["clauses"]
    here.hidden_from(str(answer.body["id"]), "clerk1", "deputy1")
