"""Papers of the supervision of selection procedures (papers.yaml; LZ-7.1 to LZ-7.5)."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm
from services.inspection.domain.meeting_codes import GRADE_ZH, ProblemGrade
from services.inspection.domain.selection_codes import MATERIAL_ZH, RECORD_ZH, Material, PersonnelRecord
from services.inspection.papers.fields import Id, Number, labels, of


class SelectionOpening(PaperForm):
    ZH = "选人用人监督卷"
    EN = "supervision file of a selection procedure"
    PRINTED_AS = "appointment_supervision_file"

    unit_id: Id = Field(title="单位", json_schema_extra=of("LZ-7.1"))
    procedure_no: Number = Field(title="选任工作编号", min_length=1, pattern=r"^[A-Za-z0-9_.:-]+$")
    posts: str = Field(title="拟选任职位", min_length=1, max_length=2000)
    announced_on: date = Field(title="单位告知日期")


class HeadsOpinion(PaperForm):
    ZH = "听取意见记录"
    EN = "opinion of the head"
    PRINTED_AS = "appointment_opinion_record"

    heard_on: date = Field(title="听取日期")
    favourable: bool = Field(title="同意", description="意见供参考，不影响程序继续")
    opinion: str = Field(title="意见", min_length=1, max_length=5000, json_schema_extra=of("LZ-7.2"))


class StageEntry(PaperForm):
    ZH = "进入下一环节"
    EN = "next stage"

    entered_on: date = Field(title="日期")


class StageSupervision(PaperForm):
    ZH = "环节监督记录"
    EN = "supervision of a stage"

    supervised_on: date = Field(title="监督日期")
    facts: str = Field(title="监督情况", min_length=1, max_length=20000)
    grade: ProblemGrade | None = Field(
        None, title="问题程度", description="未发现问题的不填", json_schema_extra=labels(GRADE_ZH)
    )


class RecordAccess(PaperForm):
    ZH = "干部档案查阅记录"
    EN = "access to personnel records"
    PRINTED_AS = "archive_access_record"

    person_id: Id = Field(title="被查阅人", json_schema_extra=of("LZ-7.4"))
    material: PersonnelRecord = Field(title="查阅材料", json_schema_extra=labels(RECORD_ZH))
    purpose: str = Field(
        title="查阅目的",
        min_length=1,
        max_length=2000,
        json_schema_extra={"clause": "LZ-7.4", "reason": True},
    )
    officer_id: Id = Field(title="查阅人")
    accessed_on: date = Field(title="查阅日期")
    verified: str = Field("", title="核实情况", max_length=20000)


class AppointmentMaterials(PaperForm):
    ZH = "选任方案及名单"
    EN = "plan or list communicated before its discussion"
    PRINTED_AS = "appointment_materials"

    kind: Material = Field(title="材料类别", json_schema_extra=of("LZ-7.5", MATERIAL_ZH))
    communicated_at: AwareDatetime = Field(title="沟通时间", description="北京时间")
    meeting_at: AwareDatetime = Field(title="上会时间", description="北京时间")
    person_ids: tuple[Id, ...] = Field((), title="涉及人员", max_length=200)


class SelectionClosing(PaperForm):
    ZH = "选人用人监督结束"
    EN = "end of the supervision"

    summary: str = Field(title="监督情况", min_length=1, max_length=20000)
