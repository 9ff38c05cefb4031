// Gallery: the pictures of an open IDX file, page by page.
#pragma once

#include "lesson/picture.h"
#include "view/ui.h"

namespace kg {

class Gallery {
 public:
  bool is_open() const { return open_; }
  void open(int at) { open_ = true, first_ = at; }
  void draw(Ui& ui, const Rect& stage, const Picture& picture);

 private:
  // How many pictures a page holds, and how large they are.
  struct Page {
    int columns = 1, rows = 1;
    float width = 0, height = 0;  // of one place, in CSS pixels
    int size() const { return columns * rows; }
  };
  static Page page_for(const Ui& ui, const Rect& room);

  void pictures(Ui& ui, const Rect& room, const Page& page, const Picture& picture);
  void turning(Ui& ui, Rect row, const Page& page, const Picture& picture);

  bool open_ = false;
  int first_ = 0;  // of the page
};

}  // namespace kg
