"""Material of the unit is asked for by catalogue, signed for, kept and given back (step 16)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids
from services.chassis.act import Act, Document, Step, Warns
from services.chassis.performance import Performance
from services.chassis.standing import Standing
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.inspection.acts.posts import HANDLER, LEADER, TAKES_PART, TEAM, ids_in, not_in_the_future
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.looking_back import years_before
from services.inspection.papers.field import (
    CopyEntry,
    MaterialAccess,
    MaterialCatalogue,
    MaterialReceipt,
    MaterialReturn,
)
from services.inspection.storage_field import Material
from services.inspection.storage_unit import Engagement

Listing = Performance[Engagement, MaterialCatalogue]
Receiving = Performance[Material, MaterialReceipt]


def reaches_too_far_back(p: Listing) -> tuple[str, ...]:
    """Further than the years of the text, and no reason: which material they bind is open (reading A21)."""
    years = value_in_force(p.session, "XC-16.1a", "looking_back", p.today).amount
    far = p.paper.from_on < years_before(p.paper.issued_on, years)
    return ("",) if far and not p.paper.reason else ()


def leaves_no_time(p: Listing) -> tuple[str, ...]:
    return ("",) if p.paper.due_on <= p.paper.issued_on else ()


ISSUE_CATALOGUE = Act(
    name="issue_catalogue",
    zh="交付调阅资料目录",
    en="Hand over a catalogue of material",
    clauses=("XC-16.1a", "XC-16.1b"),
    on=Engagement,
    by=TEAM,
    paper=MaterialCatalogue,
    when=("fieldwork",),
    warns=(Warns("XC-16.1a", reaches_too_far_back), Warns("XC-16.1b", leaves_no_time)),
)


def allow_items(p: Performance[Engagement, MaterialAccess]) -> None:
    allowed = [*ids_in(p.subject.important_items), *p.paper.item_nos]
    p.subject.important_items = listed_ids(dict.fromkeys(allowed))


ASK_FOR_IMPORTANT = Act(
    name="ask_for_important_material",
    zh="报批调阅重要资料",
    en="Ask leave to consult important material",
    clauses=("XC-16.2a",),
    on=Engagement,
    by=TEAM,
    paper=MaterialAccess,
    when=("fieldwork",),
    anytime=True,
    approvals=(Step(anyone(LEADER), "巡察组组长批准", "XC-16.2a", sole=True),),
    effect=allow_items,
)


def catalogue_came_first(p: Receiving) -> None:
    if "issue_catalogue" not in Standing(p.session, engagement_of(p)).done:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="engagement_id", clauses=("XC-16.1b",))


def important_is_allowed(p: Receiving) -> None:
    allowed = ids_in(engagement_of(p).important_items)
    if p.paper.important and p.paper.item_no not in allowed:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="item_no", clauses=("XC-16.2a",))


def has_a_custodian(p: Receiving) -> None:
    if not p.paper.custodian_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="custodian_id", clauses=("XC-16.3a",))
    named = {p.paper.custodian_id, *p.paper.reader_ids}
    if named - set(ids_in(engagement_of(p).staff_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="custodian_id", clauses=("XC-16.3a",))
    if p.paper.classified and not p.paper.reader_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="reader_ids", clauses=("XC-16.3a",))


def both_signed(p: Performance[Any, Any]) -> None:
    for field in ("team_signed", "unit_signed"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_SIGNATURE, field=field, clauses=("XC-16.2b",))


def is_not_there_yet(p: Receiving) -> None:
    same = select(Material.id).where(
        Material.engagement_id == p.paper.engagement_id, Material.item_no == p.paper.item_no
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="item_no")


def received(p: Receiving) -> Material:
    of, paper = engagement_of(p), p.paper
    readers = [paper.custodian_id, of.leader_id, *paper.reader_ids]
    return Material(
        id=p.work.new_id(), no=paper.item_no, state="received", version=0, secrecy=RESTRICTED,
        office_id=of.office_id, unit_id=of.unit_id, registrar_id=p.work.actor.person_id,
        handler_id=paper.custodian_id, liaison_office_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, engagement_id=of.id, team_id=of.team_id, leader_id=of.leader_id,
        reader_ids=listed_ids(dict.fromkeys(readers)) if paper.classified else of.staff_ids,
        item_no=paper.item_no, classified=paper.classified, important=paper.important,
    )  # fmt: skip


RECEIVE_MATERIAL = Act(
    name="receive_material",
    zh="签收调阅资料",
    en="Sign for material",
    clauses=("XC-16.1b", "XC-16.2a", "XC-16.2b", "XC-16.3a"),
    on=Material,
    by=(TAKES_PART,),
    paper=MaterialReceipt,
    new=received,
    becomes="received",
    documents=(Document("material_receipt", "签收单(双方签字扫描)", "XC-16.2b", required=False),),
    guards=(
        catalogue_came_first,
        has_a_custodian,
        important_is_allowed,
        both_signed,
        is_not_there_yet,
    ),
)


def classified_by_its_custodian(p: Performance[Material, MaterialReturn]) -> None:
    if p.subject.classified and p.work.actor.person_id != p.subject.handler_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-28.2a",))


def is_classified(p: Performance[Material, Any]) -> None:
    if not p.subject.classified:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-28.3e",))


def is_a_reader(p: Performance[Material, CopyEntry]) -> None:
    if p.paper.holder_id not in ids_in(p.subject.reader_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="holder_id", clauses=("XC-28.3e",))


def number_is_new(p: Performance[Material, CopyEntry]) -> None:
    if p.paper.copy_no in {one.partition("/")[2] for one in ids_in(p.subject.copies)}:
        raise p.refuse(RefusalCode.DUPLICATE, field="copy_no", clauses=("XC-28.3e",))


def note_copy(p: Performance[Material, CopyEntry]) -> None:
    copies = [*ids_in(p.subject.copies), f"{p.paper.holder_id}/{p.paper.copy_no}"]
    p.subject.copies = listed_ids(copies)
    p.facts |= {"copy": p.paper.copy_no}


ENTER_COPY = Act(
    name="enter_copy",
    zh="登记涉密资料复制份号",
    en="Enter a copy of classified material",
    clauses=("XC-28.3e",),
    on=Material,
    by=(anyone(HANDLER),),
    paper=CopyEntry,
    when=("received",),
    anytime=True,
    needs=(is_classified,),
    guards=(is_a_reader, number_is_new),
    effect=note_copy,
)


def note_return(p: Performance[Material, MaterialReturn]) -> None:
    """With the material go its copies."""
    p.subject.returned_on, p.subject.copies = p.paper.returned_on, ""


RETURN_MATERIAL = Act(
    name="return_material",
    zh="清退调阅资料",
    en="Give material back",
    clauses=("XC-16.2b", "XC-16.3b", "XC-28.2a"),
    on=Material,
    by=(anyone(HANDLER), anyone(LEADER)),
    paper=MaterialReturn,
    when=("received",),
    becomes="returned",
    needs=(classified_by_its_custodian,),
    guards=(not_in_the_future("returned_on"), both_signed),
    effect=note_return,
)
ACTS = (ISSUE_CATALOGUE, ASK_FOR_IMPORTANT, RECEIVE_MATERIAL, ENTER_COPY, RETURN_MATERIAL)
