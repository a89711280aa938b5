"""Matters of clues and archive beside a clue's own way, for the twin installations: of an office and its unit.

The same steps make what is there before, what is hidden, and what another office does afterwards.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from contracts.events.clues_cases import SanctionDecided
from services.chassis.work import begin
from tests.clauses.clues_steps import CLUES, LETTER, CluesWorld, done
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.measure_steps import FOR_THE_DESK, MEASURES, MeasureWorld, asked
from tests.clauses.review_steps import reviewer, with_reviewers
from tests.clauses.test_archive_opinions import ASKED as OPINION
from tests.clauses.test_archive_opinions import OPINIONS, SEARCHES
from tests.clauses.test_clues_first_form import apply, talked
from tests.clauses.test_clues_published_figures import RETURN, publish
from tests.clauses.test_clues_shared_entry import opened
from tests.clauses.transfer_steps import REGISTER, TransferWorld
from tests.clauses.unit_org_steps import ORG, UnitOrgWorld, holder, with_posts
from tests.world import World

Steps = TypeVar("Steps", bound=CluesWorld)


@dataclass(frozen=True)
class Place:
    """An office with the unit that it supervises."""

    office: str
    clerk: str
    head: str
    unit: str
    party_head: str
    org: str
    cadre: str
    """One of the unit's leadership, who is not its Party head where there is another."""
    official: str


EDU = Place("pz1", "clerk1", "head1", "edu", "edu-head", "edu-org", "p-edu-vice", "p-edu-sec")
HOU = Place("pz2", "clerk3", "head2", "hou", "hou-head", "hou-org", "p-hou-head", "p-hou-sec")


def steps_of(kind: type[Steps], world: World, of: Place = EDU) -> Steps:
    """The steps of a clause test in a world that is there already, done by the office of that place."""
    steps = object.__new__(kind)
    people = {
        "clerk": of.clerk, "head": of.head, "deputy": "deputy1", "liaison": "jd1", "leader": "leader",
        "review_office": "sls1", "supervision": "ags1", "inspection": "xc1",
    }  # fmt: skip
    steps.__dict__ |= {name: world.as_(account) for name, account in people.items()}
    steps.__dict__ |= {"world": world, "ready": [], "sent": [], "reviewed": []}
    steps.__dict__ |= {"lead": reviewer(world, "rev1"), "second": reviewer(world, "rev2")}
    steps.__dict__ |= {"org": holder(world, of.org), "cadres": holder(world, "gbk1")}
    return steps


def more_people(world: World) -> None:
    """Posts that the example authority leaves vacant: the units' discipline organisations, reviewers, cadres."""
    organisations = [(of.org, ORG, "", of.unit) for of in (EDU, HOU)]
    with_posts(world, *organisations, ("gbk1", "cadre_supervision_office", "gbk", ""))
    with_reviewers(world)


def of_place(world: World, of: Place, batch: str) -> list[Any]:
    """One matter of each kind in an office, by whom it concerns; tells what they were answered."""
    told = [*of_unit(world, of), *opinion_on(world, of, of.official), *measure_at_the_desk(world, of)]
    sanctioned(world, of.official, batch)
    transferred(world, of, batch)
    told += published(world, of)
    world.pump()
    return told


def of_unit(world: World, of: Place) -> list[Any]:
    """A case of law enforcement, a check, a matter of the unit's own on which the office was asked, a shared entry."""
    steps = steps_of(UnitOrgWorld, world, of)
    case = done(steps.learned(unit_id=of.unit, subject_ids=[of.cadre])).body
    told = [case, done(steps.report_case(case["id"])).body, done(steps.check(unit_id=of.unit)).body]
    with by_another(world):
        request = done(steps.ask(subject_ids=[of.official])).body
    told += [request, done(steps.give(request["id"])).body]
    told.append(done(opened(steps.clerk, unit_id=of.unit, subject_ids=[of.official])).body)
    world.pump()
    return told


def by_another(world: World) -> AbstractContextManager[None]:
    """What somebody of `more_people` does draws its ids as others' acts do in a twin."""
    drawing: AbstractContextManager[None] = getattr(world, "drawing", nullcontext)()
    return drawing


def opinion_on(world: World, of: Place, person: str) -> list[Any]:
    """The unit asks for an integrity opinion, the head searches the ledger and signs the reply."""
    steps = steps_of(CluesWorld, world, of)
    paper = OPINION | {"person_ids": [person]}
    request = done(world.as_(of.party_head).act(f"{OPINIONS}/request_opinion", paper)).body
    world.pump()
    lines = done(steps.head.get(SEARCHES, limit="200")).body["items"]
    [waiting] = [x["id"] for x in lines if (x["person_id"], x["state"]) == (person, "waiting")]
    found = done(steps.head.act(f"{SEARCHES}/{waiting}/search_ledger", {})).body
    world.pump()
    answers = [done(steps.clerk.act(f"{OPINIONS}/{request['id']}/reply_opinion", {"opinion": "未发现问题"}))]
    answers += [
        done(steps.head.decide("archive", "integrity-opinions", request["id"])),
        done(steps.head.get(f"{OPINIONS}/{request['id']}/evidence")),
        done(steps.head.get(f"{SEARCHES}/{waiting}/hits")),
    ]
    return [request, found, *(answer.body for answer in answers)]


def own_clue(world: World, of: Place) -> str:
    found = steps_of(CluesWorld, world, of).found(of.official, changes={"unit_id": of.unit})
    return str(done(found).body["id"])


def measure_at_the_desk(world: World, of: Place) -> list[Any]:
    """A measure that goes further than the office; the liaison office gives it a receipt."""
    steps = steps_of(MeasureWorld, world, of)
    paper = asked("obtain", target_id=of.official, communication_data=True)
    done(steps.clerk.act(f"{CLUES}/{own_clue(world, of)}/request_measure", paper))
    item = steps.latest()
    done(steps.on_measure(item, "submit_request", documents=FOR_THE_DESK))
    done(steps.decide_measure(item, steps.head))
    done(steps.on_measure(item, "receive_request", by=steps.liaison))
    return [done(steps.clerk.get(f"{MEASURES}/{item}")).body]


def numbers_of_volumes(world: World, of: Place) -> list[str]:
    """A clue ends; tells the numbers that the office reads in the archive.

    Not among the answers that are compared whole: a package is encrypted to a key that libsodium draws.
    """
    steps = steps_of(CluesWorld, world, of)
    clue = steps.disposed(own_clue(world, of))
    letter = LETTER | {"copy_person_id": f"p-{of.party_head}"}
    done(steps.clerk.act(f"{CLUES}/{clue}/issue_inquiry_letter", letter))
    done(steps.explain(clue))
    steps.close_proposed(clue)
    done(steps.report(clue))
    done(steps.close(clue))
    world.pump()
    return [volume["no"] for volume in done(steps.head.get("/archive/volumes")).body["items"]]


def sanctioned(world: World, person: str, case: str) -> None:
    """A decision of a case that goes into the person's integrity file, as clues tells the archive of it."""
    decision = SanctionDecided(
        case_id=f"case-{case}", person_id=person, sanction_code="serious_warning", form_code="second_form",
        decided_by="unit_party_committee", decided_on=date(2026, 3, 2),
    )  # fmt: skip
    with by_another(world), begin(world.runtimes["clues"]) as work:
        work.emit(decision, f"case/case-{case}", 1)
    world.pump()


def transferred(world: World, of: Place, batch: str) -> None:
    """Inspection transfers a clue, and its receiver assigns it to the office. Who does that sees all of them."""
    steps = steps_of(TransferWorld, world, of)
    sheet = {"unit_id": of.unit, "subject_ids": [of.official], "found_no": batch, "batch_id": batch}
    forms = {"form_id": f"SP-{batch}", "handover_sheet_id": f"JJ-{batch}"}
    entry = steps.transferred("final", **sheet, **forms)
    done(steps.assign(entry["id"], of.office))
    world.pump()
    assert steps.supervision.get(f"{REGISTER}/{entry['id']}").status == 200


def published(world: World, of: Place) -> list[Any]:
    head = world.as_(of.head)
    return [
        done(publish(head, clause=clause, office_ids=[of.office], reform_on="2026-01-01")).body
        for clause in (RETURN["clause"], "GL-1.32")
    ]


def of_the_office(world: World) -> list[Any]:
    """What the first office alone has besides: the first form, help with a query, what its unit told it."""
    clues = steps_of(CluesWorld, world)
    done(apply(clues, talked(clues)))
    measures = steps_of(MeasureWorld, world)
    item = measures.head_approved(measures.requested("query"))
    done(measures.on_measure(item, "request_query_assistance", {"need": "协助查询登记信息"}))
    paper: dict[str, object] = {"result": "查询情况"}
    done(measures.on_measure(item, "answer_query_assistance", paper, by=world.as_("ags1")))
    units = steps_of(UnitOrgWorld, world)
    done(units.told())
    done(units.check(finding_count=0))
    sanctioned(world, "p-edu-clerk", "of-the-office")
    return [*numbers_of_volumes(world, EDU)]


def in_review_and_decided(world: World) -> list[Any]:
    """A case before its review's end, and one that is decided and on record; both of the first office."""
    steps = steps_of(DecisionWorld, world)
    steps.accepted()
    steps.on_record()
    world.pump()
    return []


def on_colleagues_and_heads(world: World) -> list[Any]:
    """On a colleague or a Party head, beside others: both, and everybody in their line, are recused."""
    steps = steps_of(UnitOrgWorld, world)
    done(steps.found("p-clerk2", "p-edu-sec"))
    done(opened(steps.clerk, unit_id="edu", subject_ids=["p-clerk2", "p-edu-head"]))
    matter = done(steps.ask(subject_ids=["p-clerk2", "p-edu-clerk"])).body["id"]
    done(steps.give(matter, by=steps.deputy))
    sanctioned(world, "p-clerk2", "of-a-colleague")
    world.pump()
    return []
