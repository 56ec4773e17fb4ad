# The commands of everyday work.  Each installs what is missing, builds what it needs and runs; a second run is quick.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test bench format docs clean install configure

jobs := $(shell nproc)
build := build/release
detente := $(build)/detente
demo_out := out/ai-arena
bench_out := out/bench
arena := data/ai-arena --model data/ai-arena/model.toml --horizon 180d --seed 1
forecast := $(detente) forecast $(arena)
reference := docs/reference
cpp_files = git ls-files --cached --others --exclude-standard '*.cpp' '*.hpp'

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# What a step is, and the time since the demonstration began.
began := $(shell date +%s)
say = @printf '\n[%d s] %s\n' "$$(( $$(date +%s) - $(began) ))"

demo: ## forecast the ruptures of data/ai-arena, score such forecasts and show both on a page
	$(say) "1 of 5: what the program needs (the first time a download of Debian packages and of DuckDB)"
	@tools/install_dependencies --run
	$(say) "2 of 5: building the program, without tests (the first time most of the work: minutes on two cores; then at once)"
	@if [ ! -e $(build)/build.ninja ]; then cmake --preset release -DDETENTE_TESTS=OFF -DDETENTE_BENCH=OFF >/dev/null; fi
	@cmake --build $(build) --parallel $(jobs) --target detente
	@mkdir -p $(demo_out)
	$(say) "3 of 5: forecasts of ruptures, as of a date whose future is known and as of today (seconds)"
	$(forecast) --as-of 2025-01-22 --json $(demo_out)/forecast.json --csv $(demo_out)/forecast.csv
	$(forecast) --as-of last --json $(demo_out)/forecast-latest.json
	$(say) "4 of 5: the track record, a forecast every 30 days (the longest of the steps that follow the build)"
	$(detente) backtest $(arena) --every 30d --json $(demo_out)/backtest.json >$(demo_out)/backtest.txt
	@sed '/told from\|luck explains/q' $(demo_out)/backtest.txt
	$(detente) alliances data/ai-arena --as-of last --json $(demo_out)/alliances.json >$(demo_out)/alliances.txt
	$(detente) profile data/ai-arena --json $(demo_out)/profile.json >$(demo_out)/profile.txt
	$(say) "5 of 5: what if two leaders had cut their ties, in 20 replicates; then the page"
	$(detente) whatif data/scenarios/cut-ties.toml --replicates 20 --json $(demo_out)/whatif.json >$(demo_out)/whatif.txt
	@sed -n '/^cut:/,/^$$/p' $(demo_out)/whatif.txt
	$(detente) report $(patsubst %,$(demo_out)/%.json,forecast forecast-latest backtest alliances profile whatif) \
	  --out $(demo_out)/index.html
	$(say) "The page: $(CURDIR)/$(demo_out)/index.html"

test: install configure ## build everything and run the tests
	@cmake --build $(build) --parallel $(jobs)
	ctest --preset release --parallel $(jobs) --label-exclude nightly

bench: install configure ## build and run the benchmarks: forecasts, samples, coverage, growth, fits (about 4 minutes)
	@cmake --build $(build) --parallel $(jobs) --target {forecast,sampled,coverage,growth,fit}_bench
	@mkdir -p $(bench_out)
	@failed=0; \
	echo "== simulated paths"; $(build)/forecast_bench || failed=1; \
	echo "== sampled risk sets"; $(build)/sampled_bench || failed=1; \
	echo "== coverage of 95 % intervals"; $(build)/coverage_bench || failed=1; \
	echo "== growth of a pass (plots in $(bench_out))"; \
	$(build)/growth_bench | tee $(bench_out)/growth.csv && bench/plot_growth.py $(bench_out)/growth.csv $(bench_out) || failed=1; \
	echo "== fits"; $(build)/fit_bench || failed=1; \
	exit $$failed

format: ## format the C++ sources
	@tools/install_dependencies --checks
	@$(cpp_files) | xargs --no-run-if-empty clang-format -i

docs: install configure ## write the generated pages and check all of them
	@cmake --build $(build) --parallel $(jobs) --target detente
	@mkdir -p $(reference)
	@$(detente) effects --markdown > $(reference)/effects.md.tmp && mv $(reference)/effects.md.tmp $(reference)/effects.md
	@$(detente) scenario layers --markdown > $(reference)/layers.md.tmp && mv $(reference)/layers.md.tmp $(reference)/layers.md
	@tools/check_docs

clean: ## remove everything built, but not what was downloaded
	rm -rf out $(filter-out build/deps, $(wildcard build/*))

install:
	@tools/install_dependencies

# `make demo` leaves a build without tests behind.
configure: install
	@if [ ! -e $(build)/build.ninja ] || grep -q '^DETENTE_TESTS:BOOL=OFF' $(build)/CMakeCache.txt; then \
	  cmake --preset release -DDETENTE_TESTS=ON; fi
