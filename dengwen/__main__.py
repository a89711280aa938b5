"""`python -m dengwen <command>`. Commands that serve run on green threads, so patching comes before all else."""

from __future__ import annotations

import sys
import warnings

if len(sys.argv) > 1 and sys.argv[1] in ("up", "serve"):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet announces its retirement at every import
        import eventlet

        eventlet.monkey_patch()

from dengwen.cli import main

if __name__ == "__main__":
    main()
