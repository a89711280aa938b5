"""Random walks over an approval form and its hand-over: everybody tries everything, and the model says what may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clauses.test_inspection_transfer_forms import APPOINTMENT, SHEET, HandingWorld, filled
from tests.clauses.unit_org_steps import holder

WALKS = max(settings().max_examples // 4, 4)
PARTIES = {
    "zu1": "team", "zu3": "team", "xc1": "office", "xcd": "office", "ags1": "cases", "gbk1": "cadres",
}  # fmt: skip
FROM_THE_START = {"zu1", "zu3", "xc1", "xcd", "xz1", "xz2"}
SIGNERS: tuple[set[str], ...] = ({"zu1"}, {"xcd"}, {"xz1", "xz2"})
STRANGERS = ("zu2", "zu4", "xz3", "edu-head", "head1")
ACCOUNTS = (*sorted(FROM_THE_START), "ags1", "gbk1", *STRANGERS)
ACTS: dict[str, dict[str, Any]] = {
    "submit_transfer_form": {},
    "arrange_handover": APPOINTMENT,
    "sign_handover_sheet": {"confirmed": True},
    "complete_handover": SHEET,
}


@dataclass
class Form:
    """What the text says of a form: `step` of the signatures it waits for, or none."""

    state: str = "filled"
    step: int | None = None
    signed: set[str] = field(default_factory=set)

    def knows(self, who: str) -> bool:
        return who in FROM_THE_START or (who in ("ags1", "gbk1") and self.state != "filled")

    def allows(self, who: str, act: str) -> bool:
        if act == "submit_transfer_form":
            return self.state == "filled" and self.step is None and who in ("zu1", "zu3")
        if act == "arrange_handover":
            return self.state == "approved" and who in ("xc1", "xcd")
        if self.state != "arranged":
            return False
        if act == "sign_handover_sheet":
            return who in PARTIES and PARTIES[who] not in self.signed
        return who in ("xc1", "xcd") and self.signed == set(PARTIES.values())

    def take(self, who: str, act: str) -> None:
        if act == "submit_transfer_form":
            self.step = 0
        elif act == "sign_handover_sheet":
            self.signed.add(PARTIES[who])
        else:
            self.state = {"arrange_handover": "arranged", "complete_handover": "handed_over"}[act]

    def decided(self, *, approve: bool) -> None:
        self.step = (self.step or 0) + 1 if approve else None
        if self.step == len(SIGNERS):
            self.step, self.state = None, "approved"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("handing")


@settings(
    max_examples=WALKS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(data=st.data())
def test_no_walk_over_a_form_passes_a_signature(folder: Path, data: st.DataObject) -> None:
    w, model = HandingWorld(folder / uuid4().hex), Form()
    form = filled(w, w.result_at("secretary"))
    try:
        for _ in range(data.draw(st.integers(10, 30), label="steps")):
            one_step(w, form, model, data)
            assert w.item(form)["state"] == model.state
        assert len(w.events("clue_transferred")) == (1 if model.state == "handed_over" else 0)
    finally:
        w.world.close()


def one_step(w: HandingWorld, form: str, model: Form, data: st.DataObject) -> None:
    fitting = [(who, act) for who in ACCOUNTS for act in ACTS if model.allows(who, act)]
    anything = st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(sorted(ACTS)))
    choices = [st.sampled_from(fitting)] * 3 if fitting else []
    deciding = model.step is not None and data.draw(st.booleans(), label="decide")
    if deciding:
        who = data.draw(st.sampled_from([*sorted(SIGNERS[model.step or 0]) * 4, *ACCOUNTS]), label="by")
        approve = data.draw(st.sampled_from([True, True, True, False]), label="approve")
        allowed = who in SIGNERS[model.step or 0]
        answer = w.decide(form, holder_of(w, who), approve=approve, reason="请修改")
        if allowed:
            model.decided(approve=approve)
    else:
        who, act = data.draw(st.one_of(*choices, anything), label="what")
        allowed, known = model.allows(who, act), model.knows(who)
        version = int(w.item(form)["version"])
        answer = holder_of(w, who).act(f"{form}/{act}", ACTS[act], version=version)
        assert (answer.status == 404) is not known, (who, act, answer.body)
        if allowed:
            model.take(who, act)
    assert (answer.status < 400) is allowed, (who, model, answer.body)
    assert answer.status < 500


def holder_of(w: HandingWorld, account: str) -> Any:
    return holder(w.world, account) if account == "gbk1" else w.world.as_(account)
