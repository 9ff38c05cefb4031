// Link verbs: the keys of a link whose values are what a verb is given. What is no such value is refused in
// the same words in every lesson; what the verb itself refuses, in its own.
#pragma once

#include "lesson/lesson.h"
#include "lesson/link.h"

namespace kg {

class LinkVerbs {
 public:
  LinkVerbs(LinkReader& link, Lesson& lesson) : link_(link), lesson_(lesson) {}

  void number(const char* key, const char* verb);
  void whole(const char* key, const char* verb);
  void word(const char* key, const char* verb);
  // How much was trained: `train` with a whole number of what is counted ("batches"), 1 to `most`.
  void trained(const char* key, const char* counted, int most);

 private:
  LinkReader& link_;
  Lesson& lesson_;
};

}  // namespace kg
