"""The one error of a ledger that cannot be read as a whole; a bad row is never an error, see ``rows``."""


class LedgerError(Exception):
    """A ledger file or mapping is refused. Nothing of the file's content is in it.

    ``code`` is a stable refusal code: BROKEN_FILE, TOO_LARGE, UNSUPPORTED_MEDIA, MISSING_FIELD,
    UNKNOWN_REFERENCE or DUPLICATE. ``field`` is the ledger field concerned, where there is one.
    """

    def __init__(self, code: str, detail_zh: str, detail_en: str, field: str | None = None) -> None:
        super().__init__(f"{code}: {detail_zh} / {detail_en}")
        self.code = code
        self.detail_zh = detail_zh
        self.detail_en = detail_en
        self.field = field
