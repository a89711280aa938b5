"""Papers before and at the filing of a case: opening, opinions, exemption, court documents, approval."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.case import (
    CASE_PROPOSAL_ZH,
    COURT_DOCUMENT_ZH,
    FILING_OPINION_ZH,
    CaseProposal,
    CourtDocument,
    FilingOpinion,
)
from services.clues.domain.verification import CAPACITY_ZH, Capacity
from services.clues.papers.clue import PersonId, labels

REASON = {"reason": True}


class CaseOpening(PaperForm):
    ZH = "启动立案程序"
    EN = "start of the filing procedure"

    capacity: Capacity | None = Field(
        None,
        title="以何名义",
        description="留空即与初步核实相同",
        json_schema_extra={"clause": "LZ-15.4", "labels": labels(CAPACITY_ZH)},
    )
    remark: str = Field("", title="备注", max_length=2000)


class CaseOnJudgement(PaperForm):
    ZH = "依据生效裁判办理"
    EN = "case on the ground of a judgement"

    capacity: Capacity = Field(
        Capacity.DISCIPLINE,
        title="以何名义",
        json_schema_extra={"clause": "LZ-15.4", "labels": labels(CAPACITY_ZH)},
    )
    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra=dict(REASON))


class OpenedCase(PaperForm):
    """Filed when a case is opened: of which clue, after which verification (empty: none that proposed filing)."""

    ZH = "案件登记"
    EN = "case opened"

    clue_id: PersonId = Field(title="问题线索")
    verification_id: str = Field("", title="初步核实编号", max_length=64)
    capacity: Capacity = Field(title="以何名义", json_schema_extra={"labels": labels(CAPACITY_ZH)})


class UnitOpinionRequest(PaperForm):
    ZH = "立案前征求党组主要负责人意见"
    EN = "opinion asked of the unit's party head"

    remark: str = Field("", title="沟通情况", max_length=5000)


class LiaisonOpinionRequest(PaperForm):
    ZH = "立案前与对口联系室沟通"
    EN = "opinion asked of the liaison office"

    remark: str = Field("", title="沟通情况", max_length=5000)


class UnitFilingOpinion(PaperForm):
    ZH = "立案前征求党组意见记录"
    EN = "opinion of the unit's party head"
    PRINTED_AS = "filing_opinion_unit"

    opinion_code: FilingOpinion = Field(
        title="意见", json_schema_extra={"clause": "LZ-15.1", "labels": labels(FILING_OPINION_ZH)}
    )
    opinion: str = Field(title="意见内容", min_length=1, max_length=20000)
    given_on: date | None = Field(None, title="答复日期", description="留空即今日")


class LiaisonFilingOpinion(PaperForm):
    ZH = "立案前与对口室沟通记录"
    EN = "opinion of the liaison office"
    PRINTED_AS = "filing_opinion_liaison"

    opinion_code: FilingOpinion = Field(
        title="意见", json_schema_extra={"clause": "LZ-15.3", "labels": labels(FILING_OPINION_ZH)}
    )
    opinion: str = Field(title="意见内容", min_length=1, max_length=20000)


class ExemptionRequest(PaperForm):
    ZH = "立案后通报审批表"
    EN = "request to inform the unit after filing"

    reason: str = Field(
        title="不事先征求意见的理由",
        min_length=1,
        max_length=5000,
        json_schema_extra={"clause": "LZ-15.2", "reason": True},
    )


class FilingApprovalForm(PaperForm):
    ZH = "立案审批表"
    EN = "approval form of the filing"
    PRINTED_AS = "case_filing_approval"

    facts: str = Field(title="涉嫌违纪违法事实", min_length=1, max_length=20000)
    basis: str = Field(title="立案依据", min_length=1, max_length=5000)
    reason: str = Field(
        "",
        title="已有生效裁判仍予立案的理由",
        max_length=5000,
        json_schema_extra={"clause": "LZ-15.10", "reason": True},
    )


class UnitFilingNotice(PaperForm):
    ZH = "立案通报"
    EN = "notice of the filing to the unit"
    PRINTED_AS = "filing_notice_to_unit"

    informed_id: PersonId = Field(
        title="通报对象(名册编号)",
        description="党组(党委)主要负责人;其涉及本案的,为未涉及的领导班子成员",
        json_schema_extra={"clause": "LZ-15.2"},
    )
    informed_on: date | None = Field(None, title="通报日期", description="留空即今日")


class CourtDocumentEntry(PaperForm):
    ZH = "生效判决/裁定/决定登记"
    EN = "court document, as received"

    subject_id: str = Field(
        "",
        title="所涉人员(名册编号)",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="只有一名被反映人时可留空",
    )
    document_code: CourtDocument = Field(
        title="文书种类", json_schema_extra={"clause": "LZ-15.10", "labels": labels(COURT_DOCUMENT_ZH)}
    )
    organ: str = Field(title="作出机关", min_length=1, max_length=200)
    number: str = Field(title="文书编号", min_length=1, max_length=100)
    effective_on: date | None = Field(None, title="生效日期", description="尚未生效的留空")
    facts: str = Field(title="认定的事实、性质和情节", min_length=1, max_length=20000)


class SanctionOnJudgement(PaperForm):
    ZH = "处分建议(依据生效裁判)"
    EN = "sanction proposed on judicial facts"

    proposal_code: CaseProposal = Field(
        title="处理建议", json_schema_extra={"clause": "LZ-15.11", "labels": labels(CASE_PROPOSAL_ZH)}
    )
    basis: str = Field(title="依据的事实、性质和情节", min_length=1, max_length=20000)
    suggestion: str = Field(title="处分建议", min_length=1, max_length=5000)
    eight_point: bool = Field(
        False,
        title="是否涉及违反中央八项规定精神",
        description="是的，处分决定前报请预审",
        json_schema_extra={"clause": "LZ-19.6"},
    )
