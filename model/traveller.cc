#include "model/traveller.h"

namespace landfall {

bool operator==(const Traveller& a, const Traveller& b) {
  return a.ref == b.ref && a.type == b.type && a.role == b.role && a.surname == b.surname &&
         a.given_names == b.given_names && a.date_of_birth == b.date_of_birth && a.sex == b.sex && a.fare == b.fare &&
         a.stated_age == b.stated_age && a.nationality == b.nationality && a.residence == b.residence &&
         a.birth_place == b.birth_place && a.documents == b.documents && a.booking == b.booking && a.seat == b.seat &&
         a.other_seats == b.other_seats && a.bags == b.bags && a.bag_weight_kg == b.bag_weight_kg &&
         a.bag_tags == b.bag_tags && a.services == b.services && a.escort_form == b.escort_form &&
         a.consent == b.consent && a.clearance == b.clearance && a.journey == b.journey && a.address == b.address &&
         a.home_address == b.home_address && a.contacts == b.contacts && a.references == b.references &&
         a.checkin_id == b.checkin_id && a.checkin_at == b.checkin_at && a.data_verified == b.data_verified &&
         a.boarded == b.boarded;
}

}  // namespace landfall
