// Renderer: draws a Scene with WebGL2 / OpenGL ES 3. Knows no lesson and no interface.
#pragma once

#include <cstdint>

#include "render/scene.h"

namespace kg {

// All GL objects belong to the context that is current at create(); after a lost context call forget(), then
// create().
class Renderer {
 public:
  bool create();  // false if the driver refuses the shaders
  void forget();  // the context is gone, and all objects with it
  // `width` × `height` CSS pixels with `density` device pixels each.
  void draw(const Scene& scene, float width, float height, float density);

 private:
  void upload(const Scene& scene);
  int uniform(const char* name) const;

  std::uint32_t program_ = 0, vertices_ = 0, texture_ = 0;
};

}  // namespace kg
