"""Papers of a round's file: what comes with it, and what its check finds (XC-47.0b)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm

Category = Annotated[int, Field(ge=1, le=17)]


class RoundFileNote(PaperForm):
    """From the event of the handover."""

    ZH = "巡察档案移交通知"
    EN = "announcement of a round's file"

    round_id: str = Field(title="巡察轮次")
    team_id: str = Field(title="巡察组")
    unit_id: str = Field(title="被巡察党组织")
    office_id: str = Field(title="巡察办")
    source_ref: str = Field(title="归档案卷")
    handed_over_on: date = Field(title="移交日期")
    late_days: int = Field(title="逾期工作日")
    complete: tuple[int, ...] = Field(title="完整的类别")


class RoundFileAcceptance(PaperForm):
    ZH = "巡察档案验收"
    EN = "acceptance of a round's file"

    checked_against_catalogue: bool = Field(
        title="已与归档目录核对", json_schema_extra={"clause": "XC-47.0b"}
    )
    remark: str = Field("", title="备注", max_length=2000)


class RoundFileReturn(PaperForm):
    ZH = "巡察档案退回"
    EN = "return of a round's file"

    missing: tuple[Category, ...] = Field(
        title="缺项类别", min_length=1, max_length=17, json_schema_extra={"clause": "XC-47.0b"}
    )
    remark: str = Field("", title="备注", max_length=2000)


class RoundFileSupplement(PaperForm):
    ZH = "巡察档案补充"
    EN = "supplement to a round's file"

    category: Category = Field(title="归档类别")
    reason: str = Field(title="补充原因", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class ResidueNote(PaperForm):
    """From the event of the destruction."""

    ZH = "未归档涉密材料销毁通知"
    EN = "announcement of a destruction"

    destroyed_on: date = Field(title="销毁日期")


class PriorRelease(PaperForm):
    """From the event of the request."""

    ZH = "上一轮巡察材料提供"
    EN = "release of an earlier round's papers"

    round_id: str = Field(title="巡察轮次")
    team_id: str = Field(title="巡察组")
    released: tuple[str, ...] = Field(title="提供的材料")
