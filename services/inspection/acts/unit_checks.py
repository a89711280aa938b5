"""The office checks a unit: political supervision, leading cadres, tasks of lists (LZ-4.1 to 4.3, LZ-5.3, GL-1.4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.inspection.acts.posts import not_in_the_future, persons_known
from services.inspection.acts.problems import find_problem
from services.inspection.acts.responsibility_lists import NOTE_TASK_CHECKED, task_of
from services.inspection.acts.supervision_posts import ANY_OFFICE, coverage_of, covered, item_of, numbered
from services.inspection.domain.unit_check_codes import CLAUSE_OF, UnitCheckType
from services.inspection.papers.unit_checks import TaskChecked, UnitCheckRecord
from services.inspection.storage_unit_check import ResponsibilityList, UnitCheck

Checking = Performance[UnitCheck, UnitCheckRecord]
ASKED_OF = {
    UnitCheckType.DECISIONS: ("decision_ref",),
    UnitCheckType.CADRES: ("focus",),
    UnitCheckType.RESPONSIBILITY: ("list_id", "task_no", "result"),
}
"""What a check of a type cannot be without, and no other check has."""


def type_has_its_fields(p: Checking) -> None:
    for kind, names in ASKED_OF.items():
        for name in names:
            if kind is p.paper.check_type and not getattr(p.paper, name):
                raise p.refuse(RefusalCode.MISSING_FIELD, field=name, clauses=(CLAUSE_OF[kind],))
            if kind is not p.paper.check_type and getattr(p.paper, name):
                raise p.refuse(RefusalCode.OUT_OF_RANGE, field=name, clauses=(CLAUSE_OF[kind],))


def list_of(p: Checking) -> ResponsibilityList:
    """The unit's list, locked; raises Refusal(UNKNOWN_REFERENCE) for any other and for one no longer in force."""
    query = select(ResponsibilityList).where(
        ResponsibilityList.id == p.paper.list_id,
        ResponsibilityList.unit_id == p.paper.unit_id,
        ResponsibilityList.state == "in_force",
    )
    found = p.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="list_id", clauses=("LZ-5.3",))
    return found


def task_is_on_the_list(p: Checking) -> None:
    if p.paper.check_type is UnitCheckType.RESPONSIBILITY:
        task_of(p, list_of(p).id, p.paper.task_no)


def persons_are_known(p: Checking) -> None:
    persons_known(p, p.paper.person_ids, "person_ids")


def recorded(p: Checking) -> UnitCheck:
    """On named persons it is restricted: their reading is logged, and they and their line know nothing of it.

    Its series of numbers is another one then: they read no gap in theirs.
    """
    paper, coverage = p.paper, coverage_of(p, p.paper.unit_id)
    number = numbered(p, "JCN" if paper.person_ids else "JC", coverage.office_id)
    return UnitCheck(
        **item_of(p, coverage, state="recorded", no=number)
        | {"secrecy": RESTRICTED if paper.person_ids else NORMAL},
        check_type=paper.check_type.value,
        focus_code=paper.focus.value if paper.focus else "",
        checked_on=paper.checked_on,
        list_id=paper.list_id,
        task_no=paper.task_no,
        result_code=paper.result.value if paper.result else "",
    )


def follow_up(p: Checking) -> None:
    """Who is concerned, the task that was checked, the problem that was found."""
    paper, item = p.paper, p.subject
    for person_id in paper.person_ids:
        p.add_party(person_id)
    p.session.flush()
    if paper.result is not None:
        checked = TaskChecked(
            check_id=item.id, task_no=paper.task_no, checked_on=paper.checked_on, result=paper.result
        )
        perform_as_service(p.work, NOTE_TASK_CHECKED, checked, list_of(p))
    if paper.grade is not None:
        clause = CLAUSE_OF[paper.check_type]
        item.problem_id = find_problem(p, clause, paper.grade, person_ids=paper.person_ids).id


RECORD_CHECK = Act(
    name="record_unit_check",
    zh="登记对单位的监督检查",
    en="Record a check of a unit",
    clauses=("LZ-4.1", "LZ-4.2", "LZ-4.3", "LZ-5.3", "GL-1.4"),
    on=UnitCheck,
    by=ANY_OFFICE,
    paper=UnitCheckRecord,
    new=recorded,
    becomes="recorded",
    documents=(Document("supervision_check_record", "监督检查记录(扫描)", "LZ-4.1", required=False),),
    guards=(
        covered,
        type_has_its_fields,
        not_in_the_future("checked_on"),
        persons_are_known,
        task_is_on_the_list,
    ),
    effect=follow_up,
)
ACTS: tuple[Act[Any, Any], ...] = (RECORD_CHECK,)
