// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/mail_head.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_join.h"
#include "engine/text/char_class.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Fields of a mail's or a news posting's head; those that only a program writes.
constexpr auto kMailFields =
    std::to_array<std::string_view>({"from", "to", "cc", "bcc", "subject", "date", "sender",
                                     "reply-to", "organization", "newsgroups", "path"});
constexpr auto kTechnicalFields = std::to_array<std::string_view>(
    {"message-id", "received", "mime-version", "return-path", "content-type",
     "content-transfer-encoding", "delivered-to", "references", "user-agent", "dkim-signature",
     "list-id", "x-mailer", "in-reply-to", "nntp-posting-host", "authentication-results"});

template <size_t N>
bool IsOneOfIgnoringCase(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return EqualsIgnoringCase(name, known); });
}

// "RE: FW: Ferry stops" -> "Ferry stops".
std::string_view WithoutAnswer(std::string_view subject) {
  constexpr auto kAnswers = std::to_array<std::string_view>(
      {"re: ", "fw: ", "fwd: ", "aw: ", "wg: ", "tr: ", "rv: ", "sv: ", "vs: ", "odp: ", "ynt: "});
  while (true) {
    const auto* const answer = std::find_if(
        kAnswers.begin(), kAnswers.end(),
        [&](std::string_view known) { return StartsWithIgnoringCase(subject, known); });
    if (answer == kAnswers.end()) return subject;
    subject = Trim(subject.substr(answer->size()));
  }
}

// Whether the value of a field is one that a mail program writes and a person does not: an address
// ("<jane@wire.example>"), a time to the minute, "Re: " before a subject. Memorandums and press
// releases have the same fields without these.
bool IsValueOfProgram(std::string_view value) {
  const size_t at = value.find('@');
  if (at != value.npos && at > 0 && value.find('.', at) != value.npos) return true;
  for (size_t i = 1; i + 2 < value.size(); ++i) {
    if (value[i] == ':' && text::IsAsciiDigit(value[i - 1]) && text::IsAsciiDigit(value[i + 1]) &&
        text::IsAsciiDigit(value[i + 2])) {
      return true;
    }
  }
  return WithoutAnswer(value) != value;
}

// "From reader@example.org Sat Jan  3 01:05:34 1996" starts a mail of a mailbox. A mail without it
// starts with fields, of which one is a program's or has a value of one.
bool StartsWithFields(std::string_view text) {
  constexpr size_t kMostLines = 60;
  std::string_view rest = text;
  const bool in_mailbox = text.starts_with("From ");
  if (in_mailbox) TakeHeadLine(&rest);
  size_t seen = 0;
  size_t technical = 0;
  for (size_t lines = 0; lines < kMostLines && !rest.empty(); ++lines) {
    const std::string_view line = TakeHeadLine(&rest);
    if (line.empty()) break;
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (goes_on && seen + technical > 0) continue;
    const size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == line.npos || name.empty() || name.find(' ') != name.npos) break;
    if (IsOneOfIgnoringCase(name, kTechnicalFields) || StartsWithIgnoringCase(name, "x-")) {
      ++technical;
    } else if (IsOneOfIgnoringCase(name, kMailFields)) {
      ++seen;
      if (IsValueOfProgram(Trim(line.substr(colon + 1)))) ++technical;
    }
  }
  return seen + technical >= 2 && (in_mailbox || technical >= 1);
}

// How mail programs print the fields that people see. In a few languages one word is another field
// than in others ("A", "De"): what counts is which kinds of fields a head has. Without the marks of
// letters, as FoldedWords gives them.
constexpr auto kSenders = std::to_array<std::string_view>(
    {"from",   "von",    "de",        "da",     "van",    "fran",      "fra", "od",
     "от",     "від",    "lahettaja", "kimden", "felado", "de la",     "απο", "差出人",
     "发件人", "寄件者", "보낸 사람", "من",     "מאת",    "expediteur"});
constexpr auto kTimes = std::to_array<std::string_view>({"sent",       "date",
                                                         "gesendet",   "datum",
                                                         "envoye",     "envoye le",
                                                         "enviado",    "enviado el",
                                                         "enviada em", "enviado em",
                                                         "fecha",      "data",
                                                         "inviato",    "verzonden",
                                                         "skickat",    "sendt",
                                                         "dato",       "lahetetty",
                                                         "wysłano",    "wysłane",
                                                         "отправлено", "дата",
                                                         "надіслано",  "odeslano",
                                                         "odoslane",   "gonderme tarihi",
                                                         "gonderildi", "elkuldve",
                                                         "trimis",     "σταλθηκε",
                                                         "送信日時",   "发送时间",
                                                         "日期",       "보낸 날짜",
                                                         "תאריך"});
// Of these, the fields that memorandums and press releases have as well.
constexpr auto kDates = std::to_array<std::string_view>(
    {"date", "datum", "fecha", "data", "dato", "дата", "日期", "תאריך"});
constexpr auto kReceivers = std::to_array<std::string_view>(
    {"to",   "an",   "a",      "para",          "aan",  "till",        "til",
     "do",   "komu", "кому",   "vastaanottaja", "kime", "cimzett",     "catre",
     "προς", "宛先", "收件人", "받는 사람",     "אל",   "destinataire"});
constexpr auto kSubjects = std::to_array<std::string_view>(
    {"subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "amne",   "assunto",
     "temat",   "тема",    "emne",  "aihe",   "konu",    "predmet",   "targy",  "subiect",
     "θεμα",    "件名",    "主题",  "主旨",   "제목",    "נושא",      "الموضوع"});

// "*Von :* Jane Doe" -> "von"; "" when the line is no field.
std::string FieldLabel(std::string_view line) {
  constexpr size_t kLongestLabel = 40;
  constexpr std::string_view kWideColon = "：";
  constexpr std::string_view kNoBreakSpace = "\u00a0";
  while (line.starts_with('*') || line.starts_with('>') || line.starts_with(' ')) {
    line.remove_prefix(1);
  }
  const size_t colon = std::min(line.find(':'), line.find(kWideColon));
  if (colon == line.npos || colon > kLongestLabel) return {};
  std::string_view label = Trim(line.substr(0, colon));
  while (label.ends_with(kNoBreakSpace)) label.remove_suffix(kNoBreakSpace.size());
  while (label.ends_with('*')) label.remove_suffix(1);
  return absl::StrJoin(FoldedWords(label), " ");
}

// "-----Original Message-----", "---------- Forwarded message ---------", which a head follows.
bool IsForwardLine(std::string_view line) {
  constexpr size_t kLongest = 80;
  return line.size() < kLongest && (line.starts_with("-----") || line.starts_with("_____") ||
                                    line.starts_with("Begin forwarded message:"));
}

// A head as a mail program prints it, which has the mail's subject and its sender at least, and a
// line above it or a value that only a program writes.
bool StartsWithPrintedFields(std::string_view text) {
  constexpr size_t kMostLines = 12;
  std::string_view rest = text;
  size_t senders = 0;
  size_t others = 0;
  size_t subjects = 0;
  bool is_of_program = false;
  for (size_t lines = 0; lines < kMostLines && !rest.empty(); ++lines) {
    const std::string_view line = Trim(TakeHeadLine(&rest));
    const bool is_begun = senders + others + subjects > 0;
    if (!is_begun && (line.empty() || IsForwardLine(line))) {
      is_of_program = is_of_program || !line.empty();
      continue;
    }
    const std::string label = FieldLabel(line);
    if (label.empty()) break;
    const size_t colon = std::min(line.find(':'), line.find("："));
    // "Sent" is a field of mails alone, and bold labels are of a mail that was copied.
    is_of_program = is_of_program || line.starts_with('*') || line.starts_with('>') ||
                    (IsOneOf(label, kTimes) && !IsOneOf(label, kDates)) ||
                    IsValueOfProgram(Trim(line.substr(colon + 1)));
    if (IsOneOf(label, kSubjects)) {
      ++subjects;
    } else if (IsOneOf(label, kSenders)) {
      ++senders;
    } else if (IsOneOf(label, kTimes) || IsOneOf(label, kReceivers)) {
      ++others;
    } else if (!is_begun) {
      return false;
    }
  }
  return subjects > 0 && senders > 0 && is_of_program;
}

// Fields of the heads of memorandums.
enum class MemoField : uint8_t { kNone, kSender, kReceiver, kTime, kSubject, kReference };

MemoField MemoFieldOf(std::string_view line) {
  constexpr auto kReferences = std::to_array<std::string_view>(
      {"re", "subj", "betr", "betreffend", "concerne", "regarding"});
  constexpr auto kCopies = std::to_array<std::string_view>({"cc", "kopie", "copie", "copia"});
  const std::string label = FieldLabel(line);
  if (label.empty()) return MemoField::kNone;
  if (IsOneOf(label, kSubjects)) return MemoField::kSubject;
  if (IsOneOf(label, kReferences)) return MemoField::kReference;
  if (IsOneOf(label, kSenders)) return MemoField::kSender;
  if (IsOneOf(label, kReceivers) || IsOneOf(label, kCopies)) return MemoField::kReceiver;
  return IsOneOf(label, kTimes) ? MemoField::kTime : MemoField::kNone;
}

std::string_view ValueOfField(std::string_view line) {
  constexpr std::string_view kWideColon = "：";
  const size_t colon = line.find(':');
  const size_t wide = line.find(kWideColon);
  std::string_view value =
      Trim(colon < wide ? line.substr(colon + 1) : line.substr(wide + kWideColon.size()));
  while (value.starts_with('*') || value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

// Reads the fields of a memorandum from the lines of a page.
class MemoReader {
 public:
  explicit MemoReader(const Page& page) : page_(page) {}

  // How many lines are of the head; 0 when the page begins with none.
  size_t Read(MemoHead* head) {
    constexpr size_t kMostLines = 14;
    size_t at = FirstField();
    for (; at < std::min(page_.size(), kMostLines); ++at) {
      const MemoField field = MemoFieldOf(page_[at].text);
      if (field == MemoField::kNone) break;
      std::string_view value = ValueOfField(page_[at].text);
      // The value may stand below its label.
      const bool is_below = value.empty() && at + 1 < page_.size() &&
                            MemoFieldOf(page_[at + 1].text) == MemoField::kNone;
      if (is_below) value = page_[++at].text;
      Take(field, value, at, head);
    }
    return has_subject_ && has_people_ ? at : 0;
  }

 private:
  // Below what such texts call themselves.
  size_t FirstField() const {
    constexpr size_t kMostAbove = 3;
    constexpr size_t kFewWords = 7;
    for (size_t at = 0; at < std::min(page_.size(), kMostAbove + 1); ++at) {
      if (MemoFieldOf(page_[at].text) != MemoField::kNone) return at;
      if (page_[at].words > kFewWords || page_[at].ends_sentence) break;
    }
    return page_.size();
  }

  void Take(MemoField field, std::string_view value, size_t at, MemoHead* head) {
    has_people_ = has_people_ || field == MemoField::kSender || field == MemoField::kReceiver;
    if (value.empty()) return;
    if (field == MemoField::kTime && head->date.empty()) head->date = value;
    if (field == MemoField::kSender && head->sender.empty()) {
      head->sender = value;
      head->sender_line = at;
    }
    // "RE:" is another word for a subject where there is none.
    if (field == MemoField::kReference && has_subject_) return;
    if (field != MemoField::kSubject && field != MemoField::kReference) return;
    head->subject = WithoutAnswer(value);
    head->subject_line = at;
    has_subject_ = has_subject_ || !head->subject.empty();
  }

  const Page& page_;
  bool has_subject_ = false;
  bool has_people_ = false;
};

}  // namespace

MemoHead TakeMemoHead(Page* page) {
  MemoHead head;
  const size_t size = MemoReader(*page).Read(&head);
  if (size == 0) return {};
  const auto end = page->begin() + static_cast<ptrdiff_t>(size);
  for (auto line = page->begin(); line != end; ++line) head.lines.push_back(std::move(line->text));
  if (head.sender.empty()) head.sender_line = size;
  page->erase(page->begin(), end);
  return head;
}

std::string_view TakeHeadLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  std::string_view line = rest->substr(0, end);
  *rest = end == rest->npos ? std::string_view() : rest->substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool IsMail(std::string_view text) {
  return StartsWithFields(text) || StartsWithPrintedFields(text);
}

}  // namespace broadsheet::sources::page
