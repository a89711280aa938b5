"""What inspection keeps of a team's work at a unit: the engagement, sessions, carriers, talks, press releases."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Engagement(SubjectColumns, InspectionBase):
    """One team at one inspected unit (巡察任务). Its team's people are copied here: who may know of it follows.

    `unit_type`: what kind of unit it is, by which some steps differ. `raised`: numbers of the points that the briefings
    asked the team to look into. `checked_kinds`: kinds of the unit's report material that passed the check.
    `one_to_one`: leaves for interviews by one, `interviewee/interviewer/day`; `important_items`: numbers of important
    material that the leader allowed; `observers`: who may sit in, `person/day`; `designee_ids`: who receives petitions.
    `fed_back_on`: the later day of the two feedback meetings; `copied_to`: who has a copy of the leadership opinion;
    `filer_id`: who files the material.
    `special_topics`: topics of special checks that were ordered; `reported_topics`: those with their report (XC-22).
    """

    __tablename__ = "engagement"
    KIND: ClassVar[str] = "engagement"
    ZH: ClassVar[str] = "巡察任务"
    EN: ClassVar[str] = "engagement of a team at a unit"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "assigned": ("已分工", "assigned"),
        "notified": ("已印发通知", "notified"),
        "briefed": ("情况通报完成", "briefed"),
        "entry_prepared": ("进驻准备完成", "ready to enter"),
        "principal_met": ("已与主要负责人见面沟通", "principal met"),
        "fieldwork": ("驻点了解中", "fieldwork"),
        "withdrawal_prepared": ("准备撤离", "withdrawal prepared"),
        "withdrawn": ("已撤离", "withdrawn"),
        "reports_submitted": ("报告已报送", "reports before the office"),
        "reports_reviewed": ("报告已审核", "reports reviewed"),
        "leading_group_heard": ("领导小组已听取", "heard by the leading group"),
        "results_reported": ("书记专题会、常委会均已听取", "results heard by both bodies"),
        "feedback_drafted": ("反馈意见已报送", "feedback drafts handed in"),
        "feedback_passed": ("反馈意见已审定", "feedback drafts passed"),
        "served": ("已向主要负责人反馈", "fed back to the principal"),
        "general_meeting_held": ("已召开反馈大会", "general feedback meeting held"),
        "feedback_delivered": ("已反馈", "feedback delivered"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_id",
        "leader_id",
        "unit_type",
        "notified_on",
        "raised",
        "checked_kinds",
        "open_items",
        "logistics_recorded",
        "plan_filed_on",
        "entered_on",
        "withdrawn_on",
        "fed_back_on",
        "copied_to",
        "filer_id",
    )
    ADDED: ClassVar[dict[str, object]] = {
        "drafts_reviewed_on": None,
        "principal_told_on": None,
        "leadership_told_on": None,
        "fed_back_on": None,
        "copied_to": "",
        "designee_ids": "",
        "filer_id": "",
        "special_topics": "",
        "reported_topics": "",
    }

    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID, index=True)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    designee_ids: Mapped[str] = mapped_column(Text, default="")
    special_topics: Mapped[str] = mapped_column(Text, default="")
    reported_topics: Mapped[str] = mapped_column(Text, default="")
    unit_type: Mapped[str] = mapped_column(CODE, default="")
    notified_on: Mapped[date | None] = mapped_column(Date)
    raised: Mapped[str] = mapped_column(Text, default="")
    checked_kinds: Mapped[str] = mapped_column(Text, default="")
    plan_filed_on: Mapped[date | None] = mapped_column(Date)
    one_to_one: Mapped[str] = mapped_column(Text, default="")
    important_items: Mapped[str] = mapped_column(Text, default="")
    observers: Mapped[str] = mapped_column(Text, default="")
    open_items: Mapped[int] = mapped_column(Integer, default=0)
    site_complete: Mapped[bool] = mapped_column(Boolean, default=False)
    logistics_recorded: Mapped[bool] = mapped_column(Boolean, default=False)
    met_on: Mapped[date | None] = mapped_column(Date)
    entered_on: Mapped[date | None] = mapped_column(Date)
    destroyer_ids: Mapped[str] = mapped_column(Text, default="")
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    drafts_reviewed_on: Mapped[date | None] = mapped_column(Date)
    principal_told_on: Mapped[date | None] = mapped_column(Date)
    leadership_told_on: Mapped[date | None] = mapped_column(Date)
    filer_id: Mapped[str] = mapped_column(ID, default="")
    fed_back_on: Mapped[date | None] = mapped_column(Date)
    copied_to: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("engagement_by_office", "office_id", "state", "opened_on", "id"),
        Index("engagement_by_unit", "unit_id", "opened_on"),
        Index("engagement_by_date", "opened_on", "id"),
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


class KeyTalk(SubjectColumns, InspectionBase):
    """The talk of leader and deputies with the commission's leader (单独沟通): theirs alone (XC-4.2a)."""

    __tablename__ = "key_talk"
    KIND: ClassVar[str] = "key_talk"
    ZH: ClassVar[str] = "重点沟通"
    EN: ClassVar[str] = "one-to-one talk before entry"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"held": ("已沟通", "held")}
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "held_on")

    engagement_id: Mapped[str] = mapped_column(ID, index=True)
    leader_id: Mapped[str] = mapped_column(ID)
    participant_ids: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("key_talk_by_date", "opened_on", "id"),)


class Release(SubjectColumns, InspectionBase):
    """A press release (新闻稿): unit's principal, team leader and office clear it in this order (XC-10.2, XC-35.2)."""

    __tablename__ = "press_release"
    KIND: ClassVar[str] = "release"
    ZH: ClassVar[str] = "新闻稿"
    EN: ClassVar[str] = "press release"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草", "drafted"),
        "template_drafted": ("反馈稿已起草", "feedback release drafted"),
        "template_approved": ("反馈稿已审批", "feedback release approved"),
        "with_unit": ("已交被巡察单位", "with the unit"),
        "completed_by_unit": ("被巡察单位已补充", "completed by the unit"),
        "cleared": ("已审定", "cleared"),
        "published": ("已发布", "published"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "occasion_code", "cleared_on", "published_on")

    engagement_id: Mapped[str] = mapped_column(ID, index=True)
    round_id: Mapped[str] = mapped_column(ID)
    occasion_code: Mapped[str] = mapped_column(CODE)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    cleared_on: Mapped[date | None] = mapped_column(Date)
    published_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("press_release_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("press_release_by_office", "office_id", "state", "opened_on", "id"),
        Index("press_release_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("press_release_by_date", "opened_on", "id"),
    )
