"""The twelve themes of the games data set: video games sold as products."""

from train.sample.motifs.games import texts_action as action
from train.sample.motifs.games import texts_calm as calm
from train.sample.motifs.games.basketball import BASKETBALL
from train.sample.motifs.games.blocks import BLOCK_PUZZLES
from train.sample.motifs.games.city import CITY_BUILDING
from train.sample.motifs.games.dragons import DRAGON_QUESTS
from train.sample.motifs.games.farming import FARMING
from train.sample.motifs.games.fishing import FISHING
from train.sample.motifs.games.haunted import HAUNTED_HOUSES
from train.sample.motifs.games.music import RHYTHM_MUSIC
from train.sample.motifs.games.pirates import PIRATES
from train.sample.motifs.games.racing import RACING
from train.sample.motifs.games.robots import ROBOT_FIGHTS
from train.sample.motifs.games.space import SPACE_BATTLES
from train.sample.parts import Theme

THEMES: tuple[Theme, ...] = (
    Theme(
        key="racing",
        words="racing",
        shows="a race car with a chequered flag",
        drawings=RACING,
        setting="track",
        titles=action.RACING_TITLES,
        descriptions=action.RACING_DESCRIPTIONS,
    ),
    Theme(
        key="block-puzzles",
        words="block puzzles",
        shows="blocks that fall, stack and fit together",
        drawings=BLOCK_PUZZLES,
        setting="table",
        titles=calm.BLOCK_TITLES,
        descriptions=calm.BLOCK_DESCRIPTIONS,
    ),
    Theme(
        key="farming",
        words="farming",
        shows="a farm with a barn, a tractor, crops or a hen",
        drawings=FARMING,
        setting="field",
        titles=calm.FARMING_TITLES,
        descriptions=calm.FARMING_DESCRIPTIONS,
    ),
    Theme(
        key="space-battles",
        words="space battles",
        shows="starships that fire among stars and planets",
        drawings=SPACE_BATTLES,
        setting="sky",
        titles=action.SPACE_TITLES,
        descriptions=action.SPACE_DESCRIPTIONS,
    ),
    Theme(
        key="dragon-quests",
        words="dragon quests",
        shows="a dragon, or a hero's sword and shield",
        drawings=DRAGON_QUESTS,
        setting="field",
        titles=action.DRAGON_TITLES,
        descriptions=action.DRAGON_DESCRIPTIONS,
    ),
    Theme(
        key="basketball",
        words="basketball",
        shows="a basketball on its way to the hoop",
        drawings=BASKETBALL,
        setting="stage",
        titles=action.BASKETBALL_TITLES,
        descriptions=action.BASKETBALL_DESCRIPTIONS,
    ),
    Theme(
        key="fishing",
        words="fishing",
        shows="a fish and a line with a hook",
        drawings=FISHING,
        setting="sea",
        titles=calm.FISHING_TITLES,
        descriptions=calm.FISHING_DESCRIPTIONS,
    ),
    Theme(
        key="pirates",
        words="pirates",
        shows="a skull in a captain's hat, a galleon or a treasure chest",
        drawings=PIRATES,
        setting="sea",
        titles=action.PIRATE_TITLES,
        descriptions=action.PIRATE_DESCRIPTIONS,
    ),
    Theme(
        key="haunted-houses",
        words="haunted houses",
        shows="a crooked mansion, a ghost or a creaking door",
        drawings=HAUNTED_HOUSES,
        setting="street",
        titles=calm.HAUNTED_TITLES,
        descriptions=calm.HAUNTED_DESCRIPTIONS,
    ),
    Theme(
        key="rhythm-music",
        words="rhythm and music",
        shows="headphones, a guitar or lanes of notes to hit",
        drawings=RHYTHM_MUSIC,
        setting="stage",
        titles=calm.RHYTHM_TITLES,
        descriptions=calm.RHYTHM_DESCRIPTIONS,
    ),
    Theme(
        key="city-building",
        words="city building",
        shows="a growing city with towers and cranes",
        drawings=CITY_BUILDING,
        setting="street",
        titles=calm.CITY_TITLES,
        descriptions=calm.CITY_DESCRIPTIONS,
    ),
    Theme(
        key="robot-fights",
        words="robot fights",
        shows="fighting robots with raised fists",
        drawings=ROBOT_FIGHTS,
        setting="stage",
        titles=action.ROBOT_TITLES,
        descriptions=action.ROBOT_DESCRIPTIONS,
    ),
)
