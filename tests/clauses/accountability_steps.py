"""Steps of an accountability, of a unit's cadres and of an office, for their clause tests."""

from __future__ import annotations

from typing import Any

from tests.clauses.clues_steps import done
from tests.clauses.suggestion_steps import SuggestionWorld
from tests.world import Answer, Client

FILES = "/clues/accountability"
OFFICES = "/clues/office-accountability"
FOUND: dict[str, object] = {
    "unit_id": "edu",
    "found_on": "2026-03-02",
    "ground_code": "failed_duties",
    "person_ids": ["p-edu-sec"],
    "facts": "不履行职责的事实",
    "basis": "问责条例",
}
PROPOSAL: dict[str, object] = {
    "facts": "事实", "responsibility_kind": "leadership_responsibility", "basis": "问责条例"
}  # fmt: skip
DECISION: dict[str, object] = {
    "decision_no": "教党〔2026〕1号",
    "decided_by": "unit_party_committee",
    "form_code": "admonition",
    "leadership_ids": ["p-edu-sec"],
}
DUAL: dict[str, object] = {
    "decision_no": "区纪〔2026〕1号",
    "decided_by": "district_commission",
    "form_code": "notice_of_criticism",
    "main_ids": ["p-edu-sec", "p-edu-vice"],
    "direct_ids": ["p-edu-sec"],
    "leader_ids": ["p-edu-vice"],
    "examined_units": ["edu", "hou"],
}
OFFICE_FILE: dict[str, object] = {
    "examined_office_id": "pz1", "ground_code": "suppressed_case", "facts": "事实", "basis": "履职细则"
}  # fmt: skip


class AccountabilityWorld(SuggestionWorld):
    """The acts on an accountability in short; `found` without more is on a cadre whom the unit manages."""

    def arisen(self, **changes: object) -> str:
        answer = self.clerk.act(f"{FILES}/register_accountability", FOUND | changes)
        return str(done(answer).body["id"])

    def do(
        self,
        item: str,
        name: str,
        paper: dict[str, object] | None = None,
        *,
        by: Client | None = None,
        documents: tuple[str, ...] = (),
        place: str = FILES,
    ) -> Answer:
        client = by or self.clerk
        attached = self.documents(*documents, client=client)
        return client.act(f"{place}/{item}/{name}", paper or {}, attachments=attached)

    def say(self, item: str, by: Client, *, approve: bool = True, reason: str = "") -> Answer:
        return by.decide("clues", "accountability", item, approve=approve, reason=reason)

    def may_start(self, **changes: object) -> str:
        """Approved, by whom it takes."""
        item = self.arisen(**changes)
        self.let_start(item)
        return item

    def let_start(self, item: str) -> None:
        if self.do(item, "request_accountability").status < 400:
            done(self.say(item, self.head))
        else:
            done(self.do(item, "request_commissions_approval"))
            done(self.say(item, self.liaison))
            done(self.say(item, self.leader))

    def inquiry(self, **changes: object) -> str:
        item = self.may_start(**changes)
        done(self.do(item, "open_inquiry"))
        return item

    def decision(self, item: str, **changes: object) -> Answer:
        return self.do(
            item, "decide_accountability", DECISION | changes, documents=("accountability_decision",)
        )

    def decided(self, **changes: object) -> str:
        item = self.inquiry(**changes)
        done(self.decision(item))
        return item

    def announce(self, item: str, role: str, subject: str = "p-edu-sec", **changes: object) -> Answer:
        paper = {"subject_ref": subject, "addressee_role": role} | changes
        return self.do(item, "announce_decision", paper)

    def execution(self, item: str, **changes: object) -> Answer:
        paper: dict[str, object] = {"findings": "已执行"}
        return self.do(item, "verify_execution", paper | changes, documents=("accountability_announcement",))

    def executed(self) -> str:
        item = self.decided()
        for role in ("cadre", "cadre_party_organisation"):
            done(self.announce(item, role))
        done(self.execution(item))
        return item

    def seen(self, item: str, client: Client | None = None, place: str = FILES) -> dict[str, Any]:
        answer = (client or self.clerk).get(f"{place}/{item}")
        assert answer.status == 200, answer.body
        return dict(answer.body)

    # Double accountability.

    def dual(self, **changes: object) -> str:
        """Under inquiry, on who did it and who led, of the leading unit and a cooperating one."""
        item = self.arisen(
            ground_code="false_rectification", person_ids=["p-edu-sec", "p-edu-vice"], **changes
        )
        self.let_start(item)
        done(self.do(item, "open_inquiry"))
        return item

    def dual_decision(self, item: str, **changes: object) -> Answer:
        return self.do(
            item,
            "decide_dual_accountability",
            DUAL | {"examined_units": ["edu"]} | changes,
            by=self.leader,
            documents=("accountability_decision",),
        )

    def carried_out(self, item: str) -> None:
        for person in ("p-edu-sec", "p-edu-vice"):
            for role in ("cadre", "cadre_party_organisation"):
                done(self.announce(item, role, person))
        done(self.execution(item))

    # Files of the commission on an office and its staff.

    def office_file(self, **changes: object) -> Answer:
        return self.leader.act(f"{OFFICES}/open_office_file", OFFICE_FILE | changes)

    def office_files(self, client: Client | None = None) -> list[dict[str, Any]]:
        answer = (client or self.leader).get(OFFICES)
        assert answer.status == 200, answer.body
        return list(answer.body["items"])

    def on_office(self, item: str, name: str, paper: dict[str, object] | None = None) -> Answer:
        return self.do(item, name, paper, by=self.leader, place=OFFICES)

    def conclude(self, item: str, track: str, **changes: object) -> Answer:
        paper = {"track_code": track, "result_code": "held_accountable", "findings": "查明"} | changes
        return self.on_office(item, "conclude_track", paper)

    def hidden_from(self, item: str, *accounts: str, place: str = OFFICES) -> None:
        """To these it does not exist; why, the audit trail alone says."""
        for account in accounts:
            client = self.world.as_(account)
            hidden, unknown = client.get(f"{place}/{item}"), client.get(f"{place}/{'0' * 32}")
            assert (hidden.status, hidden.code) == (404, "UNKNOWN_REFERENCE")
            assert (hidden.status, hidden.body) == (unknown.status, unknown.body)
            assert item not in [line["id"] for line in client.get(place).body["items"]]
            assert self.audited(item, "refused")[-1].code == "ACCESS_DENIED"

    def notices(self, template: str) -> list[dict[str, Any]]:
        return [dict(e.data) for e in self.events("clues.notice_due") if e.data["template"] == template]
