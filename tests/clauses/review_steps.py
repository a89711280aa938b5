"""Steps of an internal review, for its clause tests: each leaves the case one state further."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Self

from services.chassis import tables
from services.chassis.access import Claims
from tests.clauses.case_steps import CaseWorld
from tests.clauses.clues_steps import done
from tests.world import Answer, Client, World

PEOPLE = (
    ("p-rev1", "dispatched_office_staff", "pz1"),
    ("p-rev2", "dispatched_office_staff", "pz1"),
)
"""Two of the office who did not investigate."""
REVIEWERS: dict[str, object] = {"lead_reviewer_ids": ["p-rev1"], "reviewer_ids": ["p-rev2"]}
REVIEW_TALK: dict[str, object] = {"speaker_ids": ["p-rev1", "p-rev2"], "content": "核对事实，听取意见"}
FACTS: dict[str, object] = {"facts": "查明的违纪事实", "opinion": "无异议", "signature_code": "signed"}
EXAMINED: dict[str, object] = {
    "evidence": "事实清楚，证据确凿",
    "evidence_code": "sound",
    "classification": "定性准确，处理恰当",
    "classification_code": "sound",
    "procedure": "程序合规，手续完备",
    "procedure_code": "sound_with_remarks",
    "case_property": "无涉案财物",
    "property_code": "sound",
    "opinion": "同意",
}
DELIBERATION: dict[str, object] = {
    "voter_ids": ["p-head1", "p-rev1", "p-rev2"],
    "opinions": ["同意", "同意", "同意，建议补充说明"],
    "reporter_ids": ["p-deputy1"],
    "conclusion": "一致同意审理意见",
    "conclusion_code": "party_sanction",
}


def with_reviewers(world: World) -> None:
    """Put the reviewers into the directory of each service that does not have them."""
    for runtime in world.runtimes.values():
        with runtime.db.write() as session:
            if session.get(tables.DirectoryPerson, "p-rev1") is not None:
                continue
            for person, role, office in PEOPLE:
                _post(session, person, role, office)


def _post(session: object, person: str, role: str, office: str) -> None:
    add = session.add_all  # type: ignore[attr-defined]
    account = person.removeprefix("p-")
    add(
        [
            tables.DirectoryPerson(
                person_id=person,
                level="staff",
                managing_authority="unit",
                unit_id="",
                office_id=office,
                superior_id="",
                relatives="",
                leadership_member=False,
                party_head=False,
                version=1,
                box_key="",
            ),
            tables.DirectoryAssignment(
                assignment_id=f"post-{account}",
                person_id=person,
                role=role,
                office_id=office,
                unit_id="",
                valid_from=date(2020, 1, 1),
                valid_to=None,
                version=1,
            ),
            tables.DirectoryAccount(account_id=account, person_id=person, status="active", version=1),
        ]
    )


def reviewer(world: World, account: str) -> Client:
    """As `World.as_`, for one of `PEOPLE`."""
    return Client(world, Claims(account, f"p-{account}", f"session-{account}", f"post-{account}"))


class ReviewWorld(CaseWorld):
    """The acts of a review in short, by its lead reviewer unless told otherwise."""

    def __init__(
        self,
        folder: Path,
        *,
        services: tuple[str, ...] = ("intake", "clues"),
        database: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(folder, services=services, database=database)
        with_reviewers(self.world)
        self.lead, self.second = (reviewer(self.world, account) for account in ("rev1", "rev2"))
        self.review_office = self.world.as_("sls1")
        self.sent = [str(i["id"]) for i in self.cases() if i["state"] == "sent_for_review"]
        self.reviewed = [str(i["id"]) for i in self.cases() if i["state"] == "completed"]

    @classmethod
    def copied(cls, template: Path, folder: Path) -> Self:
        """A world of one's own that goes on where the template stands."""
        shutil.copytree(template, folder / "world")
        return cls(folder / "world")

    def cases(self) -> list[dict[str, object]]:
        return list(self.head.get("/clues/cases").body["items"])

    def sent_case(self) -> str:
        """A case that was investigated by `p-deputy1` and `p-clerk1`, and sent for review."""
        if self.sent:
            return self.sent.pop()
        item = self.investigating()
        done(self.send_for_review(item))
        return item

    def assign(self, item: str, **changes: object) -> Answer:
        return self.do(item, "assign_reviewers", REVIEWERS | changes, by=self.head)

    def accept(self, item: str) -> Answer:
        return self.do(item, "accept_for_review", by=self.lead)

    def accepted(self) -> str:
        item = self.sent_case()
        done(self.assign(item))
        done(self.accept(item))
        return item

    def review_talk(self, item: str, **changes: object) -> Answer:
        documents = ("review_talk_record",)
        return self.do(item, "record_review_talk", REVIEW_TALK | changes, by=self.lead, documents=documents)

    def put_facts(self, item: str, **changes: object) -> Answer:
        documents = ("fact_meeting_record",)
        return self.do(item, "put_facts_to_subject", FACTS | changes, by=self.lead, documents=documents)

    def examine(self, item: str, **changes: object) -> Answer:
        paper = {key: value for key, value in (EXAMINED | changes).items() if value is not None}
        return self.do(item, "examine_case", paper, by=self.lead)

    def examined(self, item: str | None = None) -> str:
        item = item or self.accepted()
        done(self.review_talk(item))
        done(self.put_facts(item))
        done(self.examine(item))
        return item

    def deliberate(self, item: str, **changes: object) -> Answer:
        documents = ("deliberation_minutes",)
        return self.do(item, "record_deliberation", DELIBERATION | changes, by=self.lead, documents=documents)

    def sign(self, item: str, *, by: Client | None = None) -> Answer:
        return self.do(item, "sign_review_report", by=by or self.lead, documents=("review_report",))

    def complete(self, item: str, *, by: Client | None = None) -> Answer:
        return self.do(item, "complete_review", by=by or self.lead)

    def deliberated(self, item: str | None = None, **changes: object) -> str:
        item = self.examined(item)
        done(self.deliberate(item, **changes))
        return item

    def completed(self, item: str | None = None, **changes: object) -> str:
        if item is None and not changes and self.reviewed:
            return self.reviewed.pop()
        item = self.deliberated(item, **changes)
        done(self.sign(item))
        done(self.complete(item))
        return item
