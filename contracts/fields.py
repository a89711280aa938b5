"""The closed set of types that may stand in an event or an envelope: ids, codes, dates, whole numbers.

None of them can hold a name or a sentence: no spaces, no letters beyond ASCII, 64 characters at most (a
signature has 128).
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def _iso_day(value: object) -> object:
    # pydantic reads a string of digits as seconds since 1970; only the ISO form is a date here.
    if not isinstance(value, str):
        return value
    if not _DAY.fullmatch(value):
        raise ValueError("a date is written YYYY-MM-DD")
    return date.fromisoformat(value)


def _iso_instant(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _INSTANT.fullmatch(value):
        raise ValueError("an instant is written YYYY-MM-DDThh:mm:ss with its offset")
    return datetime.fromisoformat(value)


def _in_utc(value: datetime) -> datetime:
    # One instant, one spelling: equal envelopes must have equal bytes.
    return value.astimezone(UTC)


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
IdOrEmpty = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,64}$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
CodeOrEmpty = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{0,64}$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{1,2}\.[0-9]{1,2}[a-z]?$")]
Period = Annotated[str, Field(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])[ab]?|-Q[1-4]|-H[12])?$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
DigestOrEmpty = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Signature = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
YesNo = bool
Day = Annotated[date, BeforeValidator(_iso_day)]
Instant = Annotated[AwareDatetime, BeforeValidator(_iso_instant), AfterValidator(_in_utc)]

SCALARS = (
    Id,
    IdOrEmpty,
    Code,
    CodeOrEmpty,
    ClauseId,
    Period,
    Digest,
    DigestOrEmpty,
    Signature,
    Count,
    Version,
    YesNo,
    Day,
    Instant,
)
