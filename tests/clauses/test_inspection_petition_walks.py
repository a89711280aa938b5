"""Random walks of a petition to a team never reach what a guard forbids (inspection-machines.yaml, petition).

The model is written from the machine and the clauses, not from the code.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clauses.petition_steps import HANDOVER, RECEIPT, clue_of, petition, slip
from tests.clauses.round_steps import RoundWorld
from tests.world import Answer, Client

WALKS = max(settings().max_examples // 4, 5)
LEDGER, RECEIVERS = ("zu1", "zu2", "zu3"), ("zu1", "zu3")
ACCOUNTS = (*LEDGER, "zu4", "xc1", "xcd", "edu-head", "sys")
NATURES = ("in_scope", "personal_or_litigation", "outside_both")
PASSED = {"department": "court", "sent_on": "2026-03-02"}
PAPERS = {
    "submit_important_petition": {"summary": "摘要", "proposed_handling": "意见"},
    "instruct:pursue": {"instruction": "pursue", "text": "了解"},
    "instruct:file": {"instruction": "file", "text": "存档"},
    "file_petition": {"reason": "无需了解"},
    "pass_to_department": PASSED,
}
STEPS = (*PAPERS, "open_clue")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RoundWorld, str]]:
    """All walks go on in one world, each with an item of its own."""
    w = RoundWorld(tmp_path_factory.mktemp("walks"))
    unit = w.unit_at("entered")
    yield w, unit
    w.world.close()


def next_state(account: str, step: str, state: str, nature: str, word: str, *, important: bool) -> str:
    """Where the machine leads; empty for nowhere."""
    ours = nature == "in_scope" or important
    free = state == "registered" and ours and not important
    instructed = state == "important_instructed"
    reached = {
        "submit_important_petition": account in LEDGER and state == "registered" and ours,
        "instruct:pursue": account == "zu1" and state == "important_submitted",
        "instruct:file": account == "zu1" and state == "important_submitted",
        "file_petition": account in RECEIVERS and (free or (instructed and word == "file")),
        "pass_to_department": account in RECEIVERS and state == "received_only",
        "open_clue": account in LEDGER and (free or (instructed and word == "pursue")),
    }
    leads = {
        "submit_important_petition": "important_submitted",
        "instruct:pursue": "important_instructed",
        "instruct:file": "important_instructed",
        "file_petition": "filed",
        "pass_to_department": "passed_to_department",
        "open_clue": "turned_into_clue",
    }
    return leads[step] if reached[step] else ""


def attempt(w: RoundWorld, unit: str, item: str, account: str, step: str) -> Answer:
    client = w.world.as_(account)
    if step == "open_clue":
        return clue_of(w, unit, item, by=client)
    act = "instruct_petition" if step.startswith("instruct") else step
    documents = ("department_receipt",) if step == "pass_to_department" else ()
    return w.do(item, act, PAPERS[step], by=client, documents=documents)


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    nature=st.sampled_from(NATURES),
    important=st.booleans(),
    steps=st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(STEPS)), max_size=9),
)
def test_a_petition_goes_only_where_its_class_and_the_leaders_word_lead(
    here: tuple[RoundWorld, str], *, nature: str, important: bool, steps: list[tuple[str, str]]
) -> None:
    w, unit = here
    item = petition(w, unit, nature=nature, important=important)
    personal = nature == "personal_or_litigation" and not important
    state, word = "received_only" if personal else "registered", ""
    for account, step in steps:
        answer = attempt(w, unit, item, account, step)
        reached = next_state(account, step, state, nature, word, important=important)
        assert (answer.status in (200, 201)) == bool(reached), (account, step, state, answer.body)
        state = reached or state
        word = step.partition(":")[2] if reached == "important_instructed" else word
        assert w.item(item, w.leader)["state"] == state
    event(state)


DELIVERY = {
    "register_direct_slip": ("filled", "registered", ("zu2",), {"registered_on": "2026-03-02"}),
    "hand_over_sealed": ("registered", "with_office", ("zu1", "zu2"), HANDOVER),
    "sign_for_direct_item": ("with_office", "delivered", ("xz1",), RECEIPT),
}


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("zu1", "zu2", "zu3", "xc1", "xz1", "xz2")), st.sampled_from(sorted(DELIVERY))
        ),
        max_size=9,
    )
)
def test_a_direct_item_reaches_its_addressee_registered_and_sealed_or_not_at_all(
    here: tuple[RoundWorld, str], steps: list[tuple[str, str]]
) -> None:
    w, unit = here
    item, state = slip(w, unit), "filled"
    told = len(w.events("petition_direct_delivered"))
    for account, step in steps:
        before, after, who, paper = DELIVERY[step]
        client: Client = w.world.as_(account)
        allowed = account in who and state == before
        assert (w.do(item, step, paper, by=client).status == 200) == allowed, (account, step, state)
        state = after if allowed else state
        assert w.item(item, w.leader)["state"] == state
    assert len(w.events("petition_direct_delivered")) - told == (state == "delivered")
    event(state)
