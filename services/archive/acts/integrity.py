"""Integrity files: opened when there is something to enter, and added to, never overwritten (LZ-9.2, LZ-17.17)."""

from __future__ import annotations

from services.archive.papers.integrity import IntegrityFact, OpenedIntegrityFile
from services.archive.storage import Person
from services.archive.storage_integrity import IntegrityEntry, IntegrityFile
from services.chassis.act import Act
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage

Opening = Performance[IntegrityFile, OpenedIntegrityFile]
Adding = Performance[IntegrityFile, IntegrityFact]


def of_person(p: Opening) -> IntegrityFile:
    """Kept by the office that supervises the person's unit; of a stranger to the roster by the commission alone."""
    person = p.session.get(Person, p.paper.person_id)
    unit = person.unit_id if person else ""
    cover = p.session.get(DirectoryCoverage, unit) if unit else None
    return IntegrityFile(
        id=p.work.new_id(),
        no="",
        state="open",
        version=0,
        secrecy=RESTRICTED,
        office_id=cover.office_id if cover else "",
        liaison_office_id="",
        unit_id=unit,
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        person_id=p.paper.person_id,
        entries=0,
    )


def name_the_party(p: Opening) -> None:
    """Nobody reads their own file, nor that of a superior, a subordinate or a relative. The number is taken last.

    Each office has a series of its own, and so has the commission: nobody counts files that they may not read.
    """
    p.add_party(p.paper.person_id)
    series = f"{p.subject.office_id or 'QW'}-{p.today.year}"
    p.subject.no = f"LZ-{series}-{p.work.next_number(f'integrity/{series}'):05d}"


OPEN_INTEGRITY_FILE = Act(
    name="open_integrity_file",
    zh="建立廉政档案",
    en="Open an integrity file",
    clauses=("LZ-9.2",),
    on=IntegrityFile,
    by=(),
    paper=OpenedIntegrityFile,
    new=of_person,
    becomes="open",
    effect=name_the_party,
)


def add_entry(p: Adding) -> None:
    item, paper = p.subject, p.paper
    entry = IntegrityEntry(
        id=p.work.new_id(),
        file_id=item.id,
        kind_code=paper.kind_code.value,
        source_ref=paper.source_ref,
        code=paper.code,
        form_code=paper.form_code,
        decided_by=paper.decided_by,
        happened_on=paper.happened_on,
    )
    p.session.add(entry)
    item.entries += 1
    item.latest_on = max(filter(None, (item.latest_on, paper.happened_on)))
    p.facts |= {"entry": entry.id, "kind": entry.kind_code}


ADD_TO_INTEGRITY_FILE = Act(
    name="add_to_integrity_file",
    zh="归入廉政档案",
    en="Enter a fact in an integrity file",
    clauses=("LZ-9.2", "LZ-17.17"),
    on=IntegrityFile,
    by=(),
    paper=IntegrityFact,
    when=("open",),
    effect=add_entry,
)
