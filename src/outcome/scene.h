/* scene.h: benchmark and equilibrium side by side, lane by lane: what all measures of E13 are taken from. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/outcome.h"

/* Sums over a region's lanes, million US dollars. */
typedef struct {
    double exports0, exports1, imports0, imports1; /* values */
    double export_volume, import_volume;           /* at benchmark prices */
    double export_price, import_price;             /* benchmark values at new prices */
    double duties0, export_taxes0;                 /* benchmark */
} ent_trade_sums;

typedef struct {
    const ent_network *net;
    const ent_policy *policy;
    const ent_equilibrium *eq;
    ent_licences licence;
    ent_outcome *out;
    double *border0, *border1; /* [borders] B: value at the border, with export tax, net of duty */
    double *quantity;          /* [borders] q̂ = N̂/p̂: what leaves the seller's gate */
    double *import_price;      /* [borders] c.i.f. price, ratio */
    ent_trade_sums *trade;     /* [regions] */
    double *export_price;      /* [borders] f.o.b. price, ratio */
} ent_scene;

void ent_measure_flows(ent_scene *scene);
void ent_measure_regions(ent_scene *scene);
void ent_measure_sectors(ent_scene *scene);
/* The linear formula of [CP] (16), evaluated at the benchmark, by sector and by region. */
void ent_measure_linear(ent_scene *scene);

static inline void ent_note_region(ent_scene *s, ent_region_variable v, ptrdiff_t n, double benchmark, double value)
{
    s->out->region_benchmark[v * s->out->regions + n] = benchmark;
    s->out->region_value[v * s->out->regions + n] = value;
}

static inline void ent_note_sector(ent_scene *s, ent_sector_variable v, ptrdiff_t cell, double benchmark, double value)
{
    const ptrdiff_t cells = s->out->regions * s->out->sectors;
    s->out->sector_benchmark[v * cells + cell] = benchmark;
    s->out->sector_value[v * cells + cell] = value;
}

static inline void ent_add_sector(ent_scene *s, ent_sector_variable v, ptrdiff_t cell, double benchmark, double value)
{
    const ptrdiff_t cells = s->out->regions * s->out->sectors;
    s->out->sector_benchmark[v * cells + cell] += benchmark;
    s->out->sector_value[v * cells + cell] += value;
}
