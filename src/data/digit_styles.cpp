#include "data/digit_styles.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace kg {
namespace {

constexpr Control corner(int x, int y, int sway_x = 0, int sway_y = 0) {
  return {x, y, sway_x, sway_y, Join::corner};
}

constexpr Control lift(int x, int y, int sway_x = 0, int sway_y = 0) {
  return {x, y, sway_x, sway_y, Join::lift};
}

// 0
constexpr Control kZeroPlain[] = {{36, 3, 4, 1}, {14, 16}, {3, 50},  {12, 85},      {33, 98},
                                  {54, 83},      {63, 48}, {53, 14}, {33, 3, -6, 1}};
constexpr Control kZeroTail[] = {{48, 8, 4, 4},  {22, 6, 0, 3},  {4, 48},  {14, 86},
                                 {34, 98},       {56, 80},       {61, 44}, {46, 12, 2, 4},
                                 {24, 4, -8, 3}, {14, 7, -10, 6}};
constexpr Control kZeroCurl[] = {{56, 20, 4, 4},  {38, 3},         {13, 17},      {3, 50},
                                 {13, 86},        {34, 98},        {56, 80},      {60, 42},
                                 {47, 13, -3, 4}, {32, 15, -2, 5}, {30, 26, 6, 6}};
constexpr DigitStyle kZero[] = {
    {"plain", 6, kZeroPlain}, {"crossing tail", 3, kZeroTail}, {"inner curl", 1, kZeroCurl}};

// 1
constexpr Control kOnePlain[] = {{30, 0}, {30, 50, 3, 0}, {30, 100}};
constexpr Control kOneFlag[] = {{15, 24, 5, -3}, {25, 14, 2, -1}, corner(34, 1), {33, 50, 2, 0}, {33, 100}};
constexpr Control kOneBase[] = {{14, 22, 4, -3},   corner(33, 1), {32, 50, 2, 0}, {32, 97},
                                lift(6, 98, 6, 0), {32, 98},      {60, 97, -5, 0}};
constexpr DigitStyle kOne[] = {
    {"plain", 16, kOnePlain}, {"flag", 3, kOneFlag}, {"flag and base", 1, kOneBase}};

// 2
constexpr Control kTwoAngular[] = {{5, 22, 1, 5}, {20, 6},         {42, 4},
                                   {54, 20},      {45, 46, 2, 3},  {24, 74},
                                   corner(3, 95), {32, 94, 0, -2}, {64, 96, 2, -4}};
constexpr Control kTwoLoop[] = {{7, 22, 2, 5},  {22, 5},         {44, 5},  {54, 23},
                                {45, 52},       {26, 83},        {11, 95}, {2, 88, -1, -3},
                                {9, 77, 1, -5}, {26, 82, 2, -3}, {46, 95}, {66, 87, 2, -3}};
constexpr Control kTwoRound[] = {{9, 20, 2, 4}, {28, 3},        {51, 14}, {50, 40, 2, 2}, {24, 72},
                                 {5, 92},       {15, 97, 2, 0}, {38, 94}, {64, 93, 2, -3}};
constexpr Control kTwoZ[] = {{5, 12, 0, 3}, {27, 4},       {50, 9, 0, 2}, {46, 27, 3, 3},
                             {25, 62},      corner(3, 94), {30, 93},      {62, 96, 2, -3}};
constexpr DigitStyle kTwo[] = {
    {"angular", 4, kTwoAngular}, {"loop", 4, kTwoLoop}, {"round foot", 2, kTwoRound}, {"Z-shaped", 2, kTwoZ}};

// 3
constexpr Control kThreeCusp[] = {{6, 13, 2, 3}, {27, 2},  {49, 12}, {44, 33},      corner(22, 46, 4, 0),
                                  {48, 55},      {56, 76}, {36, 97}, {3, 91, 1, -4}};
constexpr Control kThreeLoop[] = {{8, 13, 1, 3},   {29, 2},  {50, 13}, {43, 34}, {27, 48, 0, 1}, {19, 46},
                                  {26, 41, 0, -2}, {46, 52}, {56, 74}, {37, 97}, {2, 89, 0, -4}};
constexpr Control kThreeFlat[] = {{6, 6, 0, 4}, {28, 5},  corner(55, 4), {40, 23},      corner(23, 41, 2, 2),
                                  {49, 52},     {54, 77}, {33, 98},      {3, 92, 1, -4}};
constexpr Control kThreeSoft[] = {{8, 14, 0, 3},   {30, 2},  {51, 17}, {37, 43, -2, 0},
                                  {43, 52, -3, 0}, {57, 73}, {38, 96}, {4, 90, 1, -4}};
constexpr DigitStyle kThree[] = {{"cusp", 5, kThreeCusp},
                                 {"mid-loop", 2, kThreeLoop},
                                 {"flat top", 1, kThreeFlat},
                                 {"soft waist", 3, kThreeSoft}};

// 4
constexpr Control kFourOpen[] = {{13, 5, 4, 0},   {8, 32},         corner(4, 57, 0, -4),
                                 {32, 55, 0, -3}, {62, 52, 0, -4}, lift(50, 3, 2, -2),
                                 {47, 50},        {43, 100}};
constexpr Control kFourClosed[] = {
    {48, 2}, {26, 32}, corner(3, 64, 0, 3), {34, 63}, {64, 61, 0, 3}, lift(48, 2), {46, 52}, {44, 100}};
constexpr Control kFourCup[] = {{8, 6, 2, 2},        {5, 36},  {18, 53},        {39, 47},
                                corner(54, 5, 2, 4), {50, 52}, {46, 100, -2, 0}};
constexpr Control kFourLoop[] = {{10, 6, 2, 2}, {5, 46},  {16, 58}, {40, 52}, {58, 30},
                                 {57, 8},       {50, 22}, {46, 60}, {42, 100}};
constexpr DigitStyle kFour[] = {{"open, two strokes", 5, kFourOpen},
                                {"closed", 2, kFourClosed},
                                {"cup", 3, kFourCup},
                                {"with a loop", 1, kFourLoop}};

// 5
constexpr Control kFiveTwoStrokes[] = {
    {18, 5},  {13, 24},       corner(9, 46, 1, -4), {30, 38, 0, -3}, {52, 52},      {52, 79},
    {30, 97}, {2, 92, 1, -4}, lift(17, 6),          {36, 4},         {62, 3, 3, -2}};
constexpr Control kFiveOneStroke[] = {
    {61, 4, 3, -2},  {40, 5},  corner(18, 6), {14, 24}, corner(10, 45, 1, -4),
    {33, 38, 0, -2}, {55, 55}, {50, 83},      {27, 98}, {2, 91, 1, -4}};
constexpr Control kFiveS[] = {{60, 4, 3, -2}, {35, 5},  {17, 15}, {15, 34, 0, -2}, {34, 45, 2, -1},
                              {51, 62},       {46, 86}, {24, 97}, {1, 90, 1, -4}};
constexpr DigitStyle kFive[] = {
    {"two strokes", 5, kFiveTwoStrokes}, {"one stroke", 3, kFiveOneStroke}, {"S", 3, kFiveS}};

// 6
constexpr Control kSixStraight[] = {{45, 1, 6, 0},   {24, 24},        {8, 54},         {6, 80},
                                    {25, 98},        {49, 88, 0, -3}, {51, 66, 0, -8}, {33, 56, 0, -9},
                                    {14, 70, 0, -6}, {7, 84, 2, -2}};
constexpr Control kSixCurved[] = {{55, 9, 2, 4},   {39, 3},       {18, 24},        {4, 61},
                                  {15, 93},        {37, 97},      {54, 79, 0, -4}, {44, 57, 0, -7},
                                  {24, 59, 0, -7}, {8, 75, 0, -3}};
constexpr Control kSixCurl[] = {{40, 2, 4, 0},   {14, 36},        {4, 72},         {21, 97},      {46, 88},
                                {50, 65, 0, -5}, {35, 54, 2, -6}, {22, 66, 0, -4}, {26, 82, 4, 0}};
constexpr DigitStyle kSix[] = {
    {"straight stem", 4, kSixStraight}, {"curved stem", 4, kSixCurved}, {"curl", 2, kSixCurl}};

// 7
constexpr Control kSevenPlain[] = {{3, 9, 0, 4}, {27, 6, 0, 1}, corner(55, 4), {38, 45, 2, 0}, {25, 100}};
constexpr Control kSevenRound[] = {{3, 14, 1, 4}, {25, 5}, {48, 6}, {52, 24, 2, 0}, {37, 58}, {26, 100}};
constexpr Control kSevenSerif[] = {{6, 22, 1, 4}, corner(8, 6),   {32, 7, 0, 1},
                                   corner(57, 4), {41, 45, 3, 0}, {29, 100}};
constexpr Control kSevenBar[] = {{3, 8, 0, 3},       {28, 6},  corner(56, 4),  {41, 45, 2, 0}, {27, 100},
                                 lift(14, 51, 3, 2), {36, 50}, {57, 48, -4, 0}};
constexpr DigitStyle kSeven[] = {
    {"plain", 8, kSevenPlain}, {"round", 5, kSevenRound}, {"serif", 2, kSevenSerif}, {"bar", 2, kSevenBar}};

// 8
constexpr Control kEightOneStroke[] = {{52, 12, 2, 2},  {35, 2},  {13, 12},       {14, 32}, {34, 48, 0, -3},
                                       {52, 66},        {50, 88}, {29, 98},       {8, 87},  {11, 67},
                                       {30, 49, 0, -3}, {50, 30}, {53, 11, -3, 3}};
constexpr Control kEightCircles[] = {{33, 3},  {14, 10}, {12, 32},     {32, 45}, {52, 32},
                                     {50, 9},  {31, 3},  lift(32, 45), {10, 57}, {8, 86},
                                     {32, 98}, {56, 85}, {54, 57},     {33, 45}};
constexpr Control kEightCentre[] = {{32, 48, 0, -4}, {12, 31},        {15, 9},        {36, 2},  {52, 13},
                                    {46, 34},        {30, 51, 0, -3}, {10, 71},       {12, 91}, {33, 98},
                                    {53, 85},        {49, 63},        {31, 47, 2, -5}};
constexpr Control kEightOpen[] = {{56, 8, 2, 3},   {32, 4},  {12, 14},        {18, 36},
                                  {38, 52, 0, -3}, {52, 72}, {43, 95},        {22, 97},
                                  {9, 82},         {20, 62}, {40, 39, 0, -2}, {57, 14, 3, -3}};
constexpr DigitStyle kEight[] = {{"one stroke", 5, kEightOneStroke},
                                 {"two circles", 1, kEightCircles},
                                 {"from the centre", 2, kEightCentre},
                                 {"open top", 3, kEightOpen}};

// 9
constexpr Control kNineStraight[] = {{52, 12, 2, 2}, {34, 2},        {12, 14}, {7, 37, 0, 3}, {24, 48, 0, 4},
                                     {44, 34, 0, 3}, corner(53, 10), {49, 50}, {42, 100}};
constexpr Control kNineHooked[] = {{50, 14, 2, 2}, {33, 3},        {11, 15},      {7, 38, 0, 3},
                                   {25, 48, 0, 4}, {45, 34, 0, 3}, {53, 12},      {54, 52},
                                   {45, 87},       {26, 99},       {7, 90, 2, -4}};
constexpr Control kNineWrapped[] = {{44, 6, 4, 3}, {22, 4}, {6, 26},  {18, 47, 0, 4}, {40, 38, 0, 3},
                                    {50, 14},      {44, 6}, {50, 24}, {46, 60},       {39, 100}};
constexpr Control kNineOpen[] = {{57, 9, 2, 3},  {34, 3},        {11, 18}, {9, 40},  {29, 47, 0, 3},
                                 {48, 35, 0, 2}, corner(56, 18), {48, 58}, {36, 100}};
constexpr DigitStyle kNine[] = {{"straight", 5, kNineStraight},
                                {"hooked", 2, kNineHooked},
                                {"wrapped", 2, kNineWrapped},
                                {"open", 2, kNineOpen}};

constexpr std::array<std::span<const DigitStyle>, 10> kStyles = {kZero, kOne, kTwo,   kThree, kFour,
                                                                 kFive, kSix, kSeven, kEight, kNine};

// slant, width, thickness
constexpr std::array<DigitHabit, 10> kHabits = {{
    {0.27f, 1.2f, 1.12f},   // 0
    {0.30f, 1.1f, 1.15f},   // 1
    {0.08f, 1.27f, 1.08f},  // 2
    {0.07f, 1.2f, 1.05f},   // 3
    {0.18f, 1.17f, 1.0f},   // 4
    {0.22f, 1.2f, 1.0f},    // 5
    {0.02f, 1.15f, 1.05f},  // 6
    {0.00f, 1.27f, 1.1f},   // 7
    {0.17f, 1.06f, 1.0f},   // 8
    {0.09f, 1.08f, 0.97f},  // 9
}};

}  // namespace

std::span<const DigitStyle> digit_styles(int digit) {
  assert(digit >= 0 && digit <= 9);
  return kStyles[static_cast<std::size_t>(digit)];
}

const DigitHabit& digit_habit(int digit) {
  assert(digit >= 0 && digit <= 9);
  return kHabits[static_cast<std::size_t>(digit)];
}

}  // namespace kg
