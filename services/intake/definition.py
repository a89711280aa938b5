"""What intake is: its kinds, acts, reactions and views in one place."""

from __future__ import annotations

from services.chassis.access import ADDRESSEE, HANDLER, REGISTRAR, Knows, anyone, post
from services.chassis.runtime import Kind, ServiceDefinition
from services.intake.acts import close, import_rows, register, route, sealed_route, transfer_out
from services.intake.reactions import REACTIONS
from services.intake.storage import IntakeBase, Petition
from services.intake.views import VIEWS

KNOWS_PETITION = Knows(
    ordinary=(post("dispatched_office_leader"), anyone(HANDLER), post("petition_office", at=None)),
    sealed=(anyone(ADDRESSEE), anyone(REGISTRAR)),
    unclassed=(anyone(REGISTRAR),),
)
"""Need to know of a petition (LZ-12.1, LZ-12.3). Of a sealed one its registrar keeps the stub."""

INTAKE = ServiceDefinition(
    name="intake",
    zh="信访受理",
    en="Intake",
    base=IntakeBase,
    kinds=(Kind(Petition, KNOWS_PETITION, "petitions"),),
    acts=(
        register.REGISTER_PETITION,
        register.CLASSIFY_PETITION,
        import_rows.IMPORT_PETITION,
        sealed_route.ESCALATE_PETITION,
        route.FORWARD_PETITION,
        route.JUDGE_PETITION,
        route.RECORD_PETITION,
        route.REFER_AS_CLUE,
        transfer_out.APPROVE_TRANSFER_OUT,
        transfer_out.TRANSFER_OUT,
        transfer_out.RECORD_REPLY,
        close.CLUE_ENDED,
        close.RECORD_RESULT,
        close.SUBMIT_CLOSURE,
        close.CLOSE_PETITION,
        close.RETURN_PETITION,
    ),
    reactions=REACTIONS,
    views=VIEWS,
)
