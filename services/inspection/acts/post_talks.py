"""The pre-post talk that a promotion or a move to a key post asks for, within a month (LZ-8.5)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.chassis.act import Act, Tells
from services.chassis.duties import meet_duties, open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work
from services.inspection.acts.officials import noon_of, official, unit_of
from services.inspection.acts.supervision_posts import HEAD, item_of, numbered
from services.inspection.domain.looking_back import years_before
from services.inspection.domain.talk_codes import TalkType
from services.inspection.papers.talks import PostTalkDone, PostTalkDue
from services.inspection.storage_talk import IntegrityTalk, PostTalk

Due = Performance[PostTalk, PostTalkDue]
Done = Performance[PostTalk, PostTalkDone]
LOOKED_BACK = 1
"""Years before the change in which a talk was for this change; the text names none."""


def owed(p: Due) -> PostTalk:
    coverage = look_up(p.session, DirectoryCoverage, unit_of(p.session, p.paper.person_id))
    if coverage is None:
        raise LookupError("a change of post at a unit that nobody supervises starts no clock")
    common = item_of(p, coverage, state="awaited", no=numbered(p, "RQ", coverage.office_id))
    return PostTalk(
        **(common | {"secrecy": RESTRICTED}),
        person_id=p.paper.person_id,
        new_post=p.paper.new_post,
        adjusted_on=p.paper.adjusted_on,
    )


def start_clock(p: Due) -> None:
    """Counted from the adjustment; the office's own clock, warned of seven and two days before it ends."""
    p.add_party(p.paper.person_id)
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            p.subject,
            clause="LZ-8.5",
            value="talk_within",
            owed_by=HEAD,
            counted_from=p.paper.adjusted_on,
            warn_before=(7, 2),
        )
    )


AWAIT_POST_TALK = Act(
    name="await_post_talk",
    zh="任前廉政谈话待办",
    en="A pre-post talk is owed",
    clauses=("LZ-8.5",),
    on=PostTalk,
    by=(),
    paper=PostTalkDue,
    new=owed,
    becomes="awaited",
    effect=start_clock,
    tells=(Tells(HEAD, "post_talk_owed", "LZ-8.5", office=lambda p: p.subject.office_id),),
)


def keep_done(p: Done) -> None:
    """In time or late by the day of the talk, whenever it is recorded."""
    p.subject.talk_id, p.subject.talked_on = p.paper.talk_id, p.paper.talked_on
    at = noon_of(p.paper.talked_on, p.work.now)
    p.met += meet_duties(p.work, p.subject, "LZ-8.5", at=at)


NOTE_POST_TALK = Act(
    name="note_post_talk",
    zh="任前廉政谈话已完成",
    en="The pre-post talk was held",
    clauses=("LZ-8.5",),
    on=PostTalk,
    by=(),
    paper=PostTalkDone,
    when=("awaited",),
    becomes="done",
    effect=keep_done,
)


def settle_post_talk(p: Performance[IntegrityTalk, Any]) -> None:
    """A pre-post talk settles the earliest that is owed with this person; each talk settles one."""
    if p.subject.talk_type != TalkType.PRE_POST.value:
        return
    query = select(PostTalk).where(PostTalk.person_id == p.subject.person_id, PostTalk.state == "awaited")
    waiting = p.session.scalars(query.order_by(PostTalk.adjusted_on, PostTalk.id).with_for_update()).first()
    if waiting is not None:
        _settle(p.work, waiting, p.subject)


def _settle(work: Work, waiting: PostTalk, talk: IntegrityTalk) -> None:
    if talk.held_on is None:
        raise LookupError("a talk that was not held settles nothing")
    talk.post_talk_id = waiting.id
    perform_as_service(work, NOTE_POST_TALK, PostTalkDone(talk_id=talk.id, talked_on=talk.held_on), waiting)


def post_changed(work: Work, paper: PostTalkDue) -> None:
    """Cadres of the district are outside; the same change twice is one. A talk before the change satisfies it too."""
    unit = unit_of(work.session, paper.person_id)
    if not unit or look_up(work.session, DirectoryCoverage, unit) is None:
        return
    if official(work.session, paper.person_id, work.today).above_midlevel:
        return
    same = select(PostTalk.id).where(
        PostTalk.person_id == paper.person_id,
        PostTalk.new_post == paper.new_post,
        PostTalk.adjusted_on == paper.adjusted_on,
    )
    if work.session.scalars(same).first() is not None:
        return
    waiting: PostTalk = perform_as_service(work, AWAIT_POST_TALK, paper).subject
    before = select(IntegrityTalk).where(
        IntegrityTalk.person_id == paper.person_id,
        IntegrityTalk.talk_type == TalkType.PRE_POST.value,
        IntegrityTalk.held_on.is_not(None),
        IntegrityTalk.held_on >= years_before(paper.adjusted_on, LOOKED_BACK),
        IntegrityTalk.post_talk_id == "",
    )
    talk = work.session.scalars(before.order_by(IntegrityTalk.held_on.desc()).with_for_update()).first()
    if talk is not None:
        _settle(work, waiting, talk)


ACTS: tuple[Act[Any, Any], ...] = (AWAIT_POST_TALK, NOTE_POST_TALK)
