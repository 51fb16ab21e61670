/* reliance.c: dependence at all orders, by walking the network instead of inverting I − A: the matrix of a large world
 * has sixteen million entries where its network has half a million edges, and every nest and product is followed as it
 * is.
 *
 *   x[k][h]   gross inputs from region h per dollar that node k spends, of this round and all before
 *   producer  x[k][h] = Σ_e ω_e x[l][h];  over a lane from producer l:  (N/V) (1[l in h] + (1 − ℓ_l) x[l][h])
 *
 * Walked up the levels (N3) until the producers' rows, met again round the circle, stand still: the m-th round adds
 * A^m. HOT is the same walk downwards: v[k] what share of a dollar received from node k's purchase crosses a border
 * later. */
// SPDX-License-Identifier: MIT
#include "entente/chokepoint.h"
#include <math.h>
#include <string.h>

#define STILL       1e-13 /* of shares; smaller asks for what rounding leaves */
#define MOST_ROUNDS 10000

typedef struct {
    ent_network at; /* the equilibrium as a benchmark */
    double *kept;   /* [borders] N/V */
    double *x;      /* [nodes][R] */
    double *made;   /* [nodes][R] of producers: what their buyers see, 1[l in h] + (1 − ℓ) x, of the round before */
} reliance_work;

static int is_good(const ent_network *net, int32_t lane)
{
    return net->kind[net->seller[lane]] == ENT_NODE_PRODUCER;
}

/* One producer's good in the eyes of its buyers. deep: with what is in it. */
static void show(reliance_work *w, ptrdiff_t k, int deep)
{
    const ptrdiff_t R = w->at.regions;
    double *made = w->made + k * R;
    const double *x = w->x + k * R;
    for (ptrdiff_t h = 0; h < R; h++) made[h] = deep ? (1.0 - w->at.levy_share[k]) * x[h] : 0.0;
    made[w->at.node_region[k]] += 1.0;
}

/* x of one node from its sellers. */
static void gather(reliance_work *w, ptrdiff_t k)
{
    const ent_network *net = &w->at;
    const ptrdiff_t R = net->regions;
    double *x = w->x + k * R;
    memset(x, 0, (size_t)R * sizeof *x);
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e];
        const ptrdiff_t l = net->seller[lane];
        const double *from = (is_good(net, lane) ? w->made : w->x) + l * R;
        const double weight = net->share[e] * (lane < net->borders ? w->kept[lane] : 1.0);
        for (ptrdiff_t h = 0; h < R; h++) x[h] += weight * from[h];
    }
}

/* One walk up. Returns the largest change of what a producer contains. */
static double walk(reliance_work *w)
{
    const ent_network *net = &w->at;
    const ptrdiff_t R = net->regions;
    double moved = 0.0;
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++)
        if (net->kind[k] != ENT_NODE_PRODUCER)
            gather(w, k);
        else {
            double before = 0.0, after = 0.0;
            const double *x = w->x + k * R;
            for (ptrdiff_t h = 0; h < R; h++) before += x[h];
            gather(w, k);
            for (ptrdiff_t h = 0; h < R; h++) after += x[h];
            moved = fmax(moved, fabs(after - before));
        }
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++)
        if (net->kind[k] == ENT_NODE_PRODUCER) show(w, k, 1);
    return moved;
}

/* Shares of producers, and of each region's producers together. */
static void note(const reliance_work *w, double *by_producer, double *foreign, double *by_region)
{
    const ent_network *net = &w->at;
    const ptrdiff_t R = net->regions, J = net->sectors;
    for (ptrdiff_t cell = 0; cell < R * J; cell++) {
        const int32_t k = net->producer[cell];
        const ptrdiff_t n = cell / J;
        double all = 0.0;
        for (ptrdiff_t h = 0; h < R && k >= 0; h++) all += w->x[k * R + h];
        foreign[cell] = NAN;
        for (ptrdiff_t h = 0; h < R; h++) {
            by_producer[cell * R + h] = k >= 0 && all > 0.0 ? w->x[k * R + h] / all : NAN;
            if (k >= 0 && all > 0.0)
                by_region[n * R + h] += w->x[k * R + h] * (1.0 - net->levy_share[k]) * net->sales_usd[k];
        }
        if (k >= 0 && all > 0.0) foreign[cell] = 1.0 - w->x[k * R + n] / all;
    }
    for (ptrdiff_t n = 0; n < R; n++) {
        double all = 0.0;
        for (ptrdiff_t h = 0; h < R; h++) all += by_region[n * R + h];
        for (ptrdiff_t h = 0; h < R; h++) by_region[n * R + h] = all > 0.0 ? by_region[n * R + h] / all : NAN;
    }
}

/* ---- sales ---- */

/* v[l] += V_e/S_l v[k] for every seller l of k, down the levels; over a border v is 1. */
static double walk_down(const ent_network *net, const double *kept, double *v, double *met)
{
    double moved = 0.0;
    memset(met, 0, (size_t)net->nodes * sizeof *met);
    for (ptrdiff_t k = net->nodes - 1; k >= net->level_first[1]; k--) {
        const int producer = net->kind[k] == ENT_NODE_PRODUCER;
        const double spent = net->sales_usd[k] * (producer ? 1.0 - net->levy_share[k] : 1.0);
        const double on = producer ? v[k] : met[k]; /* producers as of the round before */
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e], l = net->seller[lane];
            if (net->kind[l] == ENT_NODE_FACTOR || !(net->sales_usd[l] > 0.0)) continue;
            const int crosses = lane < net->borders && net->node_region[l] != net->lane_region[lane];
            const double received = net->share[e] * spent * (lane < net->borders ? kept[lane] : 1.0);
            met[l] += received / net->sales_usd[l] * (crosses ? 1.0 : on);
        }
    }
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        if (net->kind[k] != ENT_NODE_PRODUCER) continue;
        moved = fmax(moved, fabs(met[k] - v[k]));
        v[k] = met[k];
    }
    return moved;
}

static ent_status measure_sales(const reliance_work *w, double *hot, ptrdiff_t *rounds, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = &w->at;
    double *v = ent_new0(&scratch, double, net->nodes), *met = ent_new(&scratch, double, net->nodes), moved = 1.0;
    if (v == NULL || met == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the sales of %td nodes", net->nodes);
    for (int round = 0; round < MOST_ROUNDS && moved > STILL; round++, ++*rounds)
        moved = walk_down(net, w->kept, v, met);
    for (ptrdiff_t cell = 0; cell < net->regions * net->sectors; cell++) {
        const int32_t k = net->producer[cell];
        hot[cell] = k >= 0 && net->sales_usd[k] > 0.0 ? v[k] : NAN;
    }
    return moved <= STILL ? ENT_OK : ent_fail(err, ENT_NOT_CONVERGED, "high-order trade exposure does not settle");
}

/* ---- all ---- */

static ent_status take_room(ent_reliance *r, reliance_work *w, ent_arena *arena, ent_arena *scratch)
{
    const ent_network *net = r->net;
    const ptrdiff_t R = net->regions, cells = R * net->sectors;
    r->face = ent_new(arena, double, cells *R);
    r->look = ent_new(arena, double, cells *R);
    r->face_foreign = ent_new(arena, double, cells);
    r->look_foreign = ent_new(arena, double, cells);
    r->hot = ent_new(arena, double, cells);
    r->region_face = ent_new0(arena, double, R *R);
    r->region_look = ent_new0(arena, double, R *R);
    w->kept = ent_new(scratch, double, net->borders);
    w->x = ent_new0(scratch, double, net->nodes *R);
    w->made = ent_new0(scratch, double, net->nodes *R);
    return r->face == NULL || r->look == NULL || r->face_foreign == NULL || r->look_foreign == NULL || r->hot == NULL ||
                   r->region_face == NULL || r->region_look == NULL || w->kept == NULL || w->x == NULL ||
                   w->made == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

ent_status ent_reliance_measure(const ent_network *net, const ent_policy *policy, const ent_equilibrium *eq,
                                ent_arena *arena, ent_reliance *reliance, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_reliance *r = reliance;
    reliance_work w = {0};
    *r = (ent_reliance){.net = net};
    if (take_room(r, &w, arena, &scratch) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the reliance of %td producers on %td regions",
                        net->regions * net->sectors, net->regions);
    ENT_TRY(ent_network_rebase(net, policy, eq, &scratch, &w.at, err));
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        w.kept[lane] = (1.0 - net->entry_share[net->lane_region[lane]]) /
                       ((1.0 + policy->duty[lane]) * (1.0 + policy->export_tax[lane]));
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++)
        if (net->kind[k] == ENT_NODE_PRODUCER) show(&w, k, 0);
    walk(&w);
    note(&w, r->face, r->face_foreign, r->region_face);
    double moved = 1.0;
    for (r->rounds = 1; r->rounds < MOST_ROUNDS && moved > STILL; r->rounds++) moved = walk(&w);
    if (!(moved <= STILL))
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "reliance does not settle: some producer's inputs are worth more than its output");
    note(&w, r->look, r->look_foreign, r->region_look);
    return measure_sales(&w, r->hot, &r->rounds, err);
}
