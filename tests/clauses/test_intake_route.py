"""The ordinary route of a petition: forward, judge, enter, refer (LZ-12.1, LZ-12.7 to LZ-12.11)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from services.chassis import tables
from services.chassis.clock import ZONE
from tests.clause_proof import proves
from tests.clauses.intake_petitions import (
    BASE,
    bring,
    duty,
    give_key,
    letter,
    nothing_changes,
    register,
    row_counts,
    show,
    step,
    transfer,
)
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def forwarded_at(world: World, received: str, moment: datetime) -> tuple[str, bool]:
    """Register a letter on its day, forward it at a moment; gives the due date and whether it was late."""
    world.now(datetime.fromisoformat(f"{received}T09:00:00+08:00"))
    petition = register(world, letter(received_on=received))
    world.now(moment)
    answer = world.as_("clerk1").act(f"{BASE}/{petition['id']}/forward_petition")
    assert answer.status == 200, answer.body
    clock = duty(show(world, petition["id"]), "LZ-12.1")
    assert clock["status"] == "met"
    return clock["due_on"], clock["late"]


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (datetime(2026, 3, 4, 12, 0, tzinfo=ZONE), False),
        (datetime(2026, 3, 5, 23, 59, tzinfo=ZONE), False),
        (datetime(2026, 3, 5, 23, 59, 59, tzinfo=ZONE), False),
        (datetime(2026, 3, 6, 0, 0, tzinfo=ZONE), True),
        (datetime(2026, 3, 9, 9, 0, tzinfo=ZONE), True),
    ],
    ids=["day before", "due day", "last second", "midnight", "days after"],
)
def test_three_working_days_after_receipt_on_a_monday_end_on_thursday(
    world: World,
    moment: datetime,
    late: bool,  # noqa: FBT001
) -> None:
    assert forwarded_at(world, "2026-03-02", moment) == ("2026-03-05", late)


@proves("LZ-12.1", check=2)
@pytest.mark.parametrize(
    ("day", "late"),
    [(9, False), (10, False), (11, True)],
    ids=["day before", "make-up Saturday", "Sunday after"],
)
def test_the_october_holiday_stands_still_and_the_make_up_saturday_counts(
    world: World,
    day: int,
    late: bool,  # noqa: FBT001
) -> None:
    moment = datetime(2026, 10, day, 18, 0, tzinfo=ZONE)
    assert forwarded_at(world, "2026-09-30", moment) == ("2026-10-10", late)


def test_beyond_the_published_calendar_a_petition_is_taken_in_and_its_clock_is_provisional(
    world: World,
) -> None:
    world.on(2026, 12, 30)
    clock = duty(show(world, register(world, letter(received_on="2026-12-30"))["id"]), "LZ-12.1")
    assert (clock["provisional"], clock["counted"]) == (True, ["2026-12-31", "2027-01-01", "2027-01-04"])
    world.on(2026, 12, 28)
    early = register(world, letter(received_on="2026-12-28", summary="年底之前收到的另一封信件"))
    assert duty(early, "LZ-12.1")["provisional"] is False


@proves("LZ-12.1", check=3)
def test_an_ordinary_petition_goes_to_the_petition_office_and_nowhere_else(world: World) -> None:
    petition = register(world)["id"]
    for elsewhere in ("case_review_office", "petition_office_head", "liaison_discipline_office"):
        with nothing_changes(world):
            wrong = step(world, petition, "forwarded", recipient_role=elsewhere)
        assert (wrong.status, wrong.code, wrong.body["clauses"]) == (409, "WRONG_ROUTE", ["LZ-12.1"])
        assert wrong.body["field"] == "recipient_role"
    right = step(world, petition, "forwarded", recipient_role="petition_office")
    assert (right.status, right.body["state"]) == (200, "forwarded")


@proves("LZ-12.1", check=3)
def test_an_ordinary_petition_is_not_delivered_past_the_petition_office(world: World) -> None:
    give_key(world)
    clerk = world.as_("clerk1")
    petition = register(world)["id"]
    cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
    with nothing_changes(world):
        wrong = clerk.act(f"{BASE}/{petition}/escalate_petition", attachments=cover)
    assert (wrong.code, wrong.body["clauses"]) == ("WRONG_ROUTE", ["LZ-12.3"])
    assert step(world, petition, "forwarded").status == 200


@proves("LZ-12.7", check=1)
@pytest.mark.parametrize(
    ("day", "late"),
    [(8, False), (9, False), (10, True)],
    ids=["Sunday before", "due Monday", "Tuesday after"],
)
def test_a_transferred_petition_is_forwarded_within_three_days_of_its_coming_to_the_office(
    world: World,
    day: int,
    late: bool,  # noqa: FBT001
) -> None:
    world.on(2026, 3, 4)
    paper = transfer(unit_received_on="2026-03-02", transferred_on="2026-03-04", received_on="2026-03-04")
    petition = register(world, paper)["id"]
    world.on(2026, 3, day, 17)
    step(world, petition, "forwarded")
    clock = duty(show(world, petition), "LZ-12.7")
    assert (clock["counted_from"], clock["due_on"], clock["late"]) == ("2026-03-04", "2026-03-09", late)


@proves("LZ-12.7", check=2)
def test_a_transferred_petition_of_a_restricted_class_never_takes_the_ordinary_route(world: World) -> None:
    world.on(2026, 3, 9)
    petition = register(world, transfer(subject_ids=["p-edu-head"]))["id"]
    with nothing_changes(world):
        refused = step(world, petition, "forwarded")
    assert (refused.status, refused.code) == (409, "WRONG_ROUTE")
    assert refused.body["clauses"] == ["LZ-12.3", "LZ-12.7"]


@proves("LZ-12.8", check=1)
@pytest.mark.parametrize("state", ["registered", "forwarded"])
def test_without_a_judgement_the_office_disposes_of_nothing(world: World, state: str) -> None:
    petition = bring(world, state)
    for act, paper in (
        ("refer_as_clue", {"reason": "提请处置"}),
        ("propose_transfer_out", {"department_id": "xfj", "reason": "不属本组"}),
        ("transfer_out", {"department_id": "xfj", "letter_no": "ZB-1", "sent_on": "2026-03-02"}),
    ):
        with nothing_changes(world):
            refused = world.as_("clerk1").act(f"{BASE}/{petition}/{act}", paper)
        assert (refused.status, refused.code) == (409, "OPINION_OUTSTANDING")
        assert "LZ-12.8" in refused.body["clauses"]


@proves("LZ-12.8", check=2)
def test_only_the_petition_office_judges(world: World) -> None:
    petition = bring(world, "forwarded")
    for account in ("clerk1", "head1", "deputy1"):
        with nothing_changes(world):
            refused = step(world, petition, "judged", account, in_scope=True)
        assert (refused.status, refused.code, refused.body["clauses"]) == (403, "WRONG_ROLE", ["LZ-12.8"])
    assert step(world, petition, "judged", in_scope=True).body["state"] == "judged"


def test_a_judgement_says_scope_level_and_opinion(world: World) -> None:
    petition = bring(world, "forwarded")
    opinion = {"in_scope": True, "level": "section", "opinion": "属监督范围"}
    for missing in opinion:
        given = {name: value for name, value in opinion.items() if name != missing}
        with nothing_changes(world):
            refused = world.as_("xf1").act(f"{BASE}/{petition}/judge_petition", given)
        assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", missing)


@proves("LZ-12.9", check=1)
def test_the_number_on_the_external_platform_is_kept_with_its_date_and_officer(world: World) -> None:
    petition = bring(world, "judged")
    answer = step(world, petition, "recorded", platform_no="JB-330-77", entered_on="2026-03-02")
    item = show(world, petition)
    assert (item["state"], item["platform_no"]) == ("recorded", "JB-330-77")
    paper = world.as_("clerk1").get(f"{BASE}/{petition}/papers/{answer.body['paper']}").body
    assert paper["form"] == {"platform_no": "JB-330-77", "entered_on": "2026-03-02"}
    assert paper["by"] == "p-clerk1"


@proves("LZ-12.9", check=2)
@pytest.mark.parametrize("state", ["registered", "forwarded"])
def test_without_a_judgement_no_platform_number_is_entered(world: World, state: str) -> None:
    petition = bring(world, state)
    with nothing_changes(world):
        refused = step(world, petition, "recorded")
    assert (refused.status, refused.code, refused.body["clauses"]) == (409, "WRONG_STATE", ["LZ-12.9"])
    assert show(world, petition)["platform_no"] == ""


@proves("LZ-12.10", check=1)
def test_a_person_above_the_offices_level_does_not_stay_with_it(world: World) -> None:
    petition = bring(world, "recorded", in_scope=True)
    with world.runtimes["intake"].db.write() as session:  # promoted since the petition was classed
        session.get_one(tables.DirectoryPerson, "p-edu-sec").managing_authority = "district"
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/refer_as_clue", {"reason": "提请处置"})
    assert (refused.status, refused.code, refused.body["clauses"]) == (409, "OUT_OF_SCOPE", ["LZ-12.10"])


@proves("LZ-12.10", check=2)
def test_a_section_level_person_of_the_unit_may_be_handled_by_the_office(world: World) -> None:
    petition = bring(world, "recorded", in_scope=True)
    answer = world.as_("clerk1").act(f"{BASE}/{petition}/refer_as_clue", {"reason": "提请处置"})
    assert (answer.status, answer.body["state"]) == (200, "referred_as_clue")
    assert "LZ-12.10" in answer.body["clauses"]


@proves("LZ-12.11", check=2)
def test_what_was_judged_out_of_scope_becomes_no_clue(world: World) -> None:
    petition = bring(world, "recorded", in_scope=False)
    events = row_counts(world)["outbox"]
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/{petition}/refer_as_clue", {"reason": "提请处置"})
    assert (refused.status, refused.code, refused.body["clauses"]) == (409, "WRONG_STATE", ["LZ-12.11"])
    assert row_counts(world)["outbox"] == events


def test_a_referral_hands_on_references_and_codes_alone(world: World) -> None:
    petition = bring(world, "recorded", in_scope=True)
    world.as_("clerk1").act(f"{BASE}/{petition}/refer_as_clue", {"reason": "提请处置"})
    with world.runtimes["intake"].db.read() as session:
        sent = session.query(tables.Outbox).filter_by(type="intake.petition_referred_as_clue.v1").all()
    assert {row.consumer for row in sent} == {"clues", "notifications"}
    assert all("提请处置".encode() not in row.body and "反映".encode() not in row.body for row in sent)
