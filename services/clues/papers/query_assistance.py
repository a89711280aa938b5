"""Papers of the case supervision office's help with a query (GL-2.22)."""

from __future__ import annotations

from pydantic import Field

from services.chassis.act import PaperForm


class QueryAssistanceRequest(PaperForm):
    ZH = "协助查询申请(案管室)"
    EN = "request to the case supervision office for help with a query"

    need: str = Field(
        title="需协助事项", min_length=1, max_length=5000, json_schema_extra={"clause": "GL-2.22"}
    )


class QueryAssistanceAnswer(PaperForm):
    ZH = "协助查询结果"
    EN = "result of the help with a query"

    result: str = Field(title="查询结果", min_length=1, max_length=20000)
