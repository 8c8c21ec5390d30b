"""Every epoch has every example once, whatever the size of a batch."""

from random import Random

import pytest

from train.epochs import in_epochs


def shuffled(epoch: int) -> list[int]:
    order = list(range(10))
    Random(epoch).shuffle(order)
    return order


@pytest.mark.parametrize("size", [1, 4, 7, 10, 25])
def test_batches_one_after_the_other_are_epochs_one_after_the_other(size: int) -> None:
    batches = [in_epochs(index, size, 10, shuffled) for index in range(10)]
    assert {len(batch) for batch in batches} == {size}
    seen = [number for batch in batches for number in batch]
    assert seen == [number for epoch in range(size) for number in shuffled(epoch)]
