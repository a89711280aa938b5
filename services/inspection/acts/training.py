"""Study and training of a team before it enters, and security education (XC-2.4, XC-2.5, XC-3.3a)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, TEAM_HEADS, ids_in, not_in_the_future
from services.inspection.domain.codes import Consulted, Training
from services.inspection.papers.people import TrainingClosing, TrainingRecord
from services.inspection.storage_round import Team

Recording = Performance[Team, TrainingRecord]
OFFICES_OWN = (Training.CENTRAL, Training.LECTURE)
TRAINED = ("authorised", "constituted")


def held_by_whom_it_is_theirs(p: Recording) -> None:
    """Joint study and lectures are the office's to organise, the rest the team's."""
    of_office = OFFICE[0].has_role(p.work.actor)
    if of_office != (p.paper.kind_code in OFFICES_OWN):
        clause = "XC-2.4a" if p.paper.kind_code in OFFICES_OWN else "XC-2.5a"
        raise p.refuse(RefusalCode.WRONG_ROLE, field="kind_code", clauses=(clause,))


def is_of_the_team(p: Recording) -> None:
    if not set(p.paper.attendee_ids) <= set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="attendee_ids")


def says_by_whom_and_for_which_unit(p: Recording) -> None:
    if p.paper.kind_code is Training.LECTURE and p.paper.lecturer_office is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="lecturer_office", clauses=("XC-2.4b",))
    if p.paper.kind_code is not Training.TAILORED:
        return
    if not p.paper.unit_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="unit_id", clauses=("XC-2.5b",))
    if p.paper.unit_id not in ids_in(p.subject.unit_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id", clauses=("XC-2.5b",))


def _add(p: Recording, column: str, ids: tuple[str, ...]) -> None:
    before = ids_in(getattr(p.subject, column))
    setattr(p.subject, column, listed_ids(dict.fromkeys([*before, *ids])))


def keep_training(p: Recording) -> None:
    paper, team = p.paper, p.subject
    if paper.kind_code is Training.CENTRAL:
        _add(p, "studied_ids", paper.attendee_ids)
    elif paper.kind_code is Training.SECURITY:
        _add(p, "secured_ids", paper.attendee_ids)
    elif paper.kind_code is Training.LECTURE and paper.lecturer_office is not None:
        _add(p, "lecturers", (paper.lecturer_office.value,))
    elif paper.kind_code is Training.TAILORED:
        _add(p, "trained_unit_ids", (paper.unit_id,))
    else:
        team.team_study_on = paper.held_on
    p.facts |= {"training": paper.kind_code.value, "attendees": len(set(paper.attendee_ids))}


RECORD_TRAINING = Act(
    name="record_training",
    zh="登记学习培训",
    en="Record study or training",
    clauses=("XC-2.4a", "XC-2.4b", "XC-2.5a", "XC-2.5b", "XC-3.3a"),
    on=Team,
    by=(*OFFICE, *TEAM_HEADS),
    paper=TrainingRecord,
    when=TRAINED,
    anytime=True,
    guards=(
        not_in_the_future("held_on"),
        held_by_whom_it_is_theirs,
        is_of_the_team,
        says_by_whom_and_for_which_unit,
    ),
    effect=keep_training,
)


def without_joint_study(p: Performance[Team, Any]) -> set[str]:
    return set(ids_in(p.subject.staff_ids)) - set(ids_in(p.subject.studied_ids))


def lecturers_missing(p: Performance[Team, Any]) -> set[str]:
    return {one.value for one in Consulted} - set(ids_in(p.subject.lecturers))


def without_team_study(p: Performance[Team, Any]) -> tuple[str, ...]:
    return () if p.subject.team_study_on else ("",)


def units_not_trained_for(p: Performance[Team, Any]) -> set[str]:
    return set(ids_in(p.subject.unit_ids)) - set(ids_in(p.subject.trained_unit_ids))


CLOSE_TRAINING = Act(
    name="close_training",
    zh="结束培训",
    en="Close the training",
    clauses=("XC-2.4a", "XC-2.4b", "XC-2.5a", "XC-2.5b"),
    on=Team,
    by=OFFICE,
    paper=TrainingClosing,
    when=TRAINED,
    warns=(
        Warns("XC-2.4a", without_joint_study),
        Warns("XC-2.4b", lecturers_missing),
        Warns("XC-2.5a", without_team_study),
        Warns("XC-2.5b", units_not_trained_for),
    ),
)
ACTS = (RECORD_TRAINING, CLOSE_TRAINING)
