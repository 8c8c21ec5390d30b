import json
import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("skia", reason="planted themes are named by train.sample (extra: train)")

from core.results import METHODS
from core.settings import Settings
from core.store import Store
from train import evaluate
from train.baselines.fit import Plan
from train.baselines.interactions import Interactions
from train.baselines.registry import Task, fitted
from train.cases import shared_out
from train.metrics import METRICS as FIGURES
from train.metrics import over_folds
from train.planted import PlantedTruth
from train.splits import split_users
from train.stages import f1


def test_methods_score_the_same_candidates_and_the_oracle_leads(run: Any) -> None:
    found = run(
        "--dataset", "videos,baby", "--methods", "oracle,random,popularity", "--users", "60"
    )
    methods = found["methods"]
    assert set(methods["oracle"]) == {
        "auc",
        "auc of each",
        "hr@5",
        "mrr@5",
        "ndcg@5",
        "folds",
        "seconds",
        "provenance",
    }
    low, high = methods["oracle"]["auc"]["ci95"]
    assert 0.95 < low <= methods["oracle"]["auc"]["mean"] <= high
    assert 0.4 < methods["random"]["auc"]["mean"] < 0.6
    assert [row["dataset"] for row in methods["oracle"]["folds"]] == ["videos", "baby"]
    assert found["protocol"]["test_users"] == {"videos": 30, "baby": 30}
    command = methods["oracle"]["provenance"]["command"]
    assert command.startswith("python -m train.evaluate --dataset")


def test_a_result_keeps_a_command_that_a_shell_takes_with_its_note(run: Any) -> None:
    given = [
        "--dataset",
        "games",
        "--users",
        "5",
        "--methods",
        "oracle",
        "--note",
        "by a GPU's eye",
    ]
    command = run(*given)["methods"]["oracle"]["provenance"]["command"]
    assert shlex.split(command)[3:-2] == given


def test_every_method_has_a_name_for_people() -> None:
    assert set(evaluate.KNOWN) == set(METHODS)


def test_a_second_call_adds_its_methods_to_the_file(run: Any) -> None:
    given = ("--dataset", "games", "--users", "10", "--methods")
    run(*given, "oracle")
    methods = run(*given, "random")["methods"]
    assert set(methods) == {"oracle", "random"}
    assert "--methods oracle" in methods["oracle"]["provenance"]["command"]


def test_every_fold_is_popular_with_the_users_of_the_others(run: Any) -> None:
    found = run("--dataset", "games", "--methods", "popularity", "--folds", "5")
    folds = found["methods"]["popularity"]["folds"]
    assert [(row["dataset"], row["fold"]) for row in folds] == [("games", n) for n in range(5)]
    assert all(row["auc"] != 0.5 for row in folds)  # nothing counted would be ties alone
    users = found["protocol"]["test_users"]["games"]
    alone = run("--dataset", "games", "--methods", "popularity")["protocol"]["test_users"]["games"]
    assert users > 4 * alone


def test_a_baseline_is_fitted_once_for_every_fold_and_seed(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = (
        "--dataset",
        "games",
        "--folds",
        "3",
        "--seeds",
        "2",
        "--methods",
        "gru4rec,popularity",
    )
    monkeypatch.setattr("train.fits.fitted", partial(fitted_briefly, fits := []))
    first = run(*given)["methods"]
    assert fits.count("popularity") == 3  # it learns nothing that a seed could change
    assert fits.count("gru4rec") == 6
    row = first["gru4rec"]
    assert [(part["fold"], part["repeat"]) for part in row["folds"]] == [
        (0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1),
    ]  # fmt: skip
    aucs = [part["auc"] for part in row["folds"]]
    assert aucs[0] != aucs[3]
    of_folds = [(one + other) / 2 for one, other in zip(aucs[:3], aucs[3:], strict=True)]
    expected = over_folds(of_folds)["ci95"]  # two seeds of one fold share users and data
    assert row["auc"]["ci95"] == pytest.approx(expected, abs=5e-4)
    assert row["interval"] == first["popularity"]["interval"] == "95%, corrected t over 3 folds"
    assert row["parameters"] > 0
    few = run("--dataset", "games", "--seeds", "2", "--methods", "gru4rec")["methods"]["gru4rec"]
    assert few["auc"]["mean"] == pytest.approx(of_folds[0], abs=1e-4)
    assert "interval" not in few  # by bootstrap over the users of the one fold
    again = run(*given)["methods"]
    assert fits.count("gru4rec") == 6
    assert again["gru4rec"]["auc"] == row["auc"]
    run(*given, "--users", "12")
    assert fits.count("gru4rec") == 6  # fewer users are asked about; they change no fit
    kept = sorted((Settings.from_environment().home / "fits").glob("*.pt"))
    kept[0].write_bytes(kept[0].read_bytes()[:100])
    assert run(*given)["methods"]["gru4rec"]["auc"] == row["auc"]
    assert fits.count("gru4rec") == 7  # the damaged one is made anew


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """What baselines are fitted to, for one epoch."""
    given: list[Task] = []

    def watched(name: str, task: Task) -> Any:
        given.append(task)
        return fitted(name, replace(task, plan=Plan(epochs=1)))

    monkeypatch.setattr("train.fits.fitted", watched)
    return given


def test_nothing_is_learnt_from_cold_items_and_all_candidates_are_such(
    run: Any, tasks: list[Task]
) -> None:
    found = run("--dataset", "games", "--cold", "--methods", "popularity,gru4rec,oracle")
    for task in tasks:
        cold = set(task.cold.tolist())
        assert len(cold) == task.items / 5
        learnt = {item for row in task.sequences for item in row}
        assert learnt
        assert not learnt & cold
        assert not cold & set(task.validation.candidates.flatten().tolist())
    methods = found["methods"]
    assert methods["popularity"]["auc"]["mean"] == 0.5  # of cold items nothing was counted
    assert methods["gru4rec"]["auc"]["mean"] == 0.5  # and nothing learnt
    assert methods["oracle"]["auc"]["mean"] > 0.8
    assert "20%" in found["protocol"]["negatives"]


def fitted_briefly(fits: list[str], name: str, task: Task) -> Any:
    fits.append(name)
    return fitted(name, replace(task, plan=Plan(epochs=1)))


def test_users_whose_items_are_all_cold_teach_nothing(
    run: Any, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.cases.cold_items", lambda _, ids: frozenset(sorted(ids)[40:]))
    methods = ("co-occurrence", "gru4rec", "sasrec")
    found = run("--dataset", "games", "--cold", "--methods", ",".join(methods))
    assert all(0 <= found["methods"][name]["auc"]["mean"] <= 1 for name in methods)
    users = Store(Settings.from_environment().database_url).user_ids("games", shortest=3)
    assert 0 < len(tasks[0].sequences) < len(split_users(users).train)


def test_other_candidates_do_not_mix_with_known_results(
    run: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--dataset", "games", "--users", "10", "--methods", "oracle")
    run(*given)
    assert "are replaced" not in capsys.readouterr().err
    found = run("--dataset", "games", "--users", "10", "--methods", "random", "--seed", "8")
    assert "results of another protocol are replaced" in capsys.readouterr().err
    assert set(found["methods"]) == {"random"}
    assert found["protocol"]["candidate_seed"] == 8


def test_of_other_weights_stays_what_no_weight_enters(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--dataset", "games", "--users", "3", "--methods")
    before = run(*given, "mllm-msr,zero-shot,oracle")
    (tmp_path / "adapter").mkdir()
    (tmp_path / "adapter" / "adapter_model.safetensors").write_bytes(b"another")
    other = ("--recommender", str(tmp_path / "adapter"))
    added = run(*given, "random", *other)
    assert added["protocol"] == before["protocol"]
    assert set(added["methods"]) == {"mllm-msr", "zero-shot", "oracle", "random"}
    assert "are replaced" not in capsys.readouterr().err
    found = run(*given, "zero-shot", *other)
    assert "results of other weights are replaced" in capsys.readouterr().err
    assert set(found["methods"]) == {"oracle", "random", "zero-shot"}
    assert found["protocol"]["weights"] != before["protocol"]["weights"]
    oracle = before["methods"]["oracle"]
    assert oracle.pop("behind")  # of what is gone
    assert found["methods"]["oracle"] == oracle


def test_language_model_methods_run_from_item_to_score(run: Any) -> None:
    methods = "mllm-msr,direct,text-only,no-image-summary,zero-shot,block-2,length-8"
    found = run("--dataset", "games", "--users", "3", "--methods", methods)
    assert set(found["methods"]) == set(methods.split(","))
    assert "behind" not in found["methods"]["mllm-msr"]
    assert set(found["methods"]["direct"]["behind"]["mllm-msr"]) == set(FIGURES)


def test_hard_candidates_are_of_an_old_taste_or_in_the_wrong_style(run: Any, bench: Any) -> None:
    found = run("--dataset", "videos", "--users", "20", "--methods", "oracle", "--hard")
    assert found["methods"]["oracle"]["auc"]["mean"] == 1.0
    assert "wrong style" in found["protocol"]["negatives"]
    hard = bench("--dataset", "videos", "--users", "20", "--hard")
    truth, most = PlantedTruth(hard.dataset), 0
    for case in hard.cases:
        user, read = case.history.user_id, len(case.history.items)
        now, before = truth.taste(user, read), truth.taste(user, 0)
        left = [item.item_id for item in case.candidates if item != case.history.next_item]
        old = [item for item in left if truth.theme(item) not in now.themes]
        assert all(truth.theme(item) in before.themes for item in old)
        assert not any(truth.style(item) == now.style for item in left if item not in old)
        most = max(most, len(old))
    assert most == 10


def test_stages_are_checked_for_both_kinds_of_models(run: Any) -> None:
    found = run("stages", "--dataset", "baby", "--users", "4")["stages"]
    assert set(found) == {"descriptions", "mllm-msr", "zero-shot"}
    assert found["descriptions"]["motif"]["mean"] == 0.0  # the fake names nothing
    assert found["mllm-msr"]["theme_f1"]["count"] == 4


def test_f1_of_sets_by_hand() -> None:
    assert f1({"a", "b"}, {"b", "c"}) == pytest.approx(0.5)
    assert f1({"a"}, {"a", "b"}) == pytest.approx(2 / 3)
    assert (f1(set(), set()), f1(set(), {"a"})) == (1.0, 0.0)


def test_users_are_shared_out_as_evenly_as_there_are_any() -> None:
    assert shared_out(300, [320, 84, 84]) == [132, 84, 84]
    assert shared_out(30, [320, 84, 84]) == [10, 10, 10]
    assert shared_out(900, [320, 84, 84]) == [320, 84, 84]


def test_explanations_are_checked_from_sentences_to_evolution(run: Any) -> None:
    found = run("explanations", "--dataset", "baby", "--users", "3")
    assert set(found) >= {
        "headline",
        "sentences",
        "modalities",
        "scrutability",
        "stranger_tau",
        "empty_tau",
        "grounding",
        "evolution_over_noise",
        "forgetting",
        "shuffled",
    }
    assert set(found["sentences"]) == {"delete", "neutral", "stranger"}
    assert found["modalities"]["preference"]["mean"] > 0  # the fake scores by length
    assert found["scrutability"]["add"]["success"]["mean"] == 1.0
    assert found["grounding"]["claims_supported"]["mean"] == 1.0  # it repeats a word it read
    assert found["grounding"]["themes_in_history"]["mean"] == 0.0  # and names no theme


def test_a_fit_learns_from_no_user_that_it_is_validated_or_tested_on(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks: list[Task] = []

    def watched(name: str, task: Task) -> Any:
        tasks.append(task)
        return fitted(name, task)

    monkeypatch.setattr("train.fits.fitted", watched)
    run("--dataset", "games", "--methods", "popularity")
    (task,) = tasks
    store = Store(Settings.from_environment().database_url)
    known, split = Interactions.of(store, "games"), split_users(store.user_ids("games", shortest=3))
    assert task.sequences == known.numbered([known.sequences[user] for user in split.train])
    assert not {*split.train} & {*split.validation, *split.test}
    learnt = {tuple(row) for row in task.sequences}
    histories = [[item for item in row if item] for row in task.validation.histories.tolist()]
    asked = zip(histories, task.validation.candidates[:, 0].tolist(), strict=True)
    assert not any((*row, last) in learnt for row, last in asked)
    assert len(task.sequences) == 294  # of 420: 84 are tested, 42 validated


def test_margins_of_changed_models_do_not_pass_for_those_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASTELINE_HOME", str(tmp_path))
    for name, value in (("", ""), ("TASTELINE_4BIT", "1"), ("TASTELINE_IMAGE_TOKENS", "100")):
        if name:
            monkeypatch.setenv(name, value)
        out = tmp_path / f"{name}.json"
        given = ["--dataset", "games", "--methods", "random", "--out", str(out)]
        assert evaluate.main(given) == 0
        about = json.loads(out.read_text("utf-8"))["protocol"]
        assert (about["weights"] == about["shipped"]) is (name == "")
        monkeypatch.delenv(name, raising=False)
