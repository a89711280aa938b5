"""The declarations: one kind of item, four papers, four acts, beside those that inspection has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from pydantic import Field
from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act, Document, Meets, Opens, PaperForm, Step
from services.chassis.performance import Performance
from services.chassis.runtime import Kind
from services.chassis.subject import NORMAL, SubjectColumns
from services.inspection.definition import INSPECTION

OFFICE, PRINCIPAL = post("inspection_office"), post("local_party_head", at=OWN_UNIT)
GROUP_HEAD = post("leading_group_head", at=None)


class VillageBase(DeclarativeBase):
    """A table of its own, so that the tables of inspection stay what its migrations make."""


class Visit(SubjectColumns, VillageBase):
    """A visit of one village's Party organisation (延伸巡察)."""

    __tablename__ = "village_visit"
    KIND: ClassVar[str] = "village_visit"
    ZH: ClassVar[str] = "延伸巡察"
    EN: ClassVar[str] = "village visit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "announced": ("已通知", "announced"),
        "prepared": ("材料已报送", "materials submitted"),
        "concluded": ("情况已审定", "findings approved"),
        "fed_back": ("已反馈", "fed back"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("village", "fed_back_on")
    village: Mapped[str] = mapped_column(Text)
    fed_back_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (Index("village_visit_by_office", "office_id", "state", "opened_on", "id"),)


class Announcement(PaperForm):
    ZH, EN = "延伸巡察通知", "announcement of a village visit"
    unit_id: str = Field(
        title="所在单位", pattern=r"^[a-z0-9-]{1,64}$", json_schema_extra={"clause": "YX-1.1"}
    )
    village: str = Field(title="村(社区)", min_length=1, max_length=100)


class Materials(PaperForm):
    ZH, EN = "村级材料清单", "list of the village's materials"
    summary: str = Field(title="材料说明", min_length=1, max_length=2000)


class Findings(PaperForm):
    ZH, EN = "延伸巡察情况", "findings of a village visit"
    findings: str = Field(title="发现的问题", min_length=1, max_length=5000)


class Feedback(PaperForm):
    ZH, EN = "延伸巡察反馈", "feedback of a village visit"
    fed_back_on: date = Field(title="反馈日期", json_schema_extra={"clause": "YX-2.2"})


def opened(p: Performance[Visit, Announcement]) -> Visit:
    actor = p.work.actor
    return Visit(
        id=p.work.new_id(), no="", state="announced", version=0, secrecy=NORMAL, office_id=actor.office_id,
        registrar_id=actor.person_id, handler_id=actor.person_id, unit_id=p.paper.unit_id, liaison_office_id="",
        addressee_id="", opened_on=p.today, changed_at=p.work.now, village=p.paper.village,
    )  # fmt: skip


def not_before_today_comes(p: Performance[Visit, Feedback]) -> None:
    if p.paper.fed_back_on > p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="fed_back_on")


def note_day(p: Performance[Visit, Feedback]) -> None:
    p.subject.fed_back_on = p.paper.fed_back_on


ACTS: tuple[Act[Any, Any], ...] = (
    Act(
        name="announce_visit", zh="通知延伸巡察", en="Announce a village visit", clauses=("YX-1.1",),
        on=Visit, by=(OFFICE,), paper=Announcement, new=opened, becomes="announced",
        opens=(Opens("YX-1.2", "submit_within", "local_party_head", lambda p: p.today),),
    ),
    Act(
        name="submit_village_materials", zh="报送村级材料", en="Submit the village's materials", clauses=("YX-1.2",),
        on=Visit, by=(PRINCIPAL,), paper=Materials, when=("announced",), becomes="prepared", meets=(Meets("YX-1.2"),),
    ),
    Act(
        name="conclude_visit", zh="报审延伸巡察情况", en="Have the findings approved", clauses=("YX-2.1",),
        on=Visit, by=(anyone(HANDLER),), paper=Findings, when=("prepared",), becomes="concluded",
        approvals=(Step(GROUP_HEAD, "领导小组组长审定", "YX-2.1"),),
        opens=(Opens("YX-2.2", "feed_back_within", "inspection_office", lambda p: p.today,
                     owed_person=lambda p: p.subject.handler_id),),
    ),
    Act(
        name="feed_back_visit", zh="反馈延伸巡察情况", en="Feed the findings back", clauses=("YX-2.2",),
        on=Visit, by=(anyone(HANDLER),), paper=Feedback, when=("concluded",), becomes="fed_back",
        documents=(Document("material_receipt", "签收单(扫描)", "YX-2.2"),),
        guards=(not_before_today_comes,), effect=note_day, meets=(Meets("YX-2.2"),),
    ),
)  # fmt: skip
KNOWS = Knows(ordinary=(OFFICE, GROUP_HEAD, PRINCIPAL), sealed=(), unclassed=())
WITH_VILLAGES = replace(
    INSPECTION,
    kinds=(*INSPECTION.kinds, Kind(Visit, KNOWS, "village-visits")),
    acts=(*INSPECTION.acts, *ACTS),
)
