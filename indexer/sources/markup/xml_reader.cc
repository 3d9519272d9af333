// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_reader.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "engine/text/char_class.h"
#include "engine/text/utf8.h"
#include "indexer/sources/markup/libxml_text.h"
#include "indexer/sources/markup/namespaces.h"
#include "indexer/sources/markup/tree_builder.h"

namespace broadsheet::sources::markup {
namespace {

constexpr size_t kReadBytes = 64 << 10;
// The parser guesses the encoding from so many bytes.
constexpr size_t kFirstBytes = 4;

// In a document that lies about its encoding libxml2 hands out bytes as they are: those that are no
// UTF-8 are read as windows-1252, which such documents mostly are in.
std::string Utf8(std::string_view text) {
  std::string whole;
  for (size_t at = 0; at < text.size();) {
    const text::Character character = text::CharacterAt(text, at);
    const std::string_view bytes = text.substr(at, character.end - at);
    at = character.end;
    if (character.code_point >= 0) {
      whole += bytes;
    } else {
      icu::UnicodeString(bytes.data(), static_cast<int32_t>(bytes.size()), "windows-1252")
          .toUTF8String(whole);
    }
  }
  return whole;
}

// What stands between records in a document of millions of them is not worth keeping.
bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Errors that libxml2 reports and that cost the reader nothing.
bool IsHarmless(const xmlError& error) {
  return error.level == XML_ERR_WARNING || error.domain == XML_FROM_NAMESPACE ||
         error.code == XML_WAR_UNDECLARED_ENTITY || error.code == XML_NS_ERR_UNDEFINED_NAMESPACE;
}

class Reading {
 public:
  Reading(const XmlOptions& options, const XmlRecordSink& sink) : options_(options), sink_(sink) {}
  ~Reading() {
    if (parser_ == nullptr) return;
    // libxml2 makes a document of its own for the entities it is told of, see `OnGetEntity`.
    if (parser_->myDoc != nullptr) xmlFreeDoc(parser_->myDoc);
    xmlFreeParserCtxt(parser_);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  absl::StatusOr<XmlOutcome> Run(Input& input);

 private:
  void Start(std::string_view first);
  absl::Status Feed(Input& input);
  void Fail(absl::Status why);
  bool stopped() const {
    return !sunk_.ok() || hopeless_ || (!options_.recover && !outcome_.well_formed.ok());
  }

  void StartElement(Element element);
  void EndElement();
  void Text(std::string_view text);
  void CheckSize();
  void HandOut();
  xmlEntityPtr FindEntity(std::string_view name);

  static Reading& Self(void* self) { return *static_cast<Reading*>(self); }
  static xmlSAXHandler Handlers();
  static void OnStart(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                      int namespaces, const xmlChar** bound, int attributes, int defaulted,
                      const xmlChar** values);
  static void OnError(void* self, xmlErrorPtr error);

  const XmlOptions& options_;
  const XmlRecordSink& sink_;
  xmlParserCtxtPtr parser_ = nullptr;
  XmlOutcome outcome_;
  absl::Status sunk_;
  // Not to be gone on with, not even to recover.
  bool hopeless_ = false;

  TreeBuilder around_;
  TreeBuilder record_;
  uint64_t record_offset_ = 0;
  bool too_large_ = false;
  // Elements that are open below one that is too deep or too large to keep.
  size_t skipped_depth_ = 0;
  bool root_seen_ = false;
  std::string root_space_;
  xmlEntity entity_ = {};
  std::string entity_text_;
  std::string entity_name_;
};

xmlSAXHandler Reading::Handlers() {
  xmlSAXHandler handlers = {};
  handlers.initialized = XML_SAX2_MAGIC;
  handlers.startElementNs = &OnStart;
  handlers.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    Self(self).EndElement();
  };
  handlers.characters = [](void* self, const xmlChar* text, int size) {
    Self(self).Text(View(text, static_cast<size_t>(size)));
  };
  handlers.ignorableWhitespace = handlers.characters;
  handlers.cdataBlock = handlers.characters;
  handlers.getEntity = [](void* self, const xmlChar* name) {
    return Self(self).FindEntity(View(name));
  };
  handlers.serror = &OnError;
  return handlers;
}

void Reading::OnStart(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                      int /*namespaces*/, const xmlChar** /*bound*/, int attributes,
                      int /*defaulted*/, const xmlChar** values) {
  Reading& reading = Self(self);
  if (!std::exchange(reading.root_seen_, true)) reading.root_space_ = View(uri);
  Element element{.name = QualifiedName(View(name), View(prefix), View(uri), reading.root_space_)};
  element.line = static_cast<uint64_t>(xmlSAX2GetLineNumber(reading.parser_));
  // Five pointers each: name, prefix, URI, begin and end of the value.
  constexpr size_t kFields = 5;
  for (size_t i = 0; i < static_cast<size_t>(attributes); ++i) {
    const xmlChar* const* field = values + kFields * i;
    const std::string_view value = View(field[3], static_cast<size_t>(field[4] - field[3]));
    element.attributes.push_back({.name = std::string(View(field[0])), .value = Utf8(value)});
  }
  reading.StartElement(std::move(element));
}

void Reading::OnError(void* self, xmlErrorPtr error) {
  if (error == nullptr || IsHarmless(*error)) return;
  std::string message = error->message == nullptr ? "unknown error" : error->message;
  absl::StripAsciiWhitespace(&message);
  Self(self).Fail(absl::InvalidArgumentError("not well-formed XML: " + message));
}

void Reading::Fail(absl::Status why) {
  if (!outcome_.well_formed.ok()) return;
  outcome_.well_formed = std::move(why);
  outcome_.line = static_cast<uint64_t>(std::max(xmlSAX2GetLineNumber(parser_), 0));
  outcome_.byte_offset = static_cast<uint64_t>(std::max(xmlByteConsumed(parser_), 0L));
}

// What the document declares is never looked at, so that no entity can grow or load anything.
// libxml2 copies the text of a "predefined" entity as it is, in an attribute only its first byte;
// there it takes another kind's text.
xmlEntityPtr Reading::FindEntity(std::string_view name) {
  // While the document's own declarations are read libxml2 would change what it is given.
  if (parser_->inSubset != 0) return nullptr;
  // libxml2 drops every reference once anything was ill-formed.
  if (options_.recover) parser_->wellFormed = 1;
  entity_name_.assign(name);
  const auto* known = htmlEntityLookup(reinterpret_cast<const xmlChar*>(entity_name_.c_str()));
  entity_text_.clear();
  if (known != nullptr) {
    std::array<xmlChar, 8> character = {};
    const int size = xmlCopyCharMultiByte(character.data(), static_cast<int>(known->value));
    entity_text_.assign(View(character.data(), static_cast<size_t>(size)));
  } else {
    entity_text_ = "&" + entity_name_ + ";";
  }
  const bool in_attribute = parser_->instate == XML_PARSER_ATTRIBUTE_VALUE;
  // Written out in an attribute it would be read as a reference again, for ever.
  if (in_attribute && known == nullptr) entity_text_ = entity_name_;
  entity_ = {};
  entity_.type = XML_ENTITY_DECL;
  entity_.etype = in_attribute ? XML_INTERNAL_GENERAL_ENTITY : XML_INTERNAL_PREDEFINED_ENTITY;
  entity_.name = reinterpret_cast<const xmlChar*>(entity_name_.c_str());
  entity_.content = reinterpret_cast<xmlChar*>(entity_text_.data());
  entity_.length = static_cast<int>(entity_text_.size());
  entity_.checked = 1;
  return &entity_;
}

void Reading::StartElement(Element element) {
  if (stopped()) return;
  if (skipped_depth_ > 0 || (record_.depth() > 0 && too_large_)) {
    ++skipped_depth_;
    return;
  }
  if (around_.depth() + record_.depth() >= kMaxDepth) {
    Fail(absl::InvalidArgumentError(
        absl::StrFormat("elements are nested more than %d deep", kMaxDepth)));
    ++skipped_depth_;
    return;
  }
  if (record_.depth() == 0 && options_.is_record(element, around_.open())) {
    record_offset_ = static_cast<uint64_t>(std::max(xmlByteConsumed(parser_), 0L));
    too_large_ = false;
    record_.Start(std::move(element));
  } else {
    (record_.depth() > 0 ? record_ : around_).Start(std::move(element));
  }
  CheckSize();
}

void Reading::Text(std::string_view text) {
  if (stopped() || skipped_depth_ > 0) return;
  if (record_.depth() > 0 ? too_large_ : IsBlank(text)) return;
  if (!text::IsValidUtf8(text)) return Text(Utf8(text));
  (record_.depth() > 0 ? record_ : around_).Text(text);
  CheckSize();
}

void Reading::CheckSize() {
  if (record_.depth() > 0) {
    too_large_ = too_large_ || record_.bytes() > options_.max_record_bytes;
    // Its end is still looked for, none of its content kept.
  } else if (around_.bytes() > options_.max_record_bytes) {
    Fail(absl::InvalidArgumentError(
        absl::StrFormat("more than %d bytes around the articles", options_.max_record_bytes)));
    hopeless_ = true;
    xmlStopParser(parser_);
  }
}

void Reading::EndElement() {
  if (stopped()) return;
  if (skipped_depth_ > 0) {
    --skipped_depth_;
    return;
  }
  if (record_.depth() == 0) {
    around_.End();
    return;
  }
  record_.End();
  if (record_.depth() == 0) HandOut();
}

void Reading::HandOut() {
  XmlRecord record{.element = record_.Take(),
                   .around = around_.root(),
                   .byte_offset = record_offset_,
                   .usable = absl::OkStatus()};
  if (too_large_) {
    record.usable = absl::InvalidArgumentError(absl::StrFormat(
        "a record of more than %d bytes cannot be one article", options_.max_record_bytes));
  }
  sunk_ = sink_(std::move(record));
  if (!sunk_.ok()) xmlStopParser(parser_);
}

void Reading::Start(std::string_view first) {
  static const xmlSAXHandler kHandlers = Handlers();
  xmlSAXHandler handlers = kHandlers;
  parser_ = xmlCreatePushParserCtxt(&handlers, this, first.data(), static_cast<int>(first.size()),
                                    nullptr);
  // Entities are replaced by what FindEntity gives and by nothing else.
  int flags = XML_PARSE_NONET | XML_PARSE_NOENT;
  if (options_.recover) flags |= XML_PARSE_RECOVER;
  xmlCtxtUseOptions(parser_, flags);
}

absl::Status Reading::Feed(Input& input) {
  std::vector<char> buffer(kReadBytes);
  // Blank lines before the declaration are an error to the parser, and common.
  bool leading = true;
  while (!stopped() && parser_->disableSAX == 0) {
    const absl::StatusOr<size_t> size = input.Read(buffer);
    if (!size.ok()) {
      if (absl::IsCancelled(size.status())) return size.status();
      Fail(absl::InvalidArgumentError(std::string(size.status().message())));
      return absl::OkStatus();
    }
    std::string_view chunk(buffer.data(), *size);
    if (*size == 0) break;
    if (leading) {
      const size_t start = chunk.find_first_not_of(" \t\r\n");
      if (start == std::string_view::npos) continue;
      chunk.remove_prefix(start);
      leading = false;
    }
    xmlParseChunk(parser_, chunk.data(), static_cast<int>(chunk.size()), 0);
  }
  if (!stopped()) xmlParseChunk(parser_, nullptr, 0, 1);
  return absl::OkStatus();
}

absl::StatusOr<XmlOutcome> Reading::Run(Input& input) {
  // The four bytes for guessing the encoding come with the first chunk.
  Start({});
  if (parser_ == nullptr) return absl::ResourceExhaustedError("no memory for an XML parser");
  if (absl::Status fed = Feed(input); !fed.ok()) return fed;
  if (!sunk_.ok()) return sunk_;
  outcome_.around = around_.Take();
  return std::move(outcome_);
}

}  // namespace

absl::StatusOr<XmlOutcome> ReadXml(Input& input, const XmlOptions& options,
                                   const XmlRecordSink& records) {
  return Reading(options, records).Run(input);
}

}  // namespace broadsheet::sources::markup
