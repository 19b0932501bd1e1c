#include "net/field_text.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FieldText, CutsListsAtCommas) {
    EXPECT_THAT(list_items(" a ,b,, c\t,"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(list_items(""), IsEmpty());
    EXPECT_THAT(list_items(" , "), IsEmpty());
}

TEST(FieldText, OrdersPreferencesByQuality) {
    const auto found = preferences("de;q=0.3, ZH-cn ;q=0.8, en, fr;q=0");
    std::vector<std::string> names;
    for (const auto& preference : found) names.push_back(preference.name);
    EXPECT_THAT(names, ElementsAre("en", "zh-cn", "de", "fr"));
    EXPECT_EQ(found.back().quality, 0);
}

TEST(FieldText, PrefersChineseOnlyWhereItIsAskedFor) {
    EXPECT_EQ(preferred_locale("zh-CN,zh;q=0.9,en;q=0.8"), "zh-CN");
    EXPECT_EQ(preferred_locale("zh-Hant-TW"), "zh-CN");
    EXPECT_EQ(preferred_locale("en-GB,zh;q=0.5"), "en");
    EXPECT_EQ(preferred_locale("zh;q=0.2, en;q=0.4"), "en");
    EXPECT_EQ(preferred_locale("fr, zh;q=0.1"), "zh-CN");
    EXPECT_EQ(preferred_locale("zh;q=0"), "en");
    EXPECT_EQ(preferred_locale("fr"), "en");
    EXPECT_EQ(preferred_locale(""), "en");
    EXPECT_EQ(preferred_locale("zhx"), "en");
}

TEST(FieldText, SurvivesNonsenseQuality) {
    EXPECT_EQ(preferences("a;q=")[0].quality, 0);
    EXPECT_EQ(preferences("a;q=9")[0].quality, 1);
    EXPECT_EQ(preferences("a;q=-1")[0].quality, 0);
    EXPECT_EQ(preferences(";")[0].name, "");
}

}  // namespace
}  // namespace riposte
