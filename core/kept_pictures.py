"""What a model made of a picture, kept for the next question about it (ours).

The paper's prompt shows the picture first, so all that users share about an item comes before
anything that differs: keys and values up to the picture's end depend on the picture alone. They are
large (LLaVA-NeXT 7B: 128 KiB a token), so no more of them is kept than a limit allows.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

import torch
from torch import Tensor

Layers = tuple[tuple[Tensor, Tensor], ...]
"""Keys and values of each layer, ``(1, heads, tokens, size)``."""


class KeptPictures:
    """Keys and values by picture; those that were not asked for lately go first.

    A call whose pictures do not all fit keeps the first ones: if each took the place of another of
    the same call, the next call with the same pictures would find none.
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

    def begin(self) -> None:
        """A call starts: what the ones before it used may go."""
        self._call += 1

    def get(self, key: Hashable, compute: Callable[[], Layers]) -> Layers:
        """What is kept of a picture; it is computed if nothing is, and kept if there is room."""
        if key in self._kept:
            layers = self._kept[key][1]
        else:
            layers = compute()
            if not self._make_room(size(layers)):
                return layers
        self._kept[key] = (self._call, layers)
        self._kept.move_to_end(key)
        return layers

    def _make_room(self, wanted: int) -> bool:
        if self._most is None:
            self._most = room()
        free = self._most - self.bytes
        while free < wanted and self._kept:
            key, (call, layers) = next(iter(self._kept.items()))
            if call == self._call:
                break
            free += size(layers)
            del self._kept[key]
        return free >= wanted


def size(layers: Layers) -> int:
    """Bytes of keys and values."""
    return sum(keys.nbytes + values.nbytes for keys, values in layers)


def room() -> int:
    """Bytes to keep by default: half of what the GPU has left, or 1 GB without one."""
    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0]) // 2
    return 10**9
