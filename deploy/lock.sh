#!/bin/sh
# lock.sh: resolve both lock files from pyproject.toml, for every supported Python and platform at once.
# `--only-binary` would hide a package without wheels from review; hashes pin whatever is chosen.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
resolve() { # OUTPUT OPTIONS
	out=$1
	shift
	.venv/bin/uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate --quiet --output-file "$out"
}
resolve requirements-test.lock --extra test
resolve requirements.lock --constraint requirements-test.lock
