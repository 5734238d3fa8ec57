#!/bin/sh
# Writes the lock files: every version with its hashes, and no name of a registry in them.
set -eu
cd "$(dirname "$0")/.."
lock() { # $1: name of the list; the rest: options
    name=$1
    shift
    uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links "$@" "$name.in" -o "$name.txt"
}
lock requirements
lock requirements-dev
lock requirements-deduce -c requirements.txt # an optional extra, beside what runs already
