"""Steps from the report to the county committee to the closing of the round, for the tests of its closing."""

from __future__ import annotations

from contracts.archive_categories import archive_categories
from tests.clauses.archive_steps import ENTRIES, FILES, NOTHING, PAPER, ROUND_FILES
from tests.clauses.petition_steps import petition
from tests.clauses.rectification_steps import RectificationSteps
from tests.clauses.result_steps import CLUES, INTERVIEWS, KEY_ISSUES, key
from tests.clauses.round_steps import done
from tests.clauses.test_inspection_clue_files import FILE
from tests.clauses.test_inspection_conduct import CONDUCT, SHEET
from tests.clauses.test_inspection_issue_transfers import PAPER as TO_DEPARTMENT
from tests.clauses.test_inspection_issue_transfers import TRANSFERS
from tests.clauses.test_inspection_slips import REFERRALS, SLIP, SLIPS
from tests.clauses.test_inspection_summary import drafted, send
from tests.clauses.test_inspection_transfer_forms import APPOINTMENT, FORMS
from tests.clauses.test_inspection_transfer_forms import SHEET as HANDED
from tests.clauses.unit_org_steps import holder, with_posts
from tests.world import Answer, Client


class ClosingSteps(RectificationSteps):
    """A round whose rectification is reported, with all else at its end still to be done.

    Open are: a clue, a slip, what the secretary named, the archive, the team's statements. The unit is `unit`.
    """

    def _open(self) -> None:
        super()._open()
        with_posts(self.world, ("gbk1", "cadre_supervision_office", "gbk", ""))
        self.cases, self.cadres = self.world.as_("ags1"), holder(self.world, "gbk1")

    def _in_fieldwork(self) -> str:
        unit = super()._in_fieldwork()
        petition(self, unit, nature="outside_both")
        serial = f"{self.item(self.team_at(unit), self.member)['no']}-XF001"
        slip = SLIP | {"engagement_id": key(unit), "petition_serial": serial}
        done(self.do(SLIPS, "fill_referral_slip", slip, by=self.member))
        return unit

    def summarised(self) -> str:
        """The unit's rectification."""
        return self._from_snapshot("summarised", self._summarised)

    def _summarised(self) -> str:
        item = self.disclosed()
        self.world.on(2026, 5, 4)
        done(send(self, drafted(self, item)))
        return item

    def ready(self) -> str:
        """All is done but what nobody has to do: the assessment of the team."""
        return self._from_snapshot("ready to close", self._ready)

    def _ready(self) -> str:
        item = self.summarised()
        for step in (self.hand_over_clue, self.pass_slip_on, self.enter_in_ledger):
            step(item)
        self.sign_statements(item)
        self.accept_archive(item)
        return item

    def unit_of(self, item: str) -> str:
        return f"/inspection/engagements/{self.item(item)['engagement_id']}"

    def close_round(self, item: str, by: Client | None = None) -> Answer:
        return self.do(self.round_of(item), "close_round", by=by)

    # What is still to be done; each takes the unit's rectification.

    def assess_conduct(self, item: str) -> str:
        paper = SHEET | {"engagement_id": key(self.unit_of(item))}
        return f"{CONDUCT}/{done(self.do(CONDUCT, 'assess_conduct', paper)).body['id']}"

    def report_conduct(self, _: str) -> None:
        [assessed] = self.office.get(CONDUCT).body["items"]
        done(self.do(f"{CONDUCT}/{assessed['id']}", "report_conduct", {"result_summary": "总体情况"}))

    def sign_statements(self, item: str) -> None:
        """What is to be filed is filed first: nobody of the team reads anything afterwards."""
        self.file_all(item)
        team = self.team_at(self.unit_of(item))
        for one in (self.leader, self.deputy, self.member):
            done(self.do(team, "sign_zero_holding", NOTHING, by=one))

    def file_all(self, item: str) -> None:
        """Every paper of every category, with all findings and the interview; the catalogue is closed."""
        unit = self.unit_of(item)
        done(self.do(unit, "designate_filer", {"filer_id": "p-zu3"}, by=self.leader))
        file = done(self.do(FILES, "open_catalogue", {"engagement_id": key(unit)}, by=self.member)).body["id"]
        for category in archive_categories():
            for paper in category.papers:
                for source in self._sources(unit, paper):
                    filed = {"archive_file_id": file, "category": category.number, "document": paper}
                    of = {"item_no": f"{category.number}-{paper}-{source}"[:64], "archived_source_id": source}
                    signed = {"signed": True} if paper == "feedback_receipt" else {}
                    done(self.do(ENTRIES, "file_paper", PAPER | filed | of | signed, by=self.member))
        done(self.do(f"{FILES}/{file}", "close_catalogue", by=self.member))

    def _sources(self, unit: str, paper: str) -> list[str]:
        """What a paper is filed of; of most papers nothing is said."""
        if paper == "working_paper":
            return self.issues_of(unit, self.member)
        if paper == "inspection_interview_record":
            return [one["id"] for one in self.member.get(INTERVIEWS).body["items"]]
        return [""]

    def accept_archive(self, _: str) -> None:
        [file] = self.office.get(FILES).body["items"]
        done(self.do(f"{FILES}/{file['id']}", "hand_over_archive", {"team_signed": True}, by=self.member))
        self.world.pump()
        [there] = self.office.get(ROUND_FILES).body["items"]
        receipt = [{"kind": "archive_handover_receipt", "id": self.office.upload("archive")}]
        checked = {"checked_against_catalogue": True}
        act = f"{ROUND_FILES}/{there['id']}/accept_round_file"
        done(self.office.act(act, checked, attachments=receipt))
        self.world.pump()

    def hand_over_clue(self, item: str) -> None:
        unit = self.unit_of(item)
        [clue] = self.clues_of(unit)
        done(self.do(f"{CLUES}/{clue}", "compile_clue_file", FILE, by=self.member))
        paper = {
            "engagement_id": key(unit),
            "receivers": ["discipline_commission"],
            "found_clue_ids": [clue],
            "catalogue": [{"found_clue_id": clue, "item": "谈话记录", "pages": 3}],
        }
        filled = done(self.do(FORMS, "fill_transfer_form", paper, by=self.member)).body["id"]
        form = f"{FORMS}/{filled}"
        done(self.do(form, "submit_transfer_form", by=self.member))
        for one in (self.leader, self.director, self.deputy_head):
            done(self.decide(form, one))
        done(self.do(form, "arrange_handover", APPOINTMENT | {"meet_on": self.today()}))
        for one in (self.member, self.director, self.cases, self.cadres):
            done(self.do(form, "sign_handover_sheet", {"confirmed": True}, by=one))
        done(self.do(form, "complete_handover", HANDED))

    def pass_slip_on(self, item: str) -> None:
        [slip] = self.leader.get(SLIPS).body["items"]
        of = f"{SLIPS}/{slip['id']}"
        if slip["state"] == "filled":
            done(self.do(of, "send_referral_slip", by=self.leader, documents=("petition_material",)))
        paper = {
            "round_id": self.item(item)["round_id"],
            "petition_serials": [slip["petition_serial"]],
            "referral_form_ids": ["ZB-1"],
            "referred_on": "2026-03-02",
        }
        done(self.do(REFERRALS, "refer_petitions", paper, documents=("petition_referral_form",)))

    def enter_in_ledger(self, _: str) -> None:
        [named] = self.office.get(KEY_ISSUES).body["items"]
        entry = {"owner_id": "p-xc1", "measures": "办理措施"}
        done(self.do(f"{KEY_ISSUES}/{named['id']}", "enter_ledger", entry))

    def give_to_department(self, item: str) -> None:
        paper = TO_DEPARTMENT | {"round_id": self.item(item)["round_id"]}
        issue = self.issues_of(self.unit_of(item))[0]
        done(self.do(TRANSFERS, "transfer_issue", paper | {"issue_id": issue}))

    def answer_of_department(self, _: str) -> None:
        [given] = self.office.get(TRANSFERS).body["items"]
        answered = {"outcome": "已处理", "replied_on": self.today()}
        done(self.do(f"{TRANSFERS}/{given['id']}", "record_department_answer", answered))

    def look_again(self, item: str) -> None:
        visit = {"visited_on": self.today(), "findings": "均已整改"}
        done(self.do(item, "record_follow_up", visit))
