#include "lesson/jobs.h"

#include <utility>

namespace kg {

void Jobs::ask(Job job) {
  ++asked_;
  jobs_.push_back(std::move(job));
}

bool Jobs::piece() {
  if (jobs_.empty()) return false;
  const Result<bool> over = jobs_.front().piece();
  if (!over) {
    end(over.sentence(), false, nullptr);
  } else if (*over) {
    end("", false, jobs_.front().value ? jobs_.front().value() : Json(nullptr));
  }
  return true;
}

void Jobs::end(std::string trouble, bool dropped, Json value) {
  ends_.push_back({++ended_, std::move(trouble), dropped, std::move(value)});
  jobs_.pop_front();
}

void Jobs::drop() {
  while (!jobs_.empty()) end("", true, nullptr);
}

std::vector<JobEnd> Jobs::take_ends() { return std::exchange(ends_, {}); }

}  // namespace kg
