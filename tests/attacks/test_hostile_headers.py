"""Headers, queries and paths as no client of ours sends them: a value that is kept, or a refusal with its code."""

from __future__ import annotations

import base64
import re
import string
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from tests.clauses.intake_petitions import BASE, letter, register
from tests.world import World

RAW = st.text(st.characters(max_codepoint=255), max_size=300)
"""What a server may find in a header: any byte, as PEP 3333 shows it."""
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
TRACE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
ETAG = re.compile(r'"?([0-9]{1,9})"?')
PRINTABLE = set(string.printable) - set("\r\n\x0b\x0c")
ECHOED_NOWHERE = ("X-Forwarded-For", "X-Request-Id", "Accept", "Accept-Language", "Origin", "Referer", "User-Agent",
                  "Host", "traceparent", "Idempotency-Key", "If-Match", "Authorization", "Content-Type", "Cookie",
                  "X-Forwarded-Proto", "Range", "X-HTTP-Method-Override")  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("hostile"), services=("intake", "desk"))
    yield made
    made.close()


def ask(
    world: World, method: str, path: str, *, body: Any = None, query: str = "", **headers: str
) -> Response:
    """A request whose headers reach the edge as they are: no client library in between refuses them."""
    desk = world.desk_keys
    token = issue_token(desk.signing, desk.key_id, world.as_("clerk1").claims, real_now())
    builder = EnvironBuilder(path=path, method=method, query_string=query, **({"json": body} if body else {}))
    environ = builder.get_environ()
    environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    for name, value in headers.items():
        place = "CONTENT_TYPE" if name == "Content-Type" else f"HTTP_{name.upper().replace('-', '_')}"
        environ[place] = value
    answer = world.apis[path.split("/")[1]].answer(Request(environ))
    assert answer.status_code < 500
    assert all(set(f"{name}{value}") <= PRINTABLE for name, value in answer.headers)
    return answer


def code_of(answer: Response) -> str:
    return str((answer.get_json() or {}).get("code", "")) if answer.status_code >= 400 else ""


@given(key=RAW)
@example(key="")
@example(key="a" * 65)
@example(key="a\r\nSet-Cookie: x=y")
def test_any_idempotency_key_is_kept_or_refused(world: World, key: str) -> None:
    body = {"paper": letter(summary=f"信 {uuid.uuid4().hex}", subject_ids=[]), "attachments": []}
    first = ask(world, "POST", f"{BASE}/register_petition", body=body, **{"Idempotency-Key": key})
    if not KEY.fullmatch(key):
        assert code_of(first) == ("MALFORMED" if key else "IDEMPOTENCY_KEY_REQUIRED")
        return
    again = ask(world, "POST", f"{BASE}/register_petition", body=body, **{"Idempotency-Key": key})
    if first.status_code == 201:
        assert again.get_json() == first.get_json() | {"replayed": True}
    else:
        assert code_of(first) == "IDEMPOTENCY_KEY_REUSED"


@pytest.fixture(scope="module")
def petition(world: World) -> str:
    return str(register(world)["id"])


@given(
    seen=RAW | st.from_regex(ETAG, fullmatch=True) | st.from_regex(r"(W/)?\"[0-9]{1,12}\"", fullmatch=True)
)
@example(seen='"1"')
@example(seen='"00000001"')
@example(seen="*")
def test_any_version_that_was_seen_is_the_one_stale_or_refused(
    world: World, petition: str, seen: str
) -> None:
    body = {"paper": {"no_such_field": 1}, "attachments": []}
    headers = {"If-Match": seen, "Idempotency-Key": uuid.uuid4().hex}
    found = code_of(ask(world, "POST", f"{BASE}/{petition}/forward_petition", body=body, **headers))
    match = ETAG.fullmatch(seen.strip())
    if match is None:
        assert found == "MALFORMED"
    else:
        assert found == ("UNKNOWN_FIELD" if int(match[1]) == 1 else "STALE_VERSION")


@given(
    cursor=st.text(max_size=250) | st.binary(max_size=100).map(lambda b: base64.urlsafe_b64encode(b).decode())
)
@example(cursor="\ud800")
@example(cursor=base64.urlsafe_b64encode(b"2026-03-02|").decode())
def test_any_cursor_leads_to_a_page_or_is_refused(world: World, cursor: str) -> None:
    answer = world.as_("clerk1").get(BASE, cursor=cursor.encode("utf-8", "replace").decode())
    assert answer.code in ("", "INVALID_FIELD")
    assert answer.status == 422 or set(answer.body) == {"items", "next"}


@given(limit=st.text(max_size=210) | st.integers().map(str))
def test_any_limit_is_kept_or_refused(world: World, limit: str) -> None:
    answer = world.as_("clerk1").get(BASE, limit=limit.encode("utf-8", "replace").decode())
    assert answer.code in ("", "INVALID_FIELD", "OUT_OF_RANGE")
    if answer.status == 200:
        assert 1 <= int(limit) <= 200


@given(trace=RAW | st.from_regex(TRACE, fullmatch=True))
def test_a_trace_is_handed_on_as_it_came_or_not_at_all(world: World, trace: str) -> None:
    body = {"paper": letter(summary=f"信 {uuid.uuid4().hex}", subject_ids=[]), "attachments": []}
    headers = {"traceparent": trace, "Idempotency-Key": uuid.uuid4().hex}
    answer = ask(world, "POST", f"{BASE}/register_petition", body=body, **headers)
    assert answer.status_code == 201
    event = answer.get_json()["events"][0]
    with world.runtimes["intake"].db.engine.connect() as connection:
        [sent] = connection.exec_driver_sql(
            "select body from outbox where event_id = ? limit 1", (event,)
        ).one()
    assert (trace in sent.decode()) is bool(TRACE.fullmatch(trace)) or trace in sent.decode().replace(
        trace, "", 1
    )


@pytest.mark.parametrize("path", [BASE, f"{BASE}/x", "/desk/", "/desk/sign-in", "/desk/accounts"])
@pytest.mark.parametrize("name", ECHOED_NOWHERE)
@pytest.mark.parametrize("value", [
    "canary-7f3a\r\nSet-Cookie: canary=7f3a", "canary-7f3a\xff\xfe", "canary-7f3a" * 3000, "canary-7f3a\x00",
    "<b>canary-7f3a",
], ids=["line break", "no text", "long", "nul", "markup"])  # fmt: skip
def test_no_header_comes_back(world: World, path: str, name: str, value: str) -> None:
    answer = ask(world, "GET", path, **{name: value})
    assert "canary" not in f"{answer.headers}"
    assert b"canary" not in answer.data


@pytest.mark.parametrize("path", [
    "/desk/sign-in?next=", "/desk/language/", "/desk/clauses/", "/desk/registers/intake/", f"{BASE}/",
    f"{BASE}?cursor=", "/desk/items/intake/petitions/x/attachments/", f"{BASE}/x/attachments/",
])  # fmt: skip
@pytest.mark.parametrize("hostile", [
    "%0d%0aSet-Cookie:%20canary=1", "%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "%22;%20filename=evil.html", "a" * 9000,
    "%7B%7B7*7%7D%7D%24%7B7*7%7D", "%3Cscript%3Ealert(1)%3C/script%3E",
])  # fmt: skip
def test_a_hostile_address_makes_no_header_markup_or_computed_text(
    world: World, path: str, hostile: str
) -> None:
    where, _, query = f"{path}{hostile}".partition("?")
    answer = ask(world, "GET", where, query=query)
    assert not any("canary=1" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    assert "evil" not in answer.headers.get("Content-Disposition", "")
    assert b"<script" not in answer.data
    assert b">49<" not in answer.data
    assert answer.headers.get("Location", "/").startswith("/")
