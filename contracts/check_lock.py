"""Which text of each check the tests were written for.

``clauses/checks.lock`` has one line a check: clause, number, digest of the text. When a check's text in the
catalogue no longer matches, its row counts as open again until somebody has read the tests against the
new text and renewed the line.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from contracts.clause import Catalogue

LOCK = Path(__file__).parent / "clauses" / "checks.lock"
_HEAD = "# Generated: the checks that the tests were written for. Renew a row after reviewing its tests:\n"
_HOW = "# python -m contracts.generate --reviewed <clause>\n"


def digest(text: str) -> str:
    """Twelve hex digits that change with the words of a check, not with its line breaks."""
    return sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def read(path: Path = LOCK) -> Mapping[tuple[str, int], str]:
    """The digest of each locked check, by clause and 1-based number."""
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(clause, int(number)): locked for clause, number, locked in lines}


def is_reviewed(
    clause_id: str, number: int, catalogue: Catalogue, lock: Mapping[tuple[str, int], str]
) -> bool:
    """Whether the tests of this check were written for the text it has now."""
    text = catalogue.clause(clause_id).checks[number - 1]
    return lock.get((clause_id, number)) == digest(text)


def renew(clause_ids: Iterable[str], catalogue: Catalogue, path: Path = LOCK) -> None:
    """Lock the present texts of these clauses; other lines stay, those of vanished checks go."""
    renewed = set(clause_ids)
    before = read(path)
    lines = []
    for clause in catalogue.clauses.values():
        for number, text in enumerate(clause.checks, start=1):
            locked = digest(text) if clause.id in renewed else before.get((clause.id, number))
            if locked is not None:
                lines.append(f"{clause.id} {number} {locked}\n")
    path.write_text(_HEAD + _HOW + "".join(lines), "utf-8")
