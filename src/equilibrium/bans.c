/* bans.c: see bans.h. A ban removes its lane: the buyer's share of it becomes 0 exactly, which is the limit of an
 * infinite price where σ > 1. What follows is found before any price is known, from the network alone:
 *
 *   lost    an edge over a banned lane, or from a seller that is not to be had
 *   dry     a node that has lost all its edges; or, with σ <= 1, any: its unit cost is infinite. Found upwards
 *   idle    a node from which no household can be reached any more, buyer by buyer, over edges that are not lost. Its
 *           sales are 0; their unknown, a log, stands still at 0 and nothing reads it. Found downwards
 *   starved a dry producer that still has buyers, or a dry household: the scenario has no equilibrium
 *
 * In a rebased network (rebase.c) lanes may be gone from the benchmark itself: shares of 0, which nobody misses. */
// SPDX-License-Identifier: MIT
#include "equilibrium/bans.h"
#include <math.h>
#include <string.h>

ent_status ent_bans_open(ent_pass *p, ent_arena *arena)
{
    const ent_network *net = p->net;
    p->shut = ent_new0(arena, unsigned char, net->nodes);
    p->starved = -1;
    for (ptrdiff_t lane = 0; lane < net->borders && !p->any_gone; lane++)
        p->any_gone = !(net->lane_value_usd[lane] > 0.0);
    return p->shut == NULL ? ENT_NO_MEMORY : ENT_OK;
}

double ent_ban_wedge(double part, double r)
{
    return r == 0.0 ? 0.0 : 2.0 * log1p(-part) / r; /* r >= 0: somebody starves, and no part of it is walked */
}

static int is_banned(const ent_pass *p, ptrdiff_t lane)
{
    return lane < p->net->borders && p->policy->banned != NULL && p->policy->banned[lane];
}

/* Nothing was sold over it in the benchmark already. */
static int is_gone(const ent_pass *p, ptrdiff_t lane)
{
    return lane < p->net->borders && !(p->net->lane_value_usd[lane] > 0.0);
}

static int is_lost(const ent_pass *p, ptrdiff_t lane)
{
    return is_banned(p, lane) || p->shut[p->net->seller[lane]] == ENT_SHUT_DRY;
}

/* ---- upwards ---- */

static int runs_dry(const ent_pass *p, ptrdiff_t k)
{
    const ent_network *net = p->net;
    ptrdiff_t lost = 0, left = 0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e];
        if (is_gone(p, lane) || net->share[e] == 0.0) continue;
        if (is_lost(p, lane))
            lost++;
        else
            left++;
    }
    return left == 0 || (lost > 0 && net->elasticity[k] <= 1.0);
}

/* Nodes above the sourcing can only run dry where something below them has; returns how many have. */
static ptrdiff_t find_dry(ent_pass *p)
{
    const ent_network *net = p->net;
    ptrdiff_t dry = 0;
    for (int64_t k = net->level_first[1]; k < net->nodes; k++) {
        if (k == net->level_first[3] && dry == 0) break;
        if (!runs_dry(p, k)) continue;
        p->shut[k] = ENT_SHUT_DRY;
        dry++;
    }
    return dry;
}

/* ---- downwards ---- */

/* Marks the sellers that node k buys from; 1 where a producer is new among them. */
static int call_sellers(ent_pass *p, int64_t k)
{
    const ent_network *net = p->net;
    int fresh = 0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e], l = net->seller[lane];
        if (p->shut[l] != ENT_SHUT_IDLE || is_gone(p, lane) || is_banned(p, lane) || net->share[e] == 0.0) continue;
        p->shut[l] = 0;
        fresh |= net->kind[l] == ENT_NODE_PRODUCER;
    }
    return fresh;
}

static void find_idle(ent_pass *p)
{
    const ent_network *net = p->net;
    int fresh = 1;
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        if (p->shut[k] == 0 && net->kind[k] != ENT_NODE_HOUSEHOLD) p->shut[k] = ENT_SHUT_IDLE;
    while (fresh) {
        fresh = 0;
        for (int64_t k = net->nodes - 1; k >= net->level_first[1]; k--)
            if (p->shut[k] == 0) fresh |= call_sellers(p, k);
    }
}

/* Has somebody who buys lost his last lane? Only then it is worth to look for idle nodes. */
static int may_be_idle(ent_pass *p)
{
    const ent_network *net = p->net;
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++)
        if (p->shut[k] == 0) p->shut[k] = ENT_SHUT_IDLE;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (p->shut[net->seller[lane]] == ENT_SHUT_IDLE && !is_banned(p, lane) && !is_gone(p, lane))
            p->shut[net->seller[lane]] = 0;
    int any = 0;
    for (int64_t k = net->level_first[5]; k < net->level_first[6]; k++) {
        any |= p->shut[k] == ENT_SHUT_IDLE;
        if (p->shut[k] == ENT_SHUT_IDLE) p->shut[k] = 0;
    }
    return any;
}

/* ---- both ---- */

static int has_buyers(const ent_pass *p, ptrdiff_t k)
{
    for (ptrdiff_t lane = 0; lane < p->net->borders; lane++)
        if (p->net->seller[lane] == k && !is_banned(p, lane) && !is_gone(p, lane)) return 1;
    return 0;
}

static void find_starved(ent_pass *p)
{
    const ent_network *net = p->net;
    for (int64_t k = net->level_first[5]; k < net->nodes && p->starved < 0; k++) {
        if (p->shut[k] != ENT_SHUT_DRY) continue;
        if (net->kind[k] == ENT_NODE_HOUSEHOLD || (net->kind[k] == ENT_NODE_PRODUCER && has_buyers(p, k)))
            p->starved = k;
    }
}

void ent_bans_look(ent_pass *p, double part)
{
    const ent_network *net = p->net;
    int banned = 0;
    for (ptrdiff_t lane = 0; lane < net->borders && part == 1.0 && !banned; lane++) banned = is_banned(p, lane);
    if (p->any_shut) memset(p->shut, 0, (size_t)net->nodes * sizeof *p->shut);
    p->starved = -1;
    p->any_shut = 0;
    if (!banned && !p->any_gone) return;
    const ptrdiff_t dry = find_dry(p);
    if (dry > 0) find_starved(p);
    const int idle = may_be_idle(p);
    if (idle || dry > 0) find_idle(p);
    p->any_shut = idle || dry > 0;
}

/* ---- the sentence ---- */

/* The deepest dry node below k that brought it down: what k cannot do without. */
static ptrdiff_t find_missing(const ent_pass *p, ptrdiff_t k)
{
    const ent_network *net = p->net;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t l = net->seller[net->edge_lane[e]];
        if (net->edge_lane[e] >= net->borders && p->shut[l] == ENT_SHUT_DRY) return find_missing(p, l);
    }
    return k;
}

/* "China, Japan and 3 more": whose lanes to node k are banned; *at the first of them. */
static const char *say_exporters(const ent_pass *p, ptrdiff_t k, ptrdiff_t *at, ent_arena *scratch)
{
    enum {
        NAMED = 3
    };
    const ent_network *net = p->net;
    ent_text text = {.arena = scratch};
    ptrdiff_t count = 0, said = 0;
    *at = -1;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) count += is_banned(p, net->edge_lane[e]);
    for (int64_t e = net->first[k]; e < net->first[k + 1] && said < NAMED; e++) {
        const int32_t lane = net->edge_lane[e];
        if (!is_banned(p, lane)) continue;
        if (*at < 0) *at = lane;
        ent_text_say(&text, "%s%s",
                     said == 0           ? ""
                     : said + 1 == count ? " and "
                                         : ", ",
                     net->table->regions.label[net->node_region[net->seller[lane]]]);
        said++;
    }
    if (count > NAMED) ent_text_say(&text, " and %td more", count - NAMED);
    return text.failed || text.data == NULL ? "" : text.data;
}

ent_status ent_bans_judge(const ent_pass *p, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_network *net = p->net;
    if (p->starved < 0) return ENT_OK;
    const ptrdiff_t missing = find_missing(p, p->starved);
    ptrdiff_t lane = -1;
    const char *exporters = say_exporters(p, missing, &lane, &scratch);
    const char *who = ent_network_node_name(net, p->starved, &scratch);
    const char *where = net->table->regions.label[net->node_region[missing]];
    if (lane < 0)
        return ent_fail(err, ENT_NO_EQUILIBRIUM, "no equilibrium: %s has lost an input that it cannot do without", who);
    const char *what = net->table->sectors.label[ent_lane_sector(net, lane)];
    return ent_fail(
        err, ENT_NO_EQUILIBRIUM,
        "no equilibrium: %s cannot do without %s, of which the ban on sales from %s to %s leaves no source%s", who,
        what, exporters, where,
        net->elasticity[missing] <= 1.0          ? " that could stand in (its elasticity is at most 1)"
        : net->kind[missing] == ENT_NODE_IMPORTS ? " abroad"
                                                 : "");
}

/* ---- on the way ---- */

static double nearer(double a, double b)
{
    return a == 0.0 || fabs(b) < fabs(a) ? b : a;
}

ent_status ent_bans_powers(const ent_network *net, const ent_policy *policy, ent_arena *arena, double **power)
{
    ENT_SCRATCH scratch = {0};
    ent_pass p = {.net = net, .policy = policy};
    double *through = ent_new0(&scratch, double, net->nodes); /* r of the nest in which a dry node is missed */
    *power = ent_new0(arena, double, net->borders);
    if (*power == NULL || through == NULL || ent_bans_open(&p, &scratch) != ENT_OK) return ENT_NO_MEMORY;
    ent_bans_look(&p, 1.0);
    for (int64_t k = net->nodes - 1; k >= net->level_first[1]; k--) {
        const double r = p.shut[k] == ENT_SHUT_DRY ? through[k] : 1.0 - net->elasticity[k];
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t lane = net->edge_lane[e], l = net->seller[lane];
            if (p.shut[l] == ENT_SHUT_DRY) through[l] = nearer(through[l], r);
            if (is_banned(&p, lane)) (*power)[lane] = nearer((*power)[lane], r);
        }
    }
    return ENT_OK;
}
