// What ImGui's renderer asks OpenGL about its state before it draws, answered from what we know.
//
// In a page such a question is not a look into a variable: it goes to the browser's graphics process and
// comes back only when that has drawn everything before it. A dozen of them in each frame made our own thread
// wait for most of its time, which is time that belongs to the lesson's work. Nobody needs the answers: the
// only other one who draws is our Renderer, and it sets all that it relies on. So ImGui hears the state of a
// fresh context, and puts that back.
//
// The build gives ImGui's renderer these names in the place of OpenGL's (cmake/ThirdParty.cmake).
#include <GLES3/gl3.h>

#include <algorithm>

extern "C" {

void kernelglass_gl_get_integerv(GLenum what, GLint* value) {
  switch (what) {
    case GL_ACTIVE_TEXTURE:
      *value = GL_TEXTURE0;
      return;
    case GL_CURRENT_PROGRAM:
    case GL_TEXTURE_BINDING_2D:
    case GL_SAMPLER_BINDING:
    case GL_ARRAY_BUFFER_BINDING:
    case GL_ELEMENT_ARRAY_BUFFER_BINDING:
    case GL_VERTEX_ARRAY_BINDING:
      *value = 0;
      return;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX:
      std::fill_n(value, 4, 0);
      return;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA:
      *value = GL_ONE;
      return;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA:
      *value = GL_ZERO;
      return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA:
      *value = GL_FUNC_ADD;
      return;
    default:
      glGetIntegerv(what, value);
  }
}

GLboolean kernelglass_gl_is_enabled(GLenum) { return GL_FALSE; }

GLboolean kernelglass_gl_is_program(GLuint program) { return program != 0; }
}
