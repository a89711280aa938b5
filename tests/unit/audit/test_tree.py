"""The Merkle tree against RFC 6962's recursive definitions, written out once more, and its vectors."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.audit import tree

# The inputs and roots of the reference implementation of RFC 6962 (Certificate Transparency), sizes 1 to 8.
VECTOR_LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
VECTOR_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def h(data: bytes) -> bytes:
    return sha256(data).digest()


def largest_power_below(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word by word."""
    n = len(d)
    if n == 0:
        return h(b"")
    if n == 1:
        return h(b"\x00" + d[0])
    k = largest_power_below(n)
    return h(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1."""
    n = len(d)
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(m, d[:k]), mth(d[k:])]
    return [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], *, whole: bool) -> list[bytes]:
    """RFC 6962, 2.1.2."""
    n = len(d)
    if m == n:
        return [] if whole else [mth(d)]
    k = largest_power_below(n)
    if m <= k:
        return [*subproof(m, d[:k], whole=whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], whole=False), mth(d[:k])]


class Stored:
    """The finished nodes as a service stores them; counts what is read."""

    def __init__(self, contents: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self.reads = 0
        frontier = tree.Frontier()
        for index, content in enumerate(contents):
            leaf = tree.leaf_hash(content)
            self.nodes[0, index] = leaf
            for level, at, digest in frontier.append(leaf):
                assert (level, at) not in self.nodes
                self.nodes[level, at] = digest

    def __call__(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.nodes[level, index]


@st.composite
def grown_tree(draw: st.DrawFn) -> tuple[list[bytes], int]:
    contents = draw(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
    return contents, draw(st.integers(1, len(contents)))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_implementation(size: int) -> None:
    leaves = [tree.leaf_hash(bytes.fromhex(content)) for content in VECTOR_LEAVES[:size]]
    assert tree.root_of(leaves).hex() == VECTOR_ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert tree.root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.root_at(0, Stored([])) == tree.EMPTY_ROOT


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_the_recursive_definition(contents: list[bytes]) -> None:
    assert tree.root_of(map(tree.leaf_hash, contents)) == mth(contents)


@given(grown_tree())
def test_the_root_at_an_earlier_size_comes_from_stored_nodes(grown: tuple[list[bytes], int]) -> None:
    contents, size = grown
    assert tree.root_at(size, Stored(contents)) == mth(contents[:size])


@given(grown_tree())
def test_a_frontier_is_resumed_from_its_stored_nodes(grown: tuple[list[bytes], int]) -> None:
    contents, size = grown
    stored = Stored(contents)
    resumed = tree.Frontier(size, [stored(level, index) for level, index in tree.frontier_nodes(size)])
    for content in contents[size:]:
        resumed.append(tree.leaf_hash(content))
    assert resumed.root() == mth(contents)


def test_a_frontier_refuses_nodes_that_do_not_make_its_size() -> None:
    with pytest.raises(ValueError, match="5 leaves make 2 perfect subtrees, got 1"):
        tree.Frontier(5, [bytes(32)])


@given(grown_tree())
def test_an_inclusion_proof_is_the_recursive_definition_and_holds(grown: tuple[list[bytes], int]) -> None:
    contents, place = grown
    index = place - 1
    proof = tree.inclusion_proof(index, len(contents), Stored(contents))
    leaf = tree.leaf_hash(contents[index])
    assert proof == path(index, contents)
    assert tree.proves_inclusion(leaf, index, len(contents), mth(contents), proof)


@given(grown_tree())
def test_a_consistency_proof_is_the_recursive_definition_and_holds(grown: tuple[list[bytes], int]) -> None:
    contents, old = grown
    proof = tree.consistency_proof(old, len(contents), Stored(contents))
    assert proof == subproof(old, contents, whole=True)
    assert tree.proves_consistency(old, mth(contents[:old]), len(contents), mth(contents), proof)


@given(grown_tree(), st.data())
def test_an_inclusion_proof_fails_for_any_other_leaf_place_size_root_or_path(
    grown: tuple[list[bytes], int], data: st.DataObject
) -> None:
    contents, place = grown
    index, size, root = place - 1, len(contents), mth(contents)
    leaf, proof = tree.leaf_hash(contents[index]), path(index, contents)
    assert not tree.proves_inclusion(h(b"another"), index, size, root, proof)
    assert not tree.proves_inclusion(leaf, index, size, h(b"another"), proof)
    assert not tree.proves_inclusion(leaf, size, size, root, proof)
    assert not tree.proves_inclusion(leaf, index, size, root, [*proof, bytes(32)])
    if proof:
        broken = data.draw(st.integers(0, len(proof) - 1))
        changed = [*proof[:broken], h(proof[broken]), *proof[broken + 1 :]]
        assert not tree.proves_inclusion(leaf, index, size, root, changed)
        assert not tree.proves_inclusion(leaf, index, size, root, proof[:-1])
        assert not tree.proves_inclusion(leaf, index, size, root, [*proof[:-1], proof[-1] + b"\x00"])


@given(grown_tree(), st.data())
def test_a_consistency_proof_fails_once_history_is_rewritten(
    grown: tuple[list[bytes], int], data: st.DataObject
) -> None:
    contents, old = grown
    rewritten = list(contents)
    place = data.draw(st.integers(0, old - 1))
    rewritten[place] = contents[place] + b"!"
    honest = subproof(old, contents, whole=True)
    forged = subproof(old, rewritten, whole=True)
    old_root, size = mth(contents[:old]), len(contents)
    assert not tree.proves_consistency(old, old_root, size, mth(rewritten), honest)
    assert not tree.proves_consistency(old, old_root, size, mth(rewritten), forged)
    assert not tree.proves_consistency(old, mth(rewritten[:old]), size, mth(contents), honest)
    assert not tree.proves_consistency(old, old_root, size, mth(contents), [*honest, bytes(32)])
    if honest:
        assert not tree.proves_consistency(old, old_root, size, mth(contents), honest[:-1])


def test_nothing_is_consistent_with_a_smaller_tree_or_an_empty_one_with_a_root() -> None:
    root = mth([b"a"])
    assert not tree.proves_consistency(2, root, 1, root, [])
    assert not tree.proves_consistency(0, root, 1, root, [])
    assert not tree.proves_consistency(0, tree.EMPTY_ROOT, 1, root, [bytes(32)])
    assert tree.proves_consistency(0, tree.EMPTY_ROOT, 1, root, [])
    with pytest.raises(ValueError, match="cannot extend"):
        tree.consistency_proof(2, 1, Stored([b"a", b"b"]))
    with pytest.raises(ValueError, match="not in a tree"):
        tree.inclusion_proof(2, 2, Stored([b"a", b"b"]))


@pytest.mark.parametrize("size", [1023, 1024, 1025, 4095])
def test_proofs_read_a_logarithmic_number_of_nodes(size: int) -> None:
    stored = Stored([index.to_bytes(2, "big") for index in range(size)])
    for place in (1, size // 3, size // 2, size - 1):
        for proof in (tree.inclusion_proof, tree.consistency_proof):
            stored.reads = 0
            proof(place, size, stored)
            assert stored.reads <= 2 * size.bit_length()
