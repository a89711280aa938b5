"""What becomes of a petition to a team: the leader's instruction, a clue, a department, the file (XC-13.1c to e)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_petitions import ImportantPetitionSubmitted, PetitionHandedToDepartment
from contracts.refusals import RefusalCode
from services.chassis.access import anyone, visible
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import SEALED
from services.inspection.acts.found_clues import REGISTER_FOUND_CLUE, entered, note_subjects
from services.inspection.acts.petition_subjects import DIRECTOR
from services.inspection.acts.posts import (
    DEPUTY,
    LAID_BEFORE,
    LEADER,
    TAKES_PART,
    ids_in,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.acts.readers import DESIGNEE
from services.inspection.acts.team_petitions import KEEPERS
from services.inspection.domain.petition_codes import Instruction, PetitionRoute
from services.inspection.papers.field import FoundClueEntry
from services.inspection.papers.petitions import (
    ClueOfPetition,
    DepartmentTransfer,
    ImportantSlip,
    LeaderInstruction,
    PetitionClue,
    PetitionFiling,
    ReferralNote,
    UnitTransfer,
)
from services.inspection.storage_field import FoundClue
from services.inspection.storage_petition import TeamPetition

AnyPetition = Performance[TeamPetition, Any]
Pursuing = Performance[FoundClue, PetitionClue]
HANDLED_BY = (anyone(LEADER), anyone(DESIGNEE))
OUT = (PetitionRoute.RECEIVED_ONLY.value, PetitionRoute.REFERRAL.value, PetitionRoute.UNIT.value)
"""What the team only receives (XC-13.1d): no slip, no clue comes of it."""


def is_the_teams_to_handle(p: AnyPetition) -> None:
    if p.subject.route_code in OUT:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("XC-13.1d",))


SUBMIT_IMPORTANT = Act(
    name="submit_important_petition",
    zh="呈批重要信访",
    en="Put an important petition before the leader",
    clauses=("XC-13.1c",),
    on=TeamPetition,
    by=KEEPERS,
    paper=ImportantSlip,
    when=("registered", "received_only"),
    becomes="important_submitted",
    needs=(is_the_teams_to_handle,),
    hands_on=(
        HandOn(
            ImportantPetitionSubmitted,
            lambda p: ImportantPetitionSubmitted(
                petition_serial=p.subject.no,
                slip_id=p.filed.id if p.filed else p.subject.id,
                submitted_on=p.today,
            ),
        ),
    ),
    tells=(
        Tells(
            "",
            "important_petition_submitted",
            "XC-13.1c",
            person=lambda p: p.subject.leader_id,
            only_if=lambda p: not p.subject.before_roles,
        ),
        Tells(
            DIRECTOR,
            "important_petition_submitted",
            "XC-13.1c",
            office=lambda p: p.subject.office_id,
            only_if=lambda p: bool(p.subject.before_roles),
        ),
    ),
)


def word_is_the_leaders(p: AnyPetition) -> None:
    """About somebody of the team it is the office's director's (readings.yaml, A07)."""
    actor, before = p.work.actor, ids_in(p.subject.before_roles)
    may = actor.role in before if before else actor.person_id == p.subject.leader_id
    if not may:
        raise p.refuse(RefusalCode.WRONG_APPROVER, clauses=("XC-13.1c",))


def keep_instruction(p: Performance[TeamPetition, LeaderInstruction]) -> None:
    p.subject.instruction_code = p.paper.instruction.value


INSTRUCT = Act(
    name="instruct_petition",
    zh="批示重要信访",
    en="Instruct what is done with an important petition",
    clauses=("XC-13.1c",),
    on=TeamPetition,
    by=(anyone(LEADER), anyone(DEPUTY), anyone(LAID_BEFORE)),
    paper=LeaderInstruction,
    when=("important_submitted",),
    becomes="important_instructed",
    needs=(word_is_the_leaders,),
    effect=keep_instruction,
)


def is_instructed(p: Performance[Any, Any], item: TeamPetition, instruction: Instruction) -> None:
    """An important one waits for its instruction, and goes the way that this says."""
    if item.route_code == PetitionRoute.IMPORTANT.value and not item.instruction_code:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("XC-13.1c",))
    if item.instruction_code and item.instruction_code != instruction.value:
        raise p.refuse(RefusalCode.NOT_AGREED, clauses=("XC-13.1c",))


def may_be_filed(p: AnyPetition) -> None:
    is_the_teams_to_handle(p)
    is_instructed(p, p.subject, Instruction.FILE)


FILE_PETITION = Act(
    name="file_petition",
    zh="信访件存档",
    en="File a petition of which nothing comes",
    clauses=("XC-13.1c",),
    on=TeamPetition,
    by=HANDLED_BY,
    paper=PetitionFiling,
    when=("registered", "important_instructed"),
    otherwise={"important_submitted": RefusalCode.APPROVAL_REQUIRED},
    becomes="filed",
    needs=(may_be_filed,),
)


def petition_named(p: Pursuing) -> TeamPetition:
    """By its serial, locked; raises Refusal(PRECONDITION_NOT_MET) where the ledger has none that the actor knows of."""
    of, knows = engagement_of(p), p.work.runtime.kinds[TeamPetition.KIND].knows
    query = select(TeamPetition).where(
        TeamPetition.engagement_id == of.id,
        TeamPetition.no == p.paper.petition_no,
        visible(TeamPetition, p.work.actor, knows),
    )
    found = p.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="petition_no", clauses=("XC-13.1b",))
    return found


def a_clue_may_come_of_it(p: Pursuing) -> None:
    item = petition_named(p)
    if item.secrecy == SEALED:
        raise p.refuse(RefusalCode.SEALED_ITEM, field="petition_no", clauses=("XC-13.2a",))
    if item.route_code in OUT:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="petition_no", clauses=("XC-13.1d",))
    is_instructed(p, item, Instruction.PURSUE)
    if item.state not in NOTE_CLUE.when:
        raise p.refuse(RefusalCode.WRONG_STATE, field="petition_no", clauses=("XC-13.1c",))
    persons_known(p, p.paper.subject_ids, "subject_ids")


def as_found(p: Pursuing) -> Performance[FoundClue, FoundClueEntry]:
    """The entry of the team's register of clues that the petition leads to."""
    entry = FoundClueEntry(
        engagement_id=p.paper.engagement_id,
        source_kind="petition",
        source_id=petition_named(p).id,
        subject_ids=p.paper.subject_ids,
        summary=p.paper.summary,
    )
    return Performance(p.work, REGISTER_FOUND_CLUE, entry, {})


def as_any_entry_of_the_register(p: Pursuing) -> None:
    """What the register of clues asks of each of its entries."""
    register = as_found(p)
    for guard in REGISTER_FOUND_CLUE.guards:
        guard(register)


def note_clue(p: Pursuing) -> None:
    register = as_found(p)
    register.subject = p.subject
    note_subjects(register)
    perform_as_service(p.work, NOTE_CLUE, ClueOfPetition(clue_id=p.subject.id), petition_named(p))


OPEN_CLUE = Act(
    name="open_clue_of_petition",
    zh="信访件转问题线索",
    en="Open a clue of a petition",
    clauses=("XC-13.1b", "XC-13.1c", "XC-13.1d"),
    on=FoundClue,
    by=(TAKES_PART,),
    paper=PetitionClue,
    new=lambda p: entered(as_found(p)),
    becomes="registered",
    guards=(a_clue_may_come_of_it, as_any_entry_of_the_register),
    effect=note_clue,
    opens=REGISTER_FOUND_CLUE.opens,
)
NOTE_CLUE = Act(
    name="note_clue_of_petition",
    zh="已转问题线索",
    en="The petition has become a clue",
    clauses=("XC-13.1c",),
    on=TeamPetition,
    by=(),
    paper=ClueOfPetition,
    when=("registered", "important_instructed"),
    becomes="turned_into_clue",
)


def note_passing(p: AnyPetition) -> None:
    p.subject.passed_on = p.paper.sent_on


PASS_TO_DEPARTMENT = Act(
    name="pass_to_department",
    zh="移交有关部门",
    en="Pass to the department concerned",
    clauses=("XC-13.1e",),
    on=TeamPetition,
    by=HANDLED_BY,
    paper=DepartmentTransfer,
    when=("received_only",),
    otherwise=dict.fromkeys(("registered", "important_submitted"), RefusalCode.OUT_OF_SCOPE),
    becomes="passed_to_department",
    documents=(Document("department_receipt", "移交签收单(扫描)", "XC-13.1e"),),
    guards=(not_in_the_future("sent_on"),),
    effect=note_passing,
    hands_on=(
        HandOn(
            PetitionHandedToDepartment,
            lambda p: PetitionHandedToDepartment(
                petition_serial=p.subject.no, department=p.paper.department.value, sent_on=p.paper.sent_on
            ),
        ),
    ),
)


def is_the_units(p: AnyPetition) -> None:
    if p.subject.route_code != PetitionRoute.UNIT.value:
        raise p.refuse(RefusalCode.WRONG_ROUTE)


HAND_TO_UNIT = Act(
    name="hand_petition_to_unit",
    zh="转被巡察单位",
    en="Hand to the unit whose matter it is",
    clauses=("XC-46.14",),
    on=TeamPetition,
    by=HANDLED_BY,
    paper=UnitTransfer,
    when=("registered",),
    becomes="handed_to_unit",
    documents=(Document("unit_receipt", "单位签收单(扫描)", "XC-46.14"),),
    needs=(is_the_units,),
    guards=(not_in_the_future("sent_on"),),
    effect=note_passing,
)
"""A gap of the text: outside the inspection's scope, inside the unit's jurisdiction (readings.yaml, A09)."""
NOTE_REFERRAL = Act(
    name="note_referral",
    zh="已填转办单",
    en="A referral slip was filled in",
    clauses=("XC-39.0a",),
    on=TeamPetition,
    by=(),
    paper=ReferralNote,
    when=("registered",),
    becomes="referral_drafted",
)
ACTS: tuple[Act[Any, Any], ...] = (
    SUBMIT_IMPORTANT,
    INSTRUCT,
    FILE_PETITION,
    OPEN_CLUE,
    NOTE_CLUE,
    PASS_TO_DEPARTMENT,
    HAND_TO_UNIT,
    NOTE_REFERRAL,
)
