// The C interface of results.
#include <fmt/format.h>

#include "embed/c_objects.h"

namespace nas::c {

ResultObject::ResultObject(nlohmann::json given) : Object(kKind), json(std::move(given)), front(Front::from_json(json)) {
  if (!front) return;
  for (const FrontColumn& column : front->columns) {
    texts_of_columns.emplace_back();
    for (const std::string& text : column.texts) texts_of_columns.back().push_back(text.c_str());
  }
}

}  // namespace nas::c

namespace {

using namespace nas::c;

nas_type type_of(const nlohmann::json& json) {
  return json.is_boolean()          ? NAS_BOOLEAN
         : json.is_number_integer() ? NAS_INTEGER
         : json.is_number()         ? NAS_NUMBER
         : json.is_string()         ? NAS_STRING
         : json.is_array()          ? NAS_LIST
         : json.is_object()         ? NAS_OBJECT
                                    : NAS_NULL;
}
const char* phrase_of(nas_type type) {
  static constexpr const char* phrases[] = {"null", "a boolean", "an integer", "a number", "a string", "a list", "an object"};
  return phrases[type];
}

const nlohmann::json& field_of(const Call& call, const ResultObject& object, const char* field) {
  call.need(field, "field");
  const std::string name = field;
  if (!name.starts_with("/")) {
    if (const auto it = object.json.find(name); it != object.json.end()) return *it;
  } else {
    try {
      return object.json.at(nlohmann::json::json_pointer(name));
    } catch (const nlohmann::json::exception&) {
      // Not there, or no pointer: both are a field that the result does not have.
    }
  }
  call.fail(NAS_NOT_FOUND, fmt::format("the result has no field {}", name));
}

/// Gives `field` to `take` where its type is one of two.
template <typename Take>
nas_status typed(const char* function, nas_result* result, const char* field, const void* out, nas_error* error, nas_type wanted,
                 nas_type also, Take&& take) {
  return guarded(function, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(out, "out");
    const auto& json = field_of(call, *object, field);
    if (const nas_type type = type_of(json); type != wanted && type != also)
      call.fail(NAS_WRONG_TYPE, fmt::format("{} is {}, not {}", field, phrase_of(type), phrase_of(wanted)));
    take(json);
  });
}

void column_at(const ResultObject& object, std::size_t index, nas_column* out) {
  const nas::FrontColumn& column = object.front->columns[index];
  const bool is_text = !column.texts.empty();
  *out = {column.name.c_str(),
          column.unit.c_str(),
          is_text ? NAS_STRING : NAS_NUMBER,
          column.measured,
          is_text ? column.texts.size() : column.numbers.size(),
          is_text ? nullptr : column.numbers.data(),
          column.spread.empty() ? nullptr : column.spread.data(),
          is_text ? object.texts_of_columns[index].data() : nullptr};
}

const nas::Front& front_of(const Call& call, const ResultObject& object) {
  if (!object.front)
    call.fail(NAS_WRONG_TYPE, fmt::format("this is the result of {}, which has no front", object.json.value("kind", "a stage")));
  return *object.front;
}

}  // namespace

nas_status nas_result_destroy(nas_result* result, nas_error* error) {
  return guarded(__func__, error,
                 [&](const Call& call) { HandleTable::instance().remove(number_of(result), Kind::result, call.function); });
}

nas_status nas_result_json(nas_result* result, const char** out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(out, "out");
    *out = object->keep(call.function, object->json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  });
}

nas_status nas_result_type(nas_result* result, const char* field, nas_type* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(out, "out");
    *out = type_of(field_of(call, *object, field));
  });
}
nas_status nas_result_boolean(nas_result* result, const char* field, int32_t* out, nas_error* error) {
  return typed(__func__, result, field, out, error, NAS_BOOLEAN, NAS_BOOLEAN,
               [&](const auto& json) { *out = json.template get<bool>(); });
}
nas_status nas_result_integer(nas_result* result, const char* field, int64_t* out, nas_error* error) {
  return typed(__func__, result, field, out, error, NAS_INTEGER, NAS_INTEGER,
               [&](const auto& json) { *out = json.template get<std::int64_t>(); });
}
nas_status nas_result_number(nas_result* result, const char* field, double* out, nas_error* error) {
  return typed(__func__, result, field, out, error, NAS_NUMBER, NAS_INTEGER,
               [&](const auto& json) { *out = json.template get<double>(); });
}
nas_status nas_result_string(nas_result* result, const char* field, const char** out, nas_error* error) {
  return typed(__func__, result, field, out, error, NAS_STRING, NAS_STRING,
               [&](const auto& json) { *out = json.template get_ref<const std::string&>().c_str(); });
}

nas_status nas_result_column_count(nas_result* result, size_t* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(out, "out");
    *out = front_of(call, *object).columns.size();
  });
}

nas_status nas_result_column(nas_result* result, size_t index, nas_column* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(out, "out");
    if (const std::size_t count = front_of(call, *object).columns.size(); index >= count)
      call.fail(NAS_OUT_OF_RANGE, fmt::format("there is no column {}, they are {}", index, count));
    column_at(*object, index, out);
  });
}

nas_status nas_result_find_column(nas_result* result, const char* name, nas_column* out, nas_error* error) {
  return guarded(__func__, error, [&](const Call& call) {
    const auto object = call.use<ResultObject>(result);
    call.need(name, "name");
    call.need(out, "out");
    const nas::Front& front = front_of(call, *object);
    const nas::FrontColumn* column = front.find(name);
    if (!column) call.fail(NAS_NOT_FOUND, fmt::format("the front has no column {}", name));
    column_at(*object, static_cast<std::size_t>(column - front.columns.data()), out);
  });
}
