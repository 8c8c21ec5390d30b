"""The twelve themes of the baby products: their drawings and their words."""

from train.sample.motifs.baby import words_home, words_out, words_play
from train.sample.motifs.baby.bath import baby_in_basin, bath_edge, rubber_duck, tub
from train.sample.motifs.baby.books import board_book, book_pile, open_book, pop_up_book
from train.sample.motifs.baby.bottles import bottle_family, standing_bottle, tilted_bottle
from train.sample.motifs.baby.car_seats import bench_seat, carrier, harness_seat
from train.sample.motifs.baby.high_chairs import first_meal, folding_chair, wooden_chair
from train.sample.motifs.baby.lamps import moon_lamp, rabbit_lamp, table_lamp, toadstool_lamp
from train.sample.motifs.baby.mobiles import cot_mobile, cross_mobile, hoop_mobile
from train.sample.motifs.baby.play import castle, corner_cubes, leaning_tower, studded_bricks
from train.sample.motifs.baby.plush import bear, rabbit
from train.sample.motifs.baby.plush_wild import dinosaur, elephant
from train.sample.motifs.baby.rattles import ball_rattle, bead_rattle, maracas, ring_rattle
from train.sample.motifs.baby.shoes import booties, on_the_cord, on_the_needles, strap_shoes
from train.sample.motifs.baby.strollers import buggy, jogger, pram
from train.sample.parts import Drawing, Theme


def _theme(
    key: str,
    words: str,
    shows: str,
    drawings: tuple[Drawing, ...],
    titles: tuple[str, ...],
    descriptions: tuple[str, ...],
) -> Theme:
    return Theme(key, words, shows, drawings, "room", titles, descriptions)


THEMES: tuple[Theme, ...] = (
    _theme(
        "strollers",
        "strollers and prams",
        "a pram or pushchair on its wheels",
        (pram, jogger, buggy),
        words_out.STROLLERS,
        words_out.STROLLERS_TOLD,
    ),
    _theme(
        "feeding-bottles",
        "feeding bottles",
        "a baby bottle of milk with its teat",
        (standing_bottle, tilted_bottle, bottle_family),
        words_out.BOTTLES,
        words_out.BOTTLES_TOLD,
    ),
    _theme(
        "plush-toys",
        "plush toys",
        "a stuffed animal with stitched seams",
        (bear, rabbit, elephant, dinosaur),
        words_play.PLUSH,
        words_play.PLUSH_TOLD,
    ),
    _theme(
        "bath-time",
        "bath time",
        "a rubber duck, foam and soap bubbles",
        (tub, rubber_duck, bath_edge, baby_in_basin),
        words_home.BATH,
        words_home.BATH_TOLD,
    ),
    _theme(
        "cot-mobiles",
        "cot mobiles",
        "soft shapes hanging from a mobile on threads",
        (hoop_mobile, cross_mobile, cot_mobile),
        words_home.MOBILES,
        words_home.MOBILES_TOLD,
    ),
    _theme(
        "building-blocks",
        "building blocks",
        "toy blocks stacked to a tower",
        (corner_cubes, castle, studded_bricks, leaning_tower),
        words_play.BLOCKS,
        words_play.BLOCKS_TOLD,
    ),
    _theme(
        "picture-books",
        "picture books",
        "a children's book with its pictures",
        (open_book, pop_up_book, board_book, book_pile),
        words_play.BOOKS,
        words_play.BOOKS_TOLD,
    ),
    _theme(
        "knitted-shoes",
        "knitted baby shoes",
        "a pair of tiny knitted shoes",
        (booties, strap_shoes, on_the_needles, on_the_cord),
        words_home.SHOES,
        words_home.SHOES_TOLD,
    ),
    _theme(
        "high-chairs",
        "high chairs",
        "a tall feeding chair with a tray",
        (folding_chair, wooden_chair, first_meal),
        words_out.HIGH_CHAIRS,
        words_out.HIGH_CHAIRS_TOLD,
    ),
    _theme(
        "rattles",
        "rattles",
        "a rattle being shaken",
        (ball_rattle, ring_rattle, maracas, bead_rattle),
        words_play.RATTLES,
        words_play.RATTLES_TOLD,
    ),
    _theme(
        "car-seats",
        "car seats",
        "a child's car seat with its harness",
        (carrier, harness_seat, bench_seat),
        words_out.CAR_SEATS,
        words_out.CAR_SEATS_TOLD,
    ),
    _theme(
        "lamps",
        "nursery lamps",
        "a lit bedside lamp",
        (rabbit_lamp, toadstool_lamp, moon_lamp, table_lamp),
        words_home.LAMPS,
        words_home.LAMPS_TOLD,
    ),
)
