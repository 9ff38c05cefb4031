#version 300 es
// One quad per heat map; the corner comes from the vertex's number, so there is no vertex buffer.
uniform mat4 to_clip;
uniform vec4 place;  // x, y, width, height in CSS pixels
out vec2 cell;       // in cells, from the upper left corner
uniform vec2 cells;  // columns, rows

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  cell = corner * cells;
  gl_Position = to_clip * vec4(place.xy + corner * place.zw, 0.0, 1.0);
}
