"""The twelve themes of the sample video covers."""

from train.sample.motifs.videos import titles_away as away
from train.sample.motifs.videos import titles_home as home
from train.sample.motifs.videos.baking import BAKING
from train.sample.motifs.videos.camping import CAMPING
from train.sample.motifs.videos.cats import CATS
from train.sample.motifs.videos.chess import CHESS
from train.sample.motifs.videos.cycling import CYCLING
from train.sample.motifs.videos.football import FOOTBALL
from train.sample.motifs.videos.gardening import GARDENING
from train.sample.motifs.videos.guitar import GUITAR
from train.sample.motifs.videos.ocean import OCEAN
from train.sample.motifs.videos.sky import SPACE
from train.sample.motifs.videos.street_food import STREET_FOOD
from train.sample.motifs.videos.trains import TRAINS
from train.sample.parts import Theme

THEMES: tuple[Theme, ...] = (
    Theme(
        key="street-food",
        words="street food",
        shows="a steaming bowl of noodles, a food cart, grilled skewers or a taco",
        drawings=STREET_FOOD,
        setting="street",
        titles=home.STREET_FOOD,
    ),
    Theme(
        key="cats",
        words="cats",
        shows="a cat asleep, at a window, in a box or with a ball of yarn",
        drawings=CATS,
        setting="room",
        titles=home.CATS,
    ),
    Theme(
        key="football",
        words="football",
        shows="a football, a striker, a ball in the net or a studded boot",
        drawings=FOOTBALL,
        setting="field",
        titles=away.FOOTBALL,
    ),
    Theme(
        key="gardening",
        words="gardening",
        shows="a watering can, potted tulips, carrots in a bed or a wheelbarrow of flowers",
        drawings=GARDENING,
        setting="field",
        titles=home.GARDENING,
    ),
    Theme(
        key="space",
        words="space travel",
        shows="a rocket, a ringed planet, an astronaut or a satellite",
        drawings=SPACE,
        setting="sky",
        titles=away.SPACE,
    ),
    Theme(
        key="guitar",
        words="playing guitar",
        shows="an acoustic guitar, an electric guitar with its amplifier or a guitarist",
        drawings=GUITAR,
        setting="stage",
        titles=home.GUITAR,
    ),
    Theme(
        key="cycling",
        words="cycling",
        shows="a bicycle, a road racer, a mountain biker or a peloton",
        drawings=CYCLING,
        setting="street",
        titles=away.CYCLING,
    ),
    Theme(
        key="baking",
        words="baking",
        shows="a layer cake, a loaf with a croissant, a cupcake or a lattice pie",
        drawings=BAKING,
        setting="table",
        titles=home.BAKING,
    ),
    Theme(
        key="ocean-life",
        words="ocean life",
        shows="a whale, an octopus, a sea turtle, jellyfish or a reef fish",
        drawings=OCEAN,
        setting="sea",
        titles=away.OCEAN_LIFE,
    ),
    Theme(
        key="camping",
        words="camping",
        shows="a tent between pines, a campfire, a camper van or a storm lantern",
        drawings=CAMPING,
        setting="field",
        titles=away.CAMPING,
    ),
    Theme(
        key="trains",
        words="trains",
        shows="a steam engine, a high-speed train, a train head-on or one on a viaduct",
        drawings=TRAINS,
        setting="track",
        titles=away.TRAINS,
    ),
    Theme(
        key="chess",
        words="chess",
        shows="a chess knight, a king and a queen, a board in play or a chess clock",
        drawings=CHESS,
        setting="table",
        titles=home.CHESS,
    ),
)
