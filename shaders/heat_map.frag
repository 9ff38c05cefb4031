#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;

in vec2 cell;
out vec4 colour;

uniform sampler2D values;   // all values of the frame, row after row
uniform ivec2 size;         // columns, rows of this map
uniform int first;          // of its values
uniform int shown;          // cells that have a value
uniform int ink;            // 0 diverging, 1 grey, 2 rgb
uniform float reach;
uniform float opacity;
uniform vec3 palette[9];    // −1 … 1
uniform vec4 empty;
uniform vec4 line;
uniform float line_width;   // in cells; 0 for none

float value_at(int index) {
  int width = textureSize(values, 0).x;
  return texelFetch(values, ivec2(index % width, index / width), 0).r;
}

vec3 diverging(float value) {
  float at = (clamp(value, -1.0, 1.0) + 1.0) * 4.0;
  int low = min(int(at), 7);
  return mix(palette[low], palette[low + 1], at - float(low));
}

void main() {
  ivec2 at = min(ivec2(cell), size - 1);
  int index = at.y * size.x + at.x;
  vec2 within = cell - vec2(at);
  if (index >= shown) {
    colour = empty;
  } else if (ink == 2) {
    int base = first + index * 3;
    colour = vec4(vec3(value_at(base), value_at(base + 1), value_at(base + 2)) / reach, 1.0);
  } else {
    float value = value_at(first + index) / reach;
    colour = vec4(ink == 0 ? diverging(value) : vec3(clamp(value, 0.0, 1.0)), 1.0);
  }
  if (line_width > 0.0 && ((within.x < line_width && at.x > 0) || (within.y < line_width && at.y > 0))) {
    colour.rgb = mix(colour.rgb, line.rgb, line.a);
  }
  colour.a *= opacity;
}
