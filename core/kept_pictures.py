"""What a model made of a picture, kept for the next question about it (ours).

The paper's prompt shows the picture first, so all that users share about an item comes before
anything that differs: keys and values up to the picture's end depend on the picture alone. They are
large (LLaVA-NeXT 7B: 128 KiB a token), so no more of them is kept than a limit allows.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

import torch
from torch import Tensor

Layers = tuple[tuple[Tensor, Tensor], ...]
"""Keys and values of each layer, ``(1, heads, tokens, size)``."""


class KeptPictures:
    """Keys and values by picture; those that were not asked for lately go first.

    What a call asks for never takes the place of another picture of the same call: if twenty took
    turns in room for nineteen, the next call with the same ones would find none.
    """

    def __init__(self, most: int | None = None) -> None:
        """Keep at most so many bytes; None: see `room`."""
        self._most = most
        self._call = 0
        self._kept: OrderedDict[Hashable, tuple[int, Layers]] = OrderedDict()

    @property
    def bytes(self) -> int:
        """What is kept takes so many."""
        return sum(size(layers) for _, layers in self._kept.values())

    def __contains__(self, key: Hashable) -> bool:
        """Whether something is kept of a picture."""
        return key in self._kept

    def forget(self) -> None:
        """Let go of everything: its memory is needed."""
        self._kept.clear()

    def begin(self, keys: Iterable[Hashable]) -> None:
        """A call for these pictures starts: what only others asked for may go."""
        self._call += 1
        for key in keys:
            if key in self._kept:
                self._kept[key] = (self._call, self._kept[key][1])
                self._kept.move_to_end(key)

    def get(self, key: Hashable, compute: Callable[[], Layers]) -> Layers:
        """What is kept of a picture; it is computed if nothing is, and kept if there is room."""
        if key in self._kept:
            return self._kept[key][1]
        layers = compute()
        if self._make_room(size(layers)):
            self._kept[key] = (self._call, layers)
        return layers

    def _make_room(self, wanted: int) -> bool:
        if self._most is None:
            self._most = room()
        older = [key for key, (call, _) in self._kept.items() if call != self._call]
        free = self._most - self.bytes
        if free + sum(size(self._kept[key][1]) for key in older) < wanted:
            return False
        for key in older:
            if free >= wanted:
                break
            free += size(self._kept.pop(key)[1])
        return True


def tokens_of(layers: Layers) -> int:
    """Tokens that keys and values are of."""
    return int(layers[0][0].shape[2])


def size(layers: Layers) -> int:
    """Bytes of keys and values."""
    return sum(keys.nbytes + values.nbytes for keys, values in layers)


def room() -> int:
    """Bytes to keep by default: half of what the GPU has left, or 1 GB without one."""
    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0]) // 2
    return 10**9
