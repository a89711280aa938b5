"""The office's internal rule on the use of measures (LZ-16.12): filed by the head, in force from its date on."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryOffice
from services.clues.acts.measures_ledger import keep_a_ledger
from services.clues.papers.measure import RuleEntry
from services.clues.storage_measure import MeasuresRule

Entering = Performance[MeasuresRule, RuleEntry]


def rule_in_force(session: Session, office_id: str, on: date) -> bool:
    query = select(MeasuresRule.id).where(
        MeasuresRule.office_id == office_id, MeasuresRule.effective_on <= on
    )
    return session.scalars(query.limit(1)).first() is not None


def of_office(p: Entering) -> MeasuresRule:
    office_id = p.work.actor.office_id
    office = look_up(p.session, DirectoryOffice, office_id)
    return MeasuresRule(
        id=p.work.new_id(),
        no=f"ZD-{office_id}-{p.paper.version_code}"[:64],
        state="filed",
        version=0,
        secrecy=NORMAL,
        office_id=office_id,
        liaison_office_id=office.liaison_office_id if office else "",
        unit_id="",
        registrar_id=p.work.actor.person_id,
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        version_code=p.paper.version_code,
        effective_on=p.paper.effective_on,
    )


def one_rule_for_each_version(p: Entering) -> None:
    query = select(MeasuresRule.id).where(
        MeasuresRule.office_id == p.work.actor.office_id, MeasuresRule.version_code == p.paper.version_code
    )
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="version_code")


def begin_the_ledger(p: Entering) -> None:
    keep_a_ledger(p.work, p.subject.office_id)


FILE_MEASURES_RULE = Act(
    name="file_measures_rule",
    zh="措施使用内部监督管理制度存档",
    en="File the internal rule on measures",
    clauses=("LZ-16.12",),
    on=MeasuresRule,
    by=(post("dispatched_office_head", at=None),),
    paper=RuleEntry,
    new=of_office,
    becomes="filed",
    documents=(Document("measures_internal_rule", "措施使用内部监督管理制度(扫描)", "LZ-16.12"),),
    guards=(one_rule_for_each_version,),
    effect=begin_the_ledger,
)
