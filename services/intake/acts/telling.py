"""Who gave a name is told that the petition was taken up, and how it ended, each within its days."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Meets
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.intake.acts.named import is_named
from services.intake.acts.route import OFFICE, PETITION_OFFICE
from services.intake.domain.ways_in import Channel
from services.intake.papers.telling import Acknowledgement, By, OutcomeTold
from services.intake.storage import Petition

AnyPetition = Performance[Petition, Any]


def somebody_to_tell(p: AnyPetition) -> None:
    if p.subject.secrecy != RESTRICTED:
        raise p.refuse(RefusalCode.WRONG_ROUTE, clauses=("LZ-12.3",))
    if not is_named(p):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def told_by_now(p: AnyPetition) -> None:
    if not p.subject.received_on <= p.paper.told_on <= p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="told_on")


def message_is_read_online(p: AnyPetition) -> None:
    """What is written to the petitioner reaches only who has a receipt code."""
    if p.paper.message and (p.paper.told_by is not By.ONLINE or p.subject.channel != Channel.ONLINE):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="message")


FROM_REGISTERED = tuple(
    state for state in Petition.STATES if state not in ("held_by_unit", "transferred", "escalated")
)

ACKNOWLEDGE_PETITIONER = Act(
    name="acknowledge_petitioner",
    zh="告知受理情况",
    en="Tell the petitioner that it was taken up",
    clauses=("LZ-12.6",),
    on=Petition,
    by=(*OFFICE, PETITION_OFFICE),
    paper=Acknowledgement,
    when=FROM_REGISTERED,
    needs=(somebody_to_tell,),
    while_open="LZ-12.6",
    guards=(told_by_now, message_is_read_online),
    meets=(Meets("LZ-12.6"),),
)

TELL_OUTCOME = Act(
    name="tell_outcome",
    zh="反馈办理结果",
    en="Tell the petitioner the outcome",
    clauses=("LZ-12.16",),
    on=Petition,
    by=OFFICE,
    paper=OutcomeTold,
    when=("result_recorded", "closure_submitted", "returned", "closed"),
    needs=(somebody_to_tell,),
    while_open="LZ-12.16",
    guards=(told_by_now, message_is_read_online),
    meets=(Meets("LZ-12.16"),),
)
