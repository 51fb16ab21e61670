/* sectors.c: E13 by region and sector. Shares after the shock are E5: ω' = ω (p̂/(Â ĉ))^(1−σ). */
// SPDX-License-Identifier: MIT
#include "outcome/scene.h"
#include <math.h>

/* Of a producer's sales, what its edges share out, per unit of Σ ω (N2): before and after. */
typedef struct {
    double before, after;
} ent_kept;

static ent_kept kept_by(const ent_scene *s, ptrdiff_t k)
{
    double sum = 0.0;
    for (int64_t e = s->net->first[k]; e < s->net->first[k + 1]; e++) sum += s->net->share[e];
    const double before = (1.0 - s->net->levy_share[k]) / sum;
    return (ent_kept){before, before / (1.0 - s->policy->subsidy[k])};
}

typedef struct {
    double all0, all1, labour0, labour1, volume; /* volume: labour at benchmark wages */
} ent_payroll;

/* What node k pays factors, itself or through its bundle; labour apart. */
static void add_factors(const ent_scene *s, ptrdiff_t k, ent_payroll *pay)
{
    const ent_network *net = s->net;
    const ent_kept kept = kept_by(s, k);
    const double r = 1.0 - net->elasticity[k];
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]];
        if (net->kind[seller] == ENT_NODE_VALUE_ADDED) add_factors(s, seller, pay);
        if (net->kind[seller] != ENT_NODE_FACTOR) continue;
        const double price = s->eq->log_price[seller];
        const double gap = price - s->eq->log_cost[k] - s->policy->log_productivity[k];
        const double before = net->share[e] * net->sales_usd[k] * kept.before;
        const double after = net->share[e] * exp(r * gap) * s->eq->sales_usd[k] * kept.after;
        pay->all0 += before;
        pay->all1 += after;
        if (net->node_user[seller] != 0) continue;
        pay->labour0 += before;
        pay->labour1 += after;
        pay->volume += after / exp(price);
    }
}

static void measure_producer(ent_scene *s, ptrdiff_t cell)
{
    const ent_network *net = s->net;
    const int32_t k = net->producer[cell];
    ent_payroll pay = {0};
    if (k < 0) {
        ent_note_sector(s, ENT_SECTOR_output, cell, 0.0, 0.0);
        ent_note_sector(s, ENT_SECTOR_value_added, cell, 0.0, 0.0);
        return;
    }
    const double price = exp(s->eq->log_price[k]);
    add_factors(s, k, &pay);
    ent_note_sector(s, ENT_SECTOR_output, cell, net->sales_usd[k], s->eq->sales_usd[k]);
    ent_note_sector(s, ENT_SECTOR_real_output, cell, 1.0, s->eq->sales_usd[k] / net->sales_usd[k] / price);
    ent_note_sector(s, ENT_SECTOR_cost, cell, 1.0, price);
    ent_note_sector(s, ENT_SECTOR_value_added, cell, pay.all0, pay.all1);
    if (pay.labour0 > 0.0) ent_note_sector(s, ENT_SECTOR_employment, cell, 1.0, pay.volume / pay.labour0);
}

/* Purchases: one node, or one a user; their prices averaged in logs with benchmark spending as weights. */
static void measure_purchases(ent_scene *s)
{
    const ent_network *net = s->net;
    for (int64_t k = net->level_first[2]; k < net->level_first[3]; k++) {
        const ptrdiff_t cell = net->node_region[k] * net->sectors + net->node_sector[k];
        ent_add_sector(s, ENT_SECTOR_expenditure, cell, net->sales_usd[k], s->eq->sales_usd[k]);
        if (s->eq->sales_usd[k] > 0.0) /* else bans have left nothing to buy, or nobody who does */
            ent_add_sector(s, ENT_SECTOR_price, cell, net->sales_usd[k], net->sales_usd[k] * s->eq->log_price[k]);
    }
    const ptrdiff_t cells = net->regions * net->sectors;
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        double *before = &s->out->sector_benchmark[ENT_SECTOR_price * cells + cell];
        double *after = &s->out->sector_value[ENT_SECTOR_price * cells + cell];
        *after = *before > 0.0 ? exp(*after / *before) : NAN;
        *before = *before > 0.0 ? 1.0 : NAN;
    }
}

static void measure_trade(ent_scene *s)
{
    const ent_network *net = s->net;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t n = net->lane_region[lane], i = ent_lane_exporter(net, lane), j = ent_lane_sector(net, lane);
        const ptrdiff_t to = n * net->sectors + j, from = i * net->sectors + j;
        const double b0 = s->border0[lane], b1 = s->border1[lane];
        if (i == n) {
            ent_add_sector(s, ENT_SECTOR_home_share, to, net->lane_value_usd[lane], s->eq->lane_value_usd[lane]);
            continue;
        }
        ent_add_sector(s, ENT_SECTOR_exports, from, b0, b1);
        ent_add_sector(s, ENT_SECTOR_imports, to, b0, b1);
        ent_add_sector(s, ENT_SECTOR_supplier_concentration, to, b0 * b0, b1 * b1);
    }
}

static double over(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

void ent_measure_sectors(ent_scene *s)
{
    const ptrdiff_t cells = s->out->regions * s->out->sectors;
    static const ent_sector_variable sums[] = {ENT_SECTOR_expenditure, ENT_SECTOR_price,
                                               ENT_SECTOR_exports,     ENT_SECTOR_imports,
                                               ENT_SECTOR_home_share,  ENT_SECTOR_supplier_concentration};
    for (ptrdiff_t cell = 0; cell < cells; cell++) {
        for (size_t v = 0; v < sizeof sums / sizeof *sums; v++) ent_note_sector(s, sums[v], cell, 0.0, 0.0);
        measure_producer(s, cell);
    }
    measure_purchases(s);
    measure_trade(s);
    for (int after = 0; after < 2; after++) {
        double *value = after ? s->out->sector_value : s->out->sector_benchmark;
        for (ptrdiff_t cell = 0; cell < cells; cell++) {
            double *home = &value[ENT_SECTOR_home_share * cells + cell];
            double *squares = &value[ENT_SECTOR_supplier_concentration * cells + cell];
            const double imports = value[ENT_SECTOR_imports * cells + cell];
            *home = over(*home, value[ENT_SECTOR_expenditure * cells + cell]);
            *squares = over(*squares, imports * imports);
        }
    }
}
