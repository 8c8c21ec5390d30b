"""SASRec by RecTools (https://github.com/MobileTeleSystems/RecTools) on a split of ours.

Runs by itself in an environment of its own (`pip install 'rectools[torch]' torch==2.13.0`), because
RecTools pins older libraries than Tasteline; `python -m train.peer` calls it.

    python train/peer_rectools.py split.npz scores.npz --epochs 22
"""

import argparse
import sys

import numpy as np
import pandas as pd
import pytorch_lightning
from rectools import Columns
from rectools.dataset import Dataset
from rectools.models import SASRecModel

CHUNK = 200  # users whose candidates are scored together


def main() -> int:
    """Fit on the training sequences of a split and score its test users' candidates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=22)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    pytorch_lightning.seed_everything(arguments.seed)
    split = np.load(arguments.split)
    model = SASRecModel(
        n_factors=64,
        n_blocks=2,
        n_heads=2,
        dropout_rate=0.3,
        session_max_len=30,
        loss="sampled_softmax",
        n_negatives=256,
        lr=1e-3,
        batch_size=arguments.batch,
        epochs=arguments.epochs,
        verbose=1,
    )
    model.fit(interactions(split["train"]))
    np.savez(arguments.out, scores=scores(model, split["histories"], split["candidates"]))
    return 0


def interactions(rows: np.ndarray) -> Dataset:
    """Padded rows of item numbers, oldest first, as a data set: a user is a row's number."""
    users, places = np.nonzero(rows)
    table = pd.DataFrame(
        {
            Columns.User: users,
            Columns.Item: rows[users, places],
            Columns.Weight: 1.0,
            Columns.Datetime: pd.Timestamp("2020-01-01") + pd.to_timedelta(places, unit="h"),
        }
    )
    return Dataset.construct(table)


def scores(model: SASRecModel, histories: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """The model's scores of every user's candidates; the lowest for an item that it never met."""
    known = set(model.data_preparator.item_id_map.external_ids)
    found = np.zeros(candidates.shape)
    for start in range(0, len(histories), CHUNK):
        asked = candidates[start : start + CHUNK]
        offered = sorted(set(asked.ravel().tolist()) & known)
        table = model.recommend(
            users=np.arange(len(asked)),
            dataset=interactions(histories[start : start + CHUNK]),
            k=len(offered),
            filter_viewed=False,
            items_to_recommend=offered,
        )
        by_pair = table.set_index([Columns.User, Columns.Item])[Columns.Score]
        lowest = float(by_pair.min()) - 1.0
        for user, items in enumerate(asked):
            pairs = pd.MultiIndex.from_product([[user], items])
            found[start + user] = by_pair.reindex(pairs, fill_value=lowest).to_numpy()
    return found


if __name__ == "__main__":
    sys.exit(main())
