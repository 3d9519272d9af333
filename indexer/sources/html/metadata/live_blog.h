// SPDX-License-Identifier: GPL-3.0-or-later
// The updates of a live blog that JSON-LD states (LiveBlogPosting).
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string>

namespace broadsheet::sources::html {

struct LiveBlog {
  // Each update as a line with its time and headline, and its text in the lines below; in the order
  // of their times, or as they are stated where one has none. "" when there is no update with text.
  std::string text = {};
  // The time of the first and of the last update, as stated; may be empty.
  std::string first = {};
  std::string last = {};
  // Updates that are left out, since they state that they may not be shown, or not yet.
  size_t held = 0;
};

// Pure but for the clock; safe from any thread.
LiveBlog ReadLiveBlog(simdjson::dom::object posting);

}  // namespace broadsheet::sources::html
