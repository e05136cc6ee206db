// A booking sent as PNRGOV and the list sent as PAXLST are one flight with one traveller each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/flight_builder.h"
#include "tests/support/paxlst_builder.h"
#include "tests/support/pnrgov_builder.h"

namespace landfall {
namespace {

using ::testing::SizeIs;
using testing_support::FlightBuilder;
using testing_support::MadeFacts;

std::string Pnr(const std::string& born) {
  return PnrgovInterchange({PnrgovMessage({"SRC", "RCI+ZZ:K3P7QX::201126:1510", "TIF+QUILL+ORLA MISS:C:1", "FOP+CA::250.00",
                                           "SSR+DOCS:HK:1:ZZ:::::/P/IRL/A01234567/IRL/" + born + "/F/01JAN30/QUILL/ORLA+::1",
                                           "SSR+UMNR:HK:1:ZZ:::::UM12+::1", "TVL+221126:0110:221126:0640+LOS+LHR+ZZ+101", "RPI+1+HK"})});
}
std::string Api(const std::string& born) {
  return Interchange({PaxlstMessage({"NAD+FL+++QUILL:ORLA", "ATT+2++F", "DTM+329:" + born, "NAT+2+IRL", "RFF+AVF:K3P7QX", "RFF+ABO:7",
                                     "DOC+P:110:111+A01234567", "LOC+91+IRL", "CNT+42:1"})});
}

struct PairCase {
  const char* name;
  std::string first, second;
  const char* conflict;
};
class PnrgovAndApi : public testing::TestWithParam<PairCase> {};

TEST_P(PnrgovAndApi, AreOneTraveller) {
  const MadeFacts facts = FlightBuilder().Sends(GetParam().first).Sends(GetParam().second).Facts();
  ASSERT_THAT(facts.state().travellers, SizeIs(1));
  const FlightTraveller& traveller = facts.state().travellers[0];
  EXPECT_TRUE(traveller.api != nullptr && traveller.booking != nullptr);
  EXPECT_EQ(facts.Of("7", "pax.age_conflict"), GetParam().conflict);
  EXPECT_EQ(facts.Of("7", "service.umnr"), "true");
  EXPECT_EQ(facts.Of("7", "booking.payment"), "cash");
  EXPECT_EQ(traveller.merged->documents.size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, PnrgovAndApi,
    testing::Values(PairCase{"Agree", Pnr("02MAR14"), Api("140302"), "false"},
                    PairCase{"BirthDatesDiffer", Pnr("02MAR14"), Api("040302"), "true"},
                    PairCase{"ApiFirst", Api("140302"), Pnr("02MAR14"), "false"},
                    PairCase{"ApiFirstAndBirthDatesDiffer", Api("140302"), Pnr("02MAR13"), "true"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
