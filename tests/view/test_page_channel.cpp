// The page's door: one text in, one text out, whatever the text.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "engine/rng.h"
#include "lesson/lesson_fixture.h"
#include "view/stage_fixture.h"

using namespace kg;

namespace {

std::vector<std::uint8_t> idx_images(std::uint8_t count) {
  std::vector<std::uint8_t> bytes{0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 4, 0, 0, 0, 5};
  for (int i = 0; i < count * 20; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 11));
  return bytes;
}

Json bytes_named(int number) { return {{"$bytes", number}}; }

}  // namespace

TEST_CASE("view/page_channel: every operation answers as its contract says") {
  Stage stage;
  const Json lessons = stage.ok({{"op", "lessons"}});
  CHECK(lessons == Session::lessons());
  CHECK(stage.ok({{"op", "state"}}).dump() == stage.session.state().dump());
  CHECK(stage.ok({{"op", "verbs"}}).dump() == stage.session.verbs().dump());
  CHECK(stage.ok({{"op", "summary"}}).dump() == stage.session.summary().dump());
  const Json opened =
      stage.ok({{"op", "open"}, {"slug", "convolution"}, {"params", {{"stride", "2"}, {"flip", "1"}}}});
  CHECK(opened["notices"].empty());
  CHECK(stage.state()["stride"] == 2);
  CHECK(stage.state()["flipped"] == true);
  const Json done = stage.ok({{"op", "do"}, {"verb", "set_stride"}, {"args", {3}}});
  CHECK(difference(done["state"].dump(), stage.session.state().dump()) == "");
  CHECK(stage.state()["stride"] == 3);
  CHECK(stage.ok({{"op", "do"}, {"verb", "play"}})["state"]["playing"] == true);
  CHECK(stage.ok({{"op", "display"}})["notices"].empty());
  stage.settle();
  CHECK(stage.ok({{"op", "tab"}, {"dir", 1}})["consumed"] == true);
  CHECK(stage.ok({{"op", "blur"}}).is_null());
  CHECK(stage.shell.focus().current() == "");
}

TEST_CASE("view/page_channel: params of other types than text are taken as they are written") {
  Stage stage;
  const Json opened = stage.ok(
      {{"op", "open"}, {"slug", "convolution"}, {"params", {{"stride", 2}, {"flip", true}, {"speed", 0.5}}}});
  CHECK(opened["notices"].dump() == "[]");
  CHECK(stage.state()["stride"] == 2);
  CHECK(stage.state()["flipped"] == true);
  CHECK(stage.state()["speed"] == 0.5);
}

TEST_CASE("view/page_channel: bad params are told once each, bad slugs refused") {
  Stage stage;
  const Json opened = stage.ok({{"op", "open"},
                                {"slug", "convolution"},
                                {"params", {{"stride", "x"}, {"what", "1"}, {"padding", "same"}}}});
  CHECK(opened["notices"].size() == 2);
  CHECK(stage.state()["padding"] == "same");
  CHECK(stage.error({{"op", "open"}, {"slug", "none"}}) == "There is no lesson \"none\".");
  CHECK(stage.error({{"op", "open"}}) == "There is no lesson \"\".");
  CHECK(stage.error({{"op", "open"}, {"slug", 7}}) == "There is no lesson \"\".");
  CHECK(stage.state()["padding"] == "same");
}

TEST_CASE("view/page_channel: what is not a request is answered in words, and changes nothing") {
  Stage stage;
  const std::string before = stage.session.state().dump();
  (void)stage.page.take_touched();
  const std::string deep(100000, '['), objects = [] {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "{\"op\":";
    return text;
  }();
  const std::string texts[] = {"",
                               " ",
                               "{",
                               "}",
                               "null",
                               "7",
                               "[]",
                               "\"state\"",
                               "{\"op\"}",
                               "{\"op\":}",
                               "{op:state}",
                               "\xff\xfe",
                               "{\"op\":\"state\"",
                               "{\"op\":\"state\"}}",
                               "{\"op\":\"st\xff\"}",
                               std::string("{\0}", 3),
                               deep,
                               objects};
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 40));
    CHECK(stage.call(text) == R"({"error":"A request is a JSON object."})");
  }
  for (const char* op : {"{}", "{\"op\":null}", "{\"op\":5}", "{\"op\":[\"state\"]}"}) {
    CHECK(stage.call(op) == R"({"error":"There is no operation \"\"."})");
  }
  CHECK(stage.call(R"({"op":"State"})") == R"({"error":"There is no operation \"State\"."})");
  CHECK(stage.session.state().dump() == before);
}

TEST_CASE("view/page_channel: a refused verb gives its sentence and leaves everything as it was") {
  Stage stage;
  const std::string before = stage.session.state().dump();
  CHECK(stage.error({{"op", "do"}, {"verb", "set_stride"}, {"args", {0}}}) ==
        "The stride is 1 to 28; 0 is outside.");
  CHECK(contains(stage.error({{"op", "do"}, {"verb", "fly"}, {"args", Json::array()}}), "no verb \"fly\""));
  CHECK(contains(stage.error({{"op", "do"}}), "no verb"));
  CHECK(contains(stage.error({{"op", "do"}, {"verb", "set_stride"}}), "takes 1 argument; 0 came"));
  CHECK(contains(stage.error({{"op", "do"}, {"verb", "set_stride"}, {"args", {{"n", 2}}}}),
                 "takes 1 argument; 0 came"));
  CHECK(contains(stage.error({{"op", "do"}, {"verb", "set_stride"}, {"args", {Json::array({2})}}}),
                 "must be a whole number"));
  CHECK(stage.session.state().dump() == before);
}

TEST_CASE("view/page_channel: bytes are staged, named by their number, and gone after the next call") {
  Stage stage;
  stage.stage({1, 2, 3});
  stage.stage(idx_images(2));
  stage.ok({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(1)}}});
  CHECK(stage.state()["input"]["source"]["count"] == 2);
  const std::string before = stage.session.state().dump();
  // Nothing is staged any more.
  const std::string sentence =
      stage.error({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(1)}}});
  CHECK(contains(sentence, "must be a block of bytes"));
  CHECK(contains(stage.error({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(0)}}}),
                 "must be a block of bytes"));
  stage.stage(idx_images(5));
  (void)stage.error({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(7)}}});
  (void)stage.error(
      {{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(0)}}});  // the refusal has cleared it
  for (const Json& odd :
       {Json(-1), Json(0.5), Json("0"), Json(nullptr), Json(1e30), Json(18446744073709551615ull)}) {
    CAPTURE(odd.dump());
    stage.stage(idx_images(5));
    (void)stage.error({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", {{"$bytes", odd}}}}});
  }
  CHECK(stage.session.state().dump() == before);
  // Questions in between do not cost the bytes.
  stage.stage(idx_images(3));
  (void)stage.ok({{"op", "state"}}), (void)stage.ok({{"op", "summary"}});
  stage.ok({{"op", "do"}, {"verb", "load_idx"}, {"args", {"three", bytes_named(0)}}});
  CHECK(stage.state()["input"]["source"]["count"] == 3);
}

TEST_CASE("view/page_channel: a bad file is refused and what was loaded stays") {
  Stage stage;
  stage.stage(idx_images(2));
  stage.ok({{"op", "do"}, {"verb", "load_idx"}, {"args", {"two", bytes_named(0)}}});
  const std::string before = stage.session.state().dump();
  std::vector<std::uint8_t> cut = idx_images(2);
  cut.pop_back();
  for (const std::vector<std::uint8_t>& file :
       {cut, std::vector<std::uint8_t>{}, std::vector<std::uint8_t>{0x89, 'P', 'N', 'G'}}) {
    stage.stage(file);
    CHECK(stage.error({{"op", "do"}, {"verb", "load_idx"}, {"args", {"bad", bytes_named(0)}}}).size() > 10);
  }
  CHECK(stage.session.state().dump() == before);
}

TEST_CASE("view/page_channel: the display is taken over, and unknown controls are named") {
  Stage stage;
  const Json told = stage.ok({{"op", "display"},
                              {"theme", "dark"},
                              {"reduced_motion", true},
                              {"touch", true},
                              {"stage_only", true},
                              {"hide", {"presets", "nonsense", 7, "speed", ""}}});
  CHECK(stage.display.theme == ThemeName::dark);
  CHECK(stage.display.reduced_motion);
  CHECK(stage.display.hidden == std::set<std::string, std::less<>>{"presets", "speed"});
  REQUIRE(told["notices"].size() == 2);
  CHECK(told["notices"][0] == "This lesson has no control \"nonsense\" to hide.");
  stage.ok({{"op", "display"}, {"theme", "contrast"}});
  CHECK(stage.display.theme == ThemeName::contrast);
  CHECK(stage.display.hidden.empty());
  CHECK_FALSE(stage.display.reduced_motion);
  for (const Json& theme : {Json("light"), Json("purple"), Json(3), Json(nullptr)}) {
    stage.ok({{"op", "display"}, {"theme", theme}, {"hide", "presets"}});
    CHECK(stage.display.theme == ThemeName::light);
    CHECK(stage.display.hidden.empty());
  }
}

TEST_CASE("view/page_channel: it knows which calls may have changed the stage") {
  Stage stage;
  (void)stage.page.take_touched();
  const auto touched = [&](const Json& request) {
    (void)stage.call(request.dump());
    return stage.page.take_touched();
  };
  for (const char* question : {"lessons", "state", "verbs", "summary"})
    CHECK_FALSE(touched({{"op", question}}));
  for (const char* deed : {"open", "do", "display", "tab", "blur"}) {
    CAPTURE(std::string(deed));
    CHECK(touched({{"op", deed}, {"slug", "convolution"}, {"verb", "play"}}));
  }
  CHECK_FALSE(stage.page.take_touched());
}

TEST_CASE("view/page_channel: random requests are survived, each with an answer") {
  Stage stage;
  const char* const pieces[] = {
      "\"op\"",         "\"do\"",   "\"verb\"",    "\"args\"", "\"open\"",   "\"slug\"",    "\"convolution\"",
      "\"params\"",     "{",        "}",           "[",        "]",          ":",           ",",
      "\"set_stride\"", "\"seek\"", "7",           "-1",       "1e400",      "null",        "true",
      "\"tab\"",        "\"dir\"",  "\"display\"", "\"hide\"", "\"$bytes\"", "\"filters\"", "\"stride\"",
      "\\u0000",        "\""};
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Rng rng(seed);
    std::string text = rng.below(2) ? "{\"op\":" : "";
    for (int i = static_cast<int>(rng.below(14)); i > 0; --i) text += pieces[rng.below(std::size(pieces))];
    if (rng.below(2)) text += "}";
    INFO("seed " << seed << ": " << text);
    const std::optional<Json> reply = Json::parse(stage.call(text));
    REQUIRE((reply && reply->is_object()));
    REQUIRE(reply->contains("ok") != reply->contains("error"));
  }
  stage.settle();
  CHECK(stage.drawn().VtxBuffer.Size > 0);
}
