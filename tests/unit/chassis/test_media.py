"""What an upload is told to be, by its bytes alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.refusals import Refusal
from services.chassis.media import media_type_of


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"%PDF-1.7 text %%EOF", "application/pdf"),
        (b"%PDF-1.7 text %%EOF\r\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82", "image/png"),
        (b"\xff\xd8\xff\xe0....\xff\xd9", "image/jpeg"),
        (b"II*\x00....", "image/tiff"),
        (b"MM\x00*....", "image/tiff"),
        (b"ID3....", "audio/mpeg"),
        (b"RIFF....WAVEfmt ", "audio/wav"),
        (b"....ftypmp42", "video/mp4"),
    ],
)
def test_a_scan_picture_or_recording_is_known(body: bytes, expected: str) -> None:
    assert media_type_of(body) == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "MISSING_DOCUMENT"),
        (b"%PDF", "UNSUPPORTED_MEDIA"),
        (b" %PDF-1.4 %%EOF", "UNSUPPORTED_MEDIA"),
        (b"RIFF....AVI ", "UNSUPPORTED_MEDIA"),
        (b"%PDF-1.4 cut", "BROKEN_FILE"),
        (b"%PDF-1.4 %%EOF" + b" " * 2000, "BROKEN_FILE"),
        (b"\xff\xd8\xff", "BROKEN_FILE"),
    ],
)
def test_anything_else_is_refused_with_its_code(body: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        media_type_of(body)
    assert refused.value.code.value == code


@given(st.binary(max_size=64))
def test_no_bytes_at_all_make_a_fault(body: bytes) -> None:
    try:
        found = media_type_of(body)
    except Refusal as refusal:
        found = str(refusal.code.status)
    assert "/" in found or found in ("415", "422")
