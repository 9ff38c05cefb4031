// The engine as the benchmark's contender, one net at a time: it is described layer by layer (kgb_open, the
// layers, kgb_build), its numbers are written into place, and then it runs, one call per step. C functions,
// because they are called from JavaScript, as a page would call them; the native benchmark calls the same.
#pragma once

enum kgb_task { kgb_task_forward = 0, kgb_task_train = 1, kgb_task_ascend = 2 };

extern "C" {

void kgb_open(int n, int h, int w, int c);  // images (N, H, W, C)
void kgb_conv2d(int filters, int kernel, bool same, bool relu);
void kgb_max_pooling2d();  // 2×2
void kgb_flatten();
void kgb_dense(int units, bool softmax);

// Makes the net and room for what will be done with it. Null, or the sentence why it cannot be.
const char* kgb_build(kgb_task task, float learning_rate, float momentum);
void kgb_close();

float* kgb_input();
int kgb_parameters();          // how many: kernel and bias of each layer that has them
float* kgb_parameter(int at);  // in their order
int kgb_parameter_size(int at);
void kgb_parameters_changed();  // to be called after writing them
int* kgb_labels();              // (N)

void kgb_forward();
bool kgb_train();             // a step on the input and the labels; false if training has diverged
void kgb_ascend(int filter);  // ∂(mean of the last layer's channel `filter`)/∂input
const float* kgb_output();    // what kgb_forward gave
const float* kgb_d_input();   // what kgb_ascend gave

// The machine's ceiling: multiply-adds on registers only, on so many sums that none has to wait.
void kgb_ceiling();
double kgb_ceiling_flops();  // of one call

const char* kgb_instruction_set();
}
