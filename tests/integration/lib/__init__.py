# SPDX-License-Identifier: GPL-3.0-or-later
"""What the integration tests share: programs to run, callers of the API, ways to break things."""
