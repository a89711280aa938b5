"""Papers of the work with units: cases that law enforcement opened, guidance and checks, opinions asked for."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.unit_org import (
    LEVER_ZH,
    OFFICES_OPINION_ZH,
    TOPIC_ZH,
    UNIT_MATTER_ZH,
    Lever,
    OfficesOpinion,
    Topic,
    UnitMatter,
)
from services.clues.papers.clue import ANY_RECIPIENT_ZH, OfficeId, PersonId, Recipient, labels


class _EnforcementCase(PaperForm):
    subject_ids: tuple[PersonId, ...] = Field(
        title="被立案的领导干部(名册编号)",
        min_length=1,
        max_length=20,
        json_schema_extra={"clause": "LZ-12.23"},
    )
    authority: str = Field(title="立案的执法机关", min_length=1, max_length=200)
    known_on: date = Field(title="获悉日期")
    facts: str = Field(title="立案情况", min_length=1, max_length=20000)


class EnforcementCaseEntry(_EnforcementCase):
    ZH = "执法机关立案情况登记表"
    EN = "case opened by law enforcement, as learned"

    unit_id: OfficeId = Field(title="所在单位")


class EnforcementCaseNotice(_EnforcementCase):
    ZH = "执法机关立案情况告知单"
    EN = "case opened by law enforcement, told by the unit"


class EnforcementCaseReport(PaperForm):
    ZH = "执法机关立案查处情况报告"
    EN = "enforcement case report"
    PRINTED_AS = "enforcement_case_report"

    recipient_roles: tuple[Recipient, ...] = Field(
        title="报送部门",
        min_length=1,
        max_length=5,
        description="须同时报送对口联系的监督检查室和案件监督管理室",
        json_schema_extra={"clause": "LZ-12.23", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class GuidanceRecord(PaperForm):
    ZH = "指导记录"
    EN = "guidance record"
    PRINTED_AS = "guidance_record"

    unit_id: OfficeId = Field(title="被指导检查单位", json_schema_extra={"clause": "LZ-21.7"})
    lever: Lever = Field(title="方式", json_schema_extra={"labels": labels(LEVER_ZH)})
    topics: tuple[Topic, ...] = Field(
        title="指导检查内容", min_length=1, max_length=3, json_schema_extra={"labels": labels(TOPIC_ZH)}
    )
    held_on: date = Field(title="指导检查日期")
    content: str = Field(title="指导检查情况", min_length=1, max_length=20000)
    finding_count: int = Field(0, title="发现问题数", ge=0, le=100000, description="指导不填")


class UnitOrgAnswer(PaperForm):
    ZH = "指导检查答复"
    EN = "answer of the unit's discipline organisation"

    answer: str = Field(title="答复(整改情况)", min_length=1, max_length=20000)


class UnitCaseRequest(PaperForm):
    ZH = "处理意见征求意见件"
    EN = "unit case opinion, asked for"
    PRINTED_AS = "unit_case_opinion"

    matter_code: UnitMatter = Field(
        title="事项种类", json_schema_extra={"clause": "LZ-21.8", "labels": labels(UNIT_MATTER_ZH)}
    )
    subject_ids: tuple[PersonId, ...] = Field((), title="涉及人员(名册编号)", max_length=20)
    matter: str = Field(title="基本情况", min_length=1, max_length=20000)
    proposal: str = Field(title="拟处理意见", min_length=1, max_length=20000)


class UnitCaseOpinion(PaperForm):
    ZH = "处理意见答复"
    EN = "unit case opinion, given"

    opinion_code: OfficesOpinion = Field(
        title="意见", json_schema_extra={"clause": "LZ-21.8", "labels": labels(OFFICES_OPINION_ZH)}
    )
    opinion: str = Field("", title="意见说明", max_length=5000, description="建议修改或不同意的必填")
    given_on: date | None = Field(None, title="答复日期", description="留空即今日")


class UnitHandling(PaperForm):
    ZH = "处理结果登记"
    EN = "handling, as decided by the unit"

    handled_on: date = Field(title="作出处理日期", json_schema_extra={"clause": "LZ-21.8"})
    handling: str = Field(title="处理结果", min_length=1, max_length=20000)
