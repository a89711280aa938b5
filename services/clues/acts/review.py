"""Internal review begins: who reviews a case is chosen, and its lead accepts it (LZ-17.1 to LZ-17.5, LZ-17.11)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.clues_cases import ReviewStarted
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, anyone, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Opens, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.chassis.values import value_in_force
from services.clues.acts.filing import AnyCase
from services.clues.acts.group import are_staff, are_unrelated, ids_in, is_related
from services.clues.acts.investigation import investigated
from services.clues.papers.review import ReviewAcceptance, ReviewGroup
from services.clues.storage_case import Case, CaseTalk

Assigning = Performance[Case, ReviewGroup]

IN_REVIEW = Relation("reviewer_ids", "person_id", listed=True)
REVIEW_LEAD = Relation("lead_reviewer_id", "person_id")
LAID_BEFORE = Relation("review_role", "role")
REVIEWING = (anyone(IN_REVIEW),)
"""Who reviews a case: its review group, the lead among them."""


def barred(item: Case) -> frozenset[str]:
    """Whoever verified or investigated it, its safety officer included (ours): review is not theirs (LZ-17.2)."""
    return investigated(item) | {item.safety_officer_id}


def not_an_investigator(p: AnyCase) -> None:
    if p.work.actor.person_id in barred(p.subject):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("LZ-17.2",))


def refuse_investigators(p: AnyCase, person_ids: tuple[str, ...], field: str, *clauses: str) -> None:
    """Raises Refusal(CONFLICT_OF_INTEREST) for any who took part before review, also in a single talk's safety."""
    officers = select(CaseTalk.safety_officer_id).where(CaseTalk.case_id == p.subject.id)
    if set(person_ids) & {*barred(p.subject), *p.session.scalars(officers)}:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field=field, clauses=clauses)


def has_one_lead(p: Assigning) -> None:
    leads = set(p.paper.lead_reviewer_ids)
    if len(leads) > 1:
        raise p.refuse(RefusalCode.DUPLICATE, field="lead_reviewer_ids", clauses=("LZ-17.3",))
    if not leads:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="lead_reviewer_ids", clauses=("LZ-17.3",))


def is_reviewed_by_others(p: Assigning) -> None:
    for field in ("lead_reviewer_ids", "reviewer_ids"):
        refuse_investigators(p, getattr(p.paper, field), field, "LZ-17.2", "LZ-15.5")


def reviewers_may_be_named(p: Assigning) -> None:
    named = _named(p)
    are_staff(p, named, "LZ-17.5")
    are_unrelated(p, named, "LZ-17.2")


def group_is_large_enough(p: Assigning) -> None:
    """At least two, the lead among them: a parameter of ours."""
    least = value_in_force(p.session, "LZ-17.5", "group_at_least", p.today).amount
    if len({person for _, person in _named(p)}) < least:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="reviewer_ids", clauses=("LZ-17.5",))


def others_help_by_approval(p: Assigning) -> None:
    """An office too small to separate borrows reviewers of the one that the commission approved of (LZ-17.2)."""
    homes = {person.office_id for _, one in _named(p) if (person := look_up(p.session, DirectoryPerson, one))}
    if not homes <= {p.subject.office_id, p.subject.collaboration_office_id}:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, field="reviewer_ids", clauses=("LZ-17.2",))


def _named(p: Assigning) -> list[tuple[str, str]]:
    fields = ("lead_reviewer_ids", "reviewer_ids")
    return [(field, person) for field in fields for person in getattr(p.paper, field)]


def keep_reviewers(p: Assigning) -> None:
    [lead] = set(p.paper.lead_reviewer_ids)
    p.subject.lead_reviewer_id = lead
    p.subject.reviewer_ids = listed_ids(sorted({person for _, person in _named(p)}))
    p.facts |= {"lead_reviewer": lead}


ASSIGN_REVIEWERS = Act(
    name="assign_reviewers",
    zh="确定主审人和审理组",
    en="Name the lead reviewer and the review group",
    clauses=("LZ-17.2", "LZ-17.3", "LZ-17.5"),
    on=Case,
    by=(post("dispatched_office_leader"),),
    paper=ReviewGroup,
    when=("sent_for_review",),
    needs=(not_an_investigator,),
    guards=(
        has_one_lead,
        is_reviewed_by_others,
        reviewers_may_be_named,
        group_is_large_enough,
        others_help_by_approval,
    ),
    effect=keep_reviewers,
    tells=(Tells("", "case_to_be_reviewed", "LZ-17.3", person=lambda p: p.subject.lead_reviewer_id),),
)


def reviewers_are_still_free(p: AnyCase) -> None:
    """Somebody may have become related, or have joined the investigation of a case that came back."""
    reviewers = tuple(ids_in(p.subject.reviewer_ids))
    refuse_investigators(p, reviewers, "reviewer_ids", "LZ-17.2")
    if any(is_related(p, reviewer) for reviewer in reviewers):
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, clauses=("LZ-17.2",))


def begin_round(p: AnyCase) -> None:
    """Each acceptance is a round of its own: what an earlier one had established is established anew."""
    item = p.subject
    item.review_round += 1
    item.accepted_on = p.today
    item.talked_ids = item.confronted_ids = ""
    item.conclusion_code = ""
    item.deliberated_on = item.signed_on = item.completed_on = None
    p.facts |= {"round": item.review_round}


ACCEPT_FOR_REVIEW = Act(
    name="accept_for_review",
    zh="受理审理",
    en="Accept the case for review",
    clauses=("LZ-17.1", "LZ-17.2", "LZ-17.3", "LZ-17.5", "LZ-17.11"),
    on=Case,
    by=(anyone(REVIEW_LEAD),),
    paper=ReviewAcceptance,
    when=("sent_for_review",),
    becomes="accepted",
    documents=(Document("review_acceptance", "审理受理登记表(扫描)", "LZ-17.1", required=False),),
    needs=(not_an_investigator,),
    guards=(reviewers_are_still_free,),
    effect=begin_round,
    opens=(
        Opens(
            "LZ-17.11",
            "complete_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.lead_reviewer_id,
            warn_before=(10, 5, 1),
        ),
    ),
    hands_on=(
        HandOn(
            ReviewStarted,
            lambda p: ReviewStarted(
                case_id=p.subject.id,
                round=p.subject.review_round,
                accepted_on=p.today,
                lead_reviewer_id=p.subject.lead_reviewer_id,
            ),
        ),
    ),
    tells=(Tells("", "case_accepted_for_review", "LZ-17.11", person=lambda p: p.subject.handler_id),),
)
"""The text gives no extension: the 30 days end with completion, or with the case going back (LZ-17.11)."""
