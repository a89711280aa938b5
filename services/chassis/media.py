"""What an upload is, told from its first bytes. Scans, pictures and recordings; nothing that runs."""

from __future__ import annotations

from contracts.refusals import Refusal, RefusalCode

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
)
_TAILS = {"application/pdf": b"%%EOF", "image/png": b"IEND", "image/jpeg": b"\xff\xd9"}
"""What a whole file has near its end; a file cut off half-way has not."""


def media_type_of(body: bytes) -> str:
    """The media type; raises Refusal(MISSING_DOCUMENT | UNSUPPORTED_MEDIA | BROKEN_FILE)."""
    if not body:
        raise Refusal(RefusalCode.MISSING_DOCUMENT)
    media_type = next((kind for signature, kind in _SIGNATURES if body.startswith(signature)), None)
    if media_type is None:
        if body[:4] == b"RIFF" and body[8:12] == b"WAVE":
            return "audio/wav"
        if body[4:8] == b"ftyp":
            return "video/mp4"
        raise Refusal(RefusalCode.UNSUPPORTED_MEDIA)
    tail = _TAILS.get(media_type)
    if tail is not None and tail not in body[-1024:]:
        raise Refusal(RefusalCode.BROKEN_FILE)
    return media_type
