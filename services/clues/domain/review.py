"""Internal review (审理): its code lists, and what follows from what the reviewers found (LZ-17.1 to LZ-17.11)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Finding(StrEnum):
    """What the reviewers found of one of the four parts of a case (LZ-17.10)."""

    SOUND = "sound"
    SOUND_WITH_REMARKS = "sound_with_remarks"
    MORE_EVIDENCE = "more_evidence"


FINDING_ZH = {
    Finding.SOUND: "符合要求",
    Finding.SOUND_WITH_REMARKS: "基本符合，有审理意见",
    Finding.MORE_EVIDENCE: "退回补充调查",
}


def goes_back(findings: Iterable[Finding]) -> bool:
    """One part that wants more evidence takes the whole case back to the investigators (LZ-17.10)."""
    return Finding.MORE_EVIDENCE in findings


class Signature(StrEnum):
    """Whether the subject signed the opinion on the facts that were put to them (LZ-17.7)."""

    SIGNED = "signed"
    REFUSED = "refused_to_sign"


SIGNATURE_ZH = {Signature.SIGNED: "已签名", Signature.REFUSED: "拒绝签名"}


class ReviewRecipient(StrEnum):
    """Where somebody may think of sending a reviewed case; the case review office is the lawful one (LZ-17.9)."""

    CASE_REVIEW = "case_review_office"
    CASE_SUPERVISION = "case_supervision_office"
    LIAISON = "liaison_discipline_office"


REVIEW_RECIPIENT_ZH = {
    ReviewRecipient.CASE_REVIEW: "案件审理室",
    ReviewRecipient.CASE_SUPERVISION: "案件监督管理室",
    ReviewRecipient.LIAISON: "对口联系的监督检查室",
}


class ReportedFor(StrEnum):
    """Why a finished review is reported: the case needs approval, or is put on record (LZ-17.9)."""

    APPROVAL = "for_approval"
    RECORD = "for_record"


REPORTED_FOR_ZH = {ReportedFor.APPROVAL: "报批", ReportedFor.RECORD: "报备"}
