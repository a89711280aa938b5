"""What inspection transfers enters the receiver's register once, and is answered to its end (XC-26, XC-37)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.events.inspection import ClueTransferred
from services.chassis.perform import perform_as_service
from services.chassis.work import begin
from services.clues.acts.transfer_progress import NOTE_CLUE_MOVED
from services.clues.papers.transfer import ClueMoved
from services.clues.storage_transfer import TransferredClue
from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, done, refused
from tests.clauses.transfer_steps import REGISTER, TransferWorld

EVENT: dict[str, Any] = {
    "clue_no": "XCXS-2026-00009",
    "batch_id": "B-9",
    "route": "final",
    "receiver": "discipline_commission",
    "form_id": "SP-9",
    "consent_ref": "",
    "handover_sheet_id": "JJ-9",
    "unit_id": "edu",
    "subject_ids": ("p-edu-sec",),
    "transferred_on": date(2026, 3, 2),
}


@pytest.fixture
def here(tmp_path: Path) -> TransferWorld:
    return TransferWorld(tmp_path)


@proves("XC-37.3d", check=1)
def test_a_transfer_that_arrives_twice_is_one_entry_with_one_answer(here: TransferWorld) -> None:
    for number in (1, 2):
        here.hear(ClueTransferred(**EVENT), number)
    [line] = here.supervision.get(REGISTER).body["items"]
    assert (line["no"], line["state"], line["route"]) == ("YJ-ags-2026-00001", "registered", "final")
    assert here.told("clues.transfer_registered") == [
        {"clue_no": "XCXS-2026-00009", "receiver_clue_no": "YJ-ags-2026-00001", "registered_on": "2026-03-02"}
    ]
    [notice] = [n for n in here.told("clues.notice_due") if n["template"] == "clue_transferred"]
    assert (notice["to_role"], notice["office_id"]) == ("case_supervision_office", "ags")


@proves("XC-37.3d", check=2)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"form_id": ""}, "MISSING_FIELD"),
        ({"form_id": "", "consent_ref": "LD-9"}, "MISSING_FIELD"),
        ({"route": "rectify_now"}, "MISSING_FIELD"),
        ({"route": "investigate_now", "form_id": "SP-9"}, "MISSING_FIELD"),
        ({"route": "by_post"}, "OUT_OF_RANGE"),
        ({"receiver": "case_review_office"}, "OUT_OF_RANGE"),
    ],
)
def test_a_transfer_without_what_its_route_needs_is_set_aside_and_the_inspection_office_alarmed(
    here: TransferWorld, changes: dict[str, Any], reason: str
) -> None:
    here.hear(ClueTransferred(**(EVENT | changes)))
    assert here.world.parked() == [("clues", "inspection.clue_transferred.v1", reason)]
    assert here.supervision.get(REGISTER).body["items"] == []
    assert here.told("clues.transfer_registered") == []
    [notice] = here.told("clues.notice_due")
    assert (notice["template"], notice["to_role"], notice["clause"]) == (
        "transfer_rejected", "inspection_office_director", "XC-37.3d",
    )  # fmt: skip
    [entry] = here.audited("XCXS-2026-00009", "refused")
    assert (entry.act, entry.code) == ("open_transferred_clue", reason)


def test_the_alarm_reaches_the_director_of_the_inspection_office(tmp_path: Path) -> None:
    here = TransferWorld(tmp_path, services=("clues", "notifications"))
    here.hear(ClueTransferred(**(EVENT | {"form_id": ""})))
    here.world.pump()
    inbox = here.world.as_("xcd").get("/notifications/inbox").body["items"]
    assert [one["template"] for one in inbox] == ["transfer_rejected"]


def test_each_receiver_has_a_register_of_its_own(here: TransferWorld) -> None:
    ours = here.transferred()
    theirs = here.transferred(receiver="organisation_department", found_no="8")
    assert (ours["no"], theirs["no"]) == ("YJ-ags-2026-00001", "YJ-gbk-2026-00001")
    for reader, own, other in ((here.supervision, ours, theirs), (here.cadres, theirs, ours)):
        assert [line["id"] for line in reader.get(REGISTER).body["items"]] == [own["id"]]
        assert reader.get(f"{REGISTER}/{other['id']}").code == "UNKNOWN_REFERENCE"
    for account in ("clerk1", "head1", "jd1", "leader", "xc1", "sys"):
        assert here.world.as_(account).get(f"{REGISTER}/{ours['id']}").code == "UNKNOWN_REFERENCE"
    assert done(here.progress(theirs["id"], by=here.cadres)).body["state"] == "handling"
    refused(here.on_entry(theirs["id"], "publicise_case", by=here.cadres), "WRONG_ROLE", "XC-26.0d")


def test_who_is_reported_does_not_know_of_the_entry(here: TransferWorld) -> None:
    here.person_is("p-ags1", office_id="ags", unit_id="", relatives=("p-edu-sec",))
    done(here.send())
    here.world.pump()
    assert here.world.parked() == []
    assert here.supervision.get(REGISTER).body["items"] == []
    assert len(here.told("clues.transfer_registered")) == 1


@proves("XC-37.4d", check=1)
def test_each_stage_is_reported_by_number_stage_and_day_and_by_nothing_else(here: TransferWorld) -> None:
    entry = here.transferred()
    for day, stage in ((3, "verification"), (5, "case_filed")):
        here.world.on(2026, 3, day)
        done(here.progress(entry["id"], stage))
    here.world.pump()
    assert here.told("clues.disposal_progressed") == [
        {"clue_no": entry["clue_no"], "stage": "verification", "reported_on": "2026-03-03"},
        {"clue_no": entry["clue_no"], "stage": "case_filed", "reported_on": "2026-03-05"},
    ]
    sent = here.sent(entry["clue_no"])
    assert (sent["state"], sent["transfer_stage"], sent["receiver_no"]) == (
        "handling", "case_filed", entry["no"],
    )  # fmt: skip


def test_what_a_dispatched_office_does_with_its_clue_is_reported_by_itself(here: TransferWorld) -> None:
    entry = here.transferred()
    for office, code in (("pz2", "WRONG_ADDRESSEE"), ("nowhere", "WRONG_ADDRESSEE")):
        refused(here.assign(entry["id"], office), code, "XC-37.4d")
    done(here.assign(entry["id"]))
    refused(here.assign(entry["id"]), "DUPLICATE", "XC-37.4d")
    clue = here.its_clue(entry)
    refused(here.progress(entry["id"]), "PRECONDITION_NOT_MET", "XC-37.4d")
    refused(here.conclude(entry["id"]), "PRECONDITION_NOT_MET", "XC-37.4d")
    here.closed_by_the_head(clue)
    here.world.pump()
    stages = [told["stage"] for told in here.told("clues.disposal_progressed")]
    assert stages == [
        "disposition_approved", "inquiry_issued", "explanation_received", "close_proposed", "closed",
    ]  # fmt: skip
    [concluded] = here.told("clues.clue_concluded")
    assert concluded == {
        "clue_no": entry["clue_no"], "result_code": "explained", "concluded_on": "2026-03-02",
    }  # fmt: skip
    assert here.entry(entry["clue_no"])["state"] == here.sent(entry["clue_no"])["state"] == "concluded"


@proves("XC-37.4d", check=2)
def test_a_conclusion_is_told_exactly_once(here: TransferWorld) -> None:
    entry = here.transferred()
    done(here.progress(entry["id"]))
    here.world.on(2026, 3, 9)
    done(here.conclude(entry["id"]))
    refused(here.conclude(entry["id"]), "DUPLICATE", "XC-37.4d")
    assert here.progress(entry["id"]).code == "WRONG_STATE"
    here.world.pump()
    told = {"clue_no": entry["clue_no"], "result_code": "sanctioned", "concluded_on": "2026-03-09"}
    assert here.told("clues.clue_concluded") == [told]
    sent = here.sent(entry["clue_no"])
    assert (sent["state"], sent["handling_result"], sent["concluded_on"]) == (
        "concluded", "sanctioned", "2026-03-09",
    )  # fmt: skip


def test_a_clue_that_is_taken_up_again_has_stages_again_and_no_second_conclusion(here: TransferWorld) -> None:
    entry = here.transferred()
    done(here.assign(entry["id"]))
    clue = here.its_clue(entry)
    here.closed_by_the_head(clue)
    for stage, result in (("verification", ""), ("closed", "unfounded")):
        with begin(here.world.runtimes["clues"]) as work:
            item = work.session.get_one(TransferredClue, entry["id"])
            paper = ClueMoved(clue_id=clue, stage=stage, result_code=result)
            perform_as_service(work, NOTE_CLUE_MOVED, paper, item)
    here.world.pump()
    assert [told["result_code"] for told in here.told("clues.clue_concluded")] == ["explained"]
    assert [told["stage"] for told in here.told("clues.disposal_progressed")][-2:] == [
        "verification",
        "closed",
    ]
    assert here.sent(entry["clue_no"])["handling_result"] == "explained"


@proves("XC-37.4d", check=3)
def test_of_a_clue_that_came_from_elsewhere_inspection_hears_nothing(here: TransferWorld) -> None:
    here.transferred()  # there is one of inspection's beside it
    clue = str(done(here.found("p-edu-sec")).body["id"])
    here.closed(clue)
    assert here.shown(clue)["state"] == "closed"
    moved = [e for e in here.events("clues.clue_status_changed") if e.data["clue_id"] == clue]
    assert len(moved) == 5
    assert "XC-37.4d" not in {c for e in moved for c in e.dwclauses.split(",")}
    assert here.told("clues.disposal_progressed") == here.told("clues.clue_concluded") == []
    done(here.progress(here.supervision.get(REGISTER).body["items"][0]["id"]))
    assert len(here.told("clues.disposal_progressed")) == 1  # of inspection's, by its own act


@proves("XC-26.0d", check=1)
@pytest.mark.parametrize("moved", [False, True])
def test_what_is_not_concluded_is_not_made_public(here: TransferWorld, *, moved: bool) -> None:
    entry = here.transferred("investigate_now")
    if moved:
        done(here.progress(entry["id"]))
    refused(here.publicise(entry["id"]), "WRONG_STATE", "XC-26.0d")
    here.world.pump()
    assert here.told("clues.urgent_case_publicised") == []


@proves("XC-26.0d", check=2)
@pytest.mark.parametrize(
    ("day", "overdue"), [((2026, 3, 13, 9), False), ((2026, 3, 16, 23), False), ((2026, 3, 17, 9), True)]
)
def test_a_publication_closes_the_reminder_that_the_conclusion_opened_in_inspection(
    tmp_path: Path, day: tuple[int, int, int, int], *, overdue: bool
) -> None:
    here = TransferWorld(tmp_path, services=("inspection", "clues", "notifications"))
    entry = here.transferred("investigate_now")
    done(here.conclude(entry["id"]))
    here.world.pump()
    [duty] = [d for d in here.told("inspection.duty_opened", "inspection") if d["clause"] == "XC-26.0d"]
    assert (duty["owed_role"], duty["office_id"], str(duty["due_at"])[:10]) == (
        "case_supervision_office", "ags", "2026-03-16",
    )  # fmt: skip
    here.world.on(*day)
    here.world.pump()
    told = here.told("notifications.deadline_overdue", "notifications")
    assert (duty["duty_id"] in [one["duty_id"] for one in told]) is overdue
    done(here.publicise(entry["id"], channels=["website", "bulletin", "website"]))
    refused(here.publicise(entry["id"]), "DUPLICATE", "XC-26.0d")
    here.world.pump()
    [event] = here.told("clues.urgent_case_publicised")
    assert event == {
        "clue_no": entry["clue_no"], "publicised_on": "2026-03-02", "channels": ["website", "bulletin"],
    }  # fmt: skip
    assert [d["duty_id"] for d in here.told("inspection.duty_met", "inspection")] == [duty["duty_id"]]
    sent = here.sent(entry["clue_no"])
    assert (sent["state"], [d["status"] for d in sent["duties"]]) == ("publicised", ["met"])


def test_a_clue_of_another_route_is_not_made_public_and_reminds_nobody(here: TransferWorld) -> None:
    entry = here.transferred("rectify_now")
    done(here.conclude(entry["id"]))
    refused(here.publicise(entry["id"]), "OUT_OF_SCOPE", "XC-26.0d")
    here.world.pump()
    assert here.sent(entry["clue_no"])["duties"] == []


def test_a_result_is_made_public_between_its_conclusion_and_today(here: TransferWorld) -> None:
    entry = here.transferred("investigate_now")
    here.world.on(2026, 3, 4)
    done(here.conclude(entry["id"]))
    here.world.on(2026, 3, 5)
    for day in ("2026-03-03", "2026-03-06"):
        refused(here.publicise(entry["id"], publicised_on=day), "DATE_ORDER", "XC-26.0d")
    done(here.publicise(entry["id"], publicised_on="2026-03-04"))


def test_a_clue_on_somebody_of_the_office_is_not_assigned_to_it(here: TransferWorld) -> None:
    entry = here.transferred(subject_ids=["p-clerk2"])
    answer = here.assign(entry["id"])
    refused(answer, "CONFLICT_OF_INTEREST", "XC-37.4d")
    assert here.head.get(CLUES).body["items"] == []
