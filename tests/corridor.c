/* corridor.c: see corridor.h. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include <stdlib.h>

ent_status corridor_import(ent_layout layout, const char *path, ent_arena *arena, ent_table *table, ent_error *err)
{
    const ent_import ask = {.layout = layout, .paths = &path, .path_count = 1};
    return ent_table_import(&ask, arena, table, err);
}

ent_options corridor_tolerance(double tolerance)
{
    ent_options options = ent_options_default();
    options.tolerance = tolerance;
    return options;
}

ent_status corridor_open(corridor *c, const ent_table *table, const char *yaml, const char *folder)
{
    const ptrdiff_t duties = table->regions.count * table->regions.count * table->sectors.count;
    *c = (corridor){.table = *table};
    c->table.duty = ent_new(&c->arena, double, duties);
    if (c->table.duty == NULL) return ENT_NO_MEMORY;
    memcpy(c->table.duty, table->duty, (size_t)duties * sizeof *table->duty);
    ENT_TRY(ent_scenario_parse((ent_bytes){yaml, strlen(yaml)}, "test.yaml", folder, &c->arena, &c->scenario, &c->err));
    ENT_TRY(ent_scenario_start(&c->scenario, &c->table, &c->arena, &c->err));
    ENT_TRY(ent_blueprint_default(&c->table, &c->arena, &c->blueprint, &c->err));
    ENT_TRY(ent_scenario_blueprint(&c->scenario, &c->table, &c->arena, &c->blueprint, &c->err));
    ENT_TRY(ent_network_lay(&c->table, &c->blueprint, &c->arena, &c->net, &c->err));
    ENT_TRY(ent_network_check(&c->net, &c->err));
    if (c->blueprint.closure == ENT_CLOSURE_BALANCED) {
        const ent_options tight = corridor_tolerance(1e-13);
        const ent_network stated = c->net;
        ENT_TRY(ent_network_balance(&stated, &tight, &c->arena, &c->net, &c->err));
        ENT_TRY(ent_network_check(&c->net, &c->err));
    }
    return ent_scenario_place(&c->scenario, &c->net, &c->arena, &c->policy, &c->err);
}

ent_status corridor_run(corridor *c, const ent_table *table, const char *yaml, const char *folder,
                        const ent_options *options)
{
    ENT_TRY(corridor_open(c, table, yaml, folder));
    ENT_TRY(ent_equilibrium_solve(&c->net, &c->policy, options, NULL, &c->arena, &c->eq, &c->err));
    return ent_outcome_measure(&c->net, &c->policy, &c->eq, &c->arena, &c->out, &c->err);
}

void corridor_close(corridor *c)
{
    ent_arena_close(&c->arena);
}

/* ---- expected results ---- */

static ptrdiff_t count_of(const char *text, char what)
{
    ptrdiff_t count = 0;
    for (; *text != 0; text++) count += *text == what;
    return count;
}

/* Cut a line into its fields, in place. */
static void cut(char *line, ptrdiff_t columns, char **field)
{
    for (ptrdiff_t c = 0; c < columns; c++) {
        field[c] = line;
        line += strcspn(line, ",");
        if (*line == ',') *line++ = 0;
    }
}

ent_status expected_read(const char *path, ent_arena *arena, expected *e, ent_error *err)
{
    ent_bytes bytes;
    ENT_TRY(ent_bytes_read(path, 0, arena, &bytes, err));
    char *text = ent_string_copy(arena, bytes.data);
    if (text == NULL) return ENT_NO_MEMORY;
    const ptrdiff_t lines = count_of(text, '\n');
    char *end = strchr(text, '\n');
    if (end == NULL) return ent_fail(err, ENT_BAD_INPUT, "%s: holds no line", path);
    *end = 0;
    e->columns = count_of(text, ',') + 1;
    e->name = ent_new(arena, char *, e->columns);
    e->field = ent_new(arena, char *, lines * e->columns);
    if (e->name == NULL || e->field == NULL) return ENT_NO_MEMORY;
    cut(text, e->columns, e->name);
    e->rows = 0;
    for (char *line = end + 1; *line != 0; line = end + 1) {
        end = strchr(line, '\n');
        if (end == NULL) return ent_fail(err, ENT_BAD_INPUT, "%s: its last line is cut", path);
        *end = 0;
        cut(line, e->columns, e->field + e->rows++ * e->columns);
    }
    return ENT_OK;
}

const char *expected_text(const expected *e, ptrdiff_t row, const char *column)
{
    for (ptrdiff_t c = 0; c < e->columns; c++)
        if (strcmp(e->name[c], column) == 0) return e->field[row * e->columns + c];
    fprintf(stderr, "no column %s in the expected results\n", column);
    abort();
}

double expected_number(const expected *e, ptrdiff_t row, const char *column)
{
    const char *text = expected_text(e, row, column);
    return *text == 0 ? NAN : strtod(text, NULL);
}
