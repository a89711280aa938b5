"""Every account tries every act and every reading on items of every secrecy; who may is written down by hand."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.attacks.trying import ACCOUNTS, READINGS, acts_are_for, acts_on, readings_are_hidden
from tests.clauses.accountability_steps import AccountabilityWorld
from tests.clauses.case_steps import CaseWorld
from tests.clauses.clues_steps import CluesWorld
from tests.clauses.decision_steps import PRECHECKS, DecisionWorld
from tests.clauses.intake_petitions import BASE, bring, give_key, letter, register
from tests.clauses.measure_steps import MeasureWorld
from tests.clauses.suggestion_steps import SuggestionWorld
from tests.clauses.test_clues_spot_check import SpotCheckWorld
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.clauses.transfer_steps import TransferWorld
from tests.clauses.unit_org_steps import UnitOrgWorld
from tests.clauses.verification_steps import VerificationWorld
from tests.world import World

ALIKE = {"zu2", "zu3", "zu4", "zu5", "xz3"}
"""Who stands to everything outside a round as zu1 or xz2 do, by the same post in the same office: tried there alone."""
UNLIKE = [account for account in ACCOUNTS if account not in ALIKE]
ADMINISTRATORS = ("sys", "sec", "aud")
OFFICE = {"clerk1", "head1", "deputy1"}
PETITION_OFFICE = {"xfhead", "xf1", "xf2"}
KNOWN = {
    "registered": OFFICE | PETITION_OFFICE,
    "closure_submitted": OFFICE | PETITION_OFFICE,
    "unclassed": {"clerk1"},
    "sealed": {"clerk1", "xfhead"},
    "escalated": {"clerk1", "xfhead"},
}
DOERS = {
    "classify_petition": {"clerk1"},
    "escalate_petition": {"clerk1"},
    "judge_petition": PETITION_OFFICE,
    "close_petition": PETITION_OFFICE,
    "return_petition": PETITION_OFFICE,
    "transfer_petition": set(),
    "register_transferred": {"clerk1"},
    "request_identity": OFFICE | PETITION_OFFICE,
    "assign_petition": PETITION_OFFICE,
    "acknowledge_petitioner": OFFICE | PETITION_OFFICE,
    "answer_online": OFFICE | PETITION_OFFICE,
    "link_petition": OFFICE | PETITION_OFFICE,
    "unlink_petition": OFFICE | PETITION_OFFICE,
}
"""Petitions' acts; any other is its handler's and the leaders' of the office. None of these items lies at a unit."""
CLUE_KNOWN = OFFICE | {"jd1", "ags1"}
VERIFICATION_KNOWN = CLUE_KNOWN | {"leader"}
LIAISON_DOES = {key: {"jd1"} for key in ("receive_report", "pass_report_on", "pass_answer_back")}
"""Verifications' acts that are the liaison office's."""
CASE_KNOWN = CLUE_KNOWN | {"leader", "clerk2"}
IN_THE_GROUP = OFFICE | {"clerk2"}
OF_THE_REVIEW = (
    "accept_for_review",
    "record_review_talk",
    "put_facts_to_subject",
    "examine_case",
    "return_to_investigation",
    "record_deliberation",
    "sign_review_report",
    "complete_review",
)
ON_A_CASE = {
    "give_liaison_opinion": {"jd1"},
    "schedule_talk": IN_THE_GROUP,
    "record_safety_incident": IN_THE_GROUP,
    "request_venue": IN_THE_GROUP,
    "assign_reviewers": {"head1", "deputy1"},
    "request_collaboration": {"head1", "deputy1"},
    "give_assisted_opinion": set(),
} | {name: set[str]() for name in OF_THE_REVIEW}
"""A case without reviewers yet, whose group the second clerk is in.

What is not written here is the lead's, the handler's and the leaders'.
"""
ON_A_VENUE = {"pass_venue_request_on": {"jd1"}, "arrange_venue": {"ags1"}}


def item_of(world: World, state: str) -> str:
    give_key(world)
    if state == "unclassed":
        return str(register(world, letter(class_code=None))["id"])
    if state in ("sealed", "escalated"):
        petition = register_sealed(world)
        assert state == "sealed" or deliver(world, petition).status == 200
        return petition
    return bring(world, state)


def check(world: World, place: str, item: str, known: set[str], doers: dict[str, set[str]]) -> None:
    """Who is not in `known` learns nothing at all, and each act is for its `doers`, the office where none are given."""
    service, kind = place.strip("/").split("/")
    acts = acts_on(world, service, kind.removesuffix("s").replace("-", "_"))
    assert acts
    strangers = [account for account in UNLIKE if account not in known]
    readings_are_hidden(
        world, place, item, strangers, [*READINGS, *(["/sealed"] if service == "intake" else [])]
    )
    for account in strangers:
        assert world.as_(account).get(place).body["items"] == []
        assert world.as_(account).get(f"/{service}/worklist").body["items"] == []
    acts_are_for(world, place, item, known, {act: doers.get(act, OFFICE) for act in acts}, UNLIKE)


@pytest.mark.parametrize("state", KNOWN)
def test_a_petition_is_there_for_those_only_who_may_know_of_it(tmp_path: Path, state: str) -> None:
    world = World(tmp_path, services=("intake",))
    check(world, BASE, item_of(world, state), KNOWN[state], DOERS)


def test_a_clue_is_there_for_those_only_who_may_know_of_it(tmp_path: Path) -> None:
    steps = CluesWorld(tmp_path)
    clue = str(steps.found("p-edu-sec").body["id"])
    check(steps.world, "/clues/clues", clue, CLUE_KNOWN, {"apply_first_form_above": {"jd1"}})


def test_a_verification_is_there_for_those_only_who_may_know_of_it(tmp_path: Path) -> None:
    steps = VerificationWorld(tmp_path)
    check(steps.world, "/clues/verifications", steps.opened(), VERIFICATION_KNOWN, LIAISON_DOES)


def test_a_case_is_there_for_those_only_who_may_know_of_it(tmp_path: Path) -> None:
    steps = CaseWorld(tmp_path)
    case = steps.filed()
    steps.group(case, member_ids=["p-clerk2"])
    check(steps.world, "/clues/cases", case, CASE_KNOWN, ON_A_CASE)
    venue = steps.venue_requested(case)
    check(steps.world, "/clues/venue-requests", venue, CASE_KNOWN - {"clerk2"}, ON_A_VENUE)


def test_a_precheck_is_there_for_who_knows_of_its_clue_and_for_the_office_asked(tmp_path: Path) -> None:
    steps = DecisionWorld(tmp_path)
    verification = steps.brought("record_study")
    assert steps.report_on(verification, "handle").status == 200
    assert steps.decide(verification, steps.head).status == 200
    assert steps.ask_on_verification(verification).status == 200
    doers = {"give_precheck_opinion": {"dfs1"}}
    check(steps.world, PRECHECKS, steps.precheck(), CLUE_KNOWN | {"dfs1"}, doers)


def test_a_spot_check_is_the_heads_and_what_was_drawn_is_known_as_its_clue_is(tmp_path: Path) -> None:
    steps = SpotCheckWorld(tmp_path)
    year = steps.year()
    heads = {"draw_sample": {"head1"}, "close_year": {"head1"}}
    check(steps.world, "/clues/spot-checks", year, {"head1"}, heads)
    steps.explanations(1)
    steps.draw(year)
    [drawn] = steps.drawn()
    steps.assign(drawn, "p-clerk1")
    doers = {"assign_checker": {"head1", "deputy1"}, "record_check": {"clerk1"}}
    check(steps.world, "/clues/explanation-checks", drawn, CLUE_KNOWN, doers)


def test_a_measure_is_there_for_those_only_who_may_know_of_it(tmp_path: Path) -> None:
    steps = MeasureWorld(tmp_path)
    at_the_desk = ("receive_request", "pass_request_up", "enter_citys_answer", "send_query_help")
    doers = {name: {"jd1"} for name in at_the_desk} | {"decide_request": {"leader"}}
    doers["answer_query_assistance"] = {"ags1"}
    check(steps.world, "/clues/measures", steps.requested(), VERIFICATION_KNOWN, doers)


def test_what_is_told_of_the_whole_ledger_is_the_heads_and_the_two_offices(tmp_path: Path) -> None:
    world = World(tmp_path, services=("clues",))
    known = {"head1", "jd1", "ags1"}
    month = world.as_("head1").act("/clues/ledger-reconciliations/open_reconciliation").body["id"]
    check(world, "/clues/ledger-reconciliations", str(month), known, {"reconcile_ledger": {"head1"}})
    quarter = world.as_("jd1").act("/clues/clue-inspections/open_inspection", {"office_id": "pz1"}).body["id"]
    doers = {"record_inspection": {"jd1"}, "answer_inspection": {"head1"}}
    check(world, "/clues/clue-inspections", str(quarter), known, doers)


def test_a_case_of_law_enforcement_is_there_for_the_office_and_the_two_above_it(tmp_path: Path) -> None:
    steps = UnitOrgWorld(tmp_path)
    case = str(steps.learned().body["id"])
    check(steps.world, "/clues/enforcement-cases", case, CLUE_KNOWN, {})


def test_a_check_and_a_matter_of_a_unit_are_there_for_the_office_and_the_two_above_it(tmp_path: Path) -> None:
    steps = UnitOrgWorld(tmp_path)
    doers = {"give_unit_org_opinion": {"head1", "deputy1"}, "record_unit_org_handling": set[str]()}
    check(steps.world, "/clues/unit-org-opinions", steps.asked(), CLUE_KNOWN - {"clerk1"}, doers)
    held = str(steps.check().body["id"])
    check(steps.world, "/clues/unit-org-checks", held, CLUE_KNOWN, {"answer_unit_org_check": set()})


def test_what_inspection_transferred_is_there_for_its_receiver_alone(tmp_path: Path) -> None:
    steps = TransferWorld(tmp_path)
    entry = steps.transferred("investigate_now")
    doers = {name: {"ags1"} for name in acts_on(steps.world, "clues", "transferred_clue")}
    check(steps.world, "/clues/transferred-clues", str(entry["id"]), {"ags1"}, doers)


def test_a_ledger_of_measures_is_the_heads_and_the_two_offices(tmp_path: Path) -> None:
    steps = MeasureWorld(tmp_path)
    ledger = str(steps.head.act("/clues/measures-ledgers/open_measures_ledger").body["id"])
    doers = {"file_ledger": {"head1"}, "check_measure_use": {"jd1"}, "report_measure_use": {"jd1"}}
    check(steps.world, "/clues/measures-ledgers", ledger, {"head1", "jd1", "ags1"}, doers)


def test_a_units_problem_is_there_for_its_office_and_those_above_it(tmp_path: Path) -> None:
    steps, staff = SuggestionWorld(tmp_path), OFFICE | {"clerk2"}
    doers = dict.fromkeys(acts_on(steps.world, "clues", "suggestion"), staff)
    doers |= {"put_to_commission": {"jd1"}, "pass_suggestion_back": {"jd1"}}
    check(steps.world, "/clues/suggestions", steps.problem(), staff | {"jd1", "leader"}, doers)


def test_an_accountability_is_there_for_those_only_who_may_know_of_it(tmp_path: Path) -> None:
    steps = AccountabilityWorld(tmp_path)
    leaders = ("decide_lenience", "decide_dual_accountability", "close_dual_accountability")
    doers = {key: {"leader"} for key in leaders} | {"name_subjects": OFFICE | {"leader"}}
    check(steps.world, "/clues/accountability", steps.arisen(), VERIFICATION_KNOWN, doers)


@pytest.mark.parametrize("ground", ["suppressed_case", "staff_breach"])
def test_a_file_on_an_office_is_not_there_for_the_office(tmp_path: Path, ground: str) -> None:
    steps = AccountabilityWorld(tmp_path)
    persons = ["p-clerk3"] if ground == "staff_breach" else []
    file = str(steps.office_file(ground_code=ground, person_ids=persons).body["id"])
    known = {"leader"} if persons else {"leader", "ags1"}
    doers = {key: {"leader"} for key in acts_on(steps.world, "clues", "office_accountability")}
    check(steps.world, "/clues/office-accountability", file, known, doers)


@pytest.mark.slow  # in every run, test_every_route_by_every_post looks for numbers, texts and persons
def test_the_administrators_find_no_business_data_on_any_route(tmp_path: Path) -> None:
    world = World(tmp_path)
    give_key(world)
    planted = [bring(world, "closed"), register_sealed(world), str(register(world)["id"])]
    deliver(world, planted[1])
    steps = world.as_("clerk1").act(
        "/clues/clues/register_clue",
        {"source": "own_finding", "found_on": "2026-03-02", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
         "facts": "日常监督中发现的问题"},
    )  # fmt: skip
    planted.append(str(steps.body["id"]))
    world.pump()
    for account, (service, api) in itertools.product(ADMINISTRATORS, world.apis.items()):
        client = world.as_(account)
        for route in api.routes:
            if route.method != "GET" or route.absolute or "<service>" in route.path:
                continue
            for item in planted if "<" in route.path else ("",):
                path = route.path
                for name in ("<id>", "<paper>", "<attachment>", "<digest>", "<part>"):
                    path = path.replace(name, item)
                answer = client.get(f"/{service}{path}", subject=item, q="金丝雀", ids=item, limit="200")
                shown = str(answer.body)
                assert not [p for p in planted if p in shown and p != item], (account, path)
                if item:
                    assert answer.status in (302, 303, 401, 403, 404), (account, path, answer.body)
