/* The boundary between the interpreter and a back-end module that is opened at run time. Plain C data; includes nothing of ours. */
#ifndef NAS_BACKEND_H
#define NAS_BACKEND_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NAS_BACKEND_ABI 5u

/* One primitive layer; the fields are those of nas::Layer (interpreter/core/network.h). Shapes: channels, height, width. */
typedef struct nas_layer {
  int32_t kind, act, bias, causal, kernel, stride, pad, groups, heads, slot;
  float epsilon;
  int64_t in[3], out[3];
  int32_t inputs_begin, inputs_count; /* into nas_network::inputs */
} nas_layer;

typedef struct nas_network {
  const nas_layer* layers;
  int32_t layer_count;
  const int32_t* inputs;
} nas_network;

/* The largest weights at one place of a super-network; the fields are those of nas::WeightSlot. */
typedef struct nas_slot {
  int32_t kind, depthwise, bias, kernel;
  int64_t in_channels, out_channels;
} nas_slot;

/* Images as bytes, channels x height x width each, and one label byte each. */
typedef struct nas_images {
  const uint8_t* pixels;
  const uint8_t* labels;
  int64_t count;
  int32_t channels, height, width, classes;
  float mean, deviation; /* of pixel / 255 */
} nas_images;

typedef struct nas_control {
  void* user;
  int (*cancelled)(void* user);                                             /* non-zero: stop soon */
  void (*progress)(void* user, double done, double total, double loss);
  void (*spent)(void* user, const char* part, double seconds);              /* where the time went; null: not asked for */
} nas_control;

typedef struct nas_train {
  const nas_slot* slots;
  int32_t slot_count;
  /* Network i of the sandwich of a step (0 largest, 1 smallest, then random ones); valid until the next step. */
  nas_network (*network)(void* user, int64_t step, int32_t i);
  int32_t networks_per_step;
  nas_images images;
  int64_t steps, batch;
  double learning_rate, momentum, weight_decay, label_smoothing;
  uint64_t seed;
  int32_t threads;
  double checkpoint_seconds;
  const char* checkpoint_path;
  const char* weights_path;
  nas_control control;
} nas_train;

typedef struct nas_score {
  double accuracy, loss, seconds;
} nas_score;

typedef struct nas_evaluate {
  const char* weights_path;
  const nas_slot* slots;
  int32_t slot_count;
  const nas_network* networks;
  int32_t network_count;
  nas_images images;        /* the networks are scored on these */
  nas_images recalibration; /* batch norm statistics of each network come from these; count 0 keeps identity statistics */
  int32_t threads;
  nas_control control;
  void (*done)(void* user, int32_t network, nas_score score);
} nas_evaluate;

typedef struct nas_timing {
  double median_s, half_width_s; /* of the 95 % confidence interval of the median */
  int64_t count;
  int32_t capped, disturbed;
  double seconds;
} nas_timing;

enum { NAS_FLOAT32 = 0, NAS_BFLOAT16 = 1, NAS_FLOAT16 = 2 };

typedef struct nas_latency {
  const nas_network* networks;
  int32_t network_count;
  nas_network reference; /* measured beside every network: when it moves the machine is disturbed */
  int32_t gpu; /* which CUDA device, from 0; below 0: the processor */
  int32_t threads, batch;
  int32_t precision; /* of weights and of everything between layers: NAS_FLOAT32 .. */
  double interval, time_cap_s, drift, least_s; /* a series lasts least_s or longer */
  nas_control control;
  void (*series)(void* user, int begins); /* right before the first (1) and right after the last (0) timed pass of a network */
  void (*done)(void* user, int32_t network, nas_timing timing);
} nas_latency;

typedef struct nas_memory {
  const nas_network* networks;
  int32_t network_count;
  int32_t threads, batch;
  int32_t precision;
  nas_control control;
  /* The most bytes that the processor's allocator holds at once while one batch goes through, images included, weights not. */
  void (*done)(void* user, int32_t network, int64_t bytes, double seconds);
} nas_memory;

/* What a layer's array is: weights and biases (of norms: scale and shift), and the statistics of a batch norm. */
enum { NAS_WEIGHT = 0, NAS_BIAS = 1, NAS_MEAN = 2, NAS_VARIANCE = 3 };

typedef struct nas_extract {
  const char* weights_path;
  const nas_slot* slots;
  int32_t slot_count;
  nas_network network;
  nas_images recalibration; /* as in nas_evaluate */
  nas_control control;
  /* One array of a layer, row-major; valid during the call. */
  void (*array)(void* user, int32_t layer, int32_t role, const float* values, const int64_t* shape, int32_t dimensions);
} nas_extract;

enum { NAS_OK = 0, NAS_FAILED = 1, NAS_CANCELLED = 2 };

typedef struct nas_backend {
  uint32_t abi;
  const char* version; /* "LibTorch 1.13.1" */
  int (*train)(const nas_train* task, char* error, size_t error_size);
  int (*evaluate)(const nas_evaluate* task, char* error, size_t error_size);
  int (*latency)(const nas_latency* task, char* error, size_t error_size);
  int (*extract)(const nas_extract* task, char* error, size_t error_size); /* the weights of one network, cut out of a super-network */
  int (*memory)(const nas_memory* task, char* error, size_t error_size);
} nas_backend;

/* The one symbol of a module; `abi` is what the caller speaks. The caller compares it with nas_backend::abi before it reads on. */
const nas_backend* nas_backend_open(uint32_t abi);
typedef const nas_backend* (*nas_backend_open_function)(uint32_t abi);

#ifdef __cplusplus
}
#endif
#endif
