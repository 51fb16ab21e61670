/* parro_parse.c: the files of a Caliendo-Parro folder into arrays by index.
 *
 * Two spellings of the same content are known, and a row of the list below is all that sets them apart. Arrays start as
 * NaN, so that a cell given twice is seen; what stays NaN is 0 where the layout says that absent is zero (flows,
 * duties, materials) and an error where it doesn't (shares of value added and of final spending). */
// SPDX-License-Identifier: MIT
#include "table/parro.h"
#include "text/records.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#define SHARE_SUM_SLACK 1e-4 /* published shares have seven digits, and a column adds up to forty of them */

typedef struct {
    const char *file[ENT_PARRO_FILES];
    const char *flow[4];       /* exporter, importer, sector, value */
    const char *va[3];         /* country, sector, value */
    const char *final[3];      /* country, sector, value */
    const char *material[4];   /* country, input, user, value */
    const char *tariff;        /* the column preferred */
    const char *sector[4];     /* code, name, traded (or the code that tells), theta */
    const char *elasticity[2]; /* sector, theta, where they have a file of their own */
    int flows_with_duty, year;
} spelling;

enum {
    FOLDER_OF_2015,
    FOLDER_OF_2017,
    SPELLINGS
};

static const spelling spellings[SPELLINGS] = {
    [FOLDER_OF_2015] = {.file = {"flows.csv", "sector_country.csv", "sector_country.csv", "io_shares.csv",
                                 "tariffs.csv", "sectors.csv", "countries.csv", NULL, "country.csv"},
                        .flow = {"exporter", "importer", "sector", "flow_musd"},
                        .va = {"country", "sector", "va_share"},
                        .final = {"country", "sector", "final_share"},
                        .material = {"country", "input_sector", "using_sector", "share_of_materials"},
                        .tariff = "tariff_1993_pct",
                        .sector = {"sector", "name", "traded", "theta"}},
    [FOLDER_OF_2017] = {.file = {"TradeFlow2017.csv", "vashare.csv", "finalshare.csv", "IOshare.csv",
                                 "tariff_prewar2017.csv", "sectors.csv", NULL, "cal_elasticities.csv", NULL},
                        .flow = {"iso_o", "iso_d", "indcode", "tradevalue"},
                        .va = {"iso_o", "indcode", "vashare"},
                        .final = {"iso_o", "input_ind", "finalshare"},
                        .material = {"iso_o", "input_ind", "output_ind", "valueshare"},
                        .tariff = "AHS_simple",
                        .sector = {"indcode", "name", "icio2021_code", NULL},
                        .elasticity = {"industry", "\\theta"},
                        .flows_with_duty = 1,
                        .year = 2017},
};

/* ---- opening ---- */

static int there(const char *folder, const char *name, ent_arena *arena)
{
    struct stat about;
    const char *path = ent_path_join(arena, folder, name);
    return path != NULL && stat(path, &about) == 0;
}

static ent_status open_one(const char *folder, const char *parent, const char *name, ent_arena *arena,
                           ent_source *source, ent_error *err)
{
    ENT_TRY(ent_source_find(folder, name, arena, source, err));
    if (source->bytes.data == NULL) ENT_TRY(ent_source_find(parent, name, arena, source, err));
    if (source->bytes.data != NULL) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%s: has no %s, nor has the folder above; the caliendo-parro layout needs it",
                    folder, name);
}

ent_status ent_caliendo_parro_open(const char *folder, ent_arena *arena, ent_parro_sources *sources, ent_error *err)
{
    struct stat about;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return ent_fail(err, ENT_BAD_INPUT, "%s: is no folder; the caliendo-parro layout is a folder of CSV files",
                        folder);
    *sources = (ent_parro_sources){.folder = folder};
    sources->spelling = there(folder, spellings[FOLDER_OF_2017].file[ENT_PARRO_FLOWS], arena) ? FOLDER_OF_2017 : 0;
    const char *parent = ent_path_join(arena, folder, "..");
    if (parent == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to open it", folder);
    for (int f = 0; f < ENT_PARRO_FILES; f++) {
        const char *name = spellings[sources->spelling].file[f];
        if (name == NULL) continue;
        /* NOLINTNEXTLINE: each spelling has a file of value added */
        if (f == ENT_PARRO_FINAL && strcmp(name, spellings[sources->spelling].file[ENT_PARRO_VALUE_ADDED]) == 0)
            sources->file[f] = sources->file[ENT_PARRO_VALUE_ADDED];
        else if (f == ENT_PARRO_ACCOUNTS)
            ENT_TRY(ent_source_find(folder, name, arena, &sources->file[f], err));
        else
            ENT_TRY(open_one(folder, parent, name, arena, &sources->file[f], err));
    }
    return ENT_OK;
}

/* ---- names ---- */

static ent_status no_memory(const ent_parro_sources *sources, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", sources->folder);
}

/* A list of codes with labels; each once. */
static ent_status read_code(const ent_records *r, ptrdiff_t code, ptrdiff_t label, const char *what, ent_names *names,
                            ent_arena *arena, ent_error *err)
{
    const ent_field *c = &r->field[code], *l = label < 0 ? NULL : &r->field[label];
    if (c->length == 0) return ent_field_fail(&r->csv, c, err, "the %s has no code", what);
    char *name = ent_string_copy_n(arena, c->text, c->length);
    char *words = l == NULL ? NULL : ent_string_copy_n(arena, l->text, l->length);
    const ent_status status = name == NULL ? ENT_NO_MEMORY : ent_names_add(names, arena, name, words, NULL);
    if (status == ENT_BAD_INPUT)
        return ent_field_fail(&r->csv, c, err, "the %s '%s' is listed twice", what, ent_field_show(c).text);
    return status == ENT_OK ? ENT_OK : ent_fail(err, status, "%s: no memory to read it", r->csv.path);
}

static ent_status read_countries(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_source *source = &sources->file[ENT_PARRO_COUNTRIES];
    ent_records r;
    ptrdiff_t code;
    int found;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    ENT_TRY(ent_records_column(&r, "country", &code, err));
    const ptrdiff_t label = ent_names_find(&r.columns, "name");
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(read_code(&r, code, label, "country", &parro->regions, arena, err));
    }
    if (parro->regions.count == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: lists no country", source->path);
    return ENT_OK;
}

/* The second spelling lists no countries: they are those of the flows, in order of appearance. */
static ent_status find_countries(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_source *source = &sources->file[ENT_PARRO_FLOWS];
    const spelling *s = &spellings[sources->spelling];
    ent_records r;
    ptrdiff_t column[2], at;
    int found;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    for (int c = 0; c < 2; c++) ENT_TRY(ent_records_column(&r, s->flow[c], &column[c], err));
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        for (int c = 0; c < 2; c++) {
            const ent_field *f = &r.field[column[c]];
            if (ent_names_find_n(&parro->regions, f->text, f->length) >= 0) continue;
            ENT_TRY(ent_records_name(&r, column[c], &parro->regions, arena, &at, err));
            const char *code = parro->regions.code[at], *name = ent_country_name(code);
            if (name != NULL) parro->regions.label[at] = name;
        }
    }
    if (parro->regions.count == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: holds no flow", source->path);
    return ENT_OK;
}

/* ---- sectors ---- */

/* The first spelling says 1 or 0; the second has an industry code whose letter tells: A to C are goods. */
static ent_status read_traded(const ent_records *r, ptrdiff_t column, int by_letter, unsigned char *is_good,
                              ent_error *err)
{
    const ent_field *field = &r->field[column];
    if (by_letter) {
        *is_good = field->length > 0 && field->text[0] >= 'A' && field->text[0] <= 'C';
        return ENT_OK;
    }
    *is_good = ent_field_is(field, "1") ? 1 : 0;
    if (*is_good || ent_field_is(field, "0")) return ENT_OK;
    return ent_field_fail(&r->csv, field, err, "'%s' does not say whether the sector is traded; write 1 or 0",
                          ent_field_show(field).text);
}

static ent_status read_theta(const ent_records *r, ptrdiff_t column, double *theta, ent_error *err)
{
    ENT_TRY(ent_records_number(r, column, theta, err));
    if (*theta > 0.0) return ENT_OK;
    return ENT_RECORDS_FAIL(r, column, err, "the trade elasticity is %g; it must be a positive number", *theta);
}

static ent_status read_sectors(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_source *source = &sources->file[ENT_PARRO_SECTORS];
    const spelling *s = &spellings[sources->spelling];
    ent_records r;
    ptrdiff_t code, traded, theta = -1, rows = 1;
    int found;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    ENT_TRY(ent_records_column(&r, s->sector[0], &code, err));
    ENT_TRY(ent_records_column(&r, s->sector[2], &traded, err));
    if (s->sector[3] != NULL) ENT_TRY(ent_records_column(&r, s->sector[3], &theta, err));
    const ptrdiff_t label = ent_names_find(&r.columns, s->sector[1]);
    for (size_t c = 0; c < source->bytes.size; c++)
        rows += source->bytes.data[c] == '\n' || source->bytes.data[c] == '\r';
    parro->is_good = ent_new0(arena, unsigned char, rows);
    parro->theta = ent_new0(arena, double, rows);
    if (parro->is_good == NULL || parro->theta == NULL) return no_memory(sources, err);
    for (ptrdiff_t j = 0;; j++) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(read_code(&r, code, label, "sector", &parro->sectors, arena, err));
        ENT_TRY(read_traded(&r, traded, s->sector[3] == NULL, &parro->is_good[j], err));
        if (theta >= 0) ENT_TRY(read_theta(&r, theta, &parro->theta[j], err));
    }
    if (parro->sectors.count == 0) return ent_fail(err, ENT_BAD_INPUT, "%s: lists no sector", source->path);
    return ENT_OK;
}

static ent_status read_elasticities(const ent_parro_sources *sources, ent_parro *parro, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_source *source = &sources->file[ENT_PARRO_ELASTICITIES];
    const spelling *s = &spellings[sources->spelling];
    ent_records r;
    ptrdiff_t sector, value, j;
    int found;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    ENT_TRY(ent_records_column(&r, s->elasticity[0], &sector, err));
    ENT_TRY(ent_records_column(&r, s->elasticity[1], &value, err));
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) break;
        ENT_TRY(ent_records_known(&r, sector, &parro->sectors, "sector of sectors.csv", &j, err));
        if (parro->theta[j] > 0.0)
            return ENT_RECORDS_FAIL(&r, sector, err, "the elasticity of sector '%s' is there twice",
                                    parro->sectors.code[j]);
        ENT_TRY(read_theta(&r, value, &parro->theta[j], err));
    }
    for (j = 0; j < parro->sectors.count; j++)
        if (!(parro->theta[j] > 0.0))
            return ent_fail(err, ENT_BAD_INPUT, "%s: has no elasticity of sector '%s'", source->path,
                            parro->sectors.code[j]);
    return ENT_OK;
}

/* ---- cells ---- */

/* A file of cells: keys into names, one value in [least, most]. */
typedef struct {
    const ent_source *source;
    const char *what; /* "flow" */
    int keys;
    const char *const *column; /* [keys+1] the keys' and the value's */
    const ent_names *names[3];
    const char *kind[3]; /* "country of countries.csv" */
    double least, most;
} cell_file;

static ent_status place_cell(const ent_records *r, const cell_file *f, const ptrdiff_t *column, double *cells,
                             ent_error *err)
{
    ptrdiff_t cell = 0, at;
    double value;
    for (int key = 0; key < f->keys; key++) {
        ENT_TRY(ent_records_known(r, column[key], f->names[key], f->kind[key], &at, err));
        cell = cell * f->names[key]->count + at;
    }
    ENT_TRY(ent_records_number(r, column[f->keys], &value, err));
    if (value < f->least)
        return ENT_RECORDS_FAIL(r, column[f->keys], err, "the %s is %g; it cannot be less than %g", f->what, value,
                                f->least);
    if (value > f->most)
        return ENT_RECORDS_FAIL(r, column[f->keys], err, "the %s is %g; it cannot be more than %g", f->what, value,
                                f->most);
    if (!isnan(cells[cell])) return ENT_RECORDS_FAIL(r, 0, err, "this %s is there twice", f->what);
    cells[cell] = value;
    return ENT_OK;
}

/* A new array of cells, NaN where the file has none. */
static ent_status read_cells(const cell_file *f, ent_arena *arena, double **cells, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t column[4], count = 1;
    int found;
    ENT_TRY(ent_records_open(&r, f->source->bytes, f->source->path, &scratch, err));
    for (int c = 0; c <= f->keys; c++) ENT_TRY(ent_records_column(&r, f->column[c], &column[c], err));
    for (int key = 0; key < f->keys; key++) count *= f->names[key]->count;
    *cells = ent_new(arena, double, count);
    if (*cells == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", f->source->path);
    for (ptrdiff_t c = 0; c < count; c++) (*cells)[c] = NAN;
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) return ENT_OK;
        ENT_TRY(place_cell(&r, f, column, *cells, err));
    }
}

static void absent_is_zero(ptrdiff_t count, double *cells)
{
    for (ptrdiff_t c = 0; c < count; c++)
        if (isnan(cells[c])) cells[c] = 0.0;
}

static const char *const country_of[] = {"country of countries.csv", "country of the flows"};
#define SECTOR_OF "sector of sectors.csv"

static ent_status read_flows(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    const char *country = country_of[sources->spelling];
    const cell_file file = {.source = &sources->file[ENT_PARRO_FLOWS],
                            .what = "flow",
                            .keys = 3,
                            .column = spellings[sources->spelling].flow,
                            .names = {&parro->regions, &parro->regions, &parro->sectors},
                            .kind = {country, country, SECTOR_OF},
                            .least = 0.0,
                            .most = 1e15};
    ENT_TRY(read_cells(&file, arena, &parro->flow, err));
    absent_is_zero(parro->regions.count * parro->regions.count * parro->sectors.count, parro->flow);
    return ENT_OK;
}

static ent_status read_shares(const ent_parro_sources *sources, int which, const char *const *column, const char *what,
                              ent_arena *arena, const ent_parro *parro, double **share, ent_error *err)
{
    const cell_file file = {.source = &sources->file[which],
                            .what = what,
                            .keys = 2,
                            .column = column,
                            .names = {&parro->regions, &parro->sectors},
                            .kind = {country_of[sources->spelling], SECTOR_OF},
                            .least = 0.0,
                            .most = 1.0};
    const ptrdiff_t J = parro->sectors.count;
    ENT_TRY(read_cells(&file, arena, share, err));
    for (ptrdiff_t c = 0; c < parro->regions.count * J; c++)
        if (isnan((*share)[c]))
            return ent_fail(err, ENT_BAD_INPUT, "%s: has no %s of sector '%s' in country '%s'", file.source->path, what,
                            parro->sectors.code[c % J], parro->regions.code[c / J]);
    return ENT_OK;
}

static ent_status check_final(const ent_parro_sources *sources, const ent_parro *parro, ent_error *err)
{
    const ptrdiff_t J = parro->sectors.count;
    for (ptrdiff_t n = 0; n < parro->regions.count; n++) {
        double sum = 0.0;
        for (ptrdiff_t j = 0; j < J; j++) sum += parro->final_share[n * J + j];
        if (!(fabs(sum - 1.0) <= SHARE_SUM_SLACK))
            return ent_fail(err, ENT_BAD_INPUT, "%s: the final shares of country '%s' sum to %.6g, not to 1",
                            sources->file[ENT_PARRO_FINAL].path, parro->regions.code[n], sum);
    }
    return ENT_OK;
}

/* Shares of a materials bill sum to 1 where there are materials. */
static ent_status read_materials(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    const cell_file file = {.source = &sources->file[ENT_PARRO_MATERIALS],
                            .what = "share of materials",
                            .keys = 3,
                            .column = spellings[sources->spelling].material,
                            .names = {&parro->regions, &parro->sectors, &parro->sectors},
                            .kind = {country_of[sources->spelling], SECTOR_OF, SECTOR_OF},
                            .least = -ENT_BY_PRODUCT,
                            .most = 1.0 + SHARE_SUM_SLACK};
    const ptrdiff_t R = parro->regions.count, J = parro->sectors.count;
    ENT_TRY(read_cells(&file, arena, &parro->material_share, err));
    absent_is_zero(R * J * J, parro->material_share);
    for (ptrdiff_t c = 0; c < R * J; c++) {
        const ptrdiff_t n = c / J, k = c % J;
        double sum = 0.0;
        for (ptrdiff_t j = 0; j < J; j++) sum += parro->material_share[(n * J + j) * J + k];
        if (parro->va_share[c] < 1.0 && !(fabs(sum - 1.0) <= SHARE_SUM_SLACK))
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: the shares of materials of sector '%s' in country '%s' sum to %.6g, not to 1",
                            file.source->path, parro->sectors.code[k], parro->regions.code[n], sum);
    }
    return ENT_OK;
}

/* ---- duties ---- */

static int starts_with_tariff(const char *name)
{
    return strncmp(name, "tariff", 6) == 0;
}

/* The column asked for, or the spelling's own, or the first that is called tariff. */
static ent_status choose_column(const ent_records *r, const char *asked, const char *own, ptrdiff_t *column,
                                ent_error *err)
{
    if (asked != NULL) return ent_records_column(r, asked, column, err);
    *column = ent_names_find(&r->columns, own);
    for (ptrdiff_t c = 0; *column < 0 && c < r->columns.count; c++)
        if (starts_with_tariff(r->columns.code[c])) *column = c;
    if (*column >= 0) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT,
                    "%s: has no column whose name starts with 'tariff'; name one with --duty-column", r->csv.path);
}

/* A rate from what the column's name says: _pct is percent, factor is 1 + rate, else it is the rate. */
static double rate_of(const char *column, double value)
{
    const size_t length = strlen(column);
    if (length >= 3 && strcmp(column + length - 3, "pct") == 0) return value / 100.0;
    if (length >= 6 && strcmp(column + length - 6, "factor") == 0) return value - 1.0;
    return value;
}

static ent_status check_duties(const ent_source *source, const ent_parro *parro, ent_error *err)
{
    const ptrdiff_t R = parro->regions.count, J = parro->sectors.count;
    for (ptrdiff_t c = 0; c < R * R * J; c++) {
        const char *sector = parro->sectors.code[c % J], *to = parro->regions.code[c / J % R];
        if (c / J / R == c / J % R && parro->duty[c] != 0.0)
            return ent_fail(err, ENT_BAD_INPUT, "%s: '%s' has a duty of %g on its own sector '%s'; it must be 0",
                            source->path, to, parro->duty[c], sector);
        if (!(parro->duty[c] > -1.0))
            return ent_fail(err, ENT_BAD_INPUT,
                            "%s: the duty of '%s' on sector '%s' of '%s' is %g; as a rate it must be more than -1",
                            source->path, to, sector, parro->regions.code[c / J / R], parro->duty[c]);
    }
    return ENT_OK;
}

static ent_status read_duties(const ent_parro_sources *sources, const char *asked, ent_arena *arena, ent_parro *parro,
                              ent_error *err)
{
    const ent_source *source = &sources->file[ENT_PARRO_TARIFFS];
    const spelling *s = &spellings[sources->spelling];
    const ptrdiff_t cells = parro->regions.count * parro->regions.count * parro->sectors.count;
    ENT_SCRATCH scratch = {0};
    ent_records header;
    ptrdiff_t chosen;
    ENT_TRY(ent_records_open(&header, source->bytes, source->path, &scratch, err));
    ENT_TRY(choose_column(&header, asked, s->tariff, &chosen, err));
    parro->duty_column = ent_string_copy(arena, header.columns.code[chosen]);
    if (parro->duty_column == NULL) return no_memory(sources, err);
    const char *const column[4] = {s->flow[0], s->flow[1], s->flow[2], parro->duty_column};
    const char *country = country_of[sources->spelling];
    const cell_file file = {.source = source,
                            .what = "duty",
                            .keys = 3,
                            .column = column,
                            .names = {&parro->regions, &parro->regions, &parro->sectors},
                            .kind = {country, country, SECTOR_OF},
                            .least = -1e6,
                            .most = 1e6};
    ENT_TRY(read_cells(&file, arena, &parro->duty, err));
    for (ptrdiff_t c = 0; c < cells; c++) parro->duty[c] = rate_of(parro->duty_column, parro->duty[c]);
    absent_is_zero(cells, parro->duty);
    parro->year = s->year;
    for (ptrdiff_t c = 0; parro->year == 0 && c < header.columns.count; c++)
        if (starts_with_tariff(header.columns.code[c])) parro->year = ent_year_in(header.columns.code[c]);
    return check_duties(source, parro, err);
}

/* Surpluses as the accounts state them; a folder without accounts, or without that column, has what its flows come to.
 */
static ent_status read_surplus(const ent_parro_sources *sources, ent_arena *arena, ent_parro *parro, ent_error *err)
{
    static const char *const column[2] = {"country", "trade_surplus_musd"};
    const cell_file file = {.source = &sources->file[ENT_PARRO_ACCOUNTS],
                            .what = "trade surplus",
                            .keys = 1,
                            .column = column,
                            .names = {&parro->regions},
                            .kind = {country_of[sources->spelling]},
                            .least = -INFINITY,
                            .most = INFINITY};
    ENT_SCRATCH scratch = {0};
    ent_records header;
    if (file.source->bytes.data == NULL) return ENT_OK;
    ENT_TRY(ent_records_open(&header, file.source->bytes, file.source->path, &scratch, err));
    if (ent_names_find(&header.columns, column[1]) < 0) return ENT_OK;
    ENT_TRY(read_cells(&file, arena, &parro->surplus, err));
    absent_is_zero(parro->regions.count, parro->surplus);
    return ENT_OK;
}

/* ---- all of it ---- */

static size_t text_bytes(const ent_parro_sources *sources)
{
    size_t bytes = 0;
    for (int f = 0; f < ENT_PARRO_FILES; f++) bytes += sources->file[f].bytes.size;
    return bytes;
}

ent_status ent_parro_parse(const ent_parro_sources *sources, const char *duty_column, ent_arena *arena,
                           ent_parro *parro, ent_error *err)
{
    const spelling *s = &spellings[sources->spelling];
    *parro = (ent_parro){.flows_with_duty = s->flows_with_duty};
    ENT_TRY(read_sectors(sources, arena, parro, err));
    if (s->file[ENT_PARRO_ELASTICITIES] != NULL) ENT_TRY(read_elasticities(sources, parro, err));
    ENT_TRY(s->file[ENT_PARRO_COUNTRIES] != NULL ? read_countries(sources, arena, parro, err)
                                                 : find_countries(sources, arena, parro, err));
    ENT_TRY(ent_sparse_allowed(sources->folder, parro->regions.count, parro->sectors.count, text_bytes(sources), err));
    ENT_TRY(read_flows(sources, arena, parro, err));
    ENT_TRY(read_duties(sources, duty_column, arena, parro, err));
    ENT_TRY(read_shares(sources, ENT_PARRO_VALUE_ADDED, s->va, "share of value added", arena, parro, &parro->va_share,
                        err));
    ENT_TRY(read_shares(sources, ENT_PARRO_FINAL, s->final, "final share", arena, parro, &parro->final_share, err));
    ENT_TRY(check_final(sources, parro, err));
    ENT_TRY(read_surplus(sources, arena, parro, err));
    return read_materials(sources, arena, parro, err);
}
