/* corridor.h: the way of the program (table, network, scenario, equilibrium, outcome) in one hand, for tests that need
 * all of it: worlds by import, scenarios as YAML text, so that what is tested is what a user meets. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table; /* with the scenario's start */
    ent_blueprint blueprint;
    ent_network net;
    ent_scenario scenario;
    ent_policy policy;
    ent_equilibrium eq;
    ent_outcome out;
} corridor;

/* A world from a source's folder. */
ent_status corridor_import(ent_layout layout, const char *path, ent_arena *arena, ent_table *table, ent_error *err);
/* From a table to an outcome. `yaml` is the scenario's text, its paths relative to `folder`; `options` or NULL. The
 * table is copied where the scenario changes it (duties). Close with corridor_close(). */
ent_status corridor_run(corridor *c, const ent_table *table, const char *yaml, const char *folder,
                        const ent_options *options);
/* The same without solving: table, blueprint, net and policy. */
ent_status corridor_open(corridor *c, const ent_table *table, const char *yaml, const char *folder);
void corridor_close(corridor *c);

/* Defaults but for the tolerance. */
ent_options corridor_tolerance(double tolerance);

/* A CSV file with a header and no quotes: what the data sets' expected results are. Fields stay text. */
typedef struct {
    ptrdiff_t columns, rows;
    char **name;  /* [columns] */
    char **field; /* [rows][columns] */
} expected;

ent_status expected_read(const char *path, ent_arena *arena, expected *e, ent_error *err);
const char *expected_text(const expected *e, ptrdiff_t row, const char *column); /* aborts on an unknown column */
double expected_number(const expected *e, ptrdiff_t row, const char *column);    /* NaN where the field is empty */
