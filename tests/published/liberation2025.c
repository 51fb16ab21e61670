/* liberation2025.c: the duties announced on 2 April 2025 among 194 countries, one sector: all files of
 * data/liberation2025/expected by blueprint options alone (E17 in all its parts).
 *
 * Only the world is prepared here, as the data set's SOURCE.md says: home sales from GDP, trade and the imbalance that
 * market entry leaves; then it walks the user's way: a folder in the layout `tidy`, a scenario with a duty file.
 *
 * Tolerances: the expected files are exact to 1e-13 in the equations' residuals and 1e-11 points against the authors'
 * programs; hats are held to 1e-10, percentages to 1e-8 (a hundred times that), money to 1e-10 of the country's
 * spending. */
// SPDX-License-Identifier: MIT
#include "published/liberation2025.h"

#define HAT     1e-10
#define PERCENT 1e-8

/* What SOURCE.md reads: n, i in the order of countries.csv; X[i][n] sales of i to n, million US dollars. */
typedef struct {
    ptrdiff_t countries;
    expected about;
    double *sales;  /* [i][n] */
    double *output; /* Y */
    double *rate;   /* [i] duty of the USA, a fraction */
} source_data;

static ptrdiff_t place_of(const source_data *d, const char *country)
{
    for (ptrdiff_t n = 0; n < d->countries; n++)
        if (strcmp(expected_text(&d->about, n, "country"), country) == 0) return n;
    return -1;
}

static ent_status read_source(const char *data, ent_arena *arena, source_data *d, ent_error *err)
{
    expected trade;
    ENT_TRY(expected_read(ent_string_format(arena, "%s/countries.csv", data), arena, &d->about, err));
    ENT_TRY(expected_read(ent_string_format(arena, "%s/trade.csv", data), arena, &trade, err));
    d->countries = d->about.rows;
    d->sales = ent_new0(arena, double, d->countries * d->countries);
    d->output = ent_new0(arena, double, d->countries);
    d->rate = ent_new0(arena, double, d->countries);
    if (d->sales == NULL || d->output == NULL || d->rate == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < d->countries; n++) {
        d->output[n] = expected_number(&d->about, n, "gdp_usd") / 1e6;
        d->rate[n] = fmax(0.10, expected_number(&d->about, n, "us_tariff_rate"));
    }
    for (ptrdiff_t row = 0; row < trade.rows; row++) {
        const ptrdiff_t i = place_of(d, expected_text(&trade, row, "exporter"));
        const ptrdiff_t n = place_of(d, expected_text(&trade, row, "importer"));
        if (i < 0 || n < 0) return ent_fail(err, ENT_BAD_INPUT, "trade.csv: row %td names no country", row);
        d->sales[i * d->countries + n] = expected_number(&trade, row, "flow_thousand_usd") / 1e3;
    }
    return ENT_OK;
}

/* X_ii = max(0, Y_i + T_i − M_i), T_i = (1−ν_i)(M_i − Σ_m (1−ν_m) X_im); plain: X_ii = max(0, Y_i − exports). */
static void fill_home_sales(source_data *d, const double *nu, int plain)
{
    const ptrdiff_t R = d->countries;
    for (ptrdiff_t i = 0; i < R; i++) {
        double imports = 0.0, kept = 0.0, exports = 0.0;
        d->sales[i * R + i] = 0.0;
        for (ptrdiff_t m = 0; m < R; m++) {
            imports += d->sales[m * R + i];
            exports += d->sales[i * R + m];
            kept += (1.0 - nu[m]) * d->sales[i * R + m];
        }
        const double transfer = (1.0 - nu[i]) * (imports - kept);
        d->sales[i * R + i] = fmax(0.0, plain ? d->output[i] - exports : d->output[i] + transfer - imports);
    }
}

static ent_status write_text(const char *path, const ent_text *text, ent_error *err)
{
    if (text->failed) return ENT_NO_MEMORY;
    return ent_bytes_write(path, text->data, text->size, err);
}

/* A folder in the layout `tidy`, and the duties as a file. */
static ent_status write_world(const source_data *d, const char *folder, ent_arena *arena, ent_error *err)
{
    ent_text flows = {.arena = arena}, duties = {.arena = arena};
    ENT_TRY(ent_folder_make(folder, err));
    ent_text_say(&flows, "exporter,importer,sector,use,value_musd\n");
    ent_text_say(&duties, "exporter,rate\n");
    for (ptrdiff_t i = 0; i < d->countries; i++) {
        const char *seller = expected_text(&d->about, i, "country");
        for (ptrdiff_t n = 0; n < d->countries; n++)
            if (d->sales[i * d->countries + n] > 0.0)
                ent_text_say(&flows, "%s,%s,GOODS,FINAL,%.17g\n", seller, expected_text(&d->about, n, "country"),
                             d->sales[i * d->countries + n]);
        if (strcmp(seller, "USA") != 0) ent_text_say(&duties, "%s,%.17g\n", seller, d->rate[i]);
    }
    ENT_TRY(write_text(ent_string_format(arena, "%s/flows.csv", folder), &flows, err));
    return write_text(ent_string_format(arena, "%s/duties_2025.csv", folder), &duties, err);
}

/* ---- experiments ---- */

/* A world and a scenario's text. `%1` to `%3` in it stand for ν of everyone, ν of the USA and the uniform duty in
 * percent, which scalars.csv holds. */
typedef struct {
    const char *file;
    int plain; /* home sales without market entry */
    const char *blueprint, *actions;
} experiment;

#define ANNOUNCED "[{duty: {importer: USA, exporter: {not: USA}, file: duties_2025.csv, column: rate}}]"
#define LABOUR                                                                                                         \
    "elasticities: 4, scale: 0.1675, scale_by: labour, labour_supply: 0.5, numeraire: consumption, closure: fixed"
#define ENTRY "market: melitz, entry_share: {all: %1, USA: %2}, pareto_shape: 5.9701492537313428, " /* 4/0.67 */
#define PLAIN "market: perfect, elasticities: 4, numeraire: consumption, closure: fixed"

static const experiment experiments[] = {
    {"ustr", 0, ENTRY "revenue: income-tax, " LABOUR, ANNOUNCED},
    {"lumpsum", 0, ENTRY "revenue: lump-sum, " LABOUR, ANNOUNCED},
    {"ek", 0, "market: krugman, revenue: income-tax, " LABOUR, ANNOUNCED},
    {"armington_ustr", 1, PLAIN, ANNOUNCED},
    {"armington_optimal_uniform", 1, PLAIN, "[{duty: {importer: USA, exporter: {not: USA}, set: %3%}}]"},
};
enum {
    EXPERIMENTS = sizeof experiments / sizeof *experiments
};

static double scalar(const expected *scalars, const char *name)
{
    for (ptrdiff_t row = 0; row < scalars->rows; row++)
        if (strcmp(expected_text(scalars, row, "name"), name) == 0) return expected_number(scalars, row, "value");
    return NAN;
}

static void say_filled(ent_text *text, const char *form, const double value[3])
{
    for (; *form != 0; form++)
        if (form[0] == '%' && form[1] >= '1' && form[1] <= '3')
            ent_text_say(text, "%.17g", value[*++form - '1']);
        else
            ent_text_add(text, form, 1);
}

static ent_status run(const char *data, const experiment *x, double duty_factor, ent_arena *arena, corridor *c)
{
    expected scalars;
    source_data d = {0};
    ent_table table;
    *c = (corridor){0};
    ENT_TRY(read_source(data, arena, &d, &c->err));
    ENT_TRY(expected_read(ent_string_format(arena, "%s/expected/scalars.csv", data), arena, &scalars, &c->err));
    const double value[3] = {scalar(&scalars, "nu_non_us"), scalar(&scalars, "nu_us"),
                             100.0 * duty_factor * scalar(&scalars, "armington_optimal_uniform_us_tariff")};
    double *nu = ent_new0(arena, double, d.countries);
    if (nu == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < d.countries && !x->plain; n++) nu[n] = value[n == place_of(&d, "USA")];
    fill_home_sales(&d, nu, x->plain);
    const char *folder = ent_string_format(arena, "%s/liberation-%s", test_temporary_folder(), x->file);
    ENT_TRY(write_world(&d, folder, arena, &c->err));
    ENT_TRY(corridor_import(ENT_LAYOUT_TIDY, folder, arena, &table, &c->err));
    ent_text yaml = {.arena = arena};
    ent_text_say(&yaml, "name: %s\nblueprint: {", x->file);
    say_filled(&yaml, x->blueprint, value);
    ent_text_say(&yaml, "}\nactions: ");
    say_filled(&yaml, x->actions, value);
    ent_text_say(&yaml, "\n");
    if (yaml.failed) return ENT_NO_MEMORY;
    const ent_options tight = corridor_tolerance(1e-12);
    return corridor_run(c, &table, yaml.data, folder, &tight);
}

ent_status liberation_run(const char *data, const char *file, ent_arena *arena, corridor *c)
{
    for (int x = 0; x < EXPERIMENTS; x++)
        if (strcmp(experiments[x].file, file) == 0) return run(data, &experiments[x], 1.0, arena, c);
    return ENT_BAD_INPUT;
}

/* ---- columns ---- */

static double level(const corridor *c, ent_region_variable v, ptrdiff_t n, int after)
{
    return (after ? c->out.region_value : c->out.region_benchmark)[v * c->out.regions + n];
}

/* Change of exports or imports over GDP, percent. */
static double openness(const corridor *c, ent_region_variable v, ptrdiff_t n)
{
    const double before = level(c, v, n, 0) / level(c, ENT_REGION_gdp, n, 0);
    return 100.0 * (level(c, v, n, 1) / level(c, ENT_REGION_gdp, n, 1) / before - 1.0);
}

static void check_cell(const char *file, const expected *e, ptrdiff_t row, const char *column, double value,
                       double within)
{
    const double wanted = expected_number(e, row, column);
    if (!(fabs(value - wanted) <= within))
        test_fail(__FILE__, __LINE__, "%s: %s of %s is %.17g, not %.17g within %g", file, column,
                  expected_text(e, row, "country"), value, wanted, within);
}

static void compare(const corridor *c, const expected *e, ptrdiff_t row, const char *file)
{
    const ptrdiff_t n = ent_names_find(&c->table.regions, expected_text(e, row, "country"));
    if (n < 0) {
        test_fail(__FILE__, __LINE__, "%s: no region %s", file, expected_text(e, row, "country"));
        return;
    }
    const double spent = level(c, ENT_REGION_income, n, 0), thousand = 1e3;
    const struct {
        const char *column;
        double value, within;
    } cells[] = {
        {"wage_hat", level(c, ENT_REGION_wage, n, 1), HAT},
        {"expenditure_hat", level(c, ENT_REGION_income, n, 1) / spent, HAT},
        {"labor_hat", level(c, ENT_REGION_employment, n, 1), HAT},
        {"price_hat", level(c, ENT_REGION_price_index, n, 1), HAT},
        {"welfare_pct", 100.0 * (level(c, ENT_REGION_welfare, n, 1) - 1.0), PERCENT},
        {"employment_pct", 100.0 * (level(c, ENT_REGION_employment, n, 1) - 1.0), PERCENT},
        {"price_pct", 100.0 * (level(c, ENT_REGION_price_index, n, 1) - 1.0), PERCENT},
        {"exports_to_gdp_pct", openness(c, ENT_REGION_exports, n), PERCENT},
        {"imports_to_gdp_pct", openness(c, ENT_REGION_imports, n), PERCENT},
        {"trade_deficit_0", -thousand * level(c, ENT_REGION_trade_balance, n, 0), thousand * HAT * spent},
        {"trade_deficit_1", -thousand * level(c, ENT_REGION_trade_balance, n, 1), thousand * HAT * spent},
        {"tariff_revenue_share_of_base_expenditure", level(c, ENT_REGION_tariff_revenue, n, 1) / spent, HAT},
    };
    CHECK(e->columns == 1 + (ptrdiff_t)(sizeof cells / sizeof *cells)); /* no column is left out */
    for (size_t v = 0; v < sizeof cells / sizeof *cells; v++)
        check_cell(file, e, row, cells[v].column, cells[v].value, cells[v].within);
}

TEST(the_expected_files_of_liberation_day_come_out_by_blueprint_options_alone, "E17")
{
    const char *data = test_data("liberation2025");
    if (data == NULL) return;
    for (size_t x = 0; x < EXPERIMENTS; x++) {
        ENT_SCRATCH scratch = {0};
        corridor c;
        expected e;
        const char *path = ent_string_format(&scratch, "%s/expected/%s.csv", data, experiments[x].file);
        MUST(run(data, &experiments[x], 1.0, &scratch, &c), c.err);
        MUST(expected_read(path, &scratch, &e, &c.err), c.err);
        CHECK(e.rows == 194);
        for (ptrdiff_t row = 0; row < e.rows; row++) compare(&c, &e, row, experiments[x].file);
        corridor_close(&c);
    }
}

TEST(the_optimal_uniform_duty_of_the_united_states_is_a_maximum, "E13")
{
    const char *data = test_data("liberation2025");
    if (data == NULL) return;
    static const double factors[] = {0.999, 1.0, 1.001};
    double income[3];
    for (int f = 0; f < 3; f++) {
        ENT_SCRATCH scratch = {0};
        corridor c;
        MUST(run(data, &experiments[EXPERIMENTS - 1], factors[f], &scratch, &c), c.err);
        income[f] = level(&c, ENT_REGION_real_income, ent_names_find(&c.table.regions, "USA"), 1);
        corridor_close(&c);
    }
    CHECK(income[1] > income[0] && income[1] > income[2]);
    /* and flat there: what is left is of third order, a thousandth of the second times some units */
    CHECK_NEAR(income[0], income[2], 1e-2 * (income[1] - income[0]));
}
