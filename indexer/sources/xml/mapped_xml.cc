// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/mapped_xml.h"

#include <string>

#include "indexer/sources/article/release.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/xml/element_json.h"
#include "indexer/sources/xml/named_release.h"
#include "indexer/sources/xml/xml_source.h"

namespace broadsheet::sources {
namespace {

// What the elements around a record state holds for all that is in them. A map cannot read it, so
// that the record is refused, unless it is over.
absl::Status CheckEnvelopes(const markup::XmlRecord& record) {
  ReleaseStatement release;
  StateEnvelopes(record.envelopes, release);
  const ReleaseDecision decision = release.Decide();
  if (!decision.embargo.has_value() && decision.status <= v1::Article::STATUS_USABLE) {
    return absl::OkStatus();
  }
  const size_t end = decision.given_by.find(", ");
  return WrongField(decision.given_by.substr(0, end),
                    "may hold the article back, but it stands around the record, where a map "
                    "cannot read it: convert the file, or take a record that is further out");
}

}  // namespace

bool HasElement(std::string_view head, std::string_view name) {
  name = markup::LocalName(name);
  for (size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    const std::string_view rest = head.substr(at + 1, 256);
    const std::string_view tag = rest.substr(0, rest.find_first_of(" \t\r\n/>"));
    if (markup::LocalName(tag) == name) return true;
  }
  return false;
}

absl::Status MappedXmlSource::ReadAll(Input& input, const ArticleSink& articles,
                                      const RejectSink& rejects) {
  const std::string_view name = markup::LocalName(map_.record());
  const std::string none =
      "no <" + map_.record() + "> element in it, which the map calls its record";
  const XmlFormat format{
      .options = {.is_record =
                      [name](const markup::Element& element, const markup::Element*) {
                        return markup::LocalName(element.name) == name;
                      }},
      .read = [this](const markup::XmlRecord& record,
                     Draft& draft) { return ReadRecord(record, draft); },
      .none = none.c_str()};
  return ReadXmlArticles(input, format, hooks_, articles, rejects);
}

absl::StatusOr<bool> MappedXmlSource::ReadRecord(const markup::XmlRecord& record, Draft& draft) {
  if (absl::Status held = CheckEnvelopes(record); !held.ok()) return held;
  std::string json = ElementJson(*record.element, map_);
  json.reserve(json.size() + JsonParser::kPadding);
  bool repaired = false;
  const absl::StatusOr<simdjson::dom::element> root = parser_.Parse(json, &repaired);
  if (!root.ok()) return root.status();
  if (repaired) ++counts_.repaired;
  simdjson::dom::object object;
  if (root->get(object) != simdjson::SUCCESS) {
    return absl::InternalError("an element is no JSON object");
  }
  return map_.ReadArticle(object, draft, &counts_);
}

}  // namespace broadsheet::sources
