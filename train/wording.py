"""Words for what training worlds show: subjects of drawings, further titles and descriptions.

The sample's own titles are written by hand, and most of them are shipped. What is learnt from is
put together here instead, around the subject of a drawing.
"""

from random import Random

from train.sample.parts import Theme

# A drawing's name says what it shows; these names do not read as a phrase by themselves.
_PHRASES = {
    "cat_curled": "a cat curled up asleep",
    "cat_at_window": "a cat at a window",
    "cat_in_box": "a cat in a box",
    "cat_and_yarn": "a cat with a ball of yarn",
    "ball_on_turf": "a football on the turf",
    "ball_in_net": "a football in the net",
    "striker": "a football striker",
    "boot_on_ball": "a studded boot on a ball",
    "tulips_in_pot": "tulips in a pot",
    "carrot_bed": "carrots in a bed",
    "wheelbarrow": "a wheelbarrow of flowers",
    "strumming_hand": "a hand strumming a guitar",
    "singer_with_guitar": "a singer with a guitar",
    "racer": "a road racer on a bicycle",
    "peloton": "a peloton of cyclists",
    "loaf_and_croissant": "a loaf and a croissant",
    "jellyfish": "jellyfish",
    "ridge_tent": "a tent between pines",
    "lantern_and_mug": "a lantern and a mug",
    "bullet_train": "a high-speed train",
    "front_of_train": "a train head-on",
    "train_on_viaduct": "a train on a viaduct",
    "lone_knight": "a chess knight",
    "king_and_queen": "a chess king and queen",
    "opening_position": "a chess board in play",
    "grilled_skewers": "grilled skewers",
    "jogger": "a three-wheeled pushchair",
    "standing_bottle": "a standing baby bottle",
    "tilted_bottle": "a tilted baby bottle",
    "bottle_family": "a family of baby bottles",
    "bear": "a plush bear",
    "rabbit": "a plush rabbit",
    "elephant": "a plush elephant",
    "dinosaur": "a plush dinosaur",
    "tub": "a bath tub with foam",
    "bath_edge": "toys on the edge of a bath",
    "baby_in_basin": "a baby in a basin",
    "corner_cubes": "toy cubes in a corner",
    "castle": "a castle of toy blocks",
    "studded_bricks": "studded toy bricks",
    "leaning_tower": "a leaning tower of toy blocks",
    "book_pile": "a pile of picture books",
    "booties": "knitted booties",
    "strap_shoes": "knitted shoes with straps",
    "on_the_needles": "tiny shoes on knitting needles",
    "on_the_cord": "tiny shoes on a cord",
    "folding_chair": "a folding high chair",
    "wooden_chair": "a wooden high chair",
    "first_meal": "a baby's first meal in a high chair",
    "maracas": "maracas",
    "carrier": "a baby carrier seat",
    "harness_seat": "a child's seat with a harness",
    "bench_seat": "a child's seat on a car bench",
    "helmet_and_flags": "a racing helmet and flags",
    "tumbling_pieces": "tumbling puzzle pieces",
    "falling_well": "blocks falling into a well",
    "slot_tray": "a tray of fitting blocks",
    "cube_stack": "a stack of puzzle cubes",
    "harvest_carrot": "a harvested carrot",
    "hen_and_eggs": "a hen and eggs",
    "sword_and_shield": "a hero's sword and shield",
    "hatching_egg": "a hatching dragon egg",
    "saucer_attack": "an attack of flying saucers",
    "ball_through_hoop": "a basketball through the hoop",
    "dunk": "a basketball dunk",
    "blazing_ball": "a blazing basketball",
    "ball_on_finger": "a basketball on a finger",
    "angler_in_boat": "an angler in a boat",
    "float_and_fish": "a float and a fish",
    "rod_and_reel": "a fishing rod and reel",
    "captain_skull": "a skull in a captain's hat",
    "parrot_mate": "a pirate's parrot",
    "ghost_with_lantern": "a ghost with a lantern",
    "door_with_eyes": "a creaking door with eyes",
    "headphones": "headphones",
    "note_lanes": "lanes of musical notes",
    "skyline": "a city skyline",
    "bridge_town": "a town with a bridge",
    "walker_mech": "a walking robot",
}


def subject_of(theme: Theme, drawing: int) -> str:
    """Say what a drawing shows as a noun phrase: ``a noodle bowl``."""
    name = getattr(theme.drawings[drawing], "__name__", "")
    if name in _PHRASES:
        return _PHRASES[name]
    words = name.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


_VIDEO_TITLES = (
    "{Subject}, and what happened next",
    "{Number} things about {theme} nobody told me",
    "My first week of {theme}",
    "{Theme} for beginners, part {number}",
    "Watch this: {subject}",
    "The truth about {theme} in {number} minutes",
    "{Number} mistakes everyone makes with {theme}",
    "Why I love {theme} #{tag}",
    "{Subject} in {number} seconds",
    "A quiet day with {subject}",
    "She knows everything about {theme}",
    "Is {subject} worth it?",
)
_PRODUCT_TITLES = (
    "{Subject}, Set of {number}",
    "{Theme} Starter Set with {subject}",
    "{Subject}, Classic Edition",
    "The Big Box of {theme}",
    "All About {theme}, Volume {number}",
    "{Subject} for Ages {number} and Up",
    "{Theme}: Gift Edition",
    "Little {theme} Collection, {number} Pieces",
    "{Theme} Deluxe Pack",
)
_DESCRIPTIONS = (
    "With {subject}, for everyone who loves {theme}.",
    "{Theme} at its best: {subject} and much more in the box.",
    "Made for hours of {theme}. Shows {subject} on the package.",
    "{Subject}, well made and ready in minutes. A classic of {theme}.",
    "A fine start into {theme} for small and big fans.",
)


def written_title(theme: Theme, wide: bool, rng: Random) -> str:
    """Put a title together around one of the theme's subjects; it tells the theme, never a look."""
    templates = _VIDEO_TITLES if wide else _PRODUCT_TITLES
    return _filled(rng.choice(templates), theme, rng.randrange(len(theme.drawings)), rng)


def written_description(theme: Theme, drawing: int, rng: Random) -> str:
    """Put a product's description together around what its picture shows."""
    return _filled(rng.choice(_DESCRIPTIONS), theme, drawing, rng)


def _filled(template: str, theme: Theme, drawing: int, rng: Random) -> str:
    subject, number = subject_of(theme, drawing), str(rng.randint(2, 40))
    return template.format(
        subject=subject,
        Subject=capitalized(subject),
        theme=theme.words,
        Theme=capitalized(theme.words),
        tag=theme.words.replace(" ", ""),
        number=number,
        Number=number,
    )


def capitalized(text: str) -> str:
    """The text with a capital at its start and the rest as it is."""
    return text[:1].upper() + text[1:]
