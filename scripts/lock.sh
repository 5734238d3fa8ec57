#!/bin/sh
# Writes the lock files: every version with its hashes, and no name of a registry in them.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links "$1.in" -o "$1.txt"
}
lock requirements
lock requirements-dev
