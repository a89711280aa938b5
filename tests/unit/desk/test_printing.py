"""Printed papers: PDF with titles, signatories and copies as the text has them, each reading logged."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from contracts.clause import catalogue
from dengwen.definitions import definition
from services.chassis.act import PaperForm
from services.chassis.printed import in_print, titles_of
from services.chassis.settings import SERVICES
from services.desk import typesetter
from services.desk.pages.printed_sheets import Wording, sheets
from services.desk.pages.printing import TYPESETTER
from services.inspection.papers.feedback import FeedbackDrafts
from services.inspection.papers.handover import ClueHandoverSheet
from services.intake.papers.petition import PetitionRegisterEntry
from tests.clauses.intake_petitions import audit, bring
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
NO_NAMES = Wording({}, {}, {})


@pytest.fixture(scope="module", autouse=True)
def typesetter_ends() -> Iterator[None]:
    yield
    TYPESETTER.close()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without spaces and line ends."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def printed(visitor: Visitor, path: str) -> list[str]:
    answer = visitor.client.get(path, base_url=visitor.base)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.status
    assert answer.headers["Cache-Control"] == "no-store"
    return pages(answer.data)


def test_the_register_entry_and_the_cover_letter_are_printed_together_and_each_reading_is_logged(
    world: World, visitor: Signed
) -> None:
    petition = bring(world, "forwarded")
    clerk = visitor("clerk1")
    item = clerk.get(f"/desk/items/intake/petitions/{petition}")
    clerk.get("/desk/language/en")
    found = printed(clerk, item.link("打印登记表和附函"))
    assert "信访登记表" in found[0]
    assert "反映某科级干部违规问题" in found[0]
    assert all("附函" in page for page in found[1:])
    copies = catalogue().paper("petition_cover_letter").copies
    assert [f"一式{copies}份，第{n}份" in page for n, page in enumerate(found[1:], 1)] == [True] * copies
    assert [line[:2] for line in audit(world, petition)].count(("read_paper", "read")) == 2


def test_one_paper_is_printed_from_its_page(world: World, visitor: Signed) -> None:
    petition = bring(world, "forwarded")
    clerk = visitor("clerk1")
    item = clerk.get(f"/desk/items/intake/petitions/{petition}")
    paper = clerk.get(item.link("信访登记表"))
    [found] = printed(clerk, paper.link("打印"))
    assert "信访登记表" in found
    assert "第1页，共1页" in found
    assert "2026年" in found
    assert "填写人：p-clerk1" in found


def test_who_may_not_know_of_a_petition_prints_nothing(world: World, visitor: Signed) -> None:
    petition = bring(world, "forwarded")
    paper = visitor("clerk1").get(f"/desk/items/intake/petitions/{petition}").link("信访登记表")
    stranger = visitor("clerk3")
    for path in (f"/desk/items/intake/petitions/{petition}/print", f"{paper}/print"):
        page = stranger.get(path)
        assert page.status == 404
        assert "反映某科级干部" not in page.text


def test_a_paper_of_another_item_is_not_printed_at_this_one(world: World, visitor: Signed) -> None:
    first, second = bring(world, "forwarded"), bring(world, "forwarded")
    clerk = visitor("clerk1")
    paper = clerk.get(f"/desk/items/intake/petitions/{first}").link("信访登记表").rpartition("/")[2]
    assert clerk.get(f"/desk/items/intake/petitions/{second}/papers/{paper}/print").status == 404


def sheet_of(form: type[PaperForm], filled: dict[str, object], wording: Wording = NO_NAMES) -> list[str]:
    """The text of the printed pages of a paper so filled in."""
    return pages(pdf_of(form, filled, wording))


def pdf_of(form: type[PaperForm], filled: dict[str, object], wording: Wording = NO_NAMES) -> bytes:
    paper = {
        "form": filled,
        "titles": {},
        "by": "p-1",
        "at": "2026-03-05T09:00:00+08:00",
        "digest": "ab" * 32,
    }
    ready = sheets(
        paper | {"printed": in_print(form)}, {"office_id": "o-1", "unit_id": "u-1", "no": "1"}, wording
    )
    return b64decode(TYPESETTER.ask({"sheets": ready})["pdf"])


def test_a_printed_paper_says_nothing_of_when_it_was_printed() -> None:
    """Else two prints of one paper are two files, and who compares what two readers get finds a difference."""
    printed = pdf_of(PetitionRegisterEntry, {"summary": "一封信"})
    told = PdfReader(io.BytesIO(printed)).metadata
    assert told is None or told.creation_date in (None, datetime(1970, 1, 1, tzinfo=UTC))
    assert printed == pdf_of(PetitionRegisterEntry, {"summary": "一封信"})


def test_a_table_of_many_rows_goes_on_over_pages_with_its_head_and_counts_them() -> None:
    rows = [{"clue": f"线索{n}号", "page": n} for n in range(90)]
    found = sheet_of(ClueHandoverSheet, {"clues": rows})
    assert len(found) > 2
    assert all(f"第{n}页，共{len(found)}页" in page for n, page in enumerate(found, 1))
    assert sum(page.count("线索89号") for page in found) == 1


def test_a_text_is_never_read_as_markup() -> None:
    text = '#panic() $x$ *强* _斜_ `码` #sys.inputs @label <a> "引" \\u{41} // 注'
    [page] = sheet_of(PetitionRegisterEntry, {"summary": text})
    assert "".join(text.split()) in page


def test_a_character_that_the_font_lacks_is_printed_as_its_number() -> None:
    [page] = sheet_of(PetitionRegisterEntry, {"summary": "𠮷堃"})
    assert "〔U+20BB7〕堃" in page


def test_persons_and_offices_stand_by_name_and_codes_in_chinese() -> None:
    wording = Wording({"p-1": "甲某"}, {"o-1": ("某室", "")}, {"handler_id": "承办人"})
    [page] = sheet_of(PetitionRegisterEntry, {"handler_id": "p-1", "sealed": True}, wording)
    assert "承办人甲某" in page
    assert "填写人：甲某" in page
    assert "某室编号：1" in page


@pytest.mark.parametrize("service", SERVICES)
def test_every_form_that_is_printed_as_a_paper_of_the_text_names_one_that_there_is(service: str) -> None:
    named = {act.paper.PRINTED_AS for act in definition(service).acts} - {""}
    assert named <= set(catalogue().contents.papers)
    assert named or service in ("desk", "notifications"), "the papers of the text belong to the others"


def test_every_form_that_the_text_gives_a_title_is_printed_under_it() -> None:
    papers = [act.paper for service in SERVICES for act in definition(service).acts]
    printed = {paper.PRINTED_AS for paper in papers}
    printed |= {code for paper in papers for code in paper.PRINTED_PARTS.values()}
    titled = {code for code, paper in catalogue().contents.papers.items() if paper.source == "form"}
    assert (len(titled), titled - printed) == (11, set())
    assert all(set(paper.PRINTED_PARTS) <= set(paper.model_fields) for paper in papers)


def test_the_three_texts_of_a_feedback_are_papers_of_their_own() -> None:
    text = {"text": "要求", "person_ids": ["p-1"]}
    filled = {
        "to_principal": [text],
        "to_leadership": [{"text": "意见"}],
        "problems": [{"problem": "校服采购"}],
        "not_fed_back": [{"left_out_because": "已查清"}],
    }
    wording = Wording({}, {"u-1": ("示例单位", "")}, titles_of(FeedbackDrafts))
    found = sheet_of(FeedbackDrafts, filled, wording)
    assert len(found) == 4
    titles = ("关于向主要负责人的反馈意见", "关于示例单位巡察党组织的反馈意见", "向被巡察党组织反馈问题清单")
    for title, own, page in zip(titles, ("要求", "意见", "校服采购"), found, strict=False):
        assert title in page
        assert own in page
    assert "校服采购" not in found[0] + found[1]
    assert "已查清" in found[3]


def test_the_titles_of_the_parts_of_a_field_are_told_with_those_of_the_form() -> None:
    titles = titles_of(PetitionRegisterEntry)
    assert titles["summary"] == "反映问题摘要"
    assert {name for name in titles if name.startswith("petitioners.")}, "each petitioner has a name and more"


def test_the_shipped_font_shows_what_it_is_said_to_show() -> None:
    assert {"堃", "镕", "〔", "—", "A", "é"} <= typesetter.characters()
    assert "𠮷" not in typesetter.characters()
