"""What a team collects at a unit: interviews, borrowed material, findings with their working papers, found clues."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Interview(SubjectColumns, InspectionBase):
    """An individual interview (个别谈话) and its record (XC-12). About a person of direct scope it is sealed.

    `staff_ids`: the team's people who may know of it; `interviewer_ids`, each between commas.
    """

    __tablename__ = "interview"
    KIND: ClassVar[str] = "interview"
    ZH: ClassVar[str] = "个别谈话"
    EN: ClassVar[str] = "individual interview"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "held": ("已谈话,待整理", "held, record to be tidied"),
        "submitted": ("记录已报组长", "record before the leader"),
        "read": ("组长已审阅", "read by the leader"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "held_on", "one_to_one", "read_on")

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    interviewee_id: Mapped[str] = mapped_column(ID)
    interviewer_ids: Mapped[str] = mapped_column(Text)
    one_to_one: Mapped[bool] = mapped_column(Boolean, default=False)
    held_on: Mapped[date] = mapped_column(Date)
    read_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("interview_of_engagement", "engagement_id", "state"),
        Index("interview_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("interview_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("interview_by_date", "opened_on", "id"),
    )


class Material(SubjectColumns, InspectionBase):
    """A document of the unit in the team's hands (调阅资料), signed for and given back (XC-16).

    `reader_ids`: who may know of it, the whole team unless it is classified; `handler_id`: its custodian.
    `copies`: who may take the files of classified material with them, each `person/number of the copy` (XC-28.3e).
    """

    __tablename__ = "unit_material"
    KIND: ClassVar[str] = "unit_material"
    ZH: ClassVar[str] = "调阅资料"
    EN: ClassVar[str] = "material of the unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "received": ("已接收", "in the team's hands"),
        "returned": ("已清退", "returned"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "team_id",
        "item_no",
        "classified",
        "important",
        "returned_on",
    )

    ADDED: ClassVar[dict[str, object]] = {"copies": ""}

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    reader_ids: Mapped[str] = mapped_column(Text)
    item_no: Mapped[str] = mapped_column(CODE)
    classified: Mapped[bool] = mapped_column(Boolean, default=False)
    important: Mapped[bool] = mapped_column(Boolean, default=False)
    returned_on: Mapped[date | None] = mapped_column(Date)
    copies: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("engagement_id", "item_no", name="unit_material_number"),
        Index("unit_material_of_engagement", "engagement_id", "state"),
        Index("unit_material_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("unit_material_by_date", "opened_on", "id"),
    )


class Issue(SubjectColumns, InspectionBase):
    """A finding about the organisation (巡察发现的问题) and its working paper (XC-23).

    `author_id`: the member who looked into it; `custodian_id`: who keeps the signed paper. `paper_version` counts
    signed papers; `list_no`: its number in the list that was fed back.
    """

    __tablename__ = "inspection_issue"
    KIND: ClassVar[str] = "issue"
    ZH: ClassVar[str] = "巡察发现问题"
    EN: ClassVar[str] = "finding of an inspection"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "found": ("已发现", "found"),
        "paper_signed": ("底稿已审签", "working paper signed"),
        "reported": ("已写入巡察报告", "in the inspection report"),
        "transferred_to_department": ("已移交职能部门", "with a department"),
        "fed_back": ("已反馈", "fed back"),
        "planned": ("已制定整改措施", "in the rectification plan"),
        "rectifying": ("整改中", "being put right"),
        "result_reported": ("整改情况已报告", "in the two reports"),
        "result_accepted": ("整改情况已认可", "result accepted"),
        "disclosed": ("整改情况已公开", "disclosed"),
        "closed": ("已了结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "team_id",
        "important",
        "sensitive",
        "author_id",
        "custodian_id",
        "paper_version",
        "list_no",
    )
    ADDED: ClassVar[dict[str, object]] = {"list_no": 0}

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text)
    important: Mapped[bool] = mapped_column(Boolean, default=True)
    sensitive: Mapped[bool] = mapped_column(Boolean, default=False)
    author_id: Mapped[str] = mapped_column(ID)
    custodian_id: Mapped[str] = mapped_column(ID, default="")
    paper_version: Mapped[int] = mapped_column(Integer, default=0)
    signed_on: Mapped[date | None] = mapped_column(Date)
    list_no: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        Index("inspection_issue_of_engagement", "engagement_id", "state"),
        Index("inspection_issue_by_author", "author_id", "state", "opened_on", "id"),
        Index("inspection_issue_by_date", "opened_on", "id"),
    )


class FoundClue(SubjectColumns, InspectionBase):
    """A clue on a person that the team found (巡察发现问题线索), in the team's own register (machine *clue*).

    `deputy_ids`, `liaison_id`: who keeps the register with the leader (XC-5.3c). `source_kind`: on what it came up.
    `before_roles`: posts before which it was laid because it should not wait for the round's end (XC-25, XC-26).
    `file_code`: how far its file is compiled (XC-37.1a).
    """

    __tablename__ = "found_clue"
    KIND: ClassVar[str] = "found_clue"
    ZH: ClassVar[str] = "巡察发现线索"
    EN: ClassVar[str] = "clue found by a team"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "found": ("已发现", "found"),
        "registered": ("已登记", "registered"),
        "classified": ("已分类", "classified"),
        "expedite_rectify_proposed": ("已提请立行立改", "proposed to be rectified at once"),
        "expedite_investigate_proposed": ("已提请立查立处", "proposed to be investigated at once"),
        "expedite_approved": ("领导小组已同意", "consented to by the leading group"),
        "transferred": ("已移交", "transferred"),
        "in_team_report": ("已列入问题线索报告", "in the team's clue report"),
        "in_round_report": ("已列入本轮问题线索报告", "in the round's clue report"),
        "decided": ("书记专题会已决定", "decided by the secretary's meeting"),
        "kept_on_record": ("留存备查", "kept on record"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "engagement_id",
        "team_id",
        "source_kind",
        "source_id",
        "class_code",
        "minutes_ref",
        "proposed_route",
        "file_code",
    )
    ADDED: ClassVar[dict[str, object]] = {"file_code": ""}

    engagement_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[str] = mapped_column(ID, default="")
    source_kind: Mapped[str] = mapped_column(CODE)
    source_id: Mapped[str] = mapped_column(ID)
    class_code: Mapped[str] = mapped_column(CODE, default="")
    minutes_ref: Mapped[str] = mapped_column(ID, default="")
    before_roles: Mapped[str] = mapped_column(Text, default="")
    proposed_route: Mapped[str] = mapped_column(CODE, default="")
    file_code: Mapped[str] = mapped_column(CODE, default="")
    __table_args__ = (
        Index("found_clue_by_liaison", "liaison_id", "state", "opened_on", "id"),
        Index("found_clue_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("found_clue_by_date", "opened_on", "id"),
    )


class Incident(SubjectColumns, InspectionBase):
    """A petition incident (信访突发事件) during the fieldwork (XC-13.3)."""

    __tablename__ = "petition_incident"
    KIND: ClassVar[str] = "incident"
    ZH: ClassVar[str] = "信访突发事件"
    EN: ClassVar[str] = "petition incident"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "occurred": ("已发生,待报告", "occurred, to be reported"),
        "reported": ("已报告巡察办", "reported"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "major", "matter_id")

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    major: Mapped[bool] = mapped_column(Boolean, default=False)
    matter_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        Index("petition_incident_of_engagement", "engagement_id", "state"),
        Index("petition_incident_by_office", "office_id", "state", "opened_on", "id"),
        Index("petition_incident_by_date", "opened_on", "id"),
    )


class Midterm(SubjectColumns, InspectionBase):
    """A mid-term report (阶段情况报告): its hearers' and the team's, not the office's staff's (XC-24)."""

    __tablename__ = "midterm_report"
    KIND: ClassVar[str] = "midterm"
    ZH: ClassVar[str] = "中期汇报"
    EN: ClassVar[str] = "mid-term report"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"heard": ("已听取", "heard")}
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "held_on")

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    staff_ids: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("midterm_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("midterm_report_by_date", "opened_on", "id"),
    )


class MajorMatter(SubjectColumns, InspectionBase):
    """A report of a major matter (重大事项请示报告). One that goes straight to the chief leader is sealed (XC-27)."""

    __tablename__ = "major_matter"
    KIND: ClassVar[str] = "major_matter"
    ZH: ClassVar[str] = "重大事项请示报告"
    EN: ClassVar[str] = "report of a major matter"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "submitted": ("已报巡察办", "with the office"),
        "passed_on": ("已转报领导小组", "before the leading group"),
        "reported_directly": ("已直接报告", "reported directly"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "category_code", "channel_code")

    engagement_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    category_code: Mapped[str] = mapped_column(CODE)
    channel_code: Mapped[str] = mapped_column(CODE)
    __table_args__ = (
        Index("major_matter_by_office", "office_id", "state", "opened_on", "id"),
        Index("major_matter_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("major_matter_by_date", "opened_on", "id"),
    )


class SpotCheckRequest(SubjectColumns, InspectionBase):
    """A list of cadres whose declared personal matters are to be spot-checked (抽查核实), and what came back (XC-14).

    `listed_persons`, `checked_persons`: who is on it and of whom a form is back, each between commas.
    `suspected_persons`: of whom a form suspects a breach; `used_persons`: of these, who has it written into a
    clue (XC-14.3a).
    """

    __tablename__ = "spot_check_request"
    KIND: ClassVar[str] = "spot_check_request"
    ZH: ClassVar[str] = "抽查核实"
    EN: ClassVar[str] = "spot check of declared matters"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("已提出,待巡察办送审", "proposed"),
        "approved": ("已批准,待函送", "approved"),
        "sent": ("已函送组织部", "with the organisation department"),
        "closed": ("核实结束", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "team_id", "approved_on", "sent_on")
    ADDED: ClassVar[dict[str, object]] = {"suspected_persons": "", "used_persons": ""}

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    listed_persons: Mapped[str] = mapped_column(Text)
    checked_persons: Mapped[str] = mapped_column(Text, default="")
    suspected_persons: Mapped[str] = mapped_column(Text, default="")
    used_persons: Mapped[str] = mapped_column(Text, default="")
    approved_by: Mapped[str] = mapped_column(ID, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    sent_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("spot_check_request_by_office", "office_id", "state", "opened_on", "id"),
        Index("spot_check_request_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("spot_check_request_by_date", "opened_on", "id"),
    )
