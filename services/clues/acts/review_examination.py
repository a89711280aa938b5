"""Examining a case: the review talk, the facts put to the subject, four parts, or back (LZ-17.6, 17.7, 17.10)."""

from __future__ import annotations

from datetime import date

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, Tells
from services.chassis.performance import Performance
from services.clues.acts.filing import AnyCase
from services.clues.acts.group import ids_in
from services.clues.acts.review import REVIEWING, not_an_investigator, refuse_investigators
from services.clues.domain.review import Signature, goes_back
from services.clues.papers.review import FactMeetingRecord, ReturnForEvidence, ReviewReport, ReviewTalkRecord
from services.clues.storage_case import Case

Talking = Performance[Case, ReviewTalkRecord]
Confronting = Performance[Case, FactMeetingRecord]
Examining = Performance[Case, ReviewReport]

WITNESSES = 2
"""Officers who note that a subject refused to sign (LZ-17.7)."""
SIGNED = dict.fromkeys(("deliberated", "completed"), RefusalCode.IMMUTABLE)


def is_with_a_person_reported(p: AnyCase) -> None:
    reported = p.standing.reported
    if not p.paper.subject_id and len(reported) != 1:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="subject_id")
    if p.paper.subject_id and p.paper.subject_id not in reported:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="subject_id")


def within_the_round(p: AnyCase) -> None:
    if not (p.subject.accepted_on or p.today) <= held_on(p) <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on")


def held_on(p: AnyCase) -> date:
    return p.paper.held_on or p.today


def subject_of(p: AnyCase) -> str:
    return p.paper.subject_id or p.standing.reported[0]


def are_of_the_review_group(p: AnyCase, person_ids: tuple[str, ...], field: str) -> None:
    if not person_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field=field)
    refuse_investigators(p, person_ids, field, p.act.clauses[0])
    if not set(person_ids) <= set(ids_in(p.subject.reviewer_ids)):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field=field)


def reviewers_talk(p: Talking) -> None:
    are_of_the_review_group(p, p.paper.speaker_ids, "speaker_ids")


def note_talk(p: Talking) -> None:
    item, person = p.subject, subject_of(p)
    item.talked_ids = listed_ids(sorted({*ids_in(item.talked_ids), person}))
    p.facts |= {"subject": person, "held_on": held_on(p).isoformat()}


RECORD_REVIEW_TALK = Act(
    name="record_review_talk",
    zh="登记审理谈话",
    en="Record the review talk",
    clauses=("LZ-17.6",),
    on=Case,
    by=REVIEWING,
    paper=ReviewTalkRecord,
    when=("accepted",),
    documents=(Document("review_talk_record", "审理谈话笔录(签名扫描)", "LZ-17.6"),),
    needs=(not_an_investigator,),
    guards=(is_with_a_person_reported, reviewers_talk, within_the_round),
    effect=note_talk,
)


def refusal_is_witnessed(p: Confronting) -> None:
    """Who will not sign is not passed over: two of the review group note it (ours, as LZ-17.7 is read)."""
    if p.paper.signature_code is Signature.SIGNED:
        return
    if not p.paper.note:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="note")
    are_of_the_review_group(p, p.paper.witness_ids, "witness_ids")
    if len(set(p.paper.witness_ids)) < WITNESSES:
        raise p.refuse(RefusalCode.MISSING_SIGNATURE, field="witness_ids")


def note_confrontation(p: Confronting) -> None:
    item, person = p.subject, subject_of(p)
    item.confronted_ids = listed_ids(sorted({*ids_in(item.confronted_ids), person}))
    p.facts |= {"subject": person, "signature": p.paper.signature_code.value}


PUT_FACTS_TO_SUBJECT = Act(
    name="put_facts_to_subject",
    zh="违纪违法事实见面",
    en="Put the facts to the subject",
    clauses=("LZ-17.7",),
    on=Case,
    by=REVIEWING,
    paper=FactMeetingRecord,
    when=("accepted",),
    documents=(Document("fact_meeting_record", "违纪违法事实见面材料(扫描)", "LZ-17.7"),),
    needs=(not_an_investigator,),
    guards=(is_with_a_person_reported, refusal_is_witnessed, within_the_round),
    effect=note_confrontation,
)


def return_is_reasoned(p: Examining) -> None:
    if goes_back(p.paper.findings) and not p.paper.reason:
        raise p.refuse(RefusalCode.MISSING_REASON, field="reason", clauses=("LZ-17.10",))


def everybody_was_heard(p: Examining) -> None:
    """A talk, and the facts put, with each person reported; not where the case goes back before (LZ-17.6, LZ-17.7)."""
    if goes_back(p.paper.findings):
        return
    for clause, kind, heard in (
        ("LZ-17.6", "review_talk_record", p.subject.talked_ids),
        ("LZ-17.7", "fact_meeting_record", p.subject.confronted_ids),
    ):
        if set(p.standing.reported) - set(ids_in(heard)):
            raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=f"attachments.{kind}", clauses=(clause,))


def send_back(p: AnyCase) -> None:
    """The round's clock stops and stays on file; the next acceptance opens a new one (LZ-17.11)."""
    p.subject.state = "returned_to_investigation"
    p.void("LZ-17.11")


def conclude_examination(p: Examining) -> None:
    p.facts |= {"round": p.subject.review_round}
    if goes_back(p.paper.findings):
        send_back(p)


def went_back(p: AnyCase) -> bool:
    return p.subject.state == "returned_to_investigation"


TOLD_RETURNED = (
    Tells(
        "",
        "case_returned_to_investigation",
        "LZ-17.10",
        person=lambda p: p.subject.lead_id or p.subject.handler_id,
        only_if=went_back,
    ),
)

EXAMINE_CASE = Act(
    name="examine_case",
    zh="完成审理报告",
    en="Finish the review report",
    clauses=("LZ-17.10", "LZ-17.5", "LZ-17.6", "LZ-17.7", "LZ-17.11"),
    on=Case,
    by=REVIEWING,
    paper=ReviewReport,
    when=("accepted", "examined"),
    otherwise=SIGNED,
    becomes="examined",
    documents=(Document("review_report", "审理报告(扫描)", "LZ-17.10", required=False),),
    needs=(not_an_investigator,),
    guards=(return_is_reasoned, everybody_was_heard),
    effect=conclude_examination,
    tells=TOLD_RETURNED,
)
"""A report may be drawn up anew until it is deliberated on; from then on it stands (LZ-17.4)."""

RETURN_TO_INVESTIGATION = Act(
    name="return_to_investigation",
    zh="退回补充调查",
    en="Return the case to the investigators",
    clauses=("LZ-17.10", "LZ-17.11"),
    on=Case,
    by=REVIEWING,
    paper=ReturnForEvidence,
    when=("examined",),
    becomes="returned_to_investigation",
    needs=(not_an_investigator,),
    effect=send_back,
    tells=TOLD_RETURNED,
)
