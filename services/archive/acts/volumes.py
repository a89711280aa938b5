"""From a closed item to an archived volume (LZ-22.7, LZ-22.12). The package itself is never changed."""

from __future__ import annotations

from typing import Any

from contracts.events.archive import FileArchived
from contracts.refusals import RefusalCode
from services.archive.acts.roster import ARCHIVIST
from services.archive.domain.completeness import shortage
from services.archive.domain.retention import Retention, default_retention, retained_until
from services.archive.papers.volume import (
    ArchiveCatalogue,
    ArchivingNote,
    ExpectedPackage,
    FetchAgain,
    PackageFault,
    RetentionDecision,
    Supplement,
)
from services.archive.storage import Fetch, Volume
from services.chassis.access import holders
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED, UNCLASSED

AnyVolume = Performance[Volume, Any]

CATALOGUE = ArchiveCatalogue.__name__


def open_volume(p: Performance[Volume, ExpectedPackage]) -> Volume:
    paper = p.paper
    return Volume(
        id=p.work.new_id(), no="", state="expected", version=0, secrecy=UNCLASSED, office_id=paper.office_id,
        liaison_office_id="", unit_id="", registrar_id="", handler_id="", addressee_id="", opened_on=p.today,
        changed_at=p.work.now, source_service=paper.source_service, source_kind=paper.source_kind,
        source_ref=paper.source_ref, package_digest=paper.package_digest,
        retention=default_retention(paper.source_kind).value, closed_on=paper.closed_on, archived_on=None,
        retain_until=None, paper_count=0, attachment_count=0, entries=0, size=0,
    )  # fmt: skip


def fetch_soon(p: AnyVolume) -> None:
    fetch = p.session.get(Fetch, p.subject.id)
    if fetch is None:
        fetch = Fetch(volume_id=p.subject.id)
        p.session.add(fetch)
    fetch.attempts, fetch.next_try_at, fetch.claimed_until, fetch.was_damaged = 0, p.work.real, None, False


def enter_catalogue(p: Performance[Volume, ArchiveCatalogue]) -> None:
    """Counts, and whom the item is about: from now on recusal holds for the volume too."""
    volume, paper = p.subject, p.paper
    volume.paper_count, volume.attachment_count, volume.entries = (
        paper.papers,
        paper.attachments,
        paper.entries,
    )
    volume.size, volume.secrecy = paper.size, RESTRICTED
    for person_id in paper.parties:
        p.add_party(person_id)


def catalogue_of(p: AnyVolume) -> ArchiveCatalogue:
    """The catalogue that came with the package; raises Refusal(PRECONDITION_NOT_MET) while there is none."""
    ring = p.work.runtime.ring
    for paper in reversed(papers_of(p.session, p.subject)):
        if paper.kind == CATALOGUE:
            return ArchiveCatalogue.model_validate(read_paper(p.session, ring, paper)["form"])
    raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def is_complete(p: AnyVolume) -> None:
    """Every mandatory document is there, in the package or as a supplement, and the officers are named."""
    catalogue = catalogue_of(p)
    documents = {document.kind for document in catalogue.documents} | supplemented(p)
    short = shortage(p.subject.source_kind, documents, catalogue.officers)
    if short is not None and short.documents:
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=f"documents.{short.documents[0]}")
    if short is not None and short.officers:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="officers", clauses=("LZ-22.12",))


def supplemented(p: AnyVolume) -> set[str]:
    """Kinds of document that the archivist added."""
    ring = p.work.runtime.ring
    added = [x for x in papers_of(p.session, p.subject) if x.kind == Supplement.__name__]
    return {read_paper(p.session, ring, paper)["form"]["document_kind"] for paper in added}


def shelve(p: AnyVolume) -> None:
    volume = p.subject
    volume.archived_on = p.today
    volume.retain_until = retained_until(Retention(volume.retention), volume.closed_on)
    series = f"{volume.office_id}-{p.today.year}"  # an office that reads it must not count another's
    volume.no = f"DA-{series}-{p.work.next_number(f'volume/{series}'):06d}"


def archived_event(p: AnyVolume) -> FileArchived:
    return FileArchived(file_id=p.subject.id, source_ref=p.subject.source_ref,
                        package_digest=p.subject.package_digest, archived_on=p.today)  # fmt: skip


def note_fault(p: Performance[Volume, PackageFault]) -> None:
    p.facts["fault"] = p.paper.fault


def call_the_archivists(p: Performance[Volume, PackageFault]) -> None:
    """By person: while it is unknown whom the item is about, a notice to a post is not delivered."""
    note_fault(p)
    for person_id in holders(p.session, "archivist", p.today):
        p.tell("package_damaged", "LZ-22.7", to_person=person_id)


EXPECT_VOLUME = Act(
    name="expect_volume", zh="登记待接收案卷", en="Expect a volume", clauses=("LZ-22.7",), on=Volume, by=(),
    paper=ExpectedPackage, new=open_volume, becomes="expected", effect=fetch_soon, keeps_paper=False,
)  # fmt: skip

RECEIVE_PACKAGE = Act(
    name="receive_package", zh="接收移交包", en="Receive the package", clauses=("LZ-22.7", "LZ-22.12"), on=Volume,
    by=(), paper=ArchiveCatalogue, when=("expected", "damaged"), becomes="received", effect=enter_catalogue,
)  # fmt: skip

MARK_DAMAGED = Act(
    name="mark_damaged", zh="移交包检验不合格", en="The package is damaged", clauses=("LZ-22.7",), on=Volume, by=(),
    paper=PackageFault, when=("expected", "damaged"), becomes="damaged", effect=call_the_archivists,
    keeps_paper=False,
)  # fmt: skip

MARK_INCOMPLETE = Act(
    name="mark_incomplete", zh="案卷材料不全", en="The volume is incomplete", clauses=("LZ-22.7",), on=Volume, by=(),
    paper=PackageFault, when=("received",), becomes="incomplete", effect=note_fault, keeps_paper=False,
    tells=(Tells("archivist", "volume_incomplete", "LZ-22.7"),),
)  # fmt: skip

ARCHIVE_VOLUME = Act(
    name="archive_volume", zh="归档", en="Archive the volume", clauses=("LZ-22.7", "LZ-22.12"), on=Volume,
    by=(ARCHIVIST,), paper=ArchivingNote, when=("received", "incomplete"), becomes="archived",
    otherwise={"archived": RefusalCode.IMMUTABLE, "expected": RefusalCode.MISSING_DOCUMENT,
               "damaged": RefusalCode.MISSING_DOCUMENT},
    guards=(is_complete,), effect=shelve, hands_on=(HandOn(FileArchived, archived_event),),
)  # fmt: skip

SET_RETENTION = Act(
    name="set_retention", zh="鉴定保管期限", en="Decide how long it is kept", clauses=("LZ-22.7",), on=Volume,
    by=(ARCHIVIST,), paper=RetentionDecision, when=("expected", "damaged", "received", "incomplete"),
    otherwise={"archived": RefusalCode.IMMUTABLE},
    effect=lambda p: setattr(p.subject, "retention", p.paper.retention.value),
)  # fmt: skip

SUPPLEMENT_VOLUME = Act(
    name="supplement_volume", zh="补充归档", en="Add a supplement", clauses=("LZ-22.7",), on=Volume, by=(ARCHIVIST,),
    paper=Supplement, when=("incomplete", "archived"),
    documents=(Document("supplement", "补充材料（扫描件）", "LZ-22.7"),),
)  # fmt: skip

FETCH_AGAIN = Act(
    name="fetch_again", zh="重新接收移交包", en="Fetch the package again", clauses=("LZ-22.7",), on=Volume,
    by=(ARCHIVIST,), paper=FetchAgain, when=("damaged",), otherwise={"archived": RefusalCode.IMMUTABLE},
    becomes="expected", effect=fetch_soon,
)  # fmt: skip
