"""Random walks through talks and interviews never reach what a guard forbids (lifecycles.md, 1.12).

The model is written from the lifecycle and the clauses, not from the code: which post may take which step from which
state, with whom. Whatever is tried in whatever order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clauses.talk_steps import TALK, TalkWorld
from tests.clauses.test_inspection_formal_interviews import RECORD, REQUEST, planned

WALKS = settings().max_examples // 2
OFFICE = ("head1", "deputy1", "clerk1")
KNOWING = (*OFFICE, "jd1")
TALKERS = (*KNOWING, "edu-head", "edu-clerk", "head2", "leader")
STEPS = {
    "hold_talk": ("planned", "held"),
    "file_talk": ("held", "filed"),
    "call_off_talk": ("planned", "called_off"),
}
PAPERS = {"hold_talk": TALK, "file_talk": {}, "call_off_talk": {"reason": "改期"}}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TalkWorld]:
    """All walks go on in one world, each with an item of its own."""
    made = TalkWorld(tmp_path_factory.mktemp("walks"))
    made.year()
    yield made
    made.world.close()


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(steps=st.lists(st.tuples(st.sampled_from(TALKERS), st.sampled_from(sorted(STEPS))), max_size=7))
def test_a_talk_goes_nowhere_but_from_planned_to_held_to_filed(
    here: TalkWorld, steps: list[tuple[str, str]]
) -> None:
    item, state, held = here.planned(), "planned", len(here.events("integrity_talk_held"))
    for account, act in steps:
        documents = ("integrity_talk_record",) if act == "file_talk" else ()
        answer = here.do(item, act, PAPERS[act], by=here.world.as_(account), documents=documents)
        before, after = STEPS[act]
        allowed = account in OFFICE and state == before
        assert (answer.status == 200) == allowed, (account, act, state, answer)
        state = after if allowed else state
        assert here.item(item)["state"] == state
    counted = len(here.events("integrity_talk_held")) - held
    assert counted == (1 if state in ("held", "filed") else 0)
    event(state)


WHOM = {"p-edu-vice": True, "p-edu-sec": False}
"""Whether the commission's approval is asked for them (LZ-8.2)."""
DOINGS = ("ask", "approve", "return", "hold")
TRYING = ("head1", "clerk1", "leader", "jd1", "edu-head", "head2")


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    person=st.sampled_from(sorted(WHOM)),
    steps=st.lists(st.tuples(st.sampled_from(TRYING), st.sampled_from(DOINGS)), max_size=8),
)
def test_no_walk_holds_an_interview_that_the_commission_did_not_approve(
    here: TalkWorld, person: str, steps: list[tuple[str, str]]
) -> None:
    item, state, pending = planned(here, person_id=person), "planned", False
    for account, doing in steps:
        client = here.world.as_(account)
        handles = account in ("head1", "clerk1", "jd1")
        if doing in ("approve", "return"):
            if not pending:
                continue
            answer = client.decide(
                "inspection", "formal-interviews", item.rpartition("/")[2], approve=doing == "approve",
                reason="意见",
            )  # fmt: skip
            allowed = account == "leader"
            pending = not allowed
            state = "approved" if allowed and doing == "approve" else state
        elif doing == "ask":
            answer = here.do(item, "request_interview_approval", REQUEST, by=client)
            allowed = handles and state == "planned" and not pending
            pending = pending or allowed
        else:
            answer = here.do(item, "record_formal_interview", RECORD, by=client)
            free = state == "approved" or (state == "planned" and not WHOM[person])
            allowed = handles and free
            state, pending = ("held", False) if allowed else (state, pending)
        assert (answer.status == 200) == allowed, (account, doing, state, answer)
        assert here.item(item)["state"] == state
    event(f"{person} {state}")
