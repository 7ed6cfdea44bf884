# What a person types; the work is done by the scripts in deploy/. See docs/operations.md.
PYTHON ?= python3
PORT ?= 8000
export PORT UPGRADE

.PHONY: run test lock check-python

run: check-python
	@exec $(PYTHON) -m deploy.run

test: check-python
	@exec $(PYTHON) -m deploy.run_tests

# UPGRADE=1 takes the newest versions that pyproject.toml allows; without it only what pyproject.toml demands changes.
lock: check-python
	@exec $(PYTHON) -m deploy.lock

check-python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 eller nyere mangler; på Debian og Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) deploy/check_python.py
