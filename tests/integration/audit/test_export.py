"""Bundles: an auditor verifies a trail from one file, without a database."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from services.chassis.audit.export import (
    ENTRIES,
    HEADS,
    MANIFEST,
    WITNESSED,
    BundleUnreadable,
    bundle_heads,
    bundle_keys,
    export_trail,
    verify_bundle,
)
from services.chassis.audit.findings import Fault
from tests.integration.audit.installation import Installation


def export(history: Installation, path: Path) -> Path:
    service = history.services["clues"]
    with history.attacked("clues", lambda _session: None) as parts:
        others = {name: session for name, session in parts.items() if name != "clues"}
        assert export_trail(path, "clues", parts["clues"], others, service.trusted) == 60
    return path


def rewritten(source: Path, name: str, change: Callable[[list[str]], list[str]]) -> Path:
    """A copy of the bundle with the lines of one file changed."""
    target = source.with_name(f"{source.stem}-changed.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            lines = old.read(member).decode().splitlines()
            new.writestr(
                member, "".join(f"{line}\n" for line in (change(lines) if member == name else lines))
            )
    return target


def test_a_bundle_verifies_offline(history: Installation, tmp_path: Path) -> None:
    bundle = export(history, tmp_path / "clues.zip")
    report = verify_bundle(bundle, history.services["clues"].trusted)
    assert report.ok, report.first
    counts = report.counts["clues"]
    assert (counts.entries, counts.heads, counts.witnessed) == (60, 6, {"archive": 60, "intake": 60})
    assert verify_bundle(bundle).ok
    assert bundle_keys(bundle) == {"clues/1": bytes(history.services["clues"].key.verify_key).hex()}


def test_the_same_trail_gives_the_same_bytes(history: Installation, tmp_path: Path) -> None:
    first, second = (export(history, tmp_path / f"{name}.zip").read_bytes() for name in ("a", "b"))
    assert first == second


def test_a_bundle_holds_no_salt(history: Installation, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(history, tmp_path / "clues.zip")) as bundle:
        assert all(b"salt" not in bundle.read(name) for name in bundle.namelist())
        assert bundle.namelist()[-1] == MANIFEST


def test_an_edited_entry_is_found_in_the_bundle(history: Installation, tmp_path: Path) -> None:
    def edit(lines: list[str]) -> list[str]:
        return [
            line.replace('"office":"o1"', '"office":"o2"') if at == 20 else line
            for at, line in enumerate(lines)
        ]

    report = verify_bundle(rewritten(export(history, tmp_path / "clues.zip"), ENTRIES, edit))
    first = report.first
    assert first is not None
    assert (first.fault, first.leaf, first.leaf_until) == (Fault.HEAD_ROOT, 20, 29)
    assert Fault.BUNDLE_CHANGED in {finding.fault for finding in report.of("clues")}


def test_a_bundle_cut_short_is_found_even_without_its_last_head(
    history: Installation, tmp_path: Path
) -> None:
    whole = export(history, tmp_path / "clues.zip")
    shorter = rewritten(whole, ENTRIES, lambda lines: lines[:50])
    report = verify_bundle(rewritten(shorter, HEADS, lambda lines: lines[:5]))
    assert (Fault.HEAD_BEYOND, 50, "archive") in {(f.fault, f.leaf, f.witness) for f in report.of("clues")}


def test_a_bundle_of_another_key_is_found(history: Installation, tmp_path: Path) -> None:
    bundle = export(history, tmp_path / "clues.zip")
    first = verify_bundle(bundle, {"clues/1": SigningKey.generate().verify_key}).first
    assert first is not None
    assert (first.fault, first.head) == (Fault.HEAD_SIGNATURE, 10)


def test_dropping_the_witnesses_is_seen_in_the_manifest(history: Installation, tmp_path: Path) -> None:
    bundle = rewritten(export(history, tmp_path / "clues.zip"), WITNESSED, lambda _lines: [])
    assert [(f.fault, f.subject) for f in verify_bundle(bundle).of("clues")] == [
        (Fault.BUNDLE_CHANGED, WITNESSED)
    ]


def test_the_heads_of_a_bundle_are_evidence_for_the_installation(
    history: Installation, tmp_path: Path
) -> None:
    service, heads = bundle_heads(export(history, tmp_path / "clues.zip"))
    assert [head.size for head in heads] == [10, 20, 30, 40, 50, 60]
    assert history.verify_unharmed(known={service: heads}).ok


@pytest.mark.parametrize("damage", ["no zip", "truncated", "no json"])
def test_a_damaged_file_is_said_to_be_unreadable(history: Installation, tmp_path: Path, damage: str) -> None:
    bundle = export(history, tmp_path / "clues.zip")
    if damage == "no zip":
        bundle.write_bytes(b"PK nothing")
    elif damage == "truncated":
        bundle.write_bytes(bundle.read_bytes()[:-200])
    else:
        bundle = rewritten(bundle, HEADS, lambda _lines: ["{"])
    with pytest.raises(BundleUnreadable):
        verify_bundle(bundle)
