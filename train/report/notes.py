"""What docs/results.md says in words; what can be counted is written by the modules beside it.

Sentences that compare figures are held against the result files by tests/train/test_report.py.
"""

INTRODUCTION = """# Results

Written by `python -m train.report` from the files it names; no measured figure is typed by hand.
The sample is drawn and simulated; films, MicroLens-50k and Video Games are real. Tables and figures
that are called by a number are those of the paper (Ye et al., AAAI 2025), whose protocol is
followed."""

DATASETS = """## Data sets

- **The sample** (`videos`, `baby`, `games`): drawn covers and simulated users, by us
  (`python -m train.sample`). It comes with the repository.
- **Films** (`posters`): [MovieLens latest-small](https://grouplens.org/datasets/movielens/latest/),
  what a user rated 3.5 or more, in order of time, of films whose poster could be had.
- **MicroLens-50k** (`microlens-50k`): [as published](https://github.com/westlake-repl/MicroLens),
  with English titles; its covers could not be had.
- **Video Games** (`video-games`): Amazon's reviews of 2018, of users and items with five or more,
  as they were published with LLMRank: titles alone, in their order without times. They were
  rewritten into the layout of 2023, with ordinal numbers for times.

The latter three are for research and not ours to hand on, and no model that has learnt from them is
here. Films and MicroLens-50k lie in a folder in MicroLens' layout (`*_titles.csv`, `*_pairs.tsv`,
`*_covers/`), which `python -m train.prepare microlens --root DIR --name posters` prepares; Video
Games in Amazon's, for `python -m train.prepare amazon --reviews F --meta F --name video-games`.
Gathering posters and rewriting Video Games is left to whoever repeats this: no script for it is
here."""

PROTOCOL = """## How it was measured

- **Who and what.** A user's last item among 20 others that the user never touched, shuffled by a
  seed; on cold items (nothing has learnt from them), the last cold one among cold ones; hard
  candidates: all there are, 20 at most. A seed splits users into five folds. Time is not split:
  what training users took after a test item is learnt from, and popularity includes the future.
- **What our models know of the sample.** No picture, no title, no user. But they learnt in worlds
  of the same generator, where a user's last item fits a theme and the style of the taste of that
  time (`train/sample/users.py`), and many of the items before it do not. They are taught, after
  every block, what their worlds' users would take by this very rule; what is fitted to the sample
  sees it once for each training user. So part of our lead there is knowledge of the simulator;
  films are the test without it. Explorations that led to these weights had been scored on test
  users of the sample (docs/decisions.md, "From one world to four"), which no interval accounts
  for.
- **What others know.** What is fitted to a data set has learnt from seven eighths of the users that
  it is not tested on; the rest, validation users, stop it, 2,000 of them at most. Learning rate
  and dropout were chosen once, on validation users of fold 0, who are test users of the other
  folds: for every system of the sample by one search (TALLRec and the two of table 1 aside), for
  SASRec and GRU4Rec on MicroLens-50k, for none on films and Video Games. The best was often the
  fastest rate or the last epoch that was searched, and the sample's search used an earlier loop
  that could stop a slow start too early (docs/decisions.md). A fit ends after 60 epochs if nothing
  stopped it earlier, as it did GRU4Rec on Video Games, and on the sample GRU4Rec of image features
  (videos) and of image summaries (baby).
- **How far back.** Sequence models, ours included, learn from the last 31 items of a training user
  (as SASRec's paper has it, the most recent ones) and are asked with the last 30. What counts,
  MMGCN's and MGAT's graphs and TALLRec's draws go over all: that makes a difference on films, where
  users have taken many more.
- **GRU4Rec of our image summaries** reads what our item summariser says of covers: part of it is
  ours; targets hold us against it all the same.
- **Figures.** AUC: how often an item that came next scores above one that did not; 0.5 is chance.
  It is pooled, as the protocol has it: it holds scores of different users side by side, and on the
  sample those of three data sets; a tie counts half. A softmax over items fixes a user's scores
  only up to a constant, which pooled AUC punishes and the other columns do not; MLLM-MSR+ takes
  that constant out of its part. Over five folds, systems fitted to each have the mean of five
  AUCs; the others, MLLM-MSR included, have one AUC of all users. HR@5: for how many users the item
  that came next is among the first five. MRR@5: one over its rank there, else 0. NDCG@5: the same,
  but ranks two to five count for more. In these three a tie counts against the system.
- **MLLM-MSR+** sums our margin, popularity and the share of one other system: the best of
  co-occurrence, SASRec and SASRec with text and image. Validation users of the fold (150 at most;
  baby, games and films have forty to sixty) say which is best and what each part counts. Popularity
  mostly counts against a candidate there: what others did next holds it already. On cold items it
  says nothing. Held against that system, the sum meets a part of itself; "without MLLM-MSR" is the
  same sum with nothing of ours (measured on the sample two days after the sum, with fits that came
  out alike; there the two are not paired). All of these users also stop the fits of SASRec, and
  where its rates were searched for, they chose those, too: choice and weights lean towards it.
- **Intervals**, 95%: by bootstrap over users, of descriptions over items; exact where all of a
  stage's or an explanation's cases are right or none, while a hit rate of 0 has none. Only what is
  fitted to five folds has a t interval over these, corrected for the training users that folds
  share (Nadeau and Bengio), usually wider; MLLM-MSR+, three weights of which are fitted to each
  fold, has the bootstrap. From fold to fold validation users are mostly the same, never those who
  are tested; no interval knows of that. "Intervals apart" compares both kinds all the same: that is
  stricter than a paired difference (by bootstrap over users) above 0, so what is missed may still
  have a clear one. Over five folds a paired difference to a fitted system pools the scores of its
  fits, so it is not quite the difference of both rows.
- **Seconds of a fit** were taken beside other work on the same two cores, some several times what
  a quiet machine takes. Systems that write texts have none: their texts were remembered. Parameters
  of fits to the sample are those on videos; they grow with the number of items."""

_FINE_TUNED = """\
- User summariser and recommender have learnt from training users of the data set and are not
  shipped. Preferences name the newest items and those that training users took together with
  them."""

_FILMS = f"""\
{_FINE_TUNED}
- These test users were looked at more than once while this was made: after 400, 600 and 1,152
  steps, with themes, with names, and with names and years (docs/decisions.md). No interval
  accounts for that.
- Learning rate and dropout of the fitted systems were not searched for on films.
- Encoders that come from text and photographs (all-MiniLM, EfficientNet) read titles and see
  posters far better than our small models do."""

_TITLES = """\
- There are no covers, so that titles are all there is to read; what is called "with text and
  image" reads text alone there."""

_OF_TITLES = f"""\
{_FINE_TUNED}
- The recommender has learnt in 600 steps of four blocks: less than half of what 2,000 training
  users have, who are one in eighteen; the user summariser in 90, from 400; both without a fifth of
  the items (`train/configs/microlens.toml`). What is fitted has seen all training users and items,
  but for TALLRec, which learns as many candidates as our recommender, drawn from all.
{_TITLES}"""

NOTES = {
    "stages": """\
- A theme counts as liked if its words stand in a sentence that speaks of neither a whim nor a
  thing of the past; the truth after a block is the taste behind it, less what no item has shown
  yet.
- A drift counts as named if the new theme or style stands in the preference of its block or of
  the next one, as a liking or as something recent; the row below it counts likings only.
- The preferences are taught by a careful reader with perfect eyes (`train/taste.py`), which errs,
  too: whims and likings look alike in a first block.
- Zero-shot reads the same item summaries; without them the published model would be blind.""",
    "cold_sample": """\
- A model of ids gives every cold candidate the same score: all are ties. That it is below us here
  is so by construction.
- A cold item is seldom the last of a history, and those before the last are not all to the user's
  taste: planted truth itself ranks them less well than last items, see the oracle.
- Rivals were validated, and their rates searched for, on warm items; the weights of MLLM-MSR+,
  and whom it hears, on cold ones.""",
    "cold_posters": f"""\
{_FILMS}
- User summariser and recommender were not fine-tuned on any of these films
  (`train/configs/real.toml`: 90 and 1,152 steps), nor was TALLRec, the same language model, which
  reads up to thirty bare titles in the place of a preference and learnt in as many steps as the
  recommender.""",
    "fold0_posters": f"""\
{_FILMS}
- The recommender has met all films, in as many steps as TALLRec (`train/configs/real_all.toml`,
  1,152), which is the same language model and reads up to thirty bare titles in the place of a
  preference.
- Rows of MLLM-MSR are of 28 November, when a name ended at the full stop of "Dr.", "Mr." or "vs."
  (docs/decisions.md).""",
    "sample_many": """\
- Most users are of videos. There co-occurrence, MGAT and SASRec with text and image have a higher
  AUC and HR@5 than MLLM-MSR alone, and none of them a higher MRR@5. On baby and games, where few
  training users teach them, its AUC and MRR@5 are above theirs; on baby co-occurrence has the
  higher HR@5 all the same.
- MLLM-MSR+ has the higher AUC and HR@5 and the lower MRR@5: its weights are fitted to single
  candidates and not to who is first.
- One fit each; with three seeds the fitted systems have a table of their own.""",
    "table3_sample": """\
- Systems that write texts are not among these: with their adapters they are not fitted to folds,
  and one answer is as the next. Their rows, on the same users, are in the table of every user.
- The fits had one thread each, two of them side by side, and this command found them finished.""",
    "table3_posters": """\
- Every test user of five folds, three fits each. Learning rate and dropout were not searched for on
  films, and a fold has some 390 users to learn from. All are above popularity in the mean;
  intervals over five folds of so few users are wide.""",
    "sample": """\
- The rivals of figure 4 answer with models that are made for the whole method: the user
  summariser has learnt blocks, not whole histories, and summaries fused with a picture, not bare
  titles. One that had learnt whole histories, too, made direct about as good (docs/decisions.md).
  What they show is the worth of each part to this model.""",
    "fold0_microlens-50k": f"""\
{_OF_TITLES}
- MLLM-MSR stays below popularity: what a title says of a taste is little, and of how often an item
  is taken it says nothing.
- MLLM-MSR+ leads in pooled AUC, by how it sets the scores of different users beside each other;
  among each user's own candidates it ranks as SASRec with text and image does. Our margin adds
  nothing to it.
- TALLRec, the same language model, has the better AUC here. It has learnt about as many candidates
  as our recommender, six at most of each user of 2,304 draws out of all, and of all items; and it
  reads up to thirty titles themselves. It, too, stays below popularity.""",
    "fold0_video-games": f"""\
{_OF_TITLES}
- A title of a game tells of its series and its console: MLLM-MSR ranks these far better than
  MicroLens-50k, about as popularity does, and below counting and sequence models.
- MLLM-MSR+ leads in pooled AUC, as on MicroLens-50k by how it sets the scores of different users
  beside each other; among each user's own candidates it ranks as SASRec with text and image does.
  Our margin adds a little to it, and within users nothing that is clear.
- TALLRec, the same language model with up to thirty bare titles, ranks them better than MLLM-MSR,
  and below sequence models.
- Learning rate and dropout of the fitted systems were not searched for on these users.""",
    "table3_microlens-50k": """\
- Our SASRec and GRU4Rec stand far above the rows of that name in the paper, and above its own 7B
  row, on other users and negatives. What made ours better, by explorations (docs/decisions.md): a
  softmax over two thousand negatives, places counted from the end of a history, small vectors to
  begin with, averaged weights and a search on validation users. How the paper trained its
  baselines it does not say.
- The models that read text and images over these folds are still to be measured.""",
    "posters_shipped": """\
- Tables of 25 November were measured with texts that rounded in another way, and with a
  popularity that had counted validation users, too (docs/decisions.md).""",
    "explanations": """\
- Of the two to five sentences of a preference there are few orders, so that deletion comes close
  to the greedy one easily; the curves are on /evidence.""",
}

PAPER = """\
- MicroLens-50k and Video Games have no covers here, so that titles are all there is to read of
  them; what is called "with text and image" reads text alone there.
- Users, negatives and candidates are drawn by us, so these rows repeat the protocol and not the
  paper's numbers; and they are of different users, as the last column says.
- The paper's own systems (LLaVA and Llama of 7B and 8B, fine-tuned for ten epochs) were not
  trained: their weights were out of reach. docs/scale.md says what they cost once trained; what
  training them takes is unmeasured."""

PEER = """\
- Our SASRec is of 26 November, of a loop that stopped at 40 epochs in the place of 60.
- Both learnt from the last 30 items of a user; the code of today gives both 31, the last of which
  is only to be predicted.
- RecTools' SASRec was not given the same as ours: fewer epochs, since each takes it much longer
  here, fewer negatives (256 in the place of 2,048), the learning rate and dropout that ours had
  before they were searched for, no weights averaged, and no early stopping."""

REMOTE = """\
Wanted was a rank correlation of at least 0.99. Covers were not sent: vLLM serves LLaVA-NeXT with
CLIP's tower only, and the embedded one is a smaller of our own."""
