# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that a server started with `--metrics 127.0.0.1:0` gives, as Prometheus reads them.

    values(page(server))["broadsheet_articles"]
"""

import re
import urllib.request

from lib.programs import wait_for


def metrics_address(server):
    wait_for(lambda: "metrics at http://" in server.log(), "the address of the metrics")
    return re.search(r"metrics at (http://\S+)/metrics", server.log()).group(1)


def page(server, path="/metrics"):
    with urllib.request.urlopen(metrics_address(server) + path, timeout=60) as answer:
        return answer.read().decode()


def values(text):
    """{name with its labels: value} of a page."""
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}
