#!/bin/sh
# Installs what is missing, silently when nothing is.
#   sh scripts/setup.sh up      what the application needs
#   sh scripts/setup.sh test    and what its tests need
set -eu
cd "$(dirname "$0")/.."
kind=${1:-up}
python=.venv/bin/python

say() { printf '%s\n' "$*"; }

good() { # a Python of 3.12 or newer
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

find_python() { # `python3` first: pyenv and the like read .python-version of this folder
    for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 \
        "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3; do
        if good "$candidate" && can_make_environments "$candidate"; then
            say "$candidate"
            return
        fi
    done
}

make_environment() {
    found=$(find_python)
    if [ -n "$found" ]; then
        "$found" -m venv --clear .venv
    elif uv --version >/dev/null 2>&1; then
        uv venv --quiet --clear --seed --python '>=3.12' .venv
    else
        say "Buurtagenda needs Python 3.12 or newer with its venv module, and found none." >&2
        say "On Debian 13, Ubuntu 24.04 or newer: sudo apt-get install python3 python3-venv" >&2
        say "Elsewhere: install it with pyenv or uv, or name it: PYTHON=/path/to/python3 make $kind" >&2
        exit 1
    fi
}

install_lock() { # $1: a lock file with hashes
    say "Installing $1 ..."
    rm -f .venv/installed-*
    if uv --version >/dev/null 2>&1 &&
        uv pip install --quiet --compile-bytecode --python "$python" --require-hashes -r "$1" 2>/dev/null; then
        return
    fi
    "$python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$1"
}

held() { # the environment holds exactly this lock file
    cmp -s "$1" ".venv/installed-$1"
}

if ! good "$python"; then
    say "Making a Python environment in .venv ..."
    make_environment
fi

if [ "$kind" = up ]; then
    if ! held requirements.txt && ! held requirements-dev.txt; then
        install_lock requirements.txt
        cp requirements.txt .venv/installed-requirements.txt
    fi
elif ! held requirements-dev.txt; then
    install_lock requirements-dev.txt
    cp requirements-dev.txt .venv/installed-requirements-dev.txt
fi

exec "$python" scripts/machine.py "$kind"
