"""Events of what leaves a round at its end (steps 37 and 38)."""

from contracts.events.base import ARCHIVE, CLUES, NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class ClueTransferApproved(Event):
    """Approval form fully signed; the hand-over in person may be arranged. Numbers of the clues and nothing else."""

    TYPE = "inspection.clue_transfer_approved"
    CONSUMERS = (CLUES, NOTIFICATIONS)
    CLAUSES = ("XC-37.2b",)

    batch_id: Id
    form_id: Id
    receiver: Code
    clue_nos: tuple[Id, ...]
    approved_by: Id
    approved_on: Day


class IssueTransferred(Event):
    """Other problem handed to a functional department."""

    TYPE = "inspection.issue_transferred"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-38.0a",)

    issue_id: Id
    department: Id
    transferred_on: Day
