#!/bin/sh
# bootstrap.sh LOCK: make .venv hold exactly what LOCK pins. Costs a few milliseconds when it does.
# A stamp is the interpreter's real path and the lock itself: nothing to compute, nothing to collide.
set -eu
cd "$(dirname "$0")/.."
lock=$1

current() { # LOCK
	[ -x .venv/bin/dengwen ] && [ -f ".venv/$1.stamp" ] &&
		{ readlink -f .venv/bin/python && cat "$1"; } 2>/dev/null | cmp -s - ".venv/$1.stamp"
}

# The test lock holds everything of the other one, so either stamp serves `make up`.
if current "$lock" || { [ "$lock" = requirements.lock ] && current requirements-test.lock; }; then
	exit 0
fi

version='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
found= crippled=
for python in .venv/bin/python python3 python3.13 python3.12 python3.11 python \
	"${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123]*/bin/python3 /opt/homebrew/bin/python3.1[123]; do
	if command -v "$python" >/dev/null 2>&1 && "$python" -S -c "$version" >/dev/null 2>&1; then
		if "$python" -S -c 'import venv, ensurepip' >/dev/null 2>&1; then
			found=$python
			break
		fi
		crippled=${crippled:-$python}
	fi
done
if [ -z "$found" ] && [ -n "$crippled" ]; then
	echo "dengwen: $crippled cannot create virtual environments: its ensurepip is missing." >&2
	echo "         On Debian and Ubuntu: apt install python3-venv" >&2
	echo "         Or put another Python 3.11-3.13 on the PATH (pyenv, uv, python.org)." >&2
	exit 1
fi
if [ -z "$found" ]; then
	echo "dengwen: no Python 3.11, 3.12 or 3.13 found (looked for python3, python3.11-3.13 and pyenv's)." >&2
	echo "         Install one, for example: apt install python3 python3-venv" >&2
	exit 1
fi
exec "$found" -I deploy/bootstrap.py "$lock"
