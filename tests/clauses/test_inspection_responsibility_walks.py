"""Random walks through yearly hearings and special checks never reach what a guard forbids.

The model is written from the clauses: which post may take which step from which state. Whatever is tried in whatever
order, the product accepts exactly what the model allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clause_proof import proves
from tests.clauses.responsibility_steps import CONCLUSION, HEARING, REPORT, ResponsibilityWorld

WALKS = settings().max_examples // 2
OFFICE, UNIT = ("head1", "deputy1", "clerk1"), ("edu-head", "edu-clerk")
TRYING = (*OFFICE, *UNIT, "clerk3", "dfs1", "jd1")
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ResponsibilityWorld]:
    """All walks go on in one world, each with an item of its own."""
    made = ResponsibilityWorld(tmp_path_factory.mktemp("walks"))
    yield made
    made.world.close()


@dataclass
class Hearing:
    """What the model knows of a hearing."""

    state: str = "awaited"
    heard: bool = False
    signed: set[str] = field(default_factory=set)

    def allows(self, account: str, act: str) -> bool:
        if account not in OFFICE + UNIT or self.state == "held":
            return False
        if act.startswith("record"):
            return True
        if act == "sign":
            return self.state == "recorded" and account in {"head1", "edu-head"} - self.signed
        return self.state == "recorded" and len(self.signed) == 2 and self.heard

    def take(self, account: str, act: str) -> None:
        if act.startswith("record"):
            self.state, self.heard, self.signed = "recorded", act == "record", set()
        elif act == "sign":
            self.signed.add(account)
        else:
            self.state = "held"


NUMBERS = iter(range(10_000))
DOINGS = ("record", "record_members_only", "sign", "sign", "complete")


@proves("LZ-5.4", check=2)
@settings(max_examples=WALKS, suppress_health_check=QUIET, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(TRYING), st.sampled_from(DOINGS)), max_size=10))
def test_no_walk_completes_a_hearing_without_both_signatures(
    here: ResponsibilityWorld, steps: list[tuple[str, str]]
) -> None:
    unit = f"walk{next(NUMBERS)}"
    here.cover_like_edu(unit)
    item, model = here.hearing(unit_id=unit), Hearing()
    for account, doing in steps:
        client = here.of_unit(account, unit)
        paper = (HEARING | ({} if doing == "record" else {"next_level": []})) if "record" in doing else {}
        act = {"sign": "sign", "complete": "complete"}.get(doing, "record") + "_year_start_hearing"
        if paper:
            paper = paper | {"members": [{"person_id": f"p-{unit}-vice"}]}
        answer = here.do(item, act, paper, by=client)
        allowed = model.allows(account, doing)
        assert (answer.status == 200) == allowed, (account, doing, model, answer)
        if allowed:
            model.take(account, doing)
        assert here.item(item)["state"] == model.state
    event(model.state)


CHECK_STEPS = {
    "conclude_special_supervision": (OFFICE, "opened", "concluded"),
    "report_special_supervision": (("head1", "deputy1"), "concluded", "reported"),
    "forward_special_supervision": (("dfs1",), "reported", "forwarded"),
}
PAPERS = {
    "conclude_special_supervision": CONCLUSION,
    "report_special_supervision": REPORT,
    "forward_special_supervision": {"forwarded_on": "2026-03-02"},
}


@settings(max_examples=WALKS, suppress_health_check=QUIET, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(TRYING), st.sampled_from(sorted(CHECK_STEPS))), max_size=9))
def test_a_special_check_goes_nowhere_but_through_its_channel_to_the_commission(
    here: ResponsibilityWorld, steps: list[tuple[str, str]]
) -> None:
    item, state = here.special(), "opened"
    before = len(here.events("special_supervision_reported"))
    for account, act in steps:
        who, when, after = CHECK_STEPS[act]
        answer = here.do(item, act, PAPERS[act], by=here.world.as_(account))
        allowed = account in who and state == when
        assert (answer.status == 200) == allowed, (account, act, state, answer)
        state = after if allowed else state
        assert here.item(item)["state"] == state
        assert (here.leader.get(item).status == 200) == (state == "forwarded")
    reported = len(here.events("special_supervision_reported")) - before
    assert reported == (state in ("reported", "forwarded"))
    event(state)
