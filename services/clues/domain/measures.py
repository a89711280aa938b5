"""Measures as data: which one at which stage, by whose approval, and the clause of each cell (LZ-16.1 to LZ-16.10).

`MEASURES` is the table of article 16. Whoever reads it reads the text; the functions below only look things up in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far the office's work on a clue has come."""

    DAILY = "daily_supervision"
    VERIFICATION = "verification"
    FILED = "after_filing"


STAGE_ZH = {Stage.DAILY: "日常监督", Stage.VERIFICATION: "初步核实", Stage.FILED: "立案后"}
STAGE_CLAUSE = {Stage.DAILY: "LZ-16.1", Stage.VERIFICATION: "LZ-16.2", Stage.FILED: "LZ-16.3"}
"""The clause that says which measures there are at a stage."""


class Level(StrEnum):
    """Who approves: the head of the office, the district commission or the city commission."""

    HEAD = "head"
    DISTRICT = "district"
    CITY = "city"


APPROVER_ROLE = {
    Level.HEAD: "dispatched_office_head",
    Level.DISTRICT: "commission_leader",
    Level.CITY: "city_commission",
}
"""The post that approves at a level; the city commission has none here, its written answer is entered."""


class Trait(StrEnum):
    """What takes a request to a higher level than its measure."""

    PRINCIPAL = "principal"
    PRINCIPALS_PROPERTY = "principals_property"
    COMMUNICATION = "communication"


class MeasureCode(StrEnum):
    """Measures of the law; the last two are not a dispatched office's."""

    TALK = "talk"
    QUESTIONING = "questioning"
    QUERY = "query"
    OBTAIN = "obtain"
    INSPECTION = "on_site_inspection"
    APPRAISAL = "appraisal"
    EXIT_RESTRICTION = "exit_restriction"
    FREEZE = "freeze"
    SEAL = "seal"
    DETAIN = "detain"
    LIUZHI = "liuzhi"
    TECHNICAL = "technical"


GOES_ON_UNTIL_LIFTED = (
    MeasureCode.EXIT_RESTRICTION,
    MeasureCode.FREEZE,
    MeasureCode.SEAL,
    MeasureCode.DETAIN,
)
"""Measures that last until somebody ends them, of those that an office has."""


@dataclass(frozen=True)
class Higher:
    """An exception: this trait takes the request up to this level."""

    trait: Trait
    level: Level
    clause: str


@dataclass(frozen=True)
class Row:
    """One measure: the stages at which there is it, each with its clause; who approves; the exceptions.

    `asks`: the field of the request without which its level cannot be told, with the clause that asks for it.
    `coercive`: carried out with the commission's document, by the office or by a competent organ (LZ-16.11).
    """

    zh: str
    stages: Mapping[Stage, str]
    level: Level = Level.HEAD
    clause: str = "LZ-16.6"
    higher: tuple[Higher, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    coercive: bool = False


_FROM_DAILY = {Stage.DAILY: "LZ-16.1", Stage.VERIFICATION: "LZ-16.2", Stage.FILED: "LZ-16.3"}
_FROM_VERIFICATION = {Stage.VERIFICATION: "LZ-16.2", Stage.FILED: "LZ-16.3"}
_FROM_FILING = {Stage.FILED: "LZ-16.3"}
_NEVER: Mapping[Stage, str] = {}
_ON_PRINCIPALS = (Higher(Trait.PRINCIPAL, Level.CITY, "LZ-16.8"),)

MEASURES: Mapping[MeasureCode, Row] = {
    MeasureCode.TALK: Row("谈话", _FROM_DAILY, higher=_ON_PRINCIPALS),
    MeasureCode.QUESTIONING: Row("询问", _FROM_VERIFICATION, higher=_ON_PRINCIPALS),
    MeasureCode.QUERY: Row(
        "查询",
        _FROM_DAILY,
        higher=(Higher(Trait.PRINCIPALS_PROPERTY, Level.CITY, "LZ-16.8"),),
        asks={"property_data": "LZ-16.8"},
    ),
    MeasureCode.OBTAIN: Row(
        "调取",
        _FROM_DAILY,
        higher=(Higher(Trait.COMMUNICATION, Level.CITY, "LZ-16.7"),),
        asks={"communication_data": "LZ-16.7"},
    ),
    MeasureCode.INSPECTION: Row("勘验检查", _FROM_VERIFICATION),
    MeasureCode.APPRAISAL: Row("鉴定", _FROM_VERIFICATION),
    MeasureCode.EXIT_RESTRICTION: Row("限制出境", _FROM_VERIFICATION, Level.DISTRICT, "LZ-16.10", coercive=True),
    MeasureCode.FREEZE: Row("冻结", _FROM_FILING, Level.DISTRICT, "LZ-16.10", coercive=True),
    MeasureCode.SEAL: Row("查封", _FROM_FILING, Level.DISTRICT, "LZ-16.10", coercive=True),
    MeasureCode.DETAIN: Row("扣押(暂扣、封存)", _FROM_FILING, Level.DISTRICT, "LZ-16.10", coercive=True),
    MeasureCode.LIUZHI: Row("留置", _NEVER),
    MeasureCode.TECHNICAL: Row("技术调查", _NEVER),
}  # fmt: skip
"""The table (lifecycles.md, 1.6). After filing the earlier measures stay: a cumulative reading, ours."""

MEASURE_ZH = {code: row.zh for code, row in MEASURES.items()}

DAILY_STATES = ("registered", "disposition_approved", "inquiry_issued", "talk_held", "explanation_received")
"""States of a clue in which the office's work on it is daily supervision."""


def stage_of(clue_state: str, *, verification_approved: bool, case_filed: bool) -> Stage | None:
    """The stage at which a clue is; None where there is no measure any more, or not yet.

    `verification_approved`: a verification of it is approved and goes on. `case_filed`: a case has been filed of it.
    """
    if case_filed:
        return Stage.FILED
    if clue_state == "verification":
        return Stage.VERIFICATION if verification_approved else None
    return Stage.DAILY if clue_state in DAILY_STATES else None


def within_reach(code: MeasureCode) -> bool:
    """Whether a dispatched office has the measure at any stage at all."""
    return bool(MEASURES[code].stages)


def first_clause(code: MeasureCode) -> str:
    """The clause of the first stage at which there is the measure."""
    return next(iter(MEASURES[code].stages.values()))


@dataclass(frozen=True)
class Approver:
    """Who approves a request, and by which clause."""

    level: Level
    clause: str

    @property
    def role(self) -> str:
        return APPROVER_ROLE[self.level]


def approver_of(code: MeasureCode, traits: Collection[Trait], instead: Mapping[str, Level]) -> Approver:
    """Whose approval it takes. `instead`: another level that an installation gives an exception, by its clause."""
    row = MEASURES[code]
    for higher in row.higher:
        if higher.trait in traits:
            return Approver(instead.get(higher.clause, higher.level), higher.clause)
    return Approver(row.level, row.clause)


def traits_of(*, principal: bool, property_data: bool, communication_data: bool) -> frozenset[Trait]:
    """`principal`: it is aimed at a principal leader managed by the unit's party committee."""
    found = {
        Trait.PRINCIPAL: principal,
        Trait.PRINCIPALS_PROPERTY: principal and property_data,
        Trait.COMMUNICATION: communication_data,
    }
    return frozenset(trait for trait, holds in found.items() if holds)


def quarter_of(day: date) -> str:
    """The quarter in which a day lies, as events write it: `2026-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def first_day_of(quarter: str) -> date:
    return date(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def last_day_of(quarter: str) -> date:
    following = first_day_of(next_quarter(quarter))
    return date.fromordinal(following.toordinal() - 1)


def next_quarter(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[-1])
    return f"{year + number // 4}-Q{number % 4 + 1}"


class Issuer(StrEnum):
    """In whose name a measure's document is issued (LZ-16.5, LZ-16.11)."""

    OFFICE = "dispatched_office"
    DISTRICT = "district_commission"
    CITY = "city_commission"


ISSUER_ZH = {Issuer.OFFICE: "本派驻机构", Issuer.DISTRICT: "区纪委区监委", Issuer.CITY: "市纪委市监委"}


class Executor(StrEnum):
    """Who carries a measure out (LZ-16.11)."""

    OFFICE = "dispatched_office"
    ORGAN = "executing_organ"


EXECUTOR_ZH = {Executor.OFFICE: "本派驻机构", Executor.ORGAN: "交有关机关执行"}
