#include "lesson/lesson.h"

#include "lesson/wording.h"

namespace kg {

Status Lesson::perform(std::string_view name, const Json& args) {
  answer_ = nullptr;
  for (const Verb& verb : verbs_) {
    if (verb.name == name) return verb.call(args);
  }
  return Error{"This lesson has no verb " + in_quotes(name) + "; verbs() lists those it has."};
}

// What was asked for comes before what goes on anyway.
bool Lesson::work(const More& more) {
  bool any = false;
  while (working() && more()) {
    if (!jobs_.piece()) do_piece();
    any = true;
  }
  return any;
}

}  // namespace kg
