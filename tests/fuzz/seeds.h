// The corpus: files that our parsers know, and files of the kind that breaks parsers. The fuzz targets start
// from them, the tests replay them on every machine. Whatever a fuzzer finds becomes a seed here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fuzz/properties.h"

namespace fuzz {

// A safetensors file of this header, with so many bytes of data.
inline Bytes with_header(std::string_view header, std::size_t data) {
  Bytes file = {static_cast<std::uint8_t>(header.size() & 255),
                static_cast<std::uint8_t>(header.size() >> 8),
                0,
                0,
                0,
                0,
                0,
                0};
  file.insert(file.end(), header.begin(), header.end());
  for (std::size_t k = 0; k < data; ++k) file.push_back(static_cast<std::uint8_t>(k % 61));
  return file;
}

inline std::vector<Bytes> safetensors_seeds() {
  using namespace kg;
  std::vector<Bytes> seeds;
  seeds.push_back(save_weights(small_network()));
  seeds.push_back(write_safetensors({}));
  seeds.push_back(
      write_safetensors({{{"a", {2, 1}, {1, -2}}, {"b", {}, {3}}, {"c", {0}, {}}}, {{"format", "é\n\""}}}));
  const auto add = [&](std::string_view header, std::size_t data) {
    seeds.push_back(with_header(header, data));
  };
  add(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4);
  add(R"( {"a" : {"shape":[ 1 ],"data_offsets":[0, 4] ,"dtype":"F32"} })", 4);
  add(R"({"b":{"data_offsets":[4,8],"dtype":"F32","shape":[1,1]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})",
      8);
  add(R"({"__metadata__":{"\u00e9\uD83D\uDE00\\\/\b\f\n\r\t":"x"},"\u0000":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})",
      0);
  // Overlap, gap, too long, twice, another type, missing, unknown, sizes that overflow, offsets the wrong way
  // round.
  add(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
      8);
  add(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8);
  add(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 8);
  add(R"({"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}})",
      0);
  add(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", 4);
  add(R"({"a":{"dtype":"F32","shape":[1]}})", 4);
  add(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":{}}})", 4);
  add(R"({"a":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}})", 0);
  add(R"({"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[18446744073709551615,3]}})", 4);
  add(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})", 8);
  add("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}\0\0", 4);
  add("{\"\xed\xa0\x80\":{}}", 0);
  add(std::string(60, '['), 0);
  add(R"({"a":)", 0);
  seeds.push_back(Bytes(8, 0xFF));
  seeds.push_back(Bytes(16, 0));
  seeds.push_back({});
  // Values that are no numbers: not-a-number, infinity.
  for (const int byte : {0xC0, 0x80}) {
    Bytes file = with_header(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 2);
    file.push_back(static_cast<std::uint8_t>(byte));
    file.push_back(0x7F);
    file[file.size() - 4] = file[file.size() - 3] = 0;
    seeds.push_back(file);
  }
  return seeds;
}

inline std::vector<Bytes> idx_seeds() {
  const auto file = [](int kind, std::vector<int> sizes, std::size_t data) {
    Bytes bytes = {0, 0, 8, static_cast<std::uint8_t>(kind)};
    for (const int size : sizes) put_big_endian(bytes, size);
    for (std::size_t k = 0; k < data; ++k) bytes.push_back(static_cast<std::uint8_t>(k * 37 & 255));
    return bytes;
  };
  return {file(3, {2, 3, 2}, 12),
          file(3, {1, 1, 1}, 1),
          file(3, {1, 28, 28}, 784),
          file(1, {5}, 5),
          file(1, {1}, 1),
          file(3, {0, 28, 28}, 0),
          file(3, {1, 0, 0}, 0),
          file(3, {1, 1025, 1}, 1025),
          file(3, {-1, -1, -1}, 0),
          file(3, {0x01000000, 16, 16}, 4),
          file(1, {-1}, 0),
          file(1, {0}, 0),
          file(2, {2, 2}, 4),
          file(3, {2, 3, 2}, 11),
          file(3, {2, 3, 2}, 13),
          {0, 0, 8},
          {},
          {0x1F, 0x8B, 8, 0, 0, 0, 0, 0}};
}

}  // namespace fuzz
