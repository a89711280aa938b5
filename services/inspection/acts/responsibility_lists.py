"""Lists of main responsibility: registered with an owner for each task, revised, worked through (LZ-5.1, LZ-5.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.inspection.acts.posts import persons_known
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    AT_UNIT,
    IN_OFFICE,
    coverage_of,
    covered,
    item_of,
    numbered,
    unit_named,
)
from services.inspection.domain.unit_check_codes import ListScope
from services.inspection.papers.unit_checks import (
    ListOfResponsibility,
    ListRevision,
    ResponsibilityListWithdrawal,
    TaskChecked,
    TaskProgress,
)
from services.inspection.storage_unit_check import ResponsibilityList, ResponsibilityTask

AnyList = Performance[ResponsibilityList, Any]
Registering = Performance[ResponsibilityList, ListOfResponsibility]


def tasks_are_in_order(p: AnyList) -> None:
    """Numbered from one, each with an owner whom the directory knows."""
    tasks = p.paper.tasks
    if [line.no for line in tasks] != list(range(1, len(tasks) + 1)):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="tasks.no")
    if not all(line.owner_id for line in tasks):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="tasks.owner_id", clauses=("LZ-5.1",))
    persons_known(p, tuple(line.owner_id for line in tasks), "tasks.owner_id")


def the_committee_has_one(p: Registering) -> None:
    """Later versions are revisions of the list in force; of members and departments there are many."""
    if p.paper.scope not in (ListScope.COMMITTEE, ListScope.PRINCIPAL):
        return
    same = select(ResponsibilityList.id).where(
        ResponsibilityList.unit_id == unit_named(p),
        ResponsibilityList.owner_scope == p.paper.scope.value,
        ResponsibilityList.state == "in_force",
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="scope")


def registered(p: Registering) -> ResponsibilityList:
    coverage = coverage_of(p, unit_named(p))
    common = item_of(p, coverage, state="in_force", no=numbered(p, "ZR", coverage.office_id))
    day = p.paper.effective_on
    return ResponsibilityList(
        **common,
        owner_scope=p.paper.scope.value,
        version_no=1,
        drawn_up_on=day,
        effective_on=day,
        task_count=0,
    )


def keep_tasks(p: AnyList) -> None:
    """Tasks of the version in force; a new version is checked anew."""
    item = p.subject
    p.session.execute(delete(ResponsibilityTask).where(ResponsibilityTask.list_id == item.id))
    p.session.add_all(
        ResponsibilityTask(list_id=item.id, no=line.no, owner_id=line.owner_id, status_code=line.status.value)
        for line in p.paper.tasks
    )
    item.effective_on, item.task_count, item.checked_count = p.paper.effective_on, len(p.paper.tasks), 0


REGISTER_LIST = Act(
    name="register_responsibility_list",
    zh="登记主体责任清单",
    en="Register a list of main responsibility",
    clauses=("LZ-5.1",),
    on=ResponsibilityList,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=ListOfResponsibility,
    new=registered,
    becomes="in_force",
    documents=(Document("responsibility_list", "主体责任清单(盖章扫描)", "LZ-5.1", required=False),),
    guards=(covered, tasks_are_in_order, the_committee_has_one),
    effect=keep_tasks,
)


def next_version(p: AnyList) -> None:
    p.subject.version_no += 1
    keep_tasks(p)


REVISE_RESPONSIBILITY_LIST = Act(
    name="revise_responsibility_list",
    zh="修订主体责任清单",
    en="Revise a list of main responsibility",
    clauses=("LZ-5.1",),
    on=ResponsibilityList,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=ListRevision,
    when=("in_force",),
    guards=(tasks_are_in_order,),
    effect=next_version,
    anytime=True,
)


def task_of(p: Performance[Any, Any], list_id: str, number: int) -> ResponsibilityTask:
    """Raises Refusal(UNKNOWN_REFERENCE) for a task that the list does not have."""
    found = p.session.get(ResponsibilityTask, (list_id, number))
    if found is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="task_no")
    return found


def task_is_listed(p: Performance[ResponsibilityList, TaskProgress]) -> None:
    task_of(p, p.subject.id, p.paper.task_no)


def keep_progress(p: Performance[ResponsibilityList, TaskProgress]) -> None:
    task_of(p, p.subject.id, p.paper.task_no).status_code = p.paper.status.value


RECORD_PROGRESS = Act(
    name="record_task_progress",
    zh="登记任务进展",
    en="Record the progress of a task",
    clauses=("LZ-5.1",),
    on=ResponsibilityList,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=TaskProgress,
    when=("in_force",),
    guards=(task_is_listed,),
    effect=keep_progress,
    anytime=True,
)


def keep_result(p: Performance[ResponsibilityList, TaskChecked]) -> None:
    item, task = p.subject, task_of(p, p.subject.id, p.paper.task_no)
    task.checked_on, task.result_code = p.paper.checked_on, p.paper.result.value
    p.session.flush()
    of_list = (ResponsibilityTask.list_id == item.id, ResponsibilityTask.checked_on.is_not(None))
    item.checked_count = p.session.scalar(select(func.count()).where(*of_list)) or 0


NOTE_TASK_CHECKED = Act(
    name="note_task_checked",
    zh="任务已检查",
    en="A task was checked",
    clauses=("LZ-5.3",),
    on=ResponsibilityList,
    by=(),
    paper=TaskChecked,
    when=("in_force",),
    effect=keep_result,
)
WITHDRAW_RESPONSIBILITY_LIST = Act(
    name="withdraw_responsibility_list",
    zh="停用主体责任清单",
    en="Take a list of main responsibility out of force",
    clauses=("LZ-5.1",),
    on=ResponsibilityList,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=ResponsibilityListWithdrawal,
    when=("in_force",),
    becomes="withdrawn",
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (
    REGISTER_LIST,
    REVISE_RESPONSIBILITY_LIST,
    RECORD_PROGRESS,
    NOTE_TASK_CHECKED,
    WITHDRAW_RESPONSIBILITY_LIST,
)
