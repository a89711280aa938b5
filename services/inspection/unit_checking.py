"""The kinds and acts of supervision checks, main responsibility and special checks, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, OWN_UNIT, Knows, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection import unit_check_views
from services.inspection.acts import (
    duty_records,
    key_matters,
    matter_supervisions,
    responsibility_lists,
    self_checks,
    special_supervision_years,
    special_supervisions,
    support_requests,
    third_parties,
    unit_checks,
    year_start_hearings,
)
from services.inspection.acts.importants_reports import COMMISSION
from services.inspection.acts.special_supervisions import CHANNEL, PARTICIPANT
from services.inspection.acts.supervision_posts import UNIT_ROLES
from services.inspection.domain.special_supervision_codes import CHANNELS
from services.inspection.storage_responsibility import (
    DutyRecord,
    DutyRecordReview,
    SelfCheck,
    YearStartHearing,
)
from services.inspection.storage_special_supervision import (
    KeyMatter,
    SpecialSupervision,
    SpecialSupervisionYear,
    SupportRequest,
    ThirdPartyEngagement,
)
from services.inspection.storage_unit_check import ResponsibilityList, UnitCheck

OFFICE = post("dispatched_office")
UNIT = post(*UNIT_ROLES, at=OWN_UNIT)
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
LEADER = post("commission_leader", at=None)

KNOWS_CHECK = Knows(ordinary=(OFFICE, LIAISON, LEADER), sealed=(), unclassed=())
"""Never the unit: what was found is told to it by an opinion or a suggestion."""
KNOWS_LIST = Knows(ordinary=(OFFICE, UNIT, LIAISON, LEADER), sealed=(), unclassed=())
"""The unit's own, and those who count it (GL-1.11)."""
KNOWS_BOTH = Knows(ordinary=(OFFICE, UNIT), sealed=(), unclassed=())
"""What passes between an office and its unit."""
KNOWS_OWN = Knows(ordinary=(OFFICE,), sealed=(), unclassed=())
KNOWS_SPECIAL = Knows(
    ordinary=(
        OFFICE,
        post(*CHANNELS, at=CHANNEL),
        post("commission_leader", at=COMMISSION),
        anyone(PARTICIPANT),
    ),
    sealed=(),
    unclassed=(),
)
"""The channel once it was reported, the leader once it is before the commission, who takes part until its end."""
KNOWS_ENGAGEMENT = Knows(ordinary=(OFFICE, third_parties.OWN_ENGAGEMENT), sealed=(), unclassed=())
KNOWS_REQUEST = Knows(ordinary=(OFFICE, *support_requests.AT_RECIPIENT), sealed=(), unclassed=())

LISTS = Kind(ResponsibilityList, KNOWS_LIST, "responsibility-lists")
KINDS = (
    Kind(UnitCheck, KNOWS_CHECK, "unit-checks"),
    LISTS,
    Kind(SelfCheck, KNOWS_BOTH, "self-checks"),
    Kind(YearStartHearing, KNOWS_BOTH, "year-start-hearings"),
    Kind(DutyRecord, KNOWS_BOTH, "duty-records"),
    Kind(DutyRecordReview, KNOWS_BOTH, "duty-record-reviews"),
    Kind(SpecialSupervisionYear, KNOWS_OWN, "special-supervision-years"),
    Kind(SpecialSupervision, KNOWS_SPECIAL, "special-supervisions"),
    Kind(ThirdPartyEngagement, KNOWS_ENGAGEMENT, "third-party-engagements"),
    Kind(SupportRequest, KNOWS_REQUEST, "support-requests"),
    Kind(KeyMatter, KNOWS_OWN, "key-matters"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *unit_checks.ACTS,
    *responsibility_lists.ACTS,
    *self_checks.ACTS,
    *year_start_hearings.ACTS,
    *duty_records.ACTS,
    *special_supervision_years.ACTS,
    *special_supervisions.ACTS,
    *matter_supervisions.ACTS,
    *third_parties.ACTS,
    *support_requests.ACTS,
    *key_matters.ACTS,
)
ROUTES = unit_check_views.routes(LISTS)
