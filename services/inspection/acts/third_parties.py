"""Third parties are invited to a special check and give their professional opinion (LZ-11.4)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, holders, post
from services.chassis.act import Act, Document, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import ANY_OFFICE, HEAD, IN_OFFICE, item_of
from services.inspection.papers.special_supervision import (
    EngagementEnding,
    ThirdPartyInvitation,
    ThirdPartyOpinion,
)
from services.inspection.storage_special_supervision import SpecialSupervision, ThirdPartyEngagement

Inviting = Performance[ThirdPartyEngagement, ThirdPartyInvitation]
Opining = Performance[ThirdPartyEngagement, ThirdPartyOpinion]
THIRD_PARTY = "third_party"
OWN_ENGAGEMENT = post(THIRD_PARTY, at=HANDLER)
"""A third party knows of its own engagement, and of nothing else."""


def check_of(p: Inviting) -> SpecialSupervision:
    """Of the actor's own office, and under way; another's does not exist for them."""
    found = p.session.get(SpecialSupervision, p.paper.check_id)
    if found is None or found.office_id != p.work.actor.office_id or found.state != "opened":
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="check_id")
    return found


def is_a_third_party(p: Inviting) -> None:
    check_of(p)
    if p.paper.person_id not in holders(p.session, THIRD_PARTY, p.today):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def invited(p: Inviting) -> ThirdPartyEngagement:
    check = check_of(p)
    [letter] = p.attached["engagement_letter"]
    common = item_of(p, check, state="invited", handler_id=p.paper.person_id)
    return ThirdPartyEngagement(**common, check_id=check.id, letter_id=letter)


def one_letter(p: Inviting) -> None:
    if len(p.attached["engagement_letter"]) > 1:
        raise p.refuse(RefusalCode.DUPLICATE, field="attachments")


INVITE_THIRD_PARTY = Act(
    name="invite_third_party",
    zh="委托第三方参与",
    en="Invite a third party",
    clauses=("LZ-11.4",),
    on=ThirdPartyEngagement,
    by=ANY_OFFICE,
    paper=ThirdPartyInvitation,
    new=invited,
    becomes="invited",
    documents=(Document("engagement_letter", "委托书(盖章扫描)", "LZ-11.4"),),
    guards=(is_a_third_party, one_letter),
    tells=(Tells("", "third_party_invited", "LZ-11.4", person=lambda p: p.subject.handler_id),),
)


def author_was_engaged(p: Opining) -> None:
    """Whoever files it: the opinion is that of who was engaged."""
    author = p.paper.author_id or p.work.actor.person_id
    if author != p.subject.handler_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="author_id")


def keep_opinion(p: Opining) -> None:
    p.subject.author_id, p.subject.given_on = p.subject.handler_id, p.paper.given_on
    p.subject.opinion_id = p.attached["third_party_opinion"][0]


FILE_OPINION = Act(
    name="file_third_party_opinion",
    zh="提交第三方专业意见",
    en="File the third party's opinion",
    clauses=("LZ-11.4",),
    on=ThirdPartyEngagement,
    by=(*IN_OFFICE, OWN_ENGAGEMENT),
    paper=ThirdPartyOpinion,
    when=("invited",),
    becomes="opined",
    documents=(Document("third_party_opinion", "第三方专业意见(盖章扫描)", "LZ-11.4"),),
    guards=(author_was_engaged, not_in_the_future("given_on")),
    effect=keep_opinion,
    tells=(Tells(HEAD, "third_party_opined", "LZ-11.4", office=lambda p: p.subject.office_id),),
)
END_ENGAGEMENT = Act(
    name="end_third_party_engagement",
    zh="终止第三方委托",
    en="End the engagement",
    clauses=("LZ-11.4",),
    on=ThirdPartyEngagement,
    by=IN_OFFICE,
    paper=EngagementEnding,
    when=("invited",),
    becomes="ended",
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (INVITE_THIRD_PARTY, FILE_OPINION, END_ENGAGEMENT)
