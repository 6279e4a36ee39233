"""The front door of a checkout: `python cli.py …` is `advokit …`."""

from __future__ import annotations

import sys

from advokit.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
