"""One-time codes against the vectors of RFC 6238, their window, and that none is taken twice."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from services.desk.domain import one_time_codes
from services.desk.domain.one_time_codes import step_of
from services.desk.domain.session_life import shortened

SECRET = base64.b32encode(b"12345678901234567890").decode()
"""Of the RFC's appendix B; its codes have eight digits, of which ours are the last six."""


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(SECRET, code, at(seconds), after=-1) == seconds // 30


@pytest.mark.parametrize(
    ("off", "taken"),
    [(-60, False), (-31, False), (-30, True), (0, True), (29, True), (59, True), (60, False)],
)
def test_a_phone_may_be_one_step_slow_or_fast_and_no_more(off: int, *, taken: bool) -> None:
    shown = 1234567890  # the beginning of a step: the code is that of the 30 seconds from here on
    assert (step_of(SECRET, "005924", at(shown) + timedelta(seconds=off), after=-1) is not None) is taken


def test_a_step_that_was_taken_is_not_taken_again() -> None:
    moment = at(1234567890)
    step = step_of(SECRET, "005924", moment, after=-1)
    assert step is not None
    assert step_of(SECRET, "005924", moment, after=step) is None
    assert step_of(SECRET, "005924", moment, after=step - 1) == step


@pytest.mark.parametrize("code", ["", "05924", "0005924", "００５９２４", "00592a", "-05924", "005924 "])
def test_what_is_not_six_digits_is_no_code(code: str) -> None:
    assert step_of(SECRET, code, at(1234567890), after=-1) is None


def test_the_address_names_the_installation_the_account_and_the_secret() -> None:
    parts = urlsplit(one_time_codes.address_of(SECRET, "clerk1"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Dengwen:clerk1")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Dengwen"]}


def test_secrets_have_160_bits_and_recovery_codes_80_and_none_comes_twice() -> None:
    secrets = {one_time_codes.new_secret() for _ in range(50)}
    codes = {code for _ in range(20) for code in one_time_codes.new_recovery_codes()}
    assert (len(secrets), len(codes)) == (50, 200)
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}
    assert all(re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", code) for code in codes)


def test_a_code_is_read_as_people_type_it() -> None:
    assert one_time_codes.plain(" 005 924\n") == "005924"
    assert one_time_codes.plain("abcd-efgh 2345-6723") == "ABCDEFGH23456723"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("10.1.2.3", "10.1.2.*"),
        ("192.168.100.200", "192.168.100.*"),
        ("2001:db8:1:2::3", "2001:db8:1::*"),
        ("::1", "::*"),
        ("unknown", ""),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_of_a_source_the_last_part_is_not_kept(source: str, kept: str) -> None:
    assert shortened(source) == kept
