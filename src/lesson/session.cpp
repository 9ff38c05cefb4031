#include "lesson/session.h"

#include "lesson/wording.h"

namespace kg {
namespace {

// Characters that mean nothing special in the part of an address after #, so that links stay readable.
bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~,:").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (plain(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

const Verb& reset_verb() {
  static const Verb verb{"reset",
                         {{"seed", Param::Type::seed, "without it, the same again", true}},
                         "Start the lesson afresh.",
                         [](const Args&) { return Status(Done{}); }};
  return verb;
}

// None at all where there is nothing to step through.
int steps_of(const Lesson& lesson) { return lesson.has_timeline() ? lesson.timeline().steps() : 0; }

Json tasks_of(const Lesson& lesson) {
  Json list = Json::array();
  for (const Task& task : lesson.tasks()) list.push_back({{"id", task.id}, {"done", task.met}});
  return list;
}

}  // namespace

Session::Session() : entry_(&lesson_catalogue().front()), lesson_(entry_->make(kSeed)) {}

Result<std::vector<std::string>> Session::open(std::string_view slug, const LinkParams& params) {
  const LessonEntry* entry = find_lesson(slug);
  if (!entry) return Error{"There is no lesson " + in_quotes(slug) + "."};
  entry_ = entry;
  replace_lesson(entry->make(kSeed));
  return lesson_->load(params);
}

void Session::replace_lesson(std::unique_ptr<Lesson> lesson) {
  lesson_->jobs().drop();
  gather_ends();
  earlier_ += lesson_->jobs().asked();
  lesson_ = std::move(lesson);
  ++opening_, ++revision_;
}

void Session::gather_ends() {
  for (JobEnd& end : lesson_->jobs().take_ends()) ended_.push_back({earlier_ + end.number, std::move(end)});
}

std::vector<Ended> Session::take_ended() {
  gather_ends();
  return std::exchange(ended_, {});
}

Status Session::perform(std::string_view verb, const Json& args) {
  ticket_ = 0;
  if (verb == "reset") {
    if (Status legal = reset_verb().call(args); !legal) return legal;
    const Args checked(args);
    replace_lesson(entry_->make(checked.has(0) ? checked.seed(0) : lesson_->seed()));
    return Done{};
  }
  const std::uint64_t asked = lesson_->jobs().asked();
  Status status = lesson_->perform(verb, args);
  if (status) ++revision_;
  if (lesson_->jobs().asked() > asked) ticket_ = earlier_ + lesson_->jobs().asked();
  return status;
}

bool Session::advance(double seconds) {
  if (!lesson_->advance(seconds)) return false;
  ++revision_;
  return true;
}

bool Session::work(const More& more) {
  if (!lesson_->work(more)) return false;
  ++revision_;
  return true;
}

Json Session::state() const {
  const Timeline& timeline = lesson_->timeline();
  Json state = {{"slug", entry_->slug},
                {"step", timeline.step()},
                {"steps", steps_of(*lesson_)},
                {"playing", lesson_->playing()},
                {"busy", lesson_->busy()},
                {"seed", lesson_->seed()},
                {"narration", lesson_->narrate()},
                {"speed", timeline.speed()},
                {"position", timeline.position()}};
  state.update(lesson_->state());
  state["tasks"] = tasks_of(*lesson_);
  return state;
}

Json Session::summary() const {
  const Timeline& timeline = lesson_->timeline();
  return {{"slug", entry_->slug},          {"step", timeline.step()},         {"steps", steps_of(*lesson_)},
          {"playing", lesson_->playing()}, {"busy", lesson_->busy()},         {"opening", opening_},
          {"revision", revision_},         {"narration", lesson_->narrate()}, {"link", link()},
          {"tasks", tasks_of(*lesson_)},   {"code", lesson_->keras_code()}};
}

Json Session::verbs() const {
  Json list = Json::array();
  list.push_back(reset_verb().describe());
  for (const Verb& verb : lesson_->verbs()) list.push_back(verb.describe());
  return list;
}

std::string Session::link() const {
  std::string text(entry_->slug);
  char joint = '?';
  for (const auto& [key, value] : lesson_->save()) {
    text += joint + key + "=" + percent_encoded(value);
    joint = '&';
  }
  return text;
}

Json Session::lessons() {
  Json list = Json::array();
  for (const LessonEntry& entry : lesson_catalogue()) {
    list.push_back({{"slug", entry.slug}, {"title", entry.title}});
  }
  return list;
}

}  // namespace kg
