"""Which tests prove which check of which clause, read from the tests' own marks (`@proves("LZ-12.1", check=1)`).

Nothing but the standard library: the image, which has no tests, gets the list while it is built
(`python services/desk/proofs.py tests > services/desk/proofs.json`, see deploy/Dockerfile).
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTED = Path(__file__).with_suffix(".json")

Proofs = Mapping[str, Mapping[str, Sequence[str]]]
"""Clause → number of the check → tests, as `file::name`."""


def read_marks(tests: Path) -> dict[str, dict[str, list[str]]]:
    """Every mark that stands before a test; marks given by parameters are not seen."""
    found: dict[str, dict[str, list[str]]] = {}
    for file in sorted(tests.rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        if "\n@proves(" not in text:
            continue
        for test in ast.parse(text).body:
            if isinstance(test, ast.FunctionDef):
                name = f"{file.relative_to(tests.parent).as_posix()}::{test.name}"
                for clause, check in filter(None, map(_marked, test.decorator_list)):
                    found.setdefault(clause, {}).setdefault(check, []).append(name)
    return found


def _marked(decorator: ast.expr) -> tuple[str, str] | None:
    """Clause and check of `proves("LZ-12.1", check=1)`; None: it is no such mark."""
    match decorator:
        case ast.Call(
            func=ast.Name(id="proves"),
            args=[ast.Constant(value=str(clause))],
            keywords=[ast.keyword(arg="check", value=ast.Constant(value=int(check)))],
        ):
            return clause, str(check)
    return None


@cache
def proofs() -> Proofs | None:
    """From the tests beside this program, or from the list made when it was built; None: there is neither."""
    if LISTED.exists():
        loaded: dict[str, dict[str, list[str]]] = json.loads(LISTED.read_text(encoding="utf-8"))
        return loaded
    tests = ROOT / "tests"
    return read_marks(tests) if tests.is_dir() else None


if __name__ == "__main__":
    json.dump(
        read_marks(Path(sys.argv[1]).resolve()), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True
    )
