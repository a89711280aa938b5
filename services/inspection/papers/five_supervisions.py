"""Papers of the five supervisions and of the documents in force that they rest on (GL-3, GL-2.24, LZ-22)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.five_supervision_codes import (
    FINDING_ZH,
    FORM_ZH,
    GROUND_ZH,
    OUTCOME_ZH,
    RULE_RESULT_ZH,
    STREAM_ZH,
    TYPE_ZH,
    Finding,
    GroundKind,
    RecordOutcome,
    RuleResult,
    Stream,
    SupervisionForm,
    SupervisionType,
)
from services.inspection.domain.meeting_codes import GRADE_ZH, ProblemGrade
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of

CodeOrEmpty = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{0,64}$")]


class Provision(Line):
    """A duty, a special task, a rule, a principle: its code and what it says."""

    code: str = Field(title="代码", pattern=r"^[A-Za-z0-9_.-]{1,64}$", examples=["village_funds"])
    provision: str = Field(title="内容", min_length=1, max_length=5000)


class DocumentText(PaperForm):
    """`citation`: number of the document. `full_text`: all of it, or what it says beside its provisions."""

    ZH = "制度文件"
    EN = "document in force"

    clause: str = Field(title="条款", pattern=r"^[A-Z]{2}-[0-9]+\.[0-9]+$", examples=["GL-3.5"])
    document_title: str = Field(title="文件名称", min_length=1, max_length=300)
    citation: str = Field(title="文号", min_length=1, max_length=200)
    effective_on: date = Field(title="施行日期")
    full_text: str = Field(title="正文", min_length=1, max_length=100_000)
    provisions: tuple[Provision, ...] = Field((), title="分项内容", max_length=200)


class DocumentRepeal(PaperForm):
    ZH = "废止制度文件"
    EN = "repeal of a document"

    reason: str = Field(title="理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class RuleLine(Line):
    rule_no: int = Field(title="规定序号")
    result: RuleResult = Field(title="落实情况", json_schema_extra=labels(RULE_RESULT_ZH))
    remark: str = Field("", title="说明", max_length=5000)


class TypedSupervision(PaperForm):
    """What each of the five types asks for of its own: grounds of a special one, sources of an integrity analysis."""

    type: SupervisionType = Field(title="监督类型", json_schema_extra=of("GL-3.12", TYPE_ZH))
    ground: str = Field("", title="选题依据", max_length=5000, description="专项监督必填其一")
    ground_kind: GroundKind | None = Field(
        None, title="数据依据类别", json_schema_extra=of("GL-3.14", GROUND_ZH)
    )
    ground_id: IdOrEmpty = Field("", title="数据依据", json_schema_extra=of("GL-3.14"))
    streams: tuple[Stream, ...] = Field(
        (), title="数据来源", max_length=20, json_schema_extra=of("GL-3.16", STREAM_ZH)
    )
    analysis: str = Field("", title="廉情分析", max_length=20000, description="廉情监督必填")


class SupervisionPaper(TypedSupervision):
    """`finding_text`, `grade` and evidence go with a finding; `person_ids`, `task_ids` with a clue."""

    ZH = "五项监督记录"
    EN = "record of one of the five supervisions"
    PRINTED_AS = "supervision_check_record"

    unit_id: Id = Field(title="被监督单位")
    form: SupervisionForm = Field(title="监督方式", json_schema_extra=of("LZ-22.2", FORM_ZH))
    supervised_on: date = Field(title="监督日期")
    basis: str = Field(title="监督依据", min_length=1, max_length=5000, json_schema_extra=of("GL-4.1"))
    facts: str = Field(title="监督情况", min_length=1, max_length=20000, json_schema_extra=of("LZ-22.2"))
    finding: Finding = Field(Finding.NONE, title="监督结论", json_schema_extra=labels(FINDING_ZH))
    finding_text: str = Field("", title="发现的问题", max_length=20000)
    grade: ProblemGrade | None = Field(None, title="问题程度", json_schema_extra=labels(GRADE_ZH))
    person_ids: tuple[Id, ...] = Field((), title="涉及人员", max_length=50)
    task_ids: tuple[Id, ...] = Field((), title="承办人员", max_length=20)
    special_task: CodeOrEmpty = Field("", title="专项任务代码", json_schema_extra=of("GL-2.24"))
    duty_code: CodeOrEmpty = Field("", title="履职事项代码", json_schema_extra=of("GL-3.5"))
    rules: tuple[RuleLine, ...] = Field((), title="接受监督规定落实情况", max_length=50)


class RecordConversion(TypedSupervision):
    ZH = "转为其他监督"
    EN = "conversion into another supervision"

    reason: str = Field(title="转化理由", min_length=1, max_length=5000, json_schema_extra={"reason": True})


class ConvertedRecord(TypedSupervision):
    """Filed by the conversion: what the new record goes on with."""

    ZH = "由其他监督转来"
    EN = "converted from another supervision"

    origin_id: Id = Field(title="来源记录")
    person_ids: tuple[Id, ...] = Field((), title="涉及人员", max_length=50)


class RecordClosing(PaperForm):
    ZH = "五项监督办结"
    EN = "closing of a record"

    outcome: RecordOutcome = Field(title="办理结果", json_schema_extra=of("GL-3.18", OUTCOME_ZH))
    outcome_text: str = Field(title="结果说明", min_length=1, max_length=20000)
    reference_no: Number = Field("", title="文书或者线索编号")


class TaskNaming(PaperForm):
    ZH = "确定承办人员"
    EN = "who has a task with it"

    task_ids: tuple[Id, ...] = Field(title="承办人员", min_length=1, max_length=20)
