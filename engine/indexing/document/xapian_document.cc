// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/xapian_document.h"

#include <string>

#include "engine/schema/terms.h"
#include "engine/storage/columns/article_columns.h"

namespace broadsheet::indexing {

Xapian::Document MakeDocument(const DocumentTerms& terms) {
  Xapian::Document document;
  for (const DocumentTerm& term : terms.terms) {
    document.add_term(std::string(term.term), term.wdf);
  }
  for (const SlotValue& slot : terms.slots) {
    document.add_value(schema::SlotNumber(slot.slot), slot.value);
  }
  return document;
}

Xapian::Document MakeLiveDocument(const DocumentTerms& terms, std::span<const uint32_t> run,
                                  const v1::Article& article) {
  Xapian::Document document = MakeDocument(terms);
  document.add_value(schema::SlotNumber(schema::Slot::kTokens),
                     std::string(reinterpret_cast<const char*>(run.data()), run.size_bytes()));
  document.add_value(schema::SlotNumber(schema::Slot::kId), article.id());
  document.add_value(schema::SlotNumber(schema::Slot::kColumns),
                     storage::EncodeColumns(storage::ColumnsOf(article)));
  document.set_data(article.SerializeAsString());
  return document;
}

}  // namespace broadsheet::indexing
