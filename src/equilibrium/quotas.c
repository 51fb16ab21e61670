/* quotas.c: E12 as a floor of the pass. The unknown of quota Q is l_Q = log(1 + ρ_Q); licences are wedges on its lanes:
 *
 *   X, M, D   Σ l_Q over the lane's quotas whose licences are the exporter's (or shared), the importer's, wasted
 *   w         + X + φ M + D;   B/V = e^(−M)/(1+t),   N/V = (1−ν) e^(−M−X)/((1+t)(1+s))
 *   rents     import V (1 − e^(−M)),  export (1−ν) B (1 − e^(−X)),  one licence upon the other in the policy's order:
 *             licence k takes P_k − P_(k−1),  P_k = P_(k−1) e^(l_k),  and P_0 is left of the price below all of them
 *   (E12)     q_Q = log Σ_e N_e e^(−D)/p̂_l − log Σ_e N_e⁰   (of values without p̂, over world factor income)
 *             l_Q = max(0, l_Q + κ (q_Q − log q̄));  min of a floor;  κ = 1/σ
 *
 * A fixed point has l >= 0, q <= log q̄ and one of them exact: complementarity is in the map itself, and the tangent on
 * the side where the point stands is its derivative (semismooth; at a kink one of the two). What licences take is
 * subtracted from the duties and export taxes into which the lanes' sums have put it. */
// SPDX-License-Identifier: MIT
#include "equilibrium/back.h"
#include <math.h>
#include <string.h>

/* ---- lists ---- */

static ptrdiff_t count_entries(const ent_policy *policy)
{
    ptrdiff_t entries = 0;
    for (ptrdiff_t q = 0; q < policy->quotas; q++) entries += policy->quota[q].lanes;
    return entries;
}

/* Licensed lanes in ascending order, place[lane] their place + 1; the quotas on each. */
static void list_lanes(ent_quotas *s, const ent_network *net, int32_t *place)
{
    for (ptrdiff_t q = 0; q < s->count; q++)
        for (ptrdiff_t c = 0; c < s->quota[q].lanes; c++) place[s->quota[q].lane[c]]++;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        if (place[lane] == 0) continue;
        s->first[s->lanes + 1] = s->first[s->lanes] + place[lane];
        s->lane[s->lanes++] = (int32_t)lane;
        place[lane] = (int32_t)s->lanes;
    }
    for (ptrdiff_t q = 0; q < s->count; q++)
        for (ptrdiff_t c = 0; c < s->quota[q].lanes; c++)
            s->on[s->first[place[s->quota[q].lane[c]] - 1]++] = (int32_t)q;
    memmove(s->first + 1, s->first, (size_t)s->lanes * sizeof *s->first); /* each stands at its end: shift back */
    s->first[0] = 0;
}

/* Which nodes buy over a licensed lane: twice over the edges, to count and to fill. */
static ent_status list_buyers(ent_quotas *s, const ent_network *net, const int32_t *place, ent_arena *arena)
{
    s->buyer_first = ent_new0(arena, int64_t, s->lanes + 1);
    s->share = ent_new0(arena, double, s->lanes);
    if (s->buyer_first == NULL || s->share == NULL) return ENT_NO_MEMORY;
    for (int fill = 0; fill < 2; fill++) {
        for (int64_t k = net->level_first[1]; k < net->level_first[3]; k++)
            for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
                const int32_t lane = net->edge_lane[e], u = lane < net->borders ? place[lane] - 1 : -1;
                if (u < 0) continue;
                if (fill) s->buyer[s->buyer_first[u]] = (int32_t)k;
                s->buyer_first[u + !fill] += 1;
                s->share[u] = net->share[e];
            }
        if (fill) break;
        for (ptrdiff_t u = 0; u < s->lanes; u++) s->buyer_first[u + 1] += s->buyer_first[u];
        s->buyer = ent_new(arena, int32_t, s->buyer_first[s->lanes]);
        if (s->buyer == NULL) return ENT_NO_MEMORY;
    }
    memmove(s->buyer_first + 1, s->buyer_first, (size_t)s->lanes * sizeof *s->buyer_first);
    s->buyer_first[0] = 0;
    return ENT_OK;
}

static double benchmark_sales(const ent_network *net, ptrdiff_t lane)
{
    return net->lane_value_usd[lane] * (1.0 - net->entry_share[net->lane_region[lane]]) /
           ((1.0 + net->duty[lane]) * (1.0 + net->export_tax[lane]));
}

/* Σ N⁰, and κ = 1/σ with these as weights. */
static void weigh_quotas(ent_quotas *s, const ent_network *net)
{
    for (ptrdiff_t q = 0; q < s->count; q++) {
        double sigma = 0.0;
        for (ptrdiff_t c = 0; c < s->quota[q].lanes; c++) {
            const int32_t lane = s->quota[q].lane[c];
            const double sales = benchmark_sales(net, lane);
            s->benchmark_usd[q] += sales;
            sigma += sales * fmax(1.0, net->lane_elasticity[lane]);
        }
        s->speed[q] = s->benchmark_usd[q] / sigma;
    }
}

static ent_status take_room(ent_quotas *s, const ent_network *net, ent_arena *arena)
{
    const struct {
        double **array;
        ptrdiff_t length;
    } wanted[] = {{&s->log_wedge, s->entries},    {&s->border, s->entries},     {&s->seller, s->entries},
                  {&s->value, s->entries},        {&s->d_value, s->entries},    {&s->part, s->entries},
                  {&s->log_factor, s->count},     {&s->kept_bar, s->entries},   {&s->export_bar, s->entries},
                  {&s->benchmark_usd, s->count},  {&s->log_limit, s->count},    {&s->speed, s->count},
                  {&s->log_quantity, s->count},   {&s->answer, s->count},       {&s->rent, s->count},
                  {&s->d_log_quantity, s->count}, {&s->quantity_bar, s->count}, {&s->limit, s->count},
                  {&s->rents, net->regions},      {&s->d_rents, net->regions}};
    for (size_t a = 0; a < sizeof wanted / sizeof *wanted; a++)
        if ((*wanted[a].array = ent_new0(arena, double, wanted[a].length)) == NULL) return ENT_NO_MEMORY;
    s->lane = ent_new(arena, int32_t, s->entries);
    s->first = ent_new0(arena, int64_t, s->entries + 1);
    s->on = ent_new(arena, int32_t, s->entries);
    s->inert = ent_new0(arena, unsigned char, s->count);
    s->active = ent_new0(arena, unsigned char, s->count);
    s->gone = ent_new0(arena, unsigned char, s->entries);
    s->licence = ent_new0(arena, ent_licence, s->entries);
    s->d_licence = ent_new0(arena, ent_licence, s->entries);
    return s->lane == NULL || s->first == NULL || s->on == NULL || s->inert == NULL || s->active == NULL ||
                   s->gone == NULL || s->licence == NULL || s->d_licence == NULL
               ? ENT_NO_MEMORY
               : ENT_OK;
}

ent_status ent_pass_take_quotas(ent_pass *p, const ent_policy *policy, ent_arena *arena, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_quotas *s = &p->quotas;
    *s = (ent_quotas){.count = policy->quotas, .quota = policy->quota, .entries = count_entries(policy)};
    p->states = ent_pass_core(p) + s->count;
    if (s->count == 0) return ENT_OK;
    int32_t *place = ent_new0(&scratch, int32_t, p->net->borders);
    ent_status status = place == NULL ? ENT_NO_MEMORY : take_room(s, p->net, arena);
    if (status == ENT_OK) {
        list_lanes(s, p->net, place);
        weigh_quotas(s, p->net);
        status = list_buyers(s, p->net, place, arena);
    }
    return status == ENT_OK ? ENT_OK : ent_fail(err, status, "no memory for %td quotas", s->count);
}

ptrdiff_t ent_quotas_find(const ent_quotas *s, ptrdiff_t lane)
{
    ptrdiff_t from = 0, to = s->lanes;
    while (from < to) {
        const ptrdiff_t middle = (from + to) / 2;
        if (s->lane[middle] == lane) return middle;
        if (s->lane[middle] < lane)
            from = middle + 1;
        else
            to = middle;
    }
    return -1;
}

/* ---- a policy, or a part of it ---- */

/* The part λ of a limit, so that nothing binds at 0: a ceiling comes down from the benchmark, a floor up. */
static double part_of_limit(const ent_quota *quota, double part)
{
    if (quota->kind == ENT_QUOTA_PRICE) return part * log1p(quota->limit);
    const double whole = log(quota->limit);
    const int binds = quota->kind == ENT_QUOTA_CEILING ? whole < 0.0 : whole > 0.0;
    return binds ? part * whole : whole;
}

void ent_quotas_place(ent_pass *p, double part)
{
    ent_quotas *s = &p->quotas;
    if (s->count == 0) return;
    s->quota = p->policy->quota;
    for (ptrdiff_t q = 0; q < s->count; q++) {
        s->log_limit[q] = part_of_limit(s->quota + q, part);
        s->inert[q] = s->quota[q].kind != ENT_QUOTA_PRICE;
    }
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u];
        s->gone[u] = part == 1.0 && p->policy->banned != NULL && p->policy->banned[lane];
        s->log_wedge[u] = ent_pass_log_wedge(p, lane, part);
        s->border[u] = p->border_part[lane];
        s->seller[u] = p->seller_part[lane];
        for (int64_t c = s->first[u]; c < s->first[u + 1] && !s->gone[u]; c++) s->inert[s->on[c]] = 0;
    }
}

/* ---- wedges ---- */

static double *side_of(ent_licence *licence, ent_rent rent)
{
    switch (rent) {
    case ENT_RENT_IMPORTER:
        return &licence->import;
    case ENT_RENT_WASTED:
        return &licence->waste;
    case ENT_RENT_EXPORTER:
    case ENT_RENT_SHARED:
        break;
    }
    return &licence->export;
}

static void add_licences(const ent_pass *p, const double *z, ent_licence *licence)
{
    const ent_quotas *s = &p->quotas;
    const double *log_factor = z + ent_pass_core(p);
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        licence[u] = (ent_licence){0};
        for (int64_t c = s->first[u]; c < s->first[u + 1]; c++)
            *side_of(licence + u, s->quota[s->on[c]].rent) += log_factor[s->on[c]];
    }
}

void ent_quotas_wedge(ent_pass *p, const double *z)
{
    const ent_network *net = p->net;
    ent_quotas *s = &p->quotas;
    if (s->count == 0) return;
    memcpy(s->log_factor, z + ent_pass_core(p), (size_t)s->count * sizeof *s->log_factor);
    add_licences(p, z, s->licence);
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u], n = net->lane_region[lane];
        const ent_licence l = s->licence[u];
        if (s->gone[u]) continue;
        const double r = ent_lane_power(net, lane);
        const double w = s->log_wedge[u] + l.export + net->duty_power[n] * l.import + l.waste;
        p->wedge_shift[lane] = w == 0.0 ? 0.0 : ces_shift(w, r);
        p->wedge_factor[lane] = w == 0.0 ? 1.0 : exp(r * w);
        p->border_part[lane] = s->border[u] * exp(-l.import);
        p->seller_part[lane] = s->seller[u] * exp(-l.import - l.export);
        if (p->squares.present)
            ent_squares_set(&p->squares, net, lane, s->share[u] * p->wedge_factor[lane], p->border_part[lane],
                            p->seller_part[lane]);
    }
}

/* ---- quantities and rents ---- */

/* A licence on the way up from P_0: its step, and who gets how much of it. */
typedef struct {
    int32_t quota;
    double below, step, to_exporter, to_importer;
} ent_step;

static ent_step step_up(const ent_quotas *s, int32_t q, double below, double log_factor)
{
    const double step = below * expm1(log_factor);
    const double exporter = s->quota[q].rent == ENT_RENT_EXPORTER ? 1.0
                            : s->quota[q].rent == ENT_RENT_SHARED ? s->quota[q].to_exporter
                                                                  : 0.0;
    return (ent_step){q, below, step, exporter, 1.0 - exporter};
}

static int is_export(ent_rent rent)
{
    return rent == ENT_RENT_EXPORTER || rent == ENT_RENT_SHARED;
}

/* (1−ν) B: the price of export licences and all below. */
static double at_the_gate(const ent_pass *p, ptrdiff_t u)
{
    const int32_t lane = p->quotas.lane[u];
    return p->quotas.value[u] * p->border_part[lane] * (1.0 - p->net->entry_share[p->net->lane_region[lane]]);
}

static void share_rents(ent_pass *p, ptrdiff_t u)
{
    ent_quotas *s = &p->quotas;
    const double *log_factor = s->log_factor;
    const ptrdiff_t n = p->net->lane_region[s->lane[u]], i = p->net->node_region[p->net->seller[s->lane[u]]];
    const ent_licence l = s->licence[u];
    double export = at_the_gate(p, u) * exp(-l.export), import = s->value[u] * exp(-l.import);
    for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
        const int32_t q = s->on[c];
        if (s->quota[q].rent == ENT_RENT_WASTED) {
            s->rent[q] += s->value[u] * p->border_part[s->lane[u]] *
                          (l.waste == 0.0 ? 0.0 : -expm1(-l.waste) * log_factor[q] / l.waste);
            continue;
        }
        double *below = is_export(s->quota[q].rent) ? &export : &import;
        const ent_step step = step_up(s, q, *below, log_factor[q]);
        s->rent[q] += step.step;
        s->rents[i] += step.to_exporter * step.step;
        s->rents[n] += step.to_importer * step.step;
        *below += step.step;
    }
}

/* How log quantity falls with a log licence on all of a market's lanes whose share in what is bought there is `share`.
 */
static double answer_of(const ent_pass *p, const ent_quota *quota, ptrdiff_t lane, double share)
{
    const double phi = quota->rent == ENT_RENT_IMPORTER ? p->net->duty_power[p->net->lane_region[lane]] : 1.0;
    return 1.0 + phi * (p->net->lane_elasticity[lane] - 1.0) * fmax(0.0, 1.0 - share);
}

static double counted(const ent_pass *p, ptrdiff_t u, const ent_quota *quota, const double *z)
{
    const ent_quotas *s = &p->quotas;
    const int32_t lane = s->lane[u];
    const double arrives = s->value[u] * p->seller_part[lane] * exp(-s->licence[u].waste);
    return quota->of_value ? arrives : arrives * exp(-ent_price_at(p, z, p->net->seller[lane]));
}

/* What is spent by all who buy over a lane. */
static double spent_by_buyers(const ent_pass *p, ptrdiff_t u)
{
    const ent_quotas *s = &p->quotas;
    double spent = 0.0;
    for (int64_t c = s->buyer_first[u]; c < s->buyer_first[u + 1]; c++) spent += p->spent[s->buyer[c]];
    return spent;
}

static void count_quantities(ent_pass *p, const double *z)
{
    ent_quotas *s = &p->quotas;
    for (ptrdiff_t q = 0; q < s->count; q++) s->log_quantity[q] = s->answer[q] = 0.0;
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const double spent = spent_by_buyers(p, u), share = spent > 0.0 ? s->value[u] / spent : 0.0;
        for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
            const int32_t q = s->on[c];
            const double quantity = counted(p, u, s->quota + q, z);
            s->part[c] = quantity;
            s->log_quantity[q] += quantity;
            s->answer[q] += quantity * answer_of(p, s->quota + q, s->lane[u], share);
        }
    }
    for (ptrdiff_t u = 0; u < s->lanes; u++)
        for (int64_t c = s->first[u]; c < s->first[u + 1]; c++)
            if (s->part[c] > 0.0) s->part[c] /= s->log_quantity[s->on[c]];
    for (ptrdiff_t q = 0; q < s->count; q++) {
        s->answer[q] = s->log_quantity[q] > 0.0 ? s->answer[q] / s->log_quantity[q] : 1.0 / s->speed[q];
        s->log_quantity[q] = log(s->log_quantity[q] / s->benchmark_usd[q]);
    }
}

void ent_quotas_settle(ent_pass *p, const double *z)
{
    const ent_network *net = p->net;
    ent_quotas *s = &p->quotas;
    if (s->count == 0) return;
    memset(s->rents, 0, (size_t)net->regions * sizeof *s->rents);
    memset(s->rent, 0, (size_t)s->count * sizeof *s->rent);
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u];
        s->value[u] = ent_sales_value(p, lane);
        p->duties[net->lane_region[lane]] += s->value[u] * expm1(-s->licence[u].import);
        if (p->any_export_tax)
            p->export_taxes[net->node_region[net->seller[lane]]] += at_the_gate(p, u) * expm1(-s->licence[u].export);
        share_rents(p, u);
    }
    count_quantities(p, z);
}

/* ---- (E12) ---- */

int ent_quotas_answer(ent_pass *p, const double *z, double *out)
{
    ent_quotas *s = &p->quotas;
    const double *now = z + ent_pass_core(p);
    double *next = out + ent_pass_core(p);
    for (ptrdiff_t q = 0; q < s->count; q++) {
        const ent_quota *quota = s->quota + q;
        const double quantity = s->log_quantity[q] - (quota->of_value ? p->shift : 0.0);
        const double free = now[q] + s->speed[q] * (quantity - s->log_limit[q]);
        const int is_price = quota->kind == ENT_QUOTA_PRICE;
        s->active[q] = !is_price && !s->inert[q] && (quota->kind == ENT_QUOTA_CEILING ? free > 0.0 : free < 0.0);
        next[q] = is_price ? s->log_limit[q] : s->active[q] ? free : 0.0;
        if (!isfinite(next[q]) || isnan(quantity)) return 0;
    }
    return 1;
}

void ent_quotas_precondition(const ent_pass *p, const double *r, double *out)
{
    const ent_quotas *s = &p->quotas;
    const ptrdiff_t core = ent_pass_core(p);
    for (ptrdiff_t q = 0; q < s->count; q++)
        out[core + q] = s->active[q] ? r[core + q] / (s->speed[q] * s->answer[q]) : r[core + q];
}

/* ---- tangent ---- */

void ent_quotas_wedge_tangent(ent_pass *p, const double *v)
{
    if (p->quotas.count > 0) add_licences(p, v, p->quotas.d_licence);
}

void ent_quotas_deliver_tangent(ent_pass *p)
{
    const ent_network *net = p->net;
    const ent_quotas *s = &p->quotas;
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u];
        const ent_licence d = s->d_licence[u];
        p->d_delivered[lane] += ces_steepness(ent_lane_weight(p, lane), ent_lane_power(net, lane)) *
                                (d.export + net->duty_power[net->lane_region[lane]] * d.import + d.waste);
    }
}

static void share_rents_tangent(ent_pass *p, ptrdiff_t u, double d_gate, const double *v)
{
    ent_quotas *s = &p->quotas;
    const double *log_factor = s->log_factor;
    const ptrdiff_t n = p->net->lane_region[s->lane[u]], i = p->net->node_region[p->net->seller[s->lane[u]]];
    const ent_licence l = s->licence[u], d = s->d_licence[u];
    double below[2] = {s->value[u] * exp(-l.import), at_the_gate(p, u) * exp(-l.export)}; /* import, export */
    double d_below[2] = {s->d_value[u] * exp(-l.import) - below[0] * d.import,
                         d_gate * exp(-l.export) - below[1] * d.export};
    for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
        const int32_t q = s->on[c], side = is_export(s->quota[q].rent);
        if (s->quota[q].rent == ENT_RENT_WASTED) continue;
        const ent_step step = step_up(s, q, below[side], log_factor[q]);
        const double d_step = d_below[side] * expm1(log_factor[q]) + below[side] * exp(log_factor[q]) * v[q];
        s->d_rents[i] += step.to_exporter * d_step;
        s->d_rents[n] += step.to_importer * d_step;
        below[side] += step.step;
        d_below[side] += d_step;
    }
}

/* What licences do to the sums over lanes, and what they take out of them. */
static void settle_lane_tangent(ent_pass *p, ptrdiff_t u, const double *v)
{
    const ent_network *net = p->net;
    ent_quotas *s = &p->quotas;
    const int32_t lane = s->lane[u];
    const ptrdiff_t n = net->lane_region[lane], i = net->node_region[net->seller[lane]];
    const ent_licence l = s->licence[u], d = s->d_licence[u];
    const double value = s->value[u], border = value * p->border_part[lane], kept = value * p->seller_part[lane];
    const double gate = at_the_gate(p, u), d_gate = (value != 0.0 ? s->d_value[u] / value - d.import : 0.0) * gate;
    p->d_sold[net->seller[lane]] -= kept * (d.import + d.export);
    p->d_entry[n] -= net->entry_share[n] * border * d.import;
    p->d_duties[n] += border * d.import + s->d_value[u] * expm1(-l.import) - value * exp(-l.import) * d.import;
    if (p->any_export_tax)
        p->d_export_taxes[i] += kept * (d.import + d.export) - gate * d.import + d_gate * expm1(-l.export) -
                                gate * exp(-l.export) * d.export;
    share_rents_tangent(p, u, d_gate, v);
}

void ent_quotas_settle_tangent(ent_pass *p, const double *v)
{
    ent_quotas *s = &p->quotas;
    if (s->count == 0) return;
    memset(s->d_rents, 0, (size_t)p->net->regions * sizeof *s->d_rents);
    memset(s->d_log_quantity, 0, (size_t)s->count * sizeof *s->d_log_quantity);
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u];
        const ent_licence d = s->d_licence[u];
        s->d_value[u] = ent_sales_value_tangent(p, lane);
        settle_lane_tangent(p, u, v + ent_pass_core(p));
        const double d_kept = s->value[u] > 0.0 ? s->d_value[u] / s->value[u] - d.import - d.export : 0.0;
        const int32_t seller = p->net->seller[lane], state = p->price_state[seller];
        const double d_price = state >= 0 ? v[state] : p->d_log_price[seller];
        for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
            const int32_t q = s->on[c];
            s->d_log_quantity[q] += s->part[c] * (d_kept - d.waste - (s->quota[q].of_value ? 0.0 : d_price));
        }
    }
}

void ent_quotas_answer_tangent(ent_pass *p, const double *v, double d_shift, double *out)
{
    const ent_quotas *s = &p->quotas;
    const ptrdiff_t core = ent_pass_core(p);
    for (ptrdiff_t q = 0; q < s->count; q++) {
        const double d_quantity = s->d_log_quantity[q] - (s->quota[q].of_value ? d_shift : 0.0);
        out[core + q] = s->active[q] ? v[core + q] + s->speed[q] * d_quantity : 0.0;
    }
}

/* ---- adjoint ---- */

double ent_quotas_answer_adjoint(ent_back *b, const double *out_bar, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_quotas *s = &p->quotas;
    const ptrdiff_t core = ent_pass_core(p);
    double shift_bar = 0.0;
    for (ptrdiff_t q = 0; q < s->count; q++) {
        const double bar = out_bar != NULL ? out_bar[core + q] : 0.0;
        s->quantity_bar[q] = s->active[q] ? s->speed[q] * bar : 0.0;
        s->limit[q] = s->quota[q].kind == ENT_QUOTA_PRICE ? bar : -s->quantity_bar[q];
        if (s->active[q]) z_bar[core + q] += bar;
        if (s->quota[q].of_value) shift_bar -= s->quantity_bar[q];
    }
    return shift_bar;
}

/* The bars of the rents of one lane by its value, and the licences' own. Σ w_k (P_k − P_(k−1)), w who gets it: by l_j
 * it has the derivative w_j P_(j−1) − Σ_(k<j) w_k (P_k − P_(k−1)). Returns the sums by side: import, export. */
static void rents_adjoint(const ent_back *b, ptrdiff_t u, double *z_bar, double sums[2])
{
    const ent_pass *p = b->pass;
    const ent_quotas *s = &p->quotas;
    const ptrdiff_t n = p->net->lane_region[s->lane[u]], i = p->net->node_region[p->net->seller[s->lane[u]]];
    double below[2] = {s->value[u] * exp(-s->licence[u].import), at_the_gate(p, u) * exp(-s->licence[u].export)};
    sums[0] = sums[1] = 0.0;
    for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
        const int32_t q = s->on[c], side = is_export(s->quota[q].rent);
        if (s->quota[q].rent == ENT_RENT_WASTED) continue;
        const ent_step step = step_up(s, q, below[side], s->log_factor[q]);
        const double worth = step.to_exporter * b->rents[i] + step.to_importer * b->rents[n];
        z_bar[ent_pass_core(p) + q] += worth * below[side] - sums[side];
        sums[side] += worth * step.step;
        below[side] += step.step;
    }
}

static void add_to_licences(const ent_back *b, ptrdiff_t u, ent_licence bar, double *z_bar)
{
    const ent_quotas *s = &b->pass->quotas;
    for (int64_t c = s->first[u]; c < s->first[u + 1]; c++)
        z_bar[ent_pass_core(b->pass) + s->on[c]] += *side_of(&bar, s->quota[s->on[c]].rent);
}

/* V̄ of a licensed lane beyond what all lanes have, and the bars of its licences at a given V. */
static void settle_lane_adjoint(ent_back *b, ptrdiff_t u, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_network *net = p->net;
    const ent_quotas *s = &p->quotas;
    const int32_t lane = s->lane[u], seller = net->seller[lane];
    const ptrdiff_t n = net->lane_region[lane], i = net->node_region[seller];
    const ent_licence l = s->licence[u];
    const double value = s->value[u], nu = net->entry_share[n], gate = at_the_gate(p, u);
    const double border = value * p->border_part[lane], kept = value * p->seller_part[lane];
    double quantity = 0.0, sums[2];
    for (int64_t c = s->first[u]; c < s->first[u + 1]; c++) {
        const double bar = s->quantity_bar[s->on[c]] * s->part[c];
        quantity += bar;
        if (!s->quota[s->on[c]].of_value) *ent_price_bar(b, seller, z_bar) -= bar;
    }
    rents_adjoint(b, u, z_bar, sums);
    const double import_rents = sums[0] + b->duties[n] * value * expm1(-l.import);
    const double export_rents = sums[1] + b->export_taxes[i] * gate * expm1(-l.export);
    if (value > 0.0) b->value[lane] += (quantity + import_rents + export_rents) / value;
    const double of_kept = kept * (b->export_taxes[i] - b->sold[seller]) - quantity;
    const double of_border = border * (b->duties[n] - nu * b->entry[n]) - gate * b->export_taxes[i];
    add_to_licences(b, u,
                    (ent_licence){of_kept - b->export_taxes[i] * gate * exp(-l.export),
                                  of_kept + of_border - b->duties[n] * value * exp(-l.import) - export_rents,
                                  -quantity},
                    z_bar);
    s->kept_bar[u] = quantity;
    s->export_bar[u] = export_rents;
}

void ent_quotas_settle_adjoint(ent_back *b, double *z_bar)
{
    for (ptrdiff_t u = 0; u < b->pass->quotas.lanes; u++) settle_lane_adjoint(b, u, z_bar);
}

void ent_quotas_wedge_adjoint(ent_back *b, double *z_bar)
{
    const ent_pass *p = b->pass;
    const ent_quotas *s = &p->quotas;
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        const int32_t lane = s->lane[u];
        const double bar = b->price[lane];
        add_to_licences(b, u, (ent_licence){bar, p->net->duty_power[p->net->lane_region[lane]] * bar, bar}, z_bar);
    }
}

/* N and export rents move with duties at a given V; N with export taxes too. */
void ent_quotas_harvest(ent_back *b)
{
    const ent_quotas *s = &b->pass->quotas;
    for (ptrdiff_t u = 0; u < s->lanes; u++) {
        b->log_duty[s->lane[u]] -= s->kept_bar[u] + s->export_bar[u];
        b->log_export_tax[s->lane[u]] -= s->kept_bar[u];
    }
}
