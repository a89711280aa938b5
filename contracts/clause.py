"""The clause catalogue (条款): what the published texts ask, with citations and dated values.

``catalogue()`` reads ``catalogue.json``, the checked and compact copy of the YAML sources that people
read and edit (``contracts/clauses``, ``contracts/vocabulary``); ``contracts/clause_sources.py`` makes it
and a test compares the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.fields import ClauseId
from contracts.working_days import Unit

Service = Literal["intake", "clues", "inspection", "notifications", "archive", "desk"]
ValueUnit = Unit | Literal["percent", "count", "years_back"]
Bound = Literal["within", "at_least"]
VALUE_UNITS: tuple[str, ...] = (*get_args(Unit), "percent", "count", "years_back")

_COMPACT = Path(__file__).parent / "clauses" / "catalogue.json"
_Text = Annotated[str, Field(min_length=1)]
# `a|b`: one of the two signs.
_Alternatives = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\|[a-z][a-z0-9_]*)*$")]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class UnknownClause(LookupError):
    """The catalogue has no such clause; check the id against ``contracts/clauses``."""


class UnknownValue(LookupError):
    """The clause has no such number, or none in force that day; check ``contracts/clauses/values.yaml``."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Instrument(_Entry):
    """A published text: the norm that its clauses cite."""

    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: _Text
    issuer: _Text
    level: Literal["district", "county", "city"]
    issued: date | None = None
    nature: _Text

    @property
    def citation(self) -> str:
        """Issuer, title and day of issue, as a paper cites them."""
        issued = f",{self.issued.year}年{self.issued.month}月{self.issued.day}日" if self.issued else ""
        return f"{self.issuer}《{self.title}》{issued}"


class Approval(_Entry):
    """One step of approval; steps come in order unless ``any_order``."""

    role: tuple[_Name, ...]
    act: _Name = "approve"
    via: _Name | None = None
    when: str | None = None
    any_order: bool = False


class Deadline(_Entry):
    """A limit: the name of its dated value, and in words the day it is counted from."""

    value: _Name
    counted_from: Annotated[str, Field(alias="from", min_length=1)]


class Quota(_Entry):
    """A number or share to be reached: the name of its dated value, of what, per what."""

    value: _Name
    of: _Text
    per: _Text
    rounding: Literal["up"] | None = None
    soft: bool = False


class Clause(_Entry):
    """One row: a duty, permission, prohibition, deadline, approval, paper, figure or hand-off."""

    id: ClauseId
    instrument: str
    citation: _Text
    article: _Text
    title: _Text
    zh: _Text
    service: Service
    kind: _Name
    modality: Literal["must", "may", "should", "must_not"]
    enforcement: Literal["hard", "clock", "soft", "record", "compute", "reference"]
    basis: Literal["text", "inferred", "practice"]
    trigger: _Text
    action: _Text
    confidentiality: Literal["normal", "restricted", "sealed"]
    checks: Annotated[tuple[_Text, ...], Field(min_length=1)]
    actor: tuple[_Name, ...] = ()
    recipients: tuple[_Name, ...] = ()
    approvals: tuple[Approval, ...] = ()
    deadline: Deadline | None = None
    timing: str | None = None
    recurrence: Literal["half_monthly", "monthly", "quarterly", "half_yearly", "yearly"] | None = None
    quota: Quota | None = None
    papers: tuple[_Name, ...] = ()
    need_to_know: tuple[_Name, ...] = ()
    emits: tuple[str, ...] = ()
    stage: int | None = None
    notes: str | None = None


class DatedValue(_Entry):
    """A number of a text, in force from a day on.

    ``effect``: late (flagged), warning (shown, no breach) or gate (an act is refused). ``until`` is its
    last day, or None while nothing later takes its place.
    """

    clause: ClauseId
    name: _Name
    amount: Annotated[int, Field(ge=0, le=100_000)]
    unit: ValueUnit
    bound: Bound
    effective_from: Annotated[date, Field(alias="from")]
    until: date | None = None
    basis: Literal[
        "text", "text_start_inferred", "text_due_day_inferred", "text_external", "parameter", "practice"
    ]
    effect: Literal["late", "warning", "gate"]
    citation: _Text

    @property
    def version(self) -> str:
        """Names this very value: its first day and a digest of what it says. A duty keeps it."""
        said = f"{self.clause}|{self.name}|{self.amount}|{self.unit}|{self.bound}|{self.citation}"
        return f"{self.effective_from.isoformat()}.{sha256(said.encode()).hexdigest()[:8]}"


class Role(_Entry):
    """An office, post or person that acts."""

    zh: _Text
    en: _Text
    group: _Name
    aliases: tuple[str, ...] = ()
    note: str | None = None


class Paper(_Entry):
    """A form, letter, report or ledger: its fields, signatories, number and holders of copies."""

    zh: _Text
    en: _Text
    copies: Annotated[int, Field(ge=0)]
    clauses: tuple[ClauseId, ...]
    fields: tuple[str, ...] = ()
    signatories: tuple[_Alternatives, ...] = ()
    copy_holders: tuple[str, ...] = ()
    confidentiality: str | None = None
    source: Literal["form", "named", "implied"] | None = None
    note: str | None = None


class Statistic(_Entry):
    """A figure that a text names, with its computation in words."""

    row: ClauseId
    reported: str
    unit: str
    population: str
    filter: str
    date_field: str
    aggregate: str
    formula: str


class Contents(_Entry):
    """Everything in the catalogue, as it is stored."""

    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]
    values: tuple[DatedValue, ...]
    roles: Mapping[str, Role]
    papers: Mapping[str, Paper]
    statistics: tuple[Statistic, ...]


CONTENTS: TypeAdapter[Contents] = TypeAdapter(Contents)


@dataclass(frozen=True)
class Catalogue:
    """The catalogue, looked up by clause, value, role and paper."""

    contents: Contents

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause by its id, in the order of the texts."""
        return {clause.id: clause for clause in self.contents.clauses}

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], tuple[DatedValue, ...]]:
        by_name: dict[tuple[str, str], list[DatedValue]] = {}
        for value in self.contents.values:
            by_name.setdefault((value.clause, value.name), []).append(value)
        return {key: tuple(values) for key, values in by_name.items()}

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id; raises UnknownClause."""
        try:
            return self.clauses[clause_id]
        except KeyError:
            raise UnknownClause(clause_id) from None

    def value(self, clause_id: str, name: str, on: date, installed: Sequence[DatedValue] = ()) -> DatedValue:
        """The number in force ``on`` that day.

        ``installed`` are the installation's own values (ruling 14): from their day on they come before
        the shipped ones. Raises UnknownClause or UnknownValue.
        """
        self.clause(clause_id)
        own = [value for value in installed if (value.clause, value.name) == (clause_id, name)]
        found = in_force(own, on) or in_force(self._values.get((clause_id, name), ()), on)
        if found is None:
            raise UnknownValue(f"{clause_id} {name} on {on.isoformat()}")
        return found

    def values(self, clause_id: str) -> tuple[DatedValue, ...]:
        """Every shipped value of a clause, of all times; raises UnknownClause."""
        self.clause(clause_id)
        return tuple(value for value in self.contents.values if value.clause == clause_id)

    def instrument(self, prefix: str) -> Instrument:
        """The text whose clauses begin with this prefix; raises UnknownClause."""
        for instrument in self.contents.instruments:
            if instrument.prefix == prefix:
                return instrument
        raise UnknownClause(prefix)

    def role(self, code: str) -> Role:
        """The role with this code; raises KeyError."""
        return self.contents.roles[code]

    def paper(self, code: str) -> Paper:
        """The paper with this code; raises KeyError."""
        return self.contents.papers[code]


def in_force(values: Iterable[DatedValue], on: date) -> DatedValue | None:
    """Of the values of one number, the one that began last and has not ended ``on`` that day."""
    begun = [value for value in values if value.effective_from <= on]
    latest = max(begun, key=lambda value: value.effective_from, default=None)
    if latest is None or (latest.until is not None and latest.until < on):
        return None
    return latest


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue; read once in a process."""
    return Catalogue(CONTENTS.validate_json(_COMPACT.read_bytes()))
