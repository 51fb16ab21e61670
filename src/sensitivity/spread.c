/* spread.c: standard errors of elasticities from a file, or the default, and draws of elasticities from them.
 *
 * A drawn elasticity is log-normal with the blueprint's number as mean and `se` as standard deviation, so it stays
 * positive:  θ' = exp(log θ − s²/2 + s x),  s² = log(1 + (se/θ)²),  x standard normal; with correlation ρ
 * x = √(1−ρ) x_own + √ρ x_common, where ρ holds between logs. */
// SPDX-License-Identifier: MIT
#include "sensitivity/spread.h"
#include "num/random.h"
#include "text/records.h"
#include <math.h>
#include <string.h>

enum {
    LARGEST_FILE = 64 << 20
};
#define LARGEST_RATIO 10.0 /* of a standard error to its elasticity: more is a mistake in the unit */

/* ---- keys ---- */

static const struct {
    const char *key;
    size_t member, derivative;
    int by_sector, derived; /* derived: NaN in a blueprint stands for what another elasticity says */
} keys[ENT_PARAMETERS] = {
#define PLACE(member) offsetof(ent_blueprint, member), offsetof(ent_derivatives, member)
    {"elasticities", PLACE(trade_elasticity), 1, 0},
    {"home_elasticity", PLACE(home_elasticity), 1, 1},
    {"output_elasticity", PLACE(output_elasticity), 1, 0},
    {"factor_elasticity", PLACE(factor_elasticity), 1, 0},
    {"material_elasticity", PLACE(material_elasticity), 1, 0},
    {"scale", PLACE(scale), 1, 1},
    {"consumption_elasticity", PLACE(consumption_elasticity), 0, 0},
    {"labour_supply", PLACE(labour_supply), 0, 0},
#undef PLACE
};

const char *ent_parameter_words(ent_parameter_kind kind)
{
    return keys[kind].key;
}

int ent_parameter_by_sector(ent_parameter_kind kind)
{
    return keys[kind].by_sector;
}

double *ent_parameter_place(ent_blueprint *blueprint, const ent_parameter *parameter)
{
    void *member = (char *)blueprint + keys[parameter->kind].member;
    return keys[parameter->kind].by_sector ? *(double **)member + parameter->sector : member;
}

double ent_parameter_derivative(const ent_derivatives *derivatives, const ent_parameter *parameter)
{
    const void *member = (const char *)derivatives + keys[parameter->kind].derivative;
    return keys[parameter->kind].by_sector ? (*(double *const *)member)[parameter->sector] : *(const double *)member;
}

/* ---- the file ---- */

typedef struct {
    const char *path;
    const ent_table *table;
    const ent_blueprint *blueprint;
    ent_arena *arena;
    ent_error *err;
    ent_records records;
    ptrdiff_t key, sector, se, relative; /* columns; -1: not there */
    ent_names known;                     /* keys */
    double *found;                       /* [ENT_PARAMETERS][sectors] se; NaN: no row */
    ptrdiff_t *line;                     /* [ENT_PARAMETERS][sectors+1] where; the last for `all` */
    double all[ENT_PARAMETERS];          /* relative (negative: −se) or NaN */
} reading;

static ent_status no_memory(const reading *r)
{
    return ent_fail(r->err, ENT_NO_MEMORY, "%s: no memory for standard errors", r->path);
}

static double value_of(const reading *r, ent_parameter_kind kind, ptrdiff_t sector)
{
    ent_blueprint blueprint = *r->blueprint; /* members are borrowed and only read */
    const ent_parameter one = {.kind = kind, .sector = sector};
    return *ent_parameter_place(&blueprint, &one);
}

static ent_status find_columns(reading *r)
{
    const ent_names *columns = &r->records.columns;
    ENT_TRY(ent_records_column(&r->records, "sector", &r->sector, r->err));
    r->key = ent_names_find(columns, "key");
    r->relative = ent_names_find(columns, "relative_se");
    r->se = ent_names_find(columns, "se");
    if (r->se < 0) r->se = ent_names_find(columns, "theta_se");
    if (r->se < 0 && r->relative < 0)
        return ent_fail(r->err, ENT_BAD_INPUT,
                        "%s:1: no column holds standard errors; name it `se` (in the elasticity's own unit) or "
                        "`relative_se` (a fraction of it)",
                        r->path);
    if (r->se >= 0 && r->relative >= 0)
        return ent_fail(r->err, ENT_BAD_INPUT,
                        "%s:1: `%s` and `relative_se` say the same thing twice; keep one of them", r->path,
                        columns->code[r->se]);
    return ENT_OK;
}

/* What a row speaks of. *sector -1: all sectors, or the key's one number. */
static ent_status read_name(reading *r, ent_parameter_kind *kind, ptrdiff_t *sector)
{
    ptrdiff_t key = 0;
    if (r->key >= 0 && r->records.field[r->key].length > 0)
        ENT_TRY(ent_records_known(&r->records, r->key, &r->known, "key of standard errors", &key, r->err));
    *kind = (ent_parameter_kind)key;
    *sector = -1;
    const ent_field *field = &r->records.field[r->sector];
    if (ent_field_is(field, "all") && ent_names_find(&r->table->sectors, "all") < 0) return ENT_OK;
    if (!keys[key].by_sector) {
        if (field->length == 0) return ENT_OK;
        return ENT_RECORDS_FAIL(&r->records, r->sector, r->err,
                                "%s is one number for all sectors; leave the sector empty", keys[key].key);
    }
    return ent_records_known(&r->records, r->sector, &r->table->sectors, "sector", sector, r->err);
}

static const char *name_of(const reading *r, ent_parameter_kind kind, ptrdiff_t sector, ent_arena *scratch)
{
    if (sector < 0) return keys[kind].key;
    const char *name = ent_string_format(scratch, "%s of %s", keys[kind].key, r->table->sectors.code[sector]);
    return name != NULL ? name : keys[kind].key;
}

/* Can a number be uncertain? One that follows from another is as uncertain as the other; one of 0 has no logs. */
static ent_status check_value(const reading *r, ptrdiff_t column, ent_parameter_kind kind, ptrdiff_t sector)
{
    ENT_SCRATCH scratch = {0};
    const double value = value_of(r, kind, sector);
    const char *name = name_of(r, kind, sector, &scratch);
    if (isnan(value) && keys[kind].derived)
        return ENT_RECORDS_FAIL(&r->records, column, r->err,
                                "%s follows from the trade elasticity and is as uncertain as that; to give it a "
                                "standard error of its own, give the blueprint its number first",
                                name);
    if (!(value > 0.0))
        return ENT_RECORDS_FAIL(&r->records, column, r->err,
                                "%s is %.10g, and an uncertain elasticity is drawn from positive numbers; give the "
                                "blueprint a number above 0, or leave the standard error out",
                                name, value);
    return ENT_OK;
}

static ent_status read_row(reading *r)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t J = r->table->sectors.count, column = r->se >= 0 ? r->se : r->relative;
    ent_parameter_kind kind;
    ptrdiff_t sector;
    double se;
    ENT_TRY(read_name(r, &kind, &sector));
    ENT_TRY(ent_records_number(&r->records, column, &se, r->err));
    const int by_sector = keys[kind].by_sector, all = by_sector && sector < 0;
    const char *name = all ? "all" : name_of(r, kind, sector, &scratch);
    if (se < 0.0)
        return ENT_RECORDS_FAIL(&r->records, column, r->err,
                                "the standard error of %s is negative (%.10g); it must be 0 or more", name, se);
    ptrdiff_t *line = &r->line[kind * (J + 1) + (sector < 0 ? J : sector)];
    if (*line != 0)
        return ENT_RECORDS_FAIL(&r->records, r->sector, r->err, "%s stands in line %td already; keep one of them", name,
                                *line);
    *line = r->records.field[r->sector].line;
    if (se > 0.0 && !all) ENT_TRY(check_value(r, column, kind, sector));
    if (all)
        r->all[kind] = r->se >= 0 ? -se : se;
    else
        r->found[kind * J + (sector < 0 ? 0 : sector)] = r->se >= 0 ? se : se * value_of(r, kind, sector);
    return ENT_OK;
}

/* Sector `all`: every sector without a row of its own whose number can be uncertain. */
static void spread_all(reading *r)
{
    const ptrdiff_t J = r->table->sectors.count;
    for (int k = 0; k < ENT_PARAMETERS; k++)
        for (ptrdiff_t j = 0; keys[k].by_sector && !isnan(r->all[k]) && j < J; j++) {
            const double value = value_of(r, (ent_parameter_kind)k, j);
            if (r->line[k * (J + 1) + j] == 0 && value > 0.0)
                r->found[k * J + j] = r->all[k] > 0.0 ? r->all[k] * value : -r->all[k];
        }
}

static ent_status too_large(const reading *r, ent_parameter_kind kind, ptrdiff_t sector, double se)
{
    ENT_SCRATCH scratch = {0};
    const char *name = name_of(r, kind, keys[kind].by_sector ? sector : -1, &scratch);
    return ent_fail(
        r->err, ENT_BAD_INPUT,
        "%s: the standard error of %s is %.10g, more than %g times the number itself (%.10g); is it meant in "
        "another unit? `se` is in the elasticity's own, `relative_se` a fraction of it",
        r->path, name, se, LARGEST_RATIO, value_of(r, kind, sector));
}

static ent_status collect(const reading *r, ent_spread *spread)
{
    const ptrdiff_t J = r->table->sectors.count;
    spread->parameter = ent_new0(r->arena, ent_parameter, ENT_PARAMETERS * J);
    if (spread->parameter == NULL) return no_memory(r);
    for (int k = 0; k < ENT_PARAMETERS; k++)
        for (ptrdiff_t j = 0; j < (keys[k].by_sector ? J : 1); j++) {
            const double se = r->found[k * J + j];
            if (!(se > 0.0)) continue;
            const ent_parameter_kind kind = (ent_parameter_kind)k;
            if (!(se <= LARGEST_RATIO * value_of(r, kind, j))) return too_large(r, kind, j, se);
            spread->parameter[spread->count++] =
                (ent_parameter){kind, keys[k].by_sector ? j : -1, value_of(r, kind, j), se};
        }
    return ENT_OK;
}

static ent_status take_room(reading *r, ent_arena *scratch)
{
    const ptrdiff_t J = r->table->sectors.count;
    r->found = ent_new(scratch, double, ENT_PARAMETERS *J);
    r->line = ent_new0(scratch, ptrdiff_t, ENT_PARAMETERS * (J + 1));
    if (r->found == NULL || r->line == NULL) return no_memory(r);
    for (ptrdiff_t p = 0; p < ENT_PARAMETERS * J; p++) r->found[p] = NAN;
    for (int k = 0; k < ENT_PARAMETERS; k++) {
        ptrdiff_t index;
        r->all[k] = NAN;
        if (ent_names_add(&r->known, scratch, keys[k].key, NULL, &index) != ENT_OK) return no_memory(r);
    }
    return ENT_OK;
}

ent_status ent_spread_parse(ent_bytes bytes, const char *path, const ent_table *table, const ent_blueprint *blueprint,
                            ent_arena *arena, ent_spread *spread, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    reading r = {.path = path, .table = table, .blueprint = blueprint, .arena = arena, .err = err};
    *spread = (ent_spread){.source = ent_string_copy(arena, path)};
    if (spread->source == NULL) return no_memory(&r);
    ENT_TRY(take_room(&r, &scratch));
    ENT_TRY(ent_records_open(&r.records, bytes, path, &scratch, err));
    ENT_TRY(find_columns(&r));
    for (int found = 1; found;) {
        ENT_TRY(ent_records_next(&r.records, &found, err));
        if (found) ENT_TRY(read_row(&r));
    }
    if (r.records.row == 0)
        return ent_fail(err, ENT_BAD_INPUT,
                        "%s: no row gives a standard error; write a line `SECTOR,NUMBER` for each uncertain elasticity",
                        path);
    spread_all(&r);
    return collect(&r, spread);
}

/* ---- the default ---- */

static const struct {
    const char *sector;
    double relative;
} defaults[] = {
#define SPREAD(sector, relative) {sector, relative},
#include "sensitivity/spread_default.def"
#undef SPREAD
};
enum {
    DEFAULTS = sizeof defaults / sizeof *defaults
};

static ent_status default_spread(const ent_table *table, const ent_blueprint *blueprint, ent_arena *arena,
                                 ent_spread *spread, ent_error *err)
{
    *spread = (ent_spread){
        .source = "the disagreement of eight published sources of trade elasticities",
        .parameter = ent_new0(arena, ent_parameter, table->sectors.count),
    };
    if (spread->parameter == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for standard errors");
    for (ptrdiff_t j = 0; j < table->sectors.count; j++) {
        int d = 0;
        while (d < DEFAULTS && strcmp(defaults[d].sector, table->sectors.code[j]) != 0) d++;
        if (d == DEFAULTS)
            return ent_fail(err, ENT_BAD_INPUT,
                            "the default standard errors are those of the sectors of baseline2022, and %s of %s is "
                            "none of them; give a file with the columns sector and se",
                            table->sectors.code[j], table->name);
        const double theta = blueprint->trade_elasticity[j];
        spread->parameter[spread->count++] =
            (ent_parameter){ENT_PARAMETER_ELASTICITIES, j, theta, defaults[d].relative * theta};
    }
    return ENT_OK;
}

ent_status ent_spread_read(const char *path, const ent_table *table, const ent_blueprint *blueprint, ent_arena *arena,
                           ent_spread *spread, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    if (strcmp(path, "default") == 0) return default_spread(table, blueprint, arena, spread, err);
    ENT_TRY(ent_bytes_read(path, LARGEST_FILE, &scratch, &bytes, err));
    return ent_spread_parse(bytes, path, table, blueprint, arena, spread, err);
}

/* ---- draws ---- */

void ent_spread_draw(const ent_spread *spread, uint64_t seed, ptrdiff_t draw, double *value)
{
    /* the common factor is the first number of a stream of its own, so that ρ changes nothing else */
    double common;
    ent_random_normals(seed, (uint64_t)draw << 1 | 1u, 1, &common);
    ent_random_normals(seed, (uint64_t)draw << 1, spread->count, value);
    for (ptrdiff_t p = 0; p < spread->count; p++) {
        const ent_parameter *one = &spread->parameter[p];
        const double ratio = one->se / one->value, variance = log1p(ratio * ratio);
        const double x = sqrt(1.0 - spread->correlation) * value[p] + sqrt(spread->correlation) * common;
        value[p] = one->value * exp(sqrt(variance) * x - 0.5 * variance);
    }
}
