"""Two installations with the same past and the same acts; one has items besides that a reader may not know of.

The second is a copy of the first, keys and all. What both do afterwards draws the same random ids, so an answer that
tells nothing of the hidden items is the same in both, byte for byte.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from contracts.events.base import Event
from dengwen.example import example_authority
from services.archive import loading as archive
from services.chassis import papers
from services.chassis.act import PaperForm
from services.chassis.perform import perform_as_service
from services.chassis.work import Work, begin
from services.clues import late_offices
from services.desk.acts.accounts import OPEN_ACCOUNT
from services.desk.papers.account import AccountOpening
from services.notifications import loading as notifications
from services.notifications import placing
from tests.attacks.inspection_rounds import RoundItems
from tests.clauses.accountability_steps import FOUND
from tests.clauses.clues_steps import CluesWorld
from tests.clauses.decision_steps import DecisionWorld
from tests.clauses.intake_petitions import bring, give_key, letter, register
from tests.clauses.measure_steps import asked
from tests.unit.desk.visitor import password_hash
from tests.world import Answer, Client, World

Acts = Callable[[World], list[Any]]
"""What is done in an installation; gives the answers."""


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """Ids and tokens drawn inside follow from the name alone. Keys and nonces come from libsodium and stay random."""
    drawn = 0

    def same_again(size: int) -> bytes:
        nonlocal drawn
        drawn += 1
        found = b"".join(sha256(f"{name}/{drawn}/{n}".encode()).digest() for n in range(size // 32 + 1))
        return found[:size]

    before = os.urandom, random._urandom  # type: ignore[attr-defined]
    os.urandom = random._urandom = same_again  # type: ignore[attr-defined]
    try:
        with patch.object(papers, "time_ns", lambda: int(sha256(name.encode()).hexdigest()[:14], 16) + drawn):
            yield
    finally:
        os.urandom, random._urandom = before  # type: ignore[attr-defined]


class Twin(World):
    """A world in which each request and each pump draws afresh: more work before it changes no id of its own."""

    asked = 0

    def as_(self, account: str) -> Client:
        return _Drawing(self, super().as_(account).claims)

    def pump(self, *, tick: bool = True) -> int:
        """What the clock brings comes together with hidden things of the same moment: each draws for itself."""
        with (
            self.drawing(),
            patch.object(placing, "perform_as_service", _placed),
            patch.object(late_offices, "perform_as_service", _placed),
            patch.object(Work, "emit", _emitted),
        ):
            return super().pump(tick=tick)

    def drawing(self) -> AbstractContextManager[None]:
        self.asked += 1
        return drawing(str(self.asked))


def _placed(work: Work, act: Any, slip: PaperForm) -> Any:
    with drawing(slip.model_dump_json()):
        return perform_as_service(work, act, slip)


_emit = Work.emit


def _emitted(work: Work, event: Event, subject: str, version: int, *more: Any) -> str:
    with drawing(f"{work.runtime.name} {event.wire_type()} {subject} {version}"):
        return _emit(work, event, subject, version, *more)


class _Drawing(Client):
    def send(self, *given: Any, **more: Any) -> Answer:
        assert isinstance(self.world, Twin)
        with self.world.drawing():
            return super().send(*given, **more)


def twins(folder: Path, past: Acts, hidden: Acts, afterwards: Acts) -> tuple[Twin, Twin]:
    """The installation without and the one with the hidden items; what is answered afterwards is the same in both."""
    first = World(folder / "without")
    load_names(first)
    past(first)
    first.close()
    shutil.copytree(folder / "without", folder / "with")
    both = Twin(folder / "without"), Twin(folder / "with")
    for world, name in zip(both, ("without", "with"), strict=True):
        if name == "with":
            hidden(world)
        world.pump()
    for world in both:
        world.asked = 1_000_000
    told = [afterwards(world) for world in both]
    assert told[0] == told[1], "the acts of those who may not know of them were answered otherwise"
    for world in both:
        assert world.parked() == []
    return both


def load_names(world: World) -> None:
    """The example authority's roster, posts and offices, and its accounts, as set-up loads them."""
    authority = example_authority()
    with begin(world.runtimes["notifications"]) as work:
        for o in authority.offices:
            notifications.load_office(
                work, office_id=o.id, kind=o.kind, name_zh=o.zh, name_en=o.en, liaison_office_id=o.liaison
            )
        for c in authority.coverage:
            notifications.load_coverage(work, unit_id=c.unit, office_id=c.office, liaison_office_id=c.liaison)
    with begin(world.runtimes["archive"]) as work:
        for p in authority.persons:
            archive.load_person(
                work, p.id, p.zh, level=p.level, managing_authority=p.managed_by, unit_id=p.unit,
                office_id=p.office, superior_id=p.superior, leadership_member=p.leader, party_head=p.party_head,
            )  # fmt: skip
        for held in authority.posts:
            archive.load_assignment(
                work, held.id, held.person, held.role, office_id=held.office, unit_id=held.unit
            )
    with begin(world.runtimes["desk"]) as work:
        for account, person in {held.account: held.person for held in authority.posts}.items():
            opening = AccountOpening(
                account_id=account, person_id=person, password_hash=password_hash(), must_change=False
            )
            perform_as_service(work, OPEN_ACCOUNT, opening)
    give_key(world)
    world.pump()


def clues_of(world: World) -> CluesWorld:
    """The steps of clues in a world that is there already."""
    steps = object.__new__(CluesWorld)
    steps.world = world
    steps.clerk, steps.head, steps.deputy = (world.as_(name) for name in ("clerk1", "head1", "deputy1"))
    return steps


def cases_of(world: World) -> DecisionWorld:
    """The steps of verifications and cases in a world that is there already, up to the review."""
    steps = object.__new__(DecisionWorld)
    people = {"liaison": world.as_("jd1"), "leader": world.as_("leader"), "review_office": world.as_("sls1")}
    steps.__dict__ |= clues_of(world).__dict__ | people | {"ready": [], "sent": [], "reviewed": []}
    return steps


def cases_and_measures(world: World) -> list[Any]:
    """A case under investigation with a measure, a pre-check that was asked for, and an accountability."""
    steps = cases_of(world)
    case = steps.investigating()
    done(steps.clerk, f"/clues/cases/{case}/request_measure_in_case", asked("query"))
    verification = steps.brought("record_study")
    assert steps.report_on(verification, "handle", eight_point=True).status == 200
    assert steps.decide(verification, steps.head).status == 200
    assert steps.ask_on_verification(verification).status == 200
    done(steps.clerk, "/clues/accountability/register_accountability", FOUND)
    world.pump()
    return []


def everything(world: World) -> list[Any]:
    """Items of every kind, on their way and at their end, that most people may know of; tells those of a round."""
    steps = clues_of(world)
    bring(world, "closed")
    bring(world, "judged", paper=letter(summary="另一封反映考勤的信"))
    register(world, letter(summary="一封未分类的信", class_code=None))
    steps.closed(steps.clue(summary="一封成为线索的信"))
    steps.propose(steps.clue(summary="一封等待批准的信"))
    cases_and_measures(world)
    proposals(world)
    chosen = RoundItems(world).fill().chosen
    world.pump()
    return [chosen]


def proposals(world: World) -> None:
    """Something for each administrator, for the archivist and for the leader."""
    post: Mapping[str, object] = {
        "person_id": "p-xc1",
        "role": "inspection_office",
        "office_id": "ags",
        "valid_from": "2026-03-02",
    }
    done(world.as_("sys"), "/archive/assignments/assign_post", post)
    value: Mapping[str, object] = {"clause": "LZ-12.1", "name": "forward_within", "amount": 5, "unit": "working_day",
             "effective_from": "2026-04-01", "citation": "示例区纪委监委通知"}  # fmt: skip
    done(world.as_("da1"), "/archive/interpretations/publish_value", value)
    sheet: Mapping[str, object] = {"round_id": "2026-1", "clue_no": "7", "unit_id": "edu", "office_id": "pz1",
             "subject_ids": ["p-edu-sec"], "handed_on": "2026-03-02", "summary": "巡察发现的问题"}  # fmt: skip
    done(
        world.as_("xc1"),
        "/inspection/handovers/hand_over_clue",
        sheet,
        "transfer_approval_form",
        "handover_sheet",
    )


def done(client: Client, path: str, paper: Mapping[str, object], *documents: str) -> Any:
    service = path.split("/")[1]
    attached = [{"kind": kind, "id": client.upload(service)} for kind in documents]
    answer = client.act(path, paper, attachments=attached)
    assert answer.status in (200, 201), answer.body
    return answer.body


def days_pass(world: World, *days: int) -> None:
    """So many days of March, with all that the clock brings."""
    for day in days:
        world.on(2026, 3, day)
        world.pump()
