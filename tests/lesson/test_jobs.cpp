// Jobs: done in order, piece by piece, and each end is told once.
#include <doctest/doctest.h>

#include "lesson/jobs.h"

using namespace kg;

namespace {

Job counted(int pieces, int& done) {
  return {[=, &done, left = pieces]() mutable -> Result<bool> { return ++done, --left == 0; },
          [&done] {
            return Json{{"done", done}};
          }};
}

}  // namespace

TEST_CASE("lesson/jobs: one after the other, and each tells its end") {
  Jobs jobs;
  int first = 0, second = 0;
  CHECK_FALSE(jobs.piece());
  jobs.ask(counted(2, first));
  jobs.ask(counted(1, second));
  CHECK(jobs.asked() == 2);
  CHECK(jobs.piece());
  CHECK(first == 1);
  CHECK(jobs.take_ends().empty());
  CHECK(jobs.piece());
  CHECK(jobs.piece());
  CHECK(second == 1);
  CHECK(jobs.empty());
  const auto ends = jobs.take_ends();
  REQUIRE(ends.size() == 2);
  CHECK(ends[0].number == 1);
  CHECK(ends[0].value["done"] == 2);
  CHECK(ends[1].number == 2);
  CHECK(jobs.take_ends().empty());
}

TEST_CASE("lesson/jobs: one that fails says why, and the next goes on") {
  Jobs jobs;
  int done = 0;
  jobs.ask({[]() -> Result<bool> { return Error{"It rains."}; }});
  jobs.ask(counted(1, done));
  while (jobs.piece()) {
  }
  const auto ends = jobs.take_ends();
  REQUIRE(ends.size() == 2);
  CHECK(ends[0].trouble == "It rains.");
  CHECK(ends[0].value.is_null());
  CHECK(ends[1].trouble == "");
}

TEST_CASE("lesson/jobs: dropped ones end, too") {
  Jobs jobs;
  int done = 0;
  jobs.ask(counted(5, done));
  jobs.ask(counted(5, done));
  (void)jobs.piece();
  jobs.drop();
  CHECK(jobs.empty());
  const auto ends = jobs.take_ends();
  REQUIRE(ends.size() == 2);
  for (const JobEnd& end : ends) CHECK((end.dropped && end.value.is_null() && end.trouble.empty()));
  CHECK(done == 1);
}
