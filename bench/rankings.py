# SPDX-License-Identifier: GPL-3.0-or-later
"""Rankings to measure: ours as a client of broadsheetd gets it, and the reference, BM25 with Lucene's
defaults. What bench/relevance and bench/known_items share.

A query is a pair of id and text; a ranking is a dict from the ids of queries to lists of (article,
score), best first. A query without a hit has none in it.
"""

import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SOURCE / "tests" / "integration"))

from lib import api  # noqa: E402  (generated from proto/ when imported)
from lib.programs import BIN, write_jsonl  # noqa: E402

MODES = {"any": api.messages.MATCH_MODE_ANY, "all": api.messages.MATCH_MODE_ALL}
REFERENCE = "bm25_reference"
# The heading of the reference's column.
REFERENCE_NAME = "Lucene"


def add_options(parser):
    """The options --profile and --reference."""
    parser.add_argument(
        "--profile", action="append",
        help="ranking profile (again: beside it); default and plain unless said otherwise",
    )
    parser.add_argument(
        "--reference", action="store_true",
        help="beside them BM25 with Lucene's defaults, by bm25_reference",
    )


def profiles_of(arguments):
    if arguments.reference and not (BIN / REFERENCE).exists():
        sys.exit(f"no {BIN / REFERENCE}; ninja -C build {REFERENCE} makes it")
    return arguments.profile or ["default", "plain"]


def rank(service, queries, profile, match, depth):
    """Ours, under a profile."""
    ranking = {}
    for query, text in queries:
        response = service.search(
            text,
            match=MODES[match],
            page_size=depth,
            ranking_profile=profile,
            highlight=api.messages.HighlightOptions(disabled=True),
            read_mask={"paths": ["id"]},
        )
        if response.hits:
            ranking[query] = [(hit.article.id, hit.score) for hit in response.hits]
    return ranking


def rank_by_reference(documents, queries, matches, depth):
    """The reference over {id, title, text}: a ranking for each of the ways to match, by its name."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        folder = pathlib.Path(folder)
        asked = ({"id": query, "text": text} for query, text in queries)
        command = [
            BIN / REFERENCE, "--queries", write_jsonl(folder / "queries", asked),
            "--match", ",".join(matches), "--depth", str(depth),
        ]
        with open(write_jsonl(folder / "documents", documents), "rb") as lines:
            run = subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, check=True, text=True)
    rankings = {match: {} for match in matches}
    for line in run.stdout.splitlines():
        query, _, document, _, score, match = line.split(" ")
        rankings[match].setdefault(query, []).append((document, float(score)))
    return rankings
