"""Files as offices keep them, and files that are none."""

import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.intake.domain.ledger.cells import Cell, RawRow, ReadingLimits
from services.intake.domain.ledger.reading import find_layout, read_rows
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import Accepted, Rejected, Repeated, sift
from tests.ledgers import with_shared_strings, write_ledger

FORMATS: tuple[Literal["xlsx"], Literal["csv"]] = ("xlsx", "csv")
HEADER: list[Cell] = ["编号", "收件日期", "主要内容"]
ROW: list[Cell] = ["1", "2026-3-2", "反映测试事项"]


def workbook(path: Path, *rows: list[Cell], title: str = "台账") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def cells_of(path: Path) -> list[tuple[Cell, ...]]:
    return [raw.cells for raw in read_rows(path)]


def refusal(path: Path, limits: ReadingLimits | None = None) -> LedgerError:
    with pytest.raises(LedgerError) as refused:
        list(read_rows(path, limits=limits or ReadingLimits()))
    return refused.value


def with_part(source: Path, target: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return target


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_messy_ledger_gives_every_row_as_good_bad_or_repeated(
    tmp_path: Path, fmt: Literal["xlsx", "csv"], seed: int
) -> None:
    path = tmp_path / f"ledger.{fmt}"
    expected = write_ledger(path, 300, seed=seed, fmt=fmt)
    layout = find_layout(path)
    outcomes = Counter(
        type(each) for each in sift(read_rows(path, layout), layout.mapping, office_id="o", ledger_year=2026)
    )
    assert layout.header_row == expected.header_row
    assert [
        each.value for each in sorted(layout.mapping.columns, key=layout.mapping.columns.__getitem__)
    ] == list(expected.columns)
    assert outcomes == {Accepted: expected.good, Rejected: expected.bad, Repeated: expected.repeated}


def test_a_ledger_has_the_same_keys_as_workbook_and_as_text(tmp_path: Path) -> None:
    keys = []
    for fmt in FORMATS:
        path = tmp_path / f"ledger.{fmt}"
        write_ledger(path, 120, seed=5, fmt=fmt)
        layout = find_layout(path)
        rows = sift(read_rows(path, layout), layout.mapping, office_id="o", ledger_year=2026)
        keys.append([(each.key, each.row.content_digest()) for each in rows if isinstance(each, Accepted)])
    assert keys[0] == keys[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_every_usual_encoding_and_with_every_usual_separator(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = [delimiter.join(map(str, row)) for row in (HEADER, *([ROW] * 40))]
    path = text(tmp_path / "ledger.csv", "\r\n".join(lines), encoding)
    assert cells_of(path) == [tuple(ROW)] * 40


def test_line_breaks_and_separators_inside_quotes_belong_to_the_text(tmp_path: Path) -> None:
    path = text(
        tmp_path / "ledger.csv", '编号,收件日期,主要内容\n1,2026-3-2,"一,\r\n""二"""\n\n\n2,2026-3-3,三\n'
    )
    assert list(read_rows(path)) == [
        RawRow(2, ("1", "2026-3-2", '一,\r\n"二"'), delimited=True),
        RawRow(5, ("2", "2026-3-3", "三"), delimited=True),
    ]


def test_nul_characters_are_dropped(tmp_path: Path) -> None:
    path = text(tmp_path / "ledger.csv", "编号,收件日期,主要内容\n1,2026-3-2,反映\0测试\0事项\n")
    assert cells_of(path) == [("1", "2026-3-2", "反映测试事项")]


def test_a_wrong_separator_that_reads_quotes_as_open_is_no_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text('编号,收件日期,主要内容\n1,2026-3-2,"甲\n乙"\n2,2026-3-3,丙\n,,\n', "utf-8")
    assert find_layout(path).delimiter == ","


def test_a_quote_that_is_never_closed_is_said_and_swallows_no_row_silently(tmp_path: Path) -> None:
    path = text(tmp_path / "ledger.csv", '编号,收件日期,主要内容\n1,2026-3-2,"一\n2,2026-3-3,二\n')
    assert refusal(path).code == "BROKEN_FILE"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes("编号,收件日期,主要内容\n".encode() + b"\xff\xff\x80\xff" * 50)
    assert refusal(path).code == "BROKEN_FILE"


def test_titles_above_and_blank_rows_between_and_behind_are_no_rows(tmp_path: Path) -> None:
    blank: list[Cell] = [None, "　", ""]
    path = workbook(
        tmp_path / "ledger.xlsx",
        ["某区台账"],
        [],
        ["填报单位", None, "测试组"],
        [*HEADER],
        blank,
        [*ROW],
        *([blank] * 2000),
    )
    assert list(read_rows(path)) == [RawRow(6, tuple(ROW))]


def test_texts_in_a_shared_table_are_the_same_texts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    write_ledger(path, 60, seed=4)
    shared = with_shared_strings(path, tmp_path / "shared.xlsx")
    assert b"_x000D_" in zipfile.ZipFile(shared).read("xl/sharedStrings.xml")
    outcomes = []
    for each in (path, shared):
        layout = find_layout(each)
        rows = sift(read_rows(each, layout), layout.mapping, office_id="o", ledger_year=2026)
        outcomes.append([(type(row), row.key if isinstance(row, Accepted) else None) for row in rows])
    assert outcomes[0] == outcomes[1]


def test_the_first_sheet_with_a_header_is_taken_and_hidden_ones_are_not(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(["说明", "本表仅供测试"])
    hidden = book.create_sheet("字典")
    hidden.append(HEADER)
    hidden.sheet_state = "hidden"
    ledger = book.create_sheet("2026")
    ledger.append(HEADER)
    ledger.append(ROW)
    book.create_sheet("2025").append(HEADER)
    book.save(tmp_path / "ledger.xlsx")
    layout = find_layout(tmp_path / "ledger.xlsx")
    assert (layout.sheet, layout.header_row) == ("2026", 1)
    assert find_layout(tmp_path / "ledger.xlsx", sheet="2025").sheet == "2025"
    assert refusal_of_sheet(tmp_path / "ledger.xlsx") == "UNKNOWN_REFERENCE"


def refusal_of_sheet(path: Path) -> str:
    with pytest.raises(LedgerError) as refused:
        find_layout(path, sheet="没有")
    return refused.value.code


def test_a_header_of_two_rows_is_read_as_one(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "ledger.xlsx",
        ["编号", "收件日期", "被反映人", None, None, "主要内容"],
        [None, None, "姓名", "单位", "职务", None],
        ["1", "2026-3-2", "张某甲", "示例区测试局", "科长", "反映测试事项"],
    )
    layout = find_layout(path)
    assert layout.header_row == 2
    assert {each.value: column for each, column in layout.mapping.columns.items()} == {
        "ledger_no": 0,
        "received_on": 1,
        "subject_name": 2,
        "subject_unit": 3,
        "subject_post": 4,
        "summary": 5,
    }


def test_a_header_of_unknown_names_can_be_pointed_at(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", ["甲", "乙", "丙"], [*ROW])
    assert refusal(path).code == "MISSING_FIELD"
    assert find_layout(path, header_row=1).mapping.header == ("甲", "乙", "丙")
    assert [raw.number for raw in read_rows(path, find_layout(path, header_row=1))] == [2]


def test_cells_of_a_workbook_keep_their_types(tmp_path: Path) -> None:
    when = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a cell has no time zone
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], [12, when, "一"], [12.5, 46083, True])
    assert cells_of(path) == [(12, when, "一"), (12.5, 46083, True)]


FORMULA = re.compile(rb'<c r="A2"[^>]*>.*?</c>')


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (b'<c r="A2"><f>1+1</f><v>2</v></c>', 2),
        (b'<c r="A2" t="str"><f>"x"</f><v>x</v></c>', "x"),
        (b'<c r="A2" t="str"><f>""</f><v></v></c>', None),
    ],
)
def test_a_formula_is_read_as_its_stored_result(tmp_path: Path, stored: bytes, expected: Cell) -> None:
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], ["=1+1", "2026-3-2", "一"])
    computed = with_part(
        path, tmp_path / "computed.xlsx", "xl/worksheets/sheet1.xml", lambda xml: FORMULA.sub(stored, xml)
    )
    assert cells_of(computed) == [(expected, "2026-3-2", "一")]


def test_a_formula_without_a_stored_result_is_not_taken_for_a_blank(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], ["=1+1", "2026-3-2", "一"])
    found = refusal(path)
    assert found.code == "BROKEN_FILE"
    assert "公式" in str(found.detail_zh)


def test_a_wrong_stored_size_of_a_sheet_cuts_nothing_off(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], [*ROW], [*ROW])
    wrong = with_part(
        path,
        tmp_path / "wrong.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'"A1:C3"', b'"A1:A1"'),
    )
    assert b'"A1:A1"' in zipfile.ZipFile(wrong).read("xl/worksheets/sheet1.xml")
    assert cells_of(wrong) == [tuple(ROW)] * 2


def test_reading_can_be_stopped_at_any_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], [*ROW], [*ROW])
    rows = read_rows(path)
    assert next(iter(rows)).number == 2
    rows.close()  # type: ignore[attr-defined]
    assert len(cells_of(path)) == 2


def old_xls(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def encrypted(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text_named_workbook(path: Path) -> None:
    path.write_text("编号,收件日期,主要内容", "utf-8")


def half_a_workbook(path: Path) -> None:
    workbook(path, [*HEADER], *([[*ROW]] * 200))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")


def locked_archive(path: Path) -> None:
    workbook(path, [*HEADER], [*ROW])
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8 : at + 10] = struct.pack("<H", 1)
    path.write_bytes(bytes(content))


def broken_xml(path: Path) -> None:
    good = workbook(path.with_name("good.xlsx"), [*HEADER], [*ROW])
    with_part(good, path, "xl/worksheets/sheet1.xml", lambda xml: xml[:-20])


def entities(path: Path) -> None:
    good = workbook(path.with_name("good.xlsx"), [*HEADER], [*ROW])
    with_part(good, path, "xl/worksheets/sheet1.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)


def missing_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/nothing.xml", "<x/>")


def one_endless_row(path: Path) -> None:
    good = workbook(path.with_name("good.xlsx"), [*HEADER], [*ROW])
    flood = b"<c/>" * 4_000_000
    with_part(
        good, path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</row>", flood + b"</row>", 1)
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (old_xls, "UNSUPPORTED_MEDIA"),
        (encrypted, "UNSUPPORTED_MEDIA"),
        (text_named_workbook, "UNSUPPORTED_MEDIA"),
        (another_archive, "UNSUPPORTED_MEDIA"),
        (locked_archive, "UNSUPPORTED_MEDIA"),
        (empty, "BROKEN_FILE"),
        (half_a_workbook, "BROKEN_FILE"),
        (broken_xml, "BROKEN_FILE"),
        (entities, "BROKEN_FILE"),
        (missing_parts, "BROKEN_FILE"),
        (one_endless_row, "TOO_LARGE"),
    ],
)
def test_a_file_that_is_no_readable_workbook_says_why(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "ledger.xlsx"
    make(path)
    found = refusal(path)
    assert found.code == code
    assert found.detail_zh
    assert found.detail_en


def test_an_encrypted_workbook_is_told_from_an_old_one(tmp_path: Path) -> None:
    old_xls(tmp_path / "old.xlsx")
    encrypted(tmp_path / "locked.xlsx")
    assert ".xls" in str(refusal(tmp_path / "old.xlsx").detail_zh)
    assert "密码" in str(refusal(tmp_path / "locked.xlsx").detail_zh)


def test_a_workbook_named_csv_and_another_kind_of_file_are_refused(tmp_path: Path) -> None:
    source = workbook(tmp_path / "ledger.xlsx", [*HEADER], [*ROW])
    renamed = tmp_path / "ledger.csv"
    renamed.write_bytes(source.read_bytes())
    assert refusal(renamed).code == "UNSUPPORTED_MEDIA"
    assert refusal(text(tmp_path / "ledger.pdf", "x")).code == "UNSUPPORTED_MEDIA"
    assert refusal(tmp_path / "missing.csv").code == "BROKEN_FILE"


@pytest.mark.parametrize(
    "limits", [ReadingLimits(file_bytes=100), ReadingLimits(unpacked_bytes=5_000), ReadingLimits(rows=10)]
)
def test_a_workbook_beyond_a_limit_is_too_large(tmp_path: Path, limits: ReadingLimits) -> None:
    path = workbook(tmp_path / "ledger.xlsx", [*HEADER], *([[*ROW]] * 10))
    assert refusal(path, limits).code == "TOO_LARGE"


def test_text_with_a_line_beyond_all_measure_is_too_large(tmp_path: Path) -> None:
    path = text(tmp_path / "ledger.csv", "编号,收件日期,主要内容\n" + "x" * 1_100_000)
    assert refusal(path).code == "TOO_LARGE"
    few = text(tmp_path / "few.csv", "编号,收件日期,主要内容\n" + "1,2026-3-2,x\n" * 10)
    assert refusal(few, ReadingLimits(rows=10)).code == "TOO_LARGE"


@given(st.binary(max_size=400))
def test_any_bytes_named_csv_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "ledger.csv"
    path.write_bytes("编号,收件日期,主要内容\n".encode() + content)
    assert code_or_rows(path) in {"read", "BROKEN_FILE", "MISSING_FIELD"}


def code_or_rows(path: Path) -> str:
    try:
        rows = list(read_rows(path))
    except LedgerError as refused:
        return refused.code.value
    return "read" if all(row.delimited and row.cells and row.number > 1 for row in rows) else "wrong"
