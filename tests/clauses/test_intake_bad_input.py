"""What bad input gets: a stable code, never a fault, and nothing written but the audit entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from contracts.refusals import RefusalCode
from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from tests.clauses.intake_petitions import BASE, letter, register, row_counts
from tests.world import Answer, World

NEW = f"{BASE}/register_petition"


@dataclass
class Place:
    """A world that all tests here share, for they change nothing; and one registered petition in it."""

    world: World
    petition: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    world = World(tmp_path_factory.mktemp("bad-input"), services=("intake",))
    yield Place(world, register(world)["id"])
    world.close()


def refused(
    place: Place, method: str, path: str, code: str, field: str | None = None, **request: Any
) -> Answer:
    """Send it as clerk1; the answer is this refusal and no row was written."""
    before = row_counts(place.world)
    answer = place.world.as_("clerk1").send(method, path, **request)
    assert answer.code == code, answer.body
    assert answer.status == RefusalCode(code).status
    assert answer.status < 500
    assert answer.body["field"] == field
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert row_counts(place.world) == before
    return answer


def body(**paper: object) -> dict[str, object]:
    return {"paper": letter(**paper), "attachments": []}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "MALFORMED"),
        (b"{", "MALFORMED"),
        (b"[]", "MALFORMED"),
        (b"null", "MALFORMED"),
        (b'{"paper": {"summary": "\xff\xfe"}}', "MALFORMED"),
        ("{“paper”: 1}".encode("utf-16"), "MALFORMED"),
        (b'{"paper": {"summary": NaN}}', "MALFORMED"),
        (b'{"paper": {"summary": -Infinity}}', "MALFORMED"),
        (b'{"paper": {"received_on": ' + b"9" * 5000 + b"}}", "MALFORMED"),
        (b'{"paper": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "MALFORMED"),
        (b'{"paper": {"summary": ' + b"[" * 400 + b"]" * 400 + b"}}", "MALFORMED"),
        (b'{"paper": {"summary": "\\ud800"}}', "MALFORMED"),
        (b'{"paper": {"\\udfff": "x"}}', "MALFORMED"),
        (b'{"papers": {}}', "UNKNOWN_FIELD"),
    ],
    ids=[
        "empty", "broken", "a list", "null", "not UTF-8", "UTF-16", "NaN", "-Infinity", "5000 digits",
        "bottomless", "deep", "lone surrogate", "lone surrogate in a name", "unknown part",
    ],
)  # fmt: skip
def test_a_body_that_is_no_request(place: Place, raw: bytes, code: str) -> None:
    refused(place, "POST", NEW, code, raw=raw, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "given_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""]
)
def test_a_body_of_another_type(place: Place, given_type: str) -> None:
    raw = json.dumps(body()).encode()
    refused(place, "POST", NEW, "UNSUPPORTED_MEDIA", raw=raw, headers={"Content-Type": given_type})


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"summary": None}, "INVALID_FIELD", "summary"),
        ({"summary": 7}, "INVALID_FIELD", "summary"),
        ({"summary": "  "}, "MISSING_FIELD", "summary"),
        ({"summary": "字" * 20_001}, "INVALID_FIELD", "summary"),
        ({"channel": "pigeon"}, "OUT_OF_RANGE", "channel"),
        ({"class_code": "SUPERVISION_OBJECT"}, "OUT_OF_RANGE", "class_code"),
        ({"received_on": "02.03.2026"}, "INVALID_FIELD", "received_on"),
        ({"received_on": "2026-02-30"}, "INVALID_FIELD", "received_on"),
        ({"received_on": 1_772_409_600}, "INVALID_FIELD", "received_on"),
        ({"received_on": 1e999}, "INVALID_FIELD", "received_on"),
        ({"received_on": "0001-01-01"}, "INVALID_FIELD", "received_on"),
        ({"received_on": "9999-12-31"}, "INVALID_FIELD", "received_on"),
        ({"received_on": "2026-03-03"}, "DATE_ORDER", "received_on"),
        ({"subject_ids": "p-edu-sec"}, "INVALID_FIELD", "subject_ids"),
        ({"subject_ids": ["p-edu-sec", 5]}, "INVALID_FIELD", "subject_ids.1"),
        ({"subject_ids": ["p edu"]}, "INVALID_FIELD", "subject_ids.0"),
        ({"subject_ids": ["p\x00"]}, "INVALID_FIELD", "subject_ids.0"),
        ({"subject_ids": [f"p-{n}" for n in range(21)]}, "INVALID_FIELD", "subject_ids"),
        ({"unit_id": {"id": "edu"}}, "INVALID_FIELD", "unit_id"),
        ({"heading": "某某"}, "UNKNOWN_FIELD", None),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit(
    place: Place, changes: dict[str, object], code: str, field: str | None
) -> None:
    raw = json.dumps(body(**changes)).replace("Infinity", "1e999").encode()
    answer = refused(place, "POST", NEW, code, field, raw=raw, headers={"Content-Type": "application/json"})
    assert "某某" not in str(answer.body)
    assert "pigeon" not in str(answer.body)


@pytest.mark.parametrize("name", ["received_on", "channel", "summary"])
def test_a_missing_field_is_named_with_the_clauses(place: Place, name: str) -> None:
    paper = letter()
    del paper[name]
    answer = refused(place, "POST", NEW, "MISSING_FIELD", name, body={"paper": paper})
    assert "LZ-12.6" in answer.body["clauses"]


@pytest.mark.parametrize(
    "attachments",
    ["x", [1], [{"kind": "petition_original"}], [{"kind": "petition_original", "id": "a b"}],
     [{"kind": "petition_original", "id": "x", "more": 1}], [{"kind": "k", "id": "i"}] * 51],
)  # fmt: skip
def test_attachments_that_are_no_references(place: Place, attachments: object) -> None:
    given = {"paper": letter(), "attachments": attachments}
    refused(place, "POST", NEW, "MALFORMED", "attachments", body=given)


def test_attachments_that_the_act_does_not_take_or_that_are_not_there(place: Place) -> None:
    strange = [{"kind": "completion_reply", "id": "0" * 32}]
    refused(place, "POST", NEW, "OUT_OF_RANGE", "attachments", body=body() | {"attachments": strange})
    unknown = [{"kind": "petition_original", "id": "0" * 32}]
    refused(place, "POST", NEW, "UNKNOWN_REFERENCE", "attachments", body=body() | {"attachments": unknown})


def test_an_upload_of_another_is_no_attachment_of_mine(place: Place) -> None:
    theirs = place.world.as_("clerk2").upload("intake")
    given = body() | {"attachments": [{"kind": "petition_original", "id": theirs}]}
    refused(place, "POST", NEW, "UNKNOWN_REFERENCE", "attachments", body=given)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "MISSING_DOCUMENT"),
        (b"MZ\x90\x00 a program", "UNSUPPORTED_MEDIA"),
        (b"<html><script>1</script></html>", "UNSUPPORTED_MEDIA"),
        (b"PK\x03\x04 an archive", "UNSUPPORTED_MEDIA"),
        (b"%PDF-1.4 cut off half-way", "BROKEN_FILE"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 2000, "BROKEN_FILE"),
        (b"%PDF-1.4 " + b"x" * 10_000_001 + b" %%EOF", "TOO_LARGE"),
    ],
    ids=["empty", "a program", "a page", "an archive", "half a PDF", "half a picture", "too large"],
)
def test_a_file_that_is_not_taken(place: Place, content: bytes, code: str) -> None:
    refused(place, "POST", "/intake/attachments", code, raw=content)


@pytest.mark.parametrize("key", ["", "有空格", "a b", "x" * 65, "a/b"])
def test_a_key_that_is_missing_or_no_key(place: Place, key: str) -> None:
    code, field = ("IDEMPOTENCY_KEY_REQUIRED", None) if not key else ("MALFORMED", "Idempotency-Key")
    refused(place, "POST", NEW, code, field, body=body(), headers={"Idempotency-Key": quote(key, safe=" /")})


@pytest.mark.parametrize(
    ("version", "code", "field"),
    [
        (None, "VERSION_REQUIRED", None),
        ("2", "STALE_VERSION", None),
        ("abc", "MALFORMED", "If-Match"),
        ("*", "MALFORMED", "If-Match"),
        ('W/"1"', "MALFORMED", "If-Match"),
        ('"1", "2"', "MALFORMED", "If-Match"),
        ("-1", "MALFORMED", "If-Match"),
        ("9" * 30, "MALFORMED", "If-Match"),
        ("999999999", "STALE_VERSION", None),
    ],
)
def test_a_version_that_is_missing_stale_or_none(
    place: Place, version: str | None, code: str, field: str | None
) -> None:
    headers = {} if version is None else {"If-Match": version}
    path = f"{BASE}/{place.petition}/forward_petition"
    refused(place, "POST", path, code, field, body={"paper": {}}, headers=headers)


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"limit": "0"}, "OUT_OF_RANGE", "limit"),
        ({"limit": "201"}, "OUT_OF_RANGE", "limit"),
        ({"limit": "ten"}, "INVALID_FIELD", "limit"),
        ({"limit": "9" * 5000}, "INVALID_FIELD", "limit"),
        ({"cursor": "x"}, "INVALID_FIELD", "cursor"),
        ({"cursor": "5LiA"}, "INVALID_FIELD", "cursor"),
        ({"cursor": "MjAyNi0wMS0wMXwA"}, "INVALID_FIELD", "cursor"),
        ({"cursor": "A" * 300}, "INVALID_FIELD", "cursor"),
        ({"state": "x\x00"}, "INVALID_FIELD", "state"),
    ],
)
def test_a_list_asked_for_in_an_impossible_way(
    place: Place, query: dict[str, str], code: str, field: str
) -> None:
    refused(place, "GET", BASE, code, field, query=query)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/intake/nothing", "NOT_FOUND_ROUTE"),
        ("POST", f"{BASE}/x/burn_petition", "NOT_FOUND_ROUTE"),
        ("GET", f"{BASE}/{{petition}}/forward_petition", "METHOD_NOT_ALLOWED"),
        ("DELETE", f"{BASE}/{{petition}}", "METHOD_NOT_ALLOWED"),
        ("GET", f"{BASE}/a\x00b", "NOT_FOUND_ROUTE"),
        ("GET", f"{BASE}/{'9' * 3000}", "UNKNOWN_REFERENCE"),
        ("GET", f"{BASE}/金丝雀", "UNKNOWN_REFERENCE"),
        ("GET", f"{BASE}/{{petition}}/papers/x", "UNKNOWN_REFERENCE"),
        ("GET", f"{BASE}/{{petition}}/attachments/x", "UNKNOWN_REFERENCE"),
        ("GET", "/intake/packages/x", "UNAUTHENTICATED"),
    ],
)
def test_a_way_that_leads_nowhere(place: Place, method: str, path: str, code: str) -> None:
    answer = refused(place, method, path.format(petition=place.petition), code)
    assert ("Allow" in answer.headers) == (code == "METHOD_NOT_ALLOWED")


def test_a_token_that_signs_in_nobody(place: Place) -> None:
    desk, clerk = place.world.desk_keys, place.world.as_("clerk1")
    old = issue_token(desk.signing, desk.key_id, clerk.claims, real_now() - timedelta(minutes=6))
    good = issue_token(desk.signing, desk.key_id, clerk.claims, real_now())
    payload, _, signature = good.partition(".")
    strange = place.world.runtimes["intake"].ring.signing
    forged = issue_token(strange, desk.key_id, clerk.claims, real_now())
    nested = "W1tbW1tb" * 200 + "." + signature
    for token in ("", "x", "Bearer", f"Bearer {payload}", f"Bearer {payload[:-4]}AAAA.{signature}", f"Bearer {forged}",
                  f"Bearer {nested}", f"Bearer {good}x", "Bearer " + "A" * 5000, f"Basic {good}"):  # fmt: skip
        refused(place, "GET", BASE, "UNAUTHENTICATED", headers={"Authorization": token})
    refused(place, "GET", BASE, "TOKEN_EXPIRED", headers={"Authorization": f"Bearer {old}"})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [*sorted(letter()), "petitioners", "naming", "online_no", "unit_received_on", "transferred_on", "x"]
PAPERS = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6).map(lambda odd: letter() | odd) | JSON
BODIES = JSON | st.fixed_dictionaries({"paper": PAPERS}, optional={"attachments": JSON})
SEGMENT = st.sampled_from(
    ["petitions", "register_petition", "forward_petition", "proposals", "approve", "papers", "attachments", "sealed",
     "worklist", "acts", "{petition}", ""]
) | st.text(max_size=20)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_sent_is_answered_below_500(place: Place, data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(["GET", "POST", "POST", "PUT", "HEAD", "OPTIONS"]))
    known = st.sampled_from([NEW, f"{BASE}/{place.petition}/forward_petition", "/intake/attachments"])
    path = data.draw(known | st.lists(SEGMENT, max_size=6).map(lambda parts: "/intake/" + "/".join(parts)))
    raw = data.draw(st.binary(max_size=60) | BODIES.map(lambda b: json.dumps(b).encode()))
    headers = data.draw(
        st.fixed_dictionaries(
            {"Content-Type": st.sampled_from(["application/json", "application/json", "text/plain"])},
            optional={
                "Idempotency-Key": st.text("ab-é", max_size=70),
                "If-Match": st.text('"W/19*', max_size=5),
            },
        )
    )
    query = data.draw(st.dictionaries(st.sampled_from(["limit", "cursor", "state"]), st.text(max_size=12)))
    desk, claims = place.world.desk_keys, place.world.as_("clerk1").claims
    token = issue_token(desk.signing, desk.key_id, claims, real_now())
    signed = headers | {"Authorization": f"Bearer {token}"}
    builder = EnvironBuilder(
        path=quote(path.format_map({"petition": place.petition}) if "{petition}" in path else path, safe="/"),
        method=method, data=raw, headers=Headers(signed),
        query_string="&".join(f"{n}={quote(v.encode('utf-8', 'surrogatepass'))}" for n, v in query.items()),
    )  # fmt: skip
    response = place.world.apis["intake"].answer(Request(builder.get_environ()))
    assert response.status_code < 500
    if response.status_code >= 400 and method != "HEAD":
        assert RefusalCode(json.loads(response.data)["code"]).status == response.status_code
