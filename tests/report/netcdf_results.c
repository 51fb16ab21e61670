/* netcdf_results.c: results.nc reads back by names, and twice the same inputs are twice the same bytes. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"
#include "report/files.h"
#include <netcdf.h>

static double cell(int file, const char *name, const size_t *at)
{
    int variable;
    double x = -1e300;
    CHECK(nc_inq_varid(file, name, &variable) == NC_NOERR);
    CHECK(nc_get_var1_double(file, variable, at, &x) == NC_NOERR);
    return x;
}

static void check_string(int file, const char *name, size_t at, const char *wanted)
{
    int variable;
    char *text = NULL;
    CHECK(nc_inq_varid(file, name, &variable) == NC_NOERR);
    CHECK(nc_get_var1_string(file, variable, &at, &text) == NC_NOERR);
    CHECK_TEXT(text == NULL ? "" : text, wanted);
    nc_free_string(1, &text);
}

TEST(results_read_back_by_their_labels, "netCDF")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    int file;
    MUST(fabricated_shape(&f, 3, 2, &scratch), err);
    fabricated_region(&f, 1, ENT_REGION_wage, 2, 1.0, (double)NAN);
    fabricated_flow(&f, 1, ENT_FLOW_value, 2, 0, 1, 5.0, 7.25);
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    const char *path = ent_path_join(&scratch, test_temporary_folder(), "back.nc");
    ent_bytes bytes;
    MUST(ent_results_netcdf(&view, &scratch, &bytes, &err), err);
    MUST(ent_bytes_write(path, bytes.data, bytes.size, &err), err);
    CHECK(nc_open(path, NC_NOWRITE, &file) == NC_NOERR);
    check_string(file, "scenario", 1, "War of attrition");
    check_string(file, "region", 2, "R3");
    check_string(file, "exporter", 0, "R1");
    check_string(file, "sector_label", 1, "Sector 2");
    CHECK_NEAR(cell(file, "real_income", (size_t[]){1, 2}), f.outcome[1].region_value[ENT_REGION_real_income * 3 + 2],
               0);
    CHECK_NEAR(cell(file, "income_benchmark", (size_t[]){0, 1}),
               f.outcome[0].region_benchmark[ENT_REGION_income * 3 + 1], 0);
    CHECK_NEAR(cell(file, "sector_output", (size_t[]){0, 2, 1}),
               f.outcome[0].sector_value[(ENT_SECTOR_output * 3 + 2) * 2 + 1], 0);
    CHECK_NEAR(cell(file, "flow_value", (size_t[]){1, 2, 0, 1}), 7.25, 0);
    CHECK_NEAR(cell(file, "flow_value_benchmark", (size_t[]){1, 2, 0, 1}), 5.0, 0);
    CHECK(isnan(cell(file, "wage", (size_t[]){1, 2})));
    CHECK(isnan(cell(file, "flow_value", (size_t[]){0, 1, 1, 0}))); /* home is no flow */
    nc_close(file);
}

TEST(the_same_inputs_give_the_same_results_file, "netCDF")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    ent_bytes bytes[2];
    for (int turn = 0; turn < 2; turn++) {
        MUST(fabricated_shape(&f, 20, 6, &scratch), err);
        MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
        MUST(ent_results_netcdf(&view, &scratch, &bytes[turn], &err), err);
    }
    CHECK(bytes[0].size == bytes[1].size && memcmp(bytes[0].data, bytes[1].data, bytes[0].size) == 0);
}

TEST(what_was_asked_how_sure_stands_beside_its_variable, "netCDF")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_view view;
    ent_error err = {{0}};
    int file, variable;
    ent_headline one = {.variable = ENT_REGION_real_wage, .region = 1, .partner = -1, .se = 0.25, .se_second = 0.5};
    const ent_uncertainty u = {.order = ENT_ORDER_SECOND, .regions = 3, .count = 1, .headline = &one};
    MUST(fabricated_shape(&f, 3, 2, &scratch), err);
    f.answer[1].uncertainty = &u;
    MUST(ent_view_make(&f.report, &scratch, &view, &err), err);
    const char *path = ent_path_join(&scratch, test_temporary_folder(), "sure.nc");
    ent_bytes bytes;
    MUST(ent_results_netcdf(&view, &scratch, &bytes, &err), err);
    MUST(ent_bytes_write(path, bytes.data, bytes.size, &err), err);
    CHECK(nc_open(path, NC_NOWRITE, &file) == NC_NOERR);
    CHECK_NEAR(cell(file, "real_wage_se", (size_t[]){1, 1}), 0.25, 0);
    CHECK_NEAR(cell(file, "real_wage_se_second", (size_t[]){1, 1}), 0.5, 0);
    CHECK(isnan(cell(file, "real_wage_se", (size_t[]){0, 1})) && isnan(cell(file, "real_wage_se", (size_t[]){1, 2})));
    CHECK(nc_inq_varid(file, "real_wage_sd", &variable) != NC_NOERR); /* nobody drew */
    nc_close(file);
}
