"""A team enters a unit: checklist, report material, site, the two meetings, the summary (steps 7 to 9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_entry import EntrySummaryReported, TeamEntered
from contracts.refusals import RefusalCode
from services.chassis.access import holders, listed_ids
from services.chassis.act import Act, After, HandOn, Opens, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryCoverage
from services.chassis.values import value_in_force
from services.inspection.acts.posts import (
    OFFICE,
    TEAM,
    TEAM_HEADS,
    TEAM_LEADER,
    ids_in,
    is_principal,
    leadership_of,
    not_in_the_future,
    team_of,
)
from services.inspection.acts.preparation import BEFORE_ENTRY, key_talk_missing
from services.inspection.domain.entry_codes import AUTHORITY_ATTENDS, MaterialKind, Observer
from services.inspection.domain.looking_back import left_within
from services.inspection.papers.entry import (
    EntryChecklist,
    EntryPreparation,
    EntrySummary,
    MaterialCheck,
    PrincipalMeeting,
    SiteSetup,
    UnitMeeting,
)
from services.inspection.papers.round import GroupingSheet
from services.inspection.storage_round import Round, Team
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]
Checking = Performance[Engagement, MaterialCheck]
Meeting = Performance[Engagement, UnitMeeting]


def open_items(p: Performance[Engagement, EntryChecklist]) -> None:
    p.facts |= {"open_items": sum(not line.done for line in p.paper.lines)}
    p.subject.open_items = sum(not line.done for line in p.paper.lines)


DELIVER_CHECKLIST = Act(
    name="deliver_checklist",
    zh="交付进驻准备清单",
    en="Hand over the entry checklist",
    clauses=("XC-7.1a",),
    on=Engagement,
    by=TEAM,
    paper=EntryChecklist,
    when=BEFORE_ENTRY,
    guards=(not_in_the_future("delivered_on"),),
    effect=open_items,
)


def share_is_reached(p: Checking) -> None:
    """Analysis of problems and causes takes the share that the text asks for; the bound is included."""
    if not p.paper.passed:
        return
    share = value_in_force(p.session, "XC-7.2b", "analysis_share", p.today).amount
    if p.paper.problem_permille < share * 10:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="problem_permille", clauses=("XC-7.2b",))
    if not p.paper.measures:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="measures", clauses=("XC-7.2b",))


def returned_with_a_reason(p: Checking) -> None:
    if not p.paper.passed and not p.paper.returned_reason:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="returned_reason", clauses=("XC-7.2c",))


def keep_check(p: Checking) -> None:
    kind = p.paper.kind_code.value
    passed = [one for one in ids_in(p.subject.checked_kinds) if one != kind]
    p.subject.checked_kinds = listed_ids([*passed, *([kind] if p.paper.passed else [])])
    p.facts |= {"kind": kind, "version": p.paper.version_no, "passed": p.paper.passed}


CHECK_MATERIAL = Act(
    name="check_material",
    zh="审核汇报材料",
    en="Check the unit's report material",
    clauses=("XC-7.2a", "XC-7.2b", "XC-7.2c"),
    on=Engagement,
    by=TEAM,
    paper=MaterialCheck,
    when=(*BEFORE_ENTRY, "fieldwork"),
    guards=(share_is_reached, returned_with_a_reason),
    effect=keep_check,
)


def boxes_and_channels(p: Performance[Engagement, SiteSetup]) -> None:
    p.subject.site_complete = bool(p.paper.box_locations and p.paper.telephone and p.paper.email)
    p.subject.logistics_recorded = bool(p.paper.logistics)


SET_UP_SITE = Act(
    name="set_up_site",
    zh="登记驻地和意见箱",
    en="Record site, boxes and channels",
    clauses=("XC-7.3a", "XC-7.3b"),
    on=Engagement,
    by=(*TEAM, *OFFICE),
    paper=SiteSetup,
    when=(*BEFORE_ENTRY, "fieldwork"),
    effect=boxes_and_channels,
)


def material_is_checked(p: AnyEngagement) -> None:
    if {one.value for one in MaterialKind} - set(ids_in(p.subject.checked_kinds)):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-7.2a",))


PREPARE_ENTRY = Act(
    name="prepare_entry",
    zh="完成进驻准备",
    en="Ready to enter",
    clauses=("XC-5.4a", "XC-7.2a", "XC-7.3a"),
    on=Engagement,
    by=TEAM_LEADER,
    paper=EntryPreparation,
    when=("briefed",),
    otherwise={"notified": RefusalCode.PRECONDITION_NOT_MET},
    becomes="entry_prepared",
    needs=(material_is_checked,),
    after=(After("file_team_plan", "XC-5.4a"), After("set_up_site", "XC-7.3a")),
)


def with_the_principal(p: Performance[Engagement, PrincipalMeeting]) -> None:
    if not is_principal(p, p.paper.principal_id, p.subject.unit_id):
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="principal_id", clauses=("XC-8.0a",))


def note_principal_met(p: Performance[Engagement, PrincipalMeeting]) -> None:
    p.subject.met_on = p.paper.held_on


MEET_PRINCIPAL = Act(
    name="meet_principal",
    zh="登记见面沟通",
    en="Record the preliminary meeting",
    clauses=("XC-8.0a",),
    on=Engagement,
    by=TEAM_HEADS,
    paper=PrincipalMeeting,
    when=("entry_prepared",),
    otherwise=dict.fromkeys(("notified", "briefed"), RefusalCode.PRECONDITION_NOT_MET),
    becomes="principal_met",
    guards=(not_in_the_future("held_on"), with_the_principal),
    effect=note_principal_met,
)


def _posts(p: Meeting, *roles: str) -> set[str]:
    return {one for role in roles for one in holders(p.session, role, p.paper.held_on)}


def not_before_the_principal_was_met(p: Meeting) -> None:
    if p.subject.met_on is not None and p.paper.held_on < p.subject.met_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on", clauses=("XC-8.0a",))


def somebody_from_above_is_there(p: Meeting) -> None:
    """A member of the leading group, or who leads the office."""
    above = _posts(p, "leading_group", "inspection_office_director")
    if not above & set(p.paper.attendee_ids):
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="attendee_ids", clauses=("XC-9.1a",))
    if p.paper.office_speaker_id not in above & set(p.paper.attendee_ids):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="office_speaker_id", clauses=("XC-9.2a",))


def authority_is_there(p: Meeting) -> None:
    there = p.paper.authority_id and p.paper.authority_id in p.paper.attendee_ids
    if p.subject.unit_type in AUTHORITY_ATTENDS and not there:
        raise p.refuse(RefusalCode.ATTENDANCE_INCOMPLETE, field="authority_id", clauses=("XC-9.1b",))


def retirees_are_recent(p: Meeting) -> None:
    years = value_in_force(p.session, "XC-9.1c", "looking_back", p.today).amount
    for line in p.paper.observers:
        if line.capacity is not Observer.RECENT_RETIREE:
            continue
        if line.left_on is None:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="observers.left_on", clauses=("XC-9.1c",))
        if not left_within(line.left_on, p.paper.held_on, years):
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="observers.left_on", clauses=("XC-9.1c",))


def principal_presides_and_speaks(p: Meeting) -> None:
    if not is_principal(p, p.paper.chair_id, p.subject.unit_id):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="chair_id", clauses=("XC-9.2a",))
    if not p.paper.statement:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="statement", clauses=("XC-9.2a",))


def absent(p: Meeting) -> set[str]:
    """Members of the team and of the unit's leadership, and the head of the stationed office, who were not there."""
    expected = set(ids_in(p.subject.staff_ids)) | leadership_of(p, p.subject.unit_id)
    coverage = look_up(p.session, DirectoryCoverage, p.subject.unit_id)
    if coverage is not None:
        expected |= set(holders(p.session, "dispatched_office_head", p.paper.held_on, coverage.office_id))
    return expected - set(p.paper.attendee_ids)


def missing(*acts: str) -> Any:
    """A gap of the item itself while none of these acts was done on it."""

    def about(p: AnyEngagement) -> tuple[str, ...]:
        return () if p.standing.done & set(acts) else ("",)

    return about


def branch_missing(p: Meeting) -> tuple[str, ...]:
    return () if p.session.get_one(Team, p.subject.team_id).branch_on else ("",)


def enter(p: Meeting) -> None:
    p.subject.entered_on = p.paper.held_on
    of = p.session.scalars(select(Round).where(Round.id == p.subject.round_id).with_for_update()).one()
    if of.state == "mobilised":
        perform_as_service(p.work, BEGIN_FIELDWORK, GroupingSheet(), of)
    team = team_of(p, p.subject.team_id)
    if team.state == "constituted":
        perform_as_service(p.work, TEAM_ON_SITE, GroupingSheet(), team)


HOLD_UNIT_MEETING = Act(
    name="hold_unit_meeting",
    zh="登记巡察工作动员会",
    en="Record the unit's mobilisation meeting",
    clauses=("XC-9.1a", "XC-9.1b", "XC-9.1c", "XC-9.2a", "XC-8.0a", "XC-13.1a"),
    on=Engagement,
    by=TEAM_HEADS,
    paper=UnitMeeting,
    when=("principal_met",),
    otherwise=dict.fromkeys(("notified", "briefed", "entry_prepared"), RefusalCode.PRECONDITION_NOT_MET),
    becomes="fieldwork",
    after=(
        After("finalise_speech", "XC-6.1a", RefusalCode.MISSING_DOCUMENT),
        After("designate_receivers", "XC-13.1a"),
    ),
    guards=(
        not_in_the_future("held_on"),
        not_before_the_principal_was_met,
        somebody_from_above_is_there,
        authority_is_there,
        retirees_are_recent,
        principal_presides_and_speaks,
    ),
    effect=enter,
    warns=(
        Warns("XC-9.1a", absent),
        Warns("XC-6.2a", missing("provide_office_speech")),
        Warns("XC-13.3a", missing("plan_for_incidents")),
        Warns("XC-7.1a", missing("deliver_checklist")),
        Warns("XC-4.2a", key_talk_missing),
        Warns("XC-3.2a", branch_missing),
    ),
    opens=(
        Opens(
            "XC-11.1a",
            "act_within",
            "inspection_team",
            lambda p: p.paper.held_on,
            owed_person=lambda p: p.subject.leader_id,
        ),
    ),
    hands_on=(
        HandOn(
            TeamEntered,
            lambda p: TeamEntered(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                held_on=p.paper.held_on,
            ),
        ),
    ),
)
BEGIN_FIELDWORK = Act(
    name="begin_fieldwork",
    zh="进入巡察了解阶段",
    en="The first team has entered",
    clauses=("XC-9.1a",),
    on=Round,
    by=(),
    paper=GroupingSheet,
    when=("mobilised",),
    becomes="fieldwork",
    keeps_paper=False,
)
TEAM_ON_SITE = Act(
    name="team_on_site",
    zh="巡察组进驻",
    en="The team is on site",
    clauses=("XC-9.1a",),
    on=Team,
    by=(),
    paper=GroupingSheet,
    when=("constituted",),
    becomes="on_site",
    keeps_paper=False,
)


def all_have_entered(p: Performance[Round, EntrySummary]) -> None:
    """Each unit of each team of the round."""
    teams = p.session.scalars(select(Team).where(Team.round_id == p.subject.id)).all()
    expected = {(team.id, unit) for team in teams for unit in ids_in(team.unit_ids)}
    entered = {
        (one.team_id, one.unit_id)
        for one in p.session.scalars(select(Engagement).where(Engagement.round_id == p.subject.id))
        if one.entered_on is not None
    }
    if expected - entered:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-7.4a",))


def teams_in(p: Performance[Round, Any]) -> tuple[str, ...]:
    query = select(Team.id).where(Team.round_id == p.subject.id).order_by(Team.team_no)
    return tuple(p.session.scalars(query))


REPORT_ENTRY = Act(
    name="report_entry",
    zh="汇总上报进驻情况",
    en="Report the entry of all teams",
    clauses=("XC-7.4a",),
    on=Round,
    by=OFFICE,
    paper=EntrySummary,
    when=("mobilised", "fieldwork"),
    once=True,
    needs=(all_have_entered,),
    guards=(not_in_the_future("reported_on"),),
    hands_on=(
        HandOn(
            EntrySummaryReported,
            lambda p: EntrySummaryReported(
                round_id=p.subject.id, teams=teams_in(p), reported_on=p.paper.reported_on
            ),
        ),
    ),
)
ACTS = (
    DELIVER_CHECKLIST,
    CHECK_MATERIAL,
    SET_UP_SITE,
    PREPARE_ENTRY,
    MEET_PRINCIPAL,
    HOLD_UNIT_MEETING,
    BEGIN_FIELDWORK,
    TEAM_ON_SITE,
    REPORT_ENTRY,
)
