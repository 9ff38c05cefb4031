#include "render/renderer.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/gtc/type_ptr.hpp>
#include <string_view>

#include "embedded.h"

namespace kg {
namespace {

constexpr int kTextureWidth = 1024;

GLuint compile(GLenum kind, std::string_view source) {
  const GLuint shader = glCreateShader(kind);
  const char* text = source.data();
  const GLint length = static_cast<GLint>(source.size());
  glShaderSource(shader, 1, &text, &length);
  glCompileShader(shader);
  return shader;
}

// Lines between cells only where a cell has room for them, and always one device pixel wide.
float line_width(const HeatMap& map, float density) {
  const float cell = map.place.w / static_cast<float>(map.cols) * density;
  return cell >= 8 ? 1.0f / cell : 0.0f;
}

}  // namespace

bool Renderer::create() {
  const GLuint vertex = compile(GL_VERTEX_SHADER, embedded::heat_map_vert());
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, embedded::heat_map_frag());
  program_ = glCreateProgram();
  glAttachShader(program_, vertex);
  glAttachShader(program_, fragment);
  glLinkProgram(program_);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  glGenVertexArrays(1, &vertices_);
  glGenTextures(1, &texture_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  GLint linked = GL_FALSE;
  glGetProgramiv(program_, GL_LINK_STATUS, &linked);
  return linked == GL_TRUE;
}

void Renderer::forget() { program_ = vertices_ = texture_ = 0; }

int Renderer::uniform(const char* name) const { return glGetUniformLocation(program_, name); }

void Renderer::upload(const Scene& scene) {
  const int count = static_cast<int>(scene.values.size());
  const int rows = std::max(1, (count + kTextureWidth - 1) / kTextureWidth);
  std::vector<float> padded(scene.values);
  padded.resize(static_cast<std::size_t>(rows) * kTextureWidth);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, kTextureWidth, rows, 0, GL_RED, GL_FLOAT, padded.data());
}

void Renderer::draw(const Scene& scene, float width, float height, float density) {
  glViewport(0, 0, static_cast<GLsizei>(width * density + 0.5f),
             static_cast<GLsizei>(height * density + 0.5f));
  glDisable(GL_SCISSOR_TEST);
  glClearColor(scene.ground.r, scene.ground.g, scene.ground.b, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  if (scene.maps.empty()) return;
  upload(scene);
  glUseProgram(program_);
  glBindVertexArray(vertices_);
  glActiveTexture(GL_TEXTURE0);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glEnable(GL_BLEND);
  glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);

  const glm::mat4 to_clip = glm::ortho(0.0f, width, height, 0.0f);
  glUniformMatrix4fv(uniform("to_clip"), 1, GL_FALSE, glm::value_ptr(to_clip));
  std::array<glm::vec3, kPaletteSize> palette;
  for (int i = 0; i < kPaletteSize; ++i) {
    const Colour& c = scene.palette[static_cast<std::size_t>(i)];
    palette[static_cast<std::size_t>(i)] = {c.r, c.g, c.b};
  }
  glUniform3fv(uniform("palette"), kPaletteSize, glm::value_ptr(palette[0]));
  glUniform4f(uniform("empty"), scene.empty.r, scene.empty.g, scene.empty.b, scene.empty.a);
  glUniform4f(uniform("line"), scene.line.r, scene.line.g, scene.line.b, scene.line.a);
  glUniform1i(uniform("values"), 0);
  for (const HeatMap& map : scene.maps) {
    glUniform4f(uniform("place"), map.place.x, map.place.y, map.place.w, map.place.h);
    glUniform2f(uniform("cells"), static_cast<float>(map.cols), static_cast<float>(map.rows));
    glUniform2i(uniform("size"), map.cols, map.rows);
    glUniform1i(uniform("first"), map.first);
    glUniform1i(uniform("shown"), map.shown);
    glUniform1i(uniform("ink"), static_cast<int>(map.ink));
    glUniform1f(uniform("reach"), map.reach);
    glUniform1f(uniform("opacity"), map.opacity);
    glUniform1f(uniform("line_width"), line_width(map, density));
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  }
  glBindVertexArray(0);
}

}  // namespace kg
