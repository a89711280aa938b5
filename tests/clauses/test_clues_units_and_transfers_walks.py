"""Random walks through the work with units and through transferred clues never reach what a guard forbids.

The machines are written from the rows (LZ-12.23, LZ-21.7, LZ-21.8, XC-37.4d, XC-26.0d): in whatever order, by whomever
it is tried, what is accepted is what they allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clauses.clues_steps import done
from tests.clauses.transfer_steps import REGISTER, TransferWorld
from tests.clauses.unit_org_steps import BOTH, CASES, CHECKS, OPINIONS, UnitOrgWorld, holder, with_posts
from tests.world import Client

WALKS = settings().max_examples // 5
QUIETLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
HANDLERS, LEADERS = ("clerk1", "deputy1", "head1"), ("deputy1", "head1")
ABOVE = ("jd1", "ags1")
UNIT, OTHER_UNIT = "edu-org", "hou-org"


@dataclass(frozen=True)
class Move:
    """Who may, from where, to where. `papers`: those that are accepted, and those that are not."""

    who: tuple[str, ...]
    before: tuple[str, ...]
    after: str
    accepted: tuple[dict[str, Any], ...]
    refused: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Machine:
    """A kind's moves, who knows of its items, and where one starts."""

    place: str
    moves: dict[str, Move]
    knows: tuple[str, ...]
    start: str


REPORTS = Machine(
    CASES,
    {
        "report_enforcement_case": Move(
            HANDLERS,
            ("known",),
            "reported",
            ({"recipient_roles": BOTH},),
            ({"recipient_roles": BOTH[:1]}, {"recipient_roles": [*BOTH, "petition_office"]}, {}),
        )
    },
    (*HANDLERS, *ABOVE),
    "known",
)
ANSWERS = Machine(
    CHECKS,
    {"answer_unit_org_check": Move((UNIT,), ("answer_due",), "done", ({"answer": "已整改"},), ({},))},
    (*HANDLERS, *ABOVE, UNIT),
    "answer_due",
)
CONSULTATIONS = Machine(
    OPINIONS,
    {
        "give_unit_org_opinion": Move(
            LEADERS,
            ("asked",),
            "given",
            ({"opinion_code": "agreed"}, {"opinion_code": "opposed", "opinion": "事实不清"}),
            ({"opinion_code": "opposed"}, {"opinion_code": "agreed", "given_on": "2026-03-03"}),
        ),
        "record_unit_org_handling": Move(
            (UNIT,),
            ("given",),
            "handled",
            ({"handled_on": "2026-03-02", "handling": "批评教育"},),
            ({"handled_on": "2026-03-01", "handling": "批评教育"}, {"handled_on": "2026-03-02"}),
        ),
    },
    (*LEADERS, *ABOVE, UNIT),
    "asked",
)
OPEN = ("registered", "handling")


def transfers(route: str) -> Machine:
    """A clue that the receiver handles itself; only one that was to be investigated at once is made public."""
    published: dict[str, Any] = {"publicised_on": "2026-03-02", "channels": ["website"]}
    may = ("concluded",) if route == "investigate_now" else ()
    return Machine(
        REGISTER,
        {
            "report_transfer_progress": Move(
                ("ags1",), OPEN, "handling", ({"stage": "review"},), ({"stage": "closed"},)
            ),
            "conclude_transferred_clue": Move(
                ("ags1",), OPEN, "concluded", ({"result_code": "educated", "result": "情况"},), ({},)
            ),
            "publicise_case": Move(
                ("ags1",), may, "publicised", (published,), (published | {"publicised_on": "2026-03-03"},)
            ),
        },
        ("ags1",),
        "registered",
    )


def walk(
    client: Callable[[str], Client], machine: Machine, item: str, reader: str, data: st.DataObject
) -> None:
    """Try anything, mostly what may succeed; a stranger's answer is that of an unknown id, always."""
    state = machine.start
    place = f"{machine.place}/{item}"
    for _ in range(data.draw(st.integers(2, 12), label="steps")):
        fitting = [name for name, move in machine.moves.items() if state in move.before]
        act = data.draw(st.sampled_from([*fitting * 3, *machine.moves]), label="act")
        move = machine.moves[act]
        account = data.draw(
            st.sampled_from([*move.who * 3, *machine.knows, "clerk2", "head2", "xf1", OTHER_UNIT]), label="by"
        )
        paper = data.draw(st.sampled_from([*move.accepted * 2, *move.refused]), label="paper")
        version = client(reader).get(place).body["version"]
        answer = client(account).act(f"{place}/{act}", paper, version=version)
        allowed = account in move.who and state in move.before and paper in move.accepted
        assert (answer.status < 400) is allowed, (act, account, state, answer.body)
        assert answer.status < 500
        assert (answer.status == 404) is (account not in machine.knows), (act, account, answer.body)
        state = move.after if allowed else state
        assert client(reader).get(place).body["state"] == state
    event(f"ends {state}")


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOrgWorld]:
    """All walks start in one world, each with an item of its own."""
    steps = UnitOrgWorld(tmp_path_factory.mktemp("walks"))
    yield steps
    steps.world.close()


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TransferWorld]:
    steps = TransferWorld(tmp_path_factory.mktemp("transfers"), services=("inspection", "clues"))
    with_posts(steps.world, (OTHER_UNIT, "unit_discipline_org", "", "hou"))
    yield steps
    steps.world.close()


def of(steps: UnitOrgWorld | TransferWorld) -> Callable[[str], Client]:
    return lambda account: (
        holder(steps.world, account) if account in (UNIT, OTHER_UNIT) else steps.world.as_(account)
    )


@settings(max_examples=WALKS, suppress_health_check=QUIETLY)
@given(data=st.data())
def test_no_walk_through_the_work_with_units_reaches_what_a_guard_forbids(
    units: UnitOrgWorld, data: st.DataObject
) -> None:
    machine, begin = data.draw(
        st.sampled_from([(REPORTS, units.learned), (ANSWERS, units.check), (CONSULTATIONS, units.ask)]),
        label="machine",
    )
    walk(of(units), machine, str(done(begin()).body["id"]), "head1", data)


@settings(max_examples=WALKS, suppress_health_check=QUIETLY)
@given(data=st.data())
def test_no_walk_through_a_transferred_clue_reaches_what_a_guard_forbids(
    inspected: TransferWorld, data: st.DataObject
) -> None:
    route = data.draw(st.sampled_from(["final", "rectify_now", "investigate_now"]), label="route")
    number = len(inspected.inspection.get("/inspection/clue-transfers", limit="200").body["items"])
    entry = inspected.transferred(route, found_no=f"W-{number}")
    walk(of(inspected), transfers(route), str(entry["id"]), "ags1", data)


def test_the_machines_know_every_act(units: UnitOrgWorld) -> None:
    acts = units.clerk.get("/clues/acts").body["acts"]
    for kind, machine, beside in (
        ("enforcement_case", REPORTS, set()),
        ("unit_org_check", ANSWERS, set()),
        ("unit_org_opinion", CONSULTATIONS, set()),
        ("transferred_clue", transfers("final"), {"assign_transferred_clue"}),
    ):
        named = {act["name"] for act in acts if act["kind"] == kind and not act["creates"]}
        assert named == set(machine.moves) | beside
