"""The one error of a ledger that cannot be read as a whole; a bad row is never an error, see ``rows``."""

from contracts.refusals import Refusal, RefusalCode


class LedgerError(Refusal):
    """A ledger file or mapping is refused. Nothing of the file's content is in it.

    Codes: BROKEN_FILE, TOO_LARGE, UNSUPPORTED_MEDIA, MISSING_FIELD, UNKNOWN_REFERENCE, DUPLICATE. ``field``
    is the ledger field concerned, where there is one.
    """

    def __init__(self, code: str, detail_zh: str, detail_en: str, field: str | None = None) -> None:
        super().__init__(RefusalCode(code), detail_zh=detail_zh, detail_en=detail_en, field=field)
