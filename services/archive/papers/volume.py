"""Papers of a volume: the catalogue that comes with its package, and what the archivist adds."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.archive.domain.retention import Retention
from services.chassis.act import PaperForm

PaperKind = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]


class CataloguedDocument(BaseModel):
    model_config = ConfigDict(frozen=True)
    id: str
    kind: str
    act: str
    at: str


class CataloguedOfficer(BaseModel):
    """An officer and their parts; the name is kept as it was on the day of archiving (LZ-22.12)."""

    model_config = ConfigDict(frozen=True)
    person: str
    role: str
    acts: tuple[str, ...]
    name: str = ""


class ExpectedPackage(PaperForm):
    """From the closing event."""

    ZH = "移交归档通知"
    EN = "announcement of a package"

    source_service: str = Field(title="移交方")
    source_kind: str = Field(title="类别")
    source_ref: str = Field(title="原件编号")
    office_id: str = Field(title="承办机构")
    package_digest: str = Field(title="移交包摘要")
    closed_on: date = Field(title="办结日期")


class ArchiveCatalogue(PaperForm):
    """From the package's manifest."""

    ZH = "归档目录"
    EN = "archive catalogue"

    source_no: str = Field("", title="原件文号")
    documents: tuple[CataloguedDocument, ...] = Field((), title="文书")
    officers: tuple[CataloguedOfficer, ...] = Field((), title="承办人员及分工")
    parties: tuple[str, ...] = Field((), title="当事人（名册编号）")
    papers: int = Field(title="文书件数")
    attachments: int = Field(title="附件件数")
    entries: int = Field(title="留痕条数")
    size: int = Field(title="字节数")


class ArchivingNote(PaperForm):
    ZH = "归档意见"
    EN = "note on archiving"

    remark: str = Field("", title="备注", max_length=2000)


class RetentionDecision(PaperForm):
    ZH = "保管期限鉴定"
    EN = "retention decision"

    retention: Retention = Field(title="保管期限")
    reason: str = Field(title="鉴定理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class Supplement(PaperForm):
    ZH = "补充归档登记"
    EN = "supplement to a volume"

    document_kind: PaperKind = Field(title="补充文书种类")
    reason: str = Field(title="补充原因", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class FetchAgain(PaperForm):
    ZH = "重新接收申请"
    EN = "request to fetch again"

    reason: str = Field(title="原因", min_length=1, max_length=500, json_schema_extra={"reason": True})


class PackageFault(PaperForm):
    """What was wrong with a package, as a code."""

    ZH = "移交包检验记录"
    EN = "finding on a package"

    fault: str = Field(title="问题代码")
