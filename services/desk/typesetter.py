"""A child process that sets papers as PDF with Typst, one request after the other.

Run as a program with the number of an inherited socket; reads and writes lines of JSON until the socket ends.
It imports nothing of this project and reads no file but the template and its font. See `worker.py`.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

FORMS = Path(__file__).with_name("forms")
FONTS = FORMS / "fonts"


@cache
def characters() -> frozenset[str]:
    """What the font can show: GB 2312 and the 8,105 characters of the national table."""
    return frozenset((FONTS / "characters.txt").read_text("utf-8"))


def shown(value: Any) -> Any:
    """The value with every character that the font lacks as `〔U+20BB7〕`: readable, where a box would not be."""
    if isinstance(value, str):
        return "".join(c if c in characters() else f"〔U+{ord(c):04X}〕" for c in value)
    if isinstance(value, list):
        return [shown(one) for one in value]
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items()}
    return value


def answer(request: Mapping[str, Any]) -> dict[str, str]:
    """The PDF of `sheets`, base64. Fonts of the machine are not asked: the same paper looks the same everywhere."""
    pdf = typst.compile(
        FORMS / "paper.typ",
        root=FORMS,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        timestamp=0,  # the same paper is the same file, whenever it is printed
        sys_inputs={"sheets": json.dumps(shown(request["sheets"]), ensure_ascii=False)},
    )
    return {"pdf": b64encode(pdf).decode()}


def main(descriptor: int) -> None:
    # Green threads make their sockets non-blocking, and a child inherits that: reading would end at once.
    os.set_blocking(descriptor, True)
    with socket.socket(fileno=descriptor) as link, link.makefile("rwb") as stream:
        for line in stream:
            stream.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
            stream.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
