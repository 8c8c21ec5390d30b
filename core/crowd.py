"""What other users did: systems that count and write nothing (ours, beside the paper's).

Popularity counts who took a candidate. Co-occurrence asks who took it together with the items of
the history: items are as alike as the cosine of the users who took them (Sarwar et al., 2001), and
newer items of the history count more. Popularity breaks ties.
"""

from collections.abc import Mapping, Sequence

FADING = 0.8  # weight of an item of a history against that of the one after it
TIES = 1e-6  # what the most popular item adds: less than items taken together mostly add


def co_occurrence(
    history: Sequence[str],
    candidates: Sequence[str],
    takers: Mapping[str, int],
    together: Mapping[tuple[str, str], int],
) -> tuple[float, ...]:
    """How alike each candidate is to a history.

    Args:
        history: item ids, oldest first.
        candidates: item ids.
        takers: how many other users took each of these items.
        together: how many took both, by item of the history and candidate.

    Returns:
        One number a candidate, at most `TIES` where nobody took it with anything of the history.
    """

    def alike(item: str, candidate: str) -> float:
        both = together.get((item, candidate), 0)
        product = takers.get(item, 0) * takers.get(candidate, 0)
        return float(both / product**0.5) if both else 0.0

    weights = [FADING ** (len(history) - 1 - place) for place in range(len(history))]
    most = max((takers.get(one, 0) for one in candidates), default=0) or 1
    return tuple(
        sum(weight * alike(item, one) for weight, item in zip(weights, history, strict=True))
        + TIES * takers.get(one, 0) / most
        for one in candidates
    )
