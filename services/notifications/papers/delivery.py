"""What a notice's delivery is recorded on: slips that the service fills in itself."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from services.chassis.act import PaperForm


class NoticeSlip(PaperForm):
    """One notice to one person on one channel; references, codes and dates only."""

    ZH: ClassVar[str] = "通知单"
    EN: ClassVar[str] = "notice slip"

    notice_id: str
    template: str
    clause: str
    producer: str
    subject_ref: str
    person: str
    role: str = ""
    channel: str
    sealed: bool
    due_on: date | None = None


class MailReceipt(PaperForm):
    """What the mail server answered: a digest of its line, and the code under which it queued the mail."""

    ZH: ClassVar[str] = "邮件回执"
    EN: ClassVar[str] = "mail receipt"

    response_digest: str
    queue_code: str = ""
