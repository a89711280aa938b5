"""Papers of special-duty supervision: its plan with a day for each link, and what each link leaves behind (GL-3.19)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.duty_supervision_codes import LINK_ZH, OUTCOME_ZH, DutyLink, DutyOutcome
from services.inspection.papers.fields import Id, Line, labels, of
from services.inspection.papers.meetings import OpinionLine

LINKS, NODES = "GL-3.19", "GL-3.20"


class DutyDraft(PaperForm):
    ZH = "专责监督立项"
    EN = "special-duty supervision taken up"

    unit_id: Id = Field(title="被监督单位")
    ground: str = Field(
        title="监督缘由", min_length=1, max_length=5000, json_schema_extra=of(LINKS) | {"reason": True}
    )
    member_ids: tuple[Id, ...] = Field((), title="成员", max_length=50)


class LinkNode(Line):
    """The day by which a link is passed."""

    link: DutyLink = Field(title="环节", json_schema_extra=labels(LINK_ZH))
    node_on: date = Field(title="时间节点")


class DutyPlan(PaperForm):
    """A day for each of the five links, in their order."""

    ZH = "专责监督方案"
    EN = "plan of special-duty supervision"
    PRINTED_AS = "special_supervision_plan"

    workflow: str = Field(title="工作流程", min_length=1, max_length=20000, json_schema_extra=of(NODES))
    nodes: tuple[LinkNode, ...] = Field((), title="时间节点", max_length=5, json_schema_extra=of(NODES))


class DutyOpinion(PaperForm):
    ZH = "专责监督意见书"
    EN = "opinion of special-duty supervision"

    addressee: str = Field(title="主送", min_length=1, max_length=200, json_schema_extra=of(LINKS))
    lines: tuple[OpinionLine, ...] = Field(
        title="监督意见", min_length=1, max_length=99, json_schema_extra=of(LINKS)
    )


class UnitsDutyOpinion(DutyOpinion):
    """The same as the unit gets it."""

    ZH = "监督意见书(专责监督)"
    EN = "opinion to the unit"

    unit_id: Id = Field(title="被监督单位")


class DutyRectification(PaperForm):
    ZH = "整改情况登记"
    EN = "the unit's rectification"

    reported_on: date = Field(title="单位报送日期", json_schema_extra=of(LINKS))
    measures: str = Field(title="整改措施和进展", min_length=1, max_length=20000, json_schema_extra=of(LINKS))


class DutyTracking(PaperForm):
    ZH = "跟踪核实记录"
    EN = "tracking of the rectification"

    tracked_on: date = Field(title="跟踪核实日期", json_schema_extra=of(LINKS))
    facts: str = Field(title="核实情况", min_length=1, max_length=20000, json_schema_extra=of(LINKS))
    fully_rectified: bool = Field(title="是否整改到位", json_schema_extra=of(LINKS))


class DutyInterview(PaperForm):
    """`interview_id`: a held interview (约谈) of the same unit, which has its own file."""

    ZH = "约谈情况登记"
    EN = "the interview that was held"

    interview_id: Id = Field(title="约谈", json_schema_extra=of(LINKS))


class DutyAccountability(PaperForm):
    ZH = "提请问责登记"
    EN = "accountability was asked for"

    proposed_on: date = Field(title="提请日期", json_schema_extra=of(LINKS))
    proposal_no: str = Field(title="问责建议编号", min_length=1, max_length=64, json_schema_extra=of(LINKS))


class DutyClosing(PaperForm):
    ZH = "专责监督办结"
    EN = "closing of special-duty supervision"

    outcome: DutyOutcome = Field(title="办理结果", json_schema_extra=of(LINKS, OUTCOME_ZH))
    result: str = Field(title="结果说明", min_length=1, max_length=20000, json_schema_extra=of(LINKS))
