"""What a verification found: faults in Chinese and English, the first one first, and an exit code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with a trail; the value is stable, the texts are in `TEXTS`."""

    LEAF_MISSING = "leaf_missing"
    LEAF_STRAY = "leaf_stray"
    ENTRY_MISSING = "entry_missing"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_MISPLACED = "entry_misplaced"
    COLUMNS_DIFFER = "columns_differ"
    ENTRY_LOST = "entry_lost"
    BACKDATED = "backdated"
    POSTDATED = "postdated"
    NODE_CHANGED = "node_changed"
    NODE_STRAY = "node_stray"
    HEAD_ROOT = "head_root"
    HEAD_BEYOND = "head_beyond"
    HEAD_SIGNATURE = "head_signature"
    HEAD_KEY = "head_key"
    HEAD_TIME = "head_time"
    HEAD_MISSING = "head_missing"
    FORK = "fork"
    WITNESS_ROW = "witness_row"
    STATE_CHANGED = "state_changed"
    STATE_MISSING = "state_missing"
    SHARED_KEY = "shared_key"
    UNREADABLE = "unreadable"
    BUNDLE_CHANGED = "bundle_changed"
    BRIDGE_SIGNATURE = "bridge_signature"
    BRIDGE_WITHOUT_ACT = "bridge_without_act"


TEXTS: dict[Fault, tuple[str, str]] = {
    Fault.LEAF_MISSING: ("叶序号中断，该叶已被删除", "the leaf is missing: the numbering has a gap"),
    Fault.LEAF_STRAY: ("存在不属于本树的叶", "a leaf stands outside the numbering"),
    Fault.ENTRY_MISSING: ("审计记录已被删除，只剩叶", "the entry was deleted; its leaf remains"),
    Fault.ENTRY_CHANGED: (
        "审计记录内容与叶散列不符，已被改动",
        "the entry's content is not what its leaf says",
    ),
    Fault.ENTRY_MISPLACED: ("叶与审计记录对应错误", "the leaf stands for another entry"),
    Fault.COLUMNS_DIFFER: ("检索列与记录内容不符", "the columns differ from the entry's content"),
    Fault.ENTRY_LOST: ("审计记录没有叶，也不在待排队列中", "the entry has no leaf and waits for none"),
    Fault.BACKDATED: (
        "记录时间早于此前已签名的树头，疑为倒填",
        "recorded before a head that does not cover it",
    ),
    Fault.POSTDATED: ("记录时间晚于已包含它的树头", "recorded after a head that already covers it"),
    Fault.NODE_CHANGED: (
        "树节点缺失或与叶不符",
        "a stored node is missing or does not follow from its leaves",
    ),
    Fault.NODE_STRAY: ("存在不属于本树的节点", "there are nodes that do not belong to the tree"),
    Fault.HEAD_ROOT: (
        "已签名树头与现有记录不符，历史已被改写",
        "a signed head contradicts the entries: rewritten",
    ),
    Fault.HEAD_BEYOND: (
        "已签名树头包含的记录多于现有记录，已被截断或回退",
        "a signed head covers more: cut or rolled back",
    ),
    Fault.HEAD_SIGNATURE: ("树头签名无效", "the head's signature is not valid"),
    Fault.HEAD_KEY: ("树头由不受信任的密钥签名", "the head is signed with a key that is not trusted"),
    Fault.HEAD_TIME: ("树头签名时间先后颠倒", "the heads' signing times are out of order"),
    Fault.HEAD_MISSING: ("他方见证过的树头在本服务中已不存在", "a head that others witnessed is gone here"),
    Fault.FORK: ("同一密钥签署了互相矛盾的树头", "the key signed heads that contradict each other"),
    Fault.WITNESS_ROW: ("见证记录本身已被改动", "the witness's own record was changed"),
    Fault.STATE_CHANGED: (
        "业务数据与最近一次办理所承诺的不符",
        "the subject's rows are not what its last act left",
    ),
    Fault.STATE_MISSING: ("业务数据已被删除", "the subject's rows are gone"),
    Fault.SHARED_KEY: ("两个服务共用同一签名密钥", "two services share one signing key"),
    Fault.UNREADABLE: ("数据无法读取", "the stored data cannot be read"),
    Fault.BUNDLE_CHANGED: ("文件包内容与其清单不符", "a file of the bundle is not what its manifest says"),
    Fault.BRIDGE_SIGNATURE: ("回退声明的签名无效", "a declared rollback is not signed by this service"),
    Fault.BRIDGE_WITHOUT_ACT: (
        "声明了回退,但日志中没有批准它的办理记录",
        "a rollback was declared without the act that allows it",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault. It lies at `leaf`, or, where only a root tells, between `leaf` and `leaf_until` (included).

    Both are None for what has no place in the tree. `witness` is the service that holds the evidence,
    `subject` is "kind/id", `head` the size of the head concerned.
    """

    fault: Fault
    service: str
    leaf: int | None = None
    leaf_until: int | None = None
    entry_id: str = ""
    head: int | None = None
    witness: str = ""
    subject: str = ""

    @property
    def order(self) -> tuple[bool, float, float]:
        """The place in the trail: by the last leaf that it can lie at, the more precise one first.

        The subjects' rows come after the trail: where entries were cut off, the rows differ for that alone.
        """
        of_subject = self.subject != ""
        if self.leaf is None:
            return (of_subject, float("inf"), 0)
        until = self.leaf if self.leaf_until is None else self.leaf_until
        return (of_subject, until, until - self.leaf)

    @property
    def zh(self) -> str:
        return self._line(TEXTS[self.fault][0], ("叶", "记录", "树头", "见证方", "对象"), "：", "，")

    @property
    def en(self) -> str:
        return self._line(TEXTS[self.fault][1], ("leaf", "entry", "head", "witness", "subject"), ": ", ", ")

    def _line(self, text: str, names: tuple[str, ...], colon: str, comma: str) -> str:
        leaf = "" if self.leaf is None else str(self.leaf)
        if self.leaf_until is not None and self.leaf_until != self.leaf:
            leaf += f"–{self.leaf_until}"
        head = "" if self.head is None else str(self.head)
        values = (leaf, self.entry_id, head, self.witness, self.subject)
        places = [f"{name} {value}" for name, value in zip(names, values, strict=True) if value]
        return f"{self.service}{colon}{text}" + (f" ({comma.join(places)})" if places else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A rollback that was declared by the act in `entry_id`: no fault, and told at every verification.

    The trail had reached `from_size` leaves, as far as its witnesses know, was put back, and goes on from the head of
    `to_size`. What stood between is lost.
    """

    service: str
    epoch: int
    from_size: int
    to_size: int
    signed_at: datetime
    entry_id: str

    @property
    def zh(self) -> str:
        return (
            f"{self.service}:审计日志曾由 {self.from_size} 条回退,自树头 {self.to_size} 继续,已经批准"
            f"(第 {self.epoch} 纪元,{self.signed_at:%Y-%m-%d %H:%M} UTC,记录 {self.entry_id})"
        )

    @property
    def en(self) -> str:
        return (
            f"{self.service}: the trail was rolled back from {self.from_size} leaves and goes on from the head of"
            f" {self.to_size}, as was approved (epoch {self.epoch}, {self.signed_at:%Y-%m-%d %H:%M} UTC,"
            f" entry {self.entry_id})"
        )


@dataclass(slots=True)
class Counts:
    """What was looked at in one service. `witnessed` is the newest size that each other service holds."""

    entries: int = 0
    heads: int = 0
    not_yet_sequenced: int = 0
    not_yet_signed: int = 0
    not_yet_witnessed: int = 0
    subjects: int = 0
    shredded: int = 0
    not_recomputed: int = 0
    notices: int = 0
    witnessed: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """The outcome. At most `LIMIT` findings of each service are kept; `faults` counts them all.

    A notice (a refused head that does no harm to this trail) does not spoil the verification.
    """

    LIMIT = 100

    counts: dict[str, Counts] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    faults: int = 0
    settled: list[Settled] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.faults += 1
        kept = self.findings.setdefault(finding.service, [])
        kept.append(finding)
        if len(kept) > 2 * self.LIMIT:
            kept.sort(key=lambda each: each.order)
            del kept[self.LIMIT :]

    def of(self, service: str) -> list[Finding]:
        """The findings of a service, by their place in its trail."""
        return sorted(self.findings.get(service, []), key=lambda each: each.order)[: self.LIMIT]

    @property
    def first(self) -> Finding | None:
        """The first bad entry, head or row: services in the order given, then the place in the trail."""
        names = [*self.counts, *(name for name in self.findings if name not in self.counts)]
        return next((found[0] for name in names if (found := self.of(name))), None)

    @property
    def ok(self) -> bool:
        return self.faults == 0

    @property
    def exit_code(self) -> int:
        """0: everything holds. 1: something was changed."""
        return 0 if self.ok else 1
