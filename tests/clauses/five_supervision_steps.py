"""Steps of the five supervisions and of the documents in force, for their clause tests.

As `supervision_steps`: the education bureau is office pz1's, whose liaison office is jd1; the housing bureau pz2's.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.clauses.supervision_steps import SupervisionWorld, done
from tests.world import Answer, Client

DOCUMENTS, RECORDS = "/inspection/standing-documents", "/inspection/supervision-records"
Paper = dict[str, Any]

TASKS = "GL-2.24"
DOCUMENT: Paper = {
    "clause": TASKS,
    "document_title": "专项任务清单",
    "citation": "示例〔2026〕1号",
    "effective_on": "2026-03-02",
    "full_text": "各派驻机构对下列专项任务跟踪督查。",
    "provisions": [
        {"code": "village_funds", "provision": "村级资金"},
        {"code": "poverty", "provision": "扶贫领域"},
        {"code": "263", "provision": "“263”专项行动"},
    ],
}
RECORD: Paper = {
    "unit_id": "edu",
    "type": "petition_supervision",
    "form": "stationed_supervision",
    "supervised_on": "2026-03-02",
    "basis": "年度监督计划",
    "facts": "查看台账，走访两所学校",
}
PROBLEM: Paper = {"finding": "problem_found", "finding_text": "台账登记不全", "grade": "general"}
CLUE: Paper = {"finding": "clue_found", "finding_text": "涉嫌违规收费", "person_ids": ["p-edu-sec"]}
SPECIAL: Paper = {"type": "special_supervision", "ground": "来信集中反映"}
INTEGRITY: Paper = {
    "type": "integrity_supervision",
    "analysis": "廉情总体平稳",
    "streams": ["petition_data", "clue_data"],
}
OUTCOME: Paper = {"outcome": "rectified", "outcome_text": "已督促整改"}
EVIDENCE = ("supervision_evidence",)


class FiveSupervisions(SupervisionWorld):
    """The acts in short."""

    def propose_document(self, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(DOCUMENTS, "publish_document", DOCUMENT | changes, by=by or self.world.as_("da1"))

    def published(self, **changes: Any) -> str:
        """A document that the leader approved."""
        item = str(done(self.propose_document(**changes)).body["id"])
        done(self.leader.decide("inspection", "standing-documents", item))
        return f"{DOCUMENTS}/{item}"

    def record(self, *, by: Client | None = None, evidence: bool = True, **changes: Any) -> Answer:
        paper = RECORD | changes
        documents = EVIDENCE if evidence and "finding" in changes else ()
        return self.do(RECORDS, "record_supervision", paper, by=by, documents=documents)

    def recorded(self, *, by: Client | None = None, **changes: Any) -> str:
        return f"{RECORDS}/{done(self.record(by=by, **changes)).body['id']}"

    def convert(self, record: str, *, by: Client | None = None, **changes: Any) -> Answer:
        paper = {"type": "special_supervision", "reason": "反映集中"} | changes
        return self.do(record, "convert_supervision_record", paper, by=by)

    def close(self, record: str, *, by: Client | None = None, **changes: Any) -> Answer:
        return self.do(record, "close_supervision_record", OUTCOME | changes, by=by)

    def overview(self, by: Client | None = None) -> Any:
        answer = (by or self.clerk).get("/inspection/supervision-overview", year="2026")
        assert answer.status == 200, answer.body
        return answer.body

    def refusals(self, act: str) -> list[str]:
        """The codes with which an act or reading was refused, as the audit trail alone has them."""
        with self.world.runtimes["inspection"].db.read() as session:
            entries = session.scalars(select(AuditEntry).where(AuditEntry.act == act))
            return [json.loads(e.body)["code"] for e in entries if e.outcome == "refused"]

    def add_unit(self, unit: str, kind: str, office: str) -> None:
        """A unit of an office, in this service's directory."""
        with self.world.runtimes["inspection"].db.write() as session:
            session.add(
                tables.DirectoryOffice(
                    office_id=unit, kind=kind, liaison_office_id="", status="active", version=1
                )
            )
            session.add(
                tables.DirectoryCoverage(unit_id=unit, office_id=office, liaison_office_id="jd1", version=1)
            )
