"""Fields and columns that hold the id of a person or of another item, by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_HOLDS_PERSONS = re.compile(
    r"(^|_)(person|persons|staff|head|cleared|task|subject|handler|filer|superior|member|officer|leader|deputy|liaison"
    r"|recorder|secretary|convenor|participant|attendee|speaker|chair|principal|authority|holder|reader|hearer|author|custodian|interviewer"
    r"|interviewee|observer|visitor|counterpart|decided_by|destroyed_by|agreed_with|with_form|document_room|computers|talk_rooms"
    r"|designee|designated|receiver|carrier|addressee|known|helper|leading_member|witness|guest|checker|reporter|owner"
    r"|lead|entrusted|accompanying|reviewer|voter|missing|target)_ids?$"
    r"|^(joins|leaves)$"
)
REFERENCES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "clues": {"clue_id": ("clues",), "verification_id": ("verifications",)},
    "inspection": {
        "round_id": ("rounds", "office-rounds"),
        "team_id": ("teams",),
        "engagement_id": ("engagements",),
        "source_id": ("interviews", "supervision-records"),
        "issue_id": ("issues",),
        "opinion_id": ("supervision-opinions",),
        "interview_id": ("formal-interviews",),
        "origin_id": ("supervision-records",),
        "follow_id": ("supervision-records",),
        "ground_id": ("supervision-records", "problems"),
        "feedback_id": ("feedback-lists",),
        "archive_file_id": ("archive-files",),
    },
}
"""Columns of a service's items that hold the id of another of its items, and the registers where that one may be."""
ELSEWHERE: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("intake", "clue_id"): ("clues", "打开线索", "open the clue"),
    ("clues", "petition_id"): ("intake", "打开信访件", "open the petition"),
    ("clues", "request_id"): ("archive", "打开征求意见", "open the request"),
    ("archive", "round_id"): ("inspection", "打开巡察轮次", "open the round"),
    ("archive", "team_id"): ("inspection", "打开巡察组", "open the team"),
    ("archive", "source_ref"): ("inspection", "打开来源事项", "open what it came from"),
}
"""Columns that hold the id of another service's item: that service, unless the item itself names it, and the words of
the link."""
_IN_FORMS_BESIDES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "inspection": {
        "new_team_id": ("teams",),
        "session_id": ("sessions",),
        "incident_id": ("incidents",),
        "spot_check_id": ("spot-checks",),
        "found_clue_id": ("found-clues",),
        "found_clue_ids": ("found-clues",),
        "clue_id": ("found-clues",),
        "issue_ids": ("issues",),
        "meeting_id": ("meetings",),
        "meeting_ids": ("meetings",),
        "point_ids": ("risk-points",),
        "point_id": ("risk-points",),
        "search_id": ("risk-searches",),
        "matter_ids": ("special-matters",),
        "supervision_id": ("joint-supervisions",),
        "drawn_from_id": ("docking-meetings", "problems", "feedback-lists", "risk-points"),
        "archived_source_id": ("interviews", "issues", "found-clues"),
        "filing_id": ("subunit-filings",),
        "into_id": ("risk-points",),
        "list_id": ("responsibility-lists",),
        "check_id": ("special-supervisions",),
        "assistance_id": ("assistance-requests",),
        "petition_id": ("team-petitions",),
    },
}


def holds_persons(name: str) -> bool:
    """Whether what has this name holds ids of persons."""
    return _HOLDS_PERSONS.search(name) is not None


def holds_offices(name: str) -> bool:
    """Whether what has this name holds ids of offices or units."""
    return re.search(r"(^|[._])(unit|office|department|recipient|body)_ids?$", name) is not None


def registers_for(service: str, name: str, title: str) -> Sequence[str]:
    """Where the item is to be found that a form's field asks for; none for a number that is typed (编号)."""
    leaf = name.rpartition(".")[2]
    known = {**REFERENCES.get(service, {}), **_IN_FORMS_BESIDES.get(service, {})}
    return () if "编号" in title else known.get(leaf, ())
