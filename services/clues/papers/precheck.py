"""Papers of a pre-check (预审): the request, what is registered of it, the opinion (LZ-19.5, LZ-19.6)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.precheck import (
    PRECHECK_KIND_ZH,
    PRECHECK_OFFICE_ZH,
    PRECHECK_RESULT_ZH,
    PrecheckKind,
    PrecheckOffice,
    PrecheckResult,
)
from services.clues.papers.clue import PersonId, labels


class PrecheckRequest(PaperForm):
    ZH = "预审报告"
    EN = "pre-check request"
    PRINTED_AS = "precheck_request"

    recipient_role: PrecheckOffice = Field(
        title="报送部门",
        json_schema_extra={"clause": "LZ-19.5", "labels": labels(PRECHECK_OFFICE_ZH)},
    )
    facts: str = Field(title="查明的事实", min_length=1, max_length=20000)
    proposal: str = Field(title="拟作出的处理或处分", min_length=1, max_length=5000)


class OpenedPrecheck(PaperForm):
    """Filed with the pre-check: what is put before the office that is asked."""

    ZH = "预审报告(登记)"
    EN = "pre-check, as registered"

    clue_id: PersonId = Field(title="问题线索")
    matter_ref: PersonId = Field(title="所涉初步核实或案件")
    group_ids: tuple[PersonId, ...] = Field((), title="核查组或审查调查组", max_length=20)
    kind_code: PrecheckKind = Field(title="预审事项", json_schema_extra={"labels": labels(PRECHECK_KIND_ZH)})
    recipient_role: PrecheckOffice = Field(
        title="报送部门", json_schema_extra={"labels": labels(PRECHECK_OFFICE_ZH)}
    )
    facts: str = Field(title="查明的事实", min_length=1, max_length=20000)
    proposal: str = Field(title="拟作出的处理或处分", min_length=1, max_length=5000)


class PrecheckOpinion(PaperForm):
    ZH = "预审意见"
    EN = "pre-check opinion"
    PRINTED_AS = "precheck_opinion"

    result_code: PrecheckResult = Field(
        title="预审结果", json_schema_extra={"clause": "LZ-19.5", "labels": labels(PRECHECK_RESULT_ZH)}
    )
    opinion: str = Field("", title="预审意见", max_length=20000, description="退回的必填")
