# Two commands: `make up` to use it, `make test` to change it. ARGS is passed on.
ARGS ?=

.PHONY: up test bench lock
up:
	@cd "$(CURDIR)" && sh scripts/setup.sh up && exec .venv/bin/python manage.py up $(ARGS)

test:
	@cd "$(CURDIR)" && sh scripts/setup.sh test && exec .venv/bin/python -m scripts.test $(ARGS)

bench:
	@cd "$(CURDIR)" && sh scripts/setup.sh test && exec .venv/bin/python -m benchmarks $(ARGS)

# After a change in requirements*.in. Needs uv.
lock:
	@cd "$(CURDIR)" && sh scripts/lock.sh
