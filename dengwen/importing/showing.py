"""What an import shows: on the terminal alone, never in a log. Headers and counts, nothing of the rows."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dengwen.importing.sending import Totals
from services.intake.domain.ledger.fields import REQUIRED, TITLES, Field
from services.intake.domain.ledger.mapping import EXACT, WEAK, WITHIN, column_letter
from services.intake.domain.ledger.opened import Ledger, Survey

_CERTAINTY = {EXACT: "确定 sure", WITHIN: "含有 contained", WEAK: "待核对 please check"}


def show_mapping(console: Console, ledger: Ledger) -> None:
    """The table of fields and columns, and what deserves a second look."""
    mapping = ledger.mapping
    filled, rows = ledger.filled()
    table = Table(title=f"列对应关系 · columns ({ledger.path.name}, 表头第 {ledger.layout.header_row} 行)")
    for title in ("字段 Field", "列 Column", "表头 Header", "把握 Certainty", f"有值 Filled (前 {rows} 行)"):
        table.add_column(title)
    for each in Field:
        name = f"{TITLES[each]} {each.value}{' *' if each in REQUIRED else ''}"
        column = mapping.columns.get(each)
        if column is None:
            unclear = mapping.ambiguous.get(each, ())
            said = f"不明确 unclear: {', '.join(map(column_letter, unclear))}" if unclear else "—"
            table.add_row(Text(name), "", "", said, "")
            continue
        certainty = _CERTAINTY.get(mapping.certainty.get(each, WEAK), "")
        header = Text(mapping.header[column])
        table.add_row(Text(name), column_letter(column), header, certainty, str(filled.get(each, 0)))
    console.print(table)
    for line in remarks(ledger):
        console.print(Text(line, style="yellow"))


def remarks(ledger: Ledger) -> list[str]:
    """What the office should think of before it agrees."""
    mapping, found = ledger.mapping, []
    if mapping.unmatched:
        letters = ", ".join(column_letter(column) for column in mapping.unmatched)
        found.append(f"不导入的列 · columns left out: {letters}")
    if Field.LEDGER_NO not in mapping.columns:
        found.append(
            "没有编号列:改动过的行再次导入会成为新的一件。 · No number column: a row that is changed and imported "
            "again becomes another petition."
        )
    elif mapping.certainty.get(Field.LEDGER_NO) == WEAK:
        found.append(
            "编号取自序号一类的列:如序号会重排,请用“编号=-”不用它。 · The number is a running number: if rows are "
            "ever renumbered, leave it out with ledger_no=-."
        )
    year = f"{ledger.year}" if ledger.year else "按收件日期 by day of receipt"
    found.append(f"台账年度 · the ledger's year: {year}")
    return found


def show_survey(console: Console, survey: Survey) -> None:
    console.print(
        f"共 {survey.rows} 行 · rows:可导入 good {survey.good}(已办结 closed {survey.closed}、"
        f"未办结 open {survey.good - survey.closed}、无编号 without number {survey.without_number}),"
        f"需退回 to be given back {survey.bad},重复 repeated {survey.repeated}",
        highlight=False,
    )


def show_totals(console: Console, totals: Totals, problems: Path | None) -> None:
    """The end of an import, in both languages."""
    table = Table(title="导入结果 · result", show_header=False)
    for text, count in (
        ("本次导入 imported now", totals.imported),
        ("此前已导入 already there", totals.already),
        ("台账内重复 repeated in the ledger", totals.repeated),
        ("退回 given back", totals.rejected + totals.refused),
        ("合计 rows", totals.rows),
    ):
        table.add_row(text, str(count))
    console.print(table)
    if problems is not None:
        console.print(Text(f"退回的行及原因 · rows given back, with reasons: {problems}"), soft_wrap=True)
