"""The key few are interviewed and assessed on attitude, ability, conduct and discipline (HS-4.8)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_talks import KeyFewAssessed
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.officials import official, unit_of
from services.inspection.acts.posts import is_principal, not_in_the_future, persons_known
from services.inspection.acts.supervision_posts import HEAD, coverage_of, item_of, numbered
from services.inspection.domain.talk_codes import STAFF
from services.inspection.papers.talks import KeyFewForm
from services.inspection.storage_talk import KeyFewAssessment

Assessing = Performance[KeyFewAssessment, KeyFewForm]


def person_is_of_the_key_few(p: Assessing) -> None:
    """The principal and the members of a leadership that the office supervises."""
    unit_id, person_id = p.paper.unit_id, p.paper.person_id
    coverage_of(p, unit_id)
    persons_known(p, (person_id,), "person_id")
    leads = official(p.session, person_id, p.today).leadership_member or is_principal(p, person_id, unit_id)
    if unit_of(p.session, person_id) != unit_id or not leads:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="person_id")


def assessed(p: Assessing) -> KeyFewAssessment:
    coverage = coverage_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="assessed", no=numbered(p, "GJ", coverage.office_id))
    return KeyFewAssessment(
        **(common | {"secrecy": RESTRICTED}), person_id=p.paper.person_id, assessed_on=p.paper.assessed_on
    )


ASSESS_KEY_FEW = Act(
    name="assess_key_few",
    zh="访谈评估关键少数",
    en="Assess a member of the key few",
    clauses=("HS-4.8",),
    on=KeyFewAssessment,
    by=(post(HEAD, STAFF, at=None),),
    paper=KeyFewForm,
    new=assessed,
    becomes="assessed",
    guards=(person_is_of_the_key_few, not_in_the_future("assessed_on")),
    effect=lambda p: p.add_party(p.paper.person_id),
    hands_on=(
        HandOn(
            KeyFewAssessed,
            lambda p: KeyFewAssessed(
                assessment_id=p.subject.id, person_id=p.paper.person_id, assessed_on=p.paper.assessed_on
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (ASSESS_KEY_FEW,)
