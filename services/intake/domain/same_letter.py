"""When two registered letters are one and the same (LZ-12.6): equal scans, or equal summaries."""

from __future__ import annotations

import unicodedata

SHORTEST = 12
"""Characters that a summary needs to tell a letter; shorter ones are stock phrases."""


def telling_text(summary: str) -> str:
    """What two copies of a letter share: letters and digits, in one width and case; empty if too short to tell."""
    plain = unicodedata.normalize("NFKC", summary).casefold()
    kept = "".join(sign for sign in plain if sign.isalnum())
    return kept if len(kept) >= SHORTEST else ""
