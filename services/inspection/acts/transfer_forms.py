"""The approval form for the clues that one receiver gets: filled in by the team, signed by three (XC-37.1b, 37.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_leaving import ClueTransferApproved
from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids, parties_of, post, visible
from services.chassis.act import Act, HandOn, Step, Tells
from services.chassis.performance import Performance
from services.inspection.acts.field_items import item_at
from services.inspection.acts.posts import (
    HEAD_OR_STANDING_DEPUTY,
    LEADER,
    LIAISON,
    TAKES_PART,
    ids_in,
    round_of,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.handing_codes import SheetParty
from services.inspection.domain.leaving_codes import FileState
from services.inspection.papers.handing import FormSubmission, TransferApprovalForm
from services.inspection.storage_field import FoundClue
from services.inspection.storage_handing import TransferForm
from services.inspection.storage_round import Team

Filling = Performance[TransferForm, TransferApprovalForm]
AnyForm = Performance[TransferForm, Any]
AT_ONCE = (
    "expedite_rectify_proposed", "expedite_investigate_proposed", "expedite_approved", "transferred",
)  # fmt: skip
"""Clues that have left, or leave, by steps 25 and 26: they are exempt from this form."""
SECTIONS = (SheetParty.CASE_SUPERVISION, SheetParty.CADRE_SUPERVISION)


def designee_of(p: Filling) -> str:
    of = engagement_of(p)
    liaison = p.session.get_one(Team, of.team_id).liaison_id
    return liaison if liaison in ids_in(of.staff_ids) else ""


def by_leader_or_designee(p: Filling) -> None:
    if p.work.actor.person_id not in (engagement_of(p).leader_id, designee_of(p)):
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-37.1b", "XC-37.2a"))


def one_form_one_receiver(p: Filling) -> None:
    if len(set(p.paper.receivers)) != 1:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="receivers", clauses=("XC-37.2a",))


def the_secretary_has_heard(p: Filling) -> None:
    """What becomes of the results is decided there; clues of steps 25 and 26 do not come this way."""
    if round_of(p, engagement_of(p).round_id).secretary_heard_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-37.2a",))


def clues_of(p: Filling) -> list[FoundClue]:
    """Locked, in the order of their ids; raises Refusal(UNKNOWN_REFERENCE) for one that the actor may not know of."""
    knows, wanted = p.work.runtime.kinds[FoundClue.KIND].knows, set(p.paper.found_clue_ids)
    query = select(FoundClue).where(
        FoundClue.id.in_(wanted),
        FoundClue.engagement_id == p.paper.engagement_id,
        visible(FoundClue, p.work.actor, knows),
    )
    found = list(p.session.scalars(query.order_by(FoundClue.id).with_for_update()))
    if {clue.id for clue in found} != wanted:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="found_clue_ids")
    return found


def clues_can_be_transferred(p: Filling) -> None:
    """Each once, and none that the secretary's meeting has kept on record."""
    for clue in clues_of(p):
        taken = select(TransferForm.id).where(TransferForm.clue_ids.contains(listed_ids([clue.id])))
        if clue.state in AT_ONCE or p.session.scalars(taken.limit(1)).first() is not None:
            raise p.refuse(RefusalCode.DUPLICATE, field="found_clue_ids", clauses=("XC-37.2a",))
        if clue.state == "kept_on_record":
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="found_clue_ids", clauses=("XC-37.2a",))


def files_are_complete(p: Filling) -> None:
    """A file without its source is put on no catalogue; a clue without any file is not transferred."""
    for clue in clues_of(p):
        if not clue.file_code:
            raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="found_clue_ids", clauses=("XC-37.1a",))
        if clue.file_code != FileState.COMPLETE:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="source", clauses=("XC-37.1a",))


def filled(p: Filling) -> TransferForm:
    of = engagement_of(p)
    return TransferForm(
        **item_at(p, of, state="filled", registrar_id="", handler_id=""),
        round_id=of.round_id,
        liaison_id=designee_of(p),
        receiver=p.paper.receivers[0].value,
        clue_ids=listed_ids(dict.fromkeys(p.paper.found_clue_ids)),
        catalogued=listed_ids(dict.fromkeys(line.found_clue_id for line in p.paper.catalogue)),
    )


def number_and_recuse(p: Filling) -> None:
    """Whom a clue is on, and their line, know nothing of the form."""
    for person in sorted({one for clue in clues_of(p) for one in parties_of(p.session, clue)}):
        p.add_party(person)
    team = p.session.get_one(Team, p.subject.team_id)
    p.subject.no = f"{team.no}-SP{p.work.next_number(f'transfer_form/{team.id}'):03d}"


FILL_TRANSFER_FORM = Act(
    name="fill_transfer_form",
    zh="填写移交审批表",
    en="Fill in an approval form for the transfer of clues",
    clauses=("XC-37.2a", "XC-37.1b", "XC-37.1a"),
    on=TransferForm,
    by=(TAKES_PART,),
    paper=TransferApprovalForm,
    new=filled,
    becomes="filled",
    guards=(
        by_leader_or_designee,
        one_form_one_receiver,
        the_secretary_has_heard,
        files_are_complete,
        clues_can_be_transferred,
    ),
    effect=number_and_recuse,
)


def lay_before_the_receivers(p: AnyForm) -> None:
    p.subject.approved_by, p.subject.approved_on = p.approver, p.today
    p.subject.before_roles = listed_ids(SECTIONS)


def clue_numbers(p: AnyForm) -> tuple[str, ...]:
    on_it = select(FoundClue.no).where(FoundClue.id.in_(ids_in(p.subject.clue_ids)))
    return tuple(p.session.scalars(on_it.order_by(FoundClue.no)))


SUBMIT_TRANSFER_FORM = Act(
    name="submit_transfer_form",
    zh="移交审批表送审签",
    en="Send the form for its signatures",
    clauses=("XC-37.2b",),
    on=TransferForm,
    by=(anyone(LIAISON), anyone(LEADER)),
    paper=FormSubmission,
    when=("filled",),
    becomes="approved",
    approvals=(
        Step(anyone(LEADER), "巡察组组长审核签字", "XC-37.2b", sole=True),
        Step(post("inspection_office_director"), "巡察办主任审核签字", "XC-37.2b"),
        Step(HEAD_OR_STANDING_DEPUTY, "领导小组组长或常务副组长批准", "XC-37.2b"),
    ),
    effect=lay_before_the_receivers,
    hands_on=(
        HandOn(
            ClueTransferApproved,
            lambda p: ClueTransferApproved(
                batch_id=p.subject.no,
                form_id=p.subject.id,
                receiver=p.subject.receiver,
                clue_nos=clue_numbers(p),
                approved_by=p.subject.approved_by,
                approved_on=p.subject.approved_on,
            ),
        ),
    ),
    tells=(
        Tells("inspection_office", "handover_to_arrange", "XC-37.3a", office=lambda p: p.subject.office_id),
    ),
)
ACTS = (FILL_TRANSFER_FORM, SUBMIT_TRANSFER_FORM)
