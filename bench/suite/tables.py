# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tables into a document, between the marks that name them.

    <!-- bench: searches -->
    ...
    <!-- end -->
"""

import re


def put(document, name, lines):
    """Replaces what is between the marks of `name` in the file `document`."""
    text = document.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- bench: {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    block = "\n".join(lines) + "\n"
    new, count = marked.subn(lambda match: match[1] + block + match[2], text)
    if count != 1:
        raise ValueError(f"{document}: {count} places are marked <!-- bench: {name} -->")
    document.write_text(new, encoding="utf-8")
