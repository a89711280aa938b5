"""Looks through an .xlsx file before a parser is let near it: kind, size, bombs, broken parts.

A workbook is a zip archive of XML. ``zipfile`` never unpacks more than the directory declares, so declared
sizes can be trusted as bounds; what XML can still do is declare entities, or put millions of elements
where one is expected.
"""

import re
import zlib
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from services.intake.domain.ledger.cells import ReadingLimits
from services.intake.domain.ledger.refused import LedgerError

_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_PARTS = 5_000
_ENCRYPTED_FLAG = 0x1
_SMALL_PART_BYTES = 16 << 20
_STRINGS_BYTES = 384 << 20
# So many chunks without a new row (or string) means one row of many megabytes, which no office writes.
_CHUNKS_BETWEEN = 8
_ITEM = {"sheet": re.compile(rb"<(?:\w+:)?row[\s/>]"), "strings": re.compile(rb"<(?:\w+:)?si[\s/>]")}
_STRINGS_COUNT = 4_000_000
# A formula whose result was never stored, as programs leave it; a stored empty text (t="str") is a result.
_UNCOMPUTED = re.compile(
    rb'<c\b(?![^>]*t="str")[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_OVERLAP = 4096


def check_kind(path: Path, limits: ReadingLimits) -> str:
    """``xlsx`` or ``csv``, by name and content both.

    Raises ``LedgerError``: TOO_LARGE; UNSUPPORTED_MEDIA for another kind, a protected workbook, or a name
    that says one kind where the content is another; BROKEN_FILE for a file that is empty or not there.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        raise LedgerError("BROKEN_FILE", "文件无法打开", "the file cannot be opened") from None
    if size == 0:
        raise LedgerError("BROKEN_FILE", "文件是空的", "the file is empty")
    if size > limits.file_bytes:
        raise too_large()
    return _kind(path, start)


def screen(path: Path, limits: ReadingLimits) -> None:
    """Refuses a workbook that is broken, locked or too large to unpack; see ``check_kind`` for the codes."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            _check_directory(parts, limits)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _check_part(archive, part, limits)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, expat.ExpatError):
        raise broken() from None


def broken() -> LedgerError:
    """The workbook is damaged: its message does not say where, since a parser's text may quote content."""
    return LedgerError(
        "BROKEN_FILE",
        "文件已损坏,无法读取,请用表格软件打开并另存后重试",
        "the file is damaged: open it in a spreadsheet program, save it anew and try again",
    )


def too_large() -> LedgerError:
    """The file is beyond ``ReadingLimits``."""
    return LedgerError("TOO_LARGE", "文件过大,请拆分后导入", "the file is too large: split it")


def _kind(path: Path, start: bytes) -> str:
    suffix = path.suffix.lower()
    if start == _OLE:
        raise _locked_or_old(path)
    if suffix not in {".xlsx", ".csv"}:
        raise _unsupported("只接受 .xlsx 或 .csv 文件", "only .xlsx and .csv files are taken")
    if suffix == ".csv" and start.startswith(_ZIP):
        raise _unsupported(
            "文件名是 .csv,内容却是工作簿,请改名为 .xlsx", "a workbook named .csv: rename it .xlsx"
        )
    if suffix == ".xlsx" and not start.startswith(_ZIP):
        raise _unsupported("文件名是 .xlsx,内容却不是工作簿", "named .xlsx, but it is no workbook")
    return suffix[1:]


def _locked_or_old(path: Path) -> LedgerError:
    kept = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if _ENCRYPTED_STREAM in kept + chunk:
                return _unsupported(
                    "文件有打开密码,请先取消密码", "the file is encrypted: remove its password"
                )
            kept = chunk[-len(_ENCRYPTED_STREAM) :]
    return _unsupported("旧格式 .xls,请另存为 .xlsx", "an old .xls file: save it as .xlsx")


def _unsupported(zh: str, en: str) -> LedgerError:
    return LedgerError("UNSUPPORTED_MEDIA", zh, en)


def _check_directory(parts: list[ZipInfo], limits: ReadingLimits) -> None:
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise too_large()
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise _unsupported("文件有密码,请先取消密码", "the file is encrypted: remove its password")
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise broken()
    if not any(name.startswith("xl/") for name in names):
        raise _unsupported("文件不是工作簿", "the file is no workbook")


def _check_part(archive: ZipFile, part: ZipInfo, limits: ReadingLimits) -> None:
    kind = _part_kind(part.filename)
    if kind == "small" and part.file_size > _SMALL_PART_BYTES:
        raise too_large()
    if kind == "strings" and part.file_size > _STRINGS_BYTES:
        raise too_large()
    most = limits.rows if kind == "sheet" else _STRINGS_COUNT
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    items = idle = 0
    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            found = sum(1 for _ in _ITEM[kind].finditer(chunk)) if kind in _ITEM else 0
            items, idle = items + found, 0 if found else idle + 1
            if items > most or (kind in _ITEM and idle > _CHUNKS_BETWEEN):
                raise too_large()
            if kind == "sheet" and b"<f" in chunk and _UNCOMPUTED.search(before + chunk):
                raise _uncomputed()
            before = chunk[-_OVERLAP:]
    parser.Parse(b"", True)


def _uncomputed() -> LedgerError:
    return LedgerError(
        "BROKEN_FILE",
        "有公式没有保存计算结果,请用表格软件打开并保存后重试",
        "formulas have no stored results: open the file in a spreadsheet program, save it and try again",
    )


def _part_kind(name: str) -> str:
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return "sheet"
    return "strings" if name.endswith("sharedStrings.xml") else "small"


def _refuse_doctype(*_: object) -> None:
    raise broken()
