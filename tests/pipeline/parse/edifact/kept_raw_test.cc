#include "pipeline/parse/edifact/kept_raw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/paxlst_builder.h"
#include "tests/support/pnrgov_builder.h"

namespace landfall::edifact {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(KeptRaw, PaxlstIsKeptAsItCame) {
  const std::string text = TypicalInterchange(3);
  EXPECT_EQ(KeptRaw(text, {}), text);
}

TEST(KeptRaw, OfPnrgovWhatIsNotReadIsBlackened) {
  const std::string text = PnrgovInterchange({PnrgovMessage(
      {"SRC", "RCI+ZZ:L", "SSR+MOML:HK:1:ZZ:::::HALAL", "TIF+QUILL+ORLA:A:1", "SSR+DOCS:HK:1:ZZ:::::/P//A77+::1", "FTI+ZZ:987654",
       "FOP+CC:::VI:4111111111111111", "IFT+4:28::ZZ+SICK CHILD?' OF 2", "OSI+ZZ VEGAN", "MON+T:2957.94:GBP", "SSR+MEDA:HK:1:ZZ:::::HEART"})});
  for (const std::string& sent : {text, Wrapped(text, 7)}) {
    const std::string kept = KeptRaw(sent, {});
    EXPECT_EQ(kept.size(), sent.size());
    std::string joined = kept;
    std::erase_if(joined, [](char c) { return c == '\r' || c == '\n'; });
    for (const char* const gone : {"HALAL", "MOML", "987654", "4111", "SICK", "OF 2", "VEGAN", "2957", "HEART"}) {
      EXPECT_THAT(joined, Not(HasSubstr(gone)));
    }
    for (const char* const stays : {"RCI+ZZ:L'", "TIF+QUILL+ORLA:A:1'", "/P//A77", "FTI+XX:XXXXXX'", "UNZ+1+000000101'"}) {
      EXPECT_THAT(joined, HasSubstr(stays));
    }
  }
}

TEST(KeptRaw, CardNumbersInWhatIsReadAreMasked) {
  const std::string kept = KeptRaw(PnrgovInterchange({PnrgovMessage({"SRC", "TIF+QUILL+4111 1111 1111 1111:A:1"})}), {});
  EXPECT_THAT(kept, HasSubstr("TIF+QUILL+XXXX XXXX XXXX XXXX:A:1'"));
}

TEST(KeptRaw, OtherSeparatorsOfASenderAreKnown) {
  std::string text = PnrgovInterchange({PnrgovMessage({"SRC", "FTI+ZZ:987654", "TIF+QUILL+ORLA:A:1"})}, ":+.? \"");
  text = text.substr(9);  // Without its UNA.
  const std::string kept = KeptRaw(text, {{"ZZAIR", ":+.? \""}});
  EXPECT_THAT(kept, Not(HasSubstr("987654")));
  EXPECT_THAT(kept, HasSubstr("TIF+QUILL+ORLA"));
}

// What cannot be told apart keeps no card number.
TEST(KeptRaw, RuinsAreMasked) {
  for (const std::string text : {"UNB FOP 4111111111111111", "PNRGOV 4111111111111111", "4111-1111 1111-1111", "UNA"}) {
    EXPECT_THAT(KeptRaw(text, {}), Not(HasSubstr("1111")));
    EXPECT_EQ(KeptRaw(text, {}).size(), text.size());
  }
  for (std::size_t size = 0; size < 400; ++size) KeptRaw(TypicalPnrgov(1).substr(0, size), {});
}

}  // namespace
}  // namespace landfall::edifact
