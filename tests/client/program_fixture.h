// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the client as main() does, against a fake server, with a home of its own.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "client/program.h"
#include "tests/client/fake_search_service.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::client {

struct Result {
  int exit_status = 0;
  std::string out;
  std::string err;
};

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    setenv("XDG_STATE_HOME", state_.path().c_str(), 1);
    setenv("BROADSHEET_SERVER", server_.address().c_str(), 1);
  }

  // Against the fake server, unless `arguments` say otherwise.
  static Result Run(const std::vector<std::string>& arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    const int status = RunClient(arguments, {.in = in, .out = out, .err = err});
    return {.exit_status = status, .out = out.str(), .err = err.str()};
  }

  v1::Hit* AddHit(const std::string& id, const std::string& headline) {
    v1::Hit* hit = server_.script()->response.add_hits();
    hit->mutable_article()->set_id(id);
    hit->mutable_article()->set_headline(headline);
    v1::Total* total = server_.script()->response.mutable_total();
    total->set_value(server_.script()->response.hits_size());
    total->set_relation(v1::Total::RELATION_EXACT);
    return hit;
  }

  testing::FakeSearchService server_;
  testing::TempDir state_;
};

}  // namespace broadsheet::client
