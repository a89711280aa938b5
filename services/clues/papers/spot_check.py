"""Papers of the yearly spot check of explanations."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.chassis.act import PaperForm
from services.clues.domain.spot_check import CHECK_RESULT_ZH, CheckResult
from services.clues.papers.clue import OfficeId, PersonId, labels


class SpotCheckOpening(PaperForm):
    ZH = "年度抽查核实立项"
    EN = "spot check of a year"

    year: int = Field(title="年度", ge=2000, le=2200)


class SpotCheckOfOffice(PaperForm):
    """Filed by the clock: the office's spot check goes on in the next year."""

    ZH = "年度抽查核实立项(续)"
    EN = "spot check of the next year"

    office_id: OfficeId = Field(title="派驻机构")
    year: int = Field(title="年度", ge=2000, le=2200)


class SampleDraw(PaperForm):
    ZH = "抽查样本抽取单"
    EN = "draw of a sample"

    size: int | None = Field(None, title="抽取件数(累计)", ge=1, le=100000, description="留空即按规定比例")


class SpotCheckProgress(PaperForm):
    ZH = "抽查进度提示"
    EN = "progress at a checkpoint"

    checkpoint_on: date = Field(title="检查点")


class YearClosing(PaperForm):
    ZH = "年度抽查核实结项"
    EN = "closing of the year"

    remark: str = Field("", title="备注", max_length=2000)


class DrawnExplanation(PaperForm):
    ZH = "抽中说明材料"
    EN = "explanation drawn"

    spot_check_id: PersonId = Field(title="年度抽查编号")
    explanation_id: PersonId = Field(title="说明材料编号")


class CheckerAssignment(PaperForm):
    ZH = "抽查核实人指定单"
    EN = "assignment of the checker"

    checker_id: PersonId = Field(title="抽查核实人", json_schema_extra={"clause": "LZ-13.12"})


class SpotCheckRecord(PaperForm):
    ZH = "抽查核实记录"
    EN = "spot check record"
    PRINTED_AS = "spot_check_record"

    result_code: CheckResult = Field(
        title="核实结果", json_schema_extra={"clause": "LZ-13.11", "labels": labels(CHECK_RESULT_ZH)}
    )
    findings: str = Field(title="核实情况", min_length=1, max_length=20000)


class FalseExplanation(PaperForm):
    """Filed with the clue whose explanation did not hold: it is taken up again."""

    ZH = "说明不实,重启核实"
    EN = "explanation found false"

    explanation_id: PersonId = Field(title="说明材料编号")
    found_on: date = Field(title="核实日期")
