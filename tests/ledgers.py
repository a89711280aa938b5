"""Ledgers for tests, as offices really keep them: every name, unit and text in them is invented.

The same arguments give the same ledger. With ``mess`` it has a title above a header in random order and
spelling, dates in a dozen spellings, full-width spaces and line breaks in texts, another sheet before it,
thousands of blank rows behind it, repeated and conflicting numbers, and rows that nobody can read.
"""

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font

from services.intake.domain.ledger.cells import Cell

YEAR = 2026
BLANK_ROWS = 3_000

_HEADERS: dict[str, tuple[str, ...]] = {
    "ledger_no": ("编号", "登记号", "信访编号", "编　号", "登记\n编号"),
    "received_on": ("收件日期", "收信日期", "来信时间", "收件时间（年月日）", "登 记 日 期", "收件日期*"),
    "channel": ("来源", "信访方式", "渠道", "举报方式"),
    "reporter": ("举报人", "信访人", "署名", "反映人（姓名）", "舉報人"),
    "subject_name": ("被反映人", "被举报人", "被反映人姓名", "被反映\n人"),
    "subject_unit": ("单位", "工作单位", "被反映人单位", "所在单位"),
    "subject_post": ("职务", "职级", "职务（职级）", "职务/职级"),
    "summary": ("反映问题", "主要内容", "问题摘要", "反映的主要问题", "内容摘要（200字以内）"),
    "disposition": ("办理情况", "处置方式", "处理结果", "处理意见"),
    "closed_on": ("办结日期", "办结时间", "结案日期", "了结时间"),
    "status": ("状态", "是否办结", "办结状态", "办理状态"),
    "handler": ("经办人", "承办人", "经办人员"),
    "remark": ("备注", "备　注", "備註", "说明"),
}
_PLAIN = {name: spellings[0] for name, spellings in _HEADERS.items()}
_SURNAMES, _LAST = "张王李赵钱孙周吴郑", "甲乙丙丁戊己庚辛"
_UNITS = ("示例区测试局", "示例区样本镇人民政府", "示例区演示街道办事处", "示例区虚构中心", "示例区假设公司")
_POSTS = ("副科长", "科长", "主任", "副主任(正科级)", "四级调研员", "站长")
_MATTERS = (
    "反映其在测试项目招标中为亲属经营提供便利",
    "反映其违规发放样本津贴",
    "反映其工作时间饮酒，态度生硬",
    "反映其在示例惠民资金发放中优亲厚友",
    "反映其超标准接待，虚列演示会议费",
)
_CHANNELS = ("来信", "来访", "来电", "网络", "上级转办", "网络举报", "信件", "12388电话")
_BAD_DATES = ("2026-2-30", "待查", "2026年3月", "26.3.2", "2026.3.2至2026.3.8", "13月5日", "2026/13/01")
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = "〇一二三四五六七八九"

Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Expected:
    """What reading the ledger must give; the three add up to its rows. ``conflicting`` is part of ``bad``.

    ``header_row`` is the header's row in the file, ``columns`` the fields in their order.
    """

    good: int
    bad: int
    repeated: int
    conflicting: int
    header_row: int
    columns: tuple[str, ...]


def write_ledger(
    path: Path,
    rows: int,
    *,
    seed: int,
    mess: bool = True,
    fmt: Literal["xlsx", "csv"] = "xlsx",
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
) -> Expected:
    """Writes a ledger of ``rows`` rows and says what reading it must give.

    ``encoding`` and ``delimiter`` are for .csv. Rows of the same seed say the same in both formats.
    """
    plan = _Plan(rows, seed, mess)
    if fmt == "xlsx":
        _write_workbook(path, plan)
    else:
        _write_text(path, plan, encoding, delimiter)
    return plan.expected()


def petition(at: int, seed: int = 0) -> Row:
    """A good row, unlike any other of the same seed; ``at`` is its number in the ledger."""
    draw = random.Random(f"{seed}/{at}")
    received = date(YEAR, 1, 1) + timedelta(days=draw.randrange(330))
    closed = draw.random() < 0.6
    others = draw.choice(("", "", "等", "等3人"))
    return {
        "ledger_no": f"示例〔{YEAR}〕{at:06d}号",
        "received_on": received,
        "channel": draw.choice(_CHANNELS),
        "reporter": draw.choice(
            ("匿名", "", f"测试人员{at:06d}", f"测试人员{at:06d}、测试人员{at + 1:06d}{others}")
        ),
        "subject_name": f"{draw.choice(_SURNAMES)}某{draw.choice(_LAST)}",
        "subject_unit": draw.choice(_UNITS),
        "subject_post": draw.choice(_POSTS),
        "summary": f"{draw.choice(_MATTERS)}。第{at}件，请核查。"
        + "此为测试文字，无真实内容。" * draw.randrange(12),
        "disposition": draw.choice(("谈话函询", "予以了结", "转信访室", "暂存待查", "/", "")),
        "closed_on": min(received + timedelta(days=draw.randrange(90)), date(YEAR, 12, 31))
        if closed
        else None,
        "status": draw.choice(("已办结", "是", "")) if closed else draw.choice(("未办结", "在办", "否", "")),
        "handler": f"测试人员{draw.randrange(40):04d}",
        "remark": draw.choice(("", "", "=1+1", "无", "-见附件")),
    }


class _Plan:
    """The rows of one ledger, made one at a time, with their counts kept."""

    def __init__(self, rows: int, seed: int, mess: bool) -> None:  # noqa: FBT001 - two shapes of one thing
        self.rows, self.seed, self.mess = rows, seed, mess
        self.draw = random.Random(seed)
        self.columns = list(_HEADERS)
        self.header = [_PLAIN[name] for name in self.columns]
        if mess:
            self.draw.shuffle(self.columns)
            self.header = [self.draw.choice(_HEADERS[name]) for name in self.columns]
        self.good = self.bad = self.repeated = self.conflicting = 0

    @property
    def titles(self) -> list[str]:
        return (
            [f"示例区测试派驻组信访举报登记台账（{YEAR}年度）", "填报单位：测试派驻组　　单位：件"]
            if self.mess
            else []
        )

    def expected(self) -> Expected:
        return Expected(
            self.good, self.bad, self.repeated, self.conflicting, len(self.titles) + 1, tuple(self.columns)
        )

    def records(self) -> Iterator[list[Cell]]:
        recent: list[Row] = []
        for at in range(1, self.rows + 1):
            row = self._row(at, recent)
            yield [self._spelled(name, row[name]) for name in self.columns]

    def _row(self, at: int, recent: list[Row]) -> Row:
        row = petition(at, self.seed)
        if self.mess and self.draw.random() < 0.3:
            row["summary"] = "　　" + str(row["summary"]).replace("。", "。\r\n\t　", 2) + " \n\n"
        fate = self.draw.random() if self.mess else 1.0
        if fate < 0.02 and recent:
            self.repeated += 1
            return self.draw.choice(recent)
        if fate < 0.03 and recent:
            self.bad, self.conflicting = self.bad + 1, self.conflicting + 1
            return {**row, "ledger_no": self.draw.choice(recent)["ledger_no"]}
        if fate < 0.06:
            self.bad += 1
            return {**row, **self.draw.choice(_FAULTS)(self.draw)}
        self.good += 1
        recent.append(row)
        del recent[:-50]
        return row

    def _spelled(self, name: str, cell: Cell) -> Cell:
        if isinstance(cell, date):
            return _spelled_date(cell, self.draw) if self.mess else cell.isoformat()
        if not self.mess or not isinstance(cell, str) or name == "ledger_no":
            return cell
        return f"　{cell} " if self.draw.random() < 0.1 else cell


_FAULTS = (
    lambda draw: {"received_on": draw.choice(_BAD_DATES)},
    lambda draw: {"received_on": draw.choice((None, "", "/"))},
    lambda draw: {"summary": draw.choice(("", "　", "\n"))},
    lambda draw: {"channel": draw.choice(("飞鸽", "其它？"))},
    # With its year: 1月5日 alone would be a day of the ledger's own year, and now and then a good one.
    lambda draw: {"closed_on": f"{YEAR - 1}-1-{1 + draw.randrange(28)}", "status": ""},
)


def _spelled_date(day: date, draw: random.Random) -> Cell:
    year, month, number = day.year, day.month, day.day
    spellings: tuple[Cell, ...] = (
        f"{year}-{month}-{number}",
        f"{year}/{month:02d}/{number:02d}",
        f"{year}.{month}.{number}",
        f"{year}{month:02d}{number:02d}",
        f"{year}年{month}月{number}日",
        f"{month}月{number}日",
        day.toordinal() - date(1899, 12, 30).toordinal(),
        datetime(year, month, number, 9, 30),  # noqa: DTZ001 - a cell of a workbook has no time zone
        f"{year}-{month}-{number}".translate(_DIGITS),
        f"{_chinese_digits(year)}年{_chinese_number(month)}月{_chinese_number(number)}日",
        f"{year}年{month}月{number}日　星期{'一二三四五六日'[day.weekday()]}",
        f"{day.isoformat()} 14:05:00",
    )
    return draw.choice(spellings)


def _chinese_digits(number: int) -> str:
    return "".join(_CHINESE[int(digit)] for digit in str(number))


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[ones] if ones else "")


def _write_workbook(path: Path, plan: _Plan) -> None:
    book = Workbook(write_only=True)
    if plan.mess:
        notes = book.create_sheet("填表说明")
        notes.append(["本表由测试程序生成，不含真实信息。"])
    sheet = book.create_sheet(f"{YEAR}年")
    for line in (*([title] for title in plan.titles), plan.header):
        sheet.append(line)
    for record in plan.records():
        sheet.append([_as_text_cell(sheet, cell) for cell in record])
    if plan.mess:
        blank = _styled_blank(sheet)
        for _ in range(BLANK_ROWS):
            sheet.append([blank] * len(plan.header))
    book.save(path)


def _as_text_cell(sheet: object, cell: Cell) -> object:
    """Text stays text: openpyxl would write ``=1+1`` as a formula without a value."""
    if not (isinstance(cell, str) and cell.startswith("=")):
        return cell
    text = WriteOnlyCell(sheet, cell)  # type: ignore[arg-type]
    text.data_type = "s"
    return text


def _styled_blank(sheet: object) -> object:
    blank = WriteOnlyCell(sheet)  # type: ignore[arg-type]
    blank.font = Font(bold=True)
    return blank


def _write_text(path: Path, plan: _Plan, encoding: str, delimiter: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        for line in (*([title] for title in plan.titles), plan.header):
            writer.writerow(line)
        for record in plan.records():
            writer.writerow(record)
        for _ in range(BLANK_ROWS if plan.mess else 0):
            writer.writerow([""] * len(plan.header))


_INLINE = re.compile(rb't="inlineStr"([^>]*)><is><t(?: xml:space="preserve")?>(.*?)</t></is></c>', re.DOTALL)
_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRINGS_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS_LINK = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def with_shared_strings(source: Path, target: Path) -> Path:
    """The workbook as spreadsheet programs write it: texts in one table, line ends as ``_x000D_``."""
    table: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        text = found[2].replace(b"&#13;", b"_x000D_").replace(b"\r", b"_x000D_")
        return b't="s"%s><v>%d</v></c>' % (found[1], table.setdefault(text, len(table)))

    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/sheet"):
                content = _INLINE.sub(shared, content)
            elif part == "[Content_Types].xml":
                kind = (
                    b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % _STRINGS_TYPE
                )
                content = content.replace(b"</Types>", kind)
            elif part == "xl/_rels/workbook.xml.rels":
                link = b'<Relationship Id="strings" Type="%s" Target="sharedStrings.xml"/>' % _STRINGS_LINK
                content = content.replace(b"</Relationships>", link + b"</Relationships>")
            new.writestr(part, content)
        items = b"".join(b'<si><t xml:space="preserve">%s</t></si>' % text for text in table)
        new.writestr("xl/sharedStrings.xml", b"<sst %s>%s</sst>" % (_NAMESPACE, items))
    return target
