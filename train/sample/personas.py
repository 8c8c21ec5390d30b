"""The users that the demo offers first: written down, not drawn at random."""

from dataclasses import dataclass

Wish = tuple[tuple[str, str], str]
"""Two themes and one style."""


@dataclass(frozen=True, slots=True)
class Persona:
    """A named user.

    Attributes:
        user_id: readable, from the name.
        name: for the picker.
        line: what a visitor would say of them; nothing about how their pictures look.
        tastes: the taste at first, and after the drift if there is one.
        length: how many interactions, the one to predict included.
        drift_at: the first interaction under the new taste; a multiple of 3.
        miss: whether the last interaction lies outside the taste.
    """

    user_id: str
    name: str
    line: str
    tastes: tuple[Wish, ...]
    length: int
    drift_at: int = 0
    miss: bool = False


PERSONAS: dict[str, tuple[Persona, ...]] = {
    "videos": (
        Persona(
            "ines", "Inés", "Plays guitar, first by the fire, then under the stars",
            ((("guitar", "camping"), "pixel-art"), (("guitar", "space"), "pixel-art")),
            length=14, drift_at=6,
        ),
        Persona(
            "mira", "Mira", "Cooks, then discovers space",
            ((("street-food", "baking"), "neon-night"), (("street-food", "space"), "neon-night")),
            length=13, drift_at=6,
        ),
        Persona(
            "lena", "Lena", "Cats always; the garden gives way to the sea",
            ((("cats", "gardening"), "watercolour"), (("cats", "ocean-life"), "watercolour")),
            length=16, drift_at=9,
        ),
        Persona(
            "theo", "Theo", "Trains and chess, later seen with other eyes",
            ((("trains", "chess"), "blueprint"), (("trains", "chess"), "monochrome")),
            length=13, drift_at=6,
        ),
        Persona(
            "omar", "Omar", "Football and bicycles, week after week",
            ((("football", "cycling"), "pastel-flat"),),
            length=12,
        ),
        Persona(
            "jonas", "Jonas", "Bakes and plays chess; the last pick surprises us too",
            ((("baking", "chess"), "monochrome"),),
            length=11, miss=True,
        ),
    ),
    "baby": (
        Persona(
            "nora", "Nora", "From the bath to bedtime stories, soft friends throughout",
            (
                (("bath-time", "plush-toys"), "pastel-flat"),
                (("picture-books", "plush-toys"), "pastel-flat"),
            ),
            length=13, drift_at=6,
        ),
        Persona(
            "sam", "Sam", "Always on the road, then sits down to eat",
            (
                (("strollers", "car-seats"), "monochrome"),
                (("strollers", "high-chairs"), "monochrome"),
            ),
            length=14, drift_at=6,
        ),
        Persona(
            "aylin", "Aylin", "Furnishes the nursery, then wants it to look different",
            ((("cot-mobiles", "lamps"), "watercolour"), (("cot-mobiles", "lamps"), "neon-night")),
            length=13, drift_at=6,
        ),
        Persona(
            "pedro", "Pedro", "Blocks and rattles, and nothing else",
            ((("building-blocks", "rattles"), "pixel-art"),),
            length=11,
        ),
        Persona(
            "ruth", "Ruth", "Knits for a newborn who soon wants to play",
            (
                (("knitted-shoes", "feeding-bottles"), "watercolour"),
                (("knitted-shoes", "rattles"), "watercolour"),
            ),
            length=16, drift_at=9,
        ),
        Persona(
            "kenji", "Kenji", "Stories and blocks; the last purchase surprises us too",
            ((("picture-books", "building-blocks"), "blueprint"),),
            length=12, miss=True,
        ),
    ),
    "games": (
        Persona(
            "ada", "Ada", "Fast cars; leaves the far planets for a city of her own",
            (
                (("racing", "space-battles"), "neon-night"),
                (("racing", "city-building"), "neon-night"),
            ),
            length=13, drift_at=6,
        ),
        Persona(
            "bruno", "Bruno", "Sows, harvests, goes fishing",
            ((("farming", "fishing"), "watercolour"),),
            length=11,
        ),
        Persona(
            "chidi", "Chidi", "Dragons and ghosts, later with another eye",
            (
                (("dragon-quests", "haunted-houses"), "pixel-art"),
                (("dragon-quests", "haunted-houses"), "monochrome"),
            ),
            length=13, drift_at=6,
        ),
        Persona(
            "dana", "Dana", "Keeps the beat and trades the ball for puzzles",
            (
                (("rhythm-music", "basketball"), "pastel-flat"),
                (("rhythm-music", "block-puzzles"), "pastel-flat"),
            ),
            length=16, drift_at=9,
        ),
        Persona(
            "emil", "Emil", "A pirate at heart who discovers robots",
            ((("pirates", "fishing"), "blueprint"), (("pirates", "robot-fights"), "blueprint")),
            length=14, drift_at=6,
        ),
        Persona(
            "freya", "Freya", "Builds and stacks; the next game surprises us too",
            ((("city-building", "block-puzzles"), "pastel-flat"),),
            length=12, miss=True,
        ),
    ),
}  # fmt: skip
