"""Keys: who can open what, and who can't."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from services.chassis import keys
from services.chassis.settings import SERVICES

HERS = PrivateKey.generate()


@given(plain=st.binary(max_size=200), binding=st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_ciphertext_opens_with_its_key_for_its_row_and_nothing_else(plain: bytes, binding: str) -> None:
    key, other = keys.new_case_key(), keys.new_case_key()
    cipher = keys.encrypt(key, plain, binding)
    assert keys.decrypt(key, cipher, binding) == plain
    for wrong_key, wrong_cipher, wrong_binding in (
        (other, cipher, binding),
        (key, cipher, binding + "x"),
        (key, cipher[:-1] + bytes([cipher[-1] ^ 1]), binding),
        (key, cipher[:10], binding),
    ):
        with pytest.raises(keys.CannotOpen):
            keys.decrypt(wrong_key, wrong_cipher, wrong_binding)


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_with_the_private_key_alone(plain: bytes) -> None:
    sealed = keys.seal(bytes(HERS.public_key).hex(), plain)
    assert keys.unseal(HERS, sealed) == plain
    assert len(plain) < 8 or plain not in sealed
    with pytest.raises(keys.CannotOpen):
        keys.unseal(PrivateKey.generate(), sealed)


def test_a_mark_is_equal_for_equal_contents_and_differs_by_purpose_and_service(tmp_path: Path) -> None:
    keys.generate(tmp_path)
    intake, clues = keys.load(tmp_path, "intake"), keys.load(tmp_path, "clues")
    assert intake.mark("a", b"letter") == intake.mark("a", b"letter")
    marks = {intake.mark("a", b"letter"), intake.mark("b", b"letter"), intake.mark("a", b"other"),
             clues.mark("a", b"letter")}  # fmt: skip
    assert len(marks) == 4
    assert all(len(mark) == 32 for mark in marks)


def test_generated_keys_are_their_owners_alone_and_stay(tmp_path: Path) -> None:
    keys.generate(tmp_path / "keys")
    first = keys.load(tmp_path / "keys", "desk")
    keys.generate(tmp_path / "keys")
    assert keys.load(tmp_path / "keys", "desk").wrap == first.wrap
    for file in (tmp_path / "keys").glob("*.key"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    trust = json.loads((tmp_path / "keys" / "trust.json").read_text())
    assert set(trust) == set(SERVICES)
    secret = bytes(first.signing).hex()
    assert secret not in json.dumps(trust)


def test_missing_or_damaged_key_files_are_named_and_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(keys.KeyFileError) as missing:
        keys.load(tmp_path, "intake")
    assert "intake" in str(missing.value)
    keys.generate(tmp_path)
    (tmp_path / "intake.wrap.key").write_text("geheim")
    with pytest.raises(keys.KeyFileError) as damaged:
        keys.load(tmp_path, "intake")
    assert "geheim" not in str(damaged.value)
