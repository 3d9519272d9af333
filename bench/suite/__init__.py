# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/bench runs: each module measures one part and gives tables for docs/performance.md."""

import pathlib
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "integration"))
