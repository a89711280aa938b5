"""Help of functional departments and professional bodies, and what helpers may do and know (step 21)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_petitions import AssistanceRequested
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, visible
from services.chassis.act import Act, HandOn, Tells
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.chassis.standing import Standing
from services.chassis.subject import RESTRICTED, SEALED
from services.inspection.acts.field_items import item_at, numbered
from services.inspection.acts.posts import (
    HANDLER,
    LEADER,
    TAKES_PART,
    ids_in,
    not_in_the_future,
    persons_known,
)
from services.inspection.acts.preparation import engagement_of
from services.inspection.domain.questioning_codes import HelpChannel, tells
from services.inspection.papers.questioning import (
    AssistanceAnswer,
    AssistanceRequest,
    TaskEnd,
    TaskSheet,
    WorkEntry,
)
from services.inspection.storage_field import FoundClue, Issue
from services.inspection.storage_questioning import Assistance, HelpTask

Asking = Performance[Assistance, AssistanceRequest]
Assigning = Performance[HelpTask, TaskSheet]
HELPER = Relation("helper_id", "person_id")
LEADING = Relation("leading_member_id", "person_id")


def is_in_fieldwork(p: Asking) -> None:
    if engagement_of(p).state != "fieldwork":
        raise p.refuse(RefusalCode.WRONG_STATE, field="engagement_id", clauses=("XC-21.0a",))


def through_the_unit_or_the_office(p: Asking) -> None:
    if p.paper.channel is HelpChannel.TEAM:
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="channel", clauses=("XC-21.0a",))


def nothing_sensitive(p: Asking) -> None:
    """Team staff look into it themselves."""
    if not p.paper.issue_id:
        return
    issue = p.session.get(Issue, p.paper.issue_id)
    if issue is None or issue.engagement_id != p.paper.engagement_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="issue_id", clauses=("XC-21.0c",))
    if issue.sensitive:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="issue_id", clauses=("XC-21.0c",))


def clue_of(p: Asking) -> FoundClue | None:
    """The clue that the request touches, if its author may know of it."""
    if not p.paper.clue_id:
        return None
    knows = p.work.runtime.kinds[FoundClue.KIND].knows
    query = select(FoundClue).where(
        FoundClue.id == p.paper.clue_id,
        FoundClue.engagement_id == p.paper.engagement_id,
        visible(FoundClue, p.work.actor, knows),
    )
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="clue_id", clauses=("XC-21.0d",))
    return found


def true_purpose_is_kept(p: Asking) -> None:
    """The letter tells neither the clue's number nor whom nor what it is about.

    Names stand in no register of this service: who writes the letter lists those that it must not have.
    """
    clue = clue_of(p)
    if clue is None:
        return
    if not p.paper.guarded_words:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="guarded_words", clauses=("XC-21.0d",))
    reported = Standing(p.session, clue).reported
    exact = (clue.no, clue.id, *reported, *p.paper.guarded_words)
    for text in (p.paper.letter, p.paper.assistant):
        if any(one in text for one in exact) or any(tells(text, one) for one in allegations(p, clue)):
            raise p.refuse(RefusalCode.CONTENT_RULE, field="letter", clauses=("XC-21.0d",))


def allegations(p: Asking, clue: FoundClue) -> list[str]:
    """What the papers of the clue say that it is about."""
    forms = [read_paper(p.session, p.work.runtime.ring, one)["form"] for one in papers_of(p.session, clue)]
    return [str(form["summary"]) for form in forms if form.get("summary")]


def asked(p: Asking) -> Assistance:
    of, touches_a_clue = engagement_of(p), bool(p.paper.clue_id)
    number = "" if touches_a_clue else numbered(p, of.team_id, "XZ")
    return Assistance(
        **item_at(p, of, state="requested", secrecy=SEALED if touches_a_clue else RESTRICTED, no=number),
        round_id=of.round_id,
        staff_ids=of.staff_ids,
        channel_of_help=p.paper.channel.value,
        topic_of_help=p.paper.topic.value,
    )


def recuse_who_is_complained_of(p: Asking) -> None:
    clue = clue_of(p)
    for person in Standing(p.session, clue).reported if clue is not None else ():
        p.add_party(person)


REQUEST_ASSISTANCE = Act(
    name="request_assistance",
    zh="提请协助",
    en="Ask for professional help",
    clauses=("XC-21.0a", "XC-21.0c", "XC-21.0d"),
    on=Assistance,
    by=(TAKES_PART,),
    paper=AssistanceRequest,
    new=asked,
    becomes="requested",
    guards=(is_in_fieldwork, through_the_unit_or_the_office, nothing_sensitive, true_purpose_is_kept),
    effect=recuse_who_is_complained_of,
    hands_on=(
        HandOn(
            AssistanceRequested,
            lambda p: AssistanceRequested(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                channel=p.subject.channel_of_help,
                stated_topic=p.subject.topic_of_help,
            ),
        ),
    ),
)


def answered(name: str, zh: str, en: str, becomes: str) -> Act[Assistance, AssistanceAnswer]:
    return Act(
        name=name,
        zh=zh,
        en=en,
        clauses=("XC-21.0a",),
        on=Assistance,
        by=(anyone(HANDLER), anyone(LEADER)),
        paper=AssistanceAnswer,
        when=("requested",),
        becomes=becomes,
        guards=(not_in_the_future("answered_on"),),
    )


RECORD_GRANT = answered("record_grant", "登记同意协助", "Record that help is granted", "granted")
RECORD_DECLINE = answered("record_decline", "登记未予协助", "Record that help is declined", "declined")


def help_is_granted(p: Assigning) -> None:
    knows = p.work.runtime.kinds[Assistance.KIND].knows
    query = select(Assistance).where(
        Assistance.id == p.paper.assistance_id,
        Assistance.engagement_id == engagement_of(p).id,
        visible(Assistance, p.work.actor, knows),
    )
    found = p.session.scalars(query).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="assistance_id", clauses=("XC-21.0b",))
    if found.state != "granted":
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, field="assistance_id", clauses=("XC-21.0b",))


def led_by_the_team(p: Performance[HelpTask, Any], staff_ids: str) -> None:
    if p.paper.leading_member_id not in ids_in(staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="leading_member_id", clauses=("XC-21.0b",))


def helper_is_no_member(p: Assigning) -> None:
    of = engagement_of(p)
    persons_known(p, (p.paper.helper_id,), "helper_id")
    if p.paper.helper_id in ids_in(of.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="helper_id", clauses=("XC-21.0b",))
    led_by_the_team(p, of.staff_ids)


def assigned(p: Assigning) -> HelpTask:
    of = engagement_of(p)
    return HelpTask(
        **item_at(p, of, state="assigned", unit_id=""),
        staff_ids=of.staff_ids,
        helper_id=p.paper.helper_id,
        leading_member_id=p.paper.leading_member_id,
    )


ASSIGN_TASK = Act(
    name="assign_help_task",
    zh="交办协助任务",
    en="Give a helper a task",
    clauses=("XC-21.0b",),
    on=HelpTask,
    by=(TAKES_PART,),
    paper=TaskSheet,
    new=assigned,
    becomes="assigned",
    guards=(help_is_granted, helper_is_no_member),
    tells=(Tells("", "help_task_assigned", "XC-21.0b", person=lambda p: p.subject.helper_id),),
)


def led_by_one_of_them(p: Performance[HelpTask, WorkEntry]) -> None:
    led_by_the_team(p, p.subject.staff_ids)


RECORD_HELP = Act(
    name="record_help",
    zh="登记协助工作",
    en="Enter what was done",
    clauses=("XC-21.0b",),
    on=HelpTask,
    by=(anyone(HELPER), anyone(LEADING)),
    paper=WorkEntry,
    when=("assigned",),
    guards=(not_in_the_future("done_on"), led_by_one_of_them),
)
FINISH_TASK = Act(
    name="finish_help_task",
    zh="完成协助任务",
    en="Finish a task",
    clauses=("XC-21.0b",),
    on=HelpTask,
    by=(anyone(LEADING), anyone(LEADER)),
    paper=TaskEnd,
    when=("assigned",),
    becomes="finished",
)
ACTS: tuple[Act[Any, Any], ...] = (
    REQUEST_ASSISTANCE,
    RECORD_GRANT,
    RECORD_DECLINE,
    ASSIGN_TASK,
    RECORD_HELP,
    FINISH_TASK,
)
