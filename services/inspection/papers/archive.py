"""Papers of a round's archive: catalogue, handing over, destruction of what was not archived (steps 46 and 47)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from services.chassis.act import PaperForm
from services.inspection.domain.archive_codes import ARCHIVED_ZH, ArchivedPaper
from services.inspection.domain.codes import LEVEL_ZH, AssetLevel
from services.inspection.papers.fields import Id, IdOrEmpty, Line, Number, labels, of

Category = Annotated[int, Field(ge=1, le=17)]


class FilerDesignation(PaperForm):
    ZH = "指定立卷归档人员"
    EN = "designation of the filer"

    filer_id: Id = Field(title="立卷归档人员", json_schema_extra=of("XC-46.0a"))


class ArchiveOpening(PaperForm):
    ZH = "归档目录"
    EN = "catalogue of the archive"

    engagement_id: Id = Field(title="巡察任务")


class FiledPaper(PaperForm):
    ZH = "归档目录条目"
    EN = "a paper is filed"

    archive_file_id: Id = Field(title="归档案卷")
    category: Category = Field(title="归档类别")
    document: ArchivedPaper = Field(title="材料种类", json_schema_extra=labels(ARCHIVED_ZH))
    item_no: Number = Field(title="编号", min_length=1)
    title: str = Field(title="题名", min_length=1, max_length=500)
    pages: int = Field(0, title="页数", ge=0, le=100000)
    level_code: AssetLevel = Field(AssetLevel.INTERNAL, title="密级", json_schema_extra=labels(LEVEL_ZH))
    signed: bool = Field(True, title="签字齐全", json_schema_extra=of("XC-46.2"))
    direct_delivery: bool = Field(False, title="属径送件", json_schema_extra=of("XC-46.9"))
    archived_source_id: IdOrEmpty = Field("", title="所归档的谈话、底稿或者线索")
    description: str = Field("", title="材料说明", max_length=2000, json_schema_extra=of("XC-46.17"))


class NilReason(PaperForm):
    """Without a document it is said of the whole category."""

    ZH = "无此类材料的说明"
    EN = "why there is none"

    archive_file_id: Id = Field(title="归档案卷")
    category: Category = Field(title="归档类别")
    document: ArchivedPaper | None = Field(None, title="材料种类", json_schema_extra=labels(ARCHIVED_ZH))
    nil_reason: str = Field(
        title="无此材料的理由", min_length=1, max_length=2000, json_schema_extra={"reason": True}
    )


class EntryWithdrawal(PaperForm):
    ZH = "撤出归档目录"
    EN = "a line is struck out"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class CatalogueClosing(PaperForm):
    ZH = "封闭归档目录"
    EN = "the catalogue is closed"

    remark: str = Field("", title="备注", max_length=2000)


class CatalogueReopening(PaperForm):
    ZH = "重启归档目录"
    EN = "the catalogue is opened again"

    reason: str = Field(title="理由", min_length=1, max_length=2000, json_schema_extra={"reason": True})


class ArchiveHandover(PaperForm):
    ZH = "移交本轮巡察档案"
    EN = "the archive is handed over"

    team_signed: bool = Field(title="巡察组已签字", json_schema_extra=of("XC-47.0a"))


class ArchiveAcceptance(PaperForm):
    ZH = "档案验收结果"
    EN = "the archive was accepted"

    file_no: Id = Field(title="档案编号")
    accepted_on: date = Field(title="验收日期")


class ArchiveReturn(PaperForm):
    ZH = "档案退回结果"
    EN = "the archive was returned"

    missing: tuple[Category, ...] = Field(title="缺项类别")


class ArchiveClockNote(PaperForm):
    ZH = "档案移交时限"
    EN = "the clock of the archive"

    counted_from: date | None = Field(None, title="起算日")


class ResidueItem(Line):
    item_no: Number = Field(title="编号", min_length=1)
    level_code: AssetLevel = Field(title="密级", json_schema_extra=labels(LEVEL_ZH))
    destroyed_by_id: Id = Field(title="销毁人")
    witness_id: IdOrEmpty = Field("", title="监销人")
    destroyed_on: date = Field(title="销毁日期")


class ResidueList(PaperForm):
    ZH = "销毁清单"
    EN = "destruction list"
    PRINTED_AS = "destruction_record"

    items: tuple[ResidueItem, ...] = Field(
        title="销毁材料", min_length=1, max_length=500, json_schema_extra=of("XC-47.0c")
    )
    rule: str = Field(title="销毁依据", min_length=1, max_length=500)
    list_signed: bool = Field(title="清单已签字", json_schema_extra=of("XC-47.0c"))
