"""Every route that performs no act, by every account, on items that are there: who gets through is written down here.

Acts have their tables in `test_everybody_tries_everything.py` and `test_every_route.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from services.archive.acts.integrity import OPEN_INTEGRITY_FILE
from services.archive.papers.integrity import OpenedIntegrityFile
from services.chassis.http import Route
from services.chassis.packages import Package
from services.chassis.perform import perform_as_service
from services.chassis.settings import SERVICES
from services.chassis.tables import Attachment, Inbox, Paper, Proposal
from services.chassis.work import begin
from services.desk.loading import load_person_key
from services.desk.pages import PAGES
from services.desk.passwords import WORKER
from services.intake.acts.referral import OPEN_REFERRAL
from services.intake.papers.referral import ReferralNotice
from services.notifications.storage import Notice
from tests.attacks import (
    inspection_archive,
    inspection_five,
    inspection_joint,
    inspection_office_rules,
    inspection_offices,
    inspection_rectification,
    inspection_risks,
    inspection_rounds,
    inspection_supervision,
    inspection_talks,
    inspection_unit_checks,
)
from tests.attacks.asking import asked_of, at_the_desk, ids_by_kind, of_item, over_the_api, with_places
from tests.attacks.inspection_five import FiveItems
from tests.attacks.inspection_joint import JointItems
from tests.attacks.inspection_office_rules import OfficeRuleItems
from tests.attacks.inspection_offices import OfficeItems
from tests.attacks.inspection_risks import RiskItems
from tests.attacks.inspection_rounds import RoundItems
from tests.attacks.inspection_supervision import SupervisionItems
from tests.attacks.inspection_talks import TalkItems
from tests.attacks.inspection_unit_checks import UnitCheckItems
from tests.attacks.test_every_route import OFFICE_STAFF, OPEN, OPEN_AT_INTAKE, OPEN_AT_THE_DESK
from tests.attacks.test_everybody_tries_everything import (
    ADMINISTRATORS,
    ALIKE,
    CASE_KNOWN,
    CLUE_KNOWN,
    OFFICE,
    PETITION_OFFICE,
    UNLIKE,
    VERIFICATION_KNOWN,
)
from tests.attacks.trying import ACCOUNTS
from tests.attacks.twins import clues_of, done, everything, load_names
from tests.clauses.accountability_steps import FOUND, OFFICE_FILE
from tests.clauses.case_steps import CaseWorld
from tests.clauses.clues_steps import CluesWorld
from tests.clauses.intake_petitions import bring, letter
from tests.clauses.measure_steps import asked
from tests.clauses.suggestion_steps import DRAFT, PROBLEM
from tests.clauses.test_clues_shared_entry import BREACH
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.clauses.unit_org_steps import ASKED, CHECK, LEARNED, holder, with_posts
from tests.clauses.verification_steps import PLAN
from tests.world import START, World

EVERYBODY = set(UNLIKE)
NOBODY: set[str] = set()
STAFF_OF_UNITS = {"edu-clerk", "edu-head", "hou-head"}
KNOWN = (
    {
        "/intake/petitions": OFFICE | PETITION_OFFICE,
        "/intake/referrals": PETITION_OFFICE,
        "/intake/unit_reports": {"edu-clerk", "head1", "deputy1"},
        "/intake/analyses": OFFICE | {"clerk2", "jd1"},
        "/clues/clues": CLUE_KNOWN,
        "/clues/verifications": VERIFICATION_KNOWN,
        "/clues/measures": VERIFICATION_KNOWN,
        "/clues/measures-ledgers": {"head1", "jd1", "ags1"},
        "/clues/measures-rules": OFFICE | {"clerk2", "jd1"},
        "/clues/ledger-reconciliations": {"head1", "jd1", "ags1"},
        "/clues/clue-inspections": {"head1", "jd1", "ags1"},
        "/clues/cases": CASE_KNOWN - {"clerk2"},
        "/clues/venue-requests": CASE_KNOWN - {"clerk2"},
        "/clues/prechecks": CLUE_KNOWN | {"dfs1"},
        "/clues/shared-entries": OFFICE | {"clerk2", "edu-head"},
        "/clues/spot-checks": {"head1"},
        "/clues/explanation-checks": CLUE_KNOWN - {"clerk1"},
        "/clues/suggestions": OFFICE | {"clerk2", "jd1", "leader"},
        "/clues/accountability": VERIFICATION_KNOWN,
        "/clues/office-accountability": {"leader", "ags1"},
        "/clues/handling-proposals": CLUE_KNOWN,
        "/clues/published-figures": {"head1"},
        "/clues/enforcement-cases": CLUE_KNOWN,
        "/clues/unit-org-checks": CLUE_KNOWN,
        "/clues/unit-org-opinions": CLUE_KNOWN - {"clerk1"},
        "/clues/transferred-clues": {"ags1"},
        "/clues/opinion-searches": {"head1"},
        "/inspection/handovers": {"xc1", "xcd"},
        "/inspection/clue-transfers": {"xc1", "xcd"},
        "/inspection/petition-referrals": {"xc1", "xcd"},
        "/notifications/offices": EVERYBODY,
        "/notifications/coverage": EVERYBODY,
        "/notifications/notices": {"head1"},
        "/archive/roster": {"da1", "sys", "sec"},
        "/archive/assignments": {"da1", "sys", "sec", "aud"},
        "/archive/volumes": OFFICE | {"clerk2", "da1", "leader"},
        "/archive/integrity-opinions": OFFICE | {"clerk2", "leader"},
        "/archive/interpretations": EVERYBODY,
        "/archive/integrity-files": OFFICE | {"clerk2", "leader"},
        "/desk/accounts": {"sys", "sec", "head1"},
        "/desk/person_keys": {"xfhead"},
        "/desk/time_advances": EVERYBODY,
        "/desk/epoch_openings": set(ADMINISTRATORS),
    }
    | inspection_rounds.KNOWN
    | inspection_supervision.KNOWN
    | inspection_five.KNOWN
    | inspection_office_rules.KNOWN
    | inspection_offices.KNOWN
    | inspection_risks.KNOWN
    | inspection_joint.KNOWN
    | inspection_talks.KNOWN
    | inspection_unit_checks.KNOWN
    | inspection_archive.KEPT
)
"""Who may know of the one item of each kind that is asked for: `World.chosen`."""
DECIDERS = (
    {
        "/intake/petitions": {"head1"},
        "/clues/clues": {"head1"},
        "/clues/verifications": {"head1"},
        "/clues/measures": {"head1"},
        "/clues/cases": {"leader"},
        "/clues/venue-requests": {"leader"},
        "/clues/suggestions": {"head1"},
        "/clues/accountability": {"head1"},
        "/clues/handling-proposals": {"head1"},
        "/archive/integrity-opinions": {"head1"},
        "/archive/roster": {"sec"},
        "/archive/assignments": {"sec"},
        "/archive/interpretations": {"leader"},
        "/desk/epoch_openings": {"sec"},
    }
    | inspection_rounds.DECIDERS
    | inspection_five.DECIDERS
    | inspection_talks.DECIDERS
)
WITH_SCANS = {
    "/clues/measures",
    "/clues/measures-rules",
    "/intake/petitions",
    "/clues/clues",
    "/clues/verifications",
    "/clues/cases",
    "/inspection/handovers",
    "/inspection/clue-transfers",
    "/inspection/petition-referrals",
}
WITH_SCANS |= (
    inspection_rounds.WITH_SCANS | inspection_unit_checks.WITH_SCANS | inspection_rectification.WITH_SCANS
)
WITHOUT_PAPERS = {"/notifications/notices", "/desk/accounts", "/desk/person_keys"}
"""What the service itself opened, or a hash or wrapped key alone: there is nothing to read."""
COUNTING = {"head1", "head2", "jd1", "ags1", "leader"}
"""Heads of offices and the commission: who asks for figures."""
OTHERS = {
    "GET /worklist": EVERYBODY,
    "GET /whereabouts": EVERYBODY,
    "GET /clocks": EVERYBODY,
    "GET /clocks/behind": EVERYBODY,
    "GET /exports/<kind>": EVERYBODY,
    "GET /risk-overview": EVERYBODY,
    "GET /what-if": EVERYBODY,
    "GET /figures": EVERYBODY,
    "GET /trends": EVERYBODY,
    "GET /trends/<id>": COUNTING,
    "GET /trends/<id>/items": COUNTING,
    "GET /figures/<id>": COUNTING,
    "GET /figures/<id>/items": COUNTING,
    "GET /published-figures/<id>/correction": KNOWN["/clues/published-figures"],
    "GET /central-entries": COUNTING - {"leader"},
    "GET /central-entries/<no>": {"head1", "jd1", "ags1"},
    "POST /attachments": EVERYBODY,
    "GET /audit/trail": {"aud"},
    "GET /audit/entries": {"aud"},
    "GET /audit/evidence": {"aud"},
    "GET /operations/state": {"sys"},
    "GET /operations/parked": {"sys"},
    "GET /operations/sent": NOBODY,  # the desk itself asks
    "GET /operations/received": NOBODY,
    "GET /operations-overview": {"sys"},
    "POST /operations/reconciliations": {"sys"},
    "POST /operations/backups": {"sys"},
    "POST /operations/parked/<event>/release": {"sys"},
    "GET /packages/<digest>": NOBODY,
    "GET /petitions/<id>/sealed": {"xfhead"},
    "POST /petitions/search": EVERYBODY,
    "GET /petitions/<id>/related": KNOWN["/intake/petitions"],
    "GET /petitions/<id>/receipt_code": {"clerk1"},
    "GET /petitions/<id>/petitioners": KNOWN["/intake/petitions"],
    "POST /online/reports": NOBODY,
    "POST /online/followed": NOBODY,
    "POST /online/additions": NOBODY,
    "GET /public_units": NOBODY,
    "GET /referrals/<id>/serials": PETITION_OFFICE,
    "GET /analyses/<id>/trend": KNOWN["/intake/analyses"],
    "GET /petitions/import_rows": OFFICE_STAFF,
    "POST /petitions/import_rows": OFFICE_STAFF,
    "GET /ledgers": OFFICE_STAFF,
    "POST /ledgers": OFFICE_STAFF,
    "GET /ledgers/<id>": NOBODY,  # it is nobody's own, here and below
    "DELETE /ledgers/<id>": NOBODY,
    "POST /ledgers/<id>/header": NOBODY,
    "POST /ledgers/<id>/columns": NOBODY,
    "POST /ledgers/<id>/batches": NOBODY,
    "GET /ledgers/<id>/given-back": NOBODY,
    "DELETE /clues/<id>": CLUE_KNOWN,
    "DELETE /measures/<id>": VERIFICATION_KNOWN,
    "GET /cases/<id>/sanctions": KNOWN["/clues/cases"],
    "GET /unstudied-questions": EVERYBODY,
    "GET /measures-ledgers/<id>/rows": {"head1", "jd1", "ags1"},
    "GET /spot-check-population": EVERYBODY,
    "GET /spot-checks/<id>/draws": {"head1"},
    "GET /opinion-searches/<id>/hits": {"head1"},
    "GET /integrity-opinions/<id>/evidence": {"head1"},
    "GET /inbox": EVERYBODY,
    "GET /inbox/unread": EVERYBODY,
    "POST /notices/<id>/acknowledge": {"head1"},
    "DELETE /notices/<id>": {"head1"},
    "GET /duties": EVERYBODY,
    "GET /handoffs": EVERYBODY,
    "GET /undelivered": {"sys"},
    "GET /persons": EVERYBODY,
    "POST /persons/search": EVERYBODY
    - set(ADMINISTRATORS)
    - STAFF_OF_UNITS
    - {"leader", "sls1", "dfs1", "xz1", "xz2", "dcz1", "gbk1", "gbs1", "jgw1", "jws1", "qwb1", "zzb1"},
    "GET /volumes/<id>/catalogue": KNOWN["/archive/volumes"],
    "GET /volumes/<id>/package": {"da1"},
    "GET /clauses": EVERYBODY,
    "GET /clauses/<id>": EVERYBODY,
    "DELETE /session": EVERYBODY,
    "GET /accounts-overview": {"sys"},
    "GET /security-overview": {"sec"},
    "GET /sessions": EVERYBODY,
    "DELETE /sessions": EVERYBODY,
    "DELETE /sessions/<id>": NOBODY,  # it is nobody's own
    "POST /password_hashes": {"sys"},
    "GET /meeting-overview": EVERYBODY,
}
OTHERS |= inspection_rounds.VIEWS | inspection_unit_checks.VIEWS
"""Of lists and searches, everybody gets what they may know of: what is in them is the matter of the twin installations.

Nobody has had a petitioner's identity released: who knows of the petition is told what is missing.
"""
OTHERS |= dict.fromkeys(inspection_five.VIEWS, EVERYBODY) | inspection_offices.VIEWS
KEPT_OUT = (401, 403, 404)


class Peopled(World):
    """An installation with one item of each kind, and one that waits for a decision where there is such a thing."""

    chosen: dict[str, str]
    of_rounds: dict[str, str]
    of_supervision: dict[str, str]
    sealed: str

    def fill(self) -> Peopled:
        load_names(self)
        [self.of_rounds] = everything(self)
        self._ask()
        self._of_intake()
        with begin(self.runtimes["archive"]) as work:
            perform_as_service(work, OPEN_INTEGRITY_FILE, OpenedIntegrityFile(person_id="p-edu-sec"))
        done(self.as_("clerk1"), "/clues/shared-entries/open_shared_entry", BREACH | {"unit_id": "edu"})
        self.sealed = register_sealed(self)
        assert deliver(self, self.sealed).status == 200
        with begin(self.runtimes["desk"]) as work:
            load_person_key(work, "p-xfhead", "a long enough passphrase")
        self.pump()
        self.chosen = {place: self._one(place) for place in KNOWN}
        return self

    def _ask(self) -> None:
        """Have something wait for a decision, of the kinds that have none yet."""
        sys = self.as_("sys")
        done(sys, "/desk/time_advances/advance_time", {"now": "2026-03-02T10:00:00+08:00"})
        restored = {"service": "clues", "restore_id": "0" * 32, "reason": "示例"}
        done(sys, "/desk/epoch_openings/open_epoch", restored)
        change = {"name": "周丙一", "level": "staff", "managing_authority": "unit", "office_id": "pz1",
                  "valid_from": "2026-03-01", "reason": "职务调整", "state": "active"}  # fmt: skip
        done(sys, "/archive/roster/p-clerk1/change_staff", change)
        transfer = bring(self, "recorded", paper=letter(summary="等待转出的信"))
        asked = {"department_id": "xfj", "reason": "属信访局职责"}
        done(self.as_("clerk1"), f"/intake/petitions/{transfer}/propose_transfer_out", asked)
        steps = clues_of(self)
        clue = steps.disposed(steps.clue(summary="一封需要核实的信"), "verification")
        done(steps.clerk, f"/clues/clues/{clue}/begin_verification", {})
        verification = self._of_clue(steps, "verifications", clue)
        done(steps.clerk, f"/clues/verifications/{verification}/save_plan", PLAN, "pv_plan")
        done(steps.clerk, f"/clues/verifications/{verification}/request_heads_approval", {})
        self._ask_for_a_measure(steps)
        self._of_a_case(steps)
        year = done(steps.head, "/clues/spot-checks/open_spot_check", {"year": 2026})["id"]
        done(steps.head, f"/clues/spot-checks/{year}/draw_sample", {})
        self._of_accountability(verification)
        published = {
            "clause": "GL-2.23",
            "from_on": "2026-01-01",
            "to_on": "2026-12-31",
            "office_ids": ["pz1"],
        }
        done(steps.head, "/clues/published-figures/publish_figure", published)
        self._of_units()
        self._of_inspection()

    def _of_clue(self, steps: CluesWorld, kind: str, clue: str) -> str:
        items = steps.clerk.get(f"/clues/{kind}", limit="200").body["items"]
        return str(next(item for item in items if item["clue_id"] == clue)["id"])

    def _of_units(self) -> None:
        """A case that law enforcement opened, a check, a matter asked about, and an opinion that waits for the head."""
        with_posts(self, ("edu-org", "unit_discipline_org", "", "edu"))
        clerk = self.as_("clerk1")
        done(clerk, "/clues/enforcement-cases/register_enforcement_case", LEARNED)
        done(clerk, "/clues/unit-org-checks/record_unit_org_check", CHECK)
        done(holder(self, "edu-org"), "/clues/unit-org-opinions/ask_unit_org_opinion", ASKED)
        wanted = {"person_ids": ["p-edu-sec"], "purpose_code": "other", "basics": "拟提任人选"}
        request = done(self.as_("edu-clerk"), "/archive/integrity-opinions/request_opinion", wanted)["id"]
        reply = {"opinion": "未发现影响使用的问题"}
        done(clerk, f"/archive/integrity-opinions/{request}/reply_opinion", reply)
        self.pump()

    def _of_inspection(self) -> None:
        """A clue on its way to the commission, a batch of petitions, and a round whose plan is to be reviewed."""
        RoundItems(self).waiting_round()
        talks = TalkItems(self).fill()
        talks.ask_approval()
        self.of_supervision = (
            SupervisionItems(self).fill().chosen | RiskItems(self).fill().chosen | talks.chosen
        )
        self.of_supervision |= FiveItems(self).fill().chosen
        self.of_supervision |= OfficeItems(self).fill().chosen
        self.of_supervision |= JointItems(self).fill().chosen
        self.of_supervision |= OfficeRuleItems(self).fill().chosen
        self.of_supervision |= UnitCheckItems(self).fill().chosen
        office = self.as_("xc1")
        sheet = {"round_id": "2026-1", "found_no": "9", "batch_id": "B-1", "route": "investigate_now",
                 "receiver": "discipline_commission", "consent_ref": "LD-1", "unit_id": "edu",
                 "subject_ids": ["p-edu-sec"], "transferred_on": "2026-03-02", "summary": "巡察发现"}  # fmt: skip
        done(office, "/inspection/clue-transfers/transfer_clue", sheet, "investigation_proposal")
        batch = {"round_id": "2026-1", "petition_serials": ["XJ-1"], "referral_form_ids": ["ZB-1"],
                 "referred_on": "2026-03-02"}  # fmt: skip
        done(office, "/inspection/petition-referrals/refer_petitions", batch, "petition_referral_form")
        self.pump()

    def _ask_for_a_measure(self, steps: CluesWorld) -> None:
        """A measure that waits for the head, with its quarter's ledger and the office's rule."""
        clue = steps.clue(summary="一封需要查询的信")
        done(steps.clerk, f"/clues/clues/{clue}/request_measure", asked("talk"))
        measure = self._of_clue(steps, "measures", clue)
        done(steps.clerk, f"/clues/measures/{measure}/request_measure_approval", {}, "measure_request")
        rule = {"version_code": "v1", "effective_on": "2026-03-02"}
        done(steps.head, "/clues/measures-rules/file_measures_rule", rule, "measures_internal_rule")
        done(steps.head, "/clues/ledger-reconciliations/open_reconciliation", {})
        done(self.as_("jd1"), "/clues/clue-inspections/open_inspection", {"office_id": "pz1"})

    def _of_a_case(self, steps: CluesWorld) -> None:
        """A case that goes on with a venue asked for, and one that waits for the commission's exemption."""
        cases: CaseWorld = object.__new__(CaseWorld)
        cases.__dict__ |= steps.__dict__ | {
            "liaison": self.as_("jd1"),
            "leader": self.as_("leader"),
            "ready": [],
        }
        going_on = cases.filed()
        venue = cases.venue_requested(going_on)
        assert cases.venue_act(venue, "pass_venue_request_on", cases.liaison).status == 200
        waiting = cases.opened_case()
        assert cases.do(waiting, "request_exemption", {"reason": "防止泄密"}).status == 200

    def _of_accountability(self, verification: str) -> None:
        """A suggestion, an accountability and a handling proposal that wait for the head, and a file on the office."""
        clerk = self.as_("clerk1")
        problem = done(clerk, "/clues/suggestions/register_problem", PROBLEM | {"grade": "major"})["id"]
        done(clerk, f"/clues/suggestions/{problem}/pass_up", DRAFT)
        found = done(clerk, "/clues/accountability/register_accountability", FOUND)["id"]
        done(clerk, f"/clues/accountability/{found}/request_accountability", {})
        proposal = {"matter_ref": verification, "person_ids": ["p-edu-sec"], "proposal": "建议予以诫勉"}
        drafted = done(clerk, "/clues/handling-proposals/draft_handling_proposal", proposal)["id"]
        done(clerk, f"/clues/handling-proposals/{drafted}/send_handling_proposal", {})
        done(self.as_("leader"), "/clues/office-accountability/open_office_file", OFFICE_FILE)

    def _of_intake(self) -> None:
        """What comes to the petition office in a batch, a unit's list, and an analysis."""
        notice = ReferralNotice(batch_ref="batch-7", serials=("XJ-1",), referred_on=START.date())
        with begin(self.runtimes["intake"]) as work:
            perform_as_service(work, OPEN_REFERRAL, notice)
        period = {"period_from": "2026-03-01", "period_to": "2026-03-02"}
        done(self.as_("edu-clerk"), "/intake/unit_reports/report_received", period)
        analysis = {"unit_id": "edu", "month": "2026-03", "findings": "件数与上月持平。"}
        done(self.as_("head1"), "/intake/analyses/publish_analysis", analysis)

    def waiting(self, place: str) -> tuple[str, str]:
        """An item of the kind that waits for a decision, and its proposal."""
        _, service, path = place.split("/")
        kind = next(k.model.KIND for k in self.runtimes[service].definition.kinds if k.path == path)
        query = select(Proposal).where(Proposal.subject_kind == kind, Proposal.status == "pending")
        with self.runtimes[service].db.read() as session:
            found = session.scalars(query).one()
            return found.subject_id, found.id

    def _one(self, place: str) -> str:
        """What is asked for: of a kind with scans one that has a scan."""
        _, service, kind = place.split("/")
        ids = ids_by_kind(self)[service, kind]
        if place == "/notifications/notices":
            with self.runtimes[service].db.read() as session:
                return (
                    session.scalars(select(Notice.id).where(Notice.addressee_id == "p-head1")).first() or ""
                )
        fixed = (
            {"/archive/roster": "p-clerk1", "/desk/accounts": "head1"} | self.of_rounds | self.of_supervision
        )
        with_scan = (
            i
            for i in ids
            if i != getattr(self, "sealed", "") and of_item(self, (service, kind), Attachment, i) != "x"
        )
        return fixed.get(place) or next(with_scan, ids[-1])

    def park(self, service: str) -> str:
        """Have one event parked that was applied, as after failures; gives its id."""
        with self.runtimes[service].db.write() as session:
            row = session.scalars(select(Inbox).order_by(Inbox.received_at)).first()
            assert row is not None
            row.status = "parked"
            return row.event_id


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    made = Peopled(tmp_path_factory.mktemp("peopled")).fill()
    yield made
    made.close()
    WORKER.close()


def expected(service: str, route: Route) -> set[str]:
    """Who gets through; KeyError for a route that nobody has thought of yet."""
    if not route.signed_in:
        assert route.path in OPEN | {"desk": OPEN_AT_THE_DESK, "intake": OPEN_AT_INTAKE}.get(service, set())
        return EVERYBODY
    place, rest = place_of(service, route)
    of_a_kind = {
        "": EVERYBODY,  # the list, with what each may know of
        "/<id>": KNOWN.get(place),
        "/<id>/papers/<paper>": NOBODY if place in WITHOUT_PAPERS else KNOWN.get(place),
        "/<id>/attachments/<attachment>": KNOWN.get(place) if place in WITH_SCANS else NOBODY,
        "/<id>/proposals/<proposal>/approve": DECIDERS.get(place),
        "/<id>/proposals/<proposal>/return": DECIDERS.get(place),
    }
    named = f"{route.method} {route.path}"
    found = OTHERS[named] if named in OTHERS else of_a_kind.get(rest)
    if service == "inspection" and route.path.startswith("/figures/"):
        found = COUNTING - {"ags1"}  # of units' meetings
    if service == "intake" and route.path.startswith("/trends/"):
        found = COUNTING | {"xfhead"}
    assert found is not None, f"{route.method} /{service}{route.path}: who gets through?"
    return found


def place_of(service: str, route: Route) -> tuple[str, str]:
    """The kind's place and what follows it in the route's path."""
    place = next((p for p in KNOWN if f"/{service}{route.path}/".startswith(f"{p}/")), "")
    return place, f"/{service}{route.path}".removeprefix(place)


def path_of(world: Peopled, service: str, route: Route) -> str:
    place, rest = place_of(service, route)
    item, proposal = world.waiting(place) if "/proposals/" in rest else (world.chosen.get(place, "x"), "x")
    item = (
        "LZ-12.1" if route.path.startswith("/clauses") else world.sealed if rest == "/<id>/sealed" else item
    )
    with world.runtimes[service].db.read() as session:
        package = session.scalars(select(Package.digest)).first() if "/packages/" in route.path else None
    kind = service, place.rpartition("/")[2]
    figure = "GL-1.9" if service == "inspection" else "GL-1.32"
    item = figure if route.path.startswith("/figures") else item
    trend = "petitions-by-channel" if service == "intake" else "four-forms"
    item = trend if route.path.startswith("/trends") else item
    values = {
        "kind": world.runtimes[service].definition.kinds[0].path,
        "no": world.as_("ags1").get("/clues/clues").body["items"][0]["no"],
        "id": item, "paper": of_item(world, kind, Paper, item),
        "attachment": of_item(world, kind, Attachment, item), "proposal": proposal, "digest": package or "x",
        "event": world.park(service) if "<event>" in route.path else "x",
    }  # fmt: skip
    return f"/{service}{with_places(route.path, values)}"


def send(world: World, account: str, route: Route, path: str) -> int:
    """As who has nothing to say: an incomplete form gets its own refusal, once the reader is let through."""
    wrong = {"digest": "0" * 64, "reason": "无"}
    scan = b"%PDF-1.4 %%EOF" if route.takes == "application/octet-stream" else None
    body = None if route.method != "POST" or scan else wrong if route.takes == "Decision" else {}
    return world.as_(account).send(route.method, path, body=body, raw=scan).status


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_gets_through_but_those_written_down_here(world: Peopled, service: str) -> None:
    routes = [r for r in world.apis[service].routes if r.act is None and r not in PAGES and not r.absolute]
    wrong, accounts = {}, ACCOUNTS if service == "inspection" else UNLIKE
    for route in sorted(routes, key=lambda r: r.method == "DELETE"):  # the end of one's session comes last
        path = path_of(world, service, route)
        through = {account for account in accounts if send(world, account, route, path) not in KEPT_OUT}
        wanted = expected(service, route)
        wanted = (wanted | set(ALIKE) if wanted >= EVERYBODY else wanted) & set(accounts)
        if through != wanted:
            wrong[f"{route.method} {route.path}"] = sorted(through ^ wanted)
    assert wrong == {}


OF_BUSINESS = (
    "measure",
    "measures_ledger",
    "petition",
    "clue",
    "verification",
    "case",
    "venue_request",
    "spot_check",
    "explanation_check",
    "suggestion",
    "accountability",
    "handling_proposal",
    "handover",
    "volume",
    "round",
    "team",
    "engagement",
    "cadre",
    "avoidance",
    "team_session",
    "key_talk",
    "release",
    "interview",
    "issue",
    "unit_material",
    "found_clue",
    "archive_file",
    "catalogue_entry",
    "round_file",
    "rectification",
    "rectification_summary",
    "accountability_proposal",
    *inspection_supervision.OF_BUSINESS,
    *inspection_five.OF_BUSINESS,
    *inspection_office_rules.OF_BUSINESS,
    *inspection_offices.OF_BUSINESS,
    *inspection_risks.OF_BUSINESS,
    *inspection_joint.OF_BUSINESS,
    *inspection_talks.OF_BUSINESS,
    *inspection_unit_checks.OF_BUSINESS,
    *inspection_rectification.OF_BUSINESS,
)


@pytest.mark.parametrize("reading", [over_the_api, at_the_desk])
def test_an_administrator_sees_no_number_text_or_person_of_a_case_anywhere(
    world: Peopled, reading: Callable[..., Iterator[tuple[str, Any]]]
) -> None:
    cases = [
        row
        for runtime in world.runtimes.values()
        for kind in runtime.definition.kinds
        if kind.model.KIND.endswith(OF_BUSINESS)
        for row in rows_of(runtime, kind.model)
    ]
    words = {str(word) for row in cases for word in (row.id, row.no) if word} | {
        "p-edu-sec",
        "孔癸三",
        "反映某",  # as the letters begin; the head of a column has the rest of the word
        "反映采购",
        "反映考勤",
    }
    assert len(words) > 15
    asked = asked_of(world, world)
    for account in ADMINISTRATORS:
        found = [
            (account, path, word)
            for path, told in reading(world, account, asked)
            for word in words
            if word in decoded(told) and word not in path and not path.startswith("/public")
        ]
        assert found == []
    seen = "".join(decoded(told) for _, told in reading(world, "clerk1", asked))
    assert any(word in seen for word in words), "a clerk does see some of it on the same pages"


def rows_of(runtime: Any, model: Any) -> list[Any]:
    with runtime.db.read() as session:
        return list(session.scalars(select(model)))


def decoded(told: Any) -> str:
    """An answer as text, whether JSON or a page; of a printed paper (no administrator gets one) what is text in it."""
    status, body, headers = told if isinstance(told, tuple) else (0, told, {})
    return f"{status} {body.decode(errors='replace') if isinstance(body, bytes) else body} {headers}"
