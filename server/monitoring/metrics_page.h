// SPDX-License-Identifier: GPL-3.0-or-later
// All figures of the server, in the text format that Prometheus reads. docs/operations.md lists
// them.
#pragma once

#include <string>

#include "server/admission/acceptor.h"
#include "server/admission/server_certificate.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Reads each figure now; costs what GetStatus costs. `certificate` is null when the server speaks
// no TLS. Safe from any thread.
std::string WriteMetrics(const Serving& serving, Acceptor& acceptor,
                         ServerCertificate* certificate);

}  // namespace broadsheet::server
