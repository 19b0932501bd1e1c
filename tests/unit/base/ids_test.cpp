#include "base/clock.hpp"
#include "base/ids.hpp"

#include <gmock/gmock.h>

#include <set>
#include <thread>

namespace riposte {
namespace {

TEST(Ids, AFreshOneIsAVersion7Uuid) {
    const auto text = Uuid::make().to_string();
    EXPECT_THAT(text, testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
}

TEST(Ids, AFreshOneCarriesTheMillisecondInWhichItWasMade) {
    const auto before = now_ms();
    const auto id = Uuid::make();
    const auto after = now_ms();
    Timestamp made = 0;
    for (std::size_t i = 0; i < 6; ++i) made = made << 8 | id.bytes[i];
    EXPECT_GE(made, before);
    EXPECT_LE(made, after);
}

TEST(Ids, LaterOnesSortBehindEarlierOnes) {
    const auto earlier = Uuid::make();
    for (const auto start = now_ms(); now_ms() <= start + 1;) std::this_thread::yield();
    const auto later = Uuid::make();
    EXPECT_LT(earlier, later);
    EXPECT_LT(earlier.to_string(), later.to_string());
}

TEST(Ids, TenThousandAreDifferent) {
    std::set<Uuid> ids;
    for (int i = 0; i < 10'000; ++i) ids.insert(Uuid::make());
    EXPECT_EQ(ids.size(), 10'000u);
}

TEST(Ids, TextGoesThereAndBack) {
    const auto id = Uuid::make();
    EXPECT_EQ(Uuid::parse(id.to_string()), id);
    EXPECT_EQ(Uuid::parse("018F0000-0000-7000-8000-00000000000A")->to_string(), "018f0000-0000-7000-8000-00000000000a");
}

TEST(Ids, OnlyTheCanonicalFormIsRead) {
    for (const char* wrong : {
             "", "018f0000",
             "018f0000-0000-7000-8000-00000000000",    // one short
             "018f0000-0000-7000-8000-00000000000aa",  // one long
             "018f0000x0000-7000-8000-00000000000a",   // no hyphen where one must be
             "018f000--0000-7000-8000-00000000000a",   // a hyphen where none may be
             "018f0000-0000-7000-8000-00000000000g",   // not a digit
             "{18f0000-0000-7000-8000-00000000000}",
             "018f00000000700080000000000000000000",  // no hyphens at all
         })
        EXPECT_EQ(Uuid::parse(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace riposte
