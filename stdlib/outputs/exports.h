#pragma once

#include <string>

#include "stdlib/outputs/result_table.h"

namespace nas {

/// Which networks of a result are exported.
enum class Part { front, best, archive };

/// Rows of the part: the front, its best network by the first objective, or everything that was measured, in order.
/// E818 when the result has none.
Result<std::vector<std::size_t>> rows_of(const ResultTable& table, Part part);

/// One network a row. Columns: the space's first spelling (so that `table(...)` reads the file back), or one per gene; then each
/// metric with its unit in the header (`latency_host_ms`), spread and count where it was repeated, the prediction where there was
/// one, test accuracy where it is known, and whether the row was measured.
Result<std::string> csv_of(const ResultTable& table, Part part);

/// Objectives, conditions, rounds and networks with genes and metrics.
Result<std::string> json_of(const ResultTable& table, const RunFacts& facts, Part part);

/// A script that rebuilds exactly these networks: the space, then one `net.arch(...)` each, with a check of its counts.
Result<std::string> script_of(const ResultTable& table, Part part);

/// A script that defines the space that the search went over, without the options that popdb left out.
Result<std::string> space_script_of(const ResultTable& table);

}  // namespace nas
