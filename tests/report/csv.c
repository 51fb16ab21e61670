/* csv.c: regions.csv, sectors.csv and flows.csv read back to the very numbers, labels and all. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"
#include "reading.h"
#include "report/files.h"
#include <stdlib.h>

static int same_number(const char *field, double x)
{
    if (!isfinite(x)) return *field == 0;
    char *end;
    return *field != 0 && strtod(field, &end) == x && *end == 0;
}

static void check_row(char *field[], int first, const ent_variable *v, double benchmark, double value)
{
    CHECK_TEXT(field[first], v->name);
    CHECK_TEXT(field[first + 1], v->unit);
    CHECK(same_number(field[first + 2], benchmark));
    CHECK(same_number(field[first + 3], value));
    const double ratio = v->kind == ENT_CHANGE ? (double)NAN : v->kind == ENT_INDEX ? value : value / benchmark;
    CHECK(same_number(field[first + 4], ratio));
}

static ent_status make(fabricated *f, ent_view *view, ent_arena *arena)
{
    ent_error err;
    ENT_TRY(fabricated_make(f, arena));
    f->scenario[1].name = "War, \"long\"";
    fabricated_region(f, 0, ENT_REGION_wage, 1, 1.0, (double)NAN);
    fabricated_region(f, 0, ENT_REGION_tariff_revenue, 1, 0.0, 12.5); /* no ratio to nothing */
    return ent_view_make(&f->report, arena, view, &err);
}

TEST(regions_csv_reads_back_to_the_same_numbers, "E13")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    char *field[MOST_FIELDS];
    MUST(make(&f, &view, &scratch), err);
    MUST(ent_report_print(&f.report, ENT_FORMAT_CSV, 0, &text, &err), err);
    char *rest = text.data;
    CHECK(fields_of_line(&rest, field) == 8);
    CHECK_TEXT(field[0], "scenario");
    CHECK_TEXT(field[7], "ratio");
    for (int s = 0; s < 2; s++) {
        const ent_outcome *o = &f.outcome[s];
        for (ptrdiff_t n = 0; n < 2; n++)
            for (int v = 0; v < ENT_REGION_VARIABLES; v++) {
                CHECK(fields_of_line(&rest, field) == 8);
                CHECK_TEXT(field[0], s == 0 ? "Deal" : "War, \"long\"");
                CHECK_TEXT(field[1], f.table.regions.code[n]);
                CHECK_TEXT(field[2], f.table.regions.label[n]);
                check_row(field, 3, &ent_region_variables[v], o->region_benchmark[2 * v + n],
                          o->region_value[2 * v + n]);
            }
        int world_rows = 0;
        char *copy = ent_string_copy(&scratch, rest); /* reading takes the quotes away */
        for (char *peek = copy; fields_of_line(&peek, field) == 8 && strcmp(field[1], "WLD") == 0; world_rows++)
            rest = strchr(rest, '\n') + 1;
        CHECK(world_rows > 10);
    }
    CHECK(*rest == 0);
}

/* One row of flows.csv by its keys; NULL where there is none. */
static char *find_value(char *csv, const char *importer, const char *exporter, const char *sector, const char *variable)
{
    static char copy[1 << 20];
    CHECK(strlen(csv) < sizeof copy);
    strcpy(copy, csv);
    char *rest = copy, *field[MOST_FIELDS];
    while (fields_of_line(&rest, field) == 12)
        if (strcmp(field[0], "Deal") == 0 && strcmp(field[1], importer) == 0 && strcmp(field[3], exporter) == 0 &&
            strcmp(field[5], sector) == 0 && strcmp(field[7], variable) == 0)
            return field[10];
    return NULL;
}

TEST(flows_csv_has_every_flow_and_its_totals, "E13")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(make(&f, &view, &scratch), err);
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 1, 0, 1.0 / 3.0, 2.0 / 3.0);
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 1, 1, 1.0, 4.0);
    fabricated_flow(&f, 0, ENT_FLOW_export_tax, 0, 1, 1, 0.0, 0.0);
    fabricated_flow(&f, 0, ENT_FLOW_value, 1, 0, 0, 0.0, 0.0);
    MUST(ent_flows_csv(&view, &text, NULL, &err), err);
    CHECK(same_number(find_value(text.data, "ATL", "BOR", "FAR", "value"), 2.0 / 3.0));
    CHECK(same_number(find_value(text.data, "ATL", "BOR", "ALL", "value"), 2.0 / 3.0 + 4.0));
    CHECK(same_number(find_value(text.data, "ATL", "WLD", "ALL", "value"), 2.0 / 3.0 + 4.0));
    CHECK(find_value(text.data, "ATL", "BOR", "IND", "export_tax") == NULL);
    CHECK(find_value(text.data, "BOR", "ATL", "FAR", "duty") == NULL); /* no trade, no row */
    CHECK(find_value(text.data, "BOR", "ATL", "IND", "duty") != NULL);
}

TEST(sectors_csv_has_totals_of_money_and_none_of_shares, "E13")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    MUST(make(&f, &view, &scratch), err);
    f.report.count = view.scenarios = 1;
    MUST(ent_sectors_csv(&view, &text, NULL, &err), err);
    char *rest = text.data, *field[MOST_FIELDS];
    int rows[3] = {0}, with_shares = 0;
    while (fields_of_line(&rest, field) == 10) {
        const int total = (strcmp(field[1], "WLD") == 0) + (strcmp(field[3], "ALL") == 0);
        rows[total]++;
        if (total > 0 && strcmp(field[5], "home_share") == 0) with_shares++;
    }
    CHECK(rows[0] == 1 + 4 * ENT_SECTOR_VARIABLES);
    CHECK(rows[1] > 0 && rows[1] % 4 == 0 && rows[2] == rows[1] / 4);
    CHECK(with_shares == 0);
}
