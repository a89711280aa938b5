"""What every kind and act of inspection must declare, whatever it does."""

from __future__ import annotations

from enum import EnumMeta
from typing import Any

import pytest

from contracts.clause import catalogue
from services.chassis.access import anyone
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.chassis.subject import SubjectColumns
from services.inspection.acts.authority import ENDS, personal_relations
from services.inspection.acts.handing_over import for_signers
from services.inspection.acts.posts import STAFF
from services.inspection.acts.readers import OF_A_UNIT
from services.inspection.definition import INSPECTION
from services.inspection.domain import codes, entry_codes, field_codes, result_codes
from services.inspection.reading import pledged
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_conduct import ConductAssessment
from services.inspection.storage_round import Avoidance, Cadre, Round, Team
from services.inspection.storage_unit import Asset, Engagement, KeyTalk, Release, Session

AnyAct = Act[Any, Any]
ACTS = {(act.on, act.name): act for act in INSPECTION.acts}
READ_WITHOUT_A_PLEDGE = {Team, Cadre, Release, ConductAssessment, Rectification}
"""Of what a team has: itself (there the pledge is signed), the roster's line, what is for the press; and of what is
said of a team, what no team reads; and what the unit does after the team has left."""
MOVED_BY_THEIR_EFFECT: dict[type[SubjectColumns], set[str]] = {
    Round: {
        "assignment_plan_approved",  # when work plan and authorisation are both approved
        *("fieldwork", "withdrawn", "reports_submitted"),  # with the last of its teams
        *("leading_group_heard", "results_finalised"),  # when both reports have come as far
        *(
            "results_reported",
            "feedback_delivered",
            "rectifying",
        ),  # with the last of its teams; when the county committee was told
    },
    Team: {
        "approved",
        "authorised",
        "on_site",
        "withdrawn",
        "reports_submitted",
        "reports_reviewed",
        "leading_group_heard",
    },
    Cadre: {"active"},
}
"""States that acts leave by what they do to the item, from a state that `becomes` does not tell."""


@pytest.mark.parametrize("act", INSPECTION.acts, ids=lambda act: f"{act.on.KIND}.{act.name}")
def test_every_act_stands_on_clauses_and_states_that_exist(act: AnyAct) -> None:
    assert set(act.clauses) <= set(catalogue().clauses)
    assert {*act.when, *act.otherwise, *filter(None, [act.becomes])} <= set(act.on.STATES)
    assert not set(act.when) & set(act.otherwise)
    for opens in act.opens:
        assert catalogue().values(opens.clause)


@pytest.mark.parametrize("act", INSPECTION.acts, ids=lambda act: f"{act.on.KIND}.{act.name}")
def test_what_comes_first_is_an_act_on_the_same_item_that_leaves_a_paper(act: AnyAct) -> None:
    """By its papers it is known that an act was done."""
    for first in act.after:
        assert ACTS[act.on, first.act].keeps_paper
        assert first.clause in catalogue().clauses
    assert act.keeps_paper or not act.once


@pytest.mark.parametrize("act", INSPECTION.acts, ids=lambda act: f"{act.on.KIND}.{act.name}")
def test_who_warns_or_fills_does_so_on_a_kind_whose_gaps_are_proven(act: AnyAct) -> None:
    assert act.on.HAS_GAPS or not (act.warns or act.fills)
    warned = {warns.clause for one in INSPECTION.acts if one.on is act.on for warns in one.warns}
    assert {fills.clause for fills in act.fills} <= warned


@pytest.mark.parametrize("act", INSPECTION.acts, ids=lambda act: f"{act.on.KIND}.{act.name}")
def test_no_act_is_for_whoever_has_a_post_at_all(act: AnyAct) -> None:
    assert all(rule.roles or rule.relations for rule in act.by)


@pytest.mark.parametrize("kind", INSPECTION.kinds, ids=lambda kind: kind.path)
def test_what_a_team_keeps_is_read_with_a_pledge(kind: Kind) -> None:
    of_a_team = {"team_id", "engagement_id"} & set(kind.model.__mapper__.column_attrs.keys())
    if of_a_team and kind.model not in READ_WITHOUT_A_PLEDGE:
        assert kind.before_reading in (pledged, for_signers)  # the second asks for more


@pytest.mark.parametrize("kind", INSPECTION.kinds, ids=lambda kind: kind.path)
def test_what_is_written_of_a_unit_follows_who_works_on_it(kind: Kind) -> None:
    columns = set(kind.model.__mapper__.column_attrs.keys())
    if "engagement_id" in columns and anyone(STAFF) in kind.knows.ordinary:
        assert kind.model in {act.on for act in OF_A_UNIT}


@pytest.mark.parametrize("kind", INSPECTION.kinds, ids=lambda kind: kind.path)
def test_what_somebody_of_a_team_knows_ends_with_the_round(kind: Kind) -> None:
    columns = set(kind.model.__mapper__.column_attrs.keys())
    if {"team_id", "engagement_id"} & columns and personal_relations(kind.knows):
        assert kind.model in {act.on for act in ENDS} | {Engagement, Team, Cadre}


def test_every_state_of_a_round_and_its_items_but_the_last_ones_can_be_left() -> None:
    last: dict[type[SubjectColumns], set[str]] = {
        Round: {"closed"},
        Team: {"dissolved", "constituted"},
        Cadre: {"unfit", "released"},
        Avoidance: {"decided"},
        Session: {"held"},
        Asset: {"returned"},
        KeyTalk: {"held"},
        Release: {"published"},
    }
    for model, ends in last.items():
        acts = [act for act in INSPECTION.acts if act.on is model]
        left = {state for act in acts if act.becomes for state in act.when if state != act.becomes}
        left |= MOVED_BY_THEIR_EFFECT.get(model, set())
        assert set(model.STATES) - left <= ends, model


@pytest.mark.parametrize(
    "module", [codes, entry_codes, field_codes, result_codes], ids=lambda module: module.__name__
)
def test_every_code_has_its_chinese_name(module: Any) -> None:
    enumerations: dict[str, set[Any]] = {
        name: set(one)
        for name, one in vars(module).items()
        if isinstance(one, EnumMeta) and one.__module__ == module.__name__
    }
    tables = [table for name, table in vars(module).items() if name.endswith("_ZH")]
    assert enumerations
    for name, one in enumerations.items():
        assert any(set(table) == one for table in tables), name
