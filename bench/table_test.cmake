# SPDX-License-Identifier: Apache-2.0
#
# The table is made from what the program writes: every benchmark has a row.
execute_process(COMMAND ${BENCH} --small --benchmark_out=bench_table.json --benchmark_out_format=json
  RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE told)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "dues_bench: ${told}")
endif()
execute_process(COMMAND ${PYTHON} ${TABLE} bench_table.json RESULT_VARIABLE status OUTPUT_VARIABLE table ERROR_VARIABLE told)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "table.py: ${told}")
endif()
foreach(name "one fee by area" "five kinds of fee" "one account of the city" "explain a line" "load facts" "compile five fees" "results as json")
  if(NOT table MATCHES "\\| ${name} \\|")
    message(FATAL_ERROR "no row for ${name} in:\n${table}")
  endif()
endforeach()
