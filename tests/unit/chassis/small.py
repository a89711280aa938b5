"""A small service of two kinds for tests of the chassis: words of a declaration that need no text of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Boolean, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contracts.refusals import Refusal, RefusalCode
from dengwen.example import example_authority
from services.chassis import keys
from services.chassis.access import Knows, post
from services.chassis.act import Act, After, Fills, NoPaper, PaperForm, Warns, approved_by
from services.chassis.db import ChassisBase, Database
from services.chassis.http import Api
from services.chassis.inbox import Reactions
from services.chassis.performance import Performance
from services.chassis.resources import routing
from services.chassis.runtime import Kind, Runtime, ServiceDefinition
from services.chassis.settings import Settings
from services.chassis.subject import RESTRICTED, SubjectColumns
from services.chassis.work import Work
from tests.world import START, World, seed_directory

CLAUSE, OTHER = "LZ-12.1", "LZ-12.2"
STAFF = post("dispatched_office_staff", "dispatched_office_deputy", "dispatched_office_head")
OFFICE = Knows(ordinary=(STAFF,), sealed=(), unclassed=())


class SmallBase(DeclarativeBase):
    """Tables of the small service."""


class Ordered(SubjectColumns, SmallBase):
    """A kind whose acts have an order and warn of gaps. `hasty`: what comes first is not asked of it."""

    __tablename__ = "ordered"
    KIND: ClassVar[str] = "ordered"
    ZH, EN = "有序事项", "ordered item"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"open": ("在办", "open")}
    SHOWN: ClassVar[tuple[str, ...]] = ("hasty",)
    hasty: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (Index("ordered_by_office", "office_id", "state", "opened_on", "id"),)


class Plain(SubjectColumns, SmallBase):
    """A kind whose acts have no order."""

    __tablename__ = "plain"
    KIND: ClassVar[str] = "plain"
    ZH, EN = "无序事项", "plain item"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"open": ("在办", "open")}
    __table_args__ = (Index("plain_by_office", "office_id", "state", "opened_on", "id"),)


class Opening(PaperForm):
    ZH, EN = "启动单", "opening"
    hasty: bool = False


class Lacking(PaperForm):
    """`lacking`: of what there is no record."""

    ZH, EN = "检查单", "check"
    lacking: tuple[str, ...] = ()


class Made(PaperForm):
    ZH, EN = "补正单", "made up for"
    made: tuple[str, ...] = ()


def opened(model: type[Any]) -> Any:
    def new(p: Performance[Any, Any]) -> Any:
        actor = p.work.actor
        item = model(
            id=p.work.new_id(), no="", state="open", version=0, secrecy=RESTRICTED, office_id=actor.office_id,
            liaison_office_id="", unit_id="", registrar_id=actor.person_id, handler_id=actor.person_id,
            addressee_id="", opened_on=p.today, changed_at=p.work.now,
        )  # fmt: skip
        if model is Ordered:
            item.hasty = p.paper.hasty
        return item

    return new


def act(name: str, **more: Any) -> Act[Any, Any]:
    given: dict[str, Any] = {"on": Ordered, "by": (STAFF,), "paper": NoPaper, "when": ("open",)} | more
    return Act(name=name, zh=name, en=name, clauses=(CLAUSE,), **given)


DEPUTY = approved_by("dispatched_office_deputy", "副职审核", CLAUSE)
HEAD = approved_by("dispatched_office_head", "主要负责人审批", OTHER)
ACTS = (
    act("open_ordered", new=opened(Ordered), becomes="open", paper=Opening, when=()),
    act("open_plain", on=Plain, new=opened(Plain), becomes="open", when=()),
    act("touch", on=Plain),
    act("prepare"),
    act("agree", approvals=(HEAD,)),
    act("begin", after=(After("prepare", OTHER, RefusalCode.MISSING_DOCUMENT),)),
    act("end", after=(After("agree", OTHER, only_if=lambda p: not p.subject.hasty),)),
    act("sign", once=True),
    act("plan", once=True, approvals=(DEPUTY, HEAD)),
    act("check", paper=Lacking, warns=(Warns(CLAUSE, lambda p: p.paper.lacking),)),
    act("look", paper=Lacking, warns=(Warns(CLAUSE, lambda p: p.paper.lacking),)),
    act("make_up", paper=Made, fills=(Fills(CLAUSE, lambda p: p.paper.made),)),
)


def signed_the_rules(work: Work, _: Any) -> None:
    """Of the office only its head has."""
    if work.actor.role != "dispatched_office_head":
        raise Refusal(RefusalCode.MISSING_SIGNATURE, clauses=(OTHER,))


SMALL = ServiceDefinition(
    name="inspection",
    zh="小服务",
    en="Small",
    base=SmallBase,
    kinds=(Kind(Ordered, OFFICE, "ordered", before_reading=signed_the_rules), Kind(Plain, OFFICE, "plain")),
    acts=ACTS,
    reactions=Reactions({}),
)
"""In the place of a service that is there, with its keys."""


class SmallWorld(World):
    """The small service alone, on the example authority."""

    def __init__(self, folder: Path) -> None:
        keys.generate(folder / "keys")
        settings = Settings(
            "inspection", f"sqlite:///{folder}/small.db", "dengwen-local://small", folder / "keys"
        )
        db = Database(settings.database_url)
        runtime = Runtime(SMALL, settings, db, keys.load(folder / "keys", "inspection"))
        for base in (ChassisBase, SmallBase):
            base.metadata.create_all(db.engine)
        runtime.create_installation("world", "simulated", START)
        seed_directory(db, example_authority())
        self.runtimes, self.apis = {"inspection": runtime}, {"inspection": Api(runtime, routing(SMALL))}
        self.desk_keys = keys.load(folder / "keys", "desk")
