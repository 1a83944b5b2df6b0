# The same commands here and in CI.
SHELL := /bin/bash
SWIFT_FLAGS := -c release --explicit-target-dependency-import-check error
BIN := .build/release

.PHONY: demo test bench soak fuzz docs build unit end-to-end format lint clean install

## Installs what is missing, builds, takes in real events, runs bronze, silver and gold, and shows what was found.
demo: build
	@infrastructure/local/demo.sh

## Installs what tests need and runs everything.
test: build
	@infrastructure/local/test.sh

## Measures micro-batches, drains and growing histories as whole processes; DuckDB beside them where it is at hand.
bench: build
	@"$$(infrastructure/local/python.sh | tail -n 1)" Tests/Benchmarks/bench.py

install:
	@echo "== install"
	@infrastructure/local/install.sh

build: install
	@echo "== build (release)"
	@swift build $(SWIFT_FLAGS) --build-tests 2>&1 | infrastructure/local/quiet-build.sh

unit: build
	@infrastructure/local/test.sh unit

end-to-end: build
	@infrastructure/local/test.sh end-to-end

format:
	@swift format -i -r -p Package.swift Sources Tests

lint:
	@swift format lint -r -p --strict Package.swift Sources Tests

clean:
	@rm -rf .build

## What does not fit into CI: long kill, growth and fuzz runs.
soak: build
	@WIKIGUARD_SOAK=1 infrastructure/local/test.sh

## libFuzzer on everything that reads bytes of others: FUZZ_SECONDS (60) each, FUZZ_TARGETS (all).
fuzz: install
	@infrastructure/local/fuzz.sh $(FUZZ_TARGETS)

## The libraries' documentation, into .build/docs.
docs: install
	@SWIFT_FLAGS="$(SWIFT_FLAGS)" infrastructure/local/docs.sh
