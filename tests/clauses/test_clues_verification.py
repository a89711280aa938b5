"""Preliminary verification up to its start: plan, group, approval in the capacity that was chosen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, done, refused
from tests.clauses.verification_steps import PLACE, VerificationWorld
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> VerificationWorld:
    return VerificationWorld(tmp_path)


def test_a_verification_is_opened_from_a_clue_that_is_to_be_disposed_of_so(here: VerificationWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_verification"), "APPROVAL_REQUIRED", "LZ-14.1")
    here.disposed(clue, "inquiry")
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_verification"), "APPROVAL_REQUIRED", "LZ-12.19")
    item = here.opened()
    shown, of = here.at(item), here.clue_of(item)
    assert (shown["state"], of["state"]) == ("opened", "verification")
    assert shown["no"] == "CH-pz1-2026-00001"
    assert here.events("clues.clue_status_changed")[-1].data["to_state"] == "verification"
    refused(here.propose_closing(str(of["id"])), "WRONG_STATE", "LZ-14.8")


def test_a_head_who_proposed_and_approved_the_disposition_does_not_begin_as_well(
    here: VerificationWorld,
) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    done(here.propose(clue, "verification", by=here.head))
    done(here.approve(clue))
    refused(here.head.act(f"{CLUES}/{clue}/begin_verification"), "SELF_APPROVAL", "LZ-22.15")
    done(here.clerk.act(f"{CLUES}/{clue}/begin_verification"))


@proves("LZ-14.1", check=1)
def test_no_approval_is_requested_without_a_plan(here: VerificationWorld) -> None:
    item = here.opened()
    for request in ("request_heads_approval", "request_leaders_approval"):
        refused(here.act(item, request), "MISSING_DOCUMENT", "LZ-14.1")
    done(here.plan(item))
    assert done(here.act(item, "request_heads_approval")).body["proposal"]["status"] == "pending"


@proves("LZ-14.1", check=2)
def test_every_plan_that_is_saved_is_a_version_of_its_own(here: VerificationWorld) -> None:
    item = here.opened()
    refused(here.act(item, "save_plan", {"capacity": "discipline"}), "MISSING_FIELD", "LZ-14.1")
    for version, facts in enumerate(("问题一", "问题一、二"), 1):
        here.world.on(2026, 3, 2 + version)
        answer = done(here.plan(item, facts=facts))
        assert "LZ-14.1" in answer.body["clauses"]
        assert here.at(item)["plan_version"] == version
    papers = [p for p in here.at(item)["papers"] if p["kind"] == "VerificationPlan"]
    told = [here.clerk.get(f"{PLACE}/{item}/papers/{p['id']}").body["form"]["facts"] for p in papers]
    assert told == ["问题一", "问题一、二"]


@proves("LZ-14.2", check=1)
def test_a_group_of_one_is_not_approved(here: VerificationWorld) -> None:
    item = here.opened()
    done(here.plan(item, member_ids=[]))
    refused(here.act(item, "request_heads_approval"), "OUT_OF_RANGE", "LZ-14.2")
    done(here.plan(item, member_ids=["p-deputy1"]))  # the lead named twice is still one person
    refused(here.act(item, "request_heads_approval"), "OUT_OF_RANGE", "LZ-14.2")
    done(here.plan(item))
    done(here.act(item, "request_heads_approval"))
    here.value_is("LZ-14.2", "group_at_least", 3)
    refused(here.decide(item, here.head), "OUT_OF_RANGE", "LZ-14.2")
    assert here.at(item)["state"] == "planned"


@proves("LZ-14.2", check=2)
@pytest.mark.parametrize("field", ["lead_id", "member_ids"])
def test_nobody_related_to_the_person_reported_is_in_the_group(here: VerificationWorld, field: str) -> None:
    item = here.opened()
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    changes: dict[str, object] = {field: "p-clerk2" if field == "lead_id" else ["p-clerk1", "p-clerk2"]}
    answer = here.plan(item, **changes)
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-14.2")
    assert answer.body["field"] == field
    assert here.at(item)["state"] == "opened"


def test_who_becomes_related_after_the_plan_keeps_it_from_being_approved(here: VerificationWorld) -> None:
    item = here.opened()
    done(here.plan(item, member_ids=["p-clerk1", "p-clerk2"]))
    done(here.act(item, "request_heads_approval"))
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.decide(item, here.head), "CONFLICT_OF_INTEREST", "LZ-14.2")


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("p-nobody", "UNKNOWN_REFERENCE"),
        ("p-hou-sec", "OUT_OF_SCOPE"),
        ("p-edu-sec", "OUT_OF_SCOPE"),
        ("p-edu-vice", "OUT_OF_SCOPE"),
    ],
)
def test_the_group_is_staff_of_the_authority(here: VerificationWorld, member: str, code: str) -> None:
    refused(here.plan(here.opened(), member_ids=[member]), code, "LZ-14.2")


@proves("LZ-14.3", check=1)
def test_in_the_discipline_groups_name_the_head_approves_and_it_starts(here: VerificationWorld) -> None:
    item = here.brought("save_plan")
    answer = done(here.act(item, "request_heads_approval"))
    assert "LZ-14.3" in answer.body["clauses"]
    refused(here.decide(item, here.deputy), "WRONG_APPROVER", "LZ-14.3")
    assert done(here.decide(item, here.head)).body["state"] == "approved"
    [event] = here.events("clues.preliminary_verification_approved")
    assert (event.data["capacity"], event.data["approver_role"]) == ("discipline", "dispatched_office_head")
    assert done(here.act(item, "start_verification")).body["state"] == "in_progress"


def test_nothing_is_verified_before_it_is_approved(here: VerificationWorld) -> None:
    item = here.opened()
    refused(here.act(item, "start_verification"), "APPROVAL_REQUIRED", "LZ-14.3")
    done(here.plan(item))
    done(here.act(item, "request_heads_approval"))
    refused(here.act(item, "start_verification"), "APPROVAL_REQUIRED", "LZ-14.3")
    refused(here.study(item), "APPROVAL_REQUIRED", "LZ-14.6")


@proves("LZ-14.4", check=1)
def test_in_the_supervisory_offices_name_the_heads_approval_is_not_enough(here: VerificationWorld) -> None:
    item = here.brought("save_plan", "supervision")
    refused(here.act(item, "request_heads_approval"), "WRONG_APPROVER", "LZ-14.4")
    done(here.act(item, "request_leaders_approval"))
    refused(here.decide(item, here.head), "WRONG_APPROVER", "LZ-14.4")
    refused(
        here.decide(item, here.leader), "APPROVAL_ORDER", "LZ-14.4"
    )  # the liaison office's turn comes first
    assert done(here.decide(item, here.liaison)).body["state"] == "planned"
    refused(here.decide(item, here.head), "WRONG_APPROVER", "LZ-14.4")
    assert done(here.decide(item, here.leader)).body["state"] == "approved"
    [event] = here.events("clues.preliminary_verification_approved")
    assert (event.data["capacity"], event.data["approver_role"]) == ("supervision", "commission_leader")


def test_each_post_is_asked_in_its_turn_and_at_its_own_office(here: VerificationWorld) -> None:
    item = here.brought("save_plan", "supervision")
    done(here.act(item, "request_leaders_approval"))
    assert asked(here, item) == [("liaison_discipline_office", "jd1")]
    [line] = here.liaison.get("/clues/worklist").body["items"]
    assert [one["mine_to_decide"] for one in line["to_decide"]] == [True]
    assert here.leader.get("/clues/worklist").body["items"] == []
    done(here.decide(item, here.liaison))
    assert asked(here, item)[1:] == [("commission_leader", "")]
    [line] = here.leader.get("/clues/worklist").body["items"]
    assert [one["act"] for one in line["to_decide"]] == ["request_leaders_approval"]


def asked(here: VerificationWorld, item: str) -> list[tuple[str, str]]:
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "approval_asked"]
    return [(str(n["to_role"]), str(n["office_id"])) for n in told if n["subject_ref"] == item]


@proves("LZ-14.4", check=2)
def test_a_change_of_capacity_after_approval_voids_it(here: VerificationWorld) -> None:
    item = here.brought("approval")
    answer = done(here.plan(item, capacity="supervision"))
    assert (answer.body["state"], "LZ-14.4" in answer.body["clauses"]) == ("planned", True)
    assert here.at(item)["approved_on"] is None
    refused(here.act(item, "start_verification"), "APPROVAL_REQUIRED", "LZ-14.4")
    refused(here.act(item, "request_heads_approval"), "WRONG_APPROVER", "LZ-14.4")
    done(here.act(here.approved(item), "start_verification"))


@pytest.mark.parametrize("step", ["approval", "start_verification"])
def test_any_other_change_of_the_plan_voids_the_approval_as_well(here: VerificationWorld, step: str) -> None:
    item = here.brought(step)
    done(here.plan(item, steps="另行调取资料"))
    assert (here.at(item)["state"], here.at(item)["plan_version"]) == ("planned", 2)
    assert here.approved(item)


def test_a_plan_that_was_changed_meanwhile_is_not_approved(here: VerificationWorld) -> None:
    item = here.brought("save_plan")
    done(here.act(item, "request_heads_approval"))
    old = here.at(item)["proposals"][0]
    done(here.plan(item, facts="另一问题"))
    body = {"digest": old["digest"], "reason": ""}
    answer = here.head.send("POST", f"{PLACE}/{item}/proposals/{old['id']}/approve", body=body)
    refused(answer, "WRONG_STATE", "LZ-14.3")
    here.approved(item)


def test_once_studied_the_plan_stands(here: VerificationWorld) -> None:
    refused(here.plan(here.brought("record_study")), "WRONG_STATE", "LZ-14.1")


@proves("LZ-14.5", check=1)
@pytest.mark.parametrize("subject", ["p-edu-head", "p-edu-vice"])
def test_the_unit_head_is_never_told_of_a_verification_on_themselves_or_their_team(
    here: VerificationWorld, subject: str
) -> None:
    here.person_is(subject)
    item = here.opened(subject)
    done(here.plan(item))
    here.approved(item)
    here.person_is(subject, number=2, leadership_member=True)
    answer = tell(here, item)
    refused(answer, "ACCESS_DENIED", "LZ-14.5")
    assert here.events("clues.unit_head_informed") == []


def test_the_unit_head_is_never_told_of_a_verification_on_a_relative(here: VerificationWorld) -> None:
    item = here.brought("approval")
    here.person_is("p-edu-head", relatives=("p-edu-sec",), leadership_member=True, party_head=True)
    refused(tell(here, item), "ACCESS_DENIED", "LZ-14.5")


def test_the_unit_head_is_told_where_the_head_judges_it_necessary(here: VerificationWorld) -> None:
    item = here.brought("approval")
    here.world.on(2026, 3, 4)
    refused(tell(here, item, informed_on="2026-03-05"), "DATE_ORDER", "LZ-14.5")
    done(tell(here, item, informed_on="2026-03-03"))
    refused(here.decide(item, here.deputy), "WRONG_APPROVER", "LZ-14.5")
    assert here.events("clues.unit_head_informed") == []
    done(here.decide(item, here.head))
    [event] = here.events("clues.unit_head_informed")
    told = (event.data["clue_id"], event.data["occasion"], event.data["informed_on"])
    assert told == (here.at(item)["clue_id"], "verification", "2026-03-03")


@proves("LZ-14.5", check=2)
def test_where_it_is_not_necessary_nothing_is_demanded(here: VerificationWorld) -> None:
    item = here.brought("approval")
    answer = done(tell(here, item, necessary=False, reason="无必要"))
    assert "LZ-14.5" in answer.body["clauses"]
    done(here.decide(item, here.head))
    assert here.events("clues.unit_head_informed") == []
    assert here.at(item)["duties"] == []
    done(here.act(item, "start_verification"))


def tell(here: VerificationWorld, item: str, **changes: object) -> Answer:
    paper: dict[str, object] = {"necessary": True, "reason": "需单位配合"}
    return here.act(item, "report_verification_to_unit_head", paper | changes)


def test_the_group_may_know_of_it_and_the_persons_reported_and_strangers_may_not(
    here: VerificationWorld,
) -> None:
    item = here.brought("save_plan")
    knowing = {"clerk1", "head1", "deputy1", "jd1", "ags1", "leader"}
    assert known_to(here, item) == knowing
    done(here.plan(item, member_ids=["p-clerk1", "p-clerk2", "p-clerk3"]))
    assert known_to(here, item) == knowing | {"clerk2", "clerk3"}
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    assert known_to(here, item) == knowing | {"clerk3"}


def known_to(here: VerificationWorld, item: str) -> set[str]:
    """Who can open it; the list says the same."""
    accounts = ["clerk1", "clerk2", "clerk3", "head1", "deputy1", "head2", "jd1", "ags1", "leader", "xf1"]
    accounts += ["da1", "xc1", "edu-head", "edu-clerk", "hou-head", "sys", "sec", "aud"]
    found = {a for a in accounts if here.world.as_(a).get(f"{PLACE}/{item}").status == 200}
    listed = {a for a in accounts if here.world.as_(a).get(PLACE).body["items"]}
    assert found == listed
    return found


def test_a_member_who_is_neither_lead_nor_handler_reads_and_does_not_act(here: VerificationWorld) -> None:
    item = here.opened()
    done(here.plan(item, lead_id="p-clerk3", member_ids=["p-clerk2"]))
    lead, member = here.world.as_("clerk3"), here.world.as_("clerk2")
    refused(here.act(item, "request_heads_approval", by=member), "WRONG_ROLE", "LZ-14.3")
    done(here.act(item, "request_heads_approval", by=lead))
    assert here.world.as_("clerk3").get(f"{CLUES}/{here.at(item)['clue_id']}").status == 404


def test_a_verification_keeps_its_dates(here: VerificationWorld) -> None:
    here.world.on(2026, 3, 10)
    item = here.brought("approval")
    assert here.at(item)["approved_on"] == date(2026, 3, 10).isoformat()
