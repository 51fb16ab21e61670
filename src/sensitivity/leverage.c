/* leverage.c: what one percentage point of anybody's instrument does to whom, from one adjoint a region.
 *
 * An adjoint of n's real income knows every lane in the world; kept is what n feels of lanes it stands at, as the one
 * who holds the instrument or as the one it is held against: six numbers a lane instead of 2 R. Money is equivalent
 * variation: dEV_n = I_n dŴ_n = I_n Ŵ_n d log Ŵ_n. */
// SPDX-License-Identifier: MIT
#include "sensitivity/state.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    IMPORTER,
    EXPORTER,
    OWNER
};

static const struct {
    const char *word, *meaning;
    int holder;
} levers_of[] = {
#define LEVER(name, word, holder, meaning) {#word, meaning, holder},
    ENT_LEVER_LIST(LEVER)
#undef LEVER
};

const char *ent_lever_word(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_LEVERS ? levers_of[kind].word : NULL;
}

const char *ent_lever_meaning(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_LEVERS ? levers_of[kind].meaning : NULL;
}

static double real_income_usd(const ent_sensitivity *s, ptrdiff_t n)
{
    return s->eq->income_usd[n] / exp(s->eq->log_price[s->net->household[n]]);
}

static const double *of_lanes(const ent_derivatives *d, ent_lever_kind kind)
{
    return kind == ENT_LEVER_DUTY ? d->duty : kind == ENT_LEVER_EXPORT_TAX ? d->export_tax : d->trade_cost;
}

/* ---- measure ---- */

static double *unknown(ent_arena *arena, ptrdiff_t count)
{
    double *list = ent_new(arena, double, count);
    for (ptrdiff_t c = 0; list != NULL && c < count; c++) list[c] = NAN;
    return list;
}

static ent_status take_room(const ent_network *net, ent_arena *arena, ent_leverage *l)
{
    const ptrdiff_t cells = net->regions * net->sectors;
    *l = (ent_leverage){.net = net,
                        .income_usd = unknown(arena, net->regions),
                        .subsidy_usd = unknown(arena, cells),
                        .productivity = unknown(arena, net->regions * cells)};
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        l->importer_usd[kind] = unknown(arena, net->borders);
        l->exporter_usd[kind] = unknown(arena, net->borders);
        if (l->importer_usd[kind] == NULL || l->exporter_usd[kind] == NULL) return ENT_NO_MEMORY;
    }
    return l->income_usd == NULL || l->subsidy_usd == NULL || l->productivity == NULL ? ENT_NO_MEMORY : ENT_OK;
}

static void keep(const ent_derivatives *d, ptrdiff_t n, ent_leverage *l)
{
    const ent_network *net = l->net;
    const ptrdiff_t cells = net->regions * net->sectors;
    const double point = ENT_POINT * l->income_usd[n];
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t importer = net->lane_region[lane], exporter = ent_lane_exporter(net, lane);
        if (importer == exporter) continue;
        for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
            const double change = point * of_lanes(d, (ent_lever_kind)kind)[lane];
            if (importer == n) l->importer_usd[kind][lane] = change;
            if (exporter == n) l->exporter_usd[kind][lane] = change;
        }
    }
    for (ptrdiff_t j = 0; j < net->sectors; j++)
        if (net->producer[n * net->sectors + j] >= 0)
            l->subsidy_usd[n * net->sectors + j] = point * d->subsidy[n * net->sectors + j];
    memcpy(l->productivity + n * cells, d->productivity, (size_t)cells * sizeof *d->productivity);
}

ent_status ent_leverage_measure(ent_sensitivity *s, ptrdiff_t region, ent_arena *arena, ent_leverage *leverage,
                                ent_error *err)
{
    if (region < -1 || region >= s->net->regions)
        return ent_fail(err, ENT_BAD_INPUT, "leverage of region number %td: there are %td", region, s->net->regions);
    if (take_room(s->net, arena, leverage) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the leverage of %td regions", s->net->regions);
    for (ptrdiff_t n = region < 0 ? 0 : region; n < (region < 0 ? s->net->regions : region + 1); n++) {
        ENT_SCRATCH scratch = {0};
        const ent_term term = {ENT_TERM_REAL_INCOME, 1.0, n, -1, -1};
        const ent_objective income = {NULL, &term, 1};
        ent_derivatives d;
        if (s->progress != NULL) s->progress(s->who, region < 0 ? n : 0, region < 0 ? s->net->regions : 1);
        ENT_TRY(ent_sensitivity_adjoint(s, &income, &scratch, &d, err));
        leverage->income_usd[n] = real_income_usd(s, n);
        leverage->passes += d.passes;
        keep(&d, n, leverage);
    }
    return ENT_OK;
}

/* ---- one objective in money ---- */

static double traded_usd(const ent_sensitivity *s, const ent_term *t)
{
    double sum = 0.0;
    for (ptrdiff_t lane = 0; lane < s->net->borders; lane++)
        if (ent_term_trades(t, s->net, lane)) sum += s->eq->lane_value_usd[lane] * s->lin.pass.border_part[lane];
    return sum;
}

static double made_usd(const ent_sensitivity *s, const ent_term *t)
{
    const int32_t *producer = s->net->producer + t->region * s->net->sectors;
    double sum = 0.0;
    for (ptrdiff_t j = 0; j < s->net->sectors; j++)
        if ((t->sector < 0 || t->sector == j) && producer[j] >= 0) sum += s->eq->sales_usd[producer[j]];
    return sum;
}

double ent_objective_usd(const ent_sensitivity *s, const ent_objective *objective)
{
    const ent_term *t = objective->terms;
    double money = NAN, world = 0.0, weight = 0.0;
    for (ptrdiff_t k = 0; k < objective->count; k++) {
        if (t[k].kind != ENT_TERM_REAL_INCOME) break;
        world += real_income_usd(s, t[k].region);
        weight += t[k].weight;
        if (k == s->net->regions - 1 && k == objective->count - 1 && k > 0) return world / weight;
    }
    if (objective->count != 1) return NAN;
    switch (t->kind) {
    case ENT_TERM_REAL_INCOME:
        money = real_income_usd(s, t->region);
        break;
    case ENT_TERM_INCOME:
        money = s->eq->income_usd[t->region];
        break;
    case ENT_TERM_OUTPUT:
    case ENT_TERM_REAL_OUTPUT:
        money = made_usd(s, t);
        break;
    case ENT_TERM_EXPORTS:
    case ENT_TERM_IMPORTS:
        money = traded_usd(s, t);
        break;
    case ENT_TERM_TARIFF_REVENUE:
        money = 1.0;
        break;
    case ENT_TERM_WELFARE:
    case ENT_TERM_REAL_WAGE:
    case ENT_TERM_PRICE_INDEX:
    case ENT_TERM_PRODUCER_PRICE:
    case ENT_TERMS:
        break;
    }
    return money / t->weight;
}

/* ---- ranking ---- */

typedef struct {
    const ent_derivatives *d;
    const ent_leverage *own;
    double usd;
    ptrdiff_t holder;
    ent_lever *list;
    ptrdiff_t count;
} ent_ranking;

static void add(ent_ranking *r, ent_lever lever, double derivative, double own_usd)
{
    if (r->holder >= 0 && lever.holder != r->holder) return;
    lever.effect = ENT_POINT * derivative;
    lever.effect_usd = lever.effect * r->usd;
    lever.own_usd = own_usd;
    lever.ratio = own_usd < 0.0 ? lever.effect_usd / -own_usd : NAN;
    r->list[r->count++] = lever;
}

static void add_border_levers(ent_ranking *r, const ent_network *net, ent_lever_kind kind)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const int32_t importer = net->lane_region[lane], exporter = (int32_t)ent_lane_exporter(net, lane);
        const int sells = levers_of[kind].holder == EXPORTER;
        if (importer == exporter) continue;
        add(r,
            (ent_lever){.kind = kind,
                        .holder = sells ? exporter : importer,
                        .target = sells ? importer : exporter,
                        .sector = (int32_t)ent_lane_sector(net, lane),
                        .place = lane},
            of_lanes(r->d, kind)[lane], (sells ? r->own->exporter_usd : r->own->importer_usd)[kind][lane]);
    }
}

static void add_subsidies(ent_ranking *r, const ent_network *net)
{
    for (ptrdiff_t cell = 0; cell < net->regions * net->sectors; cell++) {
        const int32_t n = (int32_t)(cell / net->sectors);
        if (net->producer[cell] < 0) continue;
        add(r,
            (ent_lever){.kind = ENT_LEVER_SUBSIDY,
                        .holder = n,
                        .target = n,
                        .sector = (int32_t)(cell % net->sectors),
                        .place = cell},
            r->d->subsidy[cell], r->own->subsidy_usd[cell]);
    }
}

static int larger_first(const void *left, const void *right)
{
    const ent_lever *a = left, *b = right;
    const double x = fabs(a->effect), y = fabs(b->effect);
    if (x != y) return x > y ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

ent_status ent_lever_rank(ent_sensitivity *s, const ent_objective *objective, ptrdiff_t holder, unsigned kinds,
                          ent_arena *arena, ent_lever **levers, ptrdiff_t *count, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_derivatives d;
    ent_leverage own;
    const ptrdiff_t most = 3 * s->net->borders + s->net->regions * s->net->sectors;
    ENT_TRY(ent_leverage_measure(s, holder, &scratch, &own, err));
    ENT_TRY(ent_sensitivity_adjoint(s, objective, &scratch, &d, err));
    ent_ranking r = {&d, &own, ent_objective_usd(s, objective), holder, ent_new(arena, ent_lever, most), 0};
    if (r.list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td instruments", most);
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++)
        if (kinds >> kind & 1) add_border_levers(&r, s->net, (ent_lever_kind)kind);
    if (kinds >> ENT_LEVER_SUBSIDY & 1) add_subsidies(&r, s->net);
    qsort(r.list, (size_t)r.count, sizeof *r.list, larger_first);
    *levers = r.list;
    *count = r.count;
    return ENT_OK;
}

/* ---- who can hurt whom ---- */

static void weigh_sector(ent_lever_matrix *x, ptrdiff_t pair, ptrdiff_t sector, double loss, double own)
{
    x->loss_usd[pair] = (isnan(x->loss_usd[pair]) ? 0.0 : x->loss_usd[pair]) + loss;
    x->own_usd[pair] = (isnan(x->own_usd[pair]) ? 0.0 : x->own_usd[pair]) + own;
    if (loss > 0.0 && !(own > 0.0)) x->free[pair]++;
    if (!(loss > 0.0 && own > 0.0) || loss / own <= x->best_ratio[pair]) return;
    x->best_ratio[pair] = loss / own;
    x->best[pair] = (int32_t)sector;
}

ent_status ent_lever_matrix_make(const ent_leverage *leverage, ent_lever_kind kind, ent_arena *arena,
                                 ent_lever_matrix *matrix, ent_error *err)
{
    const ent_leverage *l = leverage;
    ent_lever_matrix *x = matrix;
    const ent_network *net = l->net;
    const ptrdiff_t R = net->regions, pairs = R * R;
    if ((int)kind < 0 || kind >= ENT_LEVER_SUBSIDY)
        return ent_fail(err, ENT_BAD_INPUT, "who can hurt whom is asked of levers at borders, not of kind %d",
                        (int)kind);
    *x = (ent_lever_matrix){unknown(arena, pairs), unknown(arena, pairs),          unknown(arena, pairs),
                            unknown(arena, pairs), ent_new(arena, int32_t, pairs), ent_new0(arena, int32_t, pairs)};
    if (x->loss_usd == NULL || x->own_usd == NULL || x->ratio == NULL || x->best_ratio == NULL || x->best == NULL ||
        x->free == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a matrix of %td regions", R);
    for (ptrdiff_t pair = 0; pair < pairs; pair++) x->best[pair] = -1;
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t importer = net->lane_region[lane], exporter = ent_lane_exporter(net, lane);
        const int sells = levers_of[kind].holder == EXPORTER;
        if (importer == exporter) continue;
        const double to_importer = -l->importer_usd[kind][lane], to_exporter = -l->exporter_usd[kind][lane];
        weigh_sector(x, sells ? exporter * R + importer : importer * R + exporter, ent_lane_sector(net, lane),
                     sells ? to_importer : to_exporter, sells ? to_exporter : to_importer);
    }
    for (ptrdiff_t pair = 0; pair < pairs; pair++)
        if (x->own_usd[pair] > 0.0) x->ratio[pair] = x->loss_usd[pair] / x->own_usd[pair];
    return ENT_OK;
}
