"""What inspection is: its kinds, acts and reactions in one place."""

from __future__ import annotations

from services.chassis.access import OWN_UNIT, Knows, Relation, anyone, post
from services.chassis.runtime import Kind, ServiceDefinition
from services.inspection import (
    archiving,
    compliance,
    daily,
    feedback,
    fieldwork,
    five_supervisions,
    following_feedback,
    inquiring,
    joint_supervising,
    leaving,
    meeting_overview,
    office_rules,
    offices,
    petitioning,
    rectifying,
    results,
    risks,
    supervision,
    talking,
    team_proposal,
    unit_checking,
)
from services.inspection.acts import (
    asked,
    assets,
    assignment,
    avoidance,
    briefing,
    engagement,
    entering,
    expedite,
    found_clues,
    gatherings,
    interviews,
    issues,
    materials,
    mobilisation,
    petition_referral,
    plans,
    preparation,
    publicity,
    readers,
    roster,
    sessions,
    targets,
    team,
    training,
    transfer,
    upward,
    withdrawal,
)
from services.inspection.acts.hand_over import HAND_OVER_CLUE
from services.inspection.acts.posts import (
    DEPUTY,
    HEAD_OR_STANDING_DEPUTY,
    LAID_BEFORE,
    LEADER,
    LEADING_GROUP,
    LIAISON,
    OFFICE,
    READER,
    RECORDER,
    STAFF,
)
from services.inspection.reactions import REACTIONS
from services.inspection.reading import copy_entered, pledged
from services.inspection.storage import ClueHandover, InspectionBase
from services.inspection.storage_field import (
    FoundClue,
    Incident,
    Interview,
    Issue,
    MajorMatter,
    Material,
    Midterm,
    SpotCheckRequest,
)
from services.inspection.storage_round import Avoidance, Cadre, Round, Team
from services.inspection.storage_transfer import ClueTransfer, PetitionReferral
from services.inspection.storage_unit import Asset, Engagement, KeyTalk, Release, Session
from services.inspection.views import views

KNOWS_HANDOVER = Knows(ordinary=(post("inspection_office"),), sealed=(), unclassed=())
"""The inspection office's own book (ruling 6); the receiver keeps its own in `clues`."""
SELF = Relation("person_id", "person_id")
HOLDER = Relation("handler_id", "person_id")
INTERVIEWER = Relation("interviewer_ids", "person_id", listed=True)
PRESENT = Relation("participant_ids", "person_id", listed=True)

KNOWS_ROUND = Knows(ordinary=(*OFFICE, LEADING_GROUP), sealed=(), unclassed=())
KNOWS_TEAM = Knows(ordinary=(*OFFICE, LEADING_GROUP, anyone(STAFF)), sealed=(), unclassed=())
"""The office, the leading group and the team itself; no other team (XC-2.2c)."""
KNOWS_CADRE = Knows(ordinary=(*OFFICE, anyone(SELF)), sealed=(), unclassed=())
KNOWS_AVOIDANCE = KNOWS_CADRE
"""Relation and relatives stay with the office; the applicant sees their own (XC-2.3)."""
KNOWS_SESSION = Knows(
    ordinary=tuple(anyone(one) for one in (LEADER, DEPUTY, LIAISON, RECORDER)),
    sealed=(anyone(PRESENT), anyone(LEADER)),
    unclassed=(),
)
"""Those who sit in the meeting; of a restricted session, whom the leader named (XC-3.1d)."""
KNOWS_ASSET = Knows(
    ordinary=tuple(anyone(one) for one in (LEADER, LIAISON, RECORDER, HOLDER)), sealed=(), unclassed=()
)
KNOWS_KEY_TALK = Knows(ordinary=(), sealed=(anyone(PRESENT), anyone(LEADER)), unclassed=())
"""Leader, deputies who were there, and the commission's leader (XC-4.2a)."""
KNOWS_RELEASE = Knows(
    ordinary=(*OFFICE, LEADING_GROUP, anyone(STAFF), post("local_party_head", at=OWN_UNIT)),
    sealed=(),
    unclassed=(),
)
"""Whose gates it passes (XC-10.2b, XC-33.2b)."""
KNOWS_INTERVIEW = Knows(ordinary=(anyone(STAFF),), sealed=(anyone(LEADER), anyone(INTERVIEWER)), unclassed=())
"""The team; of a talk about a person of direct scope the leader and who held it (XC-12.4b, XC-13.2h)."""
KNOWS_MATERIAL = Knows(ordinary=(anyone(READER),), sealed=(), unclassed=())
KNOWS_ISSUE = Knows(ordinary=(anyone(STAFF),), sealed=(), unclassed=())
KNOWS_FOUND_CLUE = Knows(ordinary=(*found_clues.KEEPERS, anyone(LAID_BEFORE)), sealed=(), unclassed=())
KNOWS_MIDTERM = Knows(ordinary=(LEADING_GROUP, upward.DIRECTOR, anyone(STAFF)), sealed=(), unclassed=())
KNOWS_MAJOR_MATTER = Knows(
    ordinary=(LEADING_GROUP, *OFFICE, anyone(LEADER)),
    sealed=(anyone(LEADER), post("leading_group_head", at=None)),
    unclassed=(),
)
"""A direct report is hidden from the office (XC-27.0c)."""
KNOWS_SPOT_CHECKS = Knows(
    ordinary=(*OFFICE, HEAD_OR_STANDING_DEPUTY, anyone(LEADER)), sealed=(), unclassed=()
)
"""Who proposes, carries and approves the list; never who stands on it (XC-14.1)."""
ROUNDS = Kind(Round, KNOWS_ROUND, "rounds")

INSPECTION = ServiceDefinition(
    name="inspection",
    zh="巡察监督",
    en="Inspection",
    base=InspectionBase,
    kinds=(
        ROUNDS,
        Kind(Team, KNOWS_TEAM, "teams"),
        Kind(Engagement, KNOWS_TEAM, "engagements", before_reading=pledged),
        Kind(KeyTalk, KNOWS_KEY_TALK, "key-talks", before_reading=pledged),
        Kind(Release, KNOWS_RELEASE, "releases"),
        Kind(Interview, KNOWS_INTERVIEW, "interviews", before_reading=pledged),
        Kind(Material, KNOWS_MATERIAL, "unit-materials", before_reading=pledged, before_taking=copy_entered),
        Kind(Issue, KNOWS_ISSUE, "issues", before_reading=pledged),
        Kind(SpotCheckRequest, KNOWS_SPOT_CHECKS, "spot-checks", before_reading=pledged),
        Kind(Incident, KNOWS_TEAM, "incidents", before_reading=pledged),
        Kind(Midterm, KNOWS_MIDTERM, "midterms", before_reading=pledged),
        Kind(MajorMatter, KNOWS_MAJOR_MATTER, "major-matters", before_reading=pledged),
        Kind(FoundClue, KNOWS_FOUND_CLUE, "found-clues", before_reading=pledged),
        Kind(Cadre, KNOWS_CADRE, "cadres"),
        Kind(Avoidance, KNOWS_AVOIDANCE, "avoidances"),
        Kind(Session, KNOWS_SESSION, "sessions", before_reading=pledged),
        Kind(Asset, KNOWS_ASSET, "assets", before_reading=pledged),
        Kind(ClueHandover, KNOWS_HANDOVER, "handovers"),
        Kind(ClueTransfer, KNOWS_HANDOVER, "clue-transfers"),
        Kind(PetitionReferral, KNOWS_HANDOVER, "petition-referrals"),
        *fieldwork.KINDS,
        *leaving.KINDS,
        *results.KINDS,
        *petitioning.KINDS,
        *feedback.KINDS,
        *following_feedback.KINDS,
        *archiving.KINDS,
        *inquiring.KINDS,
        *supervision.KINDS,
        *risks.KINDS,
        *joint_supervising.KINDS,
        *talking.KINDS,
        *five_supervisions.KINDS,
        *offices.KINDS,
        *office_rules.KINDS,
        *unit_checking.KINDS,
        *rectifying.KINDS,
    ),
    acts=(
        *targets.ACTS,
        *assignment.ACTS,
        *plans.ACTS,
        *roster.ACTS,
        *readers.ACTS,
        *mobilisation.ACTS,
        *engagement.ACTS,
        *avoidance.ACTS,
        *training.ACTS,
        *team.ACTS,
        *sessions.ACTS,
        *assets.ACTS,
        *briefing.ACTS,
        *preparation.ACTS,
        *entering.ACTS,
        *publicity.ACTS,
        *interviews.ACTS,
        *found_clues.ACTS,
        *expedite.ACTS,
        *materials.ACTS,
        *gatherings.ACTS,
        *issues.ACTS,
        *upward.ACTS,
        *withdrawal.ACTS,
        *asked.ACTS,
        *fieldwork.ACTS,
        *leaving.ACTS,
        *results.ACTS,
        *petitioning.ACTS,
        *feedback.ACTS,
        *following_feedback.ACTS,
        *archiving.ACTS,
        *inquiring.ACTS,
        HAND_OVER_CLUE,
        transfer.TRANSFER_CLUE,
        transfer.NOTE_TRANSFER_REGISTERED,
        transfer.NOTE_DISPOSAL_PROGRESSED,
        transfer.NOTE_CLUE_CONCLUDED,
        transfer.NOTE_CASE_PUBLICISED,
        *petition_referral.ACTS,
        *supervision.ACTS,
        *risks.ACTS,
        *joint_supervising.ACTS,
        *talking.ACTS,
        *five_supervisions.ACTS,
        *offices.ACTS,
        *office_rules.ACTS,
        *unit_checking.ACTS,
        *rectifying.ACTS,
    ),
    reactions=REACTIONS,
    views=(
        *views(ROUNDS),
        *compliance.routes(ROUNDS),
        *team_proposal.routes(ROUNDS),
        *meeting_overview.ROUTES,
        *petitioning.ROUTES,
        *risks.ROUTES,
        *five_supervisions.ROUTES,
        *offices.ROUTES,
        *unit_checking.ROUTES,
    ),
    on_tick=daily.on_tick,
)
