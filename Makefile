.PHONY: setup fmt check demo train-embedded explanations ablations many table3 space-check verify-gpu

setup: ## everything a developer needs
	pip install -e '.[dev]'

fmt:
	ruff format . && ruff check --fix .

check: ## the gate: format, lint, types, tests
	ruff format --check .
	ruff check .
	mypy app core train
	hadolint Dockerfile
	pytest -n 2 --dist loadfile

demo:
	python app.py

space-check: ## what a Space builds, in a fresh environment: does it start, answer and stay small?
	python tests/space_check.py

verify-gpu: ## the paper's models on the GPU of this machine: one page, five probes
	python -m train.verify_gpu

SAMPLE = videos,baby,games
METHODS = oracle,random,popularity,mllm-msr,zero-shot
FIGURE_4 = direct,text-only,no-image-summary
EVALUATE = python -m train.evaluate --dataset $(SAMPLE)
RESULTS = assets/results

train-embedded: ## tower, three adapters, their evaluation and the recorded runs; resumes
	python -m train.finetune --config train/configs/embedded.toml --out runs/embedded
	python -m train.ship --run runs/embedded
	$(EVALUATE) --users 300 --methods $(METHODS) --out $(RESULTS)/sample.json
	$(EVALUATE) --users 300 --methods oracle,mllm-msr --hard --out $(RESULTS)/sample_hard.json
	python -m train.evaluate stages --dataset $(SAMPLE) --users 300 --out $(RESULTS)/stages.json
	python -m train.report
	python -m train.record

explanations: ## are the explanations faithful? with the shipped weights
	python -m train.evaluate explanations --dataset $(SAMPLE) --users 100 --out $(RESULTS)/explanations.json
	python -m train.report

BLOCKS = block-1,block-2,block-3,block-4,block-5,block-6
LENGTHS = length-8,length-16,length-24,length-48,length-96

ablations: ## figures 4 to 6, other candidates, and the losses of the recommender, with the shipped weights
	test -e runs/embedded || python -m train.ship --run runs/embedded --back
	$(EVALUATE) --users 300 --methods mllm-msr,$(FIGURE_4) --out $(RESULTS)/sample.json
	$(EVALUATE) --users 300 --methods mllm-msr,direct --hard --out $(RESULTS)/sample_hard.json
	$(EVALUATE) --users 300 --methods $(METHODS),$(FIGURE_4) --seed 11 --out $(RESULTS)/sample_other.json
	$(EVALUATE) --users 60 --methods $(BLOCKS) --out $(RESULTS)/sample_blocks.json
	$(EVALUATE) --users 60 --methods $(LENGTHS) --out $(RESULTS)/sample_lengths.json
	for loss in answer full listwise; do \
	  python -m train.finetune --config train/configs/embedded.toml --loss $$loss --max-steps 240 \
	    --out runs/embedded || exit 1; \
	done
	python -m train.validation --run runs/embedded --out $(RESULTS)/losses.json
	python -m train.report

many: ## all five folds: the method, the sum of systems, and reading a whole history at once
	$(EVALUATE) --folds 5 --methods mllm-msr,direct,mllm-msr+,others,$(FITTED) \
	  --out $(RESULTS)/sample_many.json
	$(EVALUATE) --folds 5 --users 1260 --methods mllm-msr,direct --hard \
	  --out $(RESULTS)/sample_many_hard.json
	python -m train.report

# Table 3. REAL names prepared data sets; what was finished before a kill is not done again.
#   python -m train.prepare microlens --root DIR --name microlens-50k
#   make table3 REAL="microlens-50k posters video-games"
REAL =
FITTED = popularity,co-occurrence,gru4rec,sasrec,mmgcn,mgat,gru4rec-f,sasrec-f,mmsr,trans2d
READING = mllm-msr,mllm-msr+,others,tallrec,zero-shot,random
ALL = $(READING),$(FITTED)

table3: $(addprefix table3-,sample $(REAL))
	python -m train.report

# What was fine-tuned on a data set is taken if it is there; where all items are known, what has met
# all of them (train/configs/real_all.toml), of cold items what has not (real.toml).
RUNS = $(wildcard runs/$*$(1)/$(2)/adapter) $(wildcard runs/$*/$(2)/adapter)
TUNED = $(foreach role,user-summarizer recommender,$(addprefix --$(role) ,$(firstword $(call RUNS,$(1),$(role)))))
IS_SAMPLE = $(filter sample,$*)
COMMA = ,
ROWS = python -m train.evaluate --dataset $(if $(IS_SAMPLE),$(SAMPLE),$*)
# Without adapters of its own, a data set gets the rows that no model of ours enters; others stay.
ASKED = $(if $(strip $(IS_SAMPLE)$(call TUNED,$(1))),$(ALL)$(CONTENT),others,tallrec,random,$(FITTED))
BARE = microlens-50k video-games
# Table 1, where there are covers: image summaries against image features.
CONTENT = $(if $(filter $*,$(BARE)),,$(SEES))
SEES = ,gru4rec-summary,gru4rec-image

table3-%:
	$(ROWS) $(call TUNED) --methods $(if $(IS_SAMPLE),oracle$(COMMA))$(call ASKED) --cold \
	  --users $(if $(IS_SAMPLE),300,1000) --out $(RESULTS)/cold_$*.json
	$(ROWS) $(call TUNED,-all) --methods $(call ASKED,-all) --users 1000 --out $(RESULTS)/fold0_$*.json
	$(ROWS) --methods $(FITTED) --folds 5 --seeds 3 --out $(RESULTS)/table3_$*.json
