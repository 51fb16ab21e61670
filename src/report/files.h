/* files.h: the files of `--out`. Each *_csv adds its lines to text and, where target is not NULL, empties text into the
 * target whenever it has grown past a block, so that memory does not grow with the world. */
// SPDX-License-Identifier: MIT
#pragma once
#include "report/target.h"
#include "report/view.h"

ent_status ent_regions_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err);
ent_status ent_sectors_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err);
ent_status ent_flows_csv(const ent_view *view, ent_text *text, ent_target *target, ent_error *err);
ent_status ent_manifest_json(const ent_view *view, ent_text *text, ent_error *err);
ent_status ent_report_page(const ent_view *view, ent_text *text, ent_error *err);
/* The bytes of results.nc, in the arena. */
ent_status ent_results_netcdf(const ent_view *view, ent_arena *arena, ent_bytes *bytes, ent_error *err);
