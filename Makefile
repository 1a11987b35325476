# One door for people and for CI. `make run` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check bench package compare-builds setup lock catalogue calibrate serving-score clean system-packages self-test-figures

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/reckoner-desktop resources/samples/customer_service.reckon; \
	else $(BIN)/reckoner evaluate resources/samples/customer_service.reckon && \
	     $(BIN)/reckoner export resources/samples/customer_service.reckon out/customer_service.xlsx; fi

test: check

check: setup
	packaging/check.sh $(BIN)

bench: setup
	$(BIN)/python -m tests.benchmarks

# dist/: the bundle, a Debian package, a portable archive, checksums
package: setup
	PYTHONPATH=packaging $(BIN)/python -m assemble

# two clean clones of the last commit built one after the other: which bytes differ (about 8 minutes)
compare-builds:
	packaging/compare_builds.sh

setup: system-packages $(READY)

system-packages:
	@packaging/system_packages.sh

$(READY): packaging/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r packaging/requirements.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

lock: $(READY)
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate \
	  -o packaging/requirements.txt packaging/requirements.in

catalogue: setup
	$(BIN)/python packaging/build_catalogue.py

# fit the serving model's parameters to resources/serving/measurements.csv (about 2 minutes)
calibrate: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pricing.calibration fit

# cross-validate them, print the scores and write resources/help/serving_score.md (about 1 minute)
serving-score: setup
	OMP_NUM_THREADS=1 $(BIN)/python -m pricing.calibration score

# write what `reckoner-desktop --self-test` compares with, after figures were meant to change
self-test-figures: setup
	$(BIN)/python packaging/self_test_figures.py

clean:
	rm -rf $(VENV) out build dist *.egg-info
