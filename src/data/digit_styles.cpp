#include "data/digit_styles.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace kg {
namespace {

constexpr Control corner(int x, int y, int ax = 0, int ay = 0, int bx = 0, int by = 0) {
  return {x, y, ax, ay, bx, by, Join::corner};
}

constexpr Control lift(int x, int y, int ax = 0, int ay = 0, int bx = 0, int by = 0) {
  return {x, y, ax, ay, bx, by, Join::lift};
}

// 0: a where it closes, b how far the ends reach
constexpr Control kZeroPlain[] = {{36, 3, 4, 1},   {14, 14, 0, 4},  {3, 50},
                                  {12, 86, 0, -4}, {33, 98},        {54, 85, 0, 4},
                                  {62, 48},        {52, 14, 0, -4}, {33, 3, -6, 1, -6, 2}};
constexpr Control kZeroTail[] = {{48, 10, 4, 6, 0, 4},
                                 {22, 6, 0, 3},
                                 {4, 48},
                                 {14, 86},
                                 {34, 98},
                                 {56, 80},
                                 {61, 44},
                                 {46, 12, 2, 4},
                                 {24, 4, -8, 3, -4, 0},
                                 {12, 7, -10, 6, -6, 4}};
constexpr Control kZeroCurl[] = {{58, 18, 4, 6},
                                 {38, 3},
                                 {13, 17},
                                 {3, 50},
                                 {13, 86},
                                 {34, 98},
                                 {56, 80},
                                 {60, 42},
                                 {47, 13, -3, 4},
                                 {32, 15, -2, 5},
                                 {28, 28, 6, 8, -4, 4}};
constexpr Control kZeroTop[] = {{20, 4, -4, 2}, {6, 26},       {4, 66},
                                {20, 96},       {42, 94},      {60, 62, 0, -6},
                                {56, 26},       {38, 6, 0, 3}, {18, 8, -6, 4, -6, 6}};
constexpr Control kZeroOpen[] = {{44, 8, 4, 6}, {20, 8},  {4, 40},         {10, 84},
                                 {32, 98},      {54, 84}, {62, 50, 0, -6}, {58, 22, 0, -8, -4, 0}};
constexpr Control kZeroInside[] = {{46, 6, 4, 4},
                                   {22, 4},
                                   {4, 40},
                                   {10, 84},
                                   {32, 98},
                                   {56, 80},
                                   {60, 40},
                                   {46, 8},
                                   {36, 8, -4, 4},
                                   {30, 30, 4, 10, -4, 0},
                                   {26, 46, 8, 16, -8, 4}};
constexpr DigitStyle kZero[] = {{"plain", 6, kZeroPlain},
                                {"crossing tail", 3, kZeroTail},
                                {"inner curl", 1, kZeroCurl, true},
                                {"from the left", 2, kZeroTop},
                                {"stroke inside", 1, kZeroInside, true},
                                {"open", 1, kZeroOpen, true}};

// 1: a the flag's reach, b bends
constexpr Control kOnePlain[] = {{30, 0, 2, 0}, {30, 50, 3, 0, 3, 0}, {30, 100}};
constexpr Control kOneFlag[] = {
    {13, 26, 7, -6, 2, 6}, {25, 14, 3, -2}, corner(34, 1), {33, 50, 2, 0}, {33, 100}};
constexpr Control kOneRound[] = {{14, 18, 6, -4, 0, 6}, {24, 6, 2, 0}, {33, 6}, {33, 50, 2, 0}, {31, 100}};
constexpr Control kOneBase[] = {{14, 22, 6, -6},         corner(33, 1),        {32, 50, 2, 0},       {32, 97},
                                lift(8, 98, 8, 0, 4, 0), {32, 98, 0, 0, 0, 1}, {58, 97, -6, 0, 4, 0}};
constexpr DigitStyle kOne[] = {{"plain", 24, kOnePlain},
                               {"flag", 4, kOneFlag},
                               {"rounded flag", 1, kOneRound, true},
                               {"flag and base", 2, kOneBase}};

// 2: a the loop or the foot, b the head
constexpr Control kTwoAngular[] = {{5, 24, 0, 0, 2, 10},        {18, 7, 0, 0, -2, 3}, {40, 4},
                                   {54, 22, 0, 0, 2, 4},        {44, 48, 3, 0, 2, 4}, {24, 74, 2, -2},
                                   corner(3, 95, -3, -1, 0, 0), {34, 93, 4, -2},      {66, 94, 14, -4}};
constexpr Control kTwoLoop[] = {{6, 26, 0, 0, 3, 9},   {18, 7, 0, 0, -2, 3}, {38, 3},
                                {53, 18, 0, 0, 2, 4},  {48, 44, 0, 0, 2, 3}, {30, 76, 0, -2},
                                {12, 94, 0, 0},        {1, 88, -2, -4},      {8, 73, 0, -10},
                                {28, 79, 0, -8, 0, 1}, {44, 92, 0, 0, 2, 0}, {62, 90, 4, 0, 6, 5}};
constexpr Control kTwoBigLoop[] = {
    {10, 24, 0, 0, 4, 12}, {20, 5, 0, 0, -2, 3},  {44, 4},        {57, 24, 0, 2, 0, 3}, {52, 54},
    {36, 84, 0, 0, 0, 2},  {16, 98, 0, -1},       {2, 86, 0, -6}, {8, 66, 0, -8},       {26, 66, 0, -9},
    {44, 84, 0, -4},       {60, 94, 6, -4, 6, -6}};
constexpr Control kTwoRound[] = {{9, 20, 2, 4, 0, 8},  {28, 3, 0, 0, -4, 2}, {51, 14, 0, 2}, {50, 40, 2, 2},
                                 {24, 72, 0, 0, 3, 0}, {5, 92, -2, -2},      {15, 97, 2, 0}, {38, 94},
                                 {64, 93, 8, -3}};
constexpr Control kTwoZ[] = {{5, 10, 0, 5, 0, 3}, {27, 4, 0, 0, 0, 3},  {50, 8, 3, 2, 0, 4},
                             {46, 27, 3, 3},      {25, 62, 0, 0, 3, 2}, corner(3, 94, -3, -2),
                             {30, 93, 2, -2},     {62, 96, 12, -4}};
constexpr Control kTwoCurl[] = {
    {22, 32, 2, 0, 4, 4}, {10, 24, 0, 0, -2, 4}, {16, 8},        {38, 2}, {56, 18}, {48, 48}, {26, 78},
    corner(6, 94, 0, -4), {34, 91, 0, -3},       {62, 96, 8, -4}};
constexpr Control kTwoWide[] = {{10, 22, 0, 0, 4, 8},
                                {26, 6, 0, 0, 2, 0},
                                {42, 8},
                                {44, 30, 0, 0, 2, 4},
                                {28, 60},
                                {4, 82, -6, 0},
                                {2, 92, -6, 0},
                                {26, 86, 0, -3, 0, 3},
                                {74, 84, 16, -4, 0, 8}};
constexpr Control kTwoHook[] = {{8, 26, 0, 0, 3, 8},
                                {18, 6},
                                {42, 2},
                                {56, 20},
                                {46, 50},
                                {24, 80},
                                corner(2, 97, 0, -3),
                                {22, 88, 0, -4},
                                {42, 94, 0, 3},
                                {62, 84, 6, -8, 0, -6}};
constexpr Control kTwoHead[] = {
    {14, 38, 0, 0, 4, 6}, {6, 22, 0, 0, 0, 4},  {24, 2},        {50, 10},        {54, 40},
    {36, 76, 0, 0, 3, 0}, {14, 92, 0, 0, 0, 3}, {4, 84, 0, -4}, {16, 72, 0, -8}, {36, 84, 0, -4},
    {54, 97, 8, 0, 0, -8}};
constexpr Control kTwoShort[] = {{6, 28, 0, 0, 2, 10},
                                 {20, 8, 0, 0, 0, 3},
                                 {40, 4},
                                 {48, 22},
                                 {40, 52},
                                 {26, 82},
                                 corner(12, 97, -4, 0, 0, -2),
                                 {30, 92, 0, -3},
                                 {46, 95, 10, -3, 0, 3}};
constexpr DigitStyle kTwo[] = {{"angular", 4, kTwoAngular},      {"loop", 5, kTwoLoop},
                               {"big loop", 6, kTwoBigLoop},     {"big head", 5, kTwoHead},
                               {"short foot", 2, kTwoShort},     {"round foot", 2, kTwoRound},
                               {"Z-shaped", 2, kTwoZ},           {"curled head", 1, kTwoCurl, true},
                               {"wide foot", 2, kTwoWide, true}, {"wavy foot", 2, kTwoHook}};

// 3: a the tail, b the waist
constexpr Control kThreeCusp[] = {{6, 13, 0, 5, 0, 5},
                                  {27, 2, 2, 0},
                                  {49, 12},
                                  {44, 33, 0, 0, 0, 3},
                                  corner(22, 46, 4, 0, 8, 0),
                                  {48, 56},
                                  {56, 76},
                                  {36, 97},
                                  {3, 89, 3, -8}};
constexpr Control kThreeLoop[] = {
    {8, 13, 1, 5},         {29, 2},  {50, 13}, {43, 34}, {27, 48, 0, 1, 4, 0}, {17, 46, 0, 0, 4, 0},
    {24, 40, 0, 0, 4, -3}, {46, 52}, {56, 74}, {37, 97}, {2, 88, 2, -7}};
constexpr Control kThreeFlat[] = {{6, 6, 0, 4},
                                  {28, 5, 0, 0, 0, 2},
                                  corner(55, 4, 0, 3),
                                  {40, 23},
                                  corner(23, 41, 2, 2, 5, 0),
                                  {49, 52},
                                  {54, 77},
                                  {33, 98},
                                  {3, 90, 1, -7}};
constexpr Control kThreeSoft[] = {{8, 14, 0, 5, 0, 4},   {30, 2},  {51, 17}, {39, 43, 0, 0, -8, 0},
                                  {45, 52, 0, 0, -8, 0}, {57, 73}, {38, 96}, {4, 88, 3, -10}};
constexpr Control kThreeZig[] = {
    {8, 10, 0, 6},  {30, 3},        {50, 10, 2, 4}, {38, 30},      corner(15, 47, -3, 0, 8, -2),
    {42, 52, 4, 0}, {56, 68, 0, 2}, {44, 88},       {4, 99, 4, -6}};
constexpr Control kThreeHooks[] = {{12, 22, -4, 2, 3, 3},      {14, 8},  {34, 2},  {50, 16}, {40, 38},
                                   corner(24, 44, 0, 0, 8, 0), {46, 52}, {55, 74}, {36, 98}, {12, 92},
                                   {6, 76, 5, -4, -2, 0}};
constexpr Control kThreeLow[] = {
    {4, 12, 2, 6}, {30, 4},  {52, 8, 0, 0, 0, 4}, {40, 28, 0, 0, -6, 2}, {32, 40, 0, 0, -6, 2}, {46, 54},
    {48, 78},      {28, 98}, {2, 96, 2, -6}};
constexpr DigitStyle kThree[] = {{"cusp", 5, kThreeCusp},
                                 {"mid-loop", 2, kThreeLoop},
                                 {"flat top", 1, kThreeFlat},
                                 {"soft waist", 3, kThreeSoft},
                                 {"zig-zag", 3, kThreeZig},
                                 {"narrow waist", 2, kThreeLow},
                                 {"hooked ends", 2, kThreeHooks, true}};

// 4: a the bar, b the upright
constexpr Control kFourOpen[] = {{13, 5, 4, 0, -4, 6}, {8, 32, 0, 0, -2, 4},  corner(4, 57, 0, -6),
                                 {32, 55, 0, -4},      {62, 52, 4, -8},       lift(50, 3, 2, -2, 4, 10),
                                 {47, 50, 0, 0, 2, 0}, {43, 100, 0, 0, -2, 0}};
constexpr Control kFourClosed[] = {{48, 2},
                                   {26, 32},
                                   corner(3, 64, 0, 5),
                                   {34, 63, 0, 2},
                                   {64, 61, 4, -3},
                                   lift(48, 2, 0, 0, 0, 6),
                                   {46, 52},
                                   {44, 100, 0, 0, -3, 0}};
constexpr Control kFourCup[] = {{8, 6, 2, 2, -3, 6},    {5, 36, 0, 0, 0, 4},       {18, 53, 0, -2, 0, 3},
                                {39, 47, 0, -3},        corner(54, 5, 2, 4, 2, 8), {50, 52},
                                {46, 100, -2, 0, -4, 0}};
constexpr Control kFourLoop[] = {{10, 6, 2, 2, 0, 6}, {5, 46},  {16, 58}, {40, 52}, {58, 30, 2, -4},
                                 {57, 8, 0, 4},       {50, 22}, {46, 60}, {42, 100}};
constexpr Control kFourPeak[] = {
    {40, 4, 4, 0, -6, 0},  {20, 30}, {4, 54, 0, 4},         {14, 62, 0, 2}, {40, 54, 0, -2},
    corner(56, 38, 0, -8), {50, 66}, {44, 100, 0, 0, -3, 0}};
constexpr DigitStyle kFour[] = {{"open, two strokes", 5, kFourOpen},
                                {"closed", 4, kFourClosed},
                                {"cup", 3, kFourCup},
                                {"with a loop", 1, kFourLoop, true},
                                {"peaked", 1, kFourPeak, true}};

// 5: a the tail, b the bar
constexpr Control kFiveTwoStrokes[] = {{18, 6, 2, 0, 0, 3},
                                       {13, 24},
                                       corner(9, 44, 0, 2, 0, -4),
                                       {30, 38, 0, -3, 0, 2},
                                       {51, 54, 0, 0, 0, 3},
                                       {50, 80},
                                       {29, 97},
                                       {2, 90, 3, -8},
                                       lift(17, 6, 0, 0, 2, 2),
                                       {38, 5},
                                       {66, 3, 0, 0, 16, -4}};
constexpr Control kFiveOneStroke[] = {{63, 4, 0, 0, 14, -4},
                                      {40, 5, 0, 0, 4, 0},
                                      corner(18, 6, 2, 0),
                                      {14, 24},
                                      corner(10, 45, 1, -6),
                                      {33, 38, 0, -2, 0, 3},
                                      {54, 55, 0, 0, 0, 3},
                                      {50, 83},
                                      {27, 98},
                                      {2, 90, 3, -8}};
constexpr Control kFiveS[] = {{62, 4, 0, 0, 12, -3},
                              {35, 5, 0, 0, 4, 0},
                              {17, 15, 0, 0, 4, 0},
                              {15, 34, 0, -3, 0, 4},
                              {34, 46, 2, -2},
                              {51, 64},
                              {46, 86},
                              {24, 97},
                              {1, 88, 4, -8}};
constexpr Control kFiveSlanted[] = {
    {70, 6, 0, 0, 14, -6}, {46, 10, 0, 0, 4, 0}, corner(28, 12), {18, 34}, corner(14, 44, 2, 2),
    {32, 42, 0, -2},       {44, 58, 2, 0},       {38, 82},       {18, 96}, {0, 86, 4, -8}};
constexpr Control kFiveCurled[] = {{20, 5, 0, 0, 2, 2},
                                   {16, 26},
                                   corner(12, 46, 0, -4),
                                   {34, 38, 0, -3},
                                   {54, 56},
                                   {50, 84},
                                   {28, 98},
                                   {8, 90},
                                   {8, 74, 6, -6},
                                   lift(20, 6),
                                   {40, 5},
                                   {64, 4, 0, 0, 12, -3}};
constexpr Control kFiveApart[] = {{12, 18, 2, 4, 0, 4},
                                  {9, 32},
                                  corner(8, 48, 0, -3),
                                  {30, 42, 0, -3},
                                  {50, 58},
                                  {46, 84},
                                  {24, 98},
                                  {2, 90, 3, -6},
                                  lift(20, 10, 6, 0, 6, 4),
                                  {66, 2, 0, 0, 12, -2}};
constexpr DigitStyle kFive[] = {{"two strokes", 5, kFiveTwoStrokes},
                                {"one stroke", 3, kFiveOneStroke},
                                {"S", 3, kFiveS},
                                {"slanted", 3, kFiveSlanted},
                                {"curled", 3, kFiveCurled, true},
                                {"bar apart", 1, kFiveApart, true}};

// 6: a the loop's height, b its width and the stem's bend
constexpr Control kSixStraight[] = {
    {45, 1, 6, 0, 4, 4},   {24, 26, 2, 0, -2, 0},  {8, 54, 0, -4},   {5, 80, 0, -2},   {25, 98},
    {50, 87, 0, -4, 5, 0}, {52, 64, 0, -12, 5, 0}, {33, 54, 0, -14}, {14, 68, 0, -11}, {7, 84, 2, -4, 2, 2}};
constexpr Control kSixCurved[] = {{55, 9, 2, 4, 4, 2},
                                  {39, 3},
                                  {18, 22},
                                  {4, 58},
                                  {14, 93},
                                  {37, 97, 0, 0, 2, 0},
                                  {56, 78, 0, -7, 5, 0},
                                  {44, 55, 0, -12, 3, 0},
                                  {24, 57, 0, -13},
                                  {8, 76, 0, -8, 2, 3}};
constexpr Control kSixCurl[] = {{40, 2, 4, 0, 6, 2},
                                {14, 36},
                                {4, 72},
                                {21, 97},
                                {46, 88, 0, 0, 4, 0},
                                {50, 65, 0, -7, 4, 0},
                                {35, 54, 2, -8},
                                {22, 66, 0, -5},
                                {24, 82, 4, 0, 4, 2}};
constexpr Control kSixFlat[] = {{16, 2, 8, 0, 6, 0},
                                {8, 34},
                                {4, 72},
                                {14, 94},
                                {42, 97, 0, 0, 6, 0},
                                {64, 78, 0, -5, 8, 0},
                                {54, 56, 0, -12, 6, 0},
                                {30, 58, 0, -12},
                                {12, 80, 0, -4}};
constexpr Control kSixOpen[] = {
    {42, 2, 8, 2, 4, 0},  {16, 36}, {5, 74}, {20, 97}, {44, 92}, {52, 72, 0, -6, 4, 0}, {40, 58, 0, -8},
    {26, 64, 4, -8, 0, 4}};
constexpr Control kSixTight[] = {{38, 2, 8, 2, 6, 3},
                                 {16, 34},
                                 {4, 70},
                                 {16, 96},
                                 {40, 94},
                                 {54, 70, 0, -8},
                                 {46, 46, 0, -10},
                                 {26, 54, 4, -8, 0, 4},
                                 {22, 76, 4, -4, -4, 4}};
constexpr DigitStyle kSix[] = {
    {"straight stem", 4, kSixStraight}, {"curved stem", 4, kSixCurved}, {"curl", 2, kSixCurl},
    {"flat loop", 3, kSixFlat, true},   {"big loop", 2, kSixTight},     {"open loop", 1, kSixOpen, true}};

// 7: a the bar, b the stem
constexpr Control kSevenPlain[] = {
    {3, 9, 0, 6, 0, 2}, {27, 6, 0, 2}, corner(55, 4, 3, 0), {38, 45, 0, 0, 6, 0}, {25, 100, 0, 0, -4, 0}};
constexpr Control kSevenRound[] = {{3, 14, 1, 7},  {25, 5, 0, 1},        {48, 6},
                                   {52, 24, 2, 0}, {37, 58, 0, 0, 4, 0}, {26, 100, 0, 0, -4, 0}};
constexpr Control kSevenSerif[] = {{5, 25, 1, 10, -2, 0}, corner(9, 6),         {32, 8, 0, 2},
                                   corner(55, 4),         {41, 45, 0, 0, 5, 0}, {29, 100, 0, 0, -4, 0}};
constexpr Control kSevenBar[] = {{3, 8, 0, 5},           {28, 6},
                                 corner(56, 4),          {41, 45, 0, 0, 4, 0},
                                 {27, 100, 0, 0, -4, 0}, lift(10, 52, 6, 4, 0, 7),
                                 {36, 51, 0, 0, 0, 7},   {63, 49, -8, -3, 4, 8}};
constexpr Control kSevenTick[] = {{4, 18, 2, 8},       {10, 6, 2, 0},        {28, 12, 0, 3},        {46, 10},
                                  corner(57, 2, 0, 2), {42, 46, 0, 0, 5, 0}, {30, 100, 0, 0, -4, 0}};
constexpr Control kSevenFoot[] = {{4, 10, 0, 5}, {30, 5},        corner(56, 5),  {40, 44, 0, 0, 4, 0},
                                  {28, 92},      {36, 99, 4, 0}, {50, 96, 6, -3}};
constexpr Control kSevenHook[] = {
    {4, 34, 2, 8},         {4, 18}, {16, 6, 0, 0, 0, 3}, {36, 4}, {46, 14}, {44, 46, 2, 0, 4, 0},
    {32, 100, 0, 0, -6, 0}};
constexpr DigitStyle kSeven[] = {
    {"plain", 7, kSevenPlain}, {"round", 5, kSevenRound}, {"serif", 3, kSevenSerif},    {"bar", 4, kSevenBar},
    {"tick", 2, kSevenTick},   {"hooked", 3, kSevenHook}, {"foot", 2, kSevenFoot, true}};

// 8: a the waist, b the ends
constexpr Control kEightOneStroke[] = {{52, 12, 2, 2, 3, 2},
                                       {35, 2},
                                       {13, 12},
                                       {14, 32, 0, -4},
                                       {34, 48, 0, -6},
                                       {52, 66, 0, -4},
                                       {50, 88},
                                       {29, 98},
                                       {8, 87},
                                       {11, 67, 0, -4},
                                       {30, 49, 0, -6},
                                       {50, 30, 0, -4},
                                       {53, 11, -3, 3, -3, 2}};
constexpr Control kEightCircles[] = {
    {33, 3},  {14, 10}, {12, 32, 0, -3},           {32, 45, 0, -5},       {52, 32, 0, -3},
    {50, 9},  {31, 3},  lift(32, 45, 0, -5, 4, 0), {10, 57, 0, -3},       {8, 86},
    {32, 98}, {56, 85}, {54, 57, 0, -3},           {33, 45, 0, -5, -4, 0}};
constexpr Control kEightCentre[] = {
    {32, 48, 0, -6},        {12, 31, 0, -3}, {15, 9},  {36, 2},  {52, 13}, {46, 34, 0, -3},
    {30, 51, 0, -5},        {10, 71},        {12, 91}, {33, 98}, {53, 85}, {49, 63, 0, -3},
    {31, 47, 2, -6, -4, -3}};
constexpr Control kEightTail[] = {{54, 10, 2, 3, 4, 2},
                                  {32, 3},
                                  {13, 14},
                                  {18, 36, 0, -4},
                                  {38, 52, 0, -5},
                                  {52, 72, 0, -3},
                                  {43, 95},
                                  {22, 97},
                                  {9, 82},
                                  {20, 62, 0, -3},
                                  {40, 39, 0, -4},
                                  {60, 10, 3, -3, 8, -4}};
constexpr Control kEightOpenTop[] = {{48, 16, 4, 4, 3, 4},
                                     {34, 6},
                                     {14, 14},
                                     {16, 34, 0, -3},
                                     {36, 50, 0, -4},
                                     {50, 70},
                                     {40, 96},
                                     {18, 96},
                                     {10, 78},
                                     {24, 56, 0, -4},
                                     {44, 36, 0, -3},
                                     {62, 22, 4, -6, 6, -6}};
constexpr Control kEightOpenBottom[] = {
    {50, 98, 6, -6, 3, 0}, {44, 74},        {26, 46, 0, -4}, {12, 26, 0, -3},      {20, 6}, {42, 4},
    {52, 22, 0, -2},       {38, 46, 0, -4}, {18, 70},        {8, 98, -4, -8, 0, 2}};
constexpr Control kEightThin[] = {
    {46, 10, 4, 2, 4, 0}, {30, 2},  {16, 14},        {22, 34, 0, -5}, {34, 52, 0, -8},
    {42, 76, 4, 0},       {32, 98}, {22, 84, -6, 0}, {30, 56, 0, -7}, {46, 28, 0, -3},
    {50, 10, -3, 2, 4, 0}};
constexpr DigitStyle kEight[] = {
    {"one stroke", 5, kEightOneStroke},   {"two circles", 1, kEightCircles},
    {"from the centre", 2, kEightCentre}, {"tail", 4, kEightTail},
    {"open top", 3, kEightOpenTop, true}, {"open bottom", 1, kEightOpenBottom, true},
    {"thin below", 1, kEightThin}};

// 9: a the loop's height, b its width and the stem
constexpr Control kNineStraight[] = {
    {52, 12, 2, 2, 2, 4},  {34, 2},        {12, 14, 0, 0, -3, 0},      {7, 37, 0, 7, -3, 0},
    {24, 48, 0, 11},       {44, 34, 0, 9}, corner(53, 10, 0, 0, 2, 0), {49, 50, 0, 0, 2, 0},
    {42, 100, 0, 0, -4, 0}};
constexpr Control kNineHooked[] = {
    {50, 14, 2, 2}, {33, 3},  {11, 15}, {7, 38, 0, 4},         {25, 48, 0, 5},      {45, 34, 0, 4},
    {53, 12},       {54, 52}, {45, 87}, {26, 99, 0, 0, 0, -2}, {6, 86, 2, -6, 6, 4}};
constexpr Control kNineWrapped[] = {
    {44, 6, 4, 3}, {22, 4}, {6, 26, 0, 2}, {18, 47, 0, 10},      {40, 38, 0, 8},
    {50, 14},      {44, 6}, {50, 24},      {46, 60, 0, 0, 2, 0}, {39, 100, 0, 0, -5, 0}};
constexpr Control kNineOpen[] = {{50, 10, 4, 3, 6, 4},   {32, 3},        {11, 18, 0, 0, -3, 0},
                                 {9, 40, 0, 5},          {28, 48, 0, 8}, {46, 38, 0, 6},
                                 corner(54, 22, 0, -10), {48, 58},       {38, 100, 0, 0, -6, 0}};
constexpr Control kNineCurved[] = {
    {50, 10, 2, 4}, {30, 2},  {9, 18},  {10, 40, 0, 4}, {28, 47, 0, 6},
    {46, 32, 0, 3}, {54, 12}, {52, 40}, {40, 74, 3, 0}, {18, 100, 0, 0, -8, -2}};
constexpr Control kNineSquare[] = {
    {10, 8, 2, 2, -3, 4},   {6, 36, 0, 4},     {20, 48, 0, 4}, {42, 40, 0, 4},     corner(52, 8), {49, 50},
    {44, 100, 0, 0, -4, 0}, lift(12, 8, 2, 2), {30, 3},        {54, 7, 2, 2, 2, 2}};
constexpr Control kNineCup[] = {{20, 4, 4, 2, -4, 4},
                                {6, 24, 0, 2},
                                {14, 46, 0, 6},
                                {36, 44, 0, 6},
                                {52, 16, 0, 4},
                                {40, 3, 0, 0, 4, 2},
                                {26, 8, 0, 0, 6, -2},
                                lift(52, 14, 2, -6, 2, 8),
                                {48, 56},
                                {40, 100, 0, 0, -5, 0}};
constexpr Control kNineBranch[] = {{44, 8, 4, 4, 6, 2}, {24, 4},        {8, 24},
                                   {12, 46, 0, 6},      {32, 46, 0, 6}, {50, 28, 0, 6},
                                   {52, 34, 0, 6},      {46, 66},       {38, 100, 0, 0, -6, 0}};
constexpr Control kNineHorn[] = {{42, 14, 6, 4, 0, 3}, {22, 12, 0, -4},       {6, 28, 0, 0, -2, 0},
                                 {12, 47, 0, 5},       {34, 45, 0, 5},        corner(55, 7, 0, -6, 2, 6),
                                 {49, 56, 0, 0, 2, 0}, {40, 100, 0, 0, -6, 0}};
constexpr DigitStyle kNine[] = {
    {"straight", 5, kNineStraight}, {"hooked", 3, kNineHooked},      {"wrapped", 2, kNineWrapped},
    {"open", 3, kNineOpen},         {"curved stem", 2, kNineCurved}, {"cup and stem", 2, kNineCup},
    {"horn", 3, kNineHorn},         {"branching", 3, kNineBranch},   {"with a lid", 1, kNineSquare, true}};

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
