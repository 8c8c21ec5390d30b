.PHONY: setup fmt check test demo train-embedded

setup: ## everything a developer needs
	pip install -e '.[dev]'

fmt:
	ruff format . && ruff check --fix .

check: ## the gate: format, lint, types, tests
	ruff format --check .
	ruff check .
	mypy app core train
	pytest

demo:
	python app.py

SAMPLE = videos,baby,games
METHODS = oracle,random,popularity,mllm-msr,zero-shot,direct,text-only,no-image-summary

train-embedded: ## tower, three adapters, their evaluation and the recorded runs; resumes
	python -m train.finetune --config train/configs/embedded.toml --out runs/embedded
	python -m train.ship --run runs/embedded
	python -m train.evaluate stages --dataset $(SAMPLE) --out assets/results/stages.json
	python -m train.evaluate --dataset $(SAMPLE) --methods $(METHODS) --out assets/results/sample.json
	python -m train.evaluate --dataset $(SAMPLE) --methods oracle,mllm-msr --hard --out assets/results/sample_hard.json
	python -m train.record
