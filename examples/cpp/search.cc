// SPDX-License-Identifier: Apache-2.0
// Searches a Broadsheet server: an example client to copy from.
//
//   search 127.0.0.1:6460 'tag:"ferry strike" after:2025-03'
//
// It shows what a back-end service needs: one channel, a deadline on every call, all pages of an
// answer, what matched, an export as a stream, counts by a field, and errors that carry their
// reason and, for a query, the place of the mistake.
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>

#include "broadsheet/v1/search_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace v1 = broadsheet::v1;

namespace {

constexpr std::chrono::seconds kDeadline{10};
constexpr int kPageSize = 5;

// Every method of SearchService only reads and may be repeated. UNAVAILABLE is no connection, or a
// server that has no index open yet; RESOURCE_EXHAUSTED is a server with too much to do.
constexpr const char* kServiceConfig = R"({"methodConfig": [{
  "name": [{"service": "broadsheet.v1.SearchService"}],
  "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.2s", "maxBackoff": "2s",
                  "backoffMultiplier": 2,
                  "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"]}}]})";

std::unique_ptr<v1::SearchService::Stub> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  // A page of 1000 articles with their bodies is larger than gRPC's default of 4 MiB.
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return v1::SearchService::NewStub(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

// Programs branch on the reason; people read the message and see the place.
void PrintError(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    v1::QueryError mistake;
    if (detail.UnpackTo(&info)) std::cerr << info.reason() << ": ";
    if (detail.UnpackTo(&mistake)) {
      std::cerr << "bytes " << mistake.start_byte() << " to " << mistake.end_byte() << ": ";
      if (!mistake.hint().empty()) std::cerr << mistake.hint() << "; ";
    }
  }
  std::cerr << status.error_message() << "\n";
}

// Matched words stand between asterisks.
std::string Marked(const v1::Fragment& fragment) {
  std::string text;
  for (const v1::Segment& segment : fragment.segments()) {
    text += segment.matched() ? "*" + segment.text() + "*" : segment.text();
  }
  return text;
}

// Prints the hits of all pages, newest first.
grpc::Status Search(v1::SearchService::Stub& stub, const std::string& query) {
  v1::SearchArticlesRequest request;
  request.set_query(query);
  request.set_page_size(kPageSize);
  request.set_sort(v1::SORT_ORDER_NEWEST);
  do {
    grpc::ClientContext call;
    call.set_deadline(std::chrono::system_clock::now() + kDeadline);
    v1::SearchArticlesResponse response;
    const grpc::Status status = stub.SearchArticles(&call, request, &response);
    if (!status.ok()) return status;
    if (request.page_token().empty()) {
      const bool exact = response.total().relation() == v1::Total::RELATION_EXACT;
      std::cout << (exact ? "" : "at least ") << response.total().value() << " articles\n";
    }
    for (const v1::Hit& hit : response.hits()) {
      std::cout << hit.article().id() << "  " << hit.article().headline() << "\n";
      for (const v1::Fragment& fragment : hit.fragments()) {
        std::cout << "    " << Marked(fragment) << "\n";
      }
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return grpc::Status::OK;
}

// Prints how many of the hits have each tag.
grpc::Status CountTags(v1::SearchService::Stub& stub, const std::string& query) {
  v1::AggregateArticlesRequest request;
  request.set_query(query);
  request.add_facets()->set_field("tag");
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + kDeadline);
  v1::AggregateArticlesResponse response;
  const grpc::Status status = stub.AggregateArticles(&call, request, &response);
  if (!status.ok()) return status;
  for (const v1::ValueCount& tag : response.facets(0).values()) {
    std::cout << "tag " << tag.value() << ": " << tag.count() << "\n";
  }
  return grpc::Status::OK;
}

// Reads every hit in a stream, with its body. A stream has no deadline: the server ends one that is
// idle. Should it break, the last resume_token goes on behind what was read.
grpc::Status Export(v1::SearchService::Stub& stub, const std::string& query) {
  v1::ExportArticlesRequest request;
  request.set_query(query);
  request.mutable_read_mask()->add_paths("body");
  grpc::ClientContext call;
  const auto stream = stub.ExportArticles(&call, request);
  v1::ExportArticlesResponse batch;
  size_t articles = 0;
  size_t bytes = 0;
  while (stream->Read(&batch)) {
    for (const v1::Article& article : batch.articles()) {
      ++articles;
      bytes += article.body().size();
    }
  }
  std::cout << "exported " << articles << " articles with " << bytes << " bytes of text\n";
  return stream->Finish();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: search ADDRESS QUERY\n";
    return 2;
  }
  const std::unique_ptr<v1::SearchService::Stub> stub = Connect(argv[1]);
  for (const auto& ask : {Search, CountTags, Export}) {
    const grpc::Status status = ask(*stub, argv[2]);
    if (!status.ok()) {
      PrintError(status);
      return 2;
    }
  }
  return 0;
}
