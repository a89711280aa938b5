"""The team prepares: what is known of the unit, focus list, division of work, plan, speeches (steps 4 to 6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_entry import TeamPlanFiled
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, visible
from services.chassis.act import Act, After, Document, HandOn, Tells, Warns
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.inspection.acts.posts import (
    OFFICE,
    TAKES_PART,
    TEAM,
    TEAM_HEADS,
    TEAM_LEADER,
    ids_in,
    not_in_the_future,
    persons_known,
)
from services.inspection.papers.entry import (
    Acknowledgement,
    DepartmentRequest,
    Division,
    EmergencyPlan,
    FinalSpeech,
    FocusList,
    KeyTalkRecord,
    PublicInformation,
    SpeechTemplate,
    TeamWorkPlan,
)
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement, KeyTalk

Filing = Performance[Engagement, TeamWorkPlan]
AnyEngagement = Performance[Engagement, Any]
BEFORE_ENTRY = ("notified", "briefed", "entry_prepared", "principal_met")


def engagement_of(p: Performance[Any, Any]) -> Engagement:
    """The paper's engagement. For who may not know of it, it does not exist; who only knows of it is told so."""
    knows = p.work.runtime.kinds[Engagement.KIND].knows
    query = select(Engagement).where(
        Engagement.id == p.paper.engagement_id, visible(Engagement, p.work.actor, knows)
    )
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="engagement_id")
    if p.work.actor.person_id not in ids_in(found.staff_ids):
        raise p.refuse(RefusalCode.WRONG_ROLE)
    return found


def by_the_leader(p: Performance[KeyTalk, KeyTalkRecord]) -> None:
    found = engagement_of(p)
    if p.work.actor.person_id != found.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-4.2a",))
    if set(p.paper.deputy_ids) - set(ids_in(found.deputy_ids)):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="deputy_ids", clauses=("XC-4.2a",))
    persons_known(p, (p.paper.counterpart_id,), "counterpart_id")


def talked(p: Performance[KeyTalk, KeyTalkRecord]) -> KeyTalk:
    of, paper = engagement_of(p), p.paper
    present = [of.leader_id, *paper.deputy_ids, paper.counterpart_id]
    return KeyTalk(
        id=p.work.new_id(), no="", state="held", version=0, secrecy=SEALED, office_id=of.office_id, unit_id="",
        registrar_id="", handler_id="", liaison_office_id="", addressee_id="", opened_on=paper.held_on,
        changed_at=p.work.now, engagement_id=of.id, leader_id=of.leader_id, held_on=paper.held_on,
        participant_ids=listed_ids(dict.fromkeys(present)),
    )  # fmt: skip


RECORD_KEY_TALK = Act(
    name="record_key_talk",
    zh="登记重点沟通",
    en="Record the one-to-one talk",
    clauses=("XC-4.2a",),
    on=KeyTalk,
    by=(TAKES_PART,),
    paper=KeyTalkRecord,
    new=talked,
    becomes="held",
    guards=(not_in_the_future("held_on"), by_the_leader),
)
RECORD_PUBLIC_INFORMATION = Act(
    name="record_public_information",
    zh="登记舆情信息",
    en="File public information",
    clauses=("XC-5.1a",),
    on=Engagement,
    by=TEAM,
    paper=PublicInformation,
    when=BEFORE_ENTRY,
    anytime=True,
    guards=(not_in_the_future("published_on"),),
)


def names_no_subject(p: Performance[Engagement, DepartmentRequest]) -> None:
    """Whom a clue is about stays in the team, whoever is asked."""
    if p.paper.subject_ids:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="subject_ids", clauses=("XC-5.1b",))


ASK_DEPARTMENT = Act(
    name="ask_department",
    zh="协调有关部门",
    en="Ask another department",
    clauses=("XC-5.1b",),
    on=Engagement,
    by=OFFICE,
    paper=DepartmentRequest,
    when=(*BEFORE_ENTRY, "fieldwork"),
    anytime=True,
    guards=(names_no_subject,),
)


def each_rests_on_something(p: Performance[Engagement, FocusList]) -> None:
    if not all(line.basis for line in p.paper.lines):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="lines.basis", clauses=("XC-5.2a",))


def nothing_collected(p: AnyEngagement) -> tuple[str, ...]:
    return () if "record_public_information" in p.standing.done else ("",)


CLOSE_FOCUS_LIST = Act(
    name="close_focus_list",
    zh="确定监督重点清单",
    en="Close the focus list",
    clauses=("XC-5.2a", "XC-5.1a"),
    on=Engagement,
    by=TEAM_HEADS,
    paper=FocusList,
    when=("briefed",),
    guards=(each_rests_on_something,),
    warns=(Warns("XC-5.1a", nothing_collected),),
)


def duties_are_of_the_team(p: Performance[Team, Division]) -> None:
    if {line.member_id for line in p.paper.lines} - set(ids_in(p.subject.staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="lines.member_id", clauses=("XC-5.3a",))


def keep_division(p: Performance[Team, Division]) -> None:
    given = dict.fromkeys(line.member_id for line in p.paper.lines if line.duty)
    p.subject.with_duty_ids = listed_ids(given)


DIVIDE_WORK = Act(
    name="divide_work",
    zh="明确组内分工",
    en="Fix who does what in the team",
    clauses=("XC-5.3a",),
    on=Team,
    by=TEAM_LEADER,
    paper=Division,
    when=("constituted",),
    guards=(duties_are_of_the_team,),
    effect=keep_division,
)
DRAFT_EMERGENCY_PLAN = Act(
    name="draft_emergency_plan",
    zh="制定应急预案",
    en="Draw up a contingency plan",
    clauses=("XC-5.4d",),
    on=Engagement,
    by=TEAM_HEADS,
    paper=EmergencyPlan,
    when=("briefed",),
    anytime=True,
)


def team_in_order(p: Filing) -> None:
    """Each member has a duty, and there is a liaison."""
    team = p.session.get_one(Team, p.subject.team_id)
    if not team.liaison_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="liaison_id", clauses=("XC-5.3c",))
    if set(ids_in(team.staff_ids)) - set(ids_in(team.with_duty_ids)):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="staff_division", clauses=("XC-5.3a",))


def each_point_is_arranged(p: Filing) -> None:
    if set(ids_in(p.subject.raised)) - set(p.paper.arranged):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="arranged", clauses=("XC-5.4c",))


def contingency_plan_is_with_it(p: Filing) -> None:
    if "draft_emergency_plan" in p.standing.done and not p.attached.get("emergency_plan"):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="attachments.emergency_plan", clauses=("XC-5.4d",))


def note_plan(p: Filing) -> None:
    p.subject.plan_filed_on = p.today


FILE_TEAM_PLAN = Act(
    name="file_team_plan",
    zh="报备巡察组工作方案",
    en="File the team's work plan",
    clauses=("XC-5.4a", "XC-5.4b", "XC-5.4c", "XC-5.4d", "XC-5.3c"),
    on=Engagement,
    by=TEAM_LEADER,
    paper=TeamWorkPlan,
    when=("briefed",),
    documents=(Document("emergency_plan", "突发事件应急预案(扫描)", "XC-5.4d", required=False),),
    after=(After("close_focus_list", "XC-5.2a"),),
    guards=(team_in_order, each_point_is_arranged, contingency_plan_is_with_it),
    effect=note_plan,
    hands_on=(
        HandOn(
            TeamPlanFiled,
            lambda p: TeamPlanFiled(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                filed_on=p.today,
                with_contingency_plan=bool(p.attached.get("emergency_plan")),
            ),
        ),
    ),
    tells=(Tells("inspection_office", "team_plan_filed", "XC-5.4a", office=lambda p: p.subject.office_id),),
)
ACKNOWLEDGE_PLAN = Act(
    name="acknowledge_plan",
    zh="收悉方案备案",
    en="Acknowledge the filed plan",
    clauses=("XC-5.4a",),
    on=Engagement,
    by=OFFICE,
    paper=Acknowledgement,
    when=(*BEFORE_ENTRY, "fieldwork"),
    once=True,
    after=(After("file_team_plan", "XC-5.4a"),),
)
PROVIDE_SPEECH_TEMPLATE = Act(
    name="provide_speech_template",
    zh="提供组长讲话通稿",
    en="Provide the template of the leader's speech",
    clauses=("XC-6.1a",),
    on=Engagement,
    by=OFFICE,
    paper=SpeechTemplate,
    when=BEFORE_ENTRY,
    anytime=True,
)
PROVIDE_OFFICE_SPEECH = Act(
    name="provide_office_speech",
    zh="提供领导小组或巡察办讲话通稿",
    en="Provide the template of the other speech",
    clauses=("XC-6.2a",),
    on=Engagement,
    by=OFFICE,
    paper=SpeechTemplate,
    when=BEFORE_ENTRY,
    anytime=True,
)


def without_template(p: AnyEngagement) -> tuple[str, ...]:
    return () if "provide_speech_template" in p.standing.done else ("",)


FINALISE_SPEECH = Act(
    name="finalise_speech",
    zh="确定组长讲话稿",
    en="Finalise the leader's speech",
    clauses=("XC-6.1a",),
    on=Engagement,
    by=TEAM_HEADS,
    paper=FinalSpeech,
    when=BEFORE_ENTRY,
    warns=(Warns("XC-6.1a", without_template),),
)
ACTS = (
    RECORD_KEY_TALK,
    RECORD_PUBLIC_INFORMATION,
    ASK_DEPARTMENT,
    CLOSE_FOCUS_LIST,
    DIVIDE_WORK,
    DRAFT_EMERGENCY_PLAN,
    FILE_TEAM_PLAN,
    ACKNOWLEDGE_PLAN,
    PROVIDE_SPEECH_TEMPLATE,
    PROVIDE_OFFICE_SPEECH,
    FINALISE_SPEECH,
)


def key_talk_missing(p: AnyEngagement) -> tuple[str, ...]:
    """The talk is a gap at entry; who reads of the gap learns that there is no record, not what would be in it."""
    held = select(KeyTalk.id).where(KeyTalk.engagement_id == p.subject.id)
    return () if p.session.scalars(held.limit(1)).first() is not None else ("",)
