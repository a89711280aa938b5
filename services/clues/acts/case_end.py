"""How a case ends: not filed, dismissed, or archived once all is done; and how its clue ends with it."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Opens, Step, Tells, approved_by
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.clues.acts.closing import LIAISON
from services.clues.acts.filing import INVESTIGATING, AnyCase
from services.clues.acts.filing_approval import (
    COMMISSION,
    MINUTES,
    the_commissions_to_file,
    the_heads_to_file,
)
from services.clues.acts.ledger import HANDLING, LEDGER, STATUS_CHANGED, not_by_one_alone
from services.clues.acts.measures_in_force import nothing_is_in_force
from services.clues.acts.precheck import refuse_without_precheck
from services.clues.acts.reported import AnyItem, head_may_decide
from services.clues.acts.sanction_execution import VERIFY_SANCTION_EXECUTION
from services.clues.acts.verification import PASSED_ON
from services.clues.domain.case import CaseProposal
from services.clues.domain.execution import CaseEnd
from services.clues.domain.precheck import PrecheckKind
from services.clues.papers.sanction_decision import (
    CaseArchiving,
    CaseDismissal,
    EndedCase,
    NotFiledCase,
    NotToBeFiled,
)
from services.clues.storage import Clue, Verification
from services.clues.storage_case import BEFORE_FILING, Case

HEAD = approved_by("dispatched_office_head", "派驻机构主要负责人审批", "LZ-15.4", sole=True)
BY_CAPACITY = (
    ("", "(纪检组名义)", "in the discipline group's name", (the_heads_to_file, head_may_decide), (HEAD,)),
    (
        "_by_commission",
        "(监察机构名义)",
        "in the supervisory office's name",
        (the_commissions_to_file,),
        (PASSED_ON, COMMISSION),
    ),
)
"""Who may file a case, by the capacity that it is done in, also decides that it is not filed or is dismissed (ours)."""


# Before filing: there is to be no case.


def says_how_the_clue_goes_on(p: Performance[Case, NotToBeFiled]) -> None:
    if (p.paper.outcome_code is None) == (p.paper.handling_code is None):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="outcome_code", clauses=("LZ-14.8",))


def handling_instead_is_prechecked(p: Performance[Case, NotToBeFiled]) -> None:
    verified = p.session.get(Verification, p.subject.verification_id)
    if p.paper.handling_code is not None and verified is not None:
        refuse_without_precheck(p, PrecheckKind.HANDLING, verified.id, eight_point=verified.eight_point)


def give_the_clue_back(p: Performance[Case, NotToBeFiled]) -> None:
    clue = p.session.get_one(Clue, p.subject.clue_id, with_for_update=True)
    how = p.paper.outcome_code or p.paper.handling_code
    paper = NotFiledCase(
        case_id=p.subject.id, outcome_code=how.value if how else "", handled=p.paper.handling_code is not None
    )
    perform_as_service(p.work, GO_ON_UNFILED, paper, clue)


def _not_filing(
    suffix: str, zh: str, en: str, needs: tuple[Any, ...], approvals: tuple[Step, ...]
) -> Act[Case, NotToBeFiled]:
    return Act(
        name=f"request_not_filing{suffix}",
        zh=f"呈批不予立案{zh}",
        en=f"Propose not to file the case, {en}",
        clauses=("LZ-15.4", "LZ-14.8", "LZ-22.5"),
        on=Case,
        by=INVESTIGATING,
        paper=NotToBeFiled,
        when=BEFORE_FILING,
        becomes="not_filed",
        documents=(MINUTES,),
        needs=needs,
        guards=(says_how_the_clue_goes_on, handling_instead_is_prechecked),
        approvals=approvals,
        effect=give_the_clue_back,
        tells=(Tells("", "case_not_filed", "LZ-14.8", person=lambda p: p.subject.handler_id),),
        anytime=True,
    )


def go_on_unfiled(p: Performance[Clue, NotFiledCase]) -> None:
    p.subject.state = "handling_proposed" if p.paper.handled else "close_proposed"
    p.subject.outcome_code = p.paper.outcome_code
    p.subject.reported_on = None
    p.facts |= {"case": p.paper.case_id}


GO_ON_UNFILED = Act(
    name="go_on_unfiled",
    zh="不予立案入账",
    en="Go on without a case",
    clauses=("LZ-14.8", *LEDGER),
    on=Clue,
    by=(),
    paper=NotFiledCase,
    when=("case_opened",),
    effect=go_on_unfiled,
    opens=(
        Opens(
            "LZ-14.8",
            "report_within",
            "dispatched_office",
            lambda p: p.today,
            owed_person=lambda p: p.subject.handler_id,
            to=LIAISON,
        ),
    ),
    hands_on=(STATUS_CHANGED,),
)


# After a review that found nothing.


def review_found_no_breach(p: AnyCase) -> None:
    if p.subject.conclusion_code != CaseProposal.DISMISSAL:
        raise p.refuse(RefusalCode.WRONG_STATE)


def note_dismissal(p: AnyCase) -> None:
    p.subject.dismissed_on = p.today


def _dismissing(
    suffix: str, zh: str, en: str, needs: tuple[Any, ...], approvals: tuple[Step, ...]
) -> Act[Case, CaseDismissal]:
    return Act(
        name=f"request_dismissal{suffix}",
        zh=f"呈批撤销案件{zh}",
        en=f"Propose to dismiss the case, {en}",
        clauses=("LZ-17.1", "LZ-15.4", "LZ-22.5"),
        on=Case,
        by=HANDLING,
        paper=CaseDismissal,
        when=("completed",),
        becomes="dismissed",
        documents=(MINUTES,),
        needs=(review_found_no_breach, *needs),
        approvals=approvals,
        effect=note_dismissal,
        tells=(Tells("", "case_dismissed", "LZ-17.1", person=lambda p: p.subject.handler_id),),
    )


# At the end.


def not_archived_by_one_alone(p: AnyItem) -> None:
    not_by_one_alone(p, VERIFY_SANCTION_EXECUTION.name)


def end_the_clue(p: AnyCase) -> None:
    item = p.subject
    item.archived_on = p.today
    p.session.flush()
    clue = p.session.get_one(Clue, item.clue_id, with_for_update=True)
    outcome = CaseEnd.DISMISSED if item.dismissed_on else CaseEnd.SANCTIONED
    paper = EndedCase(case_id=item.id, outcome_code=outcome, ended_on=p.today)
    perform_as_service(p.work, END_WITH_CASE, paper, clue)


ARCHIVE_CASE = Act(
    name="archive_case",
    zh="案件办结归档",
    en="End the case and send its volume to the archive",
    clauses=("LZ-17.18", "LZ-17.20", "LZ-22.7"),
    on=Case,
    by=HANDLING,
    paper=CaseArchiving,
    when=("executed", "dismissed"),
    otherwise={"decided": RefusalCode.MISSING_DOCUMENT, "recorded": RefusalCode.NOT_VERIFIED},
    becomes="archived",
    needs=(not_archived_by_one_alone,),
    guards=(nothing_is_in_force,),
    effect=end_the_clue,
)
"""The volume is the clue's: the case, its verification and its measures are in it (LZ-22.7)."""


def end(p: Performance[Clue, EndedCase]) -> None:
    """Whoever was sanctioned was dealt with; a dismissed case is a clue that is closed."""
    p.subject.outcome_code = p.paper.outcome_code.value
    p.subject.ended_on = p.paper.ended_on
    if p.paper.outcome_code is CaseEnd.DISMISSED:
        p.subject.state = "closed"
    p.facts |= {"case": p.paper.case_id}


END_WITH_CASE = Act(
    name="end_with_case",
    zh="随案件办结",
    en="End the clue with its case",
    clauses=("LZ-17.20", *LEDGER),
    on=Clue,
    by=(),
    paper=EndedCase,
    when=("case_opened",),
    becomes="handled",
    effect=end,
    hands_on=(STATUS_CHANGED,),
    archived_as="clue",
)

CASE_END_ACTS: tuple[Act[Any, Any], ...] = (
    *(_not_filing(*how) for how in BY_CAPACITY),
    *(_dismissing(*how) for how in BY_CAPACITY),
    ARCHIVE_CASE,
    GO_ON_UNFILED,
    END_WITH_CASE,
)
