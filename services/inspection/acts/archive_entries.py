"""What goes into a unit's archive, paper by paper, and why there is none of a kind (XC-46.1 to XC-46.17)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.archive_categories import archive_categories, archive_category
from contracts.refusals import RefusalCode
from services.chassis.access import anyone, listed_ids, visible
from services.chassis.act import Act
from services.chassis.papers import papers_of
from services.chassis.performance import Performance
from services.inspection.acts.posts import HANDLER, TAKES_PART
from services.inspection.domain.archive_codes import ArchivedPaper
from services.inspection.domain.transfer import TransferRoute
from services.inspection.papers.archive import EntryWithdrawal, FiledPaper, NilReason
from services.inspection.storage_archive import ArchiveFile, CatalogueEntry
from services.inspection.storage_field import FoundClue, Interview, Issue

Filing = Performance[CatalogueEntry, FiledPaper]
Entering = Performance[CatalogueEntry, Any]
CATEGORY_CLAUSES = tuple(one.clause for one in archive_categories())
BEING_MADE_UP = ("open", "returned")
SOURCES: dict[ArchivedPaper, type[Any]] = {
    ArchivedPaper.INSPECTION_INTERVIEW_RECORD: Interview,
    ArchivedPaper.WORKING_PAPER: Issue,
    ArchivedPaper.TRANSFER_CATALOGUE: FoundClue,
    ArchivedPaper.TRANSFER_APPROVAL_FORM: FoundClue,
    ArchivedPaper.HANDOVER_SHEET: FoundClue,
}
"""Papers that are of one item of the team's registers; named by whoever may know of it."""
EXPEDITED = {
    TransferRoute.RECTIFY_NOW.value: "propose_rectifying_now",
    TransferRoute.INVESTIGATE_NOW.value: "propose_investigating_now",
}


def file_of(p: Entering) -> ArchiveFile:
    """Locked: it is not closed while something goes in. Raises Refusal(UNKNOWN_REFERENCE)."""
    if "file" not in p.known:
        knows = p.work.runtime.kinds[ArchiveFile.KIND].knows
        query = select(ArchiveFile).where(
            ArchiveFile.id == p.paper.archive_file_id, visible(ArchiveFile, p.work.actor, knows)
        )
        p.known["file"] = p.session.scalars(query.with_for_update()).one_or_none()
    if p.known["file"] is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="archive_file_id")
    found: ArchiveFile = p.known["file"]
    return found


def by_the_filer(p: Entering) -> None:
    if p.work.actor.person_id != file_of(p).handler_id:
        raise p.refuse(RefusalCode.WRONG_ROLE, clauses=("XC-46.0a",))


def is_being_made_up(p: Entering) -> None:
    """What the office has accepted is not changed; it may be supplemented there (XC-47.0b)."""
    if file_of(p).state not in BEING_MADE_UP:
        raise p.refuse(RefusalCode.WRONG_STATE, field="archive_file_id", clauses=("XC-47.0b",))


def belongs_there(p: Entering) -> None:
    """A paper that the text lists goes into its category; any other one, described, into the last."""
    document, category = p.paper.document, archive_category(p.paper.category)
    if document is None or document.value in category.papers:
        return
    other = document is ArchivedPaper.OTHER_MATERIAL
    if not other or category is not archive_categories()[-1]:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="category", clauses=(category.clause, "XC-46.17"))


def other_material_is_described(p: Filing) -> None:
    if p.paper.document is ArchivedPaper.OTHER_MATERIAL and not p.paper.description:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="description", clauses=("XC-46.17",))


def receipt_is_signed(p: Filing) -> None:
    if p.paper.document is ArchivedPaper.FEEDBACK_RECEIPT and not p.paper.signed:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="signed", clauses=("XC-46.2",))


def is_not_delivered_directly(p: Filing) -> None:
    """Of such a petition the ledger's blind line is filed, with the ledger."""
    if p.paper.direct_delivery:
        raise p.refuse(RefusalCode.SEALED_ITEM, field="direct_delivery", clauses=("XC-46.9",))


def source_of(p: Filing) -> Any:
    """The item that the paper is of; raises Refusal(UNKNOWN_REFERENCE) for one that the filer may not know of."""
    model = SOURCES.get(p.paper.document)
    if not p.paper.archived_source_id or model is None:
        if p.paper.archived_source_id:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="archived_source_id")
        return None
    knows = p.work.runtime.kinds[model.KIND].knows
    query = select(model).where(
        model.id == p.paper.archived_source_id,
        model.engagement_id == file_of(p).engagement_id,
        visible(model, p.work.actor, knows),
    )
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="archived_source_id")
    return found


def included_with(p: Filing) -> tuple[str, ...]:
    """Papers of the proposal and of the consent, of a clue that did not wait for the round's end (XC-46.12)."""
    clue = source_of(p)
    proposal = EXPEDITED.get(clue.proposed_route) if isinstance(clue, FoundClue) else None
    if proposal is None:
        return ()
    papers = papers_of(p.session, clue)
    found = [[paper.id for paper in papers if paper.act == act] for act in (proposal, "consent_to_expedite")]
    if not all(found):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="archived_source_id", clauses=("XC-46.12",))
    return tuple(ids[-1] for ids in found)


def has_its_source(p: Filing) -> None:
    p.known["included"] = included_with(p)


def entry(p: Entering, *, no: str = "") -> CatalogueEntry:
    file, category = file_of(p), archive_category(p.paper.category)
    return CatalogueEntry(
        id=p.work.new_id(), no=no, state="", version=0, secrecy=category.secrecy, office_id=file.office_id,
        unit_id=file.unit_id, registrar_id="", handler_id=file.handler_id, liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, engagement_id=file.engagement_id, archive_file_id=file.id,
        team_id=file.team_id, leader_id=file.leader_id, staff_ids=file.staff_ids, category=category.number,
        document=p.paper.document.value if p.paper.document else "",
    )  # fmt: skip


def filed(p: Filing) -> CatalogueEntry:
    made = entry(p, no=p.paper.item_no)
    made.pages, made.level_code = p.paper.pages, p.paper.level_code.value
    made.archived_source_id = p.paper.archived_source_id
    made.included = listed_ids(p.known["included"])
    return made


FILE_PAPER = Act(
    name="file_paper",
    zh="材料入卷",
    en="File a paper",
    clauses=("XC-47.0b", *CATEGORY_CLAUSES),
    on=CatalogueEntry,
    by=(TAKES_PART,),
    paper=FiledPaper,
    new=filed,
    becomes="filed",
    guards=(
        by_the_filer,
        is_being_made_up,
        belongs_there,
        other_material_is_described,
        receipt_is_signed,
        is_not_delivered_directly,
        has_its_source,
    ),
)
EXPLAIN_ABSENCE = Act(
    name="explain_absence",
    zh="说明无此类材料",
    en="Say why there is none",
    clauses=("XC-47.0b", *CATEGORY_CLAUSES),
    on=CatalogueEntry,
    by=(TAKES_PART,),
    paper=NilReason,
    new=entry,
    becomes="explained",
    guards=(by_the_filer, is_being_made_up, belongs_there),
)


def of_a_file_being_made_up(p: Performance[CatalogueEntry, Any]) -> None:
    if p.session.get_one(ArchiveFile, p.subject.archive_file_id).state not in BEING_MADE_UP:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-47.0b",))


STRIKE_ENTRY = Act(
    name="strike_entry",
    zh="撤出条目",
    en="Strike a line out",
    clauses=("XC-47.0b",),
    on=CatalogueEntry,
    by=(anyone(HANDLER),),
    paper=EntryWithdrawal,
    when=("filed", "explained"),
    becomes="struck",
    anytime=True,
    guards=(of_a_file_being_made_up,),
)
ACTS = (FILE_PAPER, EXPLAIN_ABSENCE, STRIKE_ENTRY)
