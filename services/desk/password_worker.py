"""A child process that does the desk's Argon2id work, one request after the other.

Run as a program with the number of an inherited socket; reads and writes lines of JSON until the socket ends.
It imports nothing of this project: it starts fast and holds no keys, no settings and no database.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id


def answer(request: Mapping[str, str | int]) -> dict[str, str | bool]:
    """`hash`, `verify` or `derive`; texts are UTF-8, bytes are hex."""
    secret = str(request["secret"]).encode()
    passes, memory = int(request["passes"]), int(request["memory"])
    if request["do"] == "hash":
        return {"hash": argon2id.str(secret, passes, memory).decode()}
    if request["do"] == "verify":
        try:
            return {"right": argon2id.verify(str(request["hash"]).encode(), secret)}
        except (CryptoError, ValueError):
            return {"right": False}
    return {"key": argon2id.kdf(32, secret, bytes.fromhex(str(request["salt"])), passes, memory).hex()}


def main(descriptor: int) -> None:
    # Green threads make their sockets non-blocking, and a child inherits that: reading would end at once.
    os.set_blocking(descriptor, True)
    with socket.socket(fileno=descriptor) as link, link.makefile("rwb") as stream:
        for line in stream:
            stream.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
            stream.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
