"""The kinds and acts of reports and of the meetings that hear the results, for the service's definition."""

from __future__ import annotations

from typing import Any

from services.chassis.access import OWN_OFFICE, Knows, Relation, anyone, post
from services.chassis.act import Act
from services.chassis.runtime import Kind
from services.inspection.acts import (
    clue_report,
    group_hearings,
    interview_report,
    key_issues,
    key_tasks,
    results_agenda,
    round_reports,
    secretary_meeting,
    stages,
    survey_points,
    unit_report,
)
from services.inspection.acts.clue_report import LEADERS
from services.inspection.acts.posts import AUTHOR, LAID_BEFORE, LEADER, LEADING_GROUP, OFFICE, STAFF
from services.inspection.reading import pledged
from services.inspection.storage_named import KeyIssue
from services.inspection.storage_report import ClueReport, InterviewReport, UnitReport
from services.inspection.storage_result import GroupHearing, RoundClueReport, RoundReport

ATTENDEE = Relation("attendee_ids", "person_id", listed=True)
OFFICE_THEN = post("inspection_office", at=(OWN_OFFICE, LAID_BEFORE))
GROUP_THEN = post("leading_group", at=LAID_BEFORE)
"""Office and leading group, once the report is before them: a draft is the team's."""

KNOWS_UNIT_REPORT = Knows(ordinary=(anyone(STAFF), OFFICE_THEN, GROUP_THEN), sealed=(), unclassed=())
KNOWS_INTERVIEW_REPORT = Knows(
    ordinary=(anyone(LEADER), anyone(AUTHOR), OFFICE_THEN, GROUP_THEN), sealed=(), unclassed=()
)
KNOWS_CLUE_REPORT = Knows(
    ordinary=(),
    sealed=(anyone(LEADER), anyone(AUTHOR), *clue_report.DIRECTOR, post(*LEADERS, at=LAID_BEFORE)),
    unclassed=(),
)
"""Leader, who wrote it; later the office's director and the leading group's leaders (XC-29.4d)."""
KNOWS_HEARING = Knows(ordinary=(*OFFICE, LEADING_GROUP, anyone(STAFF)), sealed=(), unclassed=())
"""A team reads its own part of the minutes and no other (XC-31.4a)."""
KNOWS_ROUND_REPORT = Knows(ordinary=(*OFFICE, LEADING_GROUP, anyone(ATTENDEE)), sealed=(), unclassed=())
KNOWS_ROUND_CLUES = Knows(
    ordinary=(),
    sealed=(post("inspection_office_director"), post(*LEADERS, at=None), anyone(ATTENDEE)),
    unclassed=(),
)
"""The director, the leading group's leaders, who sits in the secretary's meeting; never the standing committee."""
KNOWS_KEY_ISSUE = Knows(ordinary=(*OFFICE, post(*LEADERS, at=None)), sealed=(), unclassed=())

KINDS = (
    Kind(UnitReport, KNOWS_UNIT_REPORT, "inspection-reports", before_reading=pledged),
    Kind(InterviewReport, KNOWS_INTERVIEW_REPORT, "interview-reports", before_reading=pledged),
    Kind(ClueReport, KNOWS_CLUE_REPORT, "clue-reports", before_reading=pledged),
    Kind(GroupHearing, KNOWS_HEARING, "group-hearings", before_reading=pledged),
    Kind(RoundReport, KNOWS_ROUND_REPORT, "round-reports"),
    Kind(RoundClueReport, KNOWS_ROUND_CLUES, "round-clue-reports"),
    Kind(KeyIssue, KNOWS_KEY_ISSUE, "key-issues"),
)
ACTS: tuple[Act[Any, Any], ...] = (
    *stages.ACTS,
    *unit_report.ACTS,
    *interview_report.ACTS,
    *clue_report.ACTS,
    *survey_points.ACTS,
    *group_hearings.ACTS,
    *round_reports.ACTS,
    *secretary_meeting.ACTS,
    *key_issues.ACTS,
    *key_tasks.ACTS,
    *results_agenda.ACTS,
)
