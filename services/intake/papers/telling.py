"""What a petitioner who gave a name is told, and how: never by name in these papers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from services.chassis.act import PaperForm


class By(StrEnum):
    """How a petitioner is told."""

    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"
    ONLINE = "online"


BY_ZH = {By.LETTER: "书面", By.CALL: "电话", By.VISIT: "当面", By.ONLINE: "网络"}


def _message() -> Any:
    """What the petitioner reads when following the report; asked for where they are told online."""
    return Field(
        "",
        title="告知内容（反映人凭查询码可见）",
        max_length=2000,
        json_schema_extra={"only_if": {"told_by": [By.ONLINE.value]}},
    )


class Acknowledgement(PaperForm):
    ZH = "受理告知记录"
    EN = "acknowledgement to the petitioner"

    told_on: date = Field(title="告知日期")
    told_by: By = Field(
        title="告知方式", json_schema_extra={"labels": {code.value: zh for code, zh in BY_ZH.items()}}
    )
    message: str = _message()
    remark: str = Field("", title="备注", max_length=2000)


class OutcomeTold(PaperForm):
    ZH = "办理结果反馈记录"
    EN = "outcome told to the petitioner"

    told_on: date = Field(title="反馈日期")
    told_by: By = Field(
        title="反馈方式", json_schema_extra={"labels": {code.value: zh for code, zh in BY_ZH.items()}}
    )
    message: str = _message()
    objection: str = Field("", title="反映人意见", max_length=2000)
