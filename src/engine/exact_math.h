// Exact math: functions that give the same bits on every machine.
//
// They use nothing but the operations that IEEE 754 rounds exactly (+ − × ÷) and the bits of a number, never
// libm, whose last bit differs between C libraries: so a training run is the same natively and in the
// browser. (Compile with -ffp-contract=off.)
#pragma once

namespace kg {

// ln x of a positive normal number, within 5e-16 of its value.
double natural_log(double x);

// eˣ, within about 2 units in the last place (Cody and Waite's reduction, and the polynomial of Cephes'
// expf). Beyond ±87.3 it stays at its value there: never 0, never infinity. Not-a-number stays what it is.
// The SIMD kernels compute the same, four at a time (kernels/exp4.h).
float exponential(float x);

// tanh x, within about 2 units in the last place: by exponential(), for small x by an odd polynomial (Cephes'
// tanhf). Not-a-number stays what it is.
float hyperbolic_tangent(float x);

}  // namespace kg
