// The session: the lesson that is open, as the page sees it.
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

// What the page does with a link: apart at ? & =, and percent-decoded.
std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::pair<std::string, LinkParams> parsed(const std::string& link) {
  const std::size_t question = link.find('?');
  LinkParams params;
  for (std::size_t at = question; at != std::string::npos && at + 1 < link.size();) {
    const std::size_t end = link.find('&', at + 1);
    const std::string pair = link.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    const std::size_t equals = pair.find('=');
    REQUIRE(equals != std::string::npos);
    params.emplace_back(decoded(pair.substr(0, equals)), decoded(pair.substr(equals + 1)));
    at = end;
  }
  return {decoded(link.substr(0, question)), params};
}

void reopen(Session& session, const std::string& link) {
  const auto [slug, params] = parsed(link);
  const Result<std::vector<std::string>> opened = session.open(slug, params);
  INFO(link);
  REQUIRE(opened.ok());
  CHECK((opened->empty() ? "" : opened->front()) == "");
}

}  // namespace

TEST_CASE("lesson/session: it begins with the first lesson, in the standard hand") {
  const Session session;
  const Json state = session.state();
  CHECK(state["slug"] == std::string(lesson_catalogue().front().slug));
  CHECK(state["seed"] == Session::kSeed);
  for (const char* key : {"slug", "step", "steps", "playing", "seed", "narration"}) {
    CAPTURE(key);
    CHECK(state.contains(key));
  }
  CHECK(state["step"].is_number_integer());
  CHECK(state["steps"].is_number_integer());
  CHECK(state["playing"].is_boolean());
  CHECK(state["seed"].is_number_integer());
  CHECK(state["narration"].is_string());
}

TEST_CASE("lesson/session: a lesson that does not exist is refused, and the open one stays") {
  Session session = opened("convolution");
  must(session, "set_stride", 3);
  const std::string before = session.state().dump();
  const std::uint64_t revision = session.revision();
  for (const char* slug : {"", "nonsense", "Convolution", "convolution "}) {
    const auto opened = session.open(slug, {});
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.sentence() == "There is no lesson \"" + std::string(slug) + "\".");
  }
  CHECK(difference(session.state().dump(), before) == "");
  CHECK(session.revision() == revision);
}

TEST_CASE("lesson/session: reset starts afresh, with the same seed or another") {
  Session session = opened("convolution");
  const std::string fresh = session.state().dump();
  must(session, "set_stride", 3);
  must(session, "play");
  must(session, "reset");
  CHECK(difference(session.state().dump(), fresh) == "");
  must(session, "reset", 42);
  CHECK(session.state()["seed"] == 42);
  CHECK(session.state()["step"].is_number());
  const std::string other = session.state().dump();
  CHECK(other != fresh);
  must(session, "set_flipped", true);
  must(session, "reset");
  CHECK(difference(session.state().dump(), other) == "");
  must(session, "reset", 9007199254740991.0);
  CHECK(session.state()["seed"] == 9007199254740991ull);
  const std::string before = session.state().dump();
  for (const Json& seed : {Json(-1), Json(1.5), Json("1"), Json(1e300), Json(nullptr)}) {
    CAPTURE(seed.dump());
    CHECK(refusal(session, {"reset", args(seed)}).size() > 10);
  }
  CHECK(refusal(session, call("reset", 1, 2)).size() > 10);
  CHECK(difference(session.state().dump(), before) == "");
}

TEST_CASE("lesson/session: the revision grows at every change and at nothing else") {
  Session session = opened("convolution");
  std::uint64_t last = session.revision();
  const auto grown = [&] {
    const bool more = session.revision() > last;
    last = session.revision();
    return more;
  };
  must(session, "set_stride", 2);
  CHECK(grown());
  CHECK(refusal(session, call("set_stride", 0)) != "");
  CHECK_FALSE(grown());
  (void)session.state(), (void)session.summary(), (void)session.verbs(), (void)session.link();
  CHECK_FALSE(grown());
  CHECK_FALSE(session.advance(1));
  CHECK_FALSE(grown());
  must(session, "play");
  CHECK(grown());
  CHECK(session.advance(0.1));
  CHECK(grown());
  must(session, "reset");
  CHECK(grown());
  REQUIRE(session.open("convolution", {}).ok());
  CHECK(grown());
}

TEST_CASE("lesson/session: verbs() lists every verb once, with types the page knows, and reset among them") {
  const Session session = opened("convolution");
  std::set<std::string> names;
  for (const Json& verb : session.verbs()) {
    CAPTURE(verb.dump());
    CHECK(names.insert(verb["name"].get<std::string>()).second);
    CHECK(verb["about"].get<std::string>().ends_with("."));
    bool optional = false;
    for (const Json& param : verb["params"]) {
      CHECK(std::set<std::string>{"integer", "number", "boolean", "text", "numbers", "bytes"}.contains(
          param["type"].get<std::string>()));
      CHECK(param["name"].get<std::string>() != "");
      if (optional) CHECK(param.contains("optional"));  // after an optional one all are
      optional = param.contains("optional");
    }
  }
  for (const char* name : {"reset", "set_digit", "set_pixels", "set_filter", "set_cell", "set_stride",
                           "set_padding", "set_flipped", "seek", "step", "play", "pause", "set_speed"}) {
    CAPTURE(name);
    CHECK(names.contains(name));
  }
}

TEST_CASE("lesson/session: the catalogue's lessons are listed in order") {
  const Json lessons = Session::lessons();
  REQUIRE(lessons.size() == lesson_catalogue().size());
  std::set<std::string> slugs;
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    CHECK(lessons[i]["slug"] == std::string(lesson_catalogue()[i].slug));
    CHECK(lessons[i]["title"].get<std::string>() != "");
    CHECK(slugs.insert(lessons[i]["slug"].get<std::string>()).second);
    CHECK(find_lesson(lesson_catalogue()[i].slug) == &lesson_catalogue()[i]);
  }
  CHECK(find_lesson("nonsense") == nullptr);
}

TEST_CASE("lesson/session: the summary is what the page mirrors") {
  Session session = opened("convolution");
  must(session, "set_stride", 2);
  const Json summary = session.summary(), state = session.state();
  for (const char* key : {"slug", "step", "steps", "playing", "narration"}) {
    CAPTURE(key);
    CHECK(summary[key] == state[key]);
  }
  CHECK(summary["opening"] == session.opening());
  CHECK(summary["revision"] == session.revision());
  CHECK(summary["tasks"] == state["tasks"]);
  CHECK(summary["link"] == session.link());
  CHECK(summary["code"] == session.lesson().keras_code());
  CHECK(summary["busy"] == session.lesson().busy());
  CHECK(summary.size() == 11);
}

TEST_CASE("lesson/session: links are made of characters that need no care in an address") {
  Session session = opened("convolution");
  must(session, "set_cell", 0, 0, 0, 1000);
  must(session, "set_cell", 0, 0, 1, -0.00001);
  must(session, "add_filter", "random");
  must(session, "add_stroke", Json::array({0.2, 0.2, 0.8, 0.8}));
  must(session, "set_speed", 0.5);
  const std::string link = session.link();
  CAPTURE(link);
  CHECK(link.starts_with("convolution?"));
  CHECK(link.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~,:%?&=") ==
        std::string::npos);
  Session back;
  reopen(back, link);
  CHECK(back.state()["filters"][0]["values"].dump() == session.state()["filters"][0]["values"].dump());
  CHECK(back.link() == link);
}

TEST_CASE("lesson/session: every lesson opens, plays to its end, and its link re-opens to the same state") {
  for (const LessonEntry& entry : lesson_catalogue()) {
    CAPTURE(entry.slug);
    Session session;
    REQUIRE(session.open(entry.slug, {}).ok());
    CHECK(session.state()["slug"] == std::string(entry.slug));
    CHECK(session.state()["narration"].get<std::string>() != "");
    if (!session.lesson().has_timeline()) {  // it goes on until it is held
      CHECK(session.state()["steps"] == 0);
      must(session, "play");
      CHECK(session.state()["playing"] == true);
      must(session, "pause");
      CHECK(session.state()["playing"] == false);
      Session back;
      reopen(back, session.link());
      CHECK(difference(back.state().dump(), session.state().dump()) == "");
      continue;
    }
    must(session, "seek", 0);
    must(session, "set_speed", 100);
    must(session, "play");
    int frames = 0;
    while (session.advance(1.0 / 60)) {
      REQUIRE(++frames < 10000);
      if (frames % 10 != 0) continue;
      CAPTURE(frames);
      const Json state = session.state();
      REQUIRE(state["step"].get<int>() < state["steps"].get<int>());
      REQUIRE(state["narration"].get<std::string>() != "");
      Session back;
      reopen(back, session.link());
      REQUIRE(back.state()["step"] == state["step"]);
    }
    CHECK_FALSE(session.lesson().timeline().playing());
    CHECK(session.lesson().timeline().at_end());
    // From where seek() rests to the end, at 0.6 frames a step; the last frame may be a part of one.
    const double way = session.lesson().timeline().steps() - Timeline::kRest;
    CHECK(std::abs(frames - way * 0.6) <= 1);
    Session back;
    reopen(back, session.link());
    CHECK(difference(back.state().dump(), session.state().dump()) == "");
  }
}

TEST_CASE("lesson/session: the seed is in every link") {
  // Whatever the picture is, the seed decides what the next hand and the next random filter are.
  const Call pictures[] = {call("set_digit", 3, 77), call("set_colour_digit", 3, 77),
                           call("add_stroke", Json::array({0.2, 0.2, 0.8, 0.8})),
                           call("set_pixels", std::vector<float>(9, 0.5f), 3, 3, 1)};
  for (const Call& picture : pictures) {
    CAPTURE(picture.text());
    Session session = opened("convolution"), back;
    must(session, "reset", 42);
    REQUIRE(refusal(session, picture) == "");
    reopen(back, session.link());
    CHECK(back.state()["seed"] == session.state()["seed"]);
    CHECK(difference(back.state().dump(), session.state().dump()) == "");
  }
}
