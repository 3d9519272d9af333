// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/held_back.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/hold_pair.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/status_words.h"

namespace broadsheet::sources {
namespace {

using hold::HoldRule;
using hold::Place;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

HoldKind KindOf(HoldRule rule) {
  if (rule == HoldRule::kNinjsMark) return HoldKind::kNinjsMark;
  if (rule == HoldRule::kFlag || rule == HoldRule::kShown) return HoldKind::kFlag;
  const bool is_embargo = rule == HoldRule::kHolds || rule == HoldRule::kReleaseDate;
  return is_embargo ? HoldKind::kEmbargo : HoldKind::kStatus;
}

// As a message may show it: a name may be of any length and hold anything.
std::string Printed(std::string_view name) {
  constexpr size_t kMaxBytes = 80;
  std::string printed(text::PrefixOf(name, kMaxBytes));
  std::replace_if(
      printed.begin(), printed.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return printed;
}

// The end of a path that is too long to be read tells most.
std::string Shortened(std::string path) {
  constexpr size_t kMaxBytes = 300;
  if (path.size() <= kMaxBytes) return path;
  const size_t dot = path.find('.', path.size() - kMaxBytes);
  return "…" + path.substr(dot == std::string::npos ? path.size() - kMaxBytes : dot);
}

// Goes down into a member until it finds what holds back.
class HoldSearch {
 public:
  // `read` is as FindUnreadHold says.
  explicit HoldSearch(const std::vector<MemberPath>& read) : read_(read) {}

  bool InMember(std::string_view name, const element& value, HoldRule outer, Place place) {
    if (!read_.empty()) names_.push_back(name);
    HoldRule rule = hold::RuleOf(name, place);
    if (rule == HoldRule::kNone || outer == HoldRule::kHolds) rule = outer;
    // Who reads the embargo or the status knows of the other marks.
    if (rule == HoldRule::kNinjsMark && !read_.empty()) rule = HoldRule::kNone;
    const bool is_about = place != Place::kElsewhere && hold::IsAboutArticle(name);
    const bool found = InValue(rule, value, is_about ? Place::kAbout : Place::kElsewhere);
    if (found) Prepend(name);
    if (!read_.empty()) names_.pop_back();
    return found;
  }

  bool InObject(const object& members, HoldRule outer, Place place) {
    if (InPair(members)) return true;
    std::set<std::string_view> seen;
    for (const auto& [name, value] : members) {
      // Only one of two would be read.
      if (IsOnTheWay(name) && !seen.insert(name).second) {
        Prepend(name);
        found_.kind = HoldKind::kRepeated;
        return true;
      }
      if (InMember(name, value, outer, place)) return true;
    }
    return false;
  }

  HoldingMember Found() && {
    found_.path = Shortened(std::move(found_.path));
    return std::move(found_);
  }

 private:
  // A member that is written as a pair of its name and its value: {"key": "embargo", "value": ...}.
  bool InPair(const object& members) {
    const std::optional<hold::NamedValue> pair = hold::PairIn(members);
    if (!pair.has_value() || !hold::PairHoldsBack(*pair)) return false;
    if (!read_.empty()) names_.push_back(pair->member);
    const bool is_read = IsRead();
    if (!read_.empty()) names_.pop_back();
    if (is_read) return false;
    found_.kind = KindOf(hold::RuleOf(pair->name, Place::kAbout));
    found_.path = absl::StrCat(" (", Printed(pair->name), ")");
    found_.names.insert(found_.names.begin(), Printed(pair->member));
    found_.path.insert(0, found_.names.front());
    return true;
  }

  // `place` is that of members inside the value.
  bool InValue(HoldRule rule, const element& value, Place place) {
    // What is true or not is so itself.
    const bool is_flag = rule == HoldRule::kFlag || rule == HoldRule::kShown;
    const HoldRule inside = is_flag ? HoldRule::kNone : rule;
    switch (value.type()) {
      case element_type::OBJECT: {
        const object members = value;
        return InObject(members, IsReadInside(members) ? BesideRead(inside) : inside, place);
      }
      case element_type::ARRAY:
        return InItems(inside, value, place);
      default:
        if (!hold::HoldsBack(rule, value) || IsRead()) return false;
        found_.kind = KindOf(rule);
        return true;
    }
  }

  // The rule for members beside one that is read: what a status says besides may still be a word
  // for holding back ({"code": "usable", "label": "withheld"}).
  static HoldRule BesideRead(HoldRule rule) {
    const bool is_status = rule == HoldRule::kStatus || rule == HoldRule::kPublicationStatus ||
                           rule == HoldRule::kStatusWord;
    return is_status ? HoldRule::kStatusWord : HoldRule::kNone;
  }

  bool InItems(HoldRule rule, const array& items, Place place) {
    size_t index = 0;
    for (const element item : items) {
      if (InValue(rule, item, place)) {
        PrependToPath(absl::StrFormat("[%d]", index));
        return true;
      }
      ++index;
    }
    return false;
  }

  void Prepend(std::string_view name) {
    found_.names.insert(found_.names.begin(), Printed(name));
    PrependToPath(found_.names.front());
  }
  void PrependToPath(const std::string& part) {
    const bool is_end = found_.path.empty() || found_.path.starts_with('[');
    found_.path.insert(0, part + (is_end ? "" : "."));
  }

  // Whether a path that is read begins with the names up to here.
  bool Leads(const MemberPath& path) const {
    return path.size() >= names_.size() && std::equal(names_.begin(), names_.end(), path.begin());
  }
  bool IsRead() const {
    return std::any_of(read_.begin(), read_.end(), [this](const MemberPath& path) {
      return path.size() == names_.size() && Leads(path);
    });
  }
  bool IsOnTheWay(std::string_view name) const {
    return std::any_of(read_.begin(), read_.end(), [&](const MemberPath& path) {
      return path.size() > names_.size() && Leads(path) && path[names_.size()] == name;
    });
  }
  // Whether `members`, which stand here, have something that is read: then that is the hold, and
  // the others are judged by their own names.
  bool IsReadInside(const object& members) const {
    if (read_.empty()) return false;
    return std::any_of(members.begin(), members.end(), [this](const auto& member) {
      return IsOnTheWay(member.key) && !hold::SaysNothing(member.value);
    });
  }

  const std::vector<MemberPath>& read_;
  // Down to here; not kept where nothing is read.
  std::vector<std::string_view> names_;
  HoldingMember found_;
};

const std::vector<MemberPath>& NothingRead() {
  static const auto& nothing = *new std::vector<MemberPath>();
  return nothing;
}

// Whether `member` stands in the record itself, under one of `names` (plain).
template <size_t N>
bool IsCalled(const HoldingMember& member, const std::array<std::string_view, N>& names) {
  return member.names.size() == 1 &&
         std::find(names.begin(), names.end(), PlainWord(member.names[0])) != names.end();
}

// A name in a path of a map, which is itself in a string of JSON.
void AppendMapName(std::string* path, const std::string& name) {
  absl::StrAppend(path, absl::StrReplaceAll(name, {{".", "\\\\."}}));
}

// "embargoTime": "rights.embargo", as a map says it.
std::string MapRule(const HoldingMember& member) {
  const char* field = member.kind == HoldKind::kNinjsMark ? "updatedTime"
                      : member.kind == HoldKind::kEmbargo ? "embargoTime"
                                                          : "status";
  return absl::StrFormat(R"("%s": "%s")", field,
                         Shortened(absl::StrJoin(member.names, ".", AppendMapName)));
}

std::string RemedyForLines(const HoldingMember& member) {
  constexpr std::array<std::string_view, 4> kOfNinjs = {"embargoed", "embargoeduntil", "pubstatus",
                                                        "versioncreated"};
  std::string remedy = IsCalled(member, kOfNinjs) ? "use --format ninjs if it is ninjs, else " : "";
  if (member.kind == HoldKind::kFlag) return R"(say "status": "withheld" instead)";
  if (member.kind != HoldKind::kNinjsMark) {
    remedy += absl::StrFormat("name it \"%s\", or ",
                              member.kind == HoldKind::kStatus ? "status" : "embargoTime");
  }
  return remedy + "use a --map that has " + MapRule(member);
}

std::string RemedyForNinjs(const HoldingMember& member) {
  constexpr std::array<std::string_view, 2> kOfLines = {"status", "embargotime"};
  if (IsCalled(member, kOfLines)) {
    return "use --format jsonl if it is an article of JSON lines";
  }
  if (member.kind == HoldKind::kFlag) return R"(say "pubstatus": "withheld" instead)";
  return absl::StrFormat("name it \"%s\", in the item itself",
                         member.kind == HoldKind::kStatus ? "pubstatus" : "embargoed");
}

std::string RemedyForMap(const HoldingMember& member) {
  switch (member.kind) {
    case HoldKind::kNinjsMark:
      return R"(the map does not read: add "embargoTime" and "status" to it)";
    case HoldKind::kFlag:
      return "the map cannot read it: say it by a status, and add that to the map";
    default:
      return "the map does not read it: add " + MapRule(member) + " to it";
  }
}

}  // namespace

std::optional<HoldingMember> FindHold(std::string_view name, const element& value) {
  HoldSearch search(NothingRead());
  if (!search.InMember(name, value, HoldRule::kNone, Place::kRecord)) return std::nullopt;
  return std::move(search).Found();
}

std::optional<HoldingMember> FindInnerHold(const FieldPath& outer, std::string_view name,
                                           const element& value) {
  HoldSearch search(NothingRead());
  if (!search.InMember(name, value, HoldRule::kNone, Place::kElsewhere)) return std::nullopt;
  HoldingMember found = std::move(search).Found();
  if (outer.empty()) return found;
  found.names.insert(found.names.begin(), outer.substr(0, outer.find('[')));
  found.path.insert(0, outer + ".");
  return found;
}

std::optional<HoldingMember> FindUnreadHold(const object& record,
                                            const std::vector<MemberPath>& read) {
  HoldSearch search(read);
  if (!search.InObject(record, HoldRule::kNone, Place::kRecord)) return std::nullopt;
  return std::move(search).Found();
}

absl::Status StatedTwice(const FieldPath& path) {
  return WrongField(path, "stated more than once, and not alike: which one holds is not said");
}

bool IsNinjsMark(std::string_view name) {
  return hold::RuleOf(name, hold::Place::kRecord) == HoldRule::kNinjsMark;
}

absl::Status HoldNotRead(const HoldingMember& member, JsonReader reader) {
  if (member.kind == HoldKind::kRepeated) {
    return WrongField(member.path, "is there more than once: which one holds is not said");
  }
  const bool is_mark = member.kind == HoldKind::kNinjsMark;
  const std::string why =
      is_mark ? "a mark of ninjs, whose embargo and status " : "may hold the article back, but ";
  switch (reader) {
    case JsonReader::kLines:
      return WrongField(
          member.path,
          why + (is_mark ? "JSON lines do not read: " : "JSON lines have no such name: ") +
              RemedyForLines(member));
    case JsonReader::kMap:
      return WrongField(member.path, why + RemedyForMap(member));
    case JsonReader::kNinjs:
      break;
  }
  return WrongField(member.path, why + "ninjs has no such name: " + RemedyForNinjs(member));
}

}  // namespace broadsheet::sources
