"""The leading group hears every team on its own, comments, and the office issues the minutes (step 31)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_results import LeadingGroupHeard, LeadingGroupMinutesIssued
from contracts.refusals import RefusalCode
from services.chassis.access import holders, listed_ids, visible
from services.chassis.act import Act, Fills, HandOn, Opens, Tells, Warns
from services.chassis.duties import meet_duties
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import ANY_OFFICE, OFFICE, ids_in, not_in_the_future, persons_known
from services.inspection.acts.stages import DIRECTOR, NOTE_UNIT, enter_stage, team_and_round_follow
from services.inspection.papers.reports import StageNote
from services.inspection.papers.results import (
    GroupMinutes,
    HearingRecord,
    HearingsClosed,
    LateReason,
    MinutesPart,
)
from services.inspection.storage_report import UnitReport
from services.inspection.storage_result import GroupHearing
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

Hearing = Performance[GroupHearing, HearingRecord]
NOT_YET = dict.fromkeys(("fieldwork", "withdrawn", "reports_submitted"), RefusalCode.PRECONDITION_NOT_MET)
HEAD = "leading_group_head"
DEPUTIES = ("standing_deputy_head", "leading_group_deputy")


def team_to_hear(p: Hearing) -> Team:
    """Locked; raises Refusal(UNKNOWN_REFERENCE) for one that the actor may not know of."""
    knows = p.work.runtime.kinds[Team.KIND].knows
    query = select(Team).where(Team.id == p.paper.team_id, visible(Team, p.work.actor, knows))
    team = p.session.scalars(query.with_for_update()).one_or_none()
    if team is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="team_id")
    return team


def its_reports_are_reviewed(p: Hearing) -> None:
    team = team_to_hear(p)
    if team.heard_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="team_id")
    if team.state != "reports_reviewed":
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="team_id", clauses=("XC-30.0a",))


def chaired_by_who_may(p: Hearing) -> None:
    """The head, or a deputy head whom the head entrusted (XC-31.1c)."""
    chair, day = p.paper.chair_id, p.paper.held_on
    if chair in holders(p.session, HEAD, day):
        return
    is_deputy = any(chair in holders(p.session, role, day) for role in DEPUTIES)
    if not (is_deputy and p.paper.delegated):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="chair_id", clauses=("XC-31.1c",))


def those_who_must_are_there(p: Hearing) -> None:
    """Chair and the office's lead; who else of the group came is on record (XC-31.2a)."""
    present = set(p.paper.attendee_ids)
    leads = set(holders(p.session, DIRECTOR, p.paper.held_on))
    if p.paper.chair_id not in present or not present & leads:
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="attendee_ids", clauses=("XC-31.2a",))
    persons_known(p, p.paper.attendee_ids, "attendee_ids")
    persons_known(p, p.paper.observer_ids, "observer_ids")


def its_leader_reports(p: Hearing) -> None:
    team = team_to_hear(p)
    if p.paper.reporter_id == team.leader_id:
        return
    if p.paper.reporter_id not in ids_in(team.deputy_ids) or not p.paper.reporter_reason:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="reporter_id", clauses=("XC-31.3a",))


def comments_are_on_its_units(p: Hearing) -> None:
    if {line.unit_id for line in p.paper.comments} - set(ids_in(team_to_hear(p).unit_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="comments.unit_id", clauses=("XC-31.3a",))


def heard(p: Hearing) -> GroupHearing:
    team, paper = team_to_hear(p), p.paper
    return GroupHearing(
        id=p.work.new_id(), no=team.no, state="heard", version=0, secrecy=RESTRICTED, office_id=team.office_id,
        unit_id="", registrar_id=p.work.actor.person_id, handler_id=p.work.actor.person_id, liaison_office_id="",
        addressee_id="", opened_on=paper.held_on, changed_at=p.work.now, round_id=team.round_id, team_id=team.id,
        staff_ids=team.staff_ids, held_on=paper.held_on, chair_id=paper.chair_id,
        observer_ids=listed_ids(dict.fromkeys(paper.observer_ids)),
        commented_units=listed_ids(dict.fromkeys(line.unit_id for line in paper.comments)),
    )  # fmt: skip


def the_team_was_heard(p: Hearing) -> None:
    """Team and units go on; a report with comments is to be revised, the others are final."""
    team, day = team_to_hear(p), p.paper.held_on
    noted = perform_as_service(p.work, NOTE_TEAM_HEARD, StageNote(stage="leading_group_heard", day=day), team)
    p.known["late"] = any(duty.late for duty in noted.met)
    units = select(Engagement).where(Engagement.team_id == team.id).with_for_update()
    for unit in p.session.scalars(units).all():
        enter_stage(p.work, NOTE_UNIT, unit, "leading_group_heard")
        report = p.session.scalars(
            select(UnitReport).where(UnitReport.engagement_id == unit.id).with_for_update()
        ).one()
        commented = unit.unit_id in ids_in(p.subject.commented_units)
        note = StageNote(stage="commented" if commented else "final", day=day)
        perform_as_service(p.work, NOTE_REPORT_HEARD, note, report)
    team_and_round_follow(p.work, unit)


def absent_or_out_of_place(p: Hearing) -> set[str]:
    """Members of the group who did not come, observers who may not sit in on this team's item."""
    group = set(holders(p.session, "leading_group", p.paper.held_on))
    return group - set(p.paper.attendee_ids) | observers_of_other_teams(p)


def observers_of_other_teams(p: Hearing) -> set[str]:
    """Deputies who sat in on another team's item, where the parameter keeps each to their own (off by default)."""
    own_only = value_in_force(p.session, "XC-31.2a", "observers_own_item_only", p.today)
    if not own_only.amount:
        return set()
    others = select(Team.deputy_ids).where(Team.round_id == p.subject.round_id, Team.id != p.subject.team_id)
    strangers = {one for listed in p.session.scalars(others) for one in ids_in(listed)}
    return strangers & set(p.paper.observer_ids)


HEAR_TEAM = Act(
    name="hear_team",
    zh="登记领导小组听取一个组的汇报",
    en="Record that the leading group heard a team",
    clauses=("XC-31.1a", "XC-31.1b", "XC-31.1c", "XC-31.2a", "XC-31.3a"),
    on=GroupHearing,
    by=ANY_OFFICE,
    paper=HearingRecord,
    new=heard,
    becomes="heard",
    guards=(
        not_in_the_future("held_on"),
        its_reports_are_reviewed,
        chaired_by_who_may,
        those_who_must_are_there,
        its_leader_reports,
        comments_are_on_its_units,
    ),
    effect=the_team_was_heard,
    warns=(
        Warns("XC-31.2a", absent_or_out_of_place),
        Warns("XC-31.1a", lambda p: ("",) if p.known["late"] and not p.paper.late_reason else ()),
    ),
    hands_on=(
        HandOn(
            LeadingGroupHeard,
            lambda p: LeadingGroupHeard(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                held_on=p.subject.held_on,
                chair=p.subject.chair_id,
            ),
        ),
    ),
)
GIVE_REASON = Act(
    name="give_late_reason",
    zh="说明未按期听取的原因",
    en="Say why the team was heard late",
    clauses=("XC-31.1a",),
    on=GroupHearing,
    by=OFFICE,
    paper=LateReason,
    anytime=True,
    fills=(Fills("XC-31.1a"),),
)


def note_hearing(p: Performance[Team, StageNote]) -> None:
    """The clock ends with the day of the meeting, not with the day of its record."""
    p.subject.heard_on = p.paper.day
    if p.paper.day is not None:
        p.met += meet_duties(p.work, p.subject, "XC-31.1a", at=noon_of(p.paper.day, p.work.now))


NOTE_TEAM_HEARD = Act(
    name="note_heard",
    zh="领导小组已听取",
    en="The leading group heard the team",
    clauses=("XC-31.1a", "XC-31.1b"),
    on=Team,
    by=(),
    paper=StageNote,
    when=("reports_reviewed",),
    effect=note_hearing,
    keeps_paper=False,
)


def note_comments(p: Performance[UnitReport, StageNote]) -> None:
    p.subject.heard_on, p.subject.state = p.paper.day, p.paper.stage


NOTE_REPORT_HEARD = Act(
    name="note_heard",
    zh="领导小组已听取",
    en="The leading group heard the report",
    clauses=("XC-31.3a",),
    on=UnitReport,
    by=(),
    paper=StageNote,
    when=("reviewed",),
    effect=note_comments,
    keeps_paper=False,
)


def every_team_was_heard(p: Performance[Round, Any]) -> None:
    """The teams that were not are named by their numbers."""
    unheard = select(Team.no).where(Team.round_id == p.subject.id, Team.heard_on.is_(None))
    if numbers := sorted(p.session.scalars(unheard)):
        refusal = p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-31.1b",))
        refusal.detail_zh = f"尚未听取:{'、'.join(numbers)}"
        refusal.detail_en = f"Not heard yet: {', '.join(numbers)}"
        raise refusal


CLOSE_HEARINGS = Act(
    name="close_hearings",
    zh="各组汇报听取完毕",
    en="Close the hearings",
    clauses=("XC-31.1b", "XC-32.2b"),
    on=Round,
    by=OFFICE,
    paper=HearingsClosed,
    when=("reports_reviewed",),
    otherwise=NOT_YET,
    becomes="leading_group_heard",
    guards=(every_team_was_heard,),
    opens=(
        Opens(
            "XC-32.2b",
            "act_within",
            DIRECTOR,
            lambda p: p.today,
            only_if=lambda p: p.subject.agenda_requested_on is None,
        ),
    ),
)


def names_teams_that_were_heard(p: Performance[Round, GroupMinutes]) -> None:
    known = select(GroupHearing.team_id).where(GroupHearing.round_id == p.subject.id)
    if {part.team_id for part in p.paper.parts} != set(p.session.scalars(known)):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="parts.team_id", clauses=("XC-31.4a",))


def hand_each_team_its_part(p: Performance[Round, GroupMinutes]) -> None:
    p.subject.minutes_issued_on = p.today
    for part in p.paper.parts:
        query = select(GroupHearing).where(GroupHearing.team_id == part.team_id).with_for_update()
        paper = MinutesPart(general_points=p.paper.general_points, opinions=part.opinions)
        perform_as_service(p.work, NOTE_MINUTES, paper, p.session.scalars(query).one())


ISSUE_MINUTES = Act(
    name="issue_group_minutes",
    zh="印发领导小组会议纪要",
    en="Issue the minutes of the leading group",
    clauses=("XC-31.4a",),
    on=Round,
    by=OFFICE,
    paper=GroupMinutes,
    when=("leading_group_heard", "results_finalised", "results_reported"),
    guards=(names_teams_that_were_heard,),
    once=True,
    effect=hand_each_team_its_part,
    fills=(Fills("XC-31.4a"),),
    hands_on=(
        HandOn(
            LeadingGroupMinutesIssued,
            lambda p: LeadingGroupMinutesIssued(
                round_id=p.subject.id, minutes_id=p.filed.id if p.filed else p.subject.id, issued_on=p.today
            ),
        ),
    ),
)


def leader_of(p: Performance[GroupHearing, Any]) -> str:
    return p.session.get_one(Team, p.subject.team_id).leader_id


NOTE_MINUTES = Act(
    name="note_minutes",
    zh="收到会议纪要(本组部分)",
    en="The team's part of the minutes",
    clauses=("XC-31.4a",),
    on=GroupHearing,
    by=(),
    paper=MinutesPart,
    when=("heard",),
    becomes="minutes_issued",
    tells=(Tells("", "group_minutes_issued", "XC-31.4a", person=leader_of),),
)


ACTS: tuple[AnyAct, ...] = (
    HEAR_TEAM,
    GIVE_REASON,
    NOTE_TEAM_HEARD,
    NOTE_REPORT_HEARD,
    CLOSE_HEARINGS,
    ISSUE_MINUTES,
    NOTE_MINUTES,
)
