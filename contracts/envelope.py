"""The envelope of every event: CloudEvents 1.0, structured mode, UTF-8 JSON in one canonical form.

A message comes from outside the process: whatever is wrong with it ends as DamagedMessage with a reason
code, and neither the error nor its text repeats a byte of the message.
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from contracts.fields import Id, IdOrEmpty, Instant

CONTENT_TYPE = "application/cloudevents+json"
MAX_BYTES = 256 * 1024
_DEEPEST = 32

_Clauses = Annotated[str, Field(pattern=r"^([A-Z]{2}-[0-9a-z.]{1,12}(,[A-Z]{2}-[0-9a-z.]{1,12}){0,63})?$")]


class Damage(StrEnum):
    """Why a message can't be read."""

    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    DUPLICATE_KEY = "duplicate_key"
    WRONG_SHAPE = "wrong_shape"


class DamagedMessage(ValueError):
    """The bytes are no envelope. Park them with ``reason``; a re-send from the producer heals it."""

    def __init__(self, reason: Damage) -> None:
        super().__init__(f"damaged message: {reason.value}")
        self.reason = reason


class Envelope(BaseModel):
    """One event on its way. Extension attributes are lower-case alphanumeric, as CloudEvents wants them.

    ``dwcause`` is the id of the event or audit entry that led to this one, ``dwclauses`` the clauses it
    carries out (comma separated), ``dwversion`` the subject's version after the act, ``dwhead`` the
    producer's audit tree head (``size:root`` in hex, or empty), ``dwtime`` whose clock ``time`` is,
    ``dwoffice`` the acting office or empty. The place in the stream travels beside it, in the headers.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=True)

    specversion: Literal["1.0"] = "1.0"
    id: Id
    type: str = Field(pattern=r"^[a-z]{1,32}\.[a-z0-9_]{1,64}\.v[1-9][0-9]{0,3}$")
    source: str = Field(pattern=r"^/[a-z]{1,32}$")
    time: Instant
    subject: str = Field(pattern=r"^[a-z_]{1,32}/[A-Za-z0-9_.:-]{1,64}$")
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, JsonValue]
    traceparent: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
    )
    dwcause: IdOrEmpty = ""
    dwclauses: _Clauses = ""
    dwversion: int = Field(ge=0, le=2**31 - 1)
    dwhead: str = Field(default="", pattern=r"^([0-9]{1,18}:[0-9a-f]{64})?$")
    dwtime: Literal["real", "simulated"]
    dwoffice: IdOrEmpty = ""

    @property
    def event_type(self) -> str:
        """The type without its version, e.g. ``intake.petition_received``."""
        return self.type.rpartition(".v")[0]

    @property
    def event_version(self) -> int:
        """The major version of the type."""
        return int(self.type.rpartition(".v")[2])

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clause ids of ``dwclauses``."""
        return tuple(self.dwclauses.split(",")) if self.dwclauses else ()

    def to_json(self) -> bytes:
        """The canonical bytes: keys sorted, no white space, UTF-8, absent attributes left out.

        Equal envelopes give equal bytes. Raises ValueError above MAX_BYTES.
        """
        body = canonical(self.model_dump(mode="json", exclude_none=True))
        if len(body) > MAX_BYTES:
            raise ValueError(f"the event has {len(body)} bytes; {MAX_BYTES} are allowed: send references")
        return body


def canonical(value: Mapping[str, JsonValue]) -> bytes:
    """A JSON object as canonical UTF-8 bytes: keys sorted, no white space."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def parse(body: bytes) -> Envelope:
    """The envelope in these bytes; raises DamagedMessage, and nothing else, whatever the bytes are."""
    if len(body) > MAX_BYTES:
        raise DamagedMessage(Damage.TOO_LARGE)
    document = _decoded(body)
    try:
        return Envelope.model_validate(document)
    except (ValidationError, RecursionError):
        raise DamagedMessage(Damage.WRONG_SHAPE) from None


def _decoded(body: bytes) -> object:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise DamagedMessage(Damage.NOT_UTF8) from None
    try:
        document = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_number
        )
    except DamagedMessage:
        raise
    except (ValueError, RecursionError):
        raise DamagedMessage(Damage.NOT_JSON) from None
    # An escaped lone surrogate is valid JSON and no valid text: it would break whoever stores it.
    if "\\ud" in text.lower() or _depth_exceeds(document, _DEEPEST):
        raise DamagedMessage(Damage.WRONG_SHAPE)
    return document


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise DamagedMessage(Damage.DUPLICATE_KEY)
    return members


def _no_number(_text: str) -> NoReturn:
    # Fractions and NaN have no one canonical form; events carry whole numbers only.
    raise DamagedMessage(Damage.WRONG_SHAPE)


def _depth_exceeds(document: object, levels: int) -> bool:
    layer = [document]
    for _ in range(levels):
        layer = [
            inner
            for value in layer
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not layer:
            return False
    return True
