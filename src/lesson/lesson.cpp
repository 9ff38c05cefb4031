#include "lesson/lesson.h"

#include "lesson/wording.h"

namespace kg {

Status Lesson::perform(std::string_view name, const Json& args) {
  for (const Verb& verb : verbs_) {
    if (verb.name == name) return verb.call(args);
  }
  return Error{"This lesson has no verb " + in_quotes(name) + "; verbs() lists those it has."};
}

}  // namespace kg
