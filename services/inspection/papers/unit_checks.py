"""Papers of the checks of a unit and of its lists of main responsibility (papers.yaml; LZ-4, LZ-5, GL-1.4)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.meeting_codes import GRADE_ZH, ProblemGrade
from services.inspection.domain.unit_check_codes import (
    CHECK_ZH,
    FOCUS_ZH,
    RESULT_ZH,
    SCOPE_ZH,
    STATUS_ZH,
    CadreFocus,
    ListScope,
    TaskResult,
    TaskStatus,
    UnitCheckType,
)
from services.inspection.papers.fields import Id, IdOrEmpty, Line, labels, of


class UnitCheckRecord(PaperForm):
    """What a type asks for besides is in `acts.unit_checks`."""

    ZH = "监督检查记录"
    EN = "record of a unit's check"
    PRINTED_AS = "supervision_check_record"

    unit_id: Id = Field(title="单位", json_schema_extra=of("LZ-4.1"))
    check_type: UnitCheckType = Field(title="检查类别", json_schema_extra=labels(CHECK_ZH))
    basis: str = Field(title="检查依据", min_length=1, max_length=2000, json_schema_extra=of("LZ-4.1"))
    facts: str = Field("", title="检查情况", max_length=20000)
    finding: str = Field(title="检查结论", min_length=1, max_length=10000, json_schema_extra=of("LZ-4.1"))
    evidence: str = Field("", title="佐证材料说明", max_length=5000)
    checked_on: date = Field(title="检查日期")
    decision_ref: str = Field(
        "", title="检查的决策部署", description="检查决策部署落实的必填", max_length=500,
        json_schema_extra=of("LZ-4.2"),
    )  # fmt: skip
    focus: CadreFocus | None = Field(
        None, title="监督重点", description="检查领导干部的必填", json_schema_extra=of("GL-1.4", FOCUS_ZH)
    )
    person_ids: tuple[Id, ...] = Field((), title="涉及人员", max_length=100)
    list_id: IdOrEmpty = Field("", title="主体责任清单", description="检查清单任务的必填")
    task_no: int = Field(0, title="任务序号", ge=0, le=999, json_schema_extra=of("LZ-5.3"))
    result: TaskResult | None = Field(
        None,
        title="任务落实结果",
        description="检查清单任务的必填",
        json_schema_extra=of("LZ-5.3", RESULT_ZH),
    )
    grade: ProblemGrade | None = Field(
        None, title="问题程度", description="无问题的不填", json_schema_extra=labels(GRADE_ZH)
    )


class TaskLine(Line):
    no: int = Field(title="任务序号", ge=1, le=999)
    task: str = Field(title="任务", min_length=1, max_length=2000)
    owner_id: IdOrEmpty = Field("", title="责任人", json_schema_extra=of("LZ-5.1"))
    status: TaskStatus = Field(TaskStatus.PENDING, title="进展", json_schema_extra=labels(STATUS_ZH))


class ListOfResponsibility(PaperForm):
    ZH = "主体责任清单"
    EN = "list of main responsibility"
    PRINTED_AS = "responsibility_list"

    unit_id: IdOrEmpty = Field("", title="单位", description="由单位自行登记时不填")
    scope: ListScope = Field(title="责任主体", json_schema_extra=labels(SCOPE_ZH))
    effective_on: date = Field(title="施行日期")
    tasks: tuple[TaskLine, ...] = Field(
        title="任务", min_length=1, max_length=300, json_schema_extra=of("LZ-5.1")
    )


class ListRevision(PaperForm):
    ZH = "修订主体责任清单"
    EN = "new version of a list of main responsibility"

    effective_on: date = Field(title="施行日期")
    tasks: tuple[TaskLine, ...] = Field(
        title="任务", min_length=1, max_length=300, json_schema_extra=of("LZ-5.1")
    )


class TaskProgress(PaperForm):
    ZH = "任务进展"
    EN = "progress of a task"

    task_no: int = Field(title="任务序号", ge=1, le=999)
    status: TaskStatus = Field(title="进展", json_schema_extra=labels(STATUS_ZH))
    remark: str = Field("", title="说明", max_length=2000)


class TaskChecked(PaperForm):
    """Filed on the list by the check of one of its tasks."""

    ZH = "任务已检查"
    EN = "a task was checked"

    check_id: Id = Field(title="监督检查")
    task_no: int = Field(title="任务序号", ge=1, le=999)
    checked_on: date = Field(title="检查日期")
    result: TaskResult = Field(title="任务落实结果", json_schema_extra=labels(RESULT_ZH))


class ResponsibilityListWithdrawal(PaperForm):
    ZH = "停用主体责任清单"
    EN = "a list of main responsibility is no longer in force"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})
