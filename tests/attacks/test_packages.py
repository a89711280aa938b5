"""Packages that somebody else made: bombs, ways out, doubles, links. Anybody can encrypt to the archive's key."""

from __future__ import annotations

import io
import stat
import tracemalloc
import warnings
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import SealedBox
from nacl.signing import SigningKey

from dengwen.commands.archive import command
from services.archive.verification import Verification, verify_package
from services.chassis import keys
from services.chassis.keys import KeyRing
from services.chassis.packages import LARGEST_MANIFEST
from services.chassis.papers import canonical

MIB = 1024 * 1024
BOMB = 200 * MIB
Files = list[tuple[str | zipfile.ZipInfo, bytes]]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of an installation."""
    folder = tmp_path_factory.mktemp("installation")
    keys.generate(folder / "keys")
    return folder


def named(name: str | zipfile.ZipInfo) -> str:
    return name if isinstance(name, str) else name.filename


def manifest_of(content: Files, ring: KeyRing, **changes: Any) -> dict[str, Any]:
    listed = {named(name): sha256(body).hexdigest() for name, body in content}
    return {
        "format": "dengwen package v1", "service": "intake", "key_id": ring.key_id, "kind": "petition", "id": "x",
        "no": "XF-1", "closed_at": "2026-03-02", "files": listed, **changes,
    }  # fmt: skip


def packed(
    root: Path, content: Files, *, signing: SigningKey | None = None, statement: bytes = b"", **changes: Any
) -> bytes:
    """A package of these files, signed by intake unless told otherwise, encrypted to the archive."""
    ring = keys.load(root / "keys", "intake")
    said = statement or canonical(manifest_of(content, ring, **changes))
    signed = (signing or ring.signing).sign(said).signature
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # of the doubles that we make on purpose
        for name, body in [*content, ("manifest.json", said), ("manifest.sig", bytes(signed))]:
            archive.writestr(name, body)
    return sealed(root, buffer.getvalue())


def sealed(root: Path, body: bytes) -> bytes:
    return bytes(SealedBox(keys.load(root / "keys", "intake").boxes["archive"]).encrypt(body))


def checked(root: Path, tmp_path: Path, package: bytes) -> Verification:
    file = tmp_path / "volume.dengwen"
    file.write_bytes(package)
    return verify_package(file, root / "keys")


TRAIL: Files = [("trail.jsonl", b"{}\n")]


def test_a_package_as_it_should_be_is_whole(root: Path, tmp_path: Path) -> None:
    found = checked(
        root, tmp_path, packed(root, [*TRAIL, ("papers/a.json", b"{}"), ("attachments/b", b"scan")])
    )
    assert (found.damage, found.papers, found.attachments, found.entries) == ("", 1, 1, 1)


@pytest.mark.parametrize("name", [
    "../evil", "/etc/evil", "papers/../../evil", "papers\\..\\evil", "C:evil", "papers/", "papers/a/b.json",
    "PAPERS/a.json", "attachments/\x1b[2J", "trail.jsonl ", "papers/" + "a" * 5000 + ".json",
])  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_though_it_is_signed_and_is_not_said_again(
    root: Path, tmp_path: Path, name: str
) -> None:
    found = checked(root, tmp_path, packed(root, [*TRAIL, (name, b"x")]))
    assert found.damage == "manifest: ValueError"
    assert {path.name for path in tmp_path.rglob("*")} == {"volume.dengwen"}


def test_two_files_of_one_name_are_refused(root: Path, tmp_path: Path) -> None:
    """Programs differ in which of the two they take, so what was checked need not be what is read."""
    found = checked(
        root, tmp_path, packed(root, [*TRAIL, ("attachments/a", b"forged"), ("attachments/a", b"true")])
    )
    assert found.damage == "manifest: ValueError"


def test_a_link_is_a_file_that_says_where_it_leads_and_is_followed_by_nobody(
    root: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"scan")
    link = zipfile.ZipInfo("attachments/a")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    of_the_secret = {"trail.jsonl": sha256(b"{}\n").hexdigest(), "attachments/a": sha256(b"scan").hexdigest()}
    found = checked(root, tmp_path, packed(root, [*TRAIL, (link, str(secret).encode())], files=of_the_secret))
    assert found.damage == "attachments/a"


@pytest.mark.parametrize("by", ["a stranger", "intake"])
def test_a_bomb_is_refused_before_it_fills_the_memory(root: Path, tmp_path: Path, by: str) -> None:
    """A stranger's is not unpacked at all; under a true signature, what was signed is not what is there."""
    files: Files = [*TRAIL, ("attachments/a", bytes(BOMB))]
    listed = {name: "0" * 64 for name, _ in files if isinstance(name, str)}
    stranger = SigningKey.generate() if by == "a stranger" else None
    package = packed(root, files, signing=stranger, files=listed)
    assert len(package) < MIB
    del files
    tracemalloc.start()
    found = checked(root, tmp_path, package)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.damage == ("manifest: BadSignatureError" if stranger else "attachments/a")
    assert most < 30 * MIB


def test_a_manifest_beyond_all_measure_is_not_read(root: Path, tmp_path: Path) -> None:
    statement = b" " * (LARGEST_MANIFEST + 1)
    assert checked(root, tmp_path, packed(root, TRAIL, statement=statement)).damage == "manifest: ValueError"


@pytest.mark.parametrize("statement", [
    b"null", b"[]", b'""', b"{}", b"[" * 100_000, b"\xff\xfe", b'{"service":["intake"],"key_id":{}}',
])  # fmt: skip
def test_a_statement_that_is_no_manifest_is_damage(root: Path, tmp_path: Path, statement: bytes) -> None:
    assert checked(root, tmp_path, packed(root, TRAIL, statement=statement)).damage.startswith("manifest: ")


@pytest.mark.parametrize("files", [None, 7, "trail.jsonl", ["a"], {"trail.jsonl": 7}])
def test_a_list_of_files_that_is_none_is_damage(root: Path, tmp_path: Path, files: Any) -> None:
    assert checked(root, tmp_path, packed(root, TRAIL, files=files)).damage != ""


@pytest.mark.parametrize(("place", "value"), [(6, 1), (8, 99)], ids=["locked", "an unknown compression"])
def test_a_file_that_cannot_be_read_is_damage(root: Path, tmp_path: Path, place: int, value: int) -> None:
    """Both headers of each file are changed: their flags, or how they are compressed."""
    plain = bytearray(keys.unseal(keys.load(root / "keys", "archive").box, packed(root, TRAIL)))
    for mark, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = plain.find(mark)
        while at >= 0:
            plain[at + place + shift] = value
            at = plain.find(mark, at + 4)
    assert checked(root, tmp_path, sealed(root, bytes(plain))).damage != ""


@settings(max_examples=60)
@given(data=st.data())
def test_no_byte_changed_inside_makes_a_fault_or_another_content(root: Path, data: st.DataObject) -> None:
    """Whoever encrypts anew can change anything: it is damage, or changes nothing that was signed."""
    plain = bytearray(
        keys.unseal(keys.load(root / "keys", "archive").box, packed(root, [*TRAIL, ("papers/a.json", b"{}")]))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    file = root / f"{sha256(plain).hexdigest()}.dengwen"
    file.write_bytes(sealed(root, bytes(plain)))
    found = verify_package(file, root / "keys")
    file.unlink()
    assert found.damage or (found.papers, found.entries, found.manifest["id"]) == (1, 1, "x")


def test_the_command_says_damage_in_a_sentence(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "volume.dengwen"
    file.write_bytes(packed(root, [*TRAIL, ("../evil", b"x")]))
    told = CliRunner().invoke(command, ["verify", str(file), "--folder", str(root)])
    assert (told.exit_code, "Traceback" in told.output) == (1, False)
    assert "the package is damaged" in told.output
    assert "evil" not in told.output
