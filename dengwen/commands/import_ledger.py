"""`dengwen import FILE`: an .xlsx or .csv ledger into a running installation, each good row exactly once.

Ends with 0: every row is there. 1: could not finish, run it again. 2: the file or what was asked is not usable.
3: finished, and some rows are given back in a workbook. 130: interrupted, run it again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dengwen.cli import folder_option
from dengwen.importing import sending, showing
from dengwen.importing.agreed import Agreed, agreed_file, correction, load_agreed, save_agreed
from dengwen.importing.transport import Facts, HttpTransport, NotReached, Refused, Transport
from dengwen.installation import Folder
from services.intake.domain.ledger.fields import TITLES
from services.intake.domain.ledger.opened import Ledger, Survey, open_ledger
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import RowLimits
from services.intake.domain.ledger.workbook import write_problems

UNFINISHED, UNUSABLE, GIVEN_BACK, INTERRUPTED = 1, 2, 3, 130


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    file: Path
    year: int | None = None
    sheet: str | None = None
    header_row: int | None = None
    corrections: tuple[str, ...] = ()
    mapping: Path | None = None
    problems: Path | None = None
    dry_run: bool = False
    yes: bool = False


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder_option()
@click.option("--url", help="安装的地址,缺省取自安装目录 · the installation's address, else from its folder")
@click.option("--account", help="登录账号 · the account to sign in with")
@click.option(
    "--year", type=click.IntRange(1949, 2200), help="台账年度 · the year that the ledger belongs to"
)
@click.option("--sheet", help="工作表 · the sheet, if not the first with a header")
@click.option(
    "--header-row", type=click.IntRange(1), help="表头所在行 · the header's row, if it is not found"
)
@click.option(
    "--map",
    "corrections",
    multiple=True,
    metavar="字段=列名",
    help="更正一列,可多次;“字段=-”为不导入 · set a field's column, again and again; FIELD=- leaves it out",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="列对应关系文件 · a mapping kept from another import",
)
@click.option(
    "--problems",
    type=click.Path(path_type=Path, dir_okay=False),
    help="退回的行写入此文件,缺省为“<台账>-退回.xlsx” · where rows that are given back are written",
)
@click.option("--dry-run", is_flag=True, help="只核对,不导入 · look through the ledger, import nothing")
@click.option("--yes", is_flag=True, help="不再询问 · ask nothing")
def command(file: Path, folder: Path, url: str | None, account: str | None, **given: object) -> None:
    """导入台账;中断或重复执行都只导入一次。Import a ledger; killed half-way or run again, each row counts once.

    口令取自 DENGWEN_PASSWORD、示例安装的 sign-in.json,或现场输入。The password comes from DENGWEN_PASSWORD, from the
    example installation's sign-in.json, or is asked for.
    """  # fmt: skip
    console = Console()
    asked = Asked(file=file, **given)  # type: ignore[arg-type]  # click has checked them
    place = Folder(folder.resolve())
    address = url or _address(place)
    name = account or click.prompt("账号 · account")
    transport = HttpTransport(address, name, _password(place, name))
    try:
        raise SystemExit(run(asked, transport, console))
    finally:
        transport.close()


def run(asked: Asked, transport: Transport, console: Console) -> int:
    """The whole import; gives the exit code. What cannot be gone on with is said and ends here."""
    try:
        return _run(asked, transport, console)
    except LedgerError as error:
        return _say(UNUSABLE, f"{_where(error)}{error.detail_zh}", error.detail_en or error.code.value)
    except Refused as refused:
        return _say(UNFINISHED, f"{refused.zh}({refused.code})", refused.en)
    except NotReached:
        return _say(UNFINISHED, "安装没有应答,再次运行即可接着导入。", "No answer; run it again to go on.")
    except (KeyboardInterrupt, click.Abort):
        return _say(INTERRUPTED, "已中断,再次运行即可接着导入。", "Interrupted; run it again to go on.")


def _run(asked: Asked, transport: Transport, console: Console) -> int:
    facts = transport.facts()
    ledger = _agree(asked, console)
    survey = look_through(ledger, sending.limits_of(facts), console)
    showing.show_survey(console, survey)
    if asked.dry_run:
        return GIVEN_BACK if survey.bad else 0
    if not asked.yes:
        click.confirm(f"导入到 {facts.office_id}? · import into {facts.office_id}?", default=True, abort=True)
    if not save_agreed(agreed_file(ledger.path), Agreed(ledger.mapping, ledger.year)):
        console.print("列对应关系未能保存在台账旁。 · The mapping could not be kept beside the ledger.")
    totals = _send(ledger, transport, facts, survey, console)
    problems = _give_back(asked, ledger, totals)
    showing.show_totals(console, totals, problems)
    return GIVEN_BACK if totals.problems else 0


def _agree(asked: Asked, console: Console) -> Ledger:
    """The ledger with its mapping shown and agreed on; raises LedgerError."""
    kept = load_agreed(asked.mapping or agreed_file(asked.file))
    ledger = open_ledger(
        asked.file,
        year=_year(asked, kept, console),
        sheet=asked.sheet,
        header_row=asked.header_row,
        known=kept.mapping if kept else None,
    )
    ledger = ledger.with_columns(dict(map(correction, asked.corrections)))
    showing.show_mapping(console, ledger)
    while not asked.yes and not asked.dry_run:
        said = click.prompt(
            "回车确认,或输入 字段=列名 更正 · Enter to agree, or FIELD=COLUMN", default="", show_default=False
        )
        if not said.strip():
            break
        try:
            ledger = ledger.with_columns(dict([correction(said)]))
        except LedgerError as error:
            console.print(f"{error.detail_zh} · {error.detail_en}", style="red", markup=False)
            continue
        showing.show_mapping(console, ledger)
    return ledger


def _year(asked: Asked, kept: Agreed | None, console: Console) -> int | None:
    """The year asked for, else the one of the last time. Another one than last time would double rows."""
    if asked.year is None or kept is None or asked.mapping is not None or kept.year == asked.year:
        return asked.year if asked.year is not None else kept.year if kept else None
    console.print(
        f"上次按 {kept.year or '收件日期'} 导入;改年度会使每行重复登记。 · The last import went by "
        f"{kept.year or 'days of receipt'}; another year would double its rows.",
        style="red",
    )
    if asked.yes:
        raise LedgerError("DUPLICATE", "年度与上次不同", "another year than last time", "year")
    click.confirm("仍要改? · change it all the same?", default=False, abort=True)
    return asked.year


def look_through(ledger: Ledger, limits: RowLimits, console: Console) -> Survey:
    """One pass over the whole file before anything is sent: what is broken at its end is found now."""
    survey = Survey()
    with _progress(console) as bar:
        task = bar.add_task("核对 looking through", total=None)
        for outcome in ledger.outcomes(limits):
            survey.count(outcome)
            if survey.rows % 500 == 0:
                bar.update(task, completed=survey.rows)
        bar.update(task, completed=survey.rows, total=survey.rows)
    return survey


def _send(
    ledger: Ledger, transport: Transport, facts: Facts, survey: Survey, console: Console
) -> sending.Totals:
    with _progress(console) as bar:
        task = bar.add_task("导入 importing", total=survey.rows)
        totals = sending.send(ledger, transport, facts, lambda rows: bar.advance(task, rows))
        bar.update(task, completed=survey.rows)
    return totals


def _give_back(asked: Asked, ledger: Ledger, totals: sending.Totals) -> Path | None:
    if not totals.problems:
        return None
    path = asked.problems or asked.file.with_name(f"{asked.file.stem}-退回.xlsx")
    write_problems(path, ledger.mapping.header, totals.problems)
    return path


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _address(place: Folder) -> str:
    try:
        told: Mapping[str, str] = json.loads(place.address.read_text(encoding="utf-8"))
        return told["url"]
    except (OSError, ValueError, KeyError):
        message = f"{place.root} 中没有正在运行的安装,请用 --url 指明 · nothing runs in {place.root}: give its --url"
        raise click.UsageError(message) from None


def _password(place: Folder, account: str) -> str:
    if password := os.environ.get("DENGWEN_PASSWORD"):
        return password
    try:
        return str(json.loads(place.sign_in.read_text(encoding="utf-8"))[account]["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return str(click.prompt("口令 · password", hide_input=True))


def _where(error: LedgerError) -> str:
    titles = {each.value: title for each, title in TITLES.items()}
    return f"{titles.get(error.field, error.field)}:" if error.field else ""


def _say(code: int, zh: str, en: str) -> int:
    print(f"{zh} · {en}", file=sys.stderr)
    return code
