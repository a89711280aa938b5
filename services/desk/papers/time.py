"""The paper of moving the simulated clock."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from services.chassis.act import PaperForm


class TimeStep(PaperForm):
    ZH = "推进时间单"
    EN = "step of the simulated clock"

    now: AwareDatetime = Field(title="推进到", description="北京时间；只能向前推进")
