/* fabricated.h: a report of invented numbers on a small world, for tests of how things are said. No result of anything.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

/* Two regions (ATL "Atlantis", BOR "Borduria, \"south\"") and two sectors (FAR "Farming", IND "Industry"), two
 * scenarios. All members may be changed before use; arrays live in the arena. */
typedef struct {
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
    ent_options options;
    ent_scenario scenario[2];
    ent_outcome outcome[2];
    ent_equilibrium equilibrium[2];
    ent_answer answer[2];
    ent_report report;
} fabricated;

ent_status fabricated_make(fabricated *f, ent_arena *arena);
/* The same for any shape, names R1, R2, …, S1, S2, …: every pair trades every sector. Values follow a formula. */
ent_status fabricated_shape(fabricated *f, ptrdiff_t regions, ptrdiff_t sectors, ent_arena *arena);
/* Cells by hand */
void fabricated_region(fabricated *f, int s, ent_region_variable v, ptrdiff_t n, double benchmark, double value);
void fabricated_sector(fabricated *f, int s, ent_sector_variable v, ptrdiff_t n, ptrdiff_t j, double benchmark,
                       double value);
void fabricated_flow(fabricated *f, int s, ent_flow_variable v, ptrdiff_t importer, ptrdiff_t exporter, ptrdiff_t j,
                     double benchmark, double value);
