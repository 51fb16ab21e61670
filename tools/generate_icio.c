/* generate_icio.c: a made-up table of the world in the layout of an OECD ICIO file, as large as the real ones, for
 * tests and benchmarks of readers and solvers:  generate_icio REGIONS INDUSTRIES SEED > file.csv
 *
 * The same arguments give the same bytes. Everything is counted in whole thousandths of a million dollars, so the
 * printed table balances to the last digit: z     size of seller × size of buyer × nearness × chance, many cells empty
 *   x     what leaves each sector with value added:  max(inputs / 0.55, sales to producers × 1.25)
 *   f     the rest of x, spread over regions (home first) and uses; some stock changes are negative
 *   tls   about two per cent of the inputs,  va the rest. */
// SPDX-License-Identifier: MIT
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Economies and industries of the 2025 edition; other sizes get codes of their own. */
static const char economies_2025[] =
    "AGO ARE ARG AUS AUT BEL BGD BGR BLR BRA BRN CAN CHE CHL CHN CIV CMR COD COL CRI CYP CZE DEU DNK "
    "EGY ESP EST FIN FRA GBR GRC HKG HRV HUN IDN IND IRL ISL ISR ITA JOR JPN KAZ KHM KOR LAO LTU LUX "
    "LVA MAR MEX MLT MMR MYS NGA NLD NOR NZL PAK PER PHL POL PRT ROU RUS SAU SEN SGP STP SVK SVN SWE "
    "THA TUN TUR TWN UKR USA VNM ZAF ROW";
static const char *const industries_2025[] = {
#define INDUSTRY(edition, code, name) edition == 2025 ? code : NULL,
#include "table/lists.def"
#undef INDUSTRY
};
static const char *const uses[] = {"HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR"};
static const double use_share[] = {0.62, 0.02, 0.16, 0.18, 0.01, 0.01};

#define SCALE 60.0 /* with it 81 x 50 has a world output of some 200 trillion dollars and a file of some 90 MB */

enum {
    USES = 6,
    CODE = 16,
    BUFFER = 1 << 16
};

typedef struct {
    int regions, industries, rows;
    uint64_t seed;
    char (*region)[CODE], (*industry)[CODE];
    double *region_size, *industry_size; /* [regions], [industries] */
    int64_t *z, *f, *x, *inputs, *tls;   /* thousandths: [rows][rows], [rows][regions*USES], [rows] */
} world;

/* ---- chance ---- */

/* A number in (0, 1) that belongs to a place: the same whenever it is asked for (splitmix64). */
static double chance(uint64_t seed, uint64_t a, uint64_t b)
{
    uint64_t s = seed * 0x9e3779b97f4a7c15u + a * 0xbf58476d1ce4e5b9u + b * 0x94d049bb133111ebu;
    s = (s ^ (s >> 30)) * 0xbf58476d1ce4e5b9u;
    s = (s ^ (s >> 27)) * 0x94d049bb133111ebu;
    s ^= s >> 31;
    return ((double)(s >> 11) + 0.5) * 0x1p-53;
}

/* ---- the table ---- */

static void name_codes(world *w)
{
    const char *next = economies_2025;
    for (int n = 0; n < w->regions; n++)
        if (w->regions == 81) {
            const size_t length = strcspn(next, " ");
            memcpy(w->region[n], next, length);
            next += length + 1;
        } else
            snprintf(w->region[n], CODE, "R%02d", n + 1);
    for (int j = 0; j < w->industries; j++)
        if (w->industries == 50)
            snprintf(w->industry[j], CODE, "%s", industries_2025[j]);
        else
            snprintf(w->industry[j], CODE, "%c%02d", "ACG"[j % 3], j + 1);
}

/* Sizes fall off as a power of a shuffled rank, as countries' and industries' do. */
static void draw_sizes(world *w)
{
    for (int n = 0; n < w->regions; n++) w->region_size[n] = pow(chance(w->seed, 1, (uint64_t)n), -0.9);
    for (int j = 0; j < w->industries; j++) w->industry_size[j] = pow(chance(w->seed, 2, (uint64_t)j), -0.4);
}

static double nearness(const world *w, int i, int n)
{
    if (i == n) return 1.0;
    const double apart = chance(w->seed, 3, (uint64_t)(i < n ? i * w->regions + n : n * w->regions + i));
    return 0.02 * apart * apart;
}

static void draw_z(world *w)
{
    for (int row = 0; row < w->rows; row++)
        for (int column = 0; column < w->rows; column++) {
            const int i = row / w->industries, j = row % w->industries, n = column / w->industries,
                      k = column % w->industries;
            const double luck = chance(w->seed, 100 + (uint64_t)row, (uint64_t)column);
            const double need = chance(w->seed, 4, (uint64_t)(j * w->industries + k));
            double value = w->region_size[i] * w->industry_size[j] * w->region_size[n] * w->industry_size[k];
            value *=
                nearness(w, i, n) * pow(need, 4.0) * -log(luck) * 2.0 / sqrt(w->region_size[i] + w->region_size[n]);
            const int64_t cell = value > 1e12 ? (int64_t)1e15 : (int64_t)(1e3 * SCALE * value);
            w->z[(size_t)row * (size_t)w->rows + (size_t)column] = cell;
            w->inputs[column] += cell;
        }
}

/* What is left of a row's output, over regions and uses; the home household takes the rounding. */
static void spread_final(world *w, int row, int64_t rest)
{
    const int i = row / w->industries, columns = w->regions * USES;
    int64_t *f = w->f + (size_t)row * (size_t)columns, given = 0;
    double weight = 0.0;
    for (int n = 0; n < w->regions; n++) weight += nearness(w, i, n) * w->region_size[n];
    for (int n = 0; n < w->regions; n++)
        for (int u = 0; u < USES; u++) {
            const double luck = chance(w->seed, 5 + (uint64_t)u, (uint64_t)(row * w->regions + n));
            const double part = use_share[u] * nearness(w, i, n) * w->region_size[n] / weight;
            const int falls = u == 4 && luck < 0.3; /* stocks were used up */
            f[n * USES + u] = (int64_t)((double)rest * part * (falls ? -luck : luck));
            given += f[n * USES + u];
        }
    f[i * USES] += rest - given;
}

static void close_accounts(world *w)
{
    for (int row = 0; row < w->rows; row++) {
        int64_t sales = 0;
        for (int column = 0; column < w->rows; column++) sales += w->z[(size_t)row * (size_t)w->rows + (size_t)column];
        const double by_inputs = (double)w->inputs[row] / 0.55, by_sales = 1.25 * (double)sales;
        w->x[row] = 1000 + (int64_t)(by_inputs > by_sales ? by_inputs : by_sales);
        w->tls[row] = w->inputs[row] / 50;
        spread_final(w, row, w->x[row] - sales);
    }
}

/* ---- printing ---- */

static char buffer[BUFFER];
static size_t filled;

static void flush(void)
{
    if (fwrite(buffer, 1, filled, stdout) != filled) {
        perror("generate_icio");
        exit(1);
    }
    filled = 0;
}

static void put(const char *text, size_t length)
{
    if (filled + length > BUFFER) flush();
    memcpy(buffer + filled, text, length);
    filled += length;
}

static void put_text(const char *text)
{
    put(text, strlen(text));
}

/* ",12.34" for 12340 thousandths */
static void put_cell(int64_t thousandths)
{
    char text[32];
    int at = 32;
    uint64_t size = (uint64_t)(thousandths < 0 ? -thousandths : thousandths);
    unsigned rest = (unsigned)(size % 1000), digits = 3;
    for (size /= 1000; digits > 0 && rest % 10 == 0; digits--) rest /= 10;
    for (unsigned d = digits; d > 0; d--, rest /= 10) text[--at] = (char)('0' + rest % 10);
    if (digits > 0) text[--at] = '.';
    do {
        text[--at] = (char)('0' + size % 10);
    } while ((size /= 10) > 0);
    if (thousandths < 0) text[--at] = '-';
    text[--at] = ',';
    put(text + at, (size_t)(32 - at));
}

static void put_label(const world *w, int row, const char *before)
{
    put_text(before);
    put_text(w->region[row / w->industries]);
    put_text("_");
    put_text(w->industry[row % w->industries]);
}

static void put_bottom(const world *w, const char *label, int which)
{
    put_text(label);
    for (int k = 0; k < w->rows; k++)
        put_cell(which == 0 ? w->tls[k] : which == 1 ? w->x[k] - w->inputs[k] - w->tls[k] : w->x[k]);
    for (int c = 0; c <= w->regions * USES; c++) put_cell(0);
    put_text("\n");
}

static void print_table(const world *w)
{
    put_text("V1");
    for (int k = 0; k < w->rows; k++) put_label(w, k, ",");
    for (int n = 0; n < w->regions; n++)
        for (int u = 0; u < USES; u++) {
            put_text(",");
            put_text(w->region[n]);
            put_text("_");
            put_text(uses[u]);
        }
    put_text(",OUT\n");
    for (int row = 0; row < w->rows; row++) {
        put_label(w, row, "");
        for (int c = 0; c < w->rows; c++) put_cell(w->z[(size_t)row * (size_t)w->rows + (size_t)c]);
        for (int c = 0; c < w->regions * USES; c++)
            put_cell(w->f[(size_t)row * (size_t)(w->regions * USES) + (size_t)c]);
        put_cell(w->x[row]);
        put_text("\n");
    }
    put_bottom(w, "TLS", 0);
    put_bottom(w, "VA", 1);
    put_bottom(w, "OUT", 2);
    flush();
}

/* ---- all of it ---- */

static int whole_number(const char *word, long least, long most, long *value)
{
    char *end;
    *value = strtol(word, &end, 10);
    return *word != 0 && *end == 0 && *value >= least && *value <= most;
}

static int make_room(world *w)
{
    const size_t R = (size_t)w->regions, J = (size_t)w->industries, rows = R * J;
    w->region = calloc(R, CODE);
    w->industry = calloc(J, CODE);
    w->region_size = calloc(R, sizeof *w->region_size);
    w->industry_size = calloc(J, sizeof *w->industry_size);
    w->z = calloc(rows * rows, sizeof *w->z);
    w->f = calloc(rows * R * USES, sizeof *w->f);
    w->x = calloc(rows, sizeof *w->x);
    w->inputs = calloc(rows, sizeof *w->inputs);
    w->tls = calloc(rows, sizeof *w->tls);
    return w->region && w->industry && w->region_size && w->industry_size && w->z && w->f && w->x && w->inputs &&
           w->tls;
}

static void free_room(world *w)
{
    void *const all[] = {w->region, w->industry, w->region_size, w->industry_size, w->z, w->f, w->x, w->inputs, w->tls};
    for (size_t a = 0; a < sizeof all / sizeof *all; a++) free(all[a]);
}

int main(int count, char **words)
{
    long regions, industries, seed;
    if (count != 4 || !whole_number(words[1], 1, 1000, &regions) || !whole_number(words[2], 1, 1000, &industries) ||
        !whole_number(words[3], 0, 1000000000, &seed)) {
        fputs("generate_icio REGIONS INDUSTRIES SEED > file.csv\n", stderr);
        return 2;
    }
    world w = {.regions = (int)regions, .industries = (int)industries, .rows = (int)(regions * industries)};
    w.seed = (uint64_t)seed;
    if (!make_room(&w)) {
        fputs("generate_icio: out of memory\n", stderr);
        return 1;
    }
    name_codes(&w);
    draw_sizes(&w);
    draw_z(&w);
    close_accounts(&w);
    print_table(&w);
    free_room(&w);
    return 0;
}
