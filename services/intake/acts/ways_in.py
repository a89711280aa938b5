"""What is checked of a petition by the way it came in: its fields, receivers, petitioners, the rule in force."""

from __future__ import annotations

from typing import Any

from contracts.clause import UnknownValue
from contracts.refusals import RefusalCode
from services.chassis.access import holders
from services.chassis.performance import Performance
from services.chassis.values import value_in_force
from services.intake.domain.ways_in import Channel, left_out, out_of_place
from services.intake.papers.petition import PetitionRegisterEntry
from services.intake.papers.petitioner import Naming
from services.intake.storage import Petition

Registering = Performance[Petition, PetitionRegisterEntry]
RULE = "rule"
"""Under which name the version of the petition rule is remembered on the way."""

CLAUSES_OF = {"unit_received_on": ("LZ-12.5", "LZ-12.6"), "transferred_on": ("LZ-12.5", "LZ-12.6")}


def asked_of_this_way(p: Registering) -> None:
    """Each way in has fields that must be there, and none of another way's."""
    missing = left_out(p.paper.channel, p.paper.given)
    if missing is not None:
        clauses = CLAUSES_OF.get(missing, ("LZ-12.6",))
        raise p.refuse(RefusalCode.MISSING_FIELD, field=missing, clauses=clauses)
    foreign = out_of_place(p.paper.channel, p.paper.given)
    if foreign is not None:
        raise p.refuse(RefusalCode.CONTENT_RULE, field=foreign, clauses=("LZ-12.6",))


def named_or_not(p: Registering) -> None:
    """Who signs has a name or a pseudonym, who does not has none."""
    said, named = p.paper.naming, bool(p.paper.petitioners)
    if said is Naming.ANONYMOUS and named:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="naming", clauses=("LZ-12.6",))
    if said in (Naming.NAMED, Naming.PSEUDONYMOUS) and not named:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="petitioners", clauses=("LZ-12.6",))


def naming_of(paper: PetitionRegisterEntry) -> Naming:
    """What the clerk says, else what follows from the petitioners."""
    return paper.naming or (Naming.NAMED if paper.petitioners else Naming.ANONYMOUS)


def received_by_two(p: Registering) -> None:
    """A visitor is received by the registrar and another of the office, neither of them reported on."""
    other = p.paper.second_receiver
    if p.paper.channel is not Channel.VISIT:
        return
    actor = p.work.actor
    if other == actor.person_id:
        raise p.refuse(RefusalCode.TWO_PERSON_RULE, field="second_receiver", clauses=("LZ-12.6",))
    if other not in holders(p.session, "dispatched_office", p.today, actor.office_id):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="second_receiver", clauses=("LZ-12.6",))
    if other in p.paper.subject_ids:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST, field="second_receiver", clauses=("LZ-12.6",))


def rule_in_force(p: Performance[Petition, Any]) -> None:
    """The version of the petition rule under which it is registered is kept with it (GL-3.7)."""
    try:
        p.known[RULE] = value_in_force(p.session, "GL-3.7", "rule_version", p.today).version
    except UnknownValue:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="rule_version", clauses=("GL-3.7",)) from None
