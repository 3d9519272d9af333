// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an element as one line, and how the line is set.
#pragma once

#include <string>

#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

// The text below `node` without buttons, with " | " between what says different things: elements
// that are lines of their own, those that stand side by side without a space
// ("<b>Jane Doe</b><i>Reporter</i>"), and those that are whole names, roles or houses
// ("<a>Jane Doe</a> <a>Tom Quill</a>").
std::string ElementLine(const Tree& tree, NodeId node);

// True if `node`, or an element around it but for the outermost ones, is set to the right.
bool IsSetRight(const Tree& tree, NodeId node);

}  // namespace broadsheet::sources::html
