"""What every act of clues must declare, whatever it does."""

from __future__ import annotations

import pytest

from contracts.clause import catalogue
from contracts.events.clues import ClueRegistered, ClueStatusChanged
from services.chassis.act import Act
from services.clues.definition import CLUES
from services.clues.domain.disposition import DISPOSITION_ZH, OUTCOME_ZH, Disposition, Outcome
from services.clues.storage import Clue

AnyAct = Act[Clue, object]  # type: ignore[type-var]


@pytest.mark.parametrize("act", CLUES.acts, ids=lambda act: act.name)
def test_every_change_of_state_is_handed_on_and_carries_the_ledgers_clauses(act: AnyAct) -> None:
    handed_on = [hand.event for hand in act.hands_on]
    if act.creates:
        assert ClueRegistered in handed_on
    elif act.becomes:
        assert ClueStatusChanged in handed_on
        assert {"LZ-12.25", "LZ-12.27"} <= set(act.clauses)
    else:
        assert ClueStatusChanged not in handed_on


@pytest.mark.parametrize("act", CLUES.acts, ids=lambda act: act.name)
def test_every_act_stands_on_clauses_and_states_that_exist(act: AnyAct) -> None:
    assert all(catalogue().clause(clause) for clause in act.clauses)
    assert {*act.when, *act.otherwise, *filter(None, [act.becomes])} <= set(Clue.STATES)
    assert not set(act.when) & set(act.otherwise)
    for opens in act.opens:
        assert catalogue().values(opens.clause)


def test_every_state_but_the_last_ones_can_be_left() -> None:
    left = {state for act in CLUES.acts if act.becomes for state in act.when}
    assert set(Clue.STATES) - left == {"closed", "submitted"}


def test_every_code_has_its_chinese_name() -> None:
    assert set(DISPOSITION_ZH) == set(Disposition)
    assert set(OUTCOME_ZH) == set(Outcome)
