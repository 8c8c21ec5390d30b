"""The deletion chart: a margin while sentences are taken out, in one order and another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.views.render import signed

NAMES = {"random": "random orders", "oracle": "greedy order", "method": "this order"}
WIDTH, HEIGHT = 320, 150  # in the chart's own units
LEFT, TOP, BOTTOM, RIGHT = 40, 10, 24, 8
FLAT = 0.05  # nats; curves that move less are drawn as what they are, flat


@dataclass(frozen=True, slots=True)
class Chart:
    """A path for each curve, ticks with their places, the zero line's, and the numbers."""

    paths: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float | None
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def chart(curves: Mapping[str, Sequence[float]]) -> Chart:
    """Draw curves of margins in nats, from all sentences to none; what is named last is on top."""
    values = [value for name in NAMES for value in curves[name]]
    low, high = min(values), max(values)
    if high - low < FLAT:
        low, high = low - FLAT, high + FLAT

    def place(value: float) -> float:
        return round(TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    return Chart(
        paths=tuple((name, _path(curves[name], place)) for name in NAMES),
        ticks=tuple((place(value), signed(value, 1)) for value in (high, low)),
        zero=place(0.0) if low < 0 < high else None,
        rows=tuple(
            (NAMES[name], tuple(signed(v) for v in curves[name])) for name in reversed(NAMES)
        ),
    )


def _path(curve: Sequence[float], place: Callable[[float], float]) -> str:
    step = (WIDTH - LEFT - RIGHT) / (len(curve) - 1)
    points = (f"{LEFT + n * step:.1f} {place(value)}" for n, value in enumerate(curve))
    return f"M{' L'.join(points)}"
