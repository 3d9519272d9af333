// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/bylines.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/visible/visible_byline.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

using Bylines = std::vector<v1::Byline>;

// "https://www.lantern.example/ferry" -> "lantern.example"
std::string_view HostOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host;
}

class BylineChooser {
 public:
  BylineChooser(std::string_view language, const Metadata& json_ld, const Metadata& meta)
      : language_(language) {
    for (const std::string* site : {&json_ld.source, &meta.source}) {
      if (!site->empty()) sites_.push_back(text::FoldValue(*site));
    }
    for (const std::string* url : {&json_ld.url, &meta.url}) {
      if (host_.empty()) host_ = text::FoldValue(HostOf(*url));
    }
  }

  void Consider(Bylines bylines, std::string rule) {
    if (chosen_.empty() && !bylines.empty()) chosen_ = {std::move(bylines), std::move(rule)};
  }

  // The names of a statement: people and other houses, or only those of the site itself.
  Bylines Stated(const Metadata& metadata, bool site_only) const {
    Bylines bylines;
    for (size_t i = 0; i < metadata.authors.size(); ++i) {
      const bool names_host = NamesHost(metadata.authors[i]);
      Bylines names = people::ReadStatedAuthors(metadata.authors[i], language_);
      std::erase_if(names, [&](const v1::Byline& byline) {
        return (names_host || IsSite(byline.name())) != site_only;
      });
      for (v1::Byline& byline : names) {
        if (metadata.author_is_organisation[i] && names.size() == 1) {
          byline.set_organisation(byline.name());
        }
      }
      people::MergeBylines(std::move(names), &bylines);
    }
    return bylines;
  }

  // Printed names without the site's own; departments of it ("Lantern Sport" of the Lantern) are
  // where the author before works.
  Choice<Bylines> Printed(Choice<Bylines> printed) const {
    Bylines kept;
    for (v1::Byline& byline : printed.value) {
      if (IsSite(byline.name())) continue;
      if (!kept.empty() && IsDepartment(byline.name())) {
        if (kept.back().organisation().empty()) kept.back().set_organisation(byline.name());
        continue;
      }
      kept.push_back(std::move(byline));
    }
    return kept.empty() ? Choice<Bylines>() : Choice<Bylines>{std::move(kept), printed.rule};
  }

  bool empty() const { return chosen_.empty(); }
  Choice<Bylines> Take() { return std::move(chosen_); }

 private:
  // "Lantern (www.lantern.example)", "lantern.example"; but "Redaktion lantern.example" signs.
  bool NamesHost(const std::string& name) const {
    if (host_.empty()) return false;
    const std::string folded = text::FoldValue(name);
    return folded == host_ || folded.find("www." + host_) != std::string::npos;
  }

  bool IsDepartment(const std::string& name) const {
    const std::string folded = text::FoldValue(name);
    return std::any_of(sites_.begin(), sites_.end(),
                       [&](const std::string& site) { return folded.starts_with(site + " "); });
  }

  // Whether a name has nothing but words of the site's name: "Lantern D." is an account.
  bool IsSite(const std::string& name) const {
    const std::vector<std::string> words = page::FoldedWords(name);
    return std::any_of(sites_.begin(), sites_.end(), [&](const std::string& site) {
      if (site == text::FoldValue(name)) return true;
      const std::vector<std::string> known = page::FoldedWords(site);
      size_t shared = 0;
      for (const std::string& word : words) {
        if (word.size() < 2) continue;
        if (std::find(known.begin(), known.end(), word) == known.end()) return false;
        ++shared;
      }
      return shared > 0;
    });
  }

  const std::string_view language_;
  std::vector<std::string> sites_;
  std::string host_;
  Choice<Bylines> chosen_;
};

bool Names(const Bylines& bylines, const v1::Byline& wanted) {
  const std::string folded = text::FoldValue(wanted.name());
  return std::any_of(bylines.begin(), bylines.end(), [&](const v1::Byline& byline) {
    return text::FoldValue(byline.name()) == folded;
  });
}

// Whether `printed` has all of `stated` and more people, as many as write together.
bool NamesMorePeople(const Bylines& printed, const Bylines& stated) {
  constexpr size_t kMostMore = 4;
  const bool more = printed.size() > stated.size() && printed.size() <= stated.size() + kMostMore;
  if (!more) return false;
  const bool all = std::all_of(stated.begin(), stated.end(),
                               [&](const v1::Byline& byline) { return Names(printed, byline); });
  // With a house beside a name, what follows may be a part of it.
  return all && std::all_of(printed.begin(), printed.end(), [&](const v1::Byline& byline) {
           if (!byline.organisation().empty()) return false;
           return Names(stated, byline) || page::LooksLikeName(byline.name());
         });
}

}  // namespace

Choice<std::vector<v1::Byline>> FindBylines(const Tree& tree, const VisiblePage& page,
                                            const ArticlePlace& place, const Metadata& json_ld,
                                            const Metadata& meta, const Metadata& microdata) {
  BylineChooser chooser(LanguageOf(tree), json_ld, meta);
  if (Bylines stated = chooser.Stated(json_ld, false); !stated.empty()) {
    Choice<Bylines> printed = chooser.Printed(FindHeadBylines(tree, page, place));
    if (NamesMorePeople(printed.value, stated)) {
      chooser.Consider(std::move(printed.value), printed.rule + ", which has more than JSON-LD");
    }
    chooser.Consider(std::move(stated), "JSON-LD author");
  }
  Bylines stated = chooser.Stated(meta, false);
  Choice<Bylines> own_name;
  if (chooser.empty()) {
    own_name = FindVisibleBylines(tree, page, place);
    Choice<Bylines> printed = chooser.Printed(own_name);
    const bool narrower = !stated.empty() && stated.size() < printed.value.size() &&
                          std::all_of(stated.begin(), stated.end(), [&](const v1::Byline& byline) {
                            return Names(printed.value, byline);
                          });
    if (narrower) printed = {stated, "meta author, among those printed"};
    chooser.Consider(std::move(printed.value), printed.rule);
  }
  chooser.Consider(std::move(stated), "meta author");
  chooser.Consider(chooser.Stated(microdata, false), "microdata author");
  if (chooser.empty()) {
    Choice<Bylines> bare = chooser.Printed(FindBareBylines(tree, page, place));
    chooser.Consider(std::move(bare.value), bare.rule);
  }
  if (chooser.empty()) {
    Choice<Bylines> signature = chooser.Printed(FindSignature(tree, page, place));
    chooser.Consider(std::move(signature.value), signature.rule);
  }
  chooser.Consider(std::move(own_name.value), "printed name of the site itself");
  chooser.Consider(chooser.Stated(json_ld, true), "JSON-LD author, the site itself");
  chooser.Consider(chooser.Stated(meta, true), "meta author, the site itself");
  return chooser.Take();
}

}  // namespace broadsheet::sources::html
