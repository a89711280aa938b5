"""Refusals: stable codes with their HTTP status and texts, and the answer in problem+json (RFC 9457).

Texts say what to do next. They never quote what the client sent, so they are safe to log and to show.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Flag(StrEnum):
    """What is flagged and never refused (ruling 1): the act is accepted and carries the flag."""

    LATE = "LATE"
    COMPLIANCE_GAP = "COMPLIANCE_GAP"


class RefusalCode(StrEnum):
    """Every code of a refusal. Its status and texts stand in ``refusals.yaml``."""

    # Approvals
    APPROVAL_REQUIRED = "APPROVAL_REQUIRED"
    WRONG_APPROVER = "WRONG_APPROVER"
    SELF_APPROVAL = "SELF_APPROVAL"
    APPROVAL_ORDER = "APPROVAL_ORDER"
    NOT_AGREED = "NOT_AGREED"
    OPINION_OUTSTANDING = "OPINION_OUTSTANDING"
    TWO_PERSON_RULE = "TWO_PERSON_RULE"

    # Routes and persons
    WRONG_ROUTE = "WRONG_ROUTE"
    WRONG_ADDRESSEE = "WRONG_ADDRESSEE"
    WRONG_ROLE = "WRONG_ROLE"
    ACCESS_DENIED = "ACCESS_DENIED"
    SEALED_ITEM = "SEALED_ITEM"
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    ATTENDANCE_INCOMPLETE = "ATTENDANCE_INCOMPLETE"
    THREE_NOT_FIXED = "THREE_NOT_FIXED"

    # Papers and fields
    MISSING_DOCUMENT = "MISSING_DOCUMENT"
    MISSING_FIELD = "MISSING_FIELD"
    MISSING_REASON = "MISSING_REASON"
    MISSING_SIGNATURE = "MISSING_SIGNATURE"
    COPY_COUNT = "COPY_COUNT"
    CONTENT_RULE = "CONTENT_RULE"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    DATE_ORDER = "DATE_ORDER"
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    DUPLICATE = "DUPLICATE"

    # States and periods
    WRONG_STATE = "WRONG_STATE"
    PRECONDITION_NOT_MET = "PRECONDITION_NOT_MET"
    PERIOD_OPEN = "PERIOD_OPEN"
    COVERAGE_SHORT = "COVERAGE_SHORT"
    LEDGER_UNPAIRED = "LEDGER_UNPAIRED"
    NOT_MEASURABLE = "NOT_MEASURABLE"
    NOT_VERIFIED = "NOT_VERIFIED"
    ITEMS_OUTSTANDING = "ITEMS_OUTSTANDING"
    IMMUTABLE = "IMMUTABLE"

    # What an interface needs beside the texts
    UNAUTHENTICATED = "UNAUTHENTICATED"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105 - a code, no secret
    SESSION_REVOKED = "SESSION_REVOKED"
    SECOND_FACTOR_REQUIRED = "SECOND_FACTOR_REQUIRED"
    SECOND_FACTOR_WRONG = "SECOND_FACTOR_WRONG"
    SECOND_FACTOR_NOT_ENROLLED = "SECOND_FACTOR_NOT_ENROLLED"
    STALE_VERSION = "STALE_VERSION"
    VERSION_REQUIRED = "VERSION_REQUIRED"
    IDEMPOTENCY_KEY_REQUIRED = "IDEMPOTENCY_KEY_REQUIRED"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    MALFORMED = "MALFORMED"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    INVALID_FIELD = "INVALID_FIELD"
    TOO_LARGE = "TOO_LARGE"
    UNSUPPORTED_MEDIA = "UNSUPPORTED_MEDIA"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    BROKEN_FILE = "BROKEN_FILE"
    INFECTED_FILE = "INFECTED_FILE"
    RATE_LIMITED = "RATE_LIMITED"
    NOT_FOUND_ROUTE = "NOT_FOUND_ROUTE"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    REAL_TIME_ONLY = "REAL_TIME_ONLY"
    TIME_RUNS_FORWARD = "TIME_RUNS_FORWARD"
    DIRECTORY_STALE = "DIRECTORY_STALE"
    UNAVAILABLE = "UNAVAILABLE"

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return _texts()[self.value].status

    @property
    def zh(self) -> str:
        """What is wrong and what to do, in Chinese."""
        return _texts()[self.value].zh

    @property
    def en(self) -> str:
        """The same in English."""
        return _texts()[self.value].en


class _Text(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    status: int = Field(ge=400, le=503)
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


@cache
def _texts() -> Mapping[str, _Text]:
    path = Path(__file__).with_suffix(".yaml")
    return TypeAdapter(dict[str, _Text]).validate_python(yaml.safe_load(path.read_text("utf-8")))


class Refusal(Exception):
    """A refused act: nothing was changed but the audit trail.

    ``field`` is the field's path in the paper or None; ``clauses`` the catalogue rows that refuse it.
    Details must not quote what was sent.
    """

    def __init__(
        self,
        code: RefusalCode,
        *,
        detail_zh: str | None = None,
        detail_en: str | None = None,
        field: str | None = None,
        clauses: tuple[str, ...] = (),
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail_zh = detail_zh
        self.detail_en = detail_en
        self.field = field
        self.clauses = clauses


def concealed() -> Refusal:
    """What a reader gets who may not know that an item exists: the very answer for an unknown id (ruling 9).

    The audit trail keeps the real refusal.
    """
    return Refusal(RefusalCode.UNKNOWN_REFERENCE)


def problem(refusal: Refusal) -> Mapping[str, object]:
    """The body of ``application/problem+json``; always the same keys, Chinese first, English beside it."""
    code = refusal.code
    return {
        "type": f"urn:dengwen:refusal:{code.value}",
        "title": code.zh,
        "title_en": code.en,
        "status": code.status,
        "code": code.value,
        "field": refusal.field,
        "clauses": list(refusal.clauses),
        "detail": refusal.detail_zh or code.zh,
        "detail_en": refusal.detail_en or code.en,
    }
