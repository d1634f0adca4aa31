"""The program's door: ``healthcheck`` and ``python -m healthcheck_cli``."""

from __future__ import annotations

from healthcheck_cli.cli.main import main

if __name__ == "__main__":
    main()
