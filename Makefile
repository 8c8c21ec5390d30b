.PHONY: setup fmt check test demo

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
