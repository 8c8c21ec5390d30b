"""Several prompts as one sequence: what they begin with in common is computed once (ours).

The prompts form a tree whose branches part where their token ids do. The tree is laid out as one
sequence, and attention goes branch by branch: a token sees what leads to it and nothing else, so
each prompt is computed as if it were alone. Scoring and training use the same layout.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AttentionInterface

from core.errors import MsrError
from core.kept_pictures import Layers, tokens_of

MOST_TOGETHER = 4096  # nodes whose attention a GPU computes at once: a mask of 17 million places
FEW = 8  # branches that it attends to one by one: few kernels, and nothing multiplied in vain


@dataclass(frozen=True, slots=True)
class Branch:
    """What one prompt adds to the tree.

    Attributes:
        nodes: positions in the sequence.
        seen: positions that its tokens may see, its own among them, int64, ``(seen,)``.
        mask: which tokens of the past and of `seen` each token does see, bool,
            ``(nodes, past + seen)``.
        past: keys and values of what comes before the sequence.
    """

    nodes: slice
    seen: Tensor
    mask: Tensor
    past: Layers = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A tree of prompts, its nodes in the order in which the prompts brought them.

    Attributes:
        inputs: for a model's body under `packed_attention`.
        paths: the nodes of each prompt in its order, int64, ``(tokens,)``.
        parent: node before each node, int64, ``(nodes,)``; -1 where a prompt starts.
    """

    inputs: dict[str, Any]
    paths: list[Tensor]
    parent: Tensor

    @property
    def last(self) -> Tensor:
        """Node of each prompt's last token, int64, ``(prompts,)``."""
        return torch.stack([path[-1] for path in self.paths])


def pack(encoded: dict[str, Tensor], image_id: int | None, pasts: Sequence[Layers] = ()) -> Pack:
    """Lay out prompts as one sequence.

    Args:
        encoded: right-padded prompts, as `core.encoding.PromptEncoder.encode` gives them.
        image_id: of the tokens that pictures take the place of. From a prompt's first picture on
            nothing is shared: the same ids may stand for another picture.
        pasts: keys and values of what each prompt follows, if they follow anything; prompts share
            nothing unless they follow the very same.

    Raises:
        ValueError: if they are padded on the left.
    """
    device, held = encoded["input_ids"].device, encoded["attention_mask"]
    if (held[:, 1:] > held[:, :-1]).any():
        raise ValueError("Prompts are padded on the left; their ends would be cut off.")
    lengths = held.sum(1).tolist()
    pasts = pasts or [()] * len(lengths)
    tree, branches, paths = _Tree(image_id), [], []
    for row, length, past in zip(encoded["input_ids"].tolist(), lengths, pasts, strict=True):
        start, before = len(tree.ids), tokens_of(past) if past else 0
        path = tree.add(row[:length], id(past) if past else None, before)
        paths.append(torch.tensor(path, device=device))
        new = len(tree.ids) - start
        if new:
            whole = before + length
            mask = torch.ones(new, whole, dtype=torch.bool, device=device).tril(whole - new)
            nodes = slice(start, start + new)
            branches.append(Branch(nodes, paths[-1], mask, past))
    small = FEW < len(branches) and len(tree.ids) <= MOST_TOGETHER
    if device.type == "cuda" and small and not any(pasts):
        branches = [together(branches)]
    inputs = {
        "input_ids": torch.tensor([tree.ids], device=device),
        "position_ids": torch.tensor([tree.places], device=device),
        "branches": branches,
    }
    pictures = {k: encoded[k] for k in ("pixel_values", "image_sizes") if k in encoded}
    return Pack(inputs | pictures, paths, torch.tensor(tree.parents))


def together(branches: Sequence[Branch]) -> Branch:
    """All branches of a tree as one, which sees no more than they did.

    More is multiplied for nothing, by one kernel in the place of several for each branch and layer:
    a GPU waits for the next kernel most of the time.

    Args:
        branches: that follow nothing; they cover the sequence from its start.
    """
    nodes, device = branches[-1].nodes.stop, branches[0].mask.device
    mask = torch.zeros(nodes, nodes, dtype=torch.bool, device=device)
    for branch in branches:
        mask[branch.nodes, branch.seen] = branch.mask
    return Branch(slice(0, nodes), torch.arange(nodes, device=device), mask)


class _Tree:
    """Nodes of prompts, each with its token id, its parent and its place in a prompt."""

    def __init__(self, image_id: int | None) -> None:
        self._image_id = image_id
        self.ids: list[int] = []
        self.parents: list[int] = []
        self.places: list[int] = []
        self._known: dict[tuple[int | None, int, int], int] = {}

    def add(self, ids: list[int], root: int | None, start: int) -> list[int]:
        """Bring a prompt in that starts at this place of its own; its nodes, in its order.

        Only prompts of one root share nodes.
        """
        path: list[int] = []
        node, shares = -1, True
        for place, token in enumerate(ids, start):
            shares = shares and token != self._image_id
            at = (root, node, token)
            node = self._known.get(at, len(self.ids)) if shares else len(self.ids)
            if node == len(self.ids):
                self.ids.append(token)
                self.parents.append(at[1])
                self.places.append(place)
                if shares:
                    self._known[at] = node
            path.append(node)
        return path


def attend_by_branch(model: Any) -> str:
    """Make a model's language layers attend branch by branch; only packs can be computed then.

    Returns:
        The attention it had.
    """
    config = model.config.get_text_config()
    usual: str = config._attn_implementation
    config._attn_implementation = NAME
    return usual


@contextmanager
def packed_attention(model: Any) -> Generator[None, None, None]:
    """Attend branch by branch for as long as the context lasts.

    Not for training: what gradient checkpointing computes again, it computes after the context.
    """
    usual = attend_by_branch(model)
    try:
        yield
    finally:
        model.config.get_text_config()._attn_implementation = usual


def _attend(
    module: Any,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    branches: list[Branch],
    scaling: float | None = None,
    sliding_window: int | None = None,
    **_: Any,
) -> tuple[Tensor, None]:
    """As transformers calls it: from ``(1, heads, nodes, size)`` to ``(1, nodes, heads, size)``.

    Raises:
        MsrError: if a prompt is longer than a checkpoint's attention reaches back.
    """
    if sliding_window is not None:
        longest = max(branch.mask.shape[1] for branch in branches)
        if longest > sliding_window:
            raise MsrError(
                f"This checkpoint attends to {sliding_window} tokens, and a prompt has {longest}: "
                "sliding windows are not computed here."
            )
    # On a CPU, fused attention of bfloat16 is slower than that of float32, most of all backwards.
    dtype = torch.float32 if query.device.type == "cpu" else query.dtype
    q, k, v = query.to(dtype), key.to(dtype), value.to(dtype)
    with torch.autocast(query.device.type, enabled=False):  # training's would round again
        parts = [_attend_to(branch, q, k, v, module.layer_idx, scaling) for branch in branches]
    return torch.cat(parts, 2).transpose(1, 2).to(query.dtype), None


def _attend_to(
    branch: Branch, q: Tensor, k: Tensor, v: Tensor, layer: int, scaling: float | None
) -> Tensor:
    """What one branch's nodes see, ``(1, heads, nodes, size)``."""
    keys, values = k.index_select(2, branch.seen), v.index_select(2, branch.seen)
    if branch.past:
        past_keys, past_values = branch.past[layer]
        keys = torch.cat([past_keys.to(q.dtype), keys], 2)
        values = torch.cat([past_values.to(q.dtype), values], 2)
    # Heads that share keys stand one below the other: told of them, CUDA's fused attention takes
    # no mask.
    asked = q[:, :, branch.nodes].reshape(1, k.shape[1], -1, q.shape[3])
    mask = branch.mask.repeat(q.shape[1] // k.shape[1], 1)
    found = functional.scaled_dot_product_attention(
        asked, keys, values, attn_mask=mask, scale=scaling
    )
    return found.reshape(1, q.shape[1], -1, q.shape[3])


NAME = "branches"
AttentionInterface.register(NAME, _attend)
