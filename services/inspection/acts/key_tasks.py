"""What both meetings ask for is assigned to the functional departments, to each its own tasks (XC-32.5a)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from contracts.events.inspection_results import TaskListAssigned
from contracts.refusals import RefusalCode
from services.chassis.act import Act
from services.chassis.perform import AnyAct
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import OFFICE
from services.inspection.papers.results import KeyTaskList
from services.inspection.storage_round import Round

Assigning = Performance[Round, KeyTaskList]


def both_bodies_have_heard(p: Performance[Round, Any]) -> None:
    if p.subject.secretary_heard_on is None or p.subject.committee_heard_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-32.5a",))


def each_has_its_department(p: Assigning) -> None:
    for line in p.paper.tasks:
        if not line.department:
            raise p.refuse(RefusalCode.MISSING_FIELD, field="tasks.department", clauses=("XC-32.5a",))
        if look_up(p.session, DirectoryOffice, line.department) is None:
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="tasks.department")
        if line.due_on < p.today:
            raise p.refuse(RefusalCode.DATE_ORDER, field="tasks.due_on", clauses=("XC-32.5a",))


def number_tasks(p: Assigning) -> None:
    """Numbered within the round in the order of the list; each department is told of its own alone."""
    of: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for line in p.paper.tasks:
        number = f"{p.subject.no}-T{p.work.next_number(f'key_task/{p.subject.id}'):03d}"
        of[line.department].append((number, line.due_on))
    for department, tasks in sorted(of.items()):
        p.emit(
            TaskListAssigned(
                round_id=p.subject.id,
                department=department,
                tasks=tuple(number for number, _ in tasks),
                due_on=min(due_on for _, due_on in tasks),
            )
        )
    p.facts |= {"tasks": len(p.paper.tasks), "departments": len(of)}


ASSIGN_TASKS = Act(
    name="assign_key_tasks",
    zh="交办重点任务清单",
    en="Assign the key tasks",
    clauses=("XC-32.5a",),
    on=Round,
    by=OFFICE,
    paper=KeyTaskList,
    needs=(both_bodies_have_heard,),
    anytime=True,
    guards=(each_has_its_department,),
    effect=number_tasks,
)
ACTS: tuple[AnyAct, ...] = (ASSIGN_TASKS,)
