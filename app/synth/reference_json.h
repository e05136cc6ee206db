#pragma once

// Reference records as the lines that `landfall import` reads (docs/NDJSON.md).

#include <string>

#include "app/synth/flight_plan.h"
#include "model/reference_records.h"

namespace landfall::app {

// Each adds one line, line end included.
void AddLine(const Vignette& vignette, ReferenceLines& lines);
void AddLine(const WatchEntry& entry, ReferenceLines& lines);
void AddLine(const SponsorRecord& sponsor, ReferenceLines& lines);
void AddLine(const ScheduleRecord& flight, ReferenceLines& lines);
void AddLine(const GroupRecord& group, ReferenceLines& lines);
void AddLine(const InstitutionRecord& institution, ReferenceLines& lines);
void AddLine(const AddressRecord& address, ReferenceLines& lines);
void AddLine(const CheckRecord& check, ReferenceLines& lines);
void AddLine(const ConsentRecord& consent, ReferenceLines& lines);
void AddLine(const CareRecord& care, ReferenceLines& lines);
void AddLine(const CampaignRecord& campaign, ReferenceLines& lines);

}  // namespace landfall::app
