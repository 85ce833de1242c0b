# SPDX-License-Identifier: Apache-2.0
#
# The commands of this repository. Each installs what is missing first (.ci/install) and builds into
# build/. Everything else is plain CMake: see CMakePresets.json and CONTRIBUTING.md.

.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-readme figures clean install

# A second build of the same sources takes seconds, in another clone as well.
export CMAKE_CXX_COMPILER_LAUNCHER = $(shell command -v ccache)
export CCACHE_BASEDIR = $(CURDIR)
export CCACHE_NOHASHDIR = 1
# As many compilers as cores.
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc)

demo_files = src/data/demo/tariff.json src/data/demo/facts.json
quarter = --from 2026-07-01 --to 2026-10-01
# July's management fee of flat 1-0102.
july_line = osmanthus-garden/A-0004/1-0102/management/-/2026-07-01/charge
dues = build/release/src/command/dues

help:
	@echo 'make demo    build the command dues; bill a community for a quarter and explain a line of it'
	@echo 'make test    every test, with sanitizers, optimised and with a second compiler'
	@echo 'make bench   measure the speed of the optimised build, on a made-up city of a million units'
	@echo '             make bench BENCH="--units-csv=FILE --tariff=FILE --from=DAY --to=DAY" takes your own'
	@echo 'make bench-readme  measure, and put the table into the README'
	@echo 'make clean   remove build/'
	@echo
	@echo 'The first three install missing Debian packages; .ci/packages lists them.'

install:
	@.ci/install

demo: install
	cmake --preset release
	cmake --build --preset release --target dues_command
	@mkdir -p build/demo
	$(dues) bill $(demo_files) $(quarter)
	$(dues) bill $(demo_files) $(quarter) --format json > build/demo/bills.json
	$(dues) bill $(demo_files) $(quarter) --format csv > build/demo/lines.csv
	$(dues) explain $(demo_files) $(quarter) --key $(july_line) --lang en
	$(dues) explain $(demo_files) $(quarter) --key $(july_line) --lang zh
	@echo
	@echo 'All bills: build/demo/bills.json. All lines: build/demo/lines.csv.'

test: install
	@.ci/test

# Both show every figure and end with an error when a stated bound is not kept.
bench: figures
	@python3 bench/table.py build/bench.json
bench-readme: figures
	@python3 bench/table.py --write README.md build/bench.json

figures: install
	cmake --preset release
	cmake --build --preset release --target dues_bench
	build/release/bench/dues_bench $(BENCH) --benchmark_out=build/bench.json --benchmark_out_format=json
	@echo

clean:
	rm -rf build
