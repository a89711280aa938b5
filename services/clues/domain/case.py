"""A case's code lists: opinions before filing, court documents, places of talks, incidents, what is proposed."""

from __future__ import annotations

from enum import StrEnum


class FilingOpinion(StrEnum):
    """An opinion on a proposed filing; dissent is kept in the file and does not bar it (LZ-15.1)."""

    AGREE = "agree"
    DISSENT = "dissent"


FILING_OPINION_ZH = {FilingOpinion.AGREE: "同意立案", FilingOpinion.DISSENT: "有不同意见"}


class CourtDocument(StrEnum):
    """Documents that establish criminal liability once they are in force (LZ-15.10)."""

    JUDGEMENT = "judgement"
    RULING = "ruling"
    DECISION = "decision"


COURT_DOCUMENT_ZH = {
    CourtDocument.JUDGEMENT: "判决",
    CourtDocument.RULING: "裁定",
    CourtDocument.DECISION: "决定",
}


class ReviewPath(StrEnum):
    """What a case rests on when it is sent for review: its own investigation, or a judgement in force (LZ-15.11)."""

    INVESTIGATION = "investigation"
    JUDGEMENT = "judgement"


class CaseProposal(StrEnum):
    """What is proposed when a case is sent for review. A dismissal is reviewed as well (LZ-17.1)."""

    PARTY_SANCTION = "party_sanction"
    GOVERNMENT_SANCTION = "government_sanction"
    BOTH_SANCTIONS = "both_sanctions"
    DISMISSAL = "dismissal"


CASE_PROPOSAL_ZH = {
    CaseProposal.PARTY_SANCTION: "给予党纪处分",
    CaseProposal.GOVERNMENT_SANCTION: "给予政务处分",
    CaseProposal.BOTH_SANCTIONS: "给予党纪政务处分",
    CaseProposal.DISMISSAL: "撤销案件",
}


class TalkPlace(StrEnum):
    """Where a talk of an investigation is held; a shared venue is arranged before (LZ-15.9)."""

    WALK_IN_VENUE = "walk_in_venue"
    OFFICE = "own_office"
    ON_SITE = "on_site"


TALK_PLACE_ZH = {
    TalkPlace.WALK_IN_VENUE: "走读式谈话场所",
    TalkPlace.OFFICE: "派驻机构办公场所",
    TalkPlace.ON_SITE: "所在单位或其他现场",
}


class IncidentKind(StrEnum):
    """What happened during an investigation (LZ-15.8); the kinds are ours."""

    DEATH_OR_INJURY = "death_or_injury"
    SELF_HARM = "self_harm"
    SUDDEN_ILLNESS = "sudden_illness"
    ESCAPE = "escape"
    LEAK = "leak"
    OTHER = "other"


INCIDENT_KIND_ZH = {
    IncidentKind.DEATH_OR_INJURY: "人员伤亡",
    IncidentKind.SELF_HARM: "自伤自残",
    IncidentKind.SUDDEN_ILLNESS: "突发疾病",
    IncidentKind.ESCAPE: "人员走失、逃匿",
    IncidentKind.LEAK: "失密泄密",
    IncidentKind.OTHER: "其他",
}
