/* netcdf_results.c: the door to netCDF for results: one labelled file that xarray, R and ncview open as it is.
 *
 *   dimensions  scenario, region, sector, importer, exporter (the last two run over the regions)
 *   coordinates their codes, as strings; region_label, sector_label
 *   variables   <name>(scenario, region), sector_<name>(scenario, region, sector),
 *               <name>_se and the like (scenario, region), where somebody asked how sure,
 *               flow_<name>(scenario, importer, exporter, sector); levels with their <…>_benchmark of the same shape,
 *               since a blueprint may give a scenario a benchmark of its own. NaN: not defined, no such flow.
 * No clock and no path goes into the file: the same inputs give the same bytes. */
// SPDX-License-Identifier: MIT
#include "report/files.h"
#include "report/uncertain.h"
#include "report/words.h"
#include <math.h>
#include <netcdf.h>
#include <netcdf_mem.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const ent_view *view;
    ent_error *err;
    int file, scenario, region, sector, importer, exporter; /* the file and its dimensions */
} results;

#define NC_TRY(call)                                                                                                   \
    do {                                                                                                               \
        const int nc_ = (call);                                                                                        \
        if (nc_ != NC_NOERR) return nc_fail(r, nc_);                                                                   \
    } while (0)

static ent_status nc_fail(const results *r, int code)
{
    const ent_status status = code == NC_ENOMEM ? ENT_NO_MEMORY : ENT_BAD_INPUT;
    return ent_fail(r->err, status, "results.nc cannot be made: %s", nc_strerror(code));
}

static ent_status say_attribute(const results *r, int variable, const char *name, const char *text)
{
    if (text == NULL || *text == 0) return ENT_OK;
    NC_TRY(nc_put_att_text(r->file, variable, name, strlen(text), text));
    return ENT_OK;
}

static ent_status say_strings(const results *r, const char *name, int dimension, const char *const *text,
                              const char *long_name)
{
    int variable;
    NC_TRY(nc_def_var(r->file, name, NC_STRING, 1, &dimension, &variable));
    ENT_TRY(say_attribute(r, variable, "long_name", long_name));
    size_t count;
    NC_TRY(nc_inq_dimlen(r->file, dimension, &count));
    const size_t start = 0;
    if (count > 0) NC_TRY(nc_put_vara_string(r->file, variable, &start, &count, (const char **)text));
    return ENT_OK;
}

static ent_status say_dimensions(results *r)
{
    const ent_view *v = r->view;
    const ent_names *regions = &v->table->regions, *sectors = &v->table->sectors;
    NC_TRY(nc_def_dim(r->file, "scenario", (size_t)v->scenarios, &r->scenario));
    NC_TRY(nc_def_dim(r->file, "region", (size_t)v->regions, &r->region));
    NC_TRY(nc_def_dim(r->file, "sector", (size_t)v->sectors, &r->sector));
    NC_TRY(nc_def_dim(r->file, "importer", (size_t)v->regions, &r->importer));
    NC_TRY(nc_def_dim(r->file, "exporter", (size_t)v->regions, &r->exporter));
    ENT_TRY(say_strings(r, "scenario", r->scenario, v->name, "scenario"));
    ENT_TRY(say_strings(r, "region", r->region, regions->code, "region, code"));
    ENT_TRY(say_strings(r, "sector", r->sector, sectors->code, "sector, code"));
    ENT_TRY(say_strings(r, "importer", r->importer, regions->code, "importing region, code"));
    ENT_TRY(say_strings(r, "exporter", r->exporter, regions->code, "exporting region, code"));
    ENT_TRY(say_strings(r, "region_label", r->region, regions->label, "region, name"));
    return say_strings(r, "sector_label", r->sector, sectors->label, "sector, name");
}

static ent_status say_heading(const results *r)
{
    const ent_table *t = r->view->table;
    ENT_TRY(say_attribute(r, NC_GLOBAL, "Conventions", "CF-1.8"));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "title", "Results of entente " ENT_VERSION));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "world", t->name));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "world_sha256", r->view->report->world_hash));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "unit_of_world", t->unit));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "source", t->source));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "licence", t->licence));
    ENT_TRY(say_attribute(r, NC_GLOBAL, "command", r->view->report->command));
    NC_TRY(nc_put_att_int(r->file, NC_GLOBAL, "year", NC_INT, 1, &t->year));
    return ENT_OK;
}

/* What one pair of variables is: its name, dimensions, and a function that fills one scenario's values. */
typedef struct {
    const char *prefix;
    const ent_variable *variable;
    int dimensions[4], rank;
    size_t cells; /* of one scenario */
    void (*fill)(const ent_view *view, ptrdiff_t s, ent_when when, int v, double *out);
    int v;
} array;

static void fill_regions(const ent_view *view, ptrdiff_t s, ent_when when, int v, double *out)
{
    for (ptrdiff_t n = 0; n < view->regions; n++) out[n] = ent_view_region(view, s, when, (ent_region_variable)v, n);
}

/* v: headline variable × fact. */
static void fill_doubts(const ent_view *view, ptrdiff_t s, ent_when when, int v, double *out)
{
    const ent_uncertainty *u = view->report->answers[s].uncertainty;
    const ent_region_variable variable = ent_headline_variables[v / ENT_DOUBTS];
    (void)when;
    for (ptrdiff_t n = 0; n < view->regions; n++) {
        const ent_headline *one = ent_headline_find(u, variable, n);
        out[n] = one == NULL || ent_doubt_word(u, v % ENT_DOUBTS) == NULL ? (double)NAN
                                                                          : ent_doubt_value(one, v % ENT_DOUBTS);
    }
}

static void fill_sectors(const ent_view *view, ptrdiff_t s, ent_when when, int v, double *out)
{
    const ptrdiff_t J = view->sectors;
    for (ptrdiff_t c = 0; c < view->regions * J; c++)
        out[c] = ent_view_sector(view, s, when, (ent_sector_variable)v, c / J, c % J);
}

static void fill_flows(const ent_view *view, ptrdiff_t s, ent_when when, int v, double *out)
{
    const ent_outcome *o = view->report->answers[s].outcome;
    const ptrdiff_t R = view->regions, J = view->sectors;
    const double *x = (when == ENT_BEFORE ? o->flow_benchmark : o->flow_value) + v * o->flows;
    for (ptrdiff_t c = 0; c < R * R * J; c++) out[c] = (double)NAN;
    for (ptrdiff_t e = 0; e < o->flows; e++)
        out[(o->flow_importer[e] * R + o->flow_exporter[e]) * J + o->flow_sector[e]] = x[e];
}

static ent_status say_array(const results *r, const array *a, ent_when when)
{
    ENT_SCRATCH scratch = {0};
    const char *name =
        ent_string_format(&scratch, "%s%s%s", a->prefix, a->variable->name, when == ENT_BEFORE ? "_benchmark" : "");
    const char *label =
        ent_string_format(&scratch, "%s%s", a->variable->label, when == ENT_BEFORE ? ", benchmark" : "");
    double *values = ent_new(&scratch, double, a->cells);
    if (name == NULL || label == NULL || values == NULL)
        return ent_fail(r->err, ENT_NO_MEMORY, "no memory for results.nc");
    const double missing = (double)NAN;
    int variable;
    NC_TRY(nc_def_var(r->file, name, NC_DOUBLE, a->rank, a->dimensions, &variable));
    NC_TRY(nc_def_var_fill(r->file, variable, NC_FILL, &missing));
    if (a->cells > 1000) NC_TRY(nc_def_var_deflate(r->file, variable, 1, 1, 1));
    ENT_TRY(say_attribute(r, variable, "long_name", label));
    ENT_TRY(say_attribute(r, variable, "units", a->variable->unit));
    for (ptrdiff_t s = 0; s < r->view->scenarios; s++) {
        a->fill(r->view, s, when, a->v, values);
        size_t start[4] = {(size_t)s}, count[4] = {1, 1, 1, 1};
        for (int d = 1; d < a->rank; d++) NC_TRY(nc_inq_dimlen(r->file, a->dimensions[d], &count[d]));
        if (a->cells > 0) NC_TRY(nc_put_vara_double(r->file, variable, start, count, values));
    }
    return ENT_OK;
}

static ent_status say_both(const results *r, const array *a)
{
    if (a->variable->kind == ENT_LEVEL) ENT_TRY(say_array(r, a, ENT_BEFORE)); /* an index is 1, a change 0 before */
    return say_array(r, a, ENT_AFTER);
}

static const char *word_of_any(const results *r, int fact)
{
    const char *word = NULL;
    for (ptrdiff_t s = 0; s < r->view->scenarios && word == NULL; s++)
        word = ent_doubt_word(r->view->report->answers[s].uncertainty, fact);
    return word;
}

static ent_status say_doubts(const results *r)
{
    const size_t R = (size_t)r->view->regions;
    for (int v = 0; v < ENT_HEADLINE_VARIABLES * ENT_DOUBTS; v++) {
        ENT_SCRATCH scratch = {0};
        const ent_variable *of = &ent_region_variables[ent_headline_variables[v / ENT_DOUBTS]];
        const char *word = word_of_any(r, v % ENT_DOUBTS);
        if (word == NULL) continue;
        const char *name = ent_string_format(&scratch, "%s_%s", of->name, word);
        const char *label = ent_string_format(&scratch, "%s, %s (docs/UNCERTAINTY.md)", of->label, word);
        if (name == NULL || label == NULL) return ent_fail(r->err, ENT_NO_MEMORY, "no memory for results.nc");
        const ent_variable variable = {name, of->unit, label, ENT_CHANGE};
        ENT_TRY(say_both(r, &(array){"", &variable, {r->scenario, r->region}, 2, R, fill_doubts, v}));
    }
    return ENT_OK;
}

static ent_status say_arrays(const results *r)
{
    const size_t R = (size_t)r->view->regions, J = (size_t)r->view->sectors;
    for (int v = 0; v < ENT_REGION_VARIABLES; v++)
        ENT_TRY(say_both(r, &(array){"", &ent_region_variables[v], {r->scenario, r->region}, 2, R, fill_regions, v}));
    for (int v = 0; v < ENT_SECTOR_VARIABLES; v++)
        ENT_TRY(say_both(
            r,
            &(array){
                "sector_", &ent_sector_variables[v], {r->scenario, r->region, r->sector}, 3, R * J, fill_sectors, v}));
    for (int v = 0; v < ENT_FLOW_VARIABLES; v++)
        ENT_TRY(say_both(r, &(array){"flow_",
                                     &ent_flow_variables[v],
                                     {r->scenario, r->importer, r->exporter, r->sector},
                                     4,
                                     R * R * J,
                                     fill_flows,
                                     v}));
    return ENT_OK;
}

/* The file is made in memory: on a full disk HDF5 cannot close what it has begun, while bytes can be written whole or
 * not at all. The image is handed over by malloc. */
static ent_status take_image(results *r, ent_arena *arena, ent_bytes *bytes)
{
    NC_memio image = {0};
    NC_TRY(nc_close_memio(r->file, &image));
    char *copy = ent_string_copy_n(arena, image.memory, image.size);
    *bytes = (ent_bytes){copy, image.size};
    free(image.memory);
    return copy == NULL ? ent_fail(r->err, ENT_NO_MEMORY, "no memory for results.nc") : ENT_OK;
}

ent_status ent_results_netcdf(const ent_view *view, ent_arena *arena, ent_bytes *bytes, ent_error *err)
{
    results room = {.view = view, .err = err}, *r = &room;
    NC_TRY(nc_create_mem("results.nc", NC_NETCDF4, 4096, &r->file));
    ent_status status = say_heading(r);
    if (status == ENT_OK) status = say_dimensions(r);
    if (status == ENT_OK) status = say_arrays(r);
    if (status == ENT_OK) status = say_doubts(r);
    if (status == ENT_OK) return take_image(r, arena, bytes);
    nc_abort(r->file);
    return status;
}
