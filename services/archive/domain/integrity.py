"""What is entered in an integrity file (廉政档案), by kind (LZ-9.2)."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """Kinds of fact that arrive by event so far."""

    SANCTION = "sanction"
    SANCTION_EXECUTED = "sanction_executed"
    TALK = "integrity_talk"
    INTERVIEW = "formal_interview"
    KEY_FEW = "key_few_assessment"


FACT_KIND_ZH = {
    FactKind.SANCTION: "处分决定",
    FactKind.SANCTION_EXECUTED: "处分决定已执行",
    FactKind.TALK: "廉政谈话",
    FactKind.INTERVIEW: "约谈",
    FactKind.KEY_FEW: "关键少数访谈评估",
}
