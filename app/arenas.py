"""Keeps a server that stays up from growing: its threads share the C library's heaps."""

import ctypes

M_ARENA_MAX = -8  # of mallopt(3)
ARENAS = 2


def share_arenas() -> bool:
    """Let all threads of this process allocate from a few heaps.

    glibc gives threads heaps of their own, eight a core, and hardly returns what lies in them: a
    server that computes and paints in many threads grew with every visit, although nothing was
    kept.

    Returns:
        Whether the C library was told; another one than glibc needs no telling.
    """
    try:
        return bool(ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, ARENAS))
    except (OSError, AttributeError):
        return False
