"""Integrity talks of a dispatched office: planned, held, filed (LZ-8.1, LZ-8.3, LZ-8.5, LL-3.10 to LL-3.13).

Whom a talk was with, and their line, never know of it: they stand in it as the persons whom it is about.
"""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_talks import IntegrityTalkHeld
from contracts.refusals import RefusalCode
from services.chassis.access import holders, listed_ids
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.inspection.acts.officials import official, unit_of
from services.inspection.acts.post_talks import settle_post_talk
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.supervision_posts import ANY_OFFICE, IN_OFFICE, coverage_of, item_of, numbered
from services.inspection.acts.talk_years import note_talk
from services.inspection.domain.talk_codes import CLAUSE_OF, SPEAKERS, TalkType
from services.inspection.papers.talks import TalkCancellation, TalkFiling, TalkPlan, TalkRecord
from services.inspection.storage_talk import IntegrityTalk

Planning = Performance[IntegrityTalk, TalkPlan]
Holding = Performance[IntegrityTalk, TalkRecord]
OF_TALKS = ("LZ-8.1", "LZ-8.3", "LZ-8.5", "LL-3.10", "LL-3.11", "LL-3.12", "LL-3.13")


def unit_is_covered(p: Planning) -> None:
    coverage_of(p, p.paper.unit_id)


def one_or_several(p: Planning) -> None:
    """A collective talk is with whoever comes, every other with one person."""
    if p.paper.talk_type is TalkType.COLLECTIVE and p.paper.person_id:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="person_id", clauses=("LL-3.13",))
    if p.paper.talk_type is not TalkType.COLLECTIVE and not p.paper.person_id:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="person_id")


def person_fits(p: Planning) -> None:
    """Staff do not talk with leaders as if they were staff; who is not what the type says is out of its scope."""
    paper = p.paper
    if paper.talk_type is TalkType.COLLECTIVE:
        return
    persons_known(p, (paper.person_id,), "person_id")
    if unit_of(p.session, paper.person_id) != paper.unit_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id")
    if not official(p.session, paper.person_id, p.today).fits(paper.talk_type):
        staff = paper.talk_type is TalkType.STAFF
        code = RefusalCode.WRONG_ROLE if staff else RefusalCode.OUT_OF_SCOPE
        raise p.refuse(code, field="person_id", clauses=(CLAUSE_OF[paper.talk_type],))


def _role_of_speaker(p: Planning) -> str:
    """The post in which somebody of the actor's office may lead a talk of this type; empty if none."""
    office, paper = p.work.actor.office_id, p.paper
    roles = SPEAKERS[paper.talk_type]
    return next((r for r in roles if paper.speaker_id in holders(p.session, r, p.today, office)), "")


def speaker_may(p: Planning) -> None:
    if not _role_of_speaker(p):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="speaker_id", clauses=(CLAUSE_OF[p.paper.talk_type],))


def planned(p: Planning) -> IntegrityTalk:
    paper, coverage = p.paper, coverage_of(p, p.paper.unit_id)
    secrecy = NORMAL if paper.talk_type is TalkType.COLLECTIVE else RESTRICTED
    return IntegrityTalk(
        **item_of(p, coverage, state="planned", no=numbered(p, "TH", coverage.office_id), secrecy=secrecy),
        talk_type=paper.talk_type.value,
        person_id=paper.person_id,
        speaker_id=paper.speaker_id,
        speaker_role=_role_of_speaker(p),
        planned_on=paper.planned_on,
    )


def keep_person(p: Planning) -> None:
    if p.paper.person_id:
        p.add_party(p.paper.person_id)


PLAN_TALK = Act(
    name="plan_talk",
    zh="计划廉政谈话",
    en="Plan an integrity talk",
    clauses=OF_TALKS,
    on=IntegrityTalk,
    by=ANY_OFFICE,
    paper=TalkPlan,
    new=planned,
    becomes="planned",
    guards=(unit_is_covered, one_or_several, person_fits, speaker_may),
    effect=keep_person,
)


def parts_are_there(p: Holding) -> None:
    """With a member of the leadership all three parts (LL-3.11); with key posts the reminders (LZ-8.3, LZ-8.5)."""
    talk = TalkType(p.subject.talk_type)
    member = bool(p.subject.person_id) and official(p.session, p.subject.person_id, p.today).leadership_member
    if member:
        asked: tuple[str, ...] = ("integrity_work", "self_discipline", "risk_reminder")
        clause = "LL-3.11"
    elif talk in (TalkType.KEY_POST, TalkType.PRE_POST):
        asked, clause = ("risk_reminder",), CLAUSE_OF[talk]
    else:
        return
    for name in asked:
        if not getattr(p.paper, name):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=name, clauses=(clause,))


def attendance_is_listed(p: Holding) -> None:
    """A collective talk says who was there, each of the unit and once."""
    named = p.paper.attendee_ids
    if p.subject.talk_type != TalkType.COLLECTIVE.value:
        if named:
            raise p.refuse(RefusalCode.OUT_OF_RANGE, field="attendee_ids", clauses=("LL-3.13",))
        return
    if not named:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="attendee_ids", clauses=("LL-3.13",))
    if len(set(named)) < len(named):
        raise p.refuse(RefusalCode.DUPLICATE, field="attendee_ids", clauses=("LL-3.13",))
    persons_known(p, named, "attendee_ids")
    if any(unit_of(p.session, one) != p.subject.unit_id for one in named):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="attendee_ids", clauses=("LL-3.13",))


def keep_talk(p: Holding) -> None:
    """The talk counts from here: in the year's coverage, as the pre-post talk that was owed, in the person's file."""
    item = p.subject
    item.held_on, item.attendee_ids = p.paper.held_on, listed_ids(p.paper.attendee_ids)
    p.session.flush()
    settle_post_talk(p)
    note_talk(p)
    for person_id in ids_in(item.attendee_ids) or [item.person_id]:
        p.emit(
            IntegrityTalkHeld(
                talk_id=item.id,
                person_id=person_id,
                talk_type=item.talk_type,
                speaker_role=item.speaker_role,
                held_on=p.paper.held_on,
            )
        )


HOLD_TALK = Act(
    name="hold_talk",
    zh="登记廉政谈话",
    en="Record an integrity talk",
    clauses=(*OF_TALKS, "LZ-8.4"),
    on=IntegrityTalk,
    by=IN_OFFICE,
    paper=TalkRecord,
    when=("planned",),
    otherwise={"held": RefusalCode.IMMUTABLE, "filed": RefusalCode.IMMUTABLE},
    becomes="held",
    guards=(not_in_the_future("held_on"), attendance_is_listed, parts_are_there),
    effect=keep_talk,
)
FILE_TALK = Act(
    name="file_talk",
    zh="谈话记录归档",
    en="File a talk",
    clauses=("LL-3.11",),
    on=IntegrityTalk,
    by=IN_OFFICE,
    paper=TalkFiling,
    when=("held",),
    becomes="filed",
    documents=(Document("integrity_talk_record", "廉政谈话记录(签字扫描)", "LL-3.11"),),
)
CALL_OFF_TALK = Act(
    name="call_off_talk",
    zh="取消廉政谈话",
    en="Call off a talk",
    clauses=("LL-3.12",),
    on=IntegrityTalk,
    by=IN_OFFICE,
    paper=TalkCancellation,
    when=("planned",),
    becomes="called_off",
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (PLAN_TALK, HOLD_TALK, FILE_TALK, CALL_OFF_TALK)
