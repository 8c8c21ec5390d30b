"""`python -m train.report`: docs/results.md and the README's tables out of assets/results."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from core.errors import MsrError
from core.results import (
    EARLIER,
    EXPLANATIONS,
    METHODS,
    PARTS,
    STAGES,
    TABLES,
    Figure,
    costs,
    read_results,
    verdicts,
)
from core.settings import REPOSITORY
from train.report_paper import beside_a_public_one, beside_the_paper
from train.report_readme import with_tables

COLUMNS = {
    "auc": "AUC",
    "auc of each": "AUC of each user, mean",
    "hr@5": "HR@5",
    "mrr@5": "MRR@5",
    "ndcg@5": "NDCG@5",
}
OF_EARLIER = "**Measured with earlier weights than those shipped now.** "
COSTS = ("parameters", "seconds a fit")


def main(argv: Sequence[str] | None = None) -> int:
    """Write both."""
    argparse.ArgumentParser(prog="python -m train.report", description=__doc__).parse_args(argv)
    results, readme = REPOSITORY / "assets" / "results", REPOSITORY / "README.md"
    try:
        tables = with_tables(readme.read_text("utf-8"), read_results(results))
    except MsrError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    (REPOSITORY / "docs" / "results.md").write_text(page(results), "utf-8")
    readme.write_text(tables, "utf-8")
    return 0


def page(results: Path) -> str:
    """The page as Markdown, from the files there are."""
    found = read_results(results)
    parts = [_INTRODUCTION]
    if "stages" in found:
        text = "\n".join(_figures(STAGES, found["stages"]["stages"]))
        parts.append(_section("Each stage against the planted truth", "stages", found, text))
    for name, title in TABLES.items():
        if name in found:
            methods = found[name]["methods"]
            text = _methods(methods) + _by_dataset(methods) + _verdicts(name, methods)
            parts.append(_section(title, name, found, text))
    parts += [beside_the_paper(found), beside_a_public_one(found)]
    if "explanations" in found:
        text = _explanations(found["explanations"])
        parts.append(_section("What is said about scores", "explanations", found, text))
    if "losses" in found:
        parts.append(_losses(found["losses"]))
    if "bench_finetune" in found:
        parts.append(_packing(found["bench_finetune"]))
    if "remote" in found:
        parts.append(_remote(found["remote"]))
    return "\n\n".join(part for part in [*parts, _LIMITS] if part)


def _section(title: str, name: str, found: Mapping[str, Any], text: str) -> str:
    return f"## {title}\n\n{_source(found[name], name)}\n\n{text}"


def _source(found: Mapping[str, Any], name: str) -> str:
    users = found["protocol"]["test_users"]
    people = ", ".join(f"{count:,} of {name}" for name, count in users.items())
    rows = found["methods"].values() if "methods" in found else [found]
    runs = {row["provenance"]["command"]: row["provenance"]["date"] for row in rows}
    return (
        f"{OF_EARLIER if EARLIER in found else ''}Held-out users: {people}. "
        f"Candidate seed {found['protocol']['candidate_seed']}. {_link(name)}:\n\n"
        + "\n".join(f"- {date}: `{run}`" for run, date in runs.items())
    )


def _link(name: str) -> str:
    return f"[assets/results/{name}.json](../assets/results/{name}.json)"


def _figures(figures: Sequence[Figure], found: Mapping[str, Any]) -> list[str]:
    """A table of the figures that a file has, against what was wanted of each."""
    lines = ["| | mean | 95% interval | wanted |", "|---|---|---|---|"]
    for figure in figures:
        if row := figure.of(found):
            missed = ", missed" if figure.is_reached(row["mean"]) is False else ""
            lines.append(
                f"| {figure.label} | {row['mean']:.3f} | {_interval(row)} "
                f"| {figure.wanted}{missed} |"
            )
    return lines


def _methods(methods: Mapping[str, Any]) -> str:
    fitted = any(map(costs, methods.values()))
    known = {
        key: label for key, label in COLUMNS.items() if any(key in row for row in methods.values())
    }
    heads = ["method", *known.values(), *(COSTS if fitted else ())]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, label in METHODS.items():
        if name in methods:
            row = methods[name]
            cells = [
                f"{row[m]['mean']:.3f} ({_interval(row[m])})" if m in row else "" for m in known
            ]
            if fitted:
                cost = costs(row)
                cells += [f"{cost[0]:,}", f"{cost[1]:,.0f}"] if cost else ["", ""]
            shown = f"**{label}**" if name == "mllm-msr" else label
            lines.append(f"| {shown} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _by_dataset(methods: Mapping[str, Any]) -> str:
    """The same for each data set, where fitted systems have several: one may hide another."""
    names = list(
        dict.fromkeys(p["dataset"] for row in methods.values() for p in row.get("folds", ()))
    )
    if len(names) < 2 or not any(map(costs, methods.values())):
        return ""
    heads = [f"{COLUMNS[key]}, {name}" for name in names for key in ("auc", "mrr@5")]
    lines = [f"| method | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for method, label in METHODS.items():
        if method in methods:
            parts = methods[method]["folds"]
            cells = [
                f"{mean(p[key] for p in parts if p['dataset'] == name):.3f}"
                for name in names
                for key in ("auc", "mrr@5")
            ]
            lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n\nBy data set, the mean over its folds:\n\n" + "\n".join(lines)


def _verdicts(name: str, methods: Mapping[str, Any]) -> str:
    """What was wanted of the method, and whether it was reached."""
    words = {True: "**reached**", False: "**missed**", None: ""}
    lines = [f"- {v.line}: {words[v.reached]}".rstrip(": ") for v in verdicts(name, methods)]
    return "\n\nWanted:\n\n" + "\n".join(lines) if lines else ""


def _explanations(found: Mapping[str, Any]) -> str:
    """Faithfulness, what-if, grounding and evolution against what was wanted, and parts."""
    lines = _figures(EXPLANATIONS, found)
    for part, label in PARTS.items():
        row = found["modalities"][part]
        lines.append(f"| {label} | {row['mean']:.3f} | {_interval(row)} | |")
    for block, row in found["forgetting"].items():
        label = f"Themes of block 1 still named after block {block} ({row['count']} users)"
        lines.append(f"| {label} | {row['mean']:.3f} | {_interval(row)} | |")
    return "\n".join(lines)


def _losses(found: Mapping[str, Any]) -> str:
    """The recommender's losses, compared on users of training worlds."""
    lines = ["| loss | steps | users | AUC | HR@5 |", "|---|---|---|---|---|"]
    for name, row in found["losses"].items():
        cells = [f"{row[m]['mean']:.3f} ({_interval(row[m])})" for m in ("auc", "hr@5")]
        lines.append(f"| {name} | {row['steps']} | {row['users']} | {' | '.join(cells)} |")
    about = found["provenance"]
    return (
        "## Losses of the recommender\n\nOn users of training worlds that no stage has learnt "
        f"from, equal steps. {about['date']}, {_link('losses')}:\n`{about['command']}`\n\n"
        + "\n".join(lines)
    )


def _packing(found: Mapping[str, Any]) -> str:
    rival = found["rows"][1]
    return (
        "## Four candidates packed behind one prefix\n\n"
        f"{_link('bench_finetune')}: "
        f"{found['examples_per_s']['packed']} examples/s packed, "
        f"{found['examples_per_s']['one by one']} one by one: {rival['ratio']}x. Packed they "
        f"have {found['packed_tokens']} tokens in the place of {found['tokens']}, "
        f"{found['arithmetic_limit']}x fewer; wanted was 1.6x."
    )


def _remote(found: Mapping[str, Any]) -> str:
    about = found["provenance"]
    lines = ["| model | rank correlation | largest difference | texts alike |", "|---|---|---|---|"]
    for name, row in found["rows"].items():
        lines.append(
            f"| {name} | {row['spearman']:.4f} of {row['margins']} margins "
            f"| {row['largest_difference']:g} of a spread of {row['spread_here']:g} "
            f"| {row['same_texts']} of {row['texts']} |"
        )
    versions = ", ".join(f"{name} {version}" for name, version in about["server"].items())
    return (
        f"## A vLLM server and the engine here\n\n{OF_EARLIER if EARLIER in found else ''}The same "
        "questions to both, in float32; the "
        f"server: {versions}. {about['date']}, {_link('remote')}:\n`{about['command']}`\n\n"
        + "\n".join(lines)
        + "\n\nWanted was a rank correlation of at least 0.99. Covers were not sent: vLLM serves "
        "LLaVA-NeXT with CLIP's tower only, and the embedded one is a smaller of our own."
    )


def _interval(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{low:.3f} to {high:.3f}"


_INTRODUCTION = """# Results

Written by `python -m train.report` from the files it names; no measured figure is typed by hand.
The protocol: a user's last item among 20 negatives, users split by seed; on cold items, the last
cold one among cold ones; hard negatives as many as there are, 20 at most. A tie counts against it,
and half in AUC, which is pooled over users. Intervals are by bootstrap over users, and by t over
folds for baselines that are fitted to several; MLLM-MSR+, three weights of which are fitted to each
fold, has the former. Our models have seen nothing of the sample: no picture, no title, no user.
What is fitted to it has seen all users but those it is tested on; learning rate and dropout were
chosen once, on validation users of fold 0, who are test users of the other folds."""

_LIMITS = """## What these figures do and do not say

- A theme counts as liked if its words stand in a sentence that speaks of neither a whim nor a thing
  of the past; the truth after a block is the taste behind it, less what no item has shown yet.
- A drift counts as named if the new theme or style stands in the preference of its block or of the
  next one, as a liking or as something recent; the row below it counts likings only.
- The preferences are taught by a careful reader with perfect eyes (`train/taste.py`), which errs,
  too: whims and likings look alike in a first block.
- Zero-shot rows read the same item summaries; without them the published model would be blind.
- The sample is drawn and simulated. Themes and styles are all there is to know, and the models were
  trained on worlds of the same generator. There a user's last item is of a theme and in the style
  of the taste of that time (`train/sample/users.py`), which many of the items before it are not.
  Our recommender is taught what its worlds' users would take by this very rule, after every block;
  what is fitted to the sample sees it once for each training user. So part of our lead there is
  knowledge of the simulator, and films are what it is not known of.
- Most users of the sample are of videos. There co-occurrence, MGAT and, barely, SASRec with text
  and image have a higher AUC than MLLM-MSR alone, and none of them a higher MRR@5; on baby and
  games, where few training users teach them, it ranks better than they do.
- The rivals of figure 4 answer with models that are made for the whole method: the user summariser
  has learnt blocks, not whole histories, and summaries fused with a picture, not bare titles. One
  that had learnt whole histories, too, made direct about as good (docs/decisions.md). What they
  show is the worth of each part to this model.
- On cold items rivals were validated, and their rates searched for, on warm ones; the weights of
  MLLM-MSR+, and whom it hears, on cold ones.
- On posters of fold 0 the user summariser and the recommender have learnt from the data set
  (`train/configs/real.toml`). The former names the newest films and those that training users
  took together with them; before it did, preferences put every film into a theme of the drawn
  worlds, and the tables of posters that are not of fold 0 were measured so, with earlier weights.
  As far as one training of each can tell, names rank films better than such themes
  (docs/decisions.md), and still worse than popularity, which our recommender is not told.
  TALLRec, the same language model, reads up to thirty bare titles of a history. It has met all
  films, in nearly twice as many steps (1,152), and ranks far better.
- The recommender in the tables of cold films and of fold 0 never met a fifth of the films; one that
  met all of them ranked better (a table of its own, with earlier weights), so what it knows of
  films is in part which it has met. Encoders that come from text and photographs (all-MiniLM,
  EfficientNet) read titles and posters far better than our small tower, and SASRec with them leads
  on films that nothing has learnt from: new items are where the method earns its cost only if it
  can read them.
- On MicroLens-50k (`train/configs/microlens.toml`, before it kept a fifth of the items cold: 1,600
  of its training users, 240 steps) there are no covers, so that titles are all there is to read,
  and what was said of posters holds for them too; what is called "with text and image" reads text
  alone there. Popularity has counted the training users of fold 0. Learning rate and dropout of
  SASRec and GRU4Rec were searched for there, those of the others and of posters were not.
- Our SASRec and GRU4Rec stand far above the rows of that name in the paper, and above its own 7B
  row: a softmax over two thousand negatives, places counted from the end of a history, small
  vectors to begin with, averaged weights and a search on validation users (docs/decisions.md); how
  the paper trained its baselines it does not say. Users are split and time is not: what training
  users took after a test item is learnt from, and what is popular by the end tells much. Users,
  negatives and candidates are drawn by us, so these rows repeat the protocol and not the paper's
  numbers. Its 7B models were not run: their weights were out of reach.
- Over five folds one fit each; three seeds, the models that read text and images over the folds of
  MicroLens-50k, the systems of language models on 1,000 of its users, its cold items, Amazon Video
  Games, and zero-shot and TALLRec on cold films are still to be measured. Seconds of a fit were
  taken beside other work on the same two cores, some several times what a quiet machine takes.
- The paper's own systems (LLaVA and Llama of 7B and 8B, fine-tuned for ten epochs) were not
  trained. docs/scale.md says what they cost once trained; what training them takes is unmeasured.
- RecTools' SASRec was not given the same as ours: fewer epochs, since each takes it much longer
  here, fewer negatives (256 in the place of 2,048) and its own learning rate and dropout, which
  were not searched for.
- AUC, as the protocol has it, is pooled: it holds scores of different users side by side. What is
  fitted with a softmax over items fixes a user's scores up to a constant alone and may lose there
  what the AUC of each user, HR@5 and MRR@5 do not show; MLLM-MSR+ takes that constant out of its
  part.
- Tables of 25 November were measured with texts that rounded in another way, and with a popularity
  that had counted validation users, too (docs/decisions.md): the same users, seed and weights
  differ a little from those of the 26th.
- On cold items a model of ids gives every candidate the same score: all are ties, an AUC of 0.5.
  Ours have met no item of the sample at all, so that cold items are to them as all others; they
  rank them less well; less of a history comes before a user's last cold item, which may be why.
"""


if __name__ == "__main__":
    sys.exit(main())
