"""Records of the five supervisions: typed, read within the office, a clue by its task alone (GL-3.12 on, LZ-22)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervising import (
    IntegrityAnalysed,
    OfficeSupervised,
    SpecialSupervisionOpened,
)
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, holders, listed_ids, post
from services.chassis.act import Act, Document, HandOn, Warns
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.chassis.values import value_in_force
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.problems import find_problem
from services.inspection.acts.standing_documents import known_code
from services.inspection.acts.supervision_posts import ANY_OFFICE, item_of, numbered
from services.inspection.domain.five_supervision_codes import (
    DUTIES,
    RULES,
    STANDARD,
    TASKS,
    Finding,
    GroundKind,
    RuleResult,
    SupervisionType,
)
from services.inspection.domain.meeting_codes import ProblemGrade
from services.inspection.domain.quarters import quarter_of
from services.inspection.figures import BOOK
from services.inspection.papers.five_supervisions import SupervisionPaper, TaskNaming
from services.inspection.storage_five_supervisions import SupervisionRecord
from services.inspection.storage_problem import SupervisionProblem

Recording = Performance[SupervisionRecord, SupervisionPaper]
Typed = Performance[SupervisionRecord, Any]
LIAISON = "liaison_discipline_office"
OPEN_OFFICE, OPEN_MAKER = Relation("open_office_id", "office_id"), Relation("open_maker_id", "office_id")
MAKER = Relation("maker_id", "office_id")
TASK = Relation("reader_ids", "person_id", listed=True)
EVIDENCE = "supervision_evidence"
TYPED = ("GL-3.12", "GL-3.14", "GL-3.16")


def coverage_of_unit(p: Performance[Any, Any], unit_id: str) -> DirectoryCoverage:
    """The unit has to be supervised by the actor's office, or that office to be in its liaison office's charge.

    Raises Refusal(OUT_OF_SCOPE).
    """
    coverage, mine = look_up(p.session, DirectoryCoverage, unit_id), p.work.actor.office_id
    if coverage is None or mine not in (coverage.office_id, coverage.liaison_office_id):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")
    return coverage


def unit_is_covered(p: Recording) -> None:
    coverage_of_unit(p, p.paper.unit_id)


def type_is_grounded(p: Typed) -> None:
    """A special supervision says why, and data that it names is there; an integrity supervision has its analysis.

    What goes on as a special supervision is grounded on the record itself.
    """
    paper = p.paper
    grounded = paper.ground or paper.ground_id or not p.act.creates
    if paper.type is SupervisionType.SPECIAL and not grounded:
        raise p.refuse(RefusalCode.MISSING_REASON, field="ground", clauses=("GL-3.14",))
    if bool(paper.ground_id) != (paper.ground_kind is not None):
        raise p.refuse(RefusalCode.MISSING_FIELD, field="ground_kind", clauses=("GL-3.14",))
    if paper.ground_id and not _ground_is_there(p):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="ground_id", clauses=("GL-3.14",))
    if paper.type is SupervisionType.INTEGRITY and not (paper.analysis and paper.streams):
        field = "analysis" if not paper.analysis else "streams"
        raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("GL-3.16",))


def _ground_is_there(p: Typed) -> bool:
    """Records that everybody of the actor's office may read, and figures; nothing else does exist for them."""
    ref, mine = p.paper.ground_id, p.work.actor.office_id
    if p.paper.ground_kind is GroundKind.FIGURE:
        return ref in BOOK.figures
    if p.paper.ground_kind is GroundKind.RECORD:
        record = p.session.get(SupervisionRecord, ref)
        return record is not None and mine in (record.open_office_id, record.open_maker_id)
    problem = p.session.get(SupervisionProblem, ref)
    return problem is not None and problem.office_id == mine and problem.secrecy != RESTRICTED


def codes_are_known(p: Recording) -> None:
    known_code(p, TASKS, p.paper.special_task, "special_task")
    known_code(p, DUTIES, p.paper.duty_code, "duty_code")


def rules_are_of_the_list(p: Recording) -> None:
    """As many rules as are in force; their text is the document's (GL-3.9)."""
    numbers = [line.rule_no for line in p.paper.rules]
    last = int(value_in_force(p.session, RULES, "rule_count", p.today).amount)
    if any(not 1 <= number <= last for number in numbers):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="rules.rule_no", clauses=(RULES,))
    if len(set(numbers)) < len(numbers):
        raise p.refuse(RefusalCode.DUPLICATE, field="rules.rule_no", clauses=(RULES,))


def finding_is_like_an_inspections(p: Recording) -> None:
    """A finding has its text, its grade and its evidence, as a finding of an inspection (GL-4.1)."""
    paper = p.paper
    broken = any(line.result is RuleResult.NOT_KEPT for line in paper.rules)
    if broken and paper.finding is Finding.NONE:
        raise p.refuse(RefusalCode.CONTENT_RULE, field="finding", clauses=(RULES,))
    if paper.finding is Finding.NONE:
        return
    if not paper.finding_text:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="finding_text", clauses=(STANDARD,))
    if paper.finding is Finding.PROBLEM and paper.grade is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="grade", clauses=(STANDARD,))
    if not p.attached.get(EVIDENCE):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=f"attachments.{EVIDENCE}", clauses=(STANDARD,))


def tasks_are_of_the_office(p: Performance[Any, Any]) -> None:
    """Whoever has a task with a clue is of the office that found it."""
    persons_known(p, p.paper.task_ids, "task_ids")
    role = LIAISON if p.work.actor.role == LIAISON else "dispatched_office"
    own = holders(p.session, role, p.today, p.work.actor.office_id)
    if any(person not in own for person in p.paper.task_ids):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="task_ids", clauses=("LZ-22.3",))


def persons_are_known(p: Recording) -> None:
    persons_known(p, p.paper.person_ids, "person_ids")


def new_record(p: Typed, columns: dict[str, Any]) -> SupervisionRecord:
    paper = p.paper
    return SupervisionRecord(
        **columns,
        type_code=paper.type.value,
        ground_kind=paper.ground_kind.value if paper.ground_kind else "",
        ground_id=paper.ground_id,
        stream_codes=listed_ids(dict.fromkeys(stream.value for stream in paper.streams)),
    )


def recorded(p: Recording) -> SupervisionRecord:
    """A clue takes its number from a series of its own: a gap in the other would tell the office of it."""
    paper, maker = p.paper, p.work.actor.office_id
    coverage, is_clue = coverage_of_unit(p, paper.unit_id), paper.finding is Finding.CLUE
    no = numbered(p, "JX" if is_clue else "JC", maker)
    columns = item_of(p, coverage, state="open", no=no) | {
        "maker_id": maker,
        "open_office_id": "" if is_clue else coverage.office_id,
        "open_maker_id": "" if is_clue else maker,
        "reader_ids": listed_ids(dict.fromkeys((p.work.actor.person_id, *paper.task_ids))),
        "form_code": paper.form.value,
        "supervised_on": paper.supervised_on,
        "finding_code": paper.finding.value,
        "task_code": paper.special_task,
        "duty_code": paper.duty_code,
    }
    return new_record(p, columns | ({"secrecy": RESTRICTED} if is_clue else {}))


def keep_finding(p: Recording) -> None:
    """What is no clue the whole office reads, and it is a problem to be corrected (LZ-22.3)."""
    paper = p.paper
    for person_id in paper.person_ids:
        p.add_party(person_id)
    p.facts |= {"type": p.subject.type_code, "form": p.subject.form_code, "finding": p.subject.finding_code}
    if paper.finding is Finding.PROBLEM:
        find_problem(p, _found_under(paper), paper.grade or ProblemGrade.GENERAL, person_ids=paper.person_ids)


def _found_under(paper: SupervisionPaper) -> str:
    if any(line.result is RuleResult.NOT_KEPT for line in paper.rules):
        return RULES
    return TASKS if paper.special_task else STANDARD


def too_few_streams(p: Performance[SupervisionRecord, Any]) -> tuple[str, ...]:
    least = int(value_in_force(p.session, "GL-3.16", "least_streams", p.today).amount)
    short = len(ids_in(p.subject.stream_codes)) < least
    return ("",) if p.subject.type_code == SupervisionType.INTEGRITY.value and short else ()


def guides_an_office(p: Recording) -> bool:
    """A liaison office's guidance is supervision of the dispatched office itself (GL-3.12)."""
    return p.work.actor.role == LIAISON and p.paper.type is SupervisionType.GUIDANCE and is_open(p)


TELLS_OF_TYPES = (
    HandOn(
        SpecialSupervisionOpened,
        lambda p: SpecialSupervisionOpened(
            check_id=p.subject.id,
            office_id=p.subject.maker_id,
            unit_id=p.subject.unit_id,
            type="five_supervisions",
            opened_on=p.subject.opened_on,
        ),
        only_if=lambda p: p.subject.type_code == SupervisionType.SPECIAL.value and is_open(p),
    ),
    HandOn(
        IntegrityAnalysed,
        lambda p: IntegrityAnalysed(
            unit_id=p.subject.unit_id, period=quarter_of(p.subject.supervised_on), meeting_id=p.subject.id
        ),
        only_if=lambda p: p.subject.type_code == SupervisionType.INTEGRITY.value and is_open(p),
    ),
)
"""Of a clue nothing is told (LZ-22.3)."""


def is_open(p: Performance[SupervisionRecord, Any]) -> bool:
    """Whether everybody of the office may read it."""
    return bool(p.subject.open_maker_id)


RECORD_SUPERVISION = Act(
    name="record_supervision",
    zh="登记五项监督",
    en="Record one of the five supervisions",
    clauses=(*TYPED, "GL-3.5", "GL-3.9", "GL-4.1", "GL-2.24", "LZ-22.2", "LZ-22.3"),
    on=SupervisionRecord,
    by=(*ANY_OFFICE, post(LIAISON, at=None)),
    paper=SupervisionPaper,
    new=recorded,
    becomes="open",
    documents=(Document(EVIDENCE, "佐证材料(扫描)", "GL-4.1", required=False),),
    guards=(
        unit_is_covered,
        not_in_the_future("supervised_on"),
        type_is_grounded,
        codes_are_known,
        rules_are_of_the_list,
        finding_is_like_an_inspections,
        persons_are_known,
        tasks_are_of_the_office,
    ),
    effect=keep_finding,
    warns=(Warns("GL-3.16", too_few_streams),),
    hands_on=(
        *TELLS_OF_TYPES,
        HandOn(
            OfficeSupervised,
            lambda p: OfficeSupervised(
                round_id=p.subject.id,
                office_id=p.subject.office_id,
                result_code=p.subject.finding_code,
                checked_on=p.subject.supervised_on,
            ),
            only_if=guides_an_office,
        ),
    ),
)
KEEPERS = (post("dispatched_office_head", at=MAKER), post(LIAISON, at=(MAKER, TASK)))
"""Who of those that may know of a clue names others to it: the head, and the liaison office's own."""


def add_readers(p: Performance[SupervisionRecord, TaskNaming]) -> None:
    p.subject.reader_ids = listed_ids(dict.fromkeys((*ids_in(p.subject.reader_ids), *p.paper.task_ids)))


def holds_a_clue(p: Performance[SupervisionRecord, Any]) -> None:
    """What everybody reads needs no naming."""
    if p.subject.finding_code != Finding.CLUE.value:
        raise p.refuse(RefusalCode.WRONG_STATE)


NAME_TASKS = Act(
    name="name_record_tasks",
    zh="确定承办人员",
    en="Name who has a task with the clue",
    clauses=("LZ-22.3",),
    on=SupervisionRecord,
    by=KEEPERS,
    paper=TaskNaming,
    when=("open",),
    needs=(holds_a_clue,),
    guards=(tasks_are_of_the_office,),
    effect=add_readers,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (RECORD_SUPERVISION, NAME_TASKS)
