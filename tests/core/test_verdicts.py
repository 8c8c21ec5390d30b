"""What was wanted of a table, and whether it was reached."""

from typing import Any

from core.verdicts import Verdict, shares, verdicts


def row(low: float, high: float, **more: Any) -> dict[str, Any]:
    mean = (low + high) / 2
    return {"auc": {"mean": mean, "ci95": [low, high]}, "hr@5": {"mean": mean}} | more


def said(name: str, methods: dict[str, Any]) -> dict[str, bool | None]:
    return {verdict.line: verdict.reached for verdict in verdicts(name, methods)}


def test_cold_items_ask_for_more_than_models_that_know_ids() -> None:
    methods = {
        "mllm-msr": row(0.8, 0.9),
        "sasrec": row(0.4, 0.6, behind={"mllm-msr": {"auc": {"mean": 0.35, "ci95": [0.3, 0.4]}}}),
        "sasrec-f": row(0.7, 0.81),
    }
    assert said("cold_posters", methods) == {
        "MLLM-MSR above SASRec, intervals apart (paired difference 0.350, 0.300 to 0.400)": True,
        "MLLM-MSR above SASRec with text and image, intervals apart": False,
        "MLLM-MSR+ above every other: not measured yet": None,
    }


def test_what_a_blind_rival_loses_by_construction_counts_for_nothing() -> None:
    methods = {"mllm-msr": row(0.8, 0.9), "sasrec": row(0.5, 0.5), "sasrec-f": row(0.7, 0.79)}
    found = said("cold_posters", methods)
    blind = "MLLM-MSR above SASRec, intervals apart: by construction, since it gives all the same"
    assert found[f"{blind} score"] is None
    assert found["MLLM-MSR above SASRec with text and image, intervals apart"] is True


def test_a_sum_that_leads_without_our_margin_says_so() -> None:
    methods = {"mllm-msr+": row(0.92, 0.94), "sasrec": row(0.8, 0.9), "others": row(0.91, 0.93)}
    line = "MLLM-MSR+ above SASRec, intervals apart"
    assert said("fold0_sample", methods)[f"{line}, which it is without MLLM-MSR, too"] is True
    assert said("fold0_sample", methods | {"others": row(0.8, 0.9)})[line] is True


def test_the_sum_is_held_to_the_best_single_system() -> None:
    methods = {
        "mllm-msr": row(0.8, 0.82),
        "mllm-msr+": row(0.91, 0.93),
        "mgat": row(0.86, 0.9),
        "zero-shot": row(0.5, 0.6),
        "oracle": row(0.99, 1.0),
    }
    assert said("fold0_sample", methods) == {
        "MLLM-MSR above zero-shot, intervals apart": True,
        "MLLM-MSR above TALLRec: not measured yet": None,
        "MLLM-MSR+ above MGAT, intervals apart": True,
    }
    assert said("sample_many", methods)["MLLM-MSR+ above MGAT, intervals apart"] is True


def test_a_paired_difference_is_told_whichever_way_it_was_asked() -> None:
    behind = {"auc": {"mean": -0.02, "ci95": [-0.03, 0.01]}}
    methods = {"mllm-msr": row(0.8, 0.9), "mllm-msr+": row(0.82, 0.92, behind={"mllm-msr": behind})}
    found = said("fold0_sample", methods)
    paired = "(paired difference 0.020, −0.010 to 0.030)"
    assert found[f"MLLM-MSR+ above MLLM-MSR, intervals apart {paired}"] is False


def test_the_best_that_is_fitted_is_told_of_if_it_is_paired() -> None:
    behind = {"mllm-msr": {"auc": {"mean": -0.2, "ci95": [-0.3, -0.1]}}}
    methods = {"mllm-msr": row(0.6, 0.7), "sasrec": row(0.9, 0.92, behind=behind)}
    line = "MLLM-MSR above SASRec, the best that is fitted, paired: −0.200, −0.300 to −0.100"
    assert line in said("fold0_video-games", methods)
    better = methods | {"sasrec-f": row(0.92, 0.94)}  # measured alone, so unpaired
    assert not [one for one in said("fold0_video-games", better) if "best that is fitted" in one]


def test_fitted_systems_have_bars_and_beat_popularity_or_do_not() -> None:
    methods = {
        "popularity": row(0.7, 0.71),
        "sasrec": row(0.914, 0.916),
        "mmsr": row(0.705, 0.8),
    }
    found = said("table3_microlens-50k", methods)
    assert found["AUC of SASRec at least 0.915"] is True
    assert found["HR@5 of SASRec at least 0.88"] is True
    assert found["SASRec above popularity, intervals apart"] is True
    assert found["MMSR above popularity, intervals apart"] is False
    assert "popularity above popularity, intervals apart" not in found
    more = {**methods, "random": row(0.4, 0.5), "mllm-msr": row(0.5, 0.6)}
    with_the_sum = said("fold0_microlens-50k", {**more, "mllm-msr+": row(0.91, 0.93)})
    assert with_the_sum["AUC of MLLM-MSR+ at least 0.93"] is False
    assert with_the_sum["HR@5 of MLLM-MSR+ at least 0.9"] is True
    assert said("fold0_microlens-50k", more) == {
        "SASRec above popularity, intervals apart": True,
        "MMSR above popularity, intervals apart": False,
        "MLLM-MSR above zero-shot: not measured yet": None,
        "MLLM-MSR above TALLRec: not measured yet": None,
        "MLLM-MSR+ above every other: not measured yet": None,
    }


def test_shares_tell_kinds_apart_where_there_are_several() -> None:
    ours, rival = Verdict("a", True), Verdict("b", False, "fitted")
    unknown = Verdict("c", None, "ours against fitted")
    assert shares([ours, ours, unknown]) == ""
    told = "2 of 2 of all else of ours, 0 of 1 of the fitted systems themselves"
    assert shares([ours, rival, ours, unknown]) == told


def test_tables_of_which_nothing_was_wanted_say_nothing() -> None:
    assert said("sample_blocks", {"block-3": row(0.9, 0.95)}) == {}
    assert said("stages", {"random": row(0.49, 0.51)}) == {}


def test_what_was_wanted_and_never_measured_is_neither_reached_nor_missed() -> None:
    found = said("cold_posters", {"random": row(0.49, 0.51)})
    assert set(found.values()) == {None}
    assert "MLLM-MSR above SASRec: not measured yet" in found
