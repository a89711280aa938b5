"""Papers of integrity talks, interviews and assessments of the key few (papers.yaml; LZ-8, LL-3.10 to 3.13, HS-4.8)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.talk_codes import GROUND_ZH, TALK_ZH, InterviewGround, TalkType
from services.inspection.papers.fields import Id, IdOrEmpty, Line, labels, of


class TalkPlan(PaperForm):
    ZH = "廉政谈话计划"
    EN = "plan of an integrity talk"

    talk_type: TalkType = Field(title="谈话类别", json_schema_extra=labels(TALK_ZH))
    unit_id: Id = Field(title="单位")
    person_id: IdOrEmpty = Field("", title="谈话对象", description="集体谈话不填")
    speaker_id: Id = Field(title="谈话人")
    planned_on: date = Field(title="计划日期")


class TalkRecord(PaperForm):
    """Which parts have to be there depends on with whom the talk was: see `acts.talks`."""

    ZH = "廉政谈话记录"
    EN = "record of an integrity talk"
    PRINTED_AS = "integrity_talk_record"

    held_on: date = Field(title="谈话日期")
    topic: str = Field(title="谈话主题", min_length=1, max_length=500)
    integrity_work: str = Field("", title="党风廉政建设工作情况", max_length=10000)
    self_discipline: str = Field("", title="个人廉洁自律情况", max_length=10000)
    risk_reminder: str = Field("", title="廉政风险提醒", max_length=10000)
    attendee_ids: tuple[Id, ...] = Field((), title="参加人员", description="集体谈话必填", max_length=500)


class TalkFiling(PaperForm):
    ZH = "谈话记录归档"
    EN = "filing of a talk"

    remark: str = Field("", title="备注", max_length=2000)


class TalkCancellation(PaperForm):
    ZH = "取消谈话"
    EN = "a talk is called off"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class TalkYearOpening(PaperForm):
    ZH = "启动年度谈话覆盖"
    EN = "opening of the year's coverage"

    year: int = Field(title="年度", ge=2000, le=2200, json_schema_extra=of("LZ-8.4"))


class TalkYearOfOffice(PaperForm):
    ZH = "续开年度谈话覆盖"
    EN = "the next year of an office"

    office_id: Id = Field(title="机构")
    year: int = Field(title="年度", ge=2000, le=2200)


class KeyPostList(PaperForm):
    ZH = "重点岗位人员名单"
    EN = "holders of key posts"

    person_ids: tuple[Id, ...] = Field(title="重点岗位人员", max_length=1000, json_schema_extra=of("LZ-8.3"))
    reason: str = Field(title="认定理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class TalkNote(PaperForm):
    """What the service notes when a talk is on record, a checkpoint has come, or the year is over."""

    ZH = "谈话覆盖情况更新"
    EN = "coverage brought up to date"

    noted_on: date = Field(title="日期")


class ExceptionLine(Line):
    person_id: Id = Field(title="未谈话人员")
    reason: str = Field(title="理由", min_length=1, max_length=1000)


class TalkYearClosing(PaperForm):
    ZH = "年度谈话覆盖名单"
    EN = "list of the year's coverage"

    exceptions: tuple[ExceptionLine, ...] = Field(
        (), title="未谈话理由", max_length=1000, json_schema_extra=of("LZ-8.4")
    )


class PostTalkDue(PaperForm):
    ZH = "岗位调整"
    EN = "a change of post"

    person_id: Id = Field(title="调整人员")
    new_post: str = Field(title="新任职务代码", max_length=64)
    adjusted_on: date = Field(title="调整日期", json_schema_extra=of("LZ-8.5"))


class PostTalkDone(PaperForm):
    ZH = "任前廉政谈话完成"
    EN = "the pre-post talk was held"

    talk_id: Id = Field(title="谈话")
    talked_on: date = Field(title="谈话日期")


class InterviewPlan(PaperForm):
    ZH = "约谈计划"
    EN = "plan of an interview"

    ground: InterviewGround = Field(title="约谈事由类别", json_schema_extra=labels(GROUND_ZH))
    unit_id: Id = Field(title="单位")
    person_id: Id = Field(title="约谈对象")
    matter: str = Field(title="约谈事由", min_length=1, max_length=10000)


class InterviewRequest(PaperForm):
    ZH = "约谈审批表"
    EN = "approval of an interview"

    proposal: str = Field(title="约谈方案", min_length=1, max_length=10000)


class InterviewRecord(PaperForm):
    ZH = "约谈记录"
    EN = "record of an interview"
    PRINTED_AS = "interview_record"

    held_on: date = Field(title="约谈日期")
    content: str = Field(title="约谈内容", min_length=1, max_length=20000)


class KeyFewForm(PaperForm):
    """Four dimensions, none of them empty."""

    ZH = "关键少数访谈评估表"
    EN = "assessment of the key few"
    PRINTED_AS = "key_few_assessment"

    unit_id: Id = Field(title="单位")
    person_id: Id = Field(title="评估对象")
    assessed_on: date = Field(title="评估日期")
    attitude: str = Field(title="态度", min_length=1, max_length=5000, json_schema_extra=of("HS-4.8"))
    ability: str = Field(title="能力", min_length=1, max_length=5000, json_schema_extra=of("HS-4.8"))
    conduct: str = Field(title="作风", min_length=1, max_length=5000, json_schema_extra=of("HS-4.8"))
    discipline: str = Field(title="纪律", min_length=1, max_length=5000, json_schema_extra=of("HS-4.8"))
