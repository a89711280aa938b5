"""Papers of the accountability of an office and its staff, and of proposals to a unit."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.office_accountability import (
    OFFICE_GROUND_ZH,
    TRACK_RESULT_ZH,
    TRACK_ZH,
    OfficeGround,
    Track,
    TrackResult,
)
from services.clues.papers.clue import OfficeId, PersonId, labels


class OfficeFile(PaperForm):
    ZH = "启动问责审批(派驻机构及其人员)"
    EN = "opening of a file on an office"

    examined_office_id: OfficeId = Field(title="所涉派驻机构", json_schema_extra={"clause": "LZ-22.10"})
    ground_code: OfficeGround = Field(
        title="问责情形", json_schema_extra={"clause": "LZ-22.10", "labels": labels(OFFICE_GROUND_ZH)}
    )
    person_ids: tuple[PersonId, ...] = Field(
        (),
        title="所涉人员(名册编号)",
        max_length=20,
        description="涉及人员的情形必填",
        json_schema_extra={"clause": "LZ-22.13"},
    )
    case_ref: str = Field(
        "",
        title="所涉线索或初核编号",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        description="终身问责的必填，不受时间限制",
        json_schema_extra={"clause": "LZ-22.16"},
    )
    grave_consequence: str = Field(
        "",
        title="造成的严重后果",
        max_length=5000,
        description="终身问责的必填",
        json_schema_extra={"clause": "LZ-22.16"},
    )
    facts: str = Field(title="事实", min_length=1, max_length=20000)
    basis: str = Field(title="依据", min_length=1, max_length=2000)


class SystemicMark(PaperForm):
    ZH = "系统性、塌方式腐败认定"
    EN = "mark of systemic corruption on a unit"

    unit_id: OfficeId = Field(title="发生单位", json_schema_extra={"clause": "LZ-22.11"})
    facts: str = Field(title="事实", min_length=1, max_length=20000)


class OverdueSignal(PaperForm):
    """Filed by the clock: how many duties of an office fell overdue in a quarter. It finds nothing."""

    ZH = "逾期事项提示"
    EN = "signal of repeated overdue duties"

    examined_office_id: OfficeId = Field(title="所涉派驻机构")
    quarter: str = Field(title="季度", max_length=7)
    overdue: int = Field(title="逾期件数", ge=0)
    threshold: int = Field(title="提示标准", ge=0)


class SupervisorySide(PaperForm):
    """Filed when the inquiry of a double accountability opens: of which, and whose supervision is examined."""

    ZH = "双问责监督责任立项"
    EN = "the supervising side of a double accountability"

    accountability_id: PersonId = Field(title="问责编号")
    examined_office_id: OfficeId = Field(title="所涉派驻机构")


class ReviewOpening(PaperForm):
    ZH = "启动对派驻机构问责"
    EN = "a review becomes an inquiry"

    basis: str = Field(title="依据", min_length=1, max_length=2000)


class OfficeFileSetAside(PaperForm):
    ZH = "不予启动(派驻机构及其人员)"
    EN = "a file on an office is set aside"

    reason: str = Field(
        title="理由", min_length=1, max_length=5000, json_schema_extra={"clause": "HS-3.14", "reason": True}
    )


class TrackConclusion(PaperForm):
    ZH = "双查结论"
    EN = "conclusion of a track"

    track_code: Track = Field(
        title="哪一项责任", json_schema_extra={"clause": "LZ-22.13", "labels": labels(TRACK_ZH)}
    )
    result_code: TrackResult = Field(title="结论", json_schema_extra={"labels": labels(TRACK_RESULT_ZH)})
    findings: str = Field(title="查明的情况", min_length=1, max_length=20000)


class OfficeFileClosing(PaperForm):
    ZH = "派驻机构及其人员问责办结登记"
    EN = "closing of a file on an office"

    remark: str = Field("", title="备注", max_length=2000)


class HandlingProposalDraft(PaperForm):
    ZH = "处理建议"
    EN = "handling proposal"
    PRINTED_AS = "handling_proposal"

    matter_ref: PersonId = Field(title="所依据的初核或案件编号", json_schema_extra={"clause": "LL-1.9"})
    person_ids: tuple[PersonId, ...] = Field((), title="建议处理的人员(名册编号)", max_length=20)
    proposal: str = Field(
        title="处理建议", min_length=1, max_length=20000, json_schema_extra={"clause": "LL-1.9"}
    )


class HandlingProposalSending(PaperForm):
    ZH = "处理建议送达登记"
    EN = "sending of a handling proposal"

    remark: str = Field("", title="备注", max_length=2000)
