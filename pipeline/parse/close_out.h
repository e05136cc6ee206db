#pragma once

#include "model/message.h"

namespace landfall {

// Sets `boarded` of the travellers that a close-out lists, where its form says it for all of them.
inline void SetBoarded(Message& message) {
  if (message.close_out != CloseOutForm::kOnBoard && message.close_out != CloseOutForm::kNotOnBoard) return;
  for (Traveller& traveller : message.travellers) traveller.boarded = message.close_out == CloseOutForm::kOnBoard;
}

}  // namespace landfall
