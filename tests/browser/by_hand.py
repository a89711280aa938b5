"""A person who works at the desk alone, by clicking, so that the journey's story can be played in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from dengwen.client import Installation, Person, Refused
from dengwen.example import example_authority

NAMES = {person.id: person.zh for person in example_authority().persons}
GONE = "该事项已移交"


@dataclass
class ByHand(Installation):
    """An installation whose people have a browser each, without JavaScript, and nothing else.

    `clicked`: how many links and buttons each account has clicked.
    """

    browser: Browser | None = None
    clicked: dict[str, int] = field(default_factory=dict)

    def person(self, account: str) -> AtTheDesk:
        return AtTheDesk(self, account, self.accounts[account]["password"])


class AtTheDesk(Person):
    """One account in a browser. What a page does not offer is tried at the address of its form."""

    installation: ByHand

    def __init__(self, installation: ByHand, account: str, password: str) -> None:
        super().__init__(installation, account, password)
        self._scans: dict[str, bytes] = {}
        assert installation.browser is not None
        context = installation.browser.new_context(
            java_script_enabled=False, viewport={"width": 1280, "height": 720}, locale="zh-CN",
            base_url=installation.url,
        )  # fmt: skip
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.goto("/")
        self.page.get_by_label("账号").fill(account)
        self.page.get_by_label("口令").fill(password)
        self._go(self.page.get_by_role("button", name="登录"))
        self.page.get_by_role("heading", name="今日").wait_for()

    def get(self, path: str, **query: str) -> Any:
        """Look at the page of an item, of a sealed one's content or of the inbox; raises Refused with the page's code.

        What the page says in words comes from the API besides, for the story to go on with.
        """
        if path.endswith("/sealed"):
            return {"parts": self._opened(path.removesuffix("/sealed"))}
        if path == "/notifications/inbox":
            self.page.goto("/desk/inbox")
            return {"items": self.page.locator("article.notice h2").all_inner_texts()}
        if len(path.strip("/").split("/")) == 3:
            self._look(f"/desk/items{path}")
        return super().get(path, **query)

    def upload(self, service: str, body: bytes) -> str:
        """Keep the file until the form is there; gives the name under which `act` attaches it."""
        name = f"{service}-{len(self._scans)}.pdf"
        self._scans[name] = body
        return name

    def act(
        self,
        path: str,
        paper: Mapping[str, Any] | None = None,
        *,
        attachments: list[dict[str, str]] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> dict[str, Any]:
        assert key is None, "a form has its own key"
        assert version is None, "a form has the version that was seen"
        self._to_form(path)
        kept = self.page.locator('main button[value="discard"]')
        if kept.count():  # what was typed before a refusal
            self._go(kept)
        for name, value in (paper or {}).items():
            self._fill(name, value)
        for one in attachments or []:
            scan = {"name": "附件.pdf", "mimeType": "application/pdf", "buffer": self._scans[one["id"]]}
            self.page.locator(f'[id="document.{one["kind"]}"]').set_input_files(scan)  # type: ignore[arg-type]
        self._press('main button[value="submit"]:not(.default)')
        if GONE in self.page.inner_text("main"):
            return {"id": path.split("/")[3], "duties": [], "clauses": []}
        self.page.locator('p.done[role="status"]').wait_for()
        item = self.page.url.partition("?")[0].partition("/desk/items")[2]
        return self._told(item)

    def decide(self, item: str, *, approve: bool = True, reason: str = "") -> dict[str, Any]:
        """Decide on what waits, from Today on; who has no button gets the refusal that stands in its place."""
        self.page.goto("/desk/")
        waiting = self.page.locator(f'a.decide[href^="/desk/items{item}#"]')
        if waiting.count():
            self._go(waiting.first)
        else:
            self._look(f"/desk/items{item}")
        button = self.page.locator(f'button[name="_do"][value="{"approve" if approve else "return"}"]')
        if not button.count():
            told = self.page.locator("article .note code")
            raise Refused(403, {"code": told.first.inner_text(), "clauses": self._clauses()})
        if reason:
            self.page.locator('textarea[name="reason"]').fill(reason)
        self._press(f'button[name="_do"][value="{"approve" if approve else "return"}"]')
        self.page.locator('p.done[role="status"]').wait_for()
        return self._told(item)

    def _told(self, item: str) -> dict[str, Any]:
        """What the story goes on with after an act: the item from the API, the act's clauses from its page."""
        shown = self.page.locator(".timeline li").last.locator(".clause").all_inner_texts()
        return {"clauses": shown, "duties": []} | dict(super().get(item))

    # -- the pages ----------------------------------------------------------------------------------------------

    def _go(self, clicked: Locator) -> None:
        """Click, and wait for the page to which it leads."""
        self.installation.clicked[self.account] = self.installation.clicked.get(self.account, 0) + 1
        with self.page.expect_navigation():
            clicked.click()

    def _look(self, address: str) -> None:
        self.page.goto(address)
        self._raise_refusal()

    def _raise_refusal(self) -> None:
        """Raise what the page says was refused, if it says so."""
        problem = self.page.locator("main .problem code")
        if problem.count():
            raise Refused(0, {"code": problem.first.inner_text(), "clauses": self._clauses()})

    def _clauses(self) -> list[str]:
        return list(
            dict.fromkeys(self.page.locator("main .problem .clause, main p > .clause").all_inner_texts())
        )

    def _to_form(self, path: str) -> None:
        service, kinds, *item, act = path.strip("/").split("/")
        address = (
            f"/desk/items{path.rpartition('/')[0]}/acts/{act}"
            if item
            else f"/desk/new/{service}/{kinds}/{act}"
        )
        if item:
            self._look(f"/desk/items{path.rpartition('/')[0]}")
        else:
            self.page.goto("/desk/")
            self._go(self.page.get_by_role("link", name="时间" if act == "advance_time" else "新办"))
        if self.page.url.endswith(address):
            return
        offered = self.page.locator(f'main a[href="{address}"]')
        if offered.count():
            self._go(offered.first)
        else:
            self._look(address)

    def _press(self, button: str) -> None:
        self._go(self.page.locator(button).last)
        self._raise_refusal()

    def _fill(self, name: str, value: Any) -> None:
        if self.page.locator(f'[id="{name}-q"]').count():
            for person in value if isinstance(value, list) else [value]:
                self._find_person(name, person)
            return
        inputs = self.page.locator(f'[name="{name}"]')
        if not inputs.count():
            self._go(self.page.locator('button[value^="fields:"]').first)
        kind = inputs.first.get_attribute("type")
        if kind == "radio":
            self.page.locator(f'[name="{name}"][value="{str(value).lower()}"]').check()
        elif inputs.first.evaluate("element => element.tagName") == "SELECT":
            inputs.select_option(value)
        else:
            inputs.fill(str(value)[:16] if kind == "datetime-local" else str(value))

    def _find_person(self, name: str, person: str) -> None:
        """By name, as people do; who may not search types the roster's id."""
        self.page.locator(f'[id="{name}-q"]').fill(NAMES[person])
        self._go(self.page.locator(f'button[value="search:{name}"]'))
        found = self.page.locator(f'[id="{name}-{person}"]')
        if found.count():
            found.check()
        else:
            self.page.locator(f'[id="{name}-id"]').fill(person)

    def _opened(self, item: str) -> list[str]:
        """What stands on the page of a sealed item, once the key is unlocked."""
        self.page.goto(f"/desk/sealed/{item.rpartition('/')[2]}")
        passphrase = self.page.locator("#passphrase")
        if passphrase.count():
            passphrase.fill(self.installation.accounts[self.account]["passphrase"])
            self._go(self.page.get_by_role("button", name="解锁"))
        self._raise_refusal()
        return self.page.locator("main article, main li").all_inner_texts()
