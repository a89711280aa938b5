"""The county mobilisation meeting, and with it the teams' mandates (XC-1.3c, XC-2.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rounds import MobilisationHeld, TeamAuthorised
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.act import Act, After, Document, Fills, HandOn, NoPaper, Opens, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, ids_in, not_in_the_future
from services.inspection.papers.round import (
    CommitteeApproval,
    MakeUpStudy,
    MobilisationMinutes,
    MobilisationSchedule,
)
from services.inspection.storage_round import Round, Team

Holding = Performance[Round, MobilisationMinutes]
BEFORE_THE_MEETING = ("assignment_plan_approved", "plans_approved", "staffed")
HEAD, STANDING_DEPUTY = "leading_group_head", "standing_deputy_head"


def note_approval(p: Performance[Round, CommitteeApproval]) -> None:
    p.subject.committee_approved_on = p.paper.approved_on


RECORD_COMMITTEE_APPROVAL = Act(
    name="record_committee_approval",
    zh="登记县委批准",
    en="Record the county committee's approval",
    clauses=("XC-2.1a",),
    on=Round,
    by=OFFICE,
    paper=CommitteeApproval,
    when=BEFORE_THE_MEETING,
    documents=(Document("committee_approval", "县委批准件(扫描)", "XC-2.1a"),),
    once=True,
    guards=(not_in_the_future("approved_on"),),
    effect=note_approval,
)


def decision_is_approved(p: Performance[Round, MobilisationSchedule]) -> None:
    if p.paper.decision_on_agenda and p.subject.decision_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="decision_on_agenda", clauses=("XC-1.3b",))


SCHEDULE_MOBILISATION = Act(
    name="schedule_mobilisation",
    zh="确定动员部署会",
    en="Confirm the mobilisation meeting",
    clauses=("XC-2.1a", "XC-1.3b"),
    on=Round,
    by=OFFICE,
    paper=MobilisationSchedule,
    when=BEFORE_THE_MEETING,
    after=(After("record_committee_approval", "XC-2.1a", RefusalCode.APPROVAL_REQUIRED),),
    guards=(decision_is_approved,),
)


def posts_of(p: Holding, role: str) -> set[str]:
    return set(holders(p.session, role, p.paper.held_on))


def leading_group_is_there(p: Holding) -> None:
    """The head, or the standing deputy whom the head entrusted."""
    present = set(p.paper.attendee_ids)
    if present & posts_of(p, HEAD):
        return
    if not (p.paper.delegated and present & posts_of(p, STANDING_DEPUTY)):
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="attendee_ids", clauses=("XC-2.1b",))


def speaks_who_may(p: Holding) -> None:
    """The head; if absent the standing deputy, entrusted; nobody else."""
    head_is_there = bool(set(p.paper.attendee_ids) & posts_of(p, HEAD))
    may = posts_of(p, HEAD) if head_is_there else posts_of(p, STANDING_DEPUTY)
    if p.paper.speaker_id not in may:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="speaker_id", clauses=("XC-2.1e",))


def agenda_is_complete(p: Holding) -> None:
    if not p.paper.decision_announced:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="decision_announced", clauses=("XC-2.1d",))
    if not p.paper.remarks_digest and not p.paper.first_round:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="remarks_digest", clauses=("XC-2.1d",))


def members_absent(p: Holding) -> set[str]:
    return posts_of(p, "leading_group") - set(p.paper.attendee_ids)


def teams_of(p: Performance[Round, Any]) -> list[Team]:
    query = select(Team).where(Team.round_id == p.subject.id).order_by(Team.team_no)
    return list(p.session.scalars(query.with_for_update()))


def others_absent(p: Holding) -> set[str]:
    """Team members and office staff who were not there, and sections of which nobody was."""
    expected = {one for team in teams_of(p) for one in ids_in(team.staff_ids)}
    expected |= set(holders(p.session, "inspection_office", p.paper.held_on, p.subject.office_id))
    sections = {"dc_section", "od_section"} - {one.value for one in p.paper.sections}
    return (expected - set(p.paper.attendee_ids)) | sections


def announce(p: Holding) -> None:
    p.subject.mobilised_on = p.paper.held_on
    for team in teams_of(p):
        perform_as_service(p.work, AUTHORISE_TEAM, NoPaper(), team)


HOLD_MOBILISATION = Act(
    name="hold_mobilisation",
    zh="登记动员部署会",
    en="Record the mobilisation meeting",
    clauses=("XC-1.3c", "XC-2.1b", "XC-2.1c", "XC-2.1d", "XC-2.1e"),
    on=Round,
    by=OFFICE,
    paper=MobilisationMinutes,
    when=("staffed",),
    becomes="mobilised",
    after=(After("schedule_mobilisation", "XC-2.1a", RefusalCode.APPROVAL_REQUIRED),),
    guards=(
        not_in_the_future("held_on"),
        leading_group_is_there,
        agenda_is_complete,
        speaks_who_may,
    ),
    effect=announce,
    warns=(Warns("XC-2.1b", members_absent), Warns("XC-2.1c", others_absent)),
    hands_on=(
        HandOn(
            MobilisationHeld,
            lambda p: MobilisationHeld(
                round_id=p.subject.id, held_on=p.paper.held_on, speaker=p.paper.speaker_id
            ),
        ),
    ),
)


def give_mandate(p: Performance[Team, NoPaper]) -> None:
    """Everybody of it is told to declare what they have to avoid, on this very day (XC-2.3a)."""
    of = p.session.get_one(Round, p.subject.round_id)
    p.subject.authorised_on = of.mobilised_on
    for person in ids_in(p.subject.staff_ids):
        p.tell("avoidance_to_declare", "XC-2.3a", to_person=person)


AUTHORISE_TEAM = Act(
    name="authorise_team",
    zh="宣布授权",
    en="The team's authorisation is announced",
    clauses=("XC-1.3c",),
    on=Team,
    by=(),
    paper=NoPaper,
    when=("approved",),
    becomes="authorised",
    effect=give_mandate,
    opens=(
        Opens("XC-3.1a", "act_within", "inspection_team", lambda p: p.subject.authorised_on,
              owed_person=lambda p: p.subject.leader_id),
        Opens("XC-3.2a", "act_within", "inspection_team", lambda p: p.subject.authorised_on,
              owed_person=lambda p: p.subject.leader_id),
    ),
    hands_on=(
        HandOn(
            TeamAuthorised,
            lambda p: TeamAuthorised(
                round_id=p.subject.round_id,
                team_id=p.subject.id,
                leader_id=p.subject.leader_id,
                units=tuple(ids_in(p.subject.unit_ids)),
                announced_on=p.subject.authorised_on,
            ),
        ),
    ),
)  # fmt: skip

RECORD_MAKE_UP_STUDY = Act(
    name="record_make_up_study",
    zh="登记补学",
    en="Record make-up study of who was absent",
    clauses=("XC-2.1c",),
    on=Round,
    by=OFFICE,
    paper=MakeUpStudy,
    when=("mobilised", "fieldwork"),
    anytime=True,
    guards=(not_in_the_future("studied_on"),),
    fills=(Fills("XC-2.1c", lambda p: p.paper.person_ids),),
)
ACTS = (
    RECORD_COMMITTEE_APPROVAL,
    SCHEDULE_MOBILISATION,
    HOLD_MOBILISATION,
    AUTHORISE_TEAM,
    RECORD_MAKE_UP_STUDY,
)
