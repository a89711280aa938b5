"""A round in the prepared worlds, and who gets through on its items: written down by hand, for the enumerations."""

from __future__ import annotations

from typing import Any

from tests.attacks import (
    inspection_after_feedback,
    inspection_archive,
    inspection_feedback,
    inspection_fieldwork,
    inspection_leaving,
    inspection_rectification,
    inspection_results,
)
from tests.clauses.round_steps import (
    ASSETS,
    AVOIDANCES,
    CADRES,
    SESSIONS,
    TEAM_1,
    TEAM_2,
    RoundWorld,
    done,
)
from tests.clauses.test_inspection_asked import LINES
from tests.clauses.test_inspection_briefing import TALK
from tests.clauses.test_inspection_entering import ANNOUNCEMENT
from tests.clauses.test_inspection_interviews import PLAN as INTERVIEWS_PLAN
from tests.clauses.test_inspection_interviews import RECORD, TAG
from tests.clauses.test_inspection_materials import CATALOGUE, RECEIPT
from tests.clauses.test_inspection_publicity import RELEASE
from tests.clauses.test_inspection_team import ASSET
from tests.clauses.test_inspection_upward import INCIDENT, MATTER, MIDTERM
from tests.clauses.test_inspection_working_papers import PAPER
from tests.world import World

OFFICE = {"xc1", "xcd"}
LEADING_GROUP = {"xz1", "xz2", "xz3"}
OF_TEAM_1 = {"zu1", "zu2", "zu3"}
HEADS = {"zu1", "zu2"}
ROUND_KNOWN = OFFICE | LEADING_GROUP
TEAM_KNOWN = ROUND_KNOWN | OF_TEAM_1
OPENERS = OFFICE | OF_TEAM_1 | {"zu4", "zu5"}
"""Whom the post lets try; how they stand to the team is asked once the form is there."""
CREATORS = (
    {
        "/inspection/rounds/open_round": OFFICE,
        "/inspection/cadres/register_cadre": OFFICE,
        "/inspection/engagements/open_engagement": OPENERS,
        "/inspection/avoidances/declare_avoidance": OPENERS,
        "/inspection/sessions/hold_session": OPENERS,
        "/inspection/assets/issue_asset": OPENERS,
        "/inspection/key-talks/record_key_talk": OPENERS,
        "/inspection/releases/draft_release": OPENERS,
        "/inspection/interviews/record_interview": OPENERS,
        "/inspection/unit-materials/receive_material": OPENERS,
        "/inspection/issues/record_issue": OPENERS,
        "/inspection/incidents/record_incident": OPENERS,
        "/inspection/midterms/hear_midterm": LEADING_GROUP | {"xcd"},
        "/inspection/major-matters/report_major_matter": OPENERS,
        "/inspection/spot-checks/propose_spot_checks": OPENERS,
    }
    | inspection_fieldwork.CREATORS
    | inspection_leaving.CREATORS
    | inspection_rectification.CREATORS
    | inspection_after_feedback.CREATORS
    | inspection_results.CREATORS
    | inspection_feedback.CREATORS
    | inspection_archive.CREATORS
)
KNOWN = (
    {
        "/inspection/rounds": ROUND_KNOWN,
        "/inspection/teams": TEAM_KNOWN,
        "/inspection/engagements": TEAM_KNOWN,
        "/inspection/cadres": OFFICE | {"zu3"},
        "/inspection/avoidances": OFFICE | {"zu5"},
        "/inspection/sessions": HEADS,
        "/inspection/assets": {"zu1", "zu3"},
        "/inspection/key-talks": HEADS | {"leader"},
        "/inspection/releases": OFFICE | LEADING_GROUP | OF_TEAM_1 | {"edu-head"},
        "/inspection/interviews": OF_TEAM_1,
        "/inspection/unit-materials": OF_TEAM_1,
        "/inspection/issues": OF_TEAM_1,
        "/inspection/found-clues": OF_TEAM_1,
        "/inspection/incidents": TEAM_KNOWN,
        "/inspection/midterms": LEADING_GROUP | OF_TEAM_1 | {"xcd"},
        "/inspection/major-matters": ROUND_KNOWN | {"zu1"},
        "/inspection/spot-checks": OFFICE | {"xz1", "xz2", "zu1"},
    }
    | inspection_fieldwork.KNOWN
    | inspection_leaving.KNOWN
    | inspection_rectification.KNOWN
    | inspection_after_feedback.KNOWN
    | inspection_results.KNOWN
    | inspection_feedback.KNOWN
    | inspection_archive.KNOWN
)
"""Of the items that `RoundItems` has chosen. The session is restricted to leader and deputy."""
DECIDERS = (
    {
        "/inspection/rounds": {"xz2", "xz1"},
        "/inspection/engagements": {"zu1"},
        "/inspection/releases": {"edu-head", "zu1"} | OFFICE,
        "/inspection/issues": {"zu2", "zu1"},
        "/inspection/spot-checks": {"xz1", "xz2"},
    }
    | inspection_results.DECIDERS
    | inspection_feedback.DECIDERS
    | inspection_fieldwork.DECIDERS
)
"""With those whose step comes later: they are told that it is not their turn (APPROVAL_ORDER)."""
VIEWS = (
    {
        "GET /rounds/<id>/compliance": ROUND_KNOWN,
        "GET /rounds/<id>/composition": ROUND_KNOWN,
        "GET /rounds/<id>/team-proposal": OFFICE,
    }
    | inspection_fieldwork.VIEWS
    | inspection_feedback.VIEWS
)
WITH_SCANS = {"/inspection/rounds", "/inspection/engagements"}
OF_THE_LEADER = (
    "file_team_plan", "designate_receivers", "prepare_entry", "assign_observers", "close_fieldwork",
    "talk_before_withdrawal", "withdraw",
    "designate_filer",
)  # fmt: skip
OF_THE_HEADS = (
    "close_focus_list", "draft_emergency_plan", "finalise_speech", "meet_principal", "hold_unit_meeting",
    "hear_report", "plan_interviews", "plan_for_incidents",
)  # fmt: skip
OF_THE_TEAM = (
    "record_audit_reading", "record_public_information", "deliver_checklist", "check_material",
    "prove_circulation", "announce", "publish_announcement", "hear_topic", "write_outline",
    "approve_one_to_one", "issue_catalogue", "ask_for_important_material", "hold_symposium",
    "record_observation", "design_survey", "collect_survey", "analyse_survey", "plan_visits", "record_visit",
    "destroy_leftovers", "check_security", "report_special_check",
)  # fmt: skip
DOERS: dict[str, dict[str, set[str]]] = (
    {
        "/inspection/rounds": {},
        "/inspection/avoidances": {},
        "/inspection/cadres": {},
        "/inspection/teams": {
            "record_training": OFFICE | HEADS,
            "constitute_meeting": HEADS,
            "found_branch": HEADS,
            "record_branch_activity": OF_TEAM_1,
            "sign_pledge": OF_TEAM_1,
            "record_security_posts": {"zu1"},
            "divide_work": {"zu1"},
            "sign_zero_holding": OF_TEAM_1,
        },
        "/inspection/engagements": {name: {"zu1"} for name in OF_THE_LEADER}
        | dict.fromkeys(OF_THE_HEADS, HEADS)
        | dict.fromkeys(OF_THE_TEAM, OF_TEAM_1)
        | dict.fromkeys(("request_briefing", "arrange_audit_reading", "open_special_check"), OFFICE | HEADS)
        | dict.fromkeys(("set_up_site", "file_statement"), OFFICE | OF_TEAM_1)
        | {"empty_box": {"zu3"}}
        | inspection_feedback.ON_ENGAGEMENTS,
        "/inspection/sessions": {"amend_minutes": HEADS, "report_dissent": HEADS},
        "/inspection/assets": {"return_asset": {"zu1", "zu3"}},
        "/inspection/releases": {"clear_release": OF_TEAM_1, "publish_release": OFFICE | OF_TEAM_1}
        | inspection_feedback.ON_RELEASES,
        "/inspection/interviews": {
            "submit_record": {"zu1", "zu2"},
            "read_record": {"zu1"},
            "circulate_record": OF_TEAM_1,
            "tag_clue": OF_TEAM_1,
        },
        "/inspection/unit-materials": {"return_material": {"zu1", "zu3"}, "enter_copy": {"zu3"}},
        "/inspection/issues": {
            "draft_working_paper": {"zu3"},
            "reopen_working_paper": {"zu3"},
            "keep_working_paper": {"zu1", "zu3"},
        },
        "/inspection/found-clues": {
            "classify_clue": OF_TEAM_1,
            "write_spot_check_into_clue": OF_TEAM_1,
            "compile_clue_file": {"zu3"},
            "propose_rectifying_now": {"zu1"},
            "propose_investigating_now": {"zu1"},
            "consent_to_expedite": set(),
            "refuse_expedite": set(),
        },
        "/inspection/incidents": dict.fromkeys(("report_incident", "close_incident"), OF_TEAM_1),
        "/inspection/major-matters": {},
        "/inspection/spot-checks": dict.fromkeys(
            ("forward_spot_checks", "close_spot_checks"), OFFICE | {"zu1"}
        ),
    }
    | inspection_fieldwork.DOERS
    | inspection_leaving.DOERS
    | inspection_rectification.DOERS
    | inspection_after_feedback.DOERS
    | inspection_results.DOERS
    | inspection_feedback.DOERS
    | inspection_archive.DOERS
)
"""Who does what on the chosen items; an act that is not here is the office's."""


class RoundItems(RoundWorld):
    """A round in a world that is there already. `chosen`: kind's place → id of an item."""

    def __init__(self, world: World) -> None:
        self.world, self.services, self.untouched = world, tuple(world.runtimes), False
        self.chosen: dict[str, str] = {}
        self.office, self.member_of_group = world.as_("xc1"), world.as_("xz3")
        self.head, self.deputy_head = world.as_("xz1"), world.as_("xz2")
        self.leader, self.deputy, self.member = (world.as_(f"zu{n}") for n in (1, 2, 3))
        self.leader_2, self.member_2 = world.as_("zu4"), world.as_("zu5")

    def fill(self) -> RoundItems:
        """Team 1 is at its unit, with an item of each kind; zu5 of team 2 has declared what they must avoid."""
        unit = self.unit_at("entered")
        self._choose(self.round_of(unit), self.team_at(unit), unit, self._cadre("p-zu3"))
        inspection_archive.fill(self, unit)
        self._put(AVOIDANCES, "declare_avoidance", "zu5", self._application(unit))
        self._put(ASSETS, "issue_asset", "zu1", ASSET | {"team_id": self._id(self.team_at(unit))})
        release = self._of_unit("releases", "draft_release", "zu3", unit, RELEASE)
        done(self.do(release, "clear_release", by=self.member))
        done(self.do(unit, "announce", ANNOUNCEMENT, by=self.member))
        self._fieldwork(unit)
        self.for_two_alone(unit)
        self.chosen |= inspection_results.ResultItems(self.world).fill().chosen
        self.chosen |= inspection_feedback.FeedbackItems(self.world).fill().chosen
        return self

    def for_two_alone(self, unit: str) -> None:
        """A restricted session and the talk before entry: leader and deputy know of them, and nobody else."""
        present = ["p-zu1", "p-zu2"]
        session = self.session(
            self.team_at(unit), participant_ids=present, recorder_id="p-zu2", restricted=True
        )
        held = done(session).body["id"]
        self._choose(f"{SESSIONS}/{held}")
        self._of_unit("key-talks", "record_key_talk", "zu1", unit, TALK)

    def waiting_round(self) -> str:
        """One more round: its assignment plan, with the leaders changed about, waits for the standing deputy head."""
        of = self.targets(self.opened(ordinal=2))
        teams = [TEAM_1 | {"unit_ids": ["hou"]}, TEAM_2 | {"unit_ids": ["edu"]}]
        done(self.nominate(of, teams=teams))
        done(self.do(of, "submit_assignment_plan", {"teams": teams}))
        return of

    def _fieldwork(self, unit: str) -> None:
        done(self.do(unit, "plan_interviews", INTERVIEWS_PLAN, by=self.leader))
        interview = self._of_unit("interviews", "record_interview", "zu2", unit, RECORD)
        done(self.do(interview, "tag_clue", TAG, by=self.member))
        found = self.leader.get("/inspection/found-clues").body["items"][0]["id"]
        self._choose(f"/inspection/found-clues/{found}")
        done(self.do(unit, "issue_catalogue", CATALOGUE, by=self.member))
        self._of_unit("unit-materials", "receive_material", "zu3", unit, RECEIPT)
        self._of_unit("incidents", "record_incident", "zu3", unit, INCIDENT)
        self._of_unit("midterms", "hear_midterm", "xz2", unit, MIDTERM)
        self._of_unit("major-matters", "report_major_matter", "zu1", unit, MATTER)
        listed = self._of_unit("spot-checks", "propose_spot_checks", "zu1", unit, {"lines": LINES})
        done(self.do(listed, "forward_spot_checks"))
        issue = self._of_unit("issues", "record_issue", "zu3", unit, {"title": "发现的问题"})
        done(self.do(issue, "draft_working_paper", PAPER, by=self.member))
        inspection_fieldwork.fill(self, unit, issue)
        inspection_leaving.fill(self, unit, interview)
        inspection_rectification.fill(self, unit)

    def _application(self, unit: str) -> dict[str, Any]:
        of = self._id(self.round_of(unit))
        return {"round_id": of, "relation": "spouse", "unit_id": "hou", "post_or_work": "配偶在该单位任职"}

    def _cadre(self, person: str) -> str:
        items = self.office.get(CADRES, limit="200").body["items"]
        return f"{CADRES}/{next(one['id'] for one in items if one['person_id'] == person)}"

    def _of_unit(self, path: str, act: str, account: str, unit: str, paper: dict[str, Any]) -> str:
        return self._put(f"/inspection/{path}", act, account, dict(paper) | {"engagement_id": self._id(unit)})

    def _put(self, place: str, act: str, account: str, paper: dict[str, Any]) -> str:
        opened = done(self.do(place, act, paper, by=self.world.as_(account))).body["id"]
        self._choose(f"{place}/{opened}")
        return f"{place}/{opened}"

    def _choose(self, *addresses: str) -> None:
        self.chosen |= {one.rpartition("/")[0]: self._id(one) for one in addresses}

    @staticmethod
    def _id(address: str) -> str:
        return address.rpartition("/")[2]
