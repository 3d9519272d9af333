// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/newsml1_item.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/xml/inline_content.h"
#include "indexer/sources/xml/named_release.h"
#include "indexer/sources/xml/newsml1_management.h"
#include "indexer/sources/xml/nitf_article.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// The name of the party in <Source>, <Provider> or <Creator>.
std::string PartyOf(const Element& metadata, std::string_view name) {
  const Element* holder = metadata.Child(name);
  return holder == nullptr ? "" : FormalName(holder->Child("Party"));
}

void SetOnce(std::string text, std::string* field) {
  if (field->empty()) *field = std::move(text);
}

// What the whole item says that its content does not.
struct ContentRoles {
  FlowText body;
  bool has_body_role = false;  // of a component; then no other text is the body
  std::string headline;
  std::string summary;
  InlineNotes notes;
};

std::string RoleOf(const Element& component) {
  return PlainWord(FormalName(component.Child("Role")));
}

bool IsOneOfRoles(std::string_view role, std::initializer_list<std::string_view> roles) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool IsMediumRole(std::string_view role) {
  return IsOneOfRoles(role, {"photo", "picture", "image", "graphic", "video", "audio", "logo",
                             "thumbnail", "quicklook", "preview", "photograph"});
}

// "Text", "Photo", of the content's type, however it is stated.
bool IsTextItem(const Element& content) {
  const std::string media = absl::AsciiStrToLower(FormalName(content.Child("MediaType")));
  const std::string mime = absl::AsciiStrToLower(FormalName(content.Child("MimeType")));
  if (mime.find("css") != std::string::npos || mime.find("script") != std::string::npos) {
    return false;
  }
  if (!media.empty() && media.find("text") == std::string::npos) return false;
  if (mime.empty() || mime.starts_with("text/")) return true;
  return mime.find("xml") != std::string::npos || mime.find("html") != std::string::npos ||
         mime.find("nitf") != std::string::npos;
}

// Whether lines of the type are not for readers, by a part of its name.
bool IsNoteType(std::string_view type) {
  for (const char* part : {"note", "embargo", "instruct", "advi", "message", "editor"}) {
    if (type.find(part) != std::string_view::npos) return true;
  }
  return false;
}

class Components {
 public:
  explicit Components(Draft& draft) : draft_(draft) {}

  absl::Status Read(const Element& component) {
    const std::string role = RoleOf(component);
    // Of versions that say the same, such as languages, the first is read.
    const bool chooses_one =
        component.Get("EquivalentsList") == "yes" || ChoosesByLanguage(component);
    if (IsMedium(component, role)) return ReadMedium(component);
    for (const Element* lines : component.Children("NewsLines")) ReadLines(*lines);
    ReadMetadata(component);
    for (const Element* content : component.Children("ContentItem")) {
      if (absl::Status read = ReadContent(*content, role); !read.ok()) return read;
      if (chooses_one && !roles_.body.paragraphs.empty()) break;
    }
    for (const char* name : {"NewsComponent", "NewsItem"}) {
      for (const Element* inner : component.Children(name)) {
        if (absl::Status read = Read(*inner); !read.ok()) return read;
        if (chooses_one && !roles_.body.paragraphs.empty()) return absl::OkStatus();
      }
    }
    return absl::OkStatus();
  }

  void Finish() {
    if (draft_->body().empty()) draft_->set_body(roles_.body.Body());
    draft_.GivenBy("ContentItem/DataContent");
    WarnOf(roles_.notes, draft_);
    if (draft_->headline().empty()) draft_->set_headline(roles_.headline);
    draft_.GivenBy("the component of the role HeadLine");
    if (draft_->summary().empty()) draft_->set_summary(roles_.summary);
    draft_.GivenBy("the component of the role Abstract or SubHeadLine");
  }

  // Whether all that was read belongs to pictures, video or audio.
  bool are_media() const { return has_media_ && !has_lines_; }

 private:
  static bool ChoosesByLanguage(const Element& component) {
    const Element* basis = component.Child("BasisForChoice");
    return basis != nullptr && basis->Text().find("Language") != std::string::npos;
  }

  // A picture or the like with all that belongs to it. One with a text that is no caption is a
  // story.
  static bool IsMedium(const Element& component, const std::string& role) {
    if (IsMediumRole(role)) return true;
    const std::vector<const Element*> contents = component.Children("ContentItem");
    const std::vector<const Element*> inner = component.Children("NewsComponent");
    const bool has_medium =
        std::any_of(contents.begin(), contents.end(),
                    [](const Element* content) { return !IsTextItem(*content); }) ||
        std::any_of(inner.begin(), inner.end(), [](const Element* one) {
          return IsMediumRole(RoleOf(*one)) || (RoleOf(*one) == "main" && !HasText(*one));
        });
    const bool has_story =
        std::any_of(contents.begin(), contents.end(),
                    [](const Element* content) { return IsTextItem(*content); }) ||
        std::any_of(inner.begin(), inner.end(), [](const Element* one) {
          return !IsMediumRole(RoleOf(*one)) && RoleOf(*one) != "caption" && HasText(*one);
        });
    return has_medium && !has_story;
  }

  static bool HasText(const Element& component) {
    const std::vector<const Element*> contents = component.Descendants("ContentItem");
    return std::any_of(contents.begin(), contents.end(), [](const Element* content) {
      return IsTextItem(*content) && content->Child("DataContent") != nullptr;
    });
  }

  absl::Status ReadMedium(const Element& component) {
    has_media_ = true;
    v1::Caption caption;
    for (const Element* content : component.Descendants("ContentItem")) {
      const Element* data = content->Child("DataContent");
      if (data == nullptr || !IsTextItem(*content) || !caption.text().empty()) continue;
      FlowText flow;
      const InlineContent inline_content{.element = *data, .media_type = "", .is_text = true};
      const absl::Status read = ReadInlineContent(inline_content, nullptr, &flow, &roles_.notes);
      if (!read.ok()) return read;
      caption.set_text(flow.Body());
    }
    std::string headline;
    for (const Element* lines : component.Descendants("NewsLines")) {
      SetOnce(lines->TextOf({"CreditLine"}), caption.mutable_credit());
      SetOnce(lines->TextOf({"ByLine"}), caption.mutable_credit());
      SetOnce(lines->TextOf({"HeadLine"}), &headline);
    }
    SetOnce(headline, caption.mutable_text());
    caption.set_media_url(LargestAddress(component));
    // A logo without words is no caption.
    AddCaption(std::move(caption), draft_.article());
    draft_.GivenBy("the component of a medium");
    // Of an item that is itself a picture.
    SetOnce(headline, &roles_.headline);
    return absl::OkStatus();
  }

  static std::string LargestAddress(const Element& component) {
    std::string address;
    uint64_t largest = 0;
    for (const Element* content : component.Descendants("ContentItem")) {
      if (content->Get("Href").empty()) continue;
      uint64_t size = 0;
      (void)absl::SimpleAtoi(content->TextOf({"Characteristics", "SizeInBytes"}), &size);
      if (address.empty() || size > largest) address = std::string(content->Get("Href"));
      largest = std::max(largest, size);
    }
    return address;
  }

  void ReadLines(const Element& lines) {
    has_lines_ = true;
    const auto set_once = [&](const char* name, std::string* field) {
      SetOnce(lines.TextOf({name}), field);
      draft_.GivenBy("NewsLines/" + std::string(name));
    };
    set_once("HeadLine", draft_->mutable_headline());
    draft_.release().StateHeading("HeadLine", lines.TextOf({"HeadLine"}));
    StateLines(lines);
    set_once("SubHeadLine", draft_->mutable_summary());
    set_once("DateLine", draft_->mutable_dateline());
    set_once("CopyrightLine", draft_->mutable_copyright());
    for (const Element* by : lines.Children("ByLine")) {
      AddBylines(by->Text(), lines.TextOf({"ByLineTitle"}), "", draft_.article());
    }
    draft_.GivenBy("NewsLines/ByLine");
    for (const Element* keyword : lines.Children("KeywordLine")) {
      AddTag(keyword->Text(), draft_.article());
    }
    draft_.SetLabel("slugline", lines.TextOf({"SlugLine"}), "NewsLines/SlugLine");
  }

  // Lines of other types: what editors say to each other is a note, as its type says.
  void StateLines(const Element& lines) {
    for (const Element* line : lines.Children("NewsLine")) {
      const std::string type = PlainWord(FormalName(line->Child("NewsLineType")));
      if (IsNoteType(type)) {
        draft_.release().StateNote("NewsLine " + type, line->TextOf({"NewsLineText"}));
      }
    }
  }

  void ReadMetadata(const Element& component) {
    for (const char* name : {"Metadata", "AdministrativeMetadata"}) {
      for (const Element* metadata : component.Children(name)) {
        StatePairsIn(*metadata, draft_.release());
      }
    }
    for (const Element* metadata : component.Children("AdministrativeMetadata")) {
      for (const char* name : {"Source", "Provider", "Creator"}) {
        SetOnce(PartyOf(*metadata, name), draft_->mutable_source());
        draft_.GivenBy("AdministrativeMetadata/" + std::string(name));
      }
    }
    for (const Element* rights : component.Children("RightsMetadata")) {
      const std::string holder = rights->TextOf({"Copyright", "CopyrightHolder"});
      if (!holder.empty()) SetOnce("Copyright " + holder, draft_->mutable_copyright());
      draft_.GivenBy("RightsMetadata");
    }
    for (const Element* metadata : component.Children("DescriptiveMetadata")) {
      SetOnce(FormalName(metadata->Child("Language")), draft_->mutable_language());
      draft_.GivenBy("DescriptiveMetadata/Language");
      draft_.SetLabel("genre", FormalName(metadata->Child("Genre")), "DescriptiveMetadata/Genre");
      ReadSubjectCodes(*metadata);
    }
  }

  // Only words are tags: "15054000" tells a reader nothing.
  void ReadSubjectCodes(const Element& metadata) {
    const auto add = [&](std::string_view name) {
      if (name.find_first_not_of("0123456789.:-") != std::string_view::npos) {
        AddTag(name, draft_.article());
      }
    };
    for (const Element* code : metadata.Children("SubjectCode")) {
      for (const char* level : {"Subject", "SubjectMatter", "SubjectDetail"}) {
        for (const Element* subject : code->Children(level)) add(subject->Get("FormalName"));
      }
    }
    for (const Element* interest : metadata.Children("OfInterestTo")) {
      add(interest->Get("FormalName"));
    }
    draft_.GivenBy("DescriptiveMetadata");
  }

  absl::Status ReadContent(const Element& content, const std::string& role) {
    const Element* data = DataOfContentItem(content);
    if (data == nullptr || !IsTextItem(content)) return absl::OkStatus();
    if (IsOneOfRoles(role, {"contact", "stylesheet", "logo", "byline", "dateline", "slugline"})) {
      return absl::OkStatus();
    }
    FlowText flow;
    const InlineContent inline_content{.element = *data,
                                       .media_type = FormalName(content.Child("MimeType")),
                                       .encoding = EncodingOfContentItem(content),
                                       .is_text = true};
    const bool is_story = !IsOneOfRoles(
        role, {"headline", "subheadline", "abstract", "summary", "teaser", "caption"});
    absl::Status read =
        ReadInlineContent(inline_content, is_story ? &draft_ : nullptr, &flow, &roles_.notes);
    if (!read.ok()) return read;
    for (const v1::Caption& caption : flow.captions) AddCaption(caption, draft_.article());
    if (role == "headline") {
      SetOnce(flow.Body(), &roles_.headline);
    } else if (IsOneOfRoles(role, {"subheadline", "abstract", "summary", "teaser"})) {
      SetOnce(flow.Body(), &roles_.summary);
    } else if (role == "caption") {
      v1::Caption caption;
      caption.set_text(flow.Body());
      AddCaption(std::move(caption), draft_.article());
    } else {
      AddBody(std::move(flow), IsOneOfRoles(role, {"body", "main", "maintext", "story"}));
    }
    return absl::OkStatus();
  }

  void AddBody(FlowText flow, bool is_body_role) {
    if (flow.paragraphs.empty() || (roles_.has_body_role && !is_body_role)) return;
    if (is_body_role && !std::exchange(roles_.has_body_role, true)) roles_.body = FlowText();
    std::vector<std::string>& all = roles_.body.paragraphs;
    all.insert(all.end(), flow.paragraphs.begin(), flow.paragraphs.end());
  }

  Draft& draft_;
  ContentRoles roles_;
  bool has_media_ = false;
  bool has_lines_ = false;  // of a story
};

}  // namespace

absl::StatusOr<bool> ReadNewsml1Item(const Element& item, Draft& draft, ReadCounts& counts) {
  if (const Element* identifier = item.Find({"Identification", "NewsIdentifier"});
      identifier != nullptr) {
    ReadNewsIdentifier(*identifier, draft);
  }
  if (const Element* management = item.Child("NewsManagement"); management != nullptr) {
    StatePairsIn(*management, draft.release());
    ReadManagement(*management, draft);
  }
  draft->set_language(std::string(item.Get("lang")));
  draft.GivenBy("xml:lang");
  Components components(draft);
  for (const Element* component : item.Children("NewsComponent")) {
    if (absl::Status read = components.Read(*component); !read.ok()) return read;
  }
  components.Finish();
  DropRepeatedHeadline(draft.article());
  if (!components.are_media() || !draft.IsMediumAlone()) return true;
  counts.CountSkipped("NewsItem of a medium");
  return false;
}

}  // namespace broadsheet::sources
