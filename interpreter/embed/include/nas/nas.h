/** The language for neural architecture search inside a program: the C interface of libnas.so.
 *
 *  Handles. Objects are reached through handles, which are no addresses: the library looks every one up in a table, so a handle
 * that is null, of another kind, destroyed, or whose owner was destroyed gives an error and a sentence. An interpreter owns the
 * results, spaces and searches that were got from it; they end with it.
 *
 *  Errors. Every function that can fail returns a nas_status and takes, last, a nas_error of the caller or NULL. What goes in is
 *  never changed by a failure; what comes out (`*out`) is left as it was. No C++ exception crosses this border.
 *
 *  Texts. `const char*` that come back are UTF-8, end with a NUL, belong to the handle, and live until the same function is
 * called with it again, or it ends. Texts that go in are copied.
 *
 *  Threads. Any number of interpreters may work at once. One handle is used by one thread at a time: a second call gives
 * NAS_BUSY. nas_interpreter_cancel alone may come at any time, from any thread. There is no global state but the table of
 * handles; nothing is printed, no signal handler is set, locale and current folder stay as they are, and the process is never
 * ended. The variables NAS_STDLIB and NAS_MODULE_DIR of the environment are read.
 */
#ifndef NAS_NAS_H
#define NAS_NAS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NAS_API __attribute__((visibility("default")))

/** Raised when a program that was built with an older header no longer works. Functions and enumerators may be added, and fields
 * at the end of structs with a `size`. */
#define NAS_ABI_VERSION 1
/** The ABI version of the library that is loaded; to be compared with NAS_ABI_VERSION. */
NAS_API int32_t nas_abi_version(void);
/** "nas 0.1.0"; static. */
NAS_API const char* nas_version(void);

typedef enum nas_status {
  NAS_OK = 0,
  /* How a check, a plan or a run ended; the numbers are the exit codes of the tool. */
  NAS_SCRIPT_ERROR = 1, /**< mistakes in the script: nas_interpreter_diagnostic has them all */
  NAS_BAD_USAGE = 2,    /**< no script is loaded */
  NAS_STAGE_FAILED = 3,
  NAS_REQUIREMENT_NOT_MET = 4,
  NAS_EMPTY_RESULT = 5,    /**< no network meets the conditions */
  NAS_INTERNAL_ERROR = 70, /**< a fault of the library */
  NAS_INTERRUPTED = 130,   /**< cancelled; nothing is lost, load the script again and run to go on */
  /* Misuse of this interface, and failures of the world. */
  NAS_NULL_ARGUMENT = 201,
  NAS_NO_SUCH_HANDLE = 202, /**< destroyed, or never a handle */
  NAS_WRONG_HANDLE = 203,   /**< a handle of another kind */
  NAS_OWNER_DESTROYED = 204,
  NAS_BUSY = 205, /**< another call works with this handle: on another thread, or around the callback that calls */
  NAS_OUT_OF_RANGE = 206,
  NAS_WRONG_TYPE = 207,
  NAS_NOT_FOUND = 208,
  NAS_BAD_VALUE = 209,
  NAS_CALLBACK_FAILED = 210, /**< a callback of the program threw */
  NAS_FAILED = 211,          /**< a file that cannot be read and the like */
  NAS_NO_MEMORY = 212
} nas_status;

/** Filled in by a call that fails, and only then: what went wrong, and below it on lines of their own what to do about it. Longer
 *  texts are cut behind a whole character. */
typedef struct nas_error {
  int32_t status; /**< nas_status */
  char text[1020];
} nas_error;

typedef struct nas_interpreter nas_interpreter; /**< reads and runs scripts */
typedef struct nas_result nas_result;           /**< what a stage came to; does not change */
typedef struct nas_space nas_space;             /**< a search space; does not change */
typedef struct nas_search nas_search;           /**< a search that is asked and told */

/* ------------------------------------------------------------------------------------------------------------ interpreters */

typedef enum nas_event { NAS_STEP, NAS_STARTED, NAS_FINISHED, NAS_REUSED, NAS_SKIPPED, NAS_STAGE_FAILURE } nas_event;
typedef enum nas_log_level { NAS_NOTE, NAS_WARNING, NAS_ERROR } nas_log_level;

/** One event of a run; the texts live as long as the callback. */
typedef struct nas_progress {
  nas_event event;
  const char* stage;  /**< "front" */
  const char* what;   /**< "measuring latency@host" */
  const char* detail; /**< "loss 0.61", may be "" */
  double done, total; /**< 0 where it is not known */
  double seconds;     /**< since the stage began */
} nas_progress;

/** What a resolver answers with; copied when it returns. */
typedef struct nas_reply {
  const char* bytes;
  size_t size;
  const char* name; /**< of an import: for diagnostics and for its own imports; NULL = as it was asked for */
} nas_reply;

/** How an interpreter is made: nas_options_init, then what is to be different. Texts and lists are copied; callbacks and
 * `context` have to live as long as the interpreter. NULL callbacks are not called.
 *
 *  Callbacks come one at a time, on the thread that called or on one that it started. They may call nas_interpreter_cancel and
 * use other handles, such as spaces; the interpreter itself is busy (NAS_BUSY). One that throws ends the call with
 * NAS_CALLBACK_FAILED. */
typedef struct nas_options {
  size_t size;               /**< of this struct, set by nas_options_init */
  const char* store_folder;  /**< the run store, made by the first plan or run; ".nas" */
  const char* output_folder; /**< files are written below it; "" = the current folder */
  const char* stdlib_folder; /**< where spaces/ lies; NULL = found beside the library */
  const char* module_folder; /**< where libnas_torch.so lies; NULL = found beside the library */
  const char* const* params; /**< name, value, name, value, ... of the script's parameters; may be NULL */
  size_t param_count;        /**< pairs */
  uint64_t seed;             /**< replaces the script's where has_seed is not 0 */
  int32_t has_seed;
  int32_t threads;                                             /**< 0 = all cores */
  int32_t fresh;                                               /**< 1 = earlier results are passed over */
  int32_t allow_run;                                           /**< 1 = a script may start programs */
  void* context;                                               /**< first argument of every callback below */
  void (*print)(void* context, const char* text, size_t size); /**< what `show` prints */
  void (*progress)(void* context, const nas_progress* event);
  void (*log)(void* context, nas_log_level level, const char* line); /**< each diagnostic, and what stages remark */
  /** The text of an import, before files are looked for; `from` is the name of the text that imports. 1 = answered, 0 = look for
   * a file. */
  int32_t (*import)(void* context, const char* path, const char* from, nas_reply* reply);
  /** The bytes of a script, an import or a table, before the disk; gzip is undone. 1 = answered, 0 = look for a file. */
  int32_t (*open_file)(void* context, const char* path, nas_reply* reply);
  /** Asked about a hundred times a second while a run works; not 0 ends it. The way for signal handlers: they set a flag. */
  int32_t (*cancelled)(void* context);
} nas_options;

/** The defaults; nothing for NULL. */
NAS_API void nas_options_init(nas_options* options);
/** `options` may be NULL. NAS_BAD_VALUE for a `size` that no version had, or parameters without a text. */
NAS_API nas_status nas_interpreter_create(const nas_options* options, nas_interpreter** out, nas_error* error);
/** Ends the interpreter and all that it owns. NAS_BUSY while a call works with it: cancel, and wait for that call. */
NAS_API nas_status nas_interpreter_destroy(nas_interpreter* interpreter, nas_error* error);

#define NAS_WHOLE ((size_t)-1)
/** Takes a script of `size` bytes (NAS_WHOLE: up to its NUL) and forgets the one before, its diagnostics and any cancel. `name`
 * stands in diagnostics and in the store; files that the script names are relative to the current folder. */
NAS_API nas_status nas_interpreter_load_text(nas_interpreter* interpreter, const char* name, const char* text, size_t size,
                                             nas_error* error);
/** The same from a file, to whose folder the script's files are relative. NAS_FAILED where it cannot be read. */
NAS_API nas_status nas_interpreter_load_file(nas_interpreter* interpreter, const char* path, nas_error* error);
/** Gives a parameter of the script another value, written as in the language ("3", "25ms"), from the next check on. A name or
 * value that the script does not take is a mistake that the check reports. nas_interpreter_json(NAS_JSON_PARAMS) lists them. */
NAS_API nas_status nas_interpreter_set_param(nas_interpreter* interpreter, const char* name, const char* value, nas_error* error);

/** Names, types, units, arguments, spaces. NAS_SCRIPT_ERROR with diagnostics. Reads imports and spaces only. */
NAS_API nas_status nas_interpreter_check(nas_interpreter* interpreter, nas_error* error);
/** check, then what would run and what would be reused: NAS_JSON_PLAN. Looks at files and the store. */
NAS_API nas_status nas_interpreter_plan(nas_interpreter* interpreter, nas_error* error);
/** plan, then runs it and blocks until it ends. Measurements made so far are in the store whatever the status is. */
NAS_API nas_status nas_interpreter_run(nas_interpreter* interpreter, nas_error* error);
/** Ends a run soon with NAS_INTERRUPTED; so does a run that follows, until a script is loaded. From any thread, from callbacks
 * too, not from a signal handler. */
NAS_API nas_status nas_interpreter_cancel(nas_interpreter* interpreter, nas_error* error);

/** Mistakes and warnings of the last check, plan or run. */
typedef struct nas_diagnostic {
  const char* code;                           /**< "E302" */
  const char* file;                           /**< the name that the text was loaded under */
  const char* message;                        /**< one sentence */
  const char* hint;                           /**< what to write, may be "" */
  int32_t is_error;                           /**< 0 = a warning */
  int32_t line, column, end_line, end_column; /**< from 1; columns in characters */
} nas_diagnostic;
NAS_API nas_status nas_interpreter_diagnostic_count(nas_interpreter* interpreter, size_t* out, nas_error* error);
/** The texts live until the next check, plan, run or load. */
NAS_API nas_status nas_interpreter_diagnostic(nas_interpreter* interpreter, size_t index, nas_diagnostic* out, nas_error* error);

typedef enum nas_json {
  NAS_JSON_PARAMS,      /**< after a check: [{name, type, help, value, low, high}] */
  NAS_JSON_PLAN,        /**< after a plan: {seed, stages: [{stage, name, needs, action, reason}]} */
  NAS_JSON_DIAGNOSTICS, /**< [{code, severity, file, line, column, message, ...}] */
  NAS_JSON_NAMES,       /**< names in scope after a check: [{name, type, kind, members}] */
  NAS_JSON_RESULTS,     /**< after a run: names of the stages that have a result */
  NAS_JSON_RESULT,      /**< of the stage `argument`, as nas_result_json; null where it has none */
  NAS_JSON_SPACE,       /**< of the space `argument`: {name, genes, networks, smallest, largest}; null where there is none */
  NAS_JSON_COMPONENTS,  /**< all schemas: [{kind, name, doc, args: [{name, type, help, required, default, at_least, at_most}]}] */
  NAS_JSON_RUNS,        /**< runs in the store: [{run, script, started, ended, status}] */
  NAS_JSON_METRICS      /**< all metrics that scripts may name: [{name, unit, dimension, maximise, exact, device, own}] */
} nas_json;
/** `what` is a nas_json; `argument` may be NULL where none is named above. */
NAS_API nas_status nas_interpreter_json(nas_interpreter* interpreter, int32_t what, const char* argument, const char** out,
                                        nas_error* error);

typedef enum nas_text {
  NAS_TEXT_DIAGNOSTICS, /**< with source lines and carets */
  NAS_TEXT_PLAN,
  NAS_TEXT_PLAN_DOT,  /**< for Graphviz */
  NAS_TEXT_FORMATTED, /**< the script in canonical layout; "" where it has syntax errors */
  NAS_TEXT_DOC,       /**< of the component `argument`; NAS_NOT_FOUND where there is none */
  NAS_TEXT_EXPLAIN,   /**< of the code `argument`; NAS_NOT_FOUND where there is none */
  NAS_TEXT_RUN        /**< the run's name in the store; "" before one */
} nas_text;
/** `what` is a nas_text. */
NAS_API nas_status nas_interpreter_text(nas_interpreter* interpreter, int32_t what, const char* argument, const char** out,
                                        nas_error* error);

/* ------------------------------------------------------------------------------------------------------------ results */

/** What the stage `name` came to in the last run; a further run or load does not change it. NAS_NOT_FOUND where it has no result.
 */
NAS_API nas_status nas_interpreter_result(nas_interpreter* interpreter, const char* name, nas_result** out, nas_error* error);
NAS_API nas_status nas_result_destroy(nas_result* result, nas_error* error);
/** All of it: {kind, space, evaluations, hypervolume, front, best, objectives, notes, ...}. */
NAS_API nas_status nas_result_json(nas_result* result, const char** out, nas_error* error);

typedef enum nas_type { NAS_NULL, NAS_BOOLEAN, NAS_INTEGER, NAS_NUMBER, NAS_STRING, NAS_LIST, NAS_OBJECT } nas_type;
/** Fields by name ("evaluations") or by JSON pointer ("/best/accuracy", "/objectives/0/name"). NAS_NOT_FOUND, or NAS_WRONG_TYPE
 * where the field is of another type; an integer is a number too. */
NAS_API nas_status nas_result_type(nas_result* result, const char* field, nas_type* out, nas_error* error);
NAS_API nas_status nas_result_boolean(nas_result* result, const char* field, int32_t* out, nas_error* error);
NAS_API nas_status nas_result_integer(nas_result* result, const char* field, int64_t* out, nas_error* error);
NAS_API nas_status nas_result_number(nas_result* result, const char* field, double* out, nas_error* error);
NAS_API nas_status nas_result_string(nas_result* result, const char* field, const char** out, nas_error* error);

/** A column of a search's front, the best network first. Nothing is copied: the pointers live as long as the result. */
typedef struct nas_column {
  const char* name;         /**< "architecture", "accuracy", "latency@host" */
  const char* unit;         /**< of the numbers: "%", "ms"; "" for counts and texts */
  nas_type type;            /**< NAS_NUMBER or NAS_STRING */
  int32_t measured;         /**< 0 = values of a predictor */
  size_t size;              /**< networks */
  const double* numbers;    /**< NaN where there is no value; NULL for texts */
  const double* spread;     /**< of repeated measurements, or NULL */
  const char* const* texts; /**< NULL for numbers */
} nas_column;
/** NAS_WRONG_TYPE where the result is of no search. */
NAS_API nas_status nas_result_column_count(nas_result* result, size_t* out, nas_error* error);
NAS_API nas_status nas_result_column(nas_result* result, size_t index, nas_column* out, nas_error* error);
NAS_API nas_status nas_result_find_column(nas_result* result, const char* name, nas_column* out, nas_error* error);

/* ------------------------------------------------------------------------------------------------------------ spaces */

/* A genome is a row of nas_space_gene_count bytes, each the index of an option of its gene; genes that have no effect are 0.
 * Genomes that go in are checked (NAS_BAD_VALUE) and made canonical. `n` counts genomes. */

/** A space of the checked script. NAS_NOT_FOUND where there is none, or where a table restricts it. */
NAS_API nas_status nas_interpreter_space(nas_interpreter* interpreter, const char* name, nas_space** out, nas_error* error);
NAS_API nas_status nas_space_destroy(nas_space* space, nas_error* error);
NAS_API nas_status nas_space_gene_count(nas_space* space, size_t* out, nas_error* error);
typedef struct nas_gene {
  const char* name; /**< "stage[1].block[2].kernel" */
  size_t option_count;
  const char* const* options; /**< "3", "5", "7" */
} nas_gene;
/** Lives as long as the space. */
NAS_API nas_status nas_space_gene(nas_space* space, size_t index, nas_gene* out, nas_error* error);
/** How many networks it has, as decimal digits; "at most" where it has conditions on whole networks. */
NAS_API nas_status nas_space_networks(nas_space* space, const char** out, nas_error* error);
/** Networks drawn evenly, all of them alike; the same seed gives the same ones. */
NAS_API nas_status nas_space_sample(nas_space* space, uint64_t seed, size_t n, uint8_t* genomes, nas_error* error);
/** Changes one gene of each; networks stay valid. */
NAS_API nas_status nas_space_mutate(nas_space* space, uint64_t seed, size_t n, uint8_t* genomes, nas_error* error);
/** Uniform crossover of row i of `a` and row i of `b` into row i of `children`. */
NAS_API nas_status nas_space_crossover(nas_space* space, uint64_t seed, size_t n, const uint8_t* a, const uint8_t* b,
                                       uint8_t* children, nas_error* error);
/** Multiply-accumulates and parameters, exact. */
NAS_API nas_status nas_space_macs(nas_space* space, size_t n, const uint8_t* genomes, double* out, nas_error* error);
NAS_API nas_status nas_space_params(nas_space* space, size_t n, const uint8_t* genomes, double* out, nas_error* error);
/** What predictors learn from: one column for every option of every gene, n x feature_count, row by row. */
NAS_API nas_status nas_space_feature_count(nas_space* space, size_t* out, nas_error* error);
NAS_API nas_status nas_space_features(nas_space* space, size_t n, const uint8_t* genomes, float* out, nas_error* error);
/** An architecture as the space spells it, and back. */
NAS_API nas_status nas_space_spell(nas_space* space, const uint8_t* genome, const char** out, nas_error* error);
NAS_API nas_status nas_space_parse(nas_space* space, const char* text, uint8_t* genome, nas_error* error);

/* ------------------------------------------------------------------------------------------------------------ metrics of the
 * program */

typedef struct nas_batch_run nas_batch_run;

/** Networks whose values are asked for; all of it lives as long as the call. */
typedef struct nas_batch {
  size_t size;  /**< of this struct */
  size_t count; /**< networks */
  size_t gene_count;
  const uint8_t* genomes; /**< count x gene_count, canonical, each network once */
  const char* const* spellings;
  const double* macs;
  const double* params;
  const char* arguments;                          /**< of the metric in the script, as JSON: {"images": 500} */
  nas_space* space;                               /**< for the functions above */
  int32_t threads;                                /**< that the function may use */
  int32_t (*cancelled)(const nas_batch_run* run); /**< not 0: the run is to end, give up soon */
  const nas_batch_run* run;                       /**< argument of `cancelled` */
} nas_batch;

/** Which direction of a metric is the better one. */
typedef enum nas_better { NAS_LESS_IS_BETTER = -1, NAS_AS_KNOWN = 0, NAS_MORE_IS_BETTER = 1 } nas_better;

/** A metric whose values a function of the program gives. In a script it is a source, `objective maximize accuracy from NAME()`;
 *  latency, energy and throughput are also a device, `device board = NAME()` and then `latency@board`. It takes part in every
 * search, tactic, predictor and profile as what is measured: each value is in the store before the next batch is asked for.
 *  Its values are those of a metric of the language, or of one that the program brings, which `better`, `unit` and `on_device`
 * declare: "robustness" with NAS_MORE_IS_BETTER and "%", and then `where robustness > 50%`. */
typedef struct nas_metric {
  size_t size;           /**< of this struct; a smaller one of an earlier version will do */
  const char* name;      /**< letters, digits and _ */
  const char* metric;    /**< "accuracy", "loss", "latency", "energy", "throughput", or a name that the language does not use */
  const char* doc;       /**< one sentence, or NULL */
  const char* version;   /**< all that decides the values besides the arguments (weights, code); NULL or "" = never reused */
  const char* arguments; /**< JSON, a list as `args` of NAS_JSON_COMPONENTS; NULL = none */
  int32_t predicts;      /**< 1 = a model gives the values: they are shown as predicted */
  void* context;
  /** Fills in a value for every network, in SI units (s, J, 1/s; shares such as accuracy from 0 to 1), and returns their number;
   * or a negative number with a sentence in `error->text`. Fewer values, values that are no finite numbers, accuracies outside 0
   * to 1 and a C++ exception end the stage with E845 and NAS_STAGE_FAILED. One call at a time. NULL = values can be told only
   * (nas_search_tell).
   */
  int64_t (*evaluate)(void* context, const nas_batch* batch, double* values, nas_error* error);
  /** Called once when nothing needs `context` any more; not where nas_interpreter_add_metric fails. May be NULL. */
  void (*release)(void* context);
  /* Of a metric that the language does not have; of one that it has they may be left out, or say the same. */
  const char* unit;  /**< how values are printed: a unit of the language ("ms", "mJ", "%"); NULL or "" = none */
  int32_t better;    /**< nas_better */
  int32_t on_device; /**< 1 = it is of a device: robustness@phone */
} nas_metric;
/** NAS_BAD_VALUE where the declaration is wrong. The script that was checked has to be checked again. */
NAS_API nas_status nas_interpreter_add_metric(nas_interpreter* interpreter, const nas_metric* metric, nas_error* error);

/* ------------------------------------------------------------------------------------------------------------ ask and tell */

/** The search `name` of the loaded script, driven from outside: told the same values it finds what a run `with direct()` finds.
 * It needs no other stage. Values are not kept in the store. NAS_SCRIPT_ERROR where the script has mistakes, else NAS_NOT_FOUND
 * or NAS_FAILED. */
NAS_API nas_status nas_interpreter_search(nas_interpreter* interpreter, const char* name, nas_search** out, nas_error* error);
NAS_API nas_status nas_search_destroy(nas_search* search, nas_error* error);
/** Its space, owned by the interpreter like any other. */
NAS_API nas_status nas_search_space(nas_search* search, nas_space** out, nas_error* error);
typedef struct nas_search_metric {
  const char* label;     /**< "latency@board"; lives as long as the search */
  const char* dimension; /**< of values, which are SI units: "time", "share" */
  int32_t computed;      /**< 1 = known without being told: what is told for it is passed over */
} nas_search_metric;
NAS_API nas_status nas_search_metric_count(nas_search* search, size_t* out, nas_error* error);
NAS_API nas_status nas_search_metric_at(nas_search* search, size_t index, nas_search_metric* out, nas_error* error);
/** The next networks, n x gene_count bytes, which live until the next ask; none when the search has ended. Asked again before
 * they were told it gives the same ones. */
NAS_API nas_status nas_search_ask(nas_search* search, const uint8_t** genomes, size_t* n, nas_error* error);
/** A value of every metric for every network of the last ask: n x metric_count, row by row, `count` numbers in all. NAS_BAD_VALUE
 * for another number of them and for values that are not finite. */
NAS_API nas_status nas_search_tell(nas_search* search, const double* values, size_t count, nas_error* error);
/** What it has found so far; owned by the interpreter like any other. */
NAS_API nas_status nas_search_result(nas_search* search, nas_result** out, nas_error* error);

#ifdef __cplusplus
}
#endif
#endif
