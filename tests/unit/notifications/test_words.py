"""The words of notices: what is to be done and until when, and nothing about anybody."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec

import pytest

from dengwen.definitions import definition
from services.chassis.settings import SERVICES
from services.notifications.smtp import End, HandedOver, MailSettingsError, Server
from services.notifications.templates import OTHER, SEALED, templates, text_of


@pytest.mark.parametrize("template", sorted(templates()))
def test_every_template_has_its_words_in_both_languages(template: str) -> None:
    words = templates()[template]
    assert set(words) == {"zh", "en"}
    assert words["zh"].endswith("。")
    assert words["en"].endswith(".")
    assert "{" not in words["zh"] + words["en"]


def test_a_notice_says_what_to_do_until_when_and_under_which_clause() -> None:
    words = text_of(
        "deadline_warned", clause="LZ-12.1", reference="abc123", due_on=date(2026, 3, 5), sealed=False
    )
    assert words.body_zh == (
        "有一项时限即将届满，请尽快办理。期限：2026年3月5日。"
        "依据：派驻(出)机构履职细则(试行) 第12条第1款（LZ-12.1）。编号：abc123。"
    )
    assert (
        words.body_en
        == "A time limit is about to end; please act. Due on 2026-03-05. Clause LZ-12.1. Reference abc123."
    )


def test_a_sealed_notice_says_only_that_an_item_waits() -> None:
    words = text_of(
        "petition_judged", clause="LZ-12.3", reference="abc123", due_on=date(2026, 3, 5), sealed=True
    )
    known = templates()[SEALED]
    assert {words.title_zh, words.body_zh} == {known["zh"]}
    assert {words.title_en, words.body_en} == {known["en"]}


def test_an_unknown_template_still_says_that_an_item_waits() -> None:
    words = text_of("of_a_later_release", clause="LZ-99.9", reference="x", due_on=None, sealed=False)
    assert words.title_zh == templates()[OTHER]["zh"]


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example:x"]
)
def test_a_bad_mail_server_setting_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(MailSettingsError) as refused:
        Server.from_url(url)
    assert "DENGWEN_SMTP_URL" in str(refused.value)


def test_a_mail_server_setting_carries_port_and_credentials() -> None:
    assert Server.from_url("smtp://mail.example") == Server("mail.example", 25, "smtp")
    assert Server.from_url("smtps://dw:a%40b@mail.example") == Server(
        "mail.example", 465, "smtps", "dw", "a@b"
    )
    assert Server.from_url("smtp+starttls://mail.example:2587").port == 2587


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"2.0.0 Ok: queued as 4F2A9C01", "4F2A9C01"),
        (b"OK id=1tXyZ-0004aB-2C", "1tXyZ-0004aB-2C"),
        (b"Thank you", ""),
        (b"", ""),
    ],
)
def test_the_queue_code_is_read_from_the_servers_answer(line: bytes, code: str) -> None:
    assert HandedOver(End.TAKEN, line).queue_code == code


def told_templates() -> set[str]:
    """Every template that an act of any service names."""
    found = {"approval_asked", "proposal_returned"}  # the chassis's own
    for service in SERVICES:
        if find_spec(f"services.{service}.definition") is None:
            continue
        for act in definition(service).acts:
            found |= {tells.template for tells in act.tells}
    return found


def test_every_template_that_an_act_names_has_its_words() -> None:
    # A sealed notice never shows its template's words.
    assert told_templates() - {"sealed_item_delivered"} <= set(templates())
