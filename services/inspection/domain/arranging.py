"""Who goes where: each into a place that is open to them, as evenly as that allows, then by what it costs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

Cost = tuple[int, ...]
TRIALS = 20_000
"""So often at most a move or an exchange is tried: half a second. Rosters of forty settle before."""


def arrange(
    open_to: Mapping[str, Iterable[str]],
    present: Mapping[str, int],
    cost: Callable[[str, Sequence[str]], Cost],
) -> dict[str, str]:
    """The place of each; who has none open to them is left out. Depends on no order but that of the ids.

    `open_to`: the places that are open to each. `present`: the places, and how many are there already. No other
    arrangement is more even. `cost`: of a place with those who come there, to be small in sum, the first number before
    the next; it is improved by moving one and exchanging two, so it need not be the smallest there is.
    """
    arrangement = _Arrangement(open_to, present, cost)
    arrangement.fill()
    arrangement.level()
    arrangement.settle()
    return arrangement.where


class _Arrangement:
    def __init__(
        self,
        open_to: Mapping[str, Iterable[str]],
        present: Mapping[str, int],
        cost: Callable[[str, Sequence[str]], Cost],
    ) -> None:
        places = {place: sorted(set(given) & set(present)) for place, given in open_to.items()}
        self.open_to = {one: places[one] for one in sorted(places) if places[one]}
        self.present, self.cost = present, cost
        self.where: dict[str, str] = {}
        self.there: dict[str, list[str]] = {place: [] for place in sorted(present)}
        self.costs: dict[str, Cost] = {}
        self.trials = TRIALS

    def fill(self) -> None:
        """Who has the fewest places first, each where it is best by then."""
        for one in sorted(self.open_to, key=lambda one: (len(self.open_to[one]), one)):
            best = min(self.open_to[one], key=lambda place: (self._added(place, one), place))
            self._put(one, best)

    def level(self) -> None:
        """From a fuller place to an emptier one somebody goes, by way of others if need be, until nothing evens out."""
        while any(self._evened_out(place) for place in sorted(self.there, key=lambda one: -self._load(one))):
            pass

    def settle(self) -> None:
        """One moves, or two change places, wherever that is better."""
        better = True
        while better and self.trials > 0:
            better = sum(self._improved(one) for one in self.open_to) > 0

    def _evened_out(self, start: str) -> bool:
        came: dict[str, tuple[str, str]] = {}
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            if self._load(place) + 2 <= self._load(start):
                self._pass_on(start, place, came)
                return True
            for one in self.there[place]:
                for following in self.open_to[one]:
                    if following != start and following not in came:
                        came[following] = (place, one)
                        waiting.append(following)
        return False

    def _pass_on(self, start: str, end: str, came: Mapping[str, tuple[str, str]]) -> None:
        while end != start:
            before, one = came[end]
            self._put(one, end)
            end = before

    def _improved(self, one: str) -> bool:
        for place in self.open_to[one]:
            here = self.where[one]
            if place != here and (
                self._better(here, place, one, "")
                or any(
                    self._better(here, place, one, other)
                    for other in list(self.there[place])
                    if here in self.open_to[other]
                )
            ):
                return True
        return False

    def _better(self, here: str, there: str, one: str, other: str) -> bool:
        """`one` to `there` and `other`, if anybody, to `here`: done if it costs less."""
        if self.trials <= 0:
            return False
        self.trials -= 1
        mine, theirs = self.there[here], self.there[there]
        mine_then = sorted([*(id_ for id_ in mine if id_ != one), *([other] if other else [])])
        theirs_then = sorted([*(id_ for id_ in theirs if id_ != other), one])
        now = _sum(self._now(here), self._now(there))
        if _sum(self._whole(here, mine_then), self._whole(there, theirs_then)) >= now:
            return False
        self._put(one, there)
        if other:
            self._put(other, here)
        return True

    def _put(self, one: str, place: str) -> None:
        if one in self.where:
            self.there[self.where[one]].remove(one)
            self.costs.pop(self.where[one], None)
        self.costs.pop(place, None)
        self.where[one] = place
        self.there[place] = sorted([*self.there[place], one])

    def _load(self, place: str) -> int:
        return self.present[place] + len(self.there[place])

    def _whole(self, place: str, those: Sequence[str]) -> Cost:
        """With how full it is first: squared, so that the sum is smallest where places are most alike."""
        return ((self.present[place] + len(those)) ** 2, *self.cost(place, those))

    def _now(self, place: str) -> Cost:
        if place not in self.costs:
            self.costs[place] = self._whole(place, self.there[place])
        return self.costs[place]

    def _added(self, place: str, one: str) -> Cost:
        before = self._now(place)
        after = self._whole(place, sorted([*self.there[place], one]))
        return tuple(new - old for new, old in zip(after, before, strict=True))


def _sum(one: Cost, other: Cost) -> Cost:
    return tuple(a + b for a, b in zip(one, other, strict=True))
