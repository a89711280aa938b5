"""What a team reports of a unit after its withdrawal: inspection, interview and clue report (step 29)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase

SIGNING: dict[str, tuple[str, str]] = {
    "signed": ("组长已签批", "signed by the leader"),
    "submitted": ("已报巡察办", "before the office"),
    "returned": ("退回修改", "returned with suggestions"),
    "revised": ("已修改,待组长签批", "revised, to be signed again"),
    "reviewed": ("已审核", "reviewed"),
}


class TeamReportColumns(SubjectColumns):
    """Columns that a team's reports have in common, one report a unit.

    `before_roles`: posts before which it lies since its submission. `suggestions`: how many the office made last.
    """

    HAS_GAPS: ClassVar[bool] = True
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "round_id", "team_id", "submitted_on", "suggestions")

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    author_id: Mapped[str] = mapped_column(ID)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    suggestions: Mapped[int] = mapped_column(Integer, default=0)
    submitted_on: Mapped[date | None] = mapped_column(Date)


class UnitReport(TeamReportColumns, InspectionBase):
    """The inspection report on a unit (巡察情况报告) with its thematic annexes: the team's, later the office's too.

    `issue_ids`: the findings in it; `systemic_ids`: those of them that ask for a thematic report, `annexed_ids`: those
    that have one (XC-29.2a). `cited_spot_checks`, `cited_topics`: spot checks and topics of special checks whose
    results it reflects (XC-14.3a, XC-22.0c). `heard_on`: when the leading group heard the team.
    """

    __tablename__ = "inspection_report"
    KIND: ClassVar[str] = "inspection_report"
    ZH: ClassVar[str] = "巡察情况报告"
    EN: ClassVar[str] = "inspection report"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草,待组务会审议", "drafted, before the affairs meeting"),
        "deliberated": ("组务会已审议,待组长签批", "deliberated, to be signed"),
        **SIGNING,
        "commented": ("领导小组提出意见,待修改", "commented by the leading group"),
        "final": ("定稿", "final"),
    }

    ADDED: ClassVar[dict[str, object]] = {"cited_spot_checks": "", "cited_topics": ""}

    staff_ids: Mapped[str] = mapped_column(Text, default="")
    issue_ids: Mapped[str] = mapped_column(Text, default="")
    systemic_ids: Mapped[str] = mapped_column(Text, default="")
    annexed_ids: Mapped[str] = mapped_column(Text, default="")
    cited_spot_checks: Mapped[str] = mapped_column(Text, default="")
    cited_topics: Mapped[str] = mapped_column(Text, default="")
    heard_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("engagement_id", name="inspection_report_of_engagement"),
        Index("inspection_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("inspection_report_by_date", "opened_on", "id"),
    )


class InterviewReport(TeamReportColumns, InspectionBase):
    """The report on the interviews at a unit (谈话情况报告): its leader's, its author's, later the office's.

    `verbatim`: whether it keeps the words of talks with the leadership; `nil`: it says that there were no interviews.
    """

    __tablename__ = "interview_report"
    KIND: ClassVar[str] = "interview_report"
    ZH: ClassVar[str] = "谈话情况报告"
    EN: ClassVar[str] = "report on the interviews"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草,待组长签批", "drafted, to be signed"),
        **SIGNING,
    }

    verbatim: Mapped[bool] = mapped_column(Boolean, default=False)
    nil: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        UniqueConstraint("engagement_id", name="interview_report_of_engagement"),
        Index("interview_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("interview_report_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("interview_report_by_date", "opened_on", "id"),
    )


class ClueReport(TeamReportColumns, InspectionBase):
    """The team's clue report on a unit (问题线索报告), sealed; without clues it is the nil statement.

    `clue_ids`: the clues in it; `unclassed`, `unlearned`: numbers of those without an opinion on their class, without
    what the inspection learned; `attention`: how many are put under further attention.
    """

    __tablename__ = "clue_report"
    KIND: ClassVar[str] = "clue_report"
    ZH: ClassVar[str] = "问题线索报告"
    EN: ClassVar[str] = "clue report"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草,待组长签批", "drafted, to be signed"),
        **SIGNING,
    }

    clue_ids: Mapped[str] = mapped_column(Text, default="")
    unclassed: Mapped[str] = mapped_column(Text, default="")
    unlearned: Mapped[str] = mapped_column(Text, default="")
    attention: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("engagement_id", name="clue_report_of_engagement"),
        Index("clue_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_report_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("clue_report_by_date", "opened_on", "id"),
    )
