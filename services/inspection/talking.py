"""The kinds and acts of integrity talks, interviews and assessments, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import LIAISON_OFFICE, Knows, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import formal_interviews, key_few, post_talks, talk_years, talks
from services.inspection.domain.talk_codes import HEAD, STAFF
from services.inspection.storage_talk import (
    FormalInterview,
    IntegrityTalk,
    KeyFewAssessment,
    PostTalk,
    TalkYear,
)

OFFICE = post("dispatched_office")
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
COMMISSION = post("commission_leader", at=None)

KNOWS_TALK = Knows(ordinary=(OFFICE, LIAISON), sealed=(), unclassed=())
"""Head, deputy, staff, the liaison office (LZ-8.1); never the unit, nor the person, nor their line."""
KNOWS_YEAR = Knows(ordinary=(post("dispatched_office_leader"), LIAISON), sealed=(), unclassed=())
"""It counts all talks: staff who may not know of one would learn of it here."""
KNOWS_INTERVIEW = Knows(ordinary=(OFFICE, LIAISON, COMMISSION), sealed=(), unclassed=())
KNOWS_ASSESSMENT = Knows(ordinary=(post(HEAD, STAFF), COMMISSION), sealed=(), unclassed=())
"""Head, staff, the commission (HS-4.8)."""

KINDS = (
    Kind(IntegrityTalk, KNOWS_TALK, "integrity-talks"),
    Kind(TalkYear, KNOWS_YEAR, "talk-years"),
    Kind(PostTalk, KNOWS_TALK, "post-talks"),
    Kind(FormalInterview, KNOWS_INTERVIEW, "formal-interviews"),
    Kind(KeyFewAssessment, KNOWS_ASSESSMENT, "key-few-assessments"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *talks.ACTS,
    *talk_years.ACTS,
    *post_talks.ACTS,
    *formal_interviews.ACTS,
    *key_few.ACTS,
)
