import pytest

from core.errors import DataError
from train.baselines.interactions import Interactions
from train.fits import validation_of
from train.splits import FOLDS, split_users

USERS = [f"u{number}" for number in range(103)]


def test_folds_test_every_user_once_and_never_learn_from_them() -> None:
    folds = [split_users(USERS, fold) for fold in range(FOLDS)]
    assert sorted(user for fold in folds for user in fold.test) == sorted(USERS)
    for fold in folds:
        parts = [set(fold.train), set(fold.validation), set(fold.test)]
        assert set.union(*parts) == set(USERS)
        assert sum(map(len, parts)) == len(USERS)
        assert len(fold.validation) == (len(USERS) - len(fold.test)) // 8


def test_split_does_not_depend_on_the_order_of_users() -> None:
    assert split_users(USERS[::-1], 2) == split_users(USERS, 2)


def test_too_few_users_are_refused() -> None:
    with pytest.raises(DataError, match="9 users are too few"):
        split_users(USERS[:9])


def test_fold_without_anybody_to_stop_by_is_one_line() -> None:
    known = Interactions("tiny", ("1", "2"), {"ann": ("1",), "bob": ("1", "2")})
    with pytest.raises(DataError, match="'tiny' has no validation user with two items"):
        validation_of(known, ["ann"], frozenset())
