"""The secretary's special meeting: it decides, the secretary names, both are filed with the prefecture (32.3)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.inspection_results import SecretaryMeetingHeard, SecretarySpeechFiled
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Document, HandOn, Opens, Warns
from services.chassis.duties import meet_duties
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.key_issues import NAME_ISSUE
from services.inspection.acts.officials import noon_of
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.round_reports import NOTE_CLUE, body_has_heard, clues_of, results_are_reported
from services.inspection.domain.result_codes import Body
from services.inspection.papers.reports import StageNote
from services.inspection.papers.results import KeyIssueNaming, SecretaryMeeting, SecretarySpeech, SpeechFiling
from services.inspection.storage_field import FoundClue
from services.inspection.storage_result import RoundClueReport
from services.inspection.storage_round import Round

Holding = Performance[RoundClueReport, SecretaryMeeting]
Speaking = Performance[RoundClueReport, SecretarySpeech]
DIRECTORS = (post("inspection_office_director"),)


def of_this_report(p: Holding) -> None:
    persons_known(p, p.paper.attendee_ids, "attendee_ids")
    if set(p.paper.kept_on_record) - set(ids_in(p.subject.clue_ids)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="kept_on_record")


def secretary_has_heard(p: Holding) -> None:
    p.subject.heard_on = p.paper.held_on
    there = [*ids_in(p.subject.attendee_ids), *p.paper.attendee_ids]
    p.subject.attendee_ids = listed_ids(dict.fromkeys(there))
    of = p.session.get_one(Round, p.subject.round_id, with_for_update=True)
    note = StageNote(stage=p.subject.id, day=p.paper.held_on)
    perform_as_service(p.work, NOTE_SECRETARY_HEARD, note, of)
    for clue in clues_of(p):
        if clue.state == "in_round_report":
            kept = clue.id in p.paper.kept_on_record
            decided = StageNote(stage="kept_on_record" if kept else "decided")
            perform_as_service(p.work, NOTE_CLUE, decided, clue)


HOLD_MEETING = Act(
    name="hold_secretary_meeting",
    zh="登记书记专题会",
    en="Record the secretary's special meeting",
    clauses=("XC-32.3a", "XC-32.2a", "XC-31.4a"),
    on=RoundClueReport,
    by=DIRECTORS,
    paper=SecretaryMeeting,
    when=("finalised",),
    otherwise={"drafted": RefusalCode.APPROVAL_REQUIRED},
    becomes="heard",
    guards=(not_in_the_future("held_on"), of_this_report),
    effect=secretary_has_heard,
    opens=(
        Opens(
            "XC-32.3c",
            "file_within",
            "inspection_office_director",
            lambda p: p.paper.held_on,
            owed_person=lambda p: p.subject.handler_id,
        ),
    ),
)


def note_secretary(p: Performance[Round, StageNote]) -> None:
    p.subject.secretary_heard_on = p.paper.day
    body_has_heard(p, Body.SECRETARY)


NOTE_SECRETARY_HEARD = Act(
    name="note_secretary_heard",
    zh="书记专题会已听取",
    en="The secretary's meeting heard the round",
    clauses=("XC-32.2a", "XC-32.3a", "XC-31.4a"),
    on=Round,
    by=(),
    paper=StageNote,
    effect=note_secretary,
    keeps_paper=False,
    warns=(Warns("XC-31.4a", lambda p: () if p.subject.minutes_issued_on else ("",)),),
    hands_on=(
        HandOn(
            SecretaryMeetingHeard,
            lambda p: SecretaryMeetingHeard(
                round_id=p.subject.id, held_on=p.paper.day, decision_ref=p.paper.stage
            ),
        ),
    ),
)


def every_important_clue_has_its_opinion(p: Speaking) -> None:
    given = {line.clue_id for line in p.paper.disposal_opinions if line.opinion}
    if lacking := set(ids_in(p.subject.important_ids)) - given:
        numbers = sorted(p.session.scalars(select(FoundClue.no).where(FoundClue.id.in_(lacking))))
        refusal = p.refuse(
            RefusalCode.MISSING_FIELD, field="disposal_opinions.opinion", clauses=("XC-32.3b",)
        )
        refusal.detail_zh = f"尚无处置意见的重点线索:{'、'.join(numbers)}"
        refusal.detail_en = f"No opinion on: {', '.join(numbers)}"
        raise refusal


def opinions_are_on_its_clues(p: Speaking) -> None:
    if {line.clue_id for line in p.paper.disposal_opinions} - set(ids_in(p.subject.clue_ids)):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="disposal_opinions.clue_id")
    named = tuple(line.person_id for line in p.paper.named if line.person_id)
    persons_known(p, named, "named.person_id")
    if any(line.kind == "person" and not line.person_id for line in p.paper.named):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="named.person_id", clauses=("XC-32.3b",))


def open_ledger(p: Speaking) -> None:
    for line in p.paper.named:
        entry = KeyIssueNaming(
            round_id=p.subject.round_id,
            office_id=p.subject.office_id,
            kind=line.kind,
            person_id=line.person_id,
            matter=line.matter,
        )
        perform_as_service(p.work, NAME_ISSUE, entry)
    p.facts |= {"named": len(p.paper.named)}
    results_are_reported(p)


RECORD_SPEECH = Act(
    name="record_speech",
    zh="登记书记讲话(点人点事)",
    en="Record the secretary's remarks",
    clauses=("XC-32.3b", "XC-32.5b"),
    on=RoundClueReport,
    by=DIRECTORS,
    paper=SecretarySpeech,
    when=("heard",),
    becomes="decided",
    guards=(opinions_are_on_its_clues, every_important_clue_has_its_opinion),
    effect=open_ledger,
)


def note_filing(p: Performance[RoundClueReport, SpeechFiling]) -> None:
    """In time or late by the day on which it was sent."""
    p.subject.filed_on = p.paper.sent_on
    p.met += meet_duties(p.work, p.subject, "XC-32.3c", at=noon_of(p.paper.sent_on, p.work.now))


FILE_SPEECH = Act(
    name="file_speech",
    zh="书记讲话和问题线索报告报备",
    en="File the remarks and the clue report with the prefecture office",
    clauses=("XC-32.3c",),
    on=RoundClueReport,
    by=DIRECTORS,
    paper=SpeechFiling,
    when=("decided",),
    becomes="filed",
    documents=(
        Document("secretary_speech", "县委书记讲话(扫描)", "XC-32.3c"),
        Document("round_clue_report", "问题线索报告(扫描)", "XC-32.3c"),
    ),
    guards=(not_in_the_future("sent_on"),),
    effect=note_filing,
    hands_on=(
        HandOn(
            SecretarySpeechFiled,
            lambda p: SecretarySpeechFiled(
                round_id=p.subject.round_id, filed_on=p.paper.sent_on, receipt=p.filed.id if p.filed else ""
            ),
        ),
    ),
)
ACTS: tuple[AnyAct, ...] = (HOLD_MEETING, NOTE_SECRETARY_HEARD, RECORD_SPEECH, FILE_SPEECH)
