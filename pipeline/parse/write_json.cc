#include "model/json_writer.h"
#include "pipeline/parse/parse.h"

namespace landfall {

namespace {

void AppendReplaces(const FlightKey& key, std::string& out) {
  JsonObject object(out);
  object.Field("number", key.number);
  object.Field("from", key.from);
  object.Field("to", key.to);
  object.Field("departs_on", key.departs_on);
}

// As the field list of Message, but for `replaces`, which is an object and not an identity.
class MessageWriter {
 public:
  explicit MessageWriter(JsonObject& object) : object_(object) {}
  template <typename T>
  void operator()(int /*tag*/, std::string_view name, const T& value) {
    object_.Field(name, value);
  }
  void operator()(int /*tag*/, std::string_view name, const std::optional<FlightKey>& value) {
    if (value) AppendReplaces(*value, object_.Begin(name));
  }

 private:
  JsonObject& object_;
};

}  // namespace

void AppendJson(const Message& message, std::string& out) {
  JsonObject object(out);
  Message::Fields(message, MessageWriter(object));
}

void AppendJson(const QuarantinedRecord& record, std::string& out) {
  JsonObject object(out);
  object.Field("file", record.position.file);
  object.Field("offset", record.position.offset);
  object.Field("line", record.position.line);
  object.Field("code", record.code);
  object.Field("reason", record.reason);
  object.Field("message_id", record.message_id);
  object.Field("traveller", record.traveller);
}

}  // namespace landfall
