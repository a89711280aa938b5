"""Documents of the authority that say what a row of the texts means here, in force from a day on (GL-3.5, GL-3.9).

Of most such rows the source gives the title alone. What they say, and which codes they list, is published like a value
of a clause: by the archivist, with the leader's approval.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, approved_by
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.inspection.acts.posts import ids_in
from services.inspection.domain.five_supervision_codes import DOCUMENTED
from services.inspection.papers.five_supervisions import DocumentRepeal, DocumentText
from services.inspection.storage_five_supervisions import StandingDocument

Publishing = Performance[StandingDocument, DocumentText]


def document_in_force(session: Session, clause: str, on: Any) -> StandingDocument | None:
    """The latest document of the row that is in force on the day."""
    query = (
        select(StandingDocument)
        .where(
            StandingDocument.clause == clause,
            StandingDocument.state == "in_force",
            StandingDocument.effective_on <= on,
        )
        .order_by(StandingDocument.effective_on.desc())
    )
    return session.scalars(query).first()


def known_code(p: Performance[Any, Any], clause: str, code: str, field: str) -> None:
    """Raises Refusal(UNKNOWN_REFERENCE) for a code that the row's document in force does not list."""
    found = document_in_force(p.session, clause, p.today)
    if code and (found is None or code not in ids_in(found.provision_codes)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field, clauses=(clause,))


def is_of_a_documented_row(p: Publishing) -> None:
    if p.paper.clause not in DOCUMENTED:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="clause")


def codes_are_single(p: Publishing) -> None:
    codes = [line.code for line in p.paper.provisions]
    if len(set(codes)) < len(codes):
        raise p.refuse(RefusalCode.DUPLICATE, field="provisions.code")


def _key(paper: DocumentText) -> str:
    return f"{paper.clause}/{paper.effective_on.isoformat()}"


def no_other_from_that_day(p: Publishing) -> None:
    """Two documents of a row from the same day would leave open which of them is in force."""
    same = select(StandingDocument.id).where(StandingDocument.published_key == _key(p.paper))
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="effective_on")


def proposed(p: Publishing) -> StandingDocument:
    paper, actor = p.paper, p.work.actor
    return StandingDocument(
        id=p.work.new_id(), no="", state="proposed", version=0, secrecy=NORMAL, office_id=actor.office_id,
        liaison_office_id="", unit_id="", registrar_id=actor.person_id, handler_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, clause=paper.clause, effective_on=paper.effective_on,
        provision_codes=listed_ids(line.code for line in paper.provisions),
    )  # fmt: skip


def put_in_force(p: Publishing) -> None:
    p.subject.published_on, p.subject.published_key = p.today, _key(p.paper)


PUBLISH_DOCUMENT = Act(
    name="publish_document",
    zh="公布制度文件",
    en="Publish a document",
    clauses=DOCUMENTED,
    on=StandingDocument,
    by=(post("archivist", at=None),),
    paper=DocumentText,
    new=proposed,
    becomes="in_force",
    documents=(Document("standing_document", "制度文件(扫描)", "GL-3.5", required=False),),
    approvals=(approved_by("commission_leader", "纪委监委领导审批", "GL-3.5", at=None),),
    guards=(is_of_a_documented_row, codes_are_single, no_other_from_that_day),
    effect=put_in_force,
)


def free_its_day(p: Performance[StandingDocument, DocumentRepeal]) -> None:
    """What was recorded under it keeps its codes; from now on an earlier one, or none, is in force."""
    p.subject.published_key = None


REPEAL_DOCUMENT = Act(
    name="repeal_document",
    zh="废止制度文件",
    en="Repeal a document",
    clauses=DOCUMENTED,
    on=StandingDocument,
    by=(post("commission_leader", at=None),),
    paper=DocumentRepeal,
    when=("in_force",),
    becomes="repealed",
    effect=free_its_day,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (PUBLISH_DOCUMENT, REPEAL_DOCUMENT)
