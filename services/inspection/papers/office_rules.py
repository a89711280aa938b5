"""Papers of rules that offices work by: who is assigned to a unit, docking meetings, screenings (GL-1.29, GL-3)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.papers.fields import Id, of
from services.inspection.papers.offices import Quarter

ASSIGNED, DOCKED, SCREENED = "GL-1.29", "GL-3.8", "GL-3.10"
Side = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]*$", min_length=1, max_length=64)]


class UnitAssignmentPaper(PaperForm):
    """`formerly_there`: what the directory does not know of, from before it was kept."""

    ZH = "联系单位分工"
    EN = "assignment to a unit"

    person_id: Id = Field(title="联系人员", json_schema_extra=of(ASSIGNED))
    unit_id: Id = Field(title="联系单位", json_schema_extra=of(ASSIGNED))
    formerly_there: bool = Field(False, title="曾在该单位工作", json_schema_extra=of(ASSIGNED))


class ConflictDeclaration(PaperForm):
    ZH = "利益冲突申报"
    EN = "conflict declaration"

    has_conflict: bool = Field(title="是否存在应当回避的情形", json_schema_extra=of(ASSIGNED))
    statement: str = Field(title="情况说明", min_length=1, max_length=10000, json_schema_extra=of(ASSIGNED))


class AssignmentConfirmation(PaperForm):
    ZH = "确认联系单位分工"
    EN = "confirmation of an assignment"

    opinion: str = Field("", title="意见", max_length=5000)


class AssignmentEnd(PaperForm):
    ZH = "终止联系单位分工"
    EN = "end of an assignment"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class DockingMinutes(PaperForm):
    """Both sides are named: the dispatched office and the commission's office."""

    ZH = "廉情分析对接会纪要"
    EN = "minutes of a docking meeting"
    PRINTED_AS = "integrity_analysis_report"

    office_id: Side = Field(title="派驻机构", json_schema_extra=of(DOCKED))
    commission_office_id: Side = Field(title="委机关对接部门", json_schema_extra=of(DOCKED))
    unit_id: Id = Field(title="被分析单位")
    period: Quarter = Field(title="分析期间(季度)")
    held_on: date = Field(title="会议日期", json_schema_extra=of(DOCKED))
    analysis: str = Field(title="廉情分析", min_length=1, max_length=20000, json_schema_extra=of(DOCKED))
    suggestions: str = Field("", title="建议", max_length=20000)


class ScreeningClosing(PaperForm):
    ZH = "廉政风险排查结果"
    EN = "result of a risk screening"
    PRINTED_AS = "risk_register"

    unit_id: Side = Field(title="排查单位", json_schema_extra=of(SCREENED))
    screened_from: date = Field(title="排查开始日期", json_schema_extra=of(SCREENED))
    screened_to: date = Field(title="排查结束日期", json_schema_extra=of(SCREENED))
    summary: str = Field(title="排查情况", min_length=1, max_length=20000, json_schema_extra=of(SCREENED))
