"""Which examples a batch takes, so that every epoch has each of them once."""

from collections.abc import Callable, Sequence


def in_epochs(
    index: int, size: int, count: int, order: Callable[[int], Sequence[int]]
) -> list[int]:
    """Numbers of the examples of one batch; it may begin in one epoch and end in the next.

    Args:
        index: of the batch, from 0.
        size: of every batch.
        count: of examples.
        order: of the examples in an epoch, from 0: each of their numbers once.
    """
    places = [divmod(index * size + place, count) for place in range(size)]
    orders = {epoch: order(epoch) for epoch in dict(places)}
    return [int(orders[epoch][place]) for epoch, place in places]
