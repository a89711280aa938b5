"""What citizens write on the public page, and what is written back to them (LZ-12.6)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.chassis.act import PaperForm
from services.intake.domain.online import Position, class_said
from services.intake.domain.ways_in import Channel
from services.intake.papers.petition import OfficeId, PetitionRegisterEntry
from services.intake.papers.petitioner import Naming, Petitioner


class ReportedInWords(BaseModel):
    """Who is reported, as the reporter calls them; the roster is not shown to the public."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field("", title="姓名", max_length=50)
    post: str = Field("", title="单位及职务", max_length=100)

    @property
    def in_words(self) -> str:
        return f"{self.name}（{self.post}）" if self.name and self.post else self.name or self.post


class OnlineReport(PaperForm):
    ZH = "网上举报表"
    EN = "online report"

    unit_id: OfficeId = Field(title="被反映人所在单位")
    reported: tuple[ReportedInWords, ...] = Field((), title="被反映人", max_length=10)
    position: Position = Field(title="被反映人中职务最高者", json_schema_extra={"clause": "LZ-12.2"})
    summary: str = Field(title="反映的问题", min_length=1, max_length=20000)
    naming: Naming = Field(Naming.ANONYMOUS, title="署名情况")
    petitioners: tuple[Petitioner, ...] = Field((), title="反映人", max_length=1)

    def entry(self, received_on: date, online_no: str) -> PetitionRegisterEntry:
        """As it stands in the register from now on."""
        return PetitionRegisterEntry(
            received_on=received_on,
            channel=Channel.ONLINE,
            unit_id=self.unit_id,
            subject_names=tuple(one.in_words for one in self.reported if one.in_words),
            naming=self.naming,
            petitioners=self.petitioners,
            summary=self.summary,
            class_code=class_said(self.position),
            online_no=online_no,
        )


class OnlineAddition(PaperForm):
    ZH = "反映人补充材料"
    EN = "addition by the petitioner"

    text: str = Field(title="补充内容", min_length=1, max_length=20000)


class OnlineAnswer(PaperForm):
    ZH = "网上答复"
    EN = "answer to the petitioner online"

    message: str = Field(title="答复内容（反映人凭查询码可见）", min_length=1, max_length=5000)


Base64 = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$")]


class SentFiles(PaperForm):
    """The files that come with a report or an addition, in base64, in the order of the page."""

    ZH = "附件"
    EN = "files"

    files: tuple[Base64, ...] = Field((), max_length=5)
