/* csv.h: one row `…,variable,unit,benchmark,value,ratio` of the CSV files. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/files.h"

/* The columns before `variable`, written once a cell and repeated a variable. Fields are quoted as needed. */
typedef struct {
    ent_text *text;
    ent_target *target;
    const char *key; /* "scenario,code,label," ready to be copied */
    size_t key_size;
} ent_csv_rows;

void ent_csv_value_row(const ent_csv_rows *rows, const ent_variable *variable, double benchmark, double value);
