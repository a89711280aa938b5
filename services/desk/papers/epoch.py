"""The paper on which a new epoch of a restored service is proposed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from services.chassis.act import PaperForm
from services.chassis.settings import SERVICES


class EpochProposal(PaperForm):
    """For one restore of one service: `restore_id` is what `dengwen restore` printed, and `/<service>/ready` shows."""

    ZH = "恢复后开启新纪元呈批单"
    EN = "proposal of a new epoch for a restored service"

    service: Literal[*SERVICES] = Field(title="服务")  # type: ignore[valid-type]
    restore_id: str = Field(title="恢复编号", pattern="^[0-9a-f]{32}$")
    reason: str = Field(title="理由", min_length=1, max_length=500)
