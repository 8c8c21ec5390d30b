"""`python -m train.scale`: docs/scale.md, what a whole catalogue costs, from measured calls.

Calls, bytes and the seconds of the embedded models come from assets/results/bench_summarize*.json,
what kills leave from bench_kills.json, what a GPU reads and writes a second with models of the
paper's shapes from bench_paper.json.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.commands import command
from core.image_budget import tokens
from core.results import EARLIER, OF_EARLIER, read_results
from core.settings import REPOSITORY

CATALOGUES = ((20_000, 25_000), (200_000, 1_000_000), (5_000_000, 100_000_000))  # items, users
CANDIDATES = 21
ITEM_KINDS = ("text_summary", "image_description", "fusion")


@dataclass(frozen=True, slots=True)
class Gpu:
    """What one GPU does with the paper's models in 16 bit.

    Attributes:
        reads: tokens a second, one prompt with its picture after the other.
        writes: tokens a second, a batch of texts at once, the reading of their prompts included.
        describes: the same for texts about pictures, which take long to read and leave less room.
        image_tokens: of a cover at LLaVA-NeXT's largest grid.
        states: bytes that one token's keys and values take: Mistral 7B, 32 layers of 8 heads of
            128, in 16 bit.
        price: of an hour, USD; an assumption, your bill knows better.
    """

    reads: float
    writes: float
    describes: float
    image_tokens: int = tokens([672, 672], 336, 14)
    states: int = 2 * 32 * 8 * 128 * 2
    price: float = 3.0

    @classmethod
    def measured(cls, bench: Mapping[str, Any]) -> "Gpu":
        """By `train.bench paper`."""
        return cls(
            reads=bench["tokens of 21 candidates"] / _row(bench, "one pass each, 16 bit"),
            writes=bench["user summariser, tokens written"]
            / _row(bench, "summariser, in one batch"),
            describes=bench["pictures, tokens written, 16 bit"]
            / _row(bench, "described in one batch, 16 bit"),
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one catalogue: texts, tokens read and written, those about pictures, and bytes."""

    texts: float
    read: float
    written: float
    described: float
    stored: float

    def gpu_hours(self, gpu: Gpu) -> float:
        """Of the paper's models."""
        others = self.written - self.described
        return (others / gpu.writes + self.described / gpu.describes) / 3600


def cost(items: int, users: int, calls: Mapping[str, Any], gpu: Gpu) -> Cost:
    """What it takes to summarise a catalogue once."""
    texts = {kind: items for kind in ITEM_KINDS} | {"preference": users * calls["blocks"]}
    read = sum(count * calls[kind]["prompt_tokens"] for kind, count in texts.items())
    written = sum(count * calls[kind]["tokens"] for kind, count in texts.items())
    pictures = items * gpu.image_tokens
    return Cost(
        sum(texts.values()),
        read + pictures,
        written,
        items * calls["image_description"]["tokens"],
        sum(texts.values()) * calls["bytes_a_text"],
    )


@command
def main(argv: list[str]) -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="python -m train.scale", description=__doc__)
    parser.add_argument("--out", type=Path, default=REPOSITORY / "docs" / "scale.md")
    arguments = parser.parse_args(argv)
    arguments.out.write_text(page(read_results(REPOSITORY / "assets" / "results")), "utf-8")


def ways_of(bench: Mapping[str, Any]) -> str:
    """Rows of the table of ways: seconds of a summary and of a preference, of both, and a ratio."""
    lines = []
    for row in bench["rows"]:
        kinds = bench["kinds"][row["name"]].values()
        each = " | ".join(f"{kind['seconds'] / kind['texts']:.2f} s" for kind in kinds)
        lines.append(f"| {row['name']} | {each} | {row['median_s']:.2f} s | {row['ratio'] or ''} |")
    return "\n".join(lines)


def plain_ratios(bench: Mapping[str, Any]) -> tuple[float, float]:
    """One user at a time against users in step: seconds a text, whatever its kind; and a user."""
    (ours, alone), users = list(bench["kinds"].values())[:2], bench["users"]
    seconds = [sum(kind["seconds"] for kind in way.values()) for way in (ours, alone)]
    texts = [sum(kind["texts"] for kind in way.values()) for way in (ours, alone)]
    ratio = seconds[1] / seconds[0]
    return ratio * texts[0] / texts[1], ratio * users["ours"] / users["rivals"]


def page(results: Mapping[str, Any]) -> str:
    """The page as Markdown."""
    sample, real = results["bench_summarize_sample"], results["bench_summarize"]
    paper, kills = results["bench_paper"], results["bench_kills"]
    calls, gpu = calls_of(sample, real), Gpu.measured(paper)
    kept = gpu.image_tokens * gpu.states
    by_text, by_user = plain_ratios(real)
    return _PAGE.format(
        earlier=f"{OF_EARLIER} " * any(EARLIER in one for one in (sample, real, kills)),
        command=real["provenance"]["command"],
        sample_command=sample["provenance"]["command"],
        machine=real["machine"],
        users=real["users"]["ours"],
        few=real["users"]["rivals"],
        blocks=f"{calls['blocks']:.1f}",
        size=calls["bytes_a_text"],
        kinds_of_text=" | ".join(real["calls"]),
        ways=ways_of(real),
        by_text=by_text,
        by_user=by_user,
        kinds="\n".join(
            f"| {kind} | {calls[kind]['prompt_tokens']:g} | {calls[kind]['tokens']:g} |"
            for kind in (*ITEM_KINDS, "preference")
        ),
        kills_command=kills["provenance"]["command"],
        kills=kills["agreement"],
        kills_users=kills["users"],
        threads=kills["threads"],
        kills_seconds=", ".join(f"{row['name']} {row['median_s']:.0f} s" for row in kills["rows"]),
        paper_command=paper["provenance"]["command"],
        paper_machine=paper["machine"],
        paper_rows="\n".join(
            f"| {row['name']} | {row['median_s']:.2f} s |" for row in paper["rows"]
        ),
        gigabytes=", ".join(f"{value} GB ({name})" for name, value in paper["gigabytes"].items()),
        table=_table(calls, sample, real, gpu),
        gpu=gpu,
        reads=_short(gpu.reads),
        writes=_short(gpu.writes),
        describes=_short(gpu.describes),
        update=_update(calls, gpu),
        candidates=CANDIDATES,
        states=_short(CATALOGUES[0][0] * kept),
        one_item=_short(kept),
    )


def calls_of(sample: Mapping[str, Any], real: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked: items as on the sample, which has covers; preferences as on real users."""
    preferences = real["calls"]["preference"]
    return {kind: sample["calls"][kind] for kind in ITEM_KINDS} | {
        "preference": preferences,
        "blocks": preferences["texts"] / real["users"]["ours"],
        "bytes_a_text": max(sample["bytes_a_text"], real["bytes_a_text"]),
    }


def hours_here(
    items: int, preferences: float, sample: Mapping[str, Any], real: Mapping[str, Any]
) -> float:
    """Hours of the embedded models, users in step: each kind of text at its own pace."""

    def pace(bench: Mapping[str, Any], kind: str) -> float:
        written = bench["kinds"][bench["rows"][0]["name"]][kind]
        return float(written["seconds"] / written["texts"])

    an_item = sum(pace(sample, kind) for kind in ITEM_KINDS)
    return (items * an_item + preferences * pace(real, "preference")) / 3600


def _table(
    calls: Mapping[str, Any], sample: Mapping[str, Any], real: Mapping[str, Any], gpu: Gpu
) -> str:
    lines = [
        "| items, users | texts | tokens read, written | embedded, hours of this machine "
        "| 7B, GPU hours | USD | the texts on disk, bytes |",
        "|---|---|---|---|---|---|---|",
    ]
    for items, users in CATALOGUES:
        found = cost(items, users, calls, gpu)
        here = hours_here(items, users * calls["blocks"], sample, real)
        hours = found.gpu_hours(gpu)
        cells = [found.texts, here, hours, hours * gpu.price, found.stored]
        texts, *others = map(_short, cells)
        lines.append(
            f"| {items:,}, {users:,} | {texts} | {_short(found.read)}, {_short(found.written)} "
            f"| {' | '.join(others)} |"
        )
    return "\n".join(lines)


def _update(calls: Mapping[str, Any], gpu: Gpu) -> str:
    """Seconds of a GPU for one new interaction: a preference, and candidates that are scored."""
    wrote = calls["preference"]["tokens"] / gpu.writes  # what is read for it included
    scored = CANDIDATES * gpu.image_tokens / gpu.reads
    return (
        f"{wrote * 1000:.0f} ms of a full batch to rewrite the preference and, with pictures of "
        f"the largest size, {scored:.1f} s to score"
    )


def _row(bench: Mapping[str, Any], end: str) -> float:
    """Seconds of the row whose name ends so."""
    return float(next(row["median_s"] for row in bench["rows"] if row["name"].endswith(end)))


def _short(value: float) -> str:
    """Three digits and a unit; hours and dollars below ten thousand as they are."""
    rounded = float(f"{value:.3g}")
    for limit, unit in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if rounded >= max(limit, 1e4):
            return f"{rounded / limit:,g} {unit}"
    return f"{rounded:,g}"


_PAGE = """# What a catalogue costs

Written by `python -m train.scale` from what was measured: calls, bytes and seconds of the embedded
models on two cores, and seconds of models of the paper's shapes on a GPU. The rest is arithmetic.

## Measured on two cores

`{command}` and `{sample_command}` (assets/results/bench_summarize.json and
bench_summarize_sample.json; {machine}). {earlier}Texts of the
embedded models, {users:,} users in step, against {few} of them read one by one, and half of those
text by text:

| | {kinds_of_text} | a text | ratio |
|---|---|---|---|---|
{ways}

Seconds are those of writing. A text is one of those that users in step have, in each way: they
share items, which are summarised once, so that more of their texts are preferences. One user at a
time takes {by_text:.2f} times as long for a text of its own, and {by_user:.2f} times for a user.

| call | tokens read, without a picture | tokens written |
|---|---|---|
{kinds}

A user has {blocks} blocks, a stored text takes {size} bytes with its prompt and provenance.

`{kills_command}`
(assets/results/bench_kills.json): `train.prepare summarize` of {kills_users:,} users, killed at
random {kills[kills]} times and started again each time, against the same job left alone (with
`--alone` an earlier run, whose seconds are those of its texts and a start), on {threads} threads.
Of {kills[rows]:,} texts it has lost {kills[lost]}, {kills[more]} are too many and {kills[other]}
in other words ({kills_seconds}; each start loads the models anew).

## Measured on a GPU

`{paper_command}` (assets/results/bench_paper.json; {paper_machine}): the
shapes of Llama 3 8B and LLaVA-v1.6-Mistral-7B with random weights, since the real ones are on the
Hub; what a pass costs does not depend on their values. Texts are 64 tokens each, candidates those
of a viewer of the sample with their covers. Weights take {gigabytes} (LLaVA's with 17 k words more
than the real one has).

| what | seconds |
|---|---|
{paper_rows}

One text after the other leaves the GPU idle: a step of decoding is hundreds of small launches from
Python, so that 64 texts at once cost little more than one. An adapter beside the weights adds
launches; 4 bit adds unpacking and saves memory. With pictures that are new the paper's order costs
a little more than one pass each, as every picture is read before what follows is; with kept ones it
gains most.
Texts were decoded by transformers here, before `core/decoding.py`.

## By arithmetic

An item is three texts, a user one a block. The 7B models are taken to write as much as the
embedded ones. The GPU above writes {writes} tokens a second, {describes} about pictures like the
sample's, what is read for them included; it reads {reads} a second where nothing is written. A
picture is counted with {gpu.image_tokens:,} tokens, LLaVA-NeXT's most;
{gpu.price:g} USD an hour is an assumption.

{table}

## Where each limit bites, and what lifts it

- **20 k items, 25 k users.** One machine does it, with the embedded models on its cores or the 7B
  models on one GPU; SQLite holds it. Nothing but `train.prepare summarize` is needed.
- **A million users.** `--engine ray` divides the parts among GPUs, which need nothing of each other
  within a part, so that hours shrink as GPUs are added; from several machines the store has to be
  PostgreSQL. The driver alone stores, a transaction a part: with several GPUs that will be the
  next limit.
- **A hundred million users.** The preferences are the bill, and a row of text for every block is
  a database of its own size: keep the last preference of a user and drop the earlier blocks,
  which only the story needs. Partition the table of texts by the start of its key. Do not write
  preferences of users who do not come: write one when its user appears.
- **Keeping up.** One more interaction costs a GPU {update} {candidates} candidates, nearly all of
  it pictures. In the paper's order a picture comes first, so that its keys and values can be
  kept: {one_item}B an item, {states}B for 20 k of them. Those asked for lately are kept: by
  vLLM's prefix cache as far as its memory goes, here within `TASTELINE_PICTURE_GB`. With the
  preference first, as the embedded profile asks, candidates share the preference and their
  pictures are read again.
- **Candidates.** Nobody scores a million items for a user with a language model: a sequence model
  (docs/results.md says what ours costs) picks tens, and this one puts them in order and says why.
"""


if __name__ == "__main__":
    sys.exit(main())
