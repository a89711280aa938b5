"""Special-duty supervision is taken up and planned: a day for each of its five links, a clock for each (GL-3.20)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import holders, listed_ids, post
from services.chassis.act import Act, Document, Tells, Warns, approved_by
from services.chassis.duties import duties_of, open_duty
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in, persons_known
from services.inspection.acts.supervision_posts import ANY_OFFICE, HEAD, coverage_of, item_of, numbered
from services.inspection.domain.duty_supervision_codes import DutyLink, nodes_in_order
from services.inspection.papers.duty_supervision import LINKS, NODES, DutyDraft, DutyPlan
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_duty_supervision import DutySupervision

Drafting = Performance[DutySupervision, DutyDraft]
Planning = Performance[DutySupervision, DutyPlan]
AnyDuty = Performance[DutySupervision, Any]
UNDER_WAY = (
    "planned", "opinion_sent", "under_rectification", "unrectified", "interviewed", "accountability_asked",
)  # fmt: skip
PROPOSERS = (post("dispatched_office_deputy", "dispatched_office_staff"),)
"""The head signs the plan, and nobody approves what they proposed."""


def unit_is_the_offices(p: Drafting) -> None:
    coverage_of(p, p.paper.unit_id)


def members_are_of_the_office(p: Drafting) -> None:
    persons_known(p, p.paper.member_ids, "member_ids")
    own = holders(p.session, "dispatched_office", p.today, p.work.actor.office_id)
    if any(person not in own for person in p.paper.member_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="member_ids")


def drafted(p: Drafting) -> DutySupervision:
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="drafted", no=numbered(p, "ZZ", coverage.office_id))
    return DutySupervision(**common, member_ids=listed_ids(dict.fromkeys(p.paper.member_ids)))


TAKE_UP = Act(
    name="take_up_duty_supervision",
    zh="专责监督立项",
    en="Take up special-duty supervision",
    clauses=(LINKS,),
    on=DutySupervision,
    by=ANY_OFFICE,
    paper=DutyDraft,
    new=drafted,
    becomes="drafted",
    guards=(unit_is_the_offices, members_are_of_the_office),
)


def every_link_has_its_day(p: Planning) -> None:
    """Each link once, and in the order of the links; a day that has gone by is overdue from the start."""
    named = [line.link for line in p.paper.nodes]
    if set(named) != set(DutyLink):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="nodes", clauses=(NODES,))
    if len(named) != len(set(named)):
        raise p.refuse(RefusalCode.DUPLICATE, field="nodes.link", clauses=(NODES,))
    if not nodes_in_order({line.link: line.node_on for line in p.paper.nodes}):
        raise p.refuse(RefusalCode.DATE_ORDER, field="nodes.node_on", clauses=(NODES,))


def start_the_clock_of_each_link(p: Planning) -> None:
    for line in p.paper.nodes:
        p.opened.append(
            open_duty(
                p.work,
                p.subject,
                clause=NODES,
                value="pass_within",
                owed_by="dispatched_office",
                recipient=line.link.value,
                counted_from=line.node_on,
                warn_before=(3,),
            )
        )


APPROVE_PLAN = Act(
    name="plan_duty_supervision",
    zh="报批专责监督方案",
    en="Put the plan up for approval",
    clauses=(NODES, LINKS),
    on=DutySupervision,
    by=PROPOSERS,
    paper=DutyPlan,
    when=("drafted",),
    becomes="planned",
    documents=(Document("special_supervision_plan", "专项监督方案(签字扫描)", NODES, required=False),),
    approvals=(approved_by(HEAD, "派驻机构主要负责人审批方案", NODES),),
    guards=(every_link_has_its_day,),
    effect=start_the_clock_of_each_link,
)


def overdue_links(p: AnyDuty) -> list[str]:
    """Links whose day has gone by and which were not passed."""
    return sorted(
        duty.recipient
        for duty in duties_of(p.session, p.subject)
        if duty.clause == NODES and duty.status == "open" and duty.due_at < p.work.now
    )


def note_warned(p: AnyDuty) -> None:
    p.subject.warned_links = listed_ids(sorted({*ids_in(p.subject.warned_links), *overdue_links(p)}))


NOTE_LINK_OVERDUE = Act(
    name="note_duty_link_overdue",
    zh="专责监督环节逾期",
    en="A link was not passed on its day",
    clauses=(NODES,),
    on=DutySupervision,
    by=(),
    paper=Reminder,
    when=UNDER_WAY,
    effect=note_warned,
    keeps_paper=False,
    warns=(Warns(NODES, overdue_links),),
    tells=(Tells(HEAD, "duty_link_overdue", NODES, office=lambda p: p.subject.office_id),),
)
ACTS: tuple[Act[Any, Any], ...] = (TAKE_UP, APPROVE_PLAN, NOTE_LINK_OVERDUE)
