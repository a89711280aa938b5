"""Papers of an investigation: group, plan, talks, incidents, venues, and the report that goes to review."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.clues.domain.case import (
    CASE_PROPOSAL_ZH,
    INCIDENT_KIND_ZH,
    TALK_PLACE_ZH,
    CaseProposal,
    IncidentKind,
    TalkPlace,
)
from services.clues.papers.clue import ANY_RECIPIENT_ZH, PersonId, Recipient, labels


class InvestigationGroup(PaperForm):
    ZH = "审查调查组组成"
    EN = "investigation group"

    lead_id: PersonId = Field(title="审查调查组组长", json_schema_extra={"clause": "LZ-15.5"})
    member_ids: tuple[PersonId, ...] = Field(
        (), title="审查调查组其他成员", max_length=18, json_schema_extra={"clause": "LZ-15.5"}
    )
    safety_officer_id: PersonId = Field(title="安全负责人", json_schema_extra={"clause": "LZ-15.7"})


class InvestigationPlan(PaperForm):
    ZH = "审查调查方案"
    EN = "investigation plan"
    PRINTED_AS = "investigation_plan"

    facts: str = Field(title="需查清的问题", min_length=1, max_length=20000)
    steps: str = Field(title="步骤和方法", min_length=1, max_length=20000)
    measures: str = Field(title="拟采取的措施", min_length=1, max_length=20000)
    safety: str = Field(
        title="安全措施", min_length=1, max_length=20000, json_schema_extra={"clause": "LZ-15.7"}
    )


class PlanApprovalRequest(PaperForm):
    ZH = "审查调查方案审批表"
    EN = "approval form of the plan"

    opinion: str = Field("", title="呈批意见", max_length=5000)


class InvestigationReport(PaperForm):
    ZH = "审查调查报告及移送审理意见"
    EN = "investigation report"

    facts: str = Field(title="查明的事实", min_length=1, max_length=50000)
    opinion: str = Field(title="审查调查组意见", min_length=1, max_length=20000)
    proposal_code: CaseProposal = Field(
        title="处理建议", json_schema_extra={"clause": "LZ-17.1", "labels": labels(CASE_PROPOSAL_ZH)}
    )
    eight_point: bool = Field(
        False,
        title="是否涉及违反中央八项规定精神",
        description="是的，处分决定前报请预审",
        json_schema_extra={"clause": "LZ-19.6"},
    )


class CaseTalkPlan(PaperForm):
    ZH = "审查调查谈话安排"
    EN = "talk of an investigation"

    subject_id: str = Field(
        "",
        title="被谈话人(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    place_code: TalkPlace = Field(
        title="谈话场所", json_schema_extra={"clause": "LZ-15.7", "labels": labels(TALK_PLACE_ZH)}
    )
    from_at: AwareDatetime = Field(title="开始时间")
    to_at: AwareDatetime = Field(title="结束时间")
    safety_officer_id: PersonId = Field(title="安全负责人", json_schema_extra={"clause": "LZ-15.7"})


class SafetyIncidentEntry(PaperForm):
    ZH = "安全事故登记"
    EN = "safety incident, as recorded"

    occurred_at: AwareDatetime = Field(title="发生时间", json_schema_extra={"clause": "LZ-15.8"})
    kind_code: IncidentKind = Field(
        title="事故(事件)类别", json_schema_extra={"clause": "LZ-15.8", "labels": labels(INCIDENT_KIND_ZH)}
    )
    facts: str = Field(title="基本情况", min_length=1, max_length=20000)


class SafetyIncidentReport(PaperForm):
    ZH = "审查调查安全事故报告"
    EN = "safety incident report"
    PRINTED_AS = "safety_incident_report"

    recipient_roles: tuple[Recipient, ...] = Field(
        (Recipient.LIAISON, Recipient.CASE_SUPERVISION),
        title="报告对象",
        max_length=5,
        json_schema_extra={"clause": "LZ-15.8", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    facts: str = Field(title="事故(事件)情况", min_length=1, max_length=20000)
    steps: str = Field(title="已采取的措施", min_length=1, max_length=20000)


class VenueApplication(PaperForm):
    ZH = "走读式谈话场所申请"
    EN = "application for a talk venue"
    PRINTED_AS = "venue_request"

    recipient_role: Recipient = Field(
        Recipient.LIAISON,
        title="报送部门",
        json_schema_extra={"clause": "LZ-15.9", "labels": labels(ANY_RECIPIENT_ZH)},
    )
    from_at: AwareDatetime = Field(title="开始时间")
    to_at: AwareDatetime = Field(title="结束时间")
    purpose: str = Field(title="谈话事由及参加人员", min_length=1, max_length=5000)


class RequestedVenue(PaperForm):
    """Filed with the request: of which case, for when."""

    ZH = "走读式谈话场所申请(登记)"
    EN = "venue request, as registered"

    case_id: PersonId = Field(title="案件编号")
    from_at: AwareDatetime = Field(title="开始时间")
    to_at: AwareDatetime = Field(title="结束时间")
    purpose: str = Field(title="谈话事由及参加人员", min_length=1, max_length=5000)


class VenuePassing(PaperForm):
    ZH = "谈话场所申请转报件"
    EN = "passing-on of the venue request"

    remark: str = Field("", title="转报说明", max_length=2000)


class VenueArrangement(PaperForm):
    ZH = "谈话场所安排"
    EN = "arrangement of a venue"

    venue_code: PersonId = Field(title="谈话场所编号", json_schema_extra={"clause": "GL-2.21"})
    remark: str = Field("", title="备注", max_length=2000)


class VenueWithdrawal(PaperForm):
    ZH = "撤回谈话场所申请"
    EN = "withdrawal of the venue request"

    reason: str = Field(title="撤回理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})
