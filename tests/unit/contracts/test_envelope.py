"""The envelope: one canonical form, and no message that can do more harm than be parked."""

import json
import traceback
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.envelope import MAX_BYTES, Damage, DamagedMessage, Envelope, parse

CANARY = "绝密内容"
IDS = st.from_regex(r"[A-Za-z0-9_.:-]{1,64}", fullmatch=True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def document(**changes: Any) -> dict[str, Any]:
    """A sound envelope as a JSON document, with these members changed."""
    return {
        "specversion": "1.0",
        "id": "01JZ6V3K8QW2N5R7T9X4B6C8D0",
        "type": "intake.petition_received.v1",
        "source": "/intake",
        "time": "2026-03-02T01:00:00Z",
        "subject": "petition/01JZ6V3K8QW2N5R7T9X4B6C8D1",
        "datacontenttype": "application/json",
        "data": {"petition_id": "01JZ6V3K8QW2N5R7T9X4B6C8D1"},
        "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01",
        "dwcause": "audit:17",
        "dwclauses": "LZ-12.1,XC-32.2a",
        "dwversion": 1,
        "dwhead": "17:" + "c" * 64,
        "dwtime": "simulated",
        "dwoffice": "office-1",
    } | changes


def body(**changes: Any) -> bytes:
    return json.dumps(document(**changes), ensure_ascii=False).encode()


def envelopes() -> st.SearchStrategy[Envelope]:
    return st.builds(
        Envelope,
        id=IDS,
        type=st.from_regex(r"[a-z]{1,8}\.[a-z0-9_]{1,20}\.v[1-9][0-9]?", fullmatch=True),
        source=st.just("/intake"),
        time=st.datetimes(
            min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis wants naive bounds
            max_value=datetime(2100, 1, 1),  # noqa: DTZ001
            timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
        ),
        subject=IDS.map(lambda id_: f"petition/{id_}"),
        data=st.dictionaries(
            st.from_regex(r"[a-z_]{1,10}", fullmatch=True), IDS | st.integers(0, 2**53), max_size=5
        ),
        traceparent=st.none() | st.just("00-" + "a" * 32 + "-" + "b" * 16 + "-01"),
        dwclauses=st.sampled_from(["", "LZ-12.1", "LZ-12.1,XC-32.2a"]),
        dwversion=st.integers(0, 2**31 - 1),
        dwtime=st.sampled_from(["real", "simulated"]),
        dwoffice=st.just("") | IDS,
    )


@given(envelope=envelopes())
def test_what_was_written_is_read_back_and_written_the_same(envelope: Envelope) -> None:
    written = envelope.to_json()
    assert parse(written) == envelope
    assert parse(written).to_json() == written


@given(envelope=envelopes())
def test_one_instant_has_one_spelling(envelope: Envelope) -> None:
    elsewhere = envelope.time.astimezone(timezone(timedelta(hours=-5)))
    moved = Envelope.model_validate({**envelope.model_dump(), "time": elsewhere})
    assert moved.to_json() == envelope.to_json()


def test_the_canonical_form_is_sorted_dense_and_leaves_out_what_is_absent() -> None:
    written = parse(body(traceparent=None)).to_json()
    assert b"traceparent" not in written
    assert b": " not in written
    names = list(json.loads(written))
    assert names == sorted(names)


def test_type_version_and_clauses_are_read_from_the_envelope() -> None:
    envelope = parse(body(type="clues.clue_registered.v12", source="/clues"))
    assert (envelope.event_type, envelope.event_version) == ("clues.clue_registered", 12)
    assert envelope.clauses == ("LZ-12.1", "XC-32.2a")
    assert parse(body(dwclauses="")).clauses == ()


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b"", Damage.NOT_JSON),
        (b"{", Damage.NOT_JSON),
        (b"\xff\xfe", Damage.NOT_UTF8),
        (b"\xef\xbb\xbf" + body(), Damage.NOT_JSON),
        (b"null", Damage.WRONG_SHAPE),
        (b"[]", Damage.WRONG_SHAPE),
        (b"{}", Damage.WRONG_SHAPE),
        (b'{"id":1,"id":2}', Damage.DUPLICATE_KEY),
        (body()[:-1] + b',"data":{}}', Damage.DUPLICATE_KEY),
        (b'{"data":{"a":1,"a":1}}', Damage.DUPLICATE_KEY),
        (b"[" * 100_000, Damage.NOT_JSON),
        (b'{"data":' + b"[" * 50 + b"]" * 50 + b"}", Damage.WRONG_SHAPE),
        (b'{"a":NaN}', Damage.WRONG_SHAPE),
        (b'{"a":1e999}', Damage.WRONG_SHAPE),
        (b'{"a":' + b"9" * 5000 + b"}", Damage.NOT_JSON),
        (b" " * (MAX_BYTES + 1), Damage.TOO_LARGE),
        (body(specversion="0.3"), Damage.WRONG_SHAPE),
        (body(unknown="x"), Damage.WRONG_SHAPE),
        (body(time="1700000000"), Damage.WRONG_SHAPE),
        (body(time=1700000000), Damage.WRONG_SHAPE),
        (body(time="2026-03-02T01:00:00"), Damage.WRONG_SHAPE),
        (body(time="2026-02-30T01:00:00Z"), Damage.WRONG_SHAPE),
        (body(dwversion="1"), Damage.WRONG_SHAPE),
        (body(dwversion=True), Damage.WRONG_SHAPE),
        (body(dwversion=-1), Damage.WRONG_SHAPE),
        (body(dwclauses="LZ-12.1;DROP"), Damage.WRONG_SHAPE),
        (body(dwhead="17:xyz"), Damage.WRONG_SHAPE),
        (body(dwtime="tomorrow"), Damage.WRONG_SHAPE),
        (body(id="a" * 65), Damage.WRONG_SHAPE),
        (body(id="a\n"), Damage.WRONG_SHAPE),
        (body(subject="petition"), Damage.WRONG_SHAPE),
        (body(type="intake.petition_received"), Damage.WRONG_SHAPE),
        (body(type="intake.petition_received.v0"), Damage.WRONG_SHAPE),
        (body(data=[]), Damage.WRONG_SHAPE),
        (body(data={"a": "LONE"}).replace(b"LONE", b"\\ud800"), Damage.WRONG_SHAPE),
    ],
)
def test_a_damaged_message_is_refused_with_its_reason(damaged: bytes, reason: Damage) -> None:
    with pytest.raises(DamagedMessage) as caught:
        parse(damaged)
    assert caught.value.reason is reason


@given(noise=st.binary(max_size=2000))
def test_any_bytes_are_an_envelope_or_a_damaged_message(noise: bytes) -> None:
    with suppress(DamagedMessage):
        parse(noise)


@given(cut=st.integers(0, len(body())), noise=st.binary(max_size=6))
def test_a_sound_message_with_bytes_changed_is_an_envelope_or_a_damaged_message(
    cut: int, noise: bytes
) -> None:
    sound = body()
    with suppress(DamagedMessage):
        parse(sound[:cut] + noise + sound[cut + len(noise) :]).to_json()


@given(member=st.sampled_from(sorted(document())), value=JSON)
def test_a_sound_message_with_one_member_changed_is_an_envelope_or_a_damaged_message(
    member: str, value: object
) -> None:
    with suppress(DamagedMessage):
        parse(json.dumps(document(**{member: value})).encode()).to_json()


@pytest.mark.parametrize(
    "damaged",
    [
        body(subject=CANARY),
        body(**{CANARY: "x"}),
        body(data={"text": CANARY})[:-1],
        CANARY.encode(),
        CANARY.encode("gb18030"),
        f'{{"{CANARY}":1,"{CANARY}":2}}'.encode(),
    ],
)
def test_a_damaged_message_is_never_echoed(damaged: bytes) -> None:
    with pytest.raises(DamagedMessage) as caught:
        parse(damaged)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.args)
    assert CANARY not in shown


def test_an_event_above_the_limit_is_refused_before_it_is_sent() -> None:
    envelope = parse(body(data={"a": "b" * 1000})).model_copy(update={"data": {"a": "b" * MAX_BYTES}})
    with pytest.raises(ValueError, match="send references"):
        envelope.to_json()


def test_an_envelope_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        parse(body()).id = "other"  # type: ignore[misc]
