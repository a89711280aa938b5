"""Papers of accountability: how it arose, its inquiry, its decision, and what became of it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.accountability import (
    ADDRESSEE_ZH,
    CAUSE_ZH,
    DECIDER_ZH,
    FORM_ZH,
    GROUND_ZH,
    LENIENCE_GROUND_ZH,
    LENIENCE_ZH,
    RESPONSIBILITY_ZH,
    UNIT_ANSWER_ZH,
    Addressee,
    Cause,
    Decider,
    Form,
    Ground,
    Lenience,
    LenienceGround,
    Responsibility,
    UnitAnswer,
)
from services.clues.papers.clue import OfficeId, PersonId, labels

SEVERAL = 20


class AccountabilityFinding(PaperForm):
    ZH = "问责情形登记表"
    EN = "ground of accountability, as found"

    unit_id: OfficeId = Field(title="所在单位")
    found_on: date = Field(title="发现日期")
    ground_code: Ground = Field(
        title="问责情形", json_schema_extra={"clause": "HS-3.12", "labels": labels(GROUND_ZH)}
    )
    person_ids: tuple[PersonId, ...] = Field((), title="问责干部(名册编号)", max_length=SEVERAL)
    organisation_ids: tuple[PersonId, ...] = Field((), title="问责党组织(编号)", max_length=SEVERAL)
    matter_ref: str = Field(
        "", title="所涉事项编号", pattern=r"^[A-Za-z0-9_.:-]{0,64}$", description="问题、线索或会商事项"
    )
    cause_code: Cause | None = Field(
        None,
        title="原因",
        description="工作推进不力的必填",
        json_schema_extra={"clause": "HS-5.6", "labels": labels(CAUSE_ZH)},
    )
    cause_proof: str = Field(
        "",
        title="主观原因的依据",
        max_length=5000,
        description="工作推进不力的必填",
        json_schema_extra={"clause": "HS-5.6"},
    )
    facts: str = Field(title="事实", min_length=1, max_length=20000)
    basis: str = Field(title="依据", min_length=1, max_length=2000)


class AccountabilityOpinion(PaperForm):
    ZH = "问责意见"
    EN = "opinion that somebody be held accountable"

    problem_ref: PersonId = Field(title="所依据的问题编号", json_schema_extra={"clause": "GL-1.20"})
    person_ids: tuple[PersonId, ...] = Field((), title="问责干部(名册编号)", max_length=SEVERAL)
    organisation_ids: tuple[PersonId, ...] = Field((), title="问责党组织(编号)", max_length=SEVERAL)
    responsibility_kind: Responsibility = Field(
        title="责任种类", json_schema_extra={"clause": "GL-3.15", "labels": labels(RESPONSIBILITY_ZH)}
    )
    facts: str = Field(title="事实", min_length=1, max_length=20000, json_schema_extra={"clause": "GL-3.15"})
    basis: str = Field(title="依据", min_length=1, max_length=2000, json_schema_extra={"clause": "GL-3.15"})


class FailedRectification(PaperForm):
    """Filed by the reaction to a failed rectification: ids and codes only."""

    ZH = "整改评估问责情形(接收)"
    EN = "failed rectification, as received"

    item_id: PersonId = Field(title="会商事项编号")
    ground_code: Ground = Field(title="问责情形", json_schema_extra={"labels": labels(GROUND_ZH)})
    units: tuple[OfficeId, ...] = Field(title="牵头及配合单位", max_length=SEVERAL)
    assessed_on: date = Field(title="评估日期")


class SubjectsEntry(PaperForm):
    ZH = "问责对象登记"
    EN = "whom the accountability is about"

    person_ids: tuple[PersonId, ...] = Field((), title="问责干部(名册编号)", max_length=SEVERAL)
    organisation_ids: tuple[PersonId, ...] = Field((), title="问责党组织(编号)", max_length=SEVERAL)


class AccountabilityApproval(PaperForm):
    ZH = "启动问责审批"
    EN = "accountability approval"
    PRINTED_AS = "accountability_approval"

    opinion: str = Field("", title="呈批意见", max_length=5000)


class SettingAside(PaperForm):
    ZH = "不予启动问责审批"
    EN = "why accountability is not opened"

    reason: str = Field(
        title="不予启动的理由",
        min_length=1,
        max_length=5000,
        json_schema_extra={"clause": "HS-3.12", "reason": True},
    )


class InquiryOpening(PaperForm):
    ZH = "问责调查启动登记"
    EN = "opening of the inquiry"

    remark: str = Field("", title="备注", max_length=2000)


class AccountabilitySuggestion(PaperForm):
    ZH = "启动问责建议"
    EN = "accountability suggestion"
    PRINTED_AS = "accountability_suggestion"

    facts: str = Field(title="事实", min_length=1, max_length=20000, json_schema_extra={"clause": "GL-3.15"})
    responsibility_kind: Responsibility = Field(
        title="责任种类", json_schema_extra={"clause": "GL-3.15", "labels": labels(RESPONSIBILITY_ZH)}
    )
    basis: str = Field(title="依据", min_length=1, max_length=2000, json_schema_extra={"clause": "GL-3.15"})


class UnitAnswerEntry(PaperForm):
    ZH = "启动问责建议答复登记"
    EN = "the unit's answer"

    answer_code: UnitAnswer = Field(title="答复", json_schema_extra={"labels": labels(UNIT_ANSWER_ZH)})
    answered_on: date | None = Field(None, title="答复日期", description="留空即今日")
    remark: str = Field("", title="备注", max_length=2000)


class LenienceAssessment(PaperForm):
    ZH = "从轻减轻免予研判记录"
    EN = "lenience assessment"
    PRINTED_AS = "lenience_assessment"

    ground_code: LenienceGround = Field(
        title="情形", json_schema_extra={"clause": "HS-4.1", "labels": labels(LENIENCE_GROUND_ZH)}
    )
    disclosed_on: date = Field(title="单位台账录入日期", json_schema_extra={"clause": "HS-4.1"})
    rectification_verified_on: date | None = Field(
        None, title="整改核实日期", json_schema_extra={"clause": "HS-4.1"}
    )
    case_ref: str = Field(
        "",
        title="干部案件(线索)编号",
        pattern=r"^[A-Za-z0-9_.:-]{0,64}$",
        json_schema_extra={"clause": "HS-4.2"},
    )
    conclusion_code: Lenience = Field(title="研判结论", json_schema_extra={"labels": labels(LENIENCE_ZH)})
    study: str = Field(title="综合研判意见", min_length=1, max_length=20000)


class AccountabilityDecision(PaperForm):
    ZH = "问责决定"
    EN = "accountability decision"
    PRINTED_AS = "accountability_decision"

    decision_no: str = Field(title="决定文号", min_length=1, max_length=64)
    decided_by: Decider = Field(title="决定机关", json_schema_extra={"labels": labels(DECIDER_ZH)})
    decided_on: date | None = Field(None, title="决定日期", description="留空即今日")
    form_code: Form = Field(title="问责方式", json_schema_extra={"labels": labels(FORM_ZH)})
    main_ids: tuple[PersonId, ...] = Field(
        (), title="承担主体责任的", max_length=SEVERAL, json_schema_extra={"clause": "LZ-18.3"}
    )
    supervisory_ids: tuple[PersonId, ...] = Field(
        (), title="承担监督责任的", max_length=SEVERAL, json_schema_extra={"clause": "LZ-18.3"}
    )
    leadership_ids: tuple[PersonId, ...] = Field(
        (), title="承担领导责任的", max_length=SEVERAL, json_schema_extra={"clause": "LZ-18.3"}
    )


class DualDecision(AccountabilityDecision):
    ZH = "双问责决定"
    EN = "dual accountability record"

    direct_ids: tuple[PersonId, ...] = Field(
        (), title="直接责任人", max_length=SEVERAL, json_schema_extra={"clause": "HS-3.13"}
    )
    leader_ids: tuple[PersonId, ...] = Field(
        (), title="责任领导", max_length=SEVERAL, json_schema_extra={"clause": "HS-3.13"}
    )
    one_sided_reason: str = Field(
        "", title="只追究一方的理由", max_length=5000, json_schema_extra={"clause": "HS-3.13"}
    )
    examined_units: tuple[OfficeId, ...] = Field(
        (), title="已问责的牵头、配合单位", max_length=SEVERAL, json_schema_extra={"clause": "HS-3.15"}
    )


class AnnouncementEntry(PaperForm):
    ZH = "问责决定宣布记录"
    EN = "announcement of a decision"

    subject_ref: PersonId = Field(title="问责对象(编号)")
    addressee_role: Addressee = Field(
        title="向谁宣布", json_schema_extra={"clause": "LZ-18.4", "labels": labels(ADDRESSEE_ZH)}
    )
    announced_on: date | None = Field(None, title="宣布日期", description="留空即今日")


class ExecutionEntry(PaperForm):
    ZH = "问责执行核实记录"
    EN = "verification of the execution"

    executed_on: date | None = Field(None, title="执行日期", description="留空即今日")
    findings: str = Field(title="执行情况", min_length=1, max_length=20000)


class AccountabilityClosing(PaperForm):
    ZH = "问责办结登记"
    EN = "closing of the accountability"

    remark: str = Field("", title="备注", max_length=2000)


class DualClosing(PaperForm):
    ZH = "双问责办结登记"
    EN = "closing of a double accountability"

    reason: str = Field(
        "",
        title="未全部问责的理由",
        max_length=5000,
        description="有单位未问责的必填",
        json_schema_extra={"clause": "HS-3.15"},
    )
