"""Papers of an integrity file: whose it is, and each fact that is entered in it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.archive.domain.integrity import FACT_KIND_ZH, FactKind
from services.chassis.act import PaperForm


class OpenedIntegrityFile(PaperForm):
    """Whose file; references only."""

    ZH = "廉政档案建档登记"
    EN = "integrity file opened"

    person_id: str = Field(title="人员（名册编号）", max_length=64)


class IntegrityFact(PaperForm):
    """A fact about the person, from another service's event: references, codes and a day."""

    ZH = "廉政档案事项登记"
    EN = "fact entered in an integrity file"

    kind_code: FactKind = Field(
        title="事项", json_schema_extra={"labels": {k.value: zh for k, zh in FACT_KIND_ZH.items()}}
    )
    source_ref: str = Field(title="来源编号", max_length=64)
    code: str = Field("", title="处分种类", max_length=64)
    form_code: str = Field("", title="运用的形态", max_length=64)
    decided_by: str = Field("", title="决定机关", max_length=64)
    happened_on: date = Field(title="日期")
