"""A clerk links two petitions that belong together, or takes the link back (LZ-12.6). Neither is merged or refused."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select

from contracts.refusals import RefusalCode
from services.chassis.access import visible
from services.chassis.act import Act
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.intake.acts.route import OFFICE, PETITION_OFFICE
from services.intake.papers.links import Linked, PetitionLinkEntry, PetitionUnlinkEntry
from services.intake.storage import Petition, PetitionLink

AnyPetition = Performance[Petition, Any]
CLAUSE = ("LZ-12.6",)


def ordinary(p: AnyPetition) -> None:
    """A sealed petition is linked to nothing: its link would tell of it."""
    if p.subject.secrecy != RESTRICTED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3",))


def a_link_is_seen(p: AnyPetition) -> None:
    """Offered where the actor sees a link; a link to what is hidden from them is none."""
    here, knows = p.subject.id, p.work.runtime.kinds[Petition.KIND].knows
    ends = or_(
        and_(PetitionLink.petition_id == here, PetitionLink.other_id == Petition.id),
        and_(PetitionLink.other_id == here, PetitionLink.petition_id == Petition.id),
    )
    seen = select(Petition.id).join(PetitionLink, ends)
    seen = seen.where(Petition.secrecy == RESTRICTED, visible(Petition, p.work.actor, knows))
    if p.session.scalars(seen.limit(1)).first() is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="other")


def known_other(p: AnyPetition) -> None:
    """The other one is ordinary too and the actor may know of it; else it does not exist for them."""
    knows, named = p.work.runtime.kinds[Petition.KIND].knows, p.paper.other
    query = select(Petition).where(
        or_(Petition.id == named, Petition.no == named),
        Petition.secrecy == RESTRICTED,
        visible(Petition, p.work.actor, knows),
    )
    other = p.session.scalars(query.limit(1)).one_or_none()
    if other is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="other")
    if other.id == p.subject.id:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="other")
    p.known["other"] = other


def not_linked_yet(p: AnyPetition) -> None:
    if _link(p) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="other")


def linked_already(p: AnyPetition) -> None:
    if _link(p) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="other")


def _link(p: AnyPetition) -> PetitionLink | None:
    """The link of the two, whichever of them it was made from."""
    here, other = p.subject.id, p.known["other"].id
    return p.session.get(PetitionLink, (here, other)) or p.session.get(PetitionLink, (other, here))


def link(p: Performance[Petition, PetitionLinkEntry]) -> None:
    """A duplicate points to the first of its letters, as if it had been found at registration."""
    other: Petition = p.known["other"]
    p.session.add(
        PetitionLink(
            petition_id=p.subject.id,
            other_id=other.id,
            relation=p.paper.relation.value,
            person_id=p.work.actor.person_id,
            linked_on=p.today,
        )
    )
    p.facts |= {"linked_to": other.id, "relation": p.paper.relation.value}
    if p.paper.relation is Linked.DUPLICATE and not p.subject.duplicate_of:
        first = other.duplicate_of or other.id
        p.subject.duplicate_of = "" if first == p.subject.id else first


def unlink(p: Performance[Petition, PetitionUnlinkEntry]) -> None:
    found, other = _link(p), p.known["other"]
    p.session.delete(found)
    p.facts["unlinked_from"] = other.id
    if p.subject.duplicate_of in (other.id, other.duplicate_of or other.id):
        p.subject.duplicate_of = ""


LINK_PETITION = Act(
    name="link_petition",
    zh="关联信访件",
    en="Link to another petition",
    clauses=CLAUSE,
    on=Petition,
    by=(*OFFICE, PETITION_OFFICE),
    paper=PetitionLinkEntry,
    needs=(ordinary,),
    anytime=True,
    guards=(known_other, not_linked_yet),
    effect=link,
)

UNLINK_PETITION = Act(
    name="unlink_petition",
    zh="取消关联",
    en="Take a link back",
    clauses=CLAUSE,
    on=Petition,
    by=(*OFFICE, PETITION_OFFICE),
    paper=PetitionUnlinkEntry,
    needs=(ordinary, a_link_is_seen),
    anytime=True,
    guards=(known_other, linked_already),
    effect=unlink,
)
