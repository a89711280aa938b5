"""Inquiry by letter: issued in the office's name, with a copy to the party head (LZ-13.8, LZ-13.9)."""

from __future__ import annotations

from datetime import date

from contracts.events.clues import InquiryLetterIssued
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.act import Act, Document, HandOn, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.clues.acts.asking import (
    NOT_APPROVED,
    approved_as,
    asks_a_person_reported,
    dated_after_approval,
    not_asked_by_one_alone,
    person_asked,
)
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED
from services.clues.acts.reported import AnyClue
from services.clues.acts.unit_head import concerned, party_heads
from services.clues.domain.disposition import Disposition
from services.clues.domain.letter_copy import LEVEL_ABOVE, CopyRecipient, copy_recipient
from services.clues.papers.clue import InquiryLetterForm
from services.clues.storage import Clue, InquiryLetter

Issuing = Performance[Clue, InquiryLetterForm]


def inquiry_approved(p: AnyClue) -> None:
    approved_as(p, Disposition.INQUIRY)


def in_the_offices_name(p: Issuing) -> None:
    if p.paper.issuer_office_id not in ("", p.subject.office_id):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="issuer_office_id", clauses=("LZ-13.8",))


def issued_after_its_approval(p: Issuing) -> None:
    dated_after_approval(p, issued_on(p), "issued_on")


def copied_to_the_party_head(p: Issuing) -> None:
    """The copy goes to the head of the party organisation where the person works, or one level up (LZ-13.9)."""
    if p.paper.copy_person_id not in {copy_of(p).person_id, *party_heads(p)}:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="copy_person_id", clauses=("LZ-13.9",))


def issued_on(p: Issuing) -> date:
    return p.paper.issued_on or p.today


def copy_of(p: Issuing) -> CopyRecipient:
    """Who gets the copy; refused where the unit has no party head, or nobody up the line is free."""
    heads = party_heads(p)
    leaders = holders(p.session, LEVEL_ABOVE, p.today)
    found = copy_recipient(heads[0], _superiors(p, heads[0]), leaders, concerned(p)) if heads else None
    if found is None:
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="copy_person_id", clauses=("LZ-13.9",))
    return found


def _superiors(p: AnyClue, person_id: str) -> list[str]:
    line: list[str] = []
    person = look_up(p.session, DirectoryPerson, person_id)
    while person is not None and person.superior_id and person.superior_id not in line:
        line.append(person.superior_id)
        person = look_up(p.session, DirectoryPerson, person.superior_id)
    return line


def issue(p: Issuing) -> None:
    """Store number, date and copy; a substitution of the copy's recipient stays on record."""
    clue, recipient = p.subject, copy_of(p)
    clue.asked_on = day = issued_on(p)
    number = p.work.next_number(f"inquiry_letter/{clue.office_id}/{day.year}")
    clue.letter_no = f"HX-{clue.office_id}-{day.year}-{number:05d}"
    p.session.add(
        InquiryLetter(
            letter_no=clue.letter_no,
            clue_id=clue.id,
            subject_id=person_asked(p),
            issued_on=day,
            copy_person_id=recipient.person_id,
            copy_role=recipient.role,
            copy_substituted=recipient.substituted,
        )
    )
    p.facts |= {
        "letter": clue.letter_no,
        "copy_to": recipient.person_id,
        "substituted": recipient.substituted,
    }


def letter(p: AnyClue) -> InquiryLetter:
    return p.session.get_one(InquiryLetter, p.subject.letter_no)


def issued_event(p: Issuing) -> InquiryLetterIssued:
    sent = letter(p)
    return InquiryLetterIssued(
        clue_id=p.subject.id,
        office_id=p.subject.office_id,
        letter_no=sent.letter_no,
        subject_ref=sent.subject_id,
        copy_role=sent.copy_role,
        copy_person_id=sent.copy_person_id,
        copy_substituted=sent.copy_substituted,
        issued_on=sent.issued_on,
    )


ISSUE_INQUIRY_LETTER = Act(
    name="issue_inquiry_letter",
    zh="发函询问",
    en="Issue the inquiry letter",
    clauses=("LZ-13.1", "LZ-13.8", "LZ-13.9", *LEDGER),
    on=Clue,
    by=HANDLING,
    paper=InquiryLetterForm,
    when=("disposition_approved",),
    otherwise=NOT_APPROVED,
    becomes="inquiry_issued",
    documents=(Document("inquiry_letter", "函询书(盖章扫描)", "LZ-13.8", required=False),),
    needs=(inquiry_approved, not_asked_by_one_alone),
    guards=(
        in_the_offices_name,
        issued_after_its_approval,
        asks_a_person_reported,
        copied_to_the_party_head,
    ),
    effect=issue,
    opens=(Opens("LZ-13.10", "reply_within", "subject_person", issued_on, owed_person=person_asked),),
    hands_on=(HandOn(InquiryLetterIssued, issued_event), STATUS_CHANGED),
    tells=(Tells("", "inquiry_letter_copied", "LZ-13.9", person=lambda p: letter(p).copy_person_id),),
)
