/* The language inside a C program: a metric of the program's own, a run with its events, the front as columns, and the same
 * search asked and told. */
#include <nas/nas.h>
#include <stdio.h>
#include <stdlib.h>

static const char* const script =
    "param generations : int = 5 in 1..1000\n"
    "space net = tiny_mobilenet()\n"
    "objective maximize accuracy from size_model()\n"
    "objective minimize macs\n"
    "search front = nsga2(population = 20, generations = generations) with direct()\n"
    "show front.size > 0\n";

/* Ends the program with the sentence of a call that failed. */
static void need(nas_status status, const nas_error* error) {
  if (status == NAS_OK) return;
  fprintf(stderr, "%s\n", error->text);
  exit(status < 128 ? (int)status : 1);
}

/* More parameters, more accuracy: a value for every network of the batch. */
static double model(double params) {
  return 0.9 - 1e4 / (1e5 + params);
}
static int64_t size_model(void* context, const nas_batch* batch, double* values, nas_error* error) {
  size_t i;
  (void)error;
  for (i = 0; i < batch->count; ++i) {
    if (batch->cancelled(batch->run)) return -1;
    values[i] = model(batch->params[i]);
  }
  *(size_t*)context += batch->count;
  return (int64_t)batch->count;
}

static void print(void* context, const char* text, size_t size) {
  (void)context;
  printf("prints: %.*s", (int)size, text);
}
static void progress(void* context, const nas_progress* event) {
  (void)context;
  if (event->event == NAS_FINISHED) printf("finished: %s\n", event->stage);
}

/* Drives the search from here, with the values that a run would measure. */
static void ask_and_tell(nas_interpreter* interpreter, nas_error* error) {
  nas_search* search;
  nas_space* space;
  nas_result* result;
  const uint8_t* genomes;
  size_t n, i, told = 0;
  int64_t evaluations;
  need(nas_interpreter_search(interpreter, "front", &search, error), error);
  need(nas_search_space(search, &space, error), error);
  for (;;) {
    double *params, *values;
    need(nas_search_ask(search, &genomes, &n, error), error);
    if (n == 0) break;
    params = malloc(n * sizeof *params);
    values = malloc(2 * n * sizeof *values);
    if (!params || !values) exit(1);
    need(nas_space_params(space, n, genomes, params, error), error);
    for (i = 0; i < n; ++i) {
      values[2 * i] = model(params[i]); /* accuracy */
      values[2 * i + 1] = 0;            /* macs are computed: what is told is passed over */
    }
    need(nas_search_tell(search, values, 2 * n, error), error);
    told += n;
    free(params);
    free(values);
  }
  need(nas_search_result(search, &result, error), error);
  need(nas_result_integer(result, "evaluations", &evaluations, error), error);
  printf("told: %s\n", (size_t)evaluations == told && told > 20 ? "as many as were asked for" : "something is wrong");
}

int main(int argc, char** argv) {
  const char* folder = argc > 1 ? argv[1] : ".";
  char store[4096];
  size_t evaluated = 0, mistakes;
  nas_error error;
  nas_options options;
  nas_interpreter* interpreter;
  nas_result* front;
  nas_column accuracy, architecture;
  nas_metric metric = {0};

  if (nas_abi_version() != NAS_ABI_VERSION) return 1;
  snprintf(store, sizeof store, "%s/store", folder);
  nas_options_init(&options);
  options.store_folder = store;
  options.output_folder = folder;
  options.print = print;
  options.progress = progress;
  need(nas_interpreter_create(&options, &interpreter, &error), &error);

  metric.size = sizeof metric;
  metric.name = "size_model";
  metric.metric = "accuracy";
  metric.version = "1";
  metric.context = &evaluated;
  metric.evaluate = size_model;
  need(nas_interpreter_add_metric(interpreter, &metric, &error), &error);

  need(nas_interpreter_load_text(interpreter, "embedded", script, NAS_WHOLE, &error), &error);
  need(nas_interpreter_set_param(interpreter, "generations", "8", &error), &error);
  need(nas_interpreter_run(interpreter, &error), &error);
  need(nas_interpreter_result(interpreter, "front", &front, &error), &error);
  need(nas_result_find_column(front, "accuracy", &accuracy, &error), &error);
  need(nas_result_find_column(front, "architecture", &architecture, &error), &error);
  printf("front: %s\n", accuracy.size > 1 && architecture.size == accuracy.size ? "several networks" : "something is wrong");
  printf("best: %.1f %s\n", accuracy.numbers[0], accuracy.unit);
  ask_and_tell(interpreter, &error);

  /* Mistakes are data. */
  need(nas_interpreter_load_text(interpreter, "mistaken", "space net = tiny_mobilenett()\n", NAS_WHOLE, &error), &error);
  if (nas_interpreter_check(interpreter, &error) != NAS_SCRIPT_ERROR) return 1;
  need(nas_interpreter_diagnostic_count(interpreter, &mistakes, &error), &error);
  printf("mistakes: %zu\n%s\n", mistakes, error.text);

  need(nas_interpreter_destroy(interpreter, &error), &error); /* and all that was got from it */
  if (nas_result_find_column(front, "accuracy", &accuracy, &error) != NAS_OWNER_DESTROYED) return 1;
  printf("%s\n", error.text);
  return 0;
}
