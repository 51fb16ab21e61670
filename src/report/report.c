/* report.c: the doors of the room: print to a terminal or a pipe, write a folder of files, give one file's bytes. */
// SPDX-License-Identifier: MIT
#include "entente/report.h"
#include "report/files.h"
#include "report/page_data.h"
#include "report/print.h"
#include "report/uncertain.h"
#include <string.h>

ent_status ent_report_print(const ent_report *report, ent_format format, int colour, ent_text *out, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_view view;
    ENT_TRY(ent_view_make(report, &scratch, &view, err));
    switch (format) {
    case ENT_FORMAT_JSON:
        return ent_print_json(&view, out, err);
    case ENT_FORMAT_CSV:
        return ent_regions_csv(&view, out, NULL, err);
    case ENT_FORMAT_TEXT:
        break;
    }
    return ent_print_text(&view, colour, out, err);
}

typedef ent_status say_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err);
typedef ent_status say_text(const ent_view *view, ent_text *text, ent_error *err);

static ent_status write_csv(const ent_view *view, const char *folder, const char *name, say_csv *say, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_target target;
    const char *path = ent_path_join(&scratch, folder, name);
    if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to write %s", name);
    ENT_TRY(ent_target_open(&target, path, &scratch, err));
    const ent_status status = say(view, &text, &target, err);
    if (status != ENT_OK) {
        ent_target_abandon(&target);
        return status;
    }
    ent_target_add(&target, text.data, text.size);
    return ent_target_close(&target, err);
}

static ent_status write_text(const ent_view *view, const char *folder, const char *name, say_text *say, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    const char *path = ent_path_join(&scratch, folder, name);
    if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to write %s", name);
    ENT_TRY(say(view, &text, err));
    return ent_bytes_write(path, text.data, text.size, err);
}

static ent_status write_netcdf(const ent_view *view, const char *folder, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_bytes bytes;
    const char *path = ent_path_join(&scratch, folder, "results.nc");
    if (path == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to write results.nc");
    ENT_TRY(ent_results_netcdf(view, &scratch, &bytes, err));
    return ent_bytes_write(path, bytes.data, bytes.size, err);
}

/* The manifest comes last: where it stands, the others do. */
ent_status ent_report_write(const ent_report *report, const char *folder, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_view view;
    ENT_TRY(ent_view_make(report, &scratch, &view, err));
    ENT_TRY(ent_folder_make(folder, err));
    ENT_TRY(write_csv(&view, folder, "regions.csv", ent_regions_csv, err));
    ENT_TRY(write_csv(&view, folder, "sectors.csv", ent_sectors_csv, err));
    ENT_TRY(write_csv(&view, folder, "flows.csv", ent_flows_csv, err));
    if (ent_view_has_draws(&view)) ENT_TRY(write_csv(&view, folder, "draws.csv", ent_draws_csv, err));
    ENT_TRY(write_netcdf(&view, folder, err));
    ENT_TRY(write_text(&view, folder, "report.html", ent_report_page, err));
    return write_text(&view, folder, "manifest.json", ent_manifest_json, err);
}

static ent_status file_text(const ent_view *view, const char *name, ent_text *text, ent_error *err)
{
    if (strcmp(name, "regions.csv") == 0) return ent_regions_csv(view, text, NULL, err);
    if (strcmp(name, "sectors.csv") == 0) return ent_sectors_csv(view, text, NULL, err);
    if (strcmp(name, "flows.csv") == 0) return ent_flows_csv(view, text, NULL, err);
    if (strcmp(name, "draws.csv") == 0 && ent_view_has_draws(view)) return ent_draws_csv(view, text, NULL, err);
    if (strcmp(name, "report.html") == 0) return ent_report_page(view, text, err);
    if (strcmp(name, "manifest.json") == 0) return ent_manifest_json(view, text, err);
    return ent_fail(err, ENT_BAD_INPUT, "a report has no file %.60s", name);
}

ent_status ent_report_file(const ent_report *report, const char *name, ent_arena *arena, ent_bytes *bytes,
                           ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_view view;
    ent_text text = {.arena = arena};
    ENT_TRY(ent_view_make(report, &scratch, &view, err));
    if (strcmp(name, "results.nc") == 0) return ent_results_netcdf(&view, arena, bytes, err);
    ENT_TRY(file_text(&view, name, &text, err));
    if (text.failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for %s", name);
    *bytes = (ent_bytes){text.data, text.size};
    return ENT_OK;
}

ent_status ent_report_page_json(const ent_report *report, ent_page_detail detail, ent_text *out, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_view view;
    ent_json json = {.text = out};
    ENT_TRY(ent_view_make(report, &scratch, &view, err));
    ENT_TRY(ent_page_data(&view, detail, &json, err));
    if (out->failed) return ent_fail(err, ENT_NO_MEMORY, "no memory for what the page draws");
    return ENT_OK;
}
