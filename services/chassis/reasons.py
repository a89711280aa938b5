"""What an approver says to a decision: a paper of the item, encrypted, sealed and archived with the others.

A decision with a reason has the id of the paper that holds it.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from services.chassis.access import require_fresh_directory
from services.chassis.act import PaperForm
from services.chassis.papers import file_paper, read_paper
from services.chassis.performance import Performance
from services.chassis.tables import Paper
from services.chassis.work import Work


class DecisionReason(PaperForm):
    ZH = "审批意见"
    EN = "reason of a decision"

    reason: str = Field(title="意见", json_schema_extra={"en": "reason"}, min_length=1, max_length=2000)


def file_reason(p: Performance[Any, Any], name: str, reason: str) -> Paper:
    """File what the approver wrote under the case's key; `name`: the decision as the audit trail calls it."""
    said = DecisionReason(reason=reason)
    form = {"form": said.model_dump(mode="json"), "attached": {}}
    ring, by = p.work.runtime.ring, p.work.actor.person_id
    return file_paper(p.session, ring, p.subject, name, DecisionReason.__name__, form, by, p.work.now)


def tell_reasons(work: Work, row: Any, proposals: list[dict[str, Any]]) -> None:
    """Add the reason to each decision that returned the reader's own proposal, the latest of its act.

    Each is a reading of a paper, and logged as one. Others find the reasons among the item's papers.
    """
    waiting = {proposal["act"] for proposal in proposals if proposal["status"] == "pending"}
    latest = {proposal["act"]: proposal["proposed_at"] for proposal in proposals}
    for proposal in proposals:
        own = proposal["status"] == "returned" and proposal["proposed_by"] == work.actor.person_id
        if not own or proposal["act"] in waiting or proposal["proposed_at"] != latest[proposal["act"]]:
            continue
        for decision in proposal["decisions"]:
            paper = work.session.get(Paper, decision["id"])
            if decision["decision"] == "returned" and paper is not None and not paper.sealed_to:
                require_fresh_directory(work.session, work.runtime.settings.directory_stale_after)
                decision["reason"] = read_paper(work.session, work.runtime.ring, paper)["form"]["reason"]
                work.audit("read_paper", "read", subject=row, facts={"paper": paper.id})
