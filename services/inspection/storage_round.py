"""What inspection keeps of a round: the round itself, its teams, each team's units, the cadres lent to it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Round(SubjectColumns, InspectionBase):
    """An inspection round (巡察轮次), kept by the inspection office (XC-1, XC-2).

    `unit_ids`: the candidate targets; `reply_refs`: the papers with the replies that the list rests on; columns of ids
    hold each between commas. `nominated`: who may be leader or deputy of the team for a unit, as pairs
    `person/unit`. `plan_version` counts approved assignment plans. `withdrawn_on`: when its first team had withdrawn;
    `agenda_warned_on`: when the director was warned that nobody had asked for a place on the agendas.
    """

    __tablename__ = "inspection_round"
    KIND: ClassVar[str] = "round"
    ZH: ClassVar[str] = "巡察轮次"
    EN: ClassVar[str] = "inspection round"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "opened": ("已启动,征询对象建议", "opened, targets asked for"),
        "targets_proposed": ("对象建议名单已提出", "targets proposed"),
        "assignment_plan_approved": ("任务分工方案已批准", "assignment plan approved"),
        "plans_approved": ("工作方案和授权决定已批准", "work plan and authorisation approved"),
        "staffed": ("已分组", "teams grouped"),
        "mobilised": ("已动员部署", "mobilised"),
        "fieldwork": ("巡察了解中", "fieldwork"),
        "withdrawn": ("各组均已撤离", "all teams withdrawn"),
        "reports_submitted": ("各组报告均已报送", "all reports before the office"),
        "reports_reviewed": ("各组报告均已审核", "all reports reviewed"),
        "leading_group_heard": ("领导小组已听取各组汇报", "all teams heard by the leading group"),
        "results_finalised": ("两份报告已审定", "both reports finalised"),
        "results_reported": ("书记专题会、常委会均已听取", "heard by both bodies"),
        "feedback_delivered": ("各组均已反馈", "all teams have fed back"),
        "rectifying": ("整改中", "being put right"),
        "summarised": ("整改情况已报县委", "its rectification is reported"),
        "closed": ("本轮已办结", "closed"),
    }
    ADDED: ClassVar[dict[str, object]] = {
        "withdrawn_on": None,
        "minutes_issued_on": None,
        "agenda_requested_on": None,
        "agenda_warned_on": None,
        "secretary_heard_on": None,
        "committee_heard_on": None,
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "year",
        "ordinal",
        "discipline_replied_on",
        "organization_replied_on",
        "unit_ids",
        "reply_refs",
        "nominated_on",
        "work_plan_approved_on",
        "decision_approved_on",
        "committee_approved_on",
        "mobilised_on",
        "withdrawn_on",
        "minutes_issued_on",
        "agenda_requested_on",
        "secretary_heard_on",
        "committee_heard_on",
    )

    year: Mapped[int] = mapped_column(Integer)
    ordinal: Mapped[int] = mapped_column(Integer)
    discipline_replied_on: Mapped[date | None] = mapped_column(Date)
    organization_replied_on: Mapped[date | None] = mapped_column(Date)
    unit_ids: Mapped[str] = mapped_column(Text, default="")
    reply_refs: Mapped[str] = mapped_column(Text, default="")
    nominated: Mapped[str] = mapped_column(Text, default="")
    nominated_on: Mapped[date | None] = mapped_column(Date)
    plan_version: Mapped[int] = mapped_column(Integer, default=0)
    work_plan_approved_on: Mapped[date | None] = mapped_column(Date)
    decision_approved_on: Mapped[date | None] = mapped_column(Date)
    committee_approved_on: Mapped[date | None] = mapped_column(Date)
    mobilised_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    minutes_issued_on: Mapped[date | None] = mapped_column(Date)
    agenda_requested_on: Mapped[date | None] = mapped_column(Date)
    agenda_warned_on: Mapped[date | None] = mapped_column(Date)
    secretary_heard_on: Mapped[date | None] = mapped_column(Date)
    committee_heard_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "year", "ordinal", name="round_number"),
        Index("round_by_office", "office_id", "state", "opened_on", "id"),
        Index("round_by_state", "state", "opened_on", "id"),
        Index("round_by_date", "opened_on", "id"),
    )


class Team(SubjectColumns, InspectionBase):
    """A team (巡察组) of one round: one authorisation, one round (XC-1.3d).

    `unit_ids`: the units that its decision names. `member_ids`: ordinary members; `staff_ids`: everybody of it, leader
    and deputies included. `pledged_ids`: who signed the confidentiality pledge of this round (XC-3.3b), `zero_ids` that
    they hold nothing any more (XC-28.3d).
    `studied_ids`, `secured_ids`: who took part in the joint study, who in the security education. `lecturers`: offices
    that lectured; `trained_unit_ids`: units that it trained for.
    """

    __tablename__ = "inspection_team"
    KIND: ClassVar[str] = "team"
    ZH: ClassVar[str] = "巡察组"
    EN: ClassVar[str] = "inspection team"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "approved": ("已批准组建,待宣布授权", "approved, mandate to be announced"),
        "authorised": ("已授权", "authorised"),
        "constituted": ("已建立组务会", "constituted"),
        "on_site": ("已进驻", "on site"),
        "withdrawn": ("已撤离", "withdrawn"),
        "reports_submitted": ("报告已报送", "reports before the office"),
        "reports_reviewed": ("报告已审核", "reports reviewed"),
        "leading_group_heard": ("领导小组已听取", "heard by the leading group"),
        "feedback_delivered": ("已反馈", "fed back at all its units"),
        "dissolved": ("已解散", "dissolved"),
    }
    ADDED: ClassVar[dict[str, object]] = {"withdrawn_on": None, "heard_on": None}
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_no",
        "leader_id",
        "liaison_id",
        "recorder_id",
        "authorised_on",
        "branch_on",
        "withdrawn_on",
        "heard_on",
    )

    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_no: Mapped[int] = mapped_column(Integer)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    recorder_id: Mapped[str] = mapped_column(ID, default="")
    member_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    zero_ids: Mapped[str] = mapped_column(Text, default="")
    pledged_ids: Mapped[str] = mapped_column(Text, default="")
    studied_ids: Mapped[str] = mapped_column(Text, default="")
    secured_ids: Mapped[str] = mapped_column(Text, default="")
    unit_ids: Mapped[str] = mapped_column(Text, default="")
    lecturers: Mapped[str] = mapped_column(Text, default="")
    with_duty_ids: Mapped[str] = mapped_column(Text, default="")
    trained_unit_ids: Mapped[str] = mapped_column(Text, default="")
    team_study_on: Mapped[date | None] = mapped_column(Date)
    authorised_on: Mapped[date | None] = mapped_column(Date)
    branch_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    heard_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("team_by_office", "office_id", "state", "opened_on", "id"),
        Index("team_by_state", "state", "opened_on", "id"),
        Index("team_by_date", "opened_on", "id"),
    )


class Cadre(SubjectColumns, InspectionBase):
    """A cadre lent to a round (抽调干部): a line of its roster (XC-1.4, XC-1.5).

    `system_code`: discipline or other; `channel_role`: who lent them. `team_id`: the team that they are in, or empty.
    """

    __tablename__ = "seconded_cadre"
    KIND: ClassVar[str] = "cadre"
    ZH: ClassVar[str] = "抽调干部"
    EN: ClassVar[str] = "seconded cadre"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "active": ("在册", "on the roster"),
        "unfit": ("不符合条件,待更换", "unfit, to be replaced"),
        "released": ("已离开本轮", "released"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "person_id",
        "system_code",
        "channel_role",
        "team_id",
        "birth_year",
        "speciality_code",
    )

    round_id: Mapped[str] = mapped_column(ID)
    person_id: Mapped[str] = mapped_column(ID)
    system_code: Mapped[str] = mapped_column(CODE)
    channel_role: Mapped[str] = mapped_column(CODE)
    lending_unit_id: Mapped[str] = mapped_column(ID)
    speciality_code: Mapped[str] = mapped_column(CODE, default="")
    birth_year: Mapped[int | None] = mapped_column(Integer)
    experienced: Mapped[bool] = mapped_column(Boolean, default=False)
    team_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        UniqueConstraint("round_id", "person_id", name="cadre_of_round"),
        Index("cadre_by_office", "office_id", "state", "opened_on", "id"),
        Index("cadre_by_person", "person_id", "round_id"),
        Index("cadre_by_date", "opened_on", "id"),
    )


class Avoidance(SubjectColumns, InspectionBase):
    """An avoidance application (回避申请): the inspection office's and the applicant's alone (XC-2.3)."""

    __tablename__ = "avoidance"
    KIND: ClassVar[str] = "avoidance"
    ZH: ClassVar[str] = "回避申请"
    EN: ClassVar[str] = "avoidance application"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "declared": ("已申请,待调整", "declared"),
        "decided": ("已作出调整", "decided"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "person_id", "declared_on", "late", "result_code")

    round_id: Mapped[str] = mapped_column(ID, index=True)
    person_id: Mapped[str] = mapped_column(ID)
    declared_on: Mapped[date] = mapped_column(Date)
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    result_code: Mapped[str] = mapped_column(CODE, default="")
    __table_args__ = (
        Index("avoidance_by_office", "office_id", "state", "opened_on", "id"),
        Index("avoidance_by_person", "person_id", "unit_id"),
        Index("avoidance_by_date", "opened_on", "id"),
    )
