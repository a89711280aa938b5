"""A team withdraws: everything returned, leftovers destroyed, checked; then nobody holds anything (step 28)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_fieldwork import TeamWithdrawn, ZeroHoldingCompleted
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, After, HandOn, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import (
    TEAM,
    TEAM_LEADER,
    ids_in,
    is_principal,
    not_in_the_future,
)
from services.inspection.acts.stages import team_and_round_follow
from services.inspection.domain.stages import TEAM_STAGES
from services.inspection.papers.withdrawal import (
    DestructionRecord,
    SecurityCheck,
    TalkBeforeWithdrawal,
    WithdrawalRecord,
    ZeroHolding,
)
from services.inspection.storage_field import Material
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Asset, Engagement

AnyEngagement = Performance[Engagement, Any]
Destroying = Performance[Engagement, DestructionRecord]
LEAVING = ("fieldwork", "withdrawal_prepared")
SINCE_ENTRY = ("on_site", *TEAM_STAGES)


def with_the_principal(p: Performance[Engagement, TalkBeforeWithdrawal]) -> None:
    if not is_principal(p, p.paper.principal_id, p.subject.unit_id):
        raise p.refuse(RefusalCode.WRONG_ADDRESSEE, field="principal_id", clauses=("XC-28.1a",))


TALK_BEFORE_WITHDRAWAL = Act(
    name="talk_before_withdrawal",
    zh="登记撤点前沟通",
    en="Record the talk before withdrawal",
    clauses=("XC-28.1a",),
    on=Engagement,
    by=TEAM_LEADER,
    paper=TalkBeforeWithdrawal,
    when=LEAVING,
    anytime=True,
    guards=(not_in_the_future("held_on"), with_the_principal),
)


def nothing_that_is_kept(p: Destroying) -> None:
    """What goes back to the unit or into the archive is not destroyed."""
    of_unit = select(Material.item_no).where(Material.engagement_id == p.subject.id)
    to_return = set(p.session.scalars(of_unit))
    if any(item.to_archive or item.item_no in to_return for item in p.paper.items):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="items", clauses=("XC-28.3a",))
    staff = set(ids_in(p.subject.staff_ids))
    if any(item.destroyed_by_id not in staff for item in p.paper.items):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="items.destroyed_by_id", clauses=("XC-28.3a",))


def note_destroyers(p: Destroying) -> None:
    by = [item.destroyed_by_id for item in p.paper.items]
    p.subject.destroyer_ids = listed_ids(dict.fromkeys([*ids_in(p.subject.destroyer_ids), *by]))
    p.facts |= {"destroyed": len(p.paper.items)}


DESTROY_LEFTOVERS = Act(
    name="destroy_leftovers",
    zh="登记销毁",
    en="Record the destruction of leftovers",
    clauses=("XC-28.3a",),
    on=Engagement,
    by=TEAM,
    paper=DestructionRecord,
    when=LEAVING,
    anytime=True,
    guards=(nothing_that_is_kept,),
    effect=note_destroyers,
)


def all_was_checked(p: Performance[Engagement, SecurityCheck]) -> None:
    for field in ("papers_checked", "destruction_checked", "devices_checked"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-28.3b",))
    if p.paper.checker_id not in ids_in(p.subject.staff_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="checker_id", clauses=("XC-28.3b",))


def checks_own_work(p: Performance[Engagement, SecurityCheck]) -> tuple[str, ...]:
    own = p.paper.checker_id in ids_in(p.subject.destroyer_ids)
    return (p.paper.checker_id,) if own else ()


CHECK_SECURITY = Act(
    name="check_security",
    zh="登记保密安全检查",
    en="Record the security check",
    clauses=("XC-28.3b",),
    on=Engagement,
    by=TEAM,
    paper=SecurityCheck,
    when=LEAVING,
    guards=(not_in_the_future("checked_on"), all_was_checked),
    warns=(Warns("XC-28.3b", checks_own_work),),
)


def everything_is_returned(p: AnyEngagement) -> None:
    """The items are named, so that somebody can go and find them."""
    query = select(Material.item_no).where(
        Material.engagement_id == p.subject.id, Material.state == "received"
    )
    missing = sorted(p.session.scalars(query))
    if missing:
        refusal = p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-16.3b", "XC-16.2b", "XC-28.2a"))
        refusal.detail_zh = f"尚有资料未清退:{'、'.join(missing[:20])}"
        refusal.detail_en = f"Not returned yet: {', '.join(missing[:20])}"
        raise refusal


def note_withdrawal(p: Performance[Engagement, WithdrawalRecord]) -> None:
    p.subject.withdrawn_on = p.paper.withdrawn_on
    team_and_round_follow(p.work, p.subject)


WITHDRAW = Act(
    name="withdraw",
    zh="登记撤离",
    en="Record the withdrawal",
    clauses=("XC-16.3b", "XC-16.2b", "XC-28.2a", "XC-28.3b", "XC-28.1a"),
    on=Engagement,
    by=TEAM_LEADER,
    paper=WithdrawalRecord,
    when=("withdrawal_prepared",),
    becomes="withdrawn",
    needs=(everything_is_returned,),
    after=(After("check_security", "XC-28.3b"),),
    guards=(not_in_the_future("withdrawn_on"),),
    effect=note_withdrawal,
    hands_on=(
        HandOn(
            TeamWithdrawn,
            lambda p: TeamWithdrawn(
                round_id=p.subject.round_id,
                team_id=p.subject.team_id,
                unit_id=p.subject.unit_id,
                withdrawn_on=p.paper.withdrawn_on,
            ),
        ),
    ),
)


def has_not_signed(p: Performance[Team, Any]) -> None:
    if p.work.actor.person_id in ids_in(p.subject.zero_ids):
        raise p.refuse(RefusalCode.DUPLICATE)


def holds_nothing(p: Performance[Team, ZeroHolding]) -> None:
    person = p.work.actor.person_id
    held = select(Asset.id).where(
        Asset.team_id == p.subject.id, Asset.handler_id == person, Asset.state == "issued"
    )
    if p.session.scalars(held.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.ITEMS_OUTSTANDING, clauses=("XC-28.3c", "XC-28.3d", "XC-3.3d"))
    for field in ("computer_returned", "notebook_returned", "holds_nothing"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.ITEMS_OUTSTANDING, field=field, clauses=("XC-28.3d",))


def all_units_are_left(p: Performance[Team, ZeroHolding]) -> None:
    there = select(Engagement.id).where(Engagement.team_id == p.subject.id, Engagement.withdrawn_on.is_(None))
    if p.session.scalars(there.limit(1)).first() is not None:
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-28.3d",))


def keep_statement(p: Performance[Team, ZeroHolding]) -> None:
    p.subject.zero_ids = listed_ids([*ids_in(p.subject.zero_ids), p.work.actor.person_id])


def everybody_has_signed(p: Performance[Team, Any]) -> bool:
    return set(ids_in(p.subject.staff_ids)) <= set(ids_in(p.subject.zero_ids))


SIGN_ZERO_HOLDING = Act(
    name="sign_zero_holding",
    zh="签署“零持有”报告",
    en="Sign the zero-holding statement",
    clauses=("XC-28.3c", "XC-28.3d", "XC-28.3e"),
    on=Team,
    by=TEAM,
    paper=ZeroHolding,
    when=SINCE_ENTRY,
    needs=(has_not_signed,),
    guards=(all_units_are_left, holds_nothing),
    effect=keep_statement,
    hands_on=(
        HandOn(
            ZeroHoldingCompleted,
            lambda p: ZeroHoldingCompleted(
                round_id=p.subject.round_id,
                team_id=p.subject.id,
                signed_count=len(ids_in(p.subject.zero_ids)),
                completed_on=p.today,
            ),
            only_if=everybody_has_signed,
        ),
    ),
)
ACTS = (
    TALK_BEFORE_WITHDRAWAL,
    DESTROY_LEFTOVERS,
    CHECK_SECURITY,
    WITHDRAW,
    SIGN_ZERO_HOLDING,
)
