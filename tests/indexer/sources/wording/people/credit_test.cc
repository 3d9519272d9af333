// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/credit.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/wording/people/caption_credit.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

TEST(CreditTest, KnowsCreditLines) {
  const struct {
    const char* line;
    const char* credit;
  } kRows[] = {
      {"Photo: Teodor Blixen / Meridian Wire", "Teodor Blixen / Meridian Wire"},
      {"Image source, Gethin Marrable", "Gethin Marrable"},
      {"(Photo by Dana Wexcombe/Prairie Ledger)", "Dana Wexcombe/Prairie Ledger"},
      {"Bram Oyelowo-Strand, Northern Lights Pool Photo via Meridian Wire",
       "Bram Oyelowo-Strand, Northern Lights Pool Photo via Meridian Wire"},
      {"Xiomara Tsai/KQVX", "Xiomara Tsai/KQVX"},
      {"Getty Images", "Getty Images"},
  };
  for (const auto& row : kRows) EXPECT_EQ(CreditOfLine(row.line).value_or(""), row.credit);
}

TEST(CreditTest, TakesNothingElseForACredit) {
  for (const char* line : {"The mayor opened the bridge on Monday.", "News/Weather",
                           "Defense / 5 hours ago", "By Ann Lee", ""}) {
    EXPECT_FALSE(CreditOfLine(line).has_value()) << line;
  }
}

// "caption (credit)"
std::string Parted(const std::string& caption) {
  const size_t cut = FindCreditInCaption(caption);
  return std::string(Trim(caption.substr(0, cut))) + " (" + PlainCredit(caption.substr(cut)) + ")";
}

TEST(CreditTest, KnowsTheMarksOfEastAsia) {
  EXPECT_EQ(Parted("旧埠頭を見る市民＝ＡＰ"), "旧埠頭を見る市民 (ＡＰ)");
  EXPECT_EQ(Parted("旧埠頭を見る市民＝３日"), "旧埠頭を見る市民＝３日 ()");
  EXPECT_EQ(Parted("旧埠頭を見る市民（松岡大地撮影）"), "旧埠頭を見る市民 (松岡大地)");
  EXPECT_EQ(Parted("부두를 바라보는 시민들. [사진 = 항구신문]"),
            "부두를 바라보는 시민들. (항구신문)");
  EXPECT_EQ(Parted("부두를 바라보는 시민들. [사진 출처 = 항구신문]"),
            "부두를 바라보는 시민들. (항구신문)");
  EXPECT_EQ(Parted("Người dân bên cầu cảng. Ảnh: Báo Cảng"), "Người dân bên cầu cảng. (Báo Cảng)");
}

// A bug once: credits that stand behind the last sentence stayed in the caption.
TEST(CreditTest, FindsTheCreditAtTheEndOfACaption) {
  const struct {
    const char* caption;
    const char* parted;
  } kRows[] = {
      {"The old quay on Monday. Supplied", "The old quay on Monday. (Supplied)"},
      {"The old quay on Monday. Jo Bell", "The old quay on Monday. (Jo Bell)"},
      {"The old quay on Monday. Reuters", "The old quay on Monday. (Reuters)"},
      {"The old quay on Monday. (Unsplash)", "The old quay on Monday. (Unsplash)"},
      {"The old quay on Monday. (Lantern)", "The old quay on Monday. (Lantern)"},
      {"The old quay on Monday – Reuters", "The old quay on Monday (Reuters)"},
      {"The old quay on Monday. — Picture by Jo Bell", "The old quay on Monday. (Jo Bell)"},
      {"The old quay. Photo: Jo Bell. All rights reserved.", "The old quay. (Jo Bell)"},
      {"Der alte Kai am Montag. | Bildquelle: Jo Bell", "Der alte Kai am Montag. (Jo Bell)"},
      {"Der alte Kai am Montag. Foto von Jo Bell", "Der alte Kai am Montag. (Jo Bell)"},
      {"Der alte Kai am Montag. Archivfoto: Jo Bell", "Der alte Kai am Montag. (Jo Bell)"},
      {"Le vieux quai lundi. Crédit photo : Jo Bell", "Le vieux quai lundi. (Jo Bell)"},
      {"El viejo muelle. Fuente: Lucerna", "El viejo muelle. (Lucerna)"},
      {"Il vecchio molo. Fonte: Lanterna", "Il vecchio molo. (Lanterna)"},
      {"De oude kade. Beeld: Jo Bell", "De oude kade. (Jo Bell)"},
      {"Vanha laituri. Kuva: Jo Bell", "Vanha laituri. (Jo Bell)"},
      {"Stary przystań. Fot. Jo Bell", "Stary przystań. (Jo Bell)"},
      {"Eski iskele. Fotoğraf: Jo Bell", "Eski iskele. (Jo Bell)"},
      {"Старый причал. Фото: Jo Bell", "Старый причал. (Jo Bell)"},
      {"Dermaga lama(Dok.Lentera)", "Dermaga lama (Dok.Lentera)"},
      {"부두를 바라보는 시민들이 서 있다. 연합뉴스",
       "부두를 바라보는 시민들이 서 있다. (연합뉴스)"},
      {"旧埠頭を見る市民（写真：松岡大地）", "旧埠頭を見る市民 (松岡大地)"},
      {"Le vieux quai. Jo Bell / AFP", "Le vieux quai. (Jo Bell / AFP)"},
      {"Der alte Kai. Foto: Jo Bell, Lantern (Archiv)",
       "Der alte Kai. (Jo Bell, Lantern (Archiv))"},
      {"旧码头。新华社记者 王小明 摄", "旧码头。 (新华社记者 王小明 摄)"},
      {"旧码头（图片来源：新华社）", "旧码头 (新华社)"},
      {"Cầu cảng cũ (Ảnh: Báo Cảng).", "Cầu cảng cũ (Báo Cảng)"},
      // No credits
      {"The quay with Dr. Inga Bredal", "The quay with Dr. Inga Bredal ()"},
      {"The old quay (left) and the pier (right)", "The old quay (left) and the pier (right) ()"},
      {"The old quay in spring (2014)", "The old quay in spring (2014) ()"},
      {"The old quay – a view", "The old quay – a view ()"},
      {"The old quay at 10:30 in the morning", "The old quay at 10:30 in the morning ()"},
      {"The photo by the old quay", "The photo by the old quay ()"},
      {"Video: The ferry leaves the quay", "Video: The ferry leaves the quay ()"},
  };
  for (const auto& row : kRows) EXPECT_EQ(Parted(row.caption), row.parted);
}

TEST(CreditTest, KnowsLabelledCaptions) {
  EXPECT_EQ(LabelledCaption("Image caption, The choir sings").value_or(""), "The choir sings");
  EXPECT_FALSE(LabelledCaption("The caption was wrong").has_value());
}

}  // namespace
}  // namespace broadsheet::sources::page
