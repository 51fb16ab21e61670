/* baseline2022.c: 19 regions x 24 sectors of 2022, from the files that data/README.md describes.
 *
 * What is done here, beyond reading: final uses without any sale are dropped; output becomes the sum of sales (the file
 * is printed to three decimals) and value added output less costs, so that E1 and E2 hold to the last digits; value
 * added is split into labour and capital; duties are those of 2024 for the USA, and elsewhere the applied ones with
 * China's additions of 2019 on American goods. Each step leaves its line in the table's history. */
// SPDX-License-Identifier: MIT
#include "baseline2022.h"
#include "table/arrays.h"
#include "table/history.h"
#include "text/records.h"
#include <math.h>
#include <string.h>

typedef struct {
    const char *folder;
    ent_arena *arena;
    ent_table *table;
    ent_error *err;
    ptrdiff_t R, J, U; /* U: uses kept */
} maker;

static ent_status no_memory(maker *m)
{
    return ent_fail(m->err, ENT_NO_MEMORY, "no memory to make the world");
}

static ent_status open_file(maker *m, const char *name, ent_records *records)
{
    ent_bytes bytes;
    const char *path = ent_path_join(m->arena, m->folder, name);
    if (path == NULL) return no_memory(m);
    ENT_TRY(ent_bytes_read(path, 0, m->arena, &bytes, m->err));
    return ent_records_open(records, bytes, path, m->arena, m->err);
}

static char *text_of(maker *m, const ent_records *records, ptrdiff_t column)
{
    return ent_string_copy_n(m->arena, records->field[column].text, records->field[column].length);
}

/* ---- names ---- */

/* A file of code, label and one more column, given back as the texts of its rows. */
static ent_status read_names(maker *m, const char *file, const char *code_column, const char *more_column,
                             ent_names *names, const char *more[64])
{
    ent_records records;
    ptrdiff_t code, label, extra;
    int found = 0;
    ENT_TRY(open_file(m, file, &records));
    ENT_TRY(ent_records_column(&records, code_column, &code, m->err));
    ENT_TRY(ent_records_column(&records, "name", &label, m->err));
    ENT_TRY(ent_records_column(&records, more_column, &extra, m->err));
    for (;;) {
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found) return ENT_OK;
        if (names->count == 64) return ENT_RECORDS_FAIL(&records, code, m->err, "more than 64 names");
        const char *code_text = text_of(m, &records, code), *label_text = text_of(m, &records, label);
        more[names->count] = text_of(m, &records, extra);
        if (code_text == NULL || label_text == NULL || more[names->count] == NULL) return no_memory(m);
        if (ent_names_add(names, m->arena, code_text, label_text, NULL) != ENT_OK)
            return ENT_RECORDS_FAIL(&records, code, m->err, "%s is there twice, or memory is out", code_text);
    }
}

static const struct {
    const char *code, *label;
} use_names[] = {{"HFCE", "Household consumption"},  {"NPISH", "Consumption of non-profit institutions"},
                 {"GGFC", "Government consumption"}, {"GFCF", "Investment"},
                 {"INVNT", "Stock changes"},         {"DPABR", "Purchases abroad"}};
enum {
    FILE_USES = 6
};

static ent_status name_all(maker *m)
{
    const char *members[64], *traded[64];
    ent_table *t = m->table;
    ENT_TRY(read_names(m, "regions.csv", "region", "icio_members", &t->regions, members));
    ENT_TRY(read_names(m, "sectors.csv", "sector", "traded_good", &t->sectors, traded));
    m->R = t->regions.count;
    m->J = t->sectors.count;
    t->members = ent_new(m->arena, const char *, m->R);
    t->is_good = ent_new(m->arena, unsigned char, m->J);
    if (t->members == NULL || t->is_good == NULL) return no_memory(m);
    for (ptrdiff_t n = 0; n < m->R; n++) t->members[n] = members[n];
    for (ptrdiff_t j = 0; j < m->J; j++) t->is_good[j] = strcmp(traded[j], "1") == 0;
    if (ent_names_add(&t->factors, m->arena, "labour", "Labour", NULL) != ENT_OK ||
        ent_names_add(&t->factors, m->arena, "capital", "Capital", NULL) != ENT_OK)
        return no_memory(m);
    return ENT_OK;
}

/* ---- the table itself: one row a seller, one column a buyer; then TLS, VA and OUT ---- */

/* What column c of the file is: a sector k of region n, or a final use u, by its name. */
static ent_status place_columns(maker *m, const ent_records *records, ptrdiff_t *sector_at, ptrdiff_t *use_at)
{
    const ent_table *t = m->table;
    for (ptrdiff_t n = 0; n < m->R; n++) {
        for (ptrdiff_t k = 0; k < m->J; k++) {
            const char *name = ent_string_format(m->arena, "%s_%s", t->regions.code[n], t->sectors.code[k]);
            if (name == NULL) return no_memory(m);
            ENT_TRY(ent_records_column(records, name, &sector_at[n * m->J + k], m->err));
        }
        for (ptrdiff_t u = 0; u < FILE_USES; u++) {
            const char *name = ent_string_format(m->arena, "%s_%s", t->regions.code[n], use_names[u].code);
            if (name == NULL) return no_memory(m);
            ENT_TRY(ent_records_column(records, name, &use_at[n * FILE_USES + u], m->err));
        }
    }
    return ENT_OK;
}

/* The sales of all rows into z [R*J][R*J], wide [R*J][R*6] and out [R*J]; value added into added [R*J]. */
static ent_status read_sales(maker *m, double *z, double *wide, double *out, double *added)
{
    ent_records records;
    const ptrdiff_t rows = m->R * m->J, uses = m->R * FILE_USES;
    ptrdiff_t total, *sector_at = ent_new(m->arena, ptrdiff_t, rows), *use_at = ent_new(m->arena, ptrdiff_t, uses);
    int found = 0;
    if (sector_at == NULL || use_at == NULL) return no_memory(m);
    ENT_TRY(open_file(m, "icio_r19s24_2022.csv.gz", &records));
    ENT_TRY(place_columns(m, &records, sector_at, use_at));
    ENT_TRY(ent_records_column(&records, "OUT", &total, m->err));
    for (ptrdiff_t row = 0; row < rows; row++) {
        const char *name = records.columns.code[sector_at[row]];
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found || !ent_field_is(&records.field[0], name))
            return ENT_RECORDS_FAIL(&records, 0, m->err, "the row of %s must stand here", name);
        for (ptrdiff_t c = 0; c < rows; c++)
            ENT_TRY(ent_records_number(&records, sector_at[c], &z[row * rows + c], m->err));
        for (ptrdiff_t c = 0; c < uses; c++)
            ENT_TRY(ent_records_number(&records, use_at[c], &wide[row * uses + c], m->err));
        ENT_TRY(ent_records_number(&records, total, &out[row], m->err));
    }
    for (;;) {
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found) return ENT_OK;
        if (!ent_field_is(&records.field[0], "VA")) continue;
        for (ptrdiff_t c = 0; c < rows; c++) ENT_TRY(ent_records_number(&records, sector_at[c], &added[c], m->err));
    }
}

/* Keep the uses that somebody has. */
static ent_status keep_uses(maker *m, const double *wide, ptrdiff_t kept[FILE_USES])
{
    const ptrdiff_t rows = m->R * m->J;
    for (ptrdiff_t u = 0; u < FILE_USES; u++) {
        double any = 0.0;
        for (ptrdiff_t cell = 0; cell < rows * m->R; cell++) any += fabs(wide[cell * FILE_USES + u]);
        if (any == 0.0) continue;
        if (ent_names_add(&m->table->uses, m->arena, use_names[u].code, use_names[u].label, NULL) != ENT_OK)
            return no_memory(m);
        kept[m->U++] = u;
    }
    return ENT_OK;
}

/* E1 and E2 to the last digits: output from sales, value added from output less costs. */
static ent_status balance(maker *m, const double *out, const double *added, const double *labour_share)
{
    ent_table *t = m->table;
    const ptrdiff_t rows = m->R * m->J;
    double moved_out = 0.0, moved_added = 0.0;
    for (ptrdiff_t row = 0; row < rows; row++) {
        double sum = 0.0;
        for (ptrdiff_t c = 0; c < rows; c++) sum += t->z[row * rows + c];
        for (ptrdiff_t c = 0; c < m->R * m->U; c++) sum += t->f[row * m->R * m->U + c];
        t->x[row] = sum;
        moved_out = fmax(moved_out, fabs(sum - out[row]));
    }
    for (ptrdiff_t column = 0; column < rows; column++) {
        double cost = 0.0;
        for (ptrdiff_t row = 0; row < rows; row++) cost += t->z[row * rows + column];
        const double paid = t->x[column] - cost;
        moved_added = fmax(moved_added, fabs(paid - added[column]));
        t->va[2 * column] = labour_share[column] * paid;
        t->va[2 * column + 1] = paid - t->va[2 * column];
    }
    return ent_history_add(
        m->table, m->arena,
        "rounding: output is the sum of sales (moved by at most %.2g million US dollars) and value added is output "
        "less costs (at most %.2g)",
        moved_out, moved_added);
}

/* ---- side files: labour shares, elasticities, duties ---- */

static ent_status read_labour(maker *m, double *share)
{
    ent_records records;
    ptrdiff_t n, region;
    int found = 0;
    ENT_TRY(open_file(m, "labour_share_r19s24.csv", &records));
    ENT_TRY(ent_records_column(&records, "region", &region, m->err));
    for (ptrdiff_t row = 0; row < m->R; row++) {
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found) return ENT_RECORDS_FAIL(&records, region, m->err, "a row for each region must stand here");
        ENT_TRY(ent_records_known(&records, region, &m->table->regions, "region", &n, m->err));
        for (ptrdiff_t j = 0; j < m->J; j++) {
            ptrdiff_t column;
            ENT_TRY(ent_records_column(&records, m->table->sectors.code[j], &column, m->err));
            ENT_TRY(ent_records_number(&records, column, &share[n * m->J + j], m->err));
        }
    }
    return ent_history_add(m->table, m->arena,
                           "factors: value added split into labour and capital by the shares of WIOD 2014");
}

/* One column of a file by sector, into value [J]; sectors without a row keep theirs. */
static ent_status read_by_sector(maker *m, const char *file, const char *column_name, double *value)
{
    ent_records records;
    ptrdiff_t sector, column, j;
    int found = 0;
    ENT_TRY(open_file(m, file, &records));
    ENT_TRY(ent_records_column(&records, "sector", &sector, m->err));
    ENT_TRY(ent_records_column(&records, column_name, &column, m->err));
    for (;;) {
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found) return ENT_OK;
        ENT_TRY(ent_records_known(&records, sector, &m->table->sectors, "sector", &j, m->err));
        ENT_TRY(ent_records_number(&records, column, &value[j], m->err));
    }
}

static ent_status read_elasticities(maker *m)
{
    ent_table *t = m->table;
    t->trade_elasticity = ent_new0(m->arena, double, m->J);
    if (t->trade_elasticity == NULL) return no_memory(m);
    t->elasticity_source = "Fontagne, Guimbard and Orefice (2022), Tariff-based product-level trade elasticities, "
                           "Journal of International "
                           "Economics 137, by sector; services: one number, 8.35, of the same compilation";
    return read_by_sector(m, "elasticities_s24.csv", "FGO", t->trade_elasticity);
}

static double *duty_at(maker *m, ptrdiff_t i, ptrdiff_t n, ptrdiff_t j)
{
    return &m->table->duty[(i * m->R + n) * m->J + j];
}

/* Applied duties of everyone on everyone: rows EXPORTER_SECTOR, columns importers. */
static ent_status read_applied_duties(maker *m)
{
    ent_records records;
    int found = 0;
    ENT_TRY(open_file(m, "tariff_mfn_pref_r19s24.csv", &records));
    for (ptrdiff_t row = 0; row < m->R * m->J; row++) {
        const ptrdiff_t i = row / m->J, j = row % m->J;
        const char *name = ent_string_format(m->arena, "%s_%s", m->table->regions.code[i], m->table->sectors.code[j]);
        if (name == NULL) return no_memory(m);
        ENT_TRY(ent_records_next(&records, &found, m->err));
        if (!found || !ent_field_is(&records.field[0], name))
            return ENT_RECORDS_FAIL(&records, 0, m->err, "the row of %s must stand here", name);
        for (ptrdiff_t n = 0; n < m->R; n++) {
            ptrdiff_t column;
            ENT_TRY(ent_records_column(&records, m->table->regions.code[n], &column, m->err));
            ENT_TRY(ent_records_number(&records, column, duty_at(m, i, n, j), m->err));
        }
    }
    return ent_history_add(
        m->table, m->arena,
        "duties: applied rates, preferences included (WITS 2017 among USA, CHN, EUU, JPN, IND, BRA; GTD "
        "2021 elsewhere); services 0");
}

static ent_status read_recent_duties(maker *m)
{
    const ptrdiff_t usa = ent_names_find(&m->table->regions, "USA"), chn = ent_names_find(&m->table->regions, "CHN");
    double *rate = ent_new0(m->arena, double, m->J);
    if (rate == NULL) return no_memory(m);
    for (ptrdiff_t i = 0; i < m->R; i++) {
        if (i == usa) continue;
        ENT_TRY(read_by_sector(m, "tariff_us_effective_2024.csv", m->table->regions.code[i], rate));
        for (ptrdiff_t j = 0; j < m->J; j++) *duty_at(m, i, usa, j) = m->table->is_good[j] ? rate[j] : 0.0;
    }
    ENT_TRY(ent_history_add(m->table, m->arena,
                            "duties of the USA: collected over imports in 2024, by partner and sector"));
    for (ptrdiff_t j = 0; j < m->J; j++) rate[j] = 0.0;
    ENT_TRY(read_by_sector(m, "tariff_addon_us_china_2019.csv", "china_on_us", rate));
    for (ptrdiff_t j = 0; j < m->J; j++) *duty_at(m, usa, chn, j) += rate[j];
    return ent_history_add(m->table, m->arena,
                           "duties of CHN on the USA: the additions of 2018-2019 stand on top of the applied rate");
}

/* ---- sets of regions ---- */

static ent_status add_blocs(maker *m)
{
    static const struct {
        const char *code, *label, *regions;
    } blocs[] = {{"NAFTA", "USA, Canada, Mexico", "USA CAN MEX"},
                 {"ASEAN", "Association of Southeast Asian Nations", "VNM ASE"},
                 {"BRICS", "Brazil, Russia and neighbours, India, China", "BRA RUS IND CHN"},
                 {"WEST", "USA and its allies", "USA EUU GBR JPN KOR TWN CAN ANZ EFT"},
                 {"EAST", "China, Russia and neighbours", "CHN RUS"}};
    unsigned char *all = ent_new(m->arena, unsigned char, m->R);
    if (all == NULL) return no_memory(m);
    memset(all, 1, (size_t)m->R);
    ENT_TRY(ent_groups_add(&m->table->region_groups, m->arena, m->R, "all", "All regions", all));
    for (ptrdiff_t b = 0; b < (ptrdiff_t)(sizeof blocs / sizeof *blocs); b++) {
        unsigned char member[64] = {0};
        for (const char *word = blocs[b].regions; *word != 0; word += strcspn(word, " "), word += *word == ' ') {
            const ptrdiff_t n = ent_names_find_n(&m->table->regions, word, strcspn(word, " "));
            if (n < 0) return ent_fail(m->err, ENT_BAD_INPUT, "regions.csv: %s of %s is missing", word, blocs[b].code);
            member[n] = 1;
        }
        ENT_TRY(ent_groups_add(&m->table->region_groups, m->arena, m->R, blocs[b].code, blocs[b].label, member));
    }
    return ENT_OK;
}

/* ---- all of it ---- */

static void say_what_it_is(ent_table *t)
{
    t->name = "baseline2022";
    t->title = "The world economy in 2022: 19 regions, 24 sectors, duties of 2024";
    t->unit = "million US dollars, current, basic prices";
    t->year = 2022;
    t->duty_accounts = ENT_DUTIES_IN_VALUE_ADDED;
    t->source =
        "OECD (2025), Inter-Country Input-Output Tables, http://oe.cd/icio (bilateral flows, output); Timmer et al. "
        "(2015), World Input-Output Database, releases 2013 and 2016 (input coefficients, services, factor shares, "
        "final uses); OECD ICIO 2021 edition and WITS as prepared by Z. Wang (input coefficients, duties of 2017, "
        "additions of 2019); World Bank, World Development Indicators (GDP); F. Teti (2024), Global Tariff Database "
        "(duties of 2021); Fontagne, Guimbard and Orefice (2022) (trade elasticities). Derived: see data/README.md "
        "for what is observed and what is estimated.";
    t->licence =
        "OECD, WIOD and World Bank data: CC BY 4.0, attribution as above; Global Tariff Database and course data: no "
        "licence stated, cite the authors";
}

static ent_status read_world(maker *m)
{
    ENT_TRY(name_all(m));
    const ptrdiff_t rows = m->R * m->J;
    double *z = ent_new(m->arena, double, rows *rows), *wide = ent_new(m->arena, double, rows * m->R * FILE_USES);
    double *out = ent_new(m->arena, double, rows), *added = ent_new0(m->arena, double, rows);
    double *labour_share = ent_new0(m->arena, double, rows);
    ptrdiff_t kept[FILE_USES];
    if (z == NULL || wide == NULL || out == NULL || added == NULL || labour_share == NULL) return no_memory(m);
    ENT_TRY(read_sales(m, z, wide, out, added));
    ENT_TRY(keep_uses(m, wide, kept));
    ENT_TRY(add_blocs(m));
    m->table->z = z;
    ENT_TRY(ent_table_make(m->table, m->arena, m->err));
    for (ptrdiff_t cell = 0; cell < rows * m->R; cell++)
        for (ptrdiff_t u = 0; u < m->U; u++) m->table->f[cell * m->U + u] = wide[cell * FILE_USES + kept[u]];
    ENT_TRY(ent_history_add(
        m->table, m->arena,
        "table: flows of goods and of services as a whole from OECD ICIO 2025 edition, year 2022, summed "
        "to 19 regions; use of inputs, split of services and final uses estimated"));
    ENT_TRY(read_labour(m, labour_share));
    ENT_TRY(balance(m, out, added, labour_share));
    ENT_TRY(read_applied_duties(m));
    ENT_TRY(read_recent_duties(m));
    return read_elasticities(m);
}

ent_status baseline2022_make(const char *folder, ent_arena *arena, ent_table *table, ent_error *err)
{
    maker m = {.folder = folder, .arena = arena, .table = table, .err = err};
    *table = (ent_table){0};
    say_what_it_is(table);
    return read_world(&m);
}
