/* goal.c: see goal.h.
 *
 *   F_s  what sector s of the region pays to factors    sales of its value-added node, or its edges to factors
 *   Y_s  F_s and what it keeps                          profits: its levy ℓ S (blueprints of constant markups)
 *   R    I − Σ Y                                        duties, export taxes, other taxes, transfers
 *   G    Σ_s λ_s (Y_s + R F_s/F) / P,   F = Σ F         Ossa (2014) section II, there with one factor
 *
 * With N the numerator and λ̄ = Σ λ F/F,
 *
 *   N d log G = Σ (λ_s − λ̄)(dY_s + (R/F) dF_s) + λ̄ dI − N d log P
 *
 * and an edge e of the producer to a factor f has d log V_e = (1 − σ)(d log w_f − d log c) + d log S. All of it is a
 * form in prices, costs and sales of nodes, so the adjoint and (T) take it as they take real income. */
// SPDX-License-Identifier: MIT
#include "game/goal.h"
#include <math.h>

ent_status ent_goal_open(const ent_game *game, ent_arena *arena, ent_goal *g, ent_error *err)
{
    const ptrdiff_t R = game->net->regions;
    *g = (ent_goal){.net = game->net,
                    .lobby = ent_new0(arena, const double *, R),
                    .security = ent_new0(arena, const double *, R),
                    .base = ent_new0(arena, double, R),
                    .factors = ent_new0(arena, double, game->net->sectors),
                    .earned = ent_new0(arena, double, game->net->sectors)};
    if (g->lobby == NULL || g->security == NULL || g->base == NULL || g->factors == NULL || g->earned == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for what %td governments want", R);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const ent_player *who = game->player + p;
        g->lobby[who->region] = who->lobby;
        g->security[who->region] = who->security;
        g->political |= who->lobby != NULL || who->security != NULL;
    }
    return ENT_OK;
}

/* What node k pays over edge e to a factor. */
static double pays(const ent_pass *p, ptrdiff_t k, int64_t e)
{
    const double r = 1.0 - p->net->elasticity[k];
    const int32_t seller = p->net->seller[p->net->edge_lane[e]];
    return p->net->share[e] * exp(r * p->log_price[seller]) * p->paid[k];
}

/* F, Y of all sectors of region n; *paid: F, *own: Σ Y. */
static void add_up(const ent_goal *g, const ent_pass *p, ptrdiff_t n, double *paid, double *own)
{
    const ent_network *net = g->net;
    *paid = *own = 0.0;
    for (ptrdiff_t j = 0; j < net->sectors; j++) {
        const int32_t k = net->producer[n * net->sectors + j];
        g->factors[j] = g->earned[j] = 0.0;
        if (k < 0) continue;
        for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
            const int32_t seller = net->seller[net->edge_lane[e]];
            if (net->kind[seller] == ENT_NODE_FACTOR) g->factors[j] += pays(p, k, e);
            if (net->kind[seller] == ENT_NODE_VALUE_ADDED) g->factors[j] += p->spent[seller];
        }
        g->earned[j] = g->factors[j] + net->levy_share[k] * p->spent[k];
        *paid += g->factors[j];
        *own += g->earned[j];
    }
}

/* Σ λ F/F and N. */
static double numerator(const ent_goal *g, const double *lobby, double income, double paid, double own, double *mean)
{
    double sum = 0.0, factors = 0.0;
    for (ptrdiff_t j = 0; j < g->net->sectors; j++) {
        sum += lobby[j] * g->earned[j];
        factors += lobby[j] * g->factors[j];
    }
    *mean = factors / paid;
    return sum + *mean * (income - own);
}

double ent_goal_amount(const ent_goal *g, const ent_pass *p, ptrdiff_t n, const double *lobby)
{
    double paid, own, mean;
    add_up(g, p, n, &paid, &own);
    return numerator(g, lobby, p->spent[g->net->household[n]], paid, own, &mean);
}

void ent_goal_found(ent_goal *g, const ent_pass *p, const double *income_usd)
{
    for (ptrdiff_t n = 0; n < g->net->regions; n++)
        if (g->lobby[n] != NULL) {
            double paid, own, mean;
            add_up(g, p, n, &paid, &own);
            g->base[n] = log(numerator(g, g->lobby[n], income_usd[n], paid, own, &mean));
        }
}

void ent_goal_measure(const ent_goal *g, const ent_pass *p, const double *log_welfare, double *value)
{
    const ent_network *net = g->net;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        value[n] = log_welfare[n];
        if (g->lobby[n] != NULL) value[n] = log(ent_goal_amount(g, p, n, g->lobby[n])) - g->base[n] - p->log_price[h];
        for (ptrdiff_t k = 0; g->security[n] != NULL && k < net->regions * net->sectors; k++) {
            const int32_t maker = net->producer[k];
            if (g->security[n][k] == 0.0) continue;
            value[n] += g->security[n][k] * (log(p->spent[maker] / net->sales_usd[maker]) - p->log_price[maker]);
        }
    }
}

/* dF_s times `bar`. */
static void form_factors(const ent_goal *g, const ent_pass *p, int32_t k, double bar, double *log_price,
                         double *log_cost, double *log_spent)
{
    const ent_network *net = g->net;
    const double r = 1.0 - net->elasticity[k];
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t seller = net->seller[net->edge_lane[e]];
        if (net->kind[seller] == ENT_NODE_VALUE_ADDED) log_spent[seller] += bar * p->spent[seller];
        if (net->kind[seller] != ENT_NODE_FACTOR) continue;
        const double value = bar * pays(p, k, e);
        log_price[seller] += r * value;
        log_cost[k] -= r * value;
        log_spent[k] += value;
    }
}

static void form_lobby(const ent_goal *g, const ent_pass *p, ptrdiff_t n, double weight, double *log_price,
                       double *log_cost, double *log_spent)
{
    const ent_network *net = g->net;
    const ptrdiff_t h = net->household[n];
    const double *lobby = g->lobby[n], income = p->spent[h];
    double paid, own, mean;
    add_up(g, p, n, &paid, &own);
    const double N = numerator(g, lobby, income, paid, own, &mean), rest = (income - own) / paid;
    log_spent[h] += weight * mean * income / N;
    for (ptrdiff_t j = 0; j < net->sectors; j++) {
        const int32_t k = net->producer[n * net->sectors + j];
        const double bar = weight * (lobby[j] - mean) / N;
        if (k < 0 || bar == 0.0) continue;
        log_spent[k] += bar * net->levy_share[k] * p->spent[k];
        form_factors(g, p, k, bar * (1.0 + rest), log_price, log_cost, log_spent);
    }
}

void ent_goal_form(const ent_goal *g, const ent_pass *p, const double *weight, double *log_price, double *log_cost,
                   double *log_spent)
{
    const ent_network *net = g->net;
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        const ptrdiff_t h = net->household[n];
        if (weight[n] == 0.0) continue;
        log_price[h] -= weight[n];
        if (g->lobby[n] == NULL)
            log_spent[h] += weight[n];
        else
            form_lobby(g, p, n, weight[n], log_price, log_cost, log_spent);
        for (ptrdiff_t k = 0; g->security[n] != NULL && k < net->regions * net->sectors; k++) {
            if (g->security[n][k] == 0.0) continue;
            log_spent[net->producer[k]] += weight[n] * g->security[n][k];
            log_price[net->producer[k]] -= weight[n] * g->security[n][k];
        }
    }
}
