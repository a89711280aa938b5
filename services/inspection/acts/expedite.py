"""A clue that does not wait for the round's end: proposed by the leader, consented to by the group (steps 25, 26)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, post
from services.chassis.act import Act, Tells
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryPerson
from services.inspection.acts.clue_ledger import enter_found
from services.inspection.acts.posts import LAID_BEFORE, TEAM_LEADER, leadership_of
from services.inspection.domain.expedite import MANAGED_HERE, RECTIFIED_AT_ONCE
from services.inspection.domain.transfer import TransferRoute
from services.inspection.papers.expedite import (
    GroupConsent,
    GroupRefusal,
    InvestigationProposal,
    LeavingNote,
    RectifyProposal,
)
from services.inspection.storage_field import FoundClue

AnyClue = Performance[FoundClue, Any]
PROPOSED = ("expedite_rectify_proposed", "expedite_investigate_proposed")
ABOVE = ("leading_group_head", "standing_deputy_head", "inspection_office_director")
"""Before whom a proposal is laid: who consents, and who carries it there."""
CONSENTING = (post("leading_group_head", "standing_deputy_head", at=LAID_BEFORE),)


def about_cadres_managed_here(p: Performance[FoundClue, RectifyProposal]) -> None:
    if p.paper.matter_code not in RECTIFIED_AT_ONCE:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="matter_code", clauses=("XC-25.0b",))
    for person_id in p.standing.reported:
        person = look_up(p.session, DirectoryPerson, person_id)
        if person is None or person.managing_authority != MANAGED_HERE:
            raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("XC-25.0b",))


def about_nobody_of_the_leadership(p: Performance[FoundClue, InvestigationProposal]) -> None:
    """A way for principals one level below; the unit's own leadership waits for the final transfer."""
    if leadership_of(p, p.subject.unit_id) & set(p.standing.reported):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, clauses=("XC-26.0a",))


def lay_before(route: TransferRoute) -> Any:
    """An effect: from here on the leading group's heads and the office's director know of it."""

    def effect(p: AnyClue) -> None:
        p.subject.before_roles = listed_ids(ABOVE)
        p.subject.proposed_route = route.value
        enter_found(p.work, p.subject)

    return effect


PROPOSE_RECTIFYING = Act(
    name="propose_rectifying_now",
    zh="提请立行立改",
    en="Propose to have it rectified at once",
    clauses=("XC-25.0b", "XC-37.4a"),
    on=FoundClue,
    by=TEAM_LEADER,
    paper=RectifyProposal,
    when=("registered",),
    becomes="expedite_rectify_proposed",
    guards=(about_cadres_managed_here,),
    effect=lay_before(TransferRoute.RECTIFY_NOW),
    tells=(Tells("standing_deputy_head", "clue_to_consent", "XC-25.0c"),),
)
PROPOSE_INVESTIGATING = Act(
    name="propose_investigating_now",
    zh="提请立查立处",
    en="Propose to have it investigated at once",
    clauses=("XC-26.0a", "XC-37.4a"),
    on=FoundClue,
    by=TEAM_LEADER,
    paper=InvestigationProposal,
    when=("registered",),
    becomes="expedite_investigate_proposed",
    guards=(about_nobody_of_the_leadership,),
    effect=lay_before(TransferRoute.INVESTIGATE_NOW),
    tells=(Tells("standing_deputy_head", "clue_to_consent", "XC-26.0b"),),
)
CONSENT = Act(
    name="consent_to_expedite",
    zh="领导小组同意",
    en="Consent for the leading group",
    clauses=("XC-25.0c", "XC-26.0b"),
    on=FoundClue,
    by=CONSENTING,
    paper=GroupConsent,
    when=PROPOSED,
    becomes="expedite_approved",
)


def back_into_the_register(p: AnyClue) -> None:
    p.subject.proposed_route = ""


REFUSE = Act(
    name="refuse_expedite",
    zh="领导小组不同意",
    en="Refuse for the leading group",
    clauses=("XC-25.0c", "XC-26.0b"),
    on=FoundClue,
    by=CONSENTING,
    paper=GroupRefusal,
    when=PROPOSED,
    becomes="registered",
    effect=back_into_the_register,
)
NOTE_LEAVING = Act(
    name="note_leaving",
    zh="登记线索移交",
    en="The clue has left for its receiver",
    clauses=("XC-25.0d", "XC-26.0c"),
    on=FoundClue,
    by=(),
    paper=LeavingNote,
    when=("expedite_approved",),
    becomes="transferred",
)
ACTS = (PROPOSE_RECTIFYING, PROPOSE_INVESTIGATING, CONSENT, REFUSE, NOTE_LEAVING)
