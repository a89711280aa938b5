"""What figures count, put into the tables row by row: more of it, and older, than a test could carry out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from services.chassis.subject import RESTRICTED
from services.chassis.tables import Party
from services.clues.storage import Clue, InquiryLetter, Talk
from services.clues.storage_accountability import Accountability, Announcement
from services.clues.storage_case import Case
from services.clues.storage_figure import DispositionApproval, FirstForm, ProsecutionTransfer, Reversal
from services.clues.storage_sanction import Sanction
from tests.world import Answer, Client, World

FIGURES = "/clues/figures"
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "offices": "pz1"}
MOMENT = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Rows:
    """Rows of a world's clues; each call adds them in a transaction of its own and gives the new id."""

    world: World
    numbers: count[int] = field(default_factory=lambda: count(1))

    def clue(self, *reported: str, office: str = "pz1", on: date = date(2025, 1, 2), **columns: Any) -> str:
        number = f"row-{next(self.numbers):06}"
        item = Clue(
            **_item(number, office, on, str(columns.pop("state", "handled"))),
            source="own_finding",
            source_ref=number,
            **columns,
        )
        self._add(item, *_parties(Clue.KIND, number, reported))
        return number

    def case(self, *reported: str, office: str = "pz1", clue: str = "", **columns: Any) -> str:
        number = f"row-{next(self.numbers):06}"
        of_clue = clue or self.clue(*reported, office=office, state="case_opened")
        kept = _item(number, office, date(2025, 1, 2), "archived")
        item = Case(**kept, clue_id=of_clue, capacity="discipline", **columns)
        self._add(item, *_parties(Case.KIND, number, reported))
        return number

    def disposed(self, on: date, *reported: str, office: str = "pz1", clue: str = "") -> str:
        of_clue = clue or self.clue(*reported, office=office)
        return self._row(
            DispositionApproval, clue_id=of_clue, office_id=office, disposition_code="inquiry", approved_on=on
        )

    def first_form(self, on: date, person: str, *, office: str = "pz1", clue: str = "") -> str:
        of_clue = clue or self.clue(person, office=office)
        return self._row(
            FirstForm, clue_id=of_clue, office_id=office, person_id=person, method_code="talk", applied_on=on
        )

    def sanction(
        self, on: date, person: str, form: str, *, office: str = "pz1", case: str = "", both: bool = False
    ) -> str:
        of_case = case or self.case(person, office=office)
        with self.world.runtimes["clues"].db.read() as session:
            clue = session.get_one(Case, of_case).clue_id
        return self._row(
            Sanction, case_id=of_case, clue_id=clue, person_id=person, office_id=office, decision_no="1",
            party_sanction_code="party_warning", government_sanction_code="demerit" if both else "",
            form_code=form, decided_by="district_commission", decided_on=on,
        )  # fmt: skip

    def transferred(self, on: date, person: str, *, office: str = "pz1", case: str = "") -> str:
        of_case = case or self.case(person, office=office)
        with self.world.runtimes["clues"].db.read() as session:
            clue = session.get_one(Case, of_case).clue_id
        return self._row(
            ProsecutionTransfer, case_id=of_case, clue_id=clue, person_id=person, office_id=office,
            transferred_on=on,
        )  # fmt: skip

    def undone(self, case: str, person: str, ground: str) -> None:
        self._add(Reversal(case_id=case, person_id=person, ground_code=ground, reversed_on=date(2026, 3, 2)))

    def talk(self, on: date, person: str, *, office: str = "pz1", clue: str = "") -> str:
        of_clue = clue or self.clue(person, office=office)
        return self._row(
            Talk, clue_id=of_clue, subject_id=person, held_on=on, speaker_id="p-deputy1",
            speaker_role="dispatched_office_deputy",
        )  # fmt: skip

    def letter(self, on: date, person: str, *, office: str = "pz1", clue: str = "") -> str:
        number, of_clue = f"HX-{next(self.numbers):06}", clue or self.clue(person, office=office)
        self._add(
            InquiryLetter(
                letter_no=number, clue_id=of_clue, subject_id=person, issued_on=on,
                copy_person_id="p-edu-head", copy_role="unit_party_head", copy_substituted=False,
            )
        )  # fmt: skip
        return number

    def accountable(
        self, on: date, *persons: str, organisations: tuple[str, ...] = (), office: str = "pz1"
    ) -> str:
        number = f"row-{next(self.numbers):06}"
        item = Accountability(
            **_item(number, office, date(2025, 1, 2), "decided"),
            source="own_finding", source_ref=number, ground_code="failed_duties", decided_on=on,
        )  # fmt: skip
        told = [(one, role) for one in persons for role in ("cadre", "cadre_party_organisation")]
        told += [(one, "subject_organisation") for one in organisations]
        self._add(
            item,
            *_parties(Accountability.KIND, number, persons),
            *(Announcement(accountability_id=number, subject_ref=one, addressee=role) for one, role in told),
        )
        return number

    def _row(self, model: Any, **columns: Any) -> str:
        number = f"row-{next(self.numbers):06}"
        self._add(model(id=number, **columns))
        return number

    def _add(self, *rows: Any) -> None:
        with self.world.runtimes["clues"].db.write() as session:
            session.add_all(rows)


def _item(number: str, office: str, on: date, state: str) -> dict[str, Any]:
    return {
        "id": number, "no": number, "state": state, "version": 1, "secrecy": RESTRICTED, "office_id": office,
        "liaison_office_id": "jd1", "unit_id": "edu", "registrar_id": "p-x", "handler_id": "p-x",
        "addressee_id": "", "opened_on": on, "changed_at": MOMENT,
    }  # fmt: skip


def _parties(kind: str, number: str, persons: Iterable[str]) -> list[Party]:
    return [
        Party(subject_kind=kind, subject_id=number, person_id=person, capacity="reported")
        for person in dict.fromkeys(persons)
    ]


def asked(client: Client, clause: str, **changes: str) -> Answer:
    """A figure of 2026 of the first office, unless told otherwise; an empty word leaves a question out."""
    query = {name: word for name, word in (YEAR | changes).items() if word}
    return client.get(f"{FIGURES}/{clause}", **query)


def value(client: Client, clause: str, **changes: str) -> Any:
    answer = asked(client, clause, **changes)
    assert answer.status == 200, answer.body
    return answer.body["value"]


def measures(client: Client, clause: str, **changes: str) -> dict[str, int]:
    answer = asked(client, clause, **changes)
    assert answer.status == 200, answer.body
    return {one["unit"]: one["value"] for one in answer.body["measures"]}


def behind(client: Client, clause: str, **changes: str) -> list[dict[str, Any]]:
    """All entries behind a figure, page by page."""
    found: list[dict[str, Any]] = []
    query = {name: word for name, word in (YEAR | changes).items() if word}
    cursor: str | None = ""
    while cursor is not None:
        answer = client.get(f"{FIGURES}/{clause}/items", **query, **({"cursor": cursor} if cursor else {}))
        assert answer.status == 200, answer.body
        found += answer.body["items"]
        cursor = answer.body["next"]
    return found
