"""What a team reports upward: incidents, the mid-term report, major matters (steps 13.3, 24, 27)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.inspection_fieldwork import (
    MajorMatterReported,
    MidtermReported,
    PetitionEmergencyReported,
)
from contracts.refusals import RefusalCode
from services.chassis.access import post, visible
from services.chassis.act import Act, HandOn, Meets, Opens, Tells, Warns
from services.chassis.clock import local_date
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED, SEALED
from services.inspection.acts.posts import OFFICE, TAKES_PART, TEAM, TEAM_HEADS, ids_in, not_in_the_future
from services.inspection.acts.preparation import BEFORE_ENTRY, engagement_of
from services.inspection.domain.codes import Matter
from services.inspection.domain.upward_codes import UpwardChannel
from services.inspection.papers.withdrawal import (
    IncidentClosing,
    IncidentEntry,
    IncidentPlan,
    IncidentReport,
    MajorMatterReport,
    MidtermReport,
    PassingOn,
)
from services.inspection.storage_field import Incident, MajorMatter, Midterm
from services.inspection.storage_unit import Engagement, Session

Entering = Performance[Incident, IncidentEntry]
Hearing = Performance[Midterm, MidtermReport]
Reporting = Performance[MajorMatter, MajorMatterReport]
DIRECTOR = post("inspection_office_director")

PLAN_FOR_INCIDENTS = Act(
    name="plan_for_incidents",
    zh="制定信访突发事件预案",
    en="Make a plan for petition incidents",
    clauses=("XC-13.3a",),
    on=Engagement,
    by=TEAM_HEADS,
    paper=IncidentPlan,
    when=(*BEFORE_ENTRY, "fieldwork"),
    anytime=True,
)


def occurred(p: Entering) -> Incident:
    of, paper = engagement_of(p), p.paper
    return Incident(
        id=p.work.new_id(), no="", state="occurred", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id=p.work.actor.person_id, handler_id=p.work.actor.person_id,
        liaison_office_id="", addressee_id="", opened_on=local_date(paper.occurred_at), changed_at=p.work.now,
        engagement_id=of.id, round_id=of.round_id, team_id=of.team_id, leader_id=of.leader_id,
        staff_ids=of.staff_ids, occurred_at=paper.occurred_at, major=paper.major,
    )  # fmt: skip


def by_now(p: Entering) -> None:
    engagement_of(p)
    if p.paper.occurred_at > p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER, field="occurred_at")


RECORD_INCIDENT = Act(
    name="record_incident",
    zh="登记信访突发事件",
    en="Record a petition incident",
    clauses=("XC-13.3a", "XC-13.3b"),
    on=Incident,
    by=(TAKES_PART,),
    paper=IncidentEntry,
    new=occurred,
    becomes="occurred",
    guards=(by_now,),
)
REPORT_INCIDENT = Act(
    name="report_incident",
    zh="报告巡察办",
    en="Report the incident to the office",
    clauses=("XC-13.3b",),
    on=Incident,
    by=TEAM,
    paper=IncidentReport,
    when=("occurred",),
    becomes="reported",
    hands_on=(
        HandOn(
            PetitionEmergencyReported,
            lambda p: PetitionEmergencyReported(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                incident_id=p.subject.id,
                occurred_at=p.subject.occurred_at,
            ),
        ),
    ),
    tells=(
        Tells(
            "inspection_office_director",
            "petition_incident",
            "XC-13.3b",
            office=lambda p: p.subject.office_id,
        ),
    ),
)


def names_departments(p: Performance[Incident, IncidentClosing]) -> None:
    if not p.paper.departments:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="departments", clauses=("XC-13.3a",))


CLOSE_INCIDENT = Act(
    name="close_incident",
    zh="办结信访突发事件",
    en="Close an incident",
    clauses=("XC-13.3a",),
    on=Incident,
    by=TEAM,
    paper=IncidentClosing,
    when=("reported",),
    otherwise={"occurred": RefusalCode.PRECONDITION_NOT_MET},
    becomes="closed",
    guards=(names_departments,),
)


def midterm_engagement(p: Hearing) -> Engagement:
    """The leading group and the office's director file it: they know of every engagement."""
    found = p.session.get(Engagement, p.paper.engagement_id)
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="engagement_id")
    if found.state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id")
    return found


def is_in_fieldwork(p: Hearing) -> None:
    midterm_engagement(p)


def heard(p: Hearing) -> Midterm:
    of = midterm_engagement(p)
    return Midterm(
        id=p.work.new_id(), no="", state="heard", version=0, secrecy=RESTRICTED, office_id=of.office_id,
        unit_id=of.unit_id, registrar_id="", handler_id="", liaison_office_id="", addressee_id="",
        opened_on=p.paper.held_on, changed_at=p.work.now, engagement_id=of.id, round_id=of.round_id,
        team_id=of.team_id, staff_ids=of.staff_ids, held_on=p.paper.held_on,
    )  # fmt: skip


HEAR_MIDTERM = Act(
    name="hear_midterm",
    zh="登记中期汇报",
    en="Record the hearing of a mid-term report",
    clauses=("XC-24.0a", "XC-24.0b"),
    on=Midterm,
    by=(post("leading_group", "inspection_office_director", at=None),),
    paper=MidtermReport,
    new=heard,
    becomes="heard",
    guards=(not_in_the_future("held_on"), is_in_fieldwork),
    warns=(Warns("XC-24.0a", lambda p: () if p.paper.next_requirements else ("",)),),
    hands_on=(
        HandOn(
            MidtermReported,
            lambda p: MidtermReported(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                held_on=p.subject.held_on,
            ),
        ),
    ),
)


def on_a_lawful_way(p: Reporting) -> None:
    of, paper = engagement_of(p), p.paper
    heads = {of.leader_id, *ids_in(of.deputy_ids)}
    if p.work.actor.person_id not in heads:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-27.0a",))
    if paper.channel is UpwardChannel.LEADING_GROUP:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="channel", clauses=("XC-27.0b",))
    if paper.channel is not UpwardChannel.DIRECT:
        return
    if p.work.actor.person_id != of.leader_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, field="channel", clauses=("XC-27.0c",))
    if not paper.direct_reason:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="direct_reason", clauses=("XC-27.0c",))


def incident_is_of_the_unit(p: Reporting) -> None:
    if not p.paper.incident_id:
        return
    incident = p.session.get(Incident, p.paper.incident_id)
    if incident is None or incident.engagement_id != p.paper.engagement_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="incident_id")


def minutes_are_of_the_matter(p: Reporting) -> None:
    """What is urgent goes before the meeting sits: a report may do without, or a later one cite the minutes."""
    if not p.paper.session_id:
        return
    knows = p.work.runtime.kinds[Session.KIND].knows
    held = p.session.scalars(
        select(Session).where(
            Session.id == p.paper.session_id,
            Session.team_id == engagement_of(p).team_id,
            visible(Session, p.work.actor, knows),
        )
    ).first()
    if held is None or Matter.MAJOR_MATTER.value not in ids_in(held.matters):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="session_id", clauses=("XC-3.1c",))


def reported(p: Reporting) -> MajorMatter:
    of, paper = engagement_of(p), p.paper
    direct = paper.channel is UpwardChannel.DIRECT
    return MajorMatter(
        id=p.work.new_id(), no="", state="reported_directly" if direct else "submitted", version=0,
        secrecy=SEALED if direct else RESTRICTED, office_id=of.office_id, unit_id="" if direct else of.unit_id,
        registrar_id="", handler_id="", liaison_office_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, engagement_id=of.id, team_id=of.team_id, leader_id=of.leader_id,
        category_code=paper.category.value, channel_code=paper.channel.value,
    )  # fmt: skip


def link_incident(p: Reporting) -> None:
    if p.paper.incident_id:
        incident = p.session.get_one(Incident, p.paper.incident_id, with_for_update=True)
        perform_as_service(p.work, NOTE_MATTER, PassingOn(remark=p.subject.id), incident)


def keep_matter(p: Performance[Incident, PassingOn]) -> None:
    p.subject.matter_id = p.paper.remark


NOTE_MATTER = Act(
    name="note_matter",
    zh="登记重大事项报告",
    en="The incident was reported as a major matter",
    clauses=("XC-27.0a",),
    on=Incident,
    by=(),
    paper=PassingOn,
    effect=keep_matter,
)
REPORT_MAJOR_MATTER = Act(
    name="report_major_matter",
    zh="报告重大事项",
    en="Report a major matter",
    clauses=("XC-27.0a", "XC-27.0b", "XC-27.0c", "XC-3.1c"),
    on=MajorMatter,
    by=(TAKES_PART,),
    paper=MajorMatterReport,
    new=reported,
    guards=(on_a_lawful_way, incident_is_of_the_unit, minutes_are_of_the_matter),
    effect=link_incident,
    opens=(
        Opens(
            "XC-27.0b",
            "act_within",
            "inspection_office_director",
            lambda p: p.today,
            only_if=lambda p: p.subject.state == "submitted",
        ),
    ),
    hands_on=(
        HandOn(
            MajorMatterReported,
            lambda p: MajorMatterReported(
                report_id=p.subject.id,
                category=p.subject.category_code,
                channel=p.subject.channel_code,
                reported_on=p.today,
            ),
            only_if=lambda p: p.subject.state == "submitted",
        ),
    ),
    tells=(
        Tells(
            "inspection_office_director",
            "major_matter_to_pass_on",
            "XC-27.0b",
            office=lambda p: p.subject.office_id,
            only_if=lambda p: p.subject.state == "submitted",
        ),
        Tells(
            "leading_group_head",
            "major_matter_reported",
            "XC-27.0c",
            only_if=lambda p: p.subject.state == "reported_directly",
        ),
    ),
)
PASS_ON_MATTER = Act(
    name="pass_on_matter",
    zh="转报领导小组",
    en="Pass a major matter on to the leading group",
    clauses=("XC-27.0b",),
    on=MajorMatter,
    by=OFFICE,
    paper=PassingOn,
    when=("submitted",),
    becomes="passed_on",
    meets=(Meets("XC-27.0b"),),
    tells=(Tells("leading_group_head", "major_matter_reported", "XC-27.0b"),),
)
ACTS = (
    PLAN_FOR_INCIDENTS,
    RECORD_INCIDENT,
    REPORT_INCIDENT,
    CLOSE_INCIDENT,
    HEAR_MIDTERM,
    REPORT_MAJOR_MATTER,
    NOTE_MATTER,
    PASS_ON_MATTER,
)
