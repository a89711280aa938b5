"""The HTTP listener against clients that are large, slow, early, late or wrong."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException

import pytest

from tests.integration.bus.processes import Process, chunked, hosted, problem

LIMIT = 100_000
GET = b"GET /intake/x HTTP/1.1\r\nHost: h\r\n\r\n"
CANARY = "canary-7f3a"


@pytest.fixture(scope="module")
def server() -> Iterator[Process]:
    with hosted(max_body=LIMIT, idle=1.0) as process:
        yield process


def statuses(answer: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]


def post(server: Process, body: bytes, path: str = "/intake/x") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("POST", path, body)
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


def test_a_path_goes_to_its_service_in_full_and_all_else_to_the_desk(server: Process) -> None:
    assert server.get("/intake/petitions/1")["service"] == "intake"
    assert server.get("/intake/petitions/1")["path"] == "/intake/petitions/1"
    assert server.get("/desk/x")["service"] == "desk"
    assert server.get("/")["service"] == "desk"
    assert server.get("/unknown/x")["service"] == "desk"
    assert server.get("/intakes")["service"] == "desk"


def test_a_body_of_the_limit_is_taken_and_one_byte_more_is_413(server: Process) -> None:
    status, answer = post(server, b"x" * LIMIT)
    assert (status, json.loads(answer)["length"]) == (200, LIMIT)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("POST", "/intake/x", b"x" * (LIMIT + 1))
    response = connection.getresponse()
    assert response.status == 413
    assert problem(response)["code"] == "TOO_LARGE"
    connection.close()


def test_a_browser_s_form_with_a_file_is_taken_and_its_bad_headers_are_still_seen(server: Process) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc\r\n--b--\r\n'
    head = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    answer = server.raw(head + length + body + GET)
    assert statuses(answer) == [200, 200]
    assert b'"length": %d' % len(body) in answer
    assert statuses(server.raw(head + b"no colon here\r\n" + length + body)) == [400]


def test_a_huge_body_is_refused_before_it_is_read_and_its_sender_sees_the_answer(server: Process) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("POST", "/intake/x", b"x" * 30_000_000)
    with connection.getresponse() as response:
        assert response.status == 413
    connection.close()


def test_a_client_that_asks_first_is_told_before_it_sends(server: Process) -> None:
    head = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    assert statuses(server.raw(head % (LIMIT + 1))) == [413]
    assert statuses(server.raw(head % 3 + b"abc")) == [100, 200]


def test_a_chunked_body_arrives_whole_and_the_next_request_after_it(server: Process) -> None:
    head = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = server.raw(head + chunked(b"abc", b"x" * 50_000, b"de") + GET)
    assert statuses(answer) == [200, 200]
    assert b'"length": 50005' in answer


def test_chunks_beyond_the_limit_are_413(server: Process) -> None:
    head = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert statuses(server.raw(head + chunked(*[b"x" * 30_000] * 4))) == [413]
    assert statuses(server.raw(head + b"ffffffff\r\nx")) == [413]


@pytest.mark.parametrize(
    "body",
    [
        b"-1\r\n",
        b"0x3\r\nabc\r\n0\r\n\r\n",
        b"zz\r\n",
        b"3\r\nabcd\r\n0\r\n\r\n",
        b"3\r\nab",
        b"0\r\nfoo",
        b"",
    ],
)
def test_a_broken_chunk_is_400(server: Process, body: bytes) -> None:
    head = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert statuses(server.raw(head + body + b"")) == [400]


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        b"GET / FTP/1.1\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\r\n folded: x\r\nC D: e\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n0123456789",
        b"POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort",
    ],
)
def test_what_is_no_request_is_refused_as_the_client_s_fault(server: Process, request_bytes: bytes) -> None:
    answer = server.raw(request_bytes)
    assert len(statuses(answer)) == 1
    assert 400 <= statuses(answer)[0] < 500
    assert b"python" not in answer.lower()


def test_a_header_bomb_is_refused(server: Process) -> None:
    many = b"".join(b"X-%d: y\r\n" % n for n in range(5_000))
    long = b"X: " + b"y" * 100_000 + b"\r\n"
    for bomb in (many, long):
        answer = server.raw(b"GET / HTTP/1.1\r\nHost: h\r\n" + bomb + b"\r\n")
        assert statuses(answer)[0] in (400, 431)
    assert statuses(server.raw(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n")) == [414]


@pytest.mark.parametrize(
    "path", ["/%", "/%zz", "/%00", "/intake/%ff%fe", "/intake/../..", "*", "http://h/x", "/\xe9?\xe9=%"]
)
def test_an_odd_path_is_never_a_5xx(server: Process, path: str) -> None:
    answer = server.raw(b"GET " + path.encode("latin1") + b" HTTP/1.1\r\nHost: h\r\n\r\n")
    assert statuses(answer)[0] < 500


def test_pipelined_requests_are_answered_in_order(server: Process) -> None:
    body = b"POST /intake/x HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n%s"
    answer = server.raw(b"".join(body % (n, b"x" * n) for n in range(1, 6)))
    assert re.findall(rb'"length": (\d)', answer) == [b"1", b"2", b"3", b"4", b"5"]


def test_the_answer_has_no_banner(server: Process) -> None:
    assert b"\r\nserver:" not in server.raw(GET).lower()
    assert b"\r\nserver:" not in server.raw(b"rubbish\r\n\r\n").lower()


@pytest.mark.parametrize("said", [b"", b"GET /intake/x HT", GET])
def test_a_silent_connection_is_closed(server: Process, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connected:
        connected.sendall(said)
        began = time.monotonic()
        while connected.recv(65_536):
            pass
        assert 0.5 < time.monotonic() - began < 10.0


def test_an_unexpected_error_shows_a_number_and_nothing_else() -> None:
    with hosted() as process:
        connection = HTTPConnection("127.0.0.1", process.port, timeout=10)
        connection.request("POST", f"/intake/fail?q={CANARY}", CANARY.encode())
        response = connection.getresponse()
        assert response.status == 500
        answer = problem(response)
        connection.close()
        process.terminate()
    assert answer["code"] == "INTERNAL"
    assert CANARY not in json.dumps(answer)
    lines = [json.loads(line) for line in process.errors.splitlines()]
    told = [line for line in lines if line.get("incident")]
    assert [line["incident"] for line in told] == [answer["incident"]]
    assert told[0]["error"] == "ValueError"
    assert CANARY not in process.errors


@pytest.mark.parametrize("alone", [True, False])
def test_a_taken_port_is_refused_even_if_its_owner_would_share_it(alone: bool) -> None:  # noqa: FBT001
    with socket.socket() as owner:
        owner.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        port = owner.getsockname()[1]
        with hosted(port=port, alone=alone) as process:
            assert str(port) in process.last_words["taken"]
            assert process.child.wait(10) == 3


def test_a_stop_answers_what_was_asked_and_drops_no_keep_alive_client() -> None:
    with hosted() as process:
        failures: list[str] = []
        answered: list[int] = []
        clients = [
            threading.Thread(target=_ask_on, args=(process.port, answered, failures)) for _ in range(8)
        ]
        slow = threading.Thread(target=lambda: answered.append(post(process, b"", "/intake/slow")[0]))
        for thread in (*clients, slow):
            thread.start()
        time.sleep(0.3)
        took = process.terminate()
        for thread in (*clients, slow):
            thread.join()
    assert failures == []
    assert len(answered) > 20
    assert set(answered) == {200}
    assert took < 15.0
    assert "cut" not in process.errors
    assert "forced" not in process.errors
    assert process.child.returncode == 0


def test_a_stop_does_not_wait_for_idle_clients() -> None:
    with hosted() as process:
        idle = [socket.create_connection(("127.0.0.1", process.port)) for _ in range(5)]
        idle[0].sendall(GET)
        idle[1].sendall(b"GET / HT")
        time.sleep(0.2)
        assert process.terminate() < 15.0
        for connected in idle:
            connected.close()
    assert "cut" not in process.errors
    assert "forced" not in process.errors


def _ask_on(port: int, answered: list[int], failures: list[str]) -> None:
    """Keep asking on one connection until the server says that it closes it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        while True:
            connection.request("POST", "/intake/x", b"abc")
            response = connection.getresponse()
            response.read()
            answered.append(response.status)
            if response.will_close:
                return
    except (OSError, HTTPException) as error:
        failures.append(repr(error))
    finally:
        connection.close()
