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
    `person/unit`. `plan_version` counts approved assignment plans.
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
    __table_args__ = (
        UniqueConstraint("office_id", "year", "ordinal", name="round_number"),
        Index("round_by_office", "office_id", "state", "opened_on", "id"),
        Index("round_by_state", "state", "opened_on", "id"),
        Index("round_by_date", "opened_on", "id"),
    )


class Team(SubjectColumns, InspectionBase):
    """A team (巡察组) of one round: one authorisation, one round (XC-1.3d).

    `unit_ids`: the units that its decision names. `member_ids`: ordinary members; `staff_ids`: everybody of it, leader
    and deputies included. `pledged_ids`: who signed the confidentiality pledge of this round (XC-3.3b).
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
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_no",
        "leader_id",
        "liaison_id",
        "recorder_id",
        "authorised_on",
        "branch_on",
    )

    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_no: Mapped[int] = mapped_column(Integer)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    recorder_id: Mapped[str] = mapped_column(ID, default="")
    member_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    pledged_ids: Mapped[str] = mapped_column(Text, default="")
    studied_ids: Mapped[str] = mapped_column(Text, default="")
    secured_ids: Mapped[str] = mapped_column(Text, default="")
    unit_ids: Mapped[str] = mapped_column(Text, default="")
    lecturers: Mapped[str] = mapped_column(Text, default="")
    trained_unit_ids: Mapped[str] = mapped_column(Text, default="")
    team_study_on: Mapped[date | None] = mapped_column(Date)
    authorised_on: Mapped[date | None] = mapped_column(Date)
    branch_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("team_by_office", "office_id", "state", "opened_on", "id"),
        Index("team_by_state", "state", "opened_on", "id"),
        Index("team_by_date", "opened_on", "id"),
    )


class Engagement(SubjectColumns, InspectionBase):
    """One team at one inspected unit (巡察驻点). Its team's people are copied here: who may know of it follows."""

    __tablename__ = "engagement"
    KIND: ClassVar[str] = "engagement"
    ZH: ClassVar[str] = "巡察任务"
    EN: ClassVar[str] = "engagement of a team at a unit"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "assigned": ("已分工", "assigned"),
        "notified": ("已印发通知", "notified"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "team_id", "leader_id", "notified_on")

    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID, index=True)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    notified_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("engagement_by_office", "office_id", "state", "opened_on", "id"),
        Index("engagement_by_unit", "unit_id", "opened_on"),
        Index("engagement_by_date", "opened_on", "id"),
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


class Session(SubjectColumns, InspectionBase):
    """A session of a team's affairs meeting (组务会). A restricted one is there for its participants alone (XC-3.1d).

    `participant_ids`: each between commas. `version_no` counts the minutes; earlier ones stay on file (XC-3.1g).
    """

    __tablename__ = "team_session"
    KIND: ClassVar[str] = "team_session"
    ZH: ClassVar[str] = "组务会"
    EN: ClassVar[str] = "session of a team's affairs meeting"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"held": ("已召开", "held")}
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_id",
        "held_on",
        "restricted",
        "matters",
        "version_no",
        "dissent_reported_on",
    )

    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID, index=True)
    held_on: Mapped[date] = mapped_column(Date)
    restricted: Mapped[bool] = mapped_column(Boolean, default=False)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    recorder_id: Mapped[str] = mapped_column(ID)
    participant_ids: Mapped[str] = mapped_column(Text)
    matters: Mapped[str] = mapped_column(Text, default="")
    major_dissent: Mapped[bool] = mapped_column(Boolean, default=False)
    dissent_reported_on: Mapped[date | None] = mapped_column(Date)
    version_no: Mapped[int] = mapped_column(Integer, default=1)
    __table_args__ = (
        Index("team_session_by_recorder", "recorder_id", "state", "opened_on", "id"),
        Index("team_session_by_date", "opened_on", "id"),
    )


class Asset(SubjectColumns, InspectionBase):
    """A classified carrier (涉密载体) of a team, with a holder from issue to return (XC-3.3d)."""

    __tablename__ = "classified_asset"
    KIND: ClassVar[str] = "asset"
    ZH: ClassVar[str] = "涉密载体"
    EN: ClassVar[str] = "classified carrier"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "issued": ("已发放", "issued"),
        "returned": ("已归还", "returned"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_id",
        "asset_no",
        "type_code",
        "level_code",
        "returned_on",
    )

    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    recorder_id: Mapped[str] = mapped_column(ID, default="")
    asset_no: Mapped[str] = mapped_column(CODE)
    type_code: Mapped[str] = mapped_column(CODE)
    level_code: Mapped[str] = mapped_column(CODE)
    returned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("team_id", "asset_no", name="asset_of_team"),
        Index("asset_by_holder", "handler_id", "state", "opened_on", "id"),
        Index("asset_by_date", "opened_on", "id"),
    )
