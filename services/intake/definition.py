"""What intake is: its kinds, acts, reactions and views in one place."""

from __future__ import annotations

from services.chassis.access import (
    ADDRESSEE,
    HANDLER,
    LIAISON_OFFICE,
    REGISTRAR,
    Knows,
    Relation,
    anyone,
    post,
)
from services.chassis.runtime import Kind, ServiceDefinition
from services.intake.acts import (
    analysis,
    close,
    from_unit,
    identity,
    import_rows,
    links,
    online,
    referral,
    register,
    route,
    sealed_route,
    telling,
    transfer_out,
    unit_report,
)
from services.intake.ledgers import routes as ledgers
from services.intake.reactions import REACTIONS
from services.intake.storage import IntakeBase, Petition, PetitionAnalysis, ReferralBatch, UnitReport
from services.intake.views import VIEWS

SENDER = Relation("sender_id", "person_id")

KNOWS_PETITION = Knows(
    ordinary=(post("dispatched_office_leader"), anyone(HANDLER), post("petition_office", at=None)),
    sealed=(anyone(ADDRESSEE), anyone(REGISTRAR)),
    unclassed=(anyone(REGISTRAR), anyone(SENDER)),
)
"""Need to know of a petition (LZ-12.1, LZ-12.3). Of a sealed one its registrar keeps the stub.

Whoever passed one on at a unit knows of it until the office has classed it.
"""

KNOWS_REFERRAL = Knows(ordinary=(post("petition_office", at=None),))
KNOWS_REPORT = Knows(ordinary=(post("dispatched_office_leader"), anyone(REGISTRAR)))
"""A unit's leaders read no list of the petitions that may be about them (LL-4.5)."""

KNOWS_ANALYSIS = Knows(
    ordinary=(post("dispatched_office"), post("liaison_discipline_office", at=LIAISON_OFFICE))
)

INTAKE = ServiceDefinition(
    name="intake",
    zh="信访受理",
    en="Intake",
    base=IntakeBase,
    kinds=(
        Kind(Petition, KNOWS_PETITION, "petitions"),
        Kind(ReferralBatch, KNOWS_REFERRAL, "referrals"),
        Kind(UnitReport, KNOWS_REPORT, "unit_reports"),
        Kind(PetitionAnalysis, KNOWS_ANALYSIS, "analyses"),
    ),
    acts=(
        register.REGISTER_PETITION,
        register.CLASSIFY_PETITION,
        from_unit.RECEIVE_AT_UNIT,
        from_unit.TRANSFER_PETITION,
        from_unit.REGISTER_TRANSFERRED,
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
        identity.REQUEST_IDENTITY,
        telling.ACKNOWLEDGE_PETITIONER,
        telling.TELL_OUTCOME,
        online.FILE_ONLINE,
        online.DELIVER_ONLINE,
        online.ADD_ONLINE,
        online.ADD_SEALED,
        online.ANSWER_ONLINE,
        links.LINK_PETITION,
        links.UNLINK_PETITION,
        referral.OPEN_REFERRAL,
        referral.REGISTER_REFERRED,
        referral.RECEIPT_REFERRAL,
        referral.ASSIGN_PETITION,
        unit_report.REPORT_RECEIVED,
        unit_report.RECONCILE_REPORT,
        analysis.PUBLISH_ANALYSIS,
    ),
    reactions=REACTIONS,
    views=VIEWS,
    on_tick=ledgers.on_tick,
)
