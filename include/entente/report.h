/* report.h: outcomes as words, tables and pictures. Knows every noun, computes nothing. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/uncertainty.h"

/* One scenario's answer, with all that a reader may ask about where it comes from. */
typedef struct {
    const ent_scenario *scenario;
    const ent_outcome *outcome;
    const ent_equilibrium *equilibrium;
    const char *const *lines; /* [line_count] its actions, in words */
    ptrdiff_t line_count;
    const ent_uncertainty *uncertainty; /* or NULL */
} ent_answer;

typedef struct {
    const ent_answer *answers; /* [count], on one table; side by side */
    ptrdiff_t count;
    const ent_table *table;
    const ent_options *options;
    const char *world_hash;
    const char *command; /* the line that gives the same bytes */
    double seconds;
} ent_report;

typedef enum {
    ENT_FORMAT_TEXT,
    ENT_FORMAT_JSON,
    ENT_FORMAT_CSV
} ent_format;

/* What `entente run` prints: text fits 100 columns, aligned on the decimal point; colour 1 for a terminal. */
ent_status ent_report_print(const ent_report *report, ent_format format, int colour, ent_text *out, ent_error *err);
/* manifest.json, regions.csv, sectors.csv, flows.csv, draws.csv where draws were made, results.nc, report.html into a
 * folder, each whole or not at all.
 */
ent_status ent_report_write(const ent_report *report, const char *folder, ent_error *err);
/* The page of report.html around other data than a run's: what `entente lever` found, for one. `json` is one object
 * whose "kind" says which figures draw it (web/src/main_found.jsx). */
ent_status ent_report_page_around(const char *title, ent_bytes json, ent_text *text, ent_error *err);
/* One of those files by its name, as bytes in the arena. ENT_BAD_INPUT where the report has no such file. */
ent_status ent_report_file(const ent_report *report, const char *name, ent_arena *arena, ent_bytes *bytes,
                           ent_error *err);

/* What report.html draws, as one JSON object on one line: the very bytes that stand in the page. */
typedef enum {
    ENT_PAGE_FULL,
    ENT_PAGE_REGIONS /* regions alone: no sectors, no trade */
} ent_page_detail;
ent_status ent_report_page_json(const ent_report *report, ent_page_detail detail, ent_text *out, ent_error *err);
