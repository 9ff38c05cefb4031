#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "view/focus.h"

using namespace kg;

namespace {

void frame(Focus& focus, const std::vector<std::string>& ids) {
  focus.begin_frame();
  for (const std::string& id : ids) focus.offer(id, "label of " + id);
}

}  // namespace

TEST_CASE(
    "view/focus: Tab visits the controls in the order of drawing and leaves behind the last, both ways") {
  const std::vector<std::string> ids{"a", "b", "c"};
  Focus focus;
  frame(focus, ids);
  for (const std::string& id : ids) {
    CHECK(focus.move(1));
    CHECK(focus.current() == id);
    CHECK(focus.label() == "label of " + id);
    frame(focus, ids);
  }
  CHECK_FALSE(focus.move(1));
  CHECK(focus.current() == "");
  CHECK(focus.label() == "");
  frame(focus, ids);
  CHECK(focus.move(-1));  // coming back from behind: the last one
  CHECK(focus.current() == "c");
  CHECK(focus.move(-1));
  CHECK(focus.move(-1));
  CHECK(focus.current() == "a");
  CHECK_FALSE(focus.move(-1));
}

TEST_CASE("view/focus: with nothing to stop at it never holds the keyboard") {
  Focus focus;
  CHECK_FALSE(focus.move(1));
  CHECK_FALSE(focus.move(-1));
  frame(focus, {});
  CHECK_FALSE(focus.move(1));
}

TEST_CASE("view/focus: a control learns within the frame that it has the focus") {
  Focus focus;
  frame(focus, {"a", "b"});
  focus.take("b");
  focus.begin_frame();
  CHECK_FALSE(focus.offer("a", ""));
  CHECK(focus.offer("b", "B"));
  CHECK(focus.label() == "B");
  focus.drop();
  CHECK(focus.current() == "");
  CHECK_FALSE(focus.offer("c", ""));
}

TEST_CASE("view/focus: a ring is for the keyboard alone") {
  Focus focus;
  frame(focus, {"a", "b"});
  REQUIRE(focus.move(1));
  CHECK(focus.by_keyboard());
  focus.take("b");
  CHECK_FALSE(focus.by_keyboard());
  frame(focus, {"a", "b"});
  REQUIRE(focus.move(-1));
  CHECK(focus.current() == "a");
  CHECK(focus.by_keyboard());
}

TEST_CASE("view/focus: a control that is gone does not trap the keyboard") {
  Focus focus;
  frame(focus, {"a", "b", "c"});
  focus.take("b");
  frame(focus, {"a", "c"});
  frame(focus, {"a", "c"});
  CHECK(focus.label() == "");
  CHECK(focus.move(1));
  CHECK(focus.current() == "a");
}

TEST_CASE("view/focus: the label is there while the next frame is being drawn") {
  Focus focus;
  frame(focus, {"a"});
  focus.take("a");
  focus.begin_frame();
  CHECK(focus.label() == "label of a");
}
