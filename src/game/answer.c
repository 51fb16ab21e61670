/* answer.c: the closed form (T): what a player answers to a point, from the multipliers of its equilibrium.
 *
 * A market k is a node that buys over trade lanes e with shares s_e, elasticity σ, r = 1 − σ, and spends E. The adjoint
 * of the player's objective gives, in the same dollars,
 *
 *   ρ    worth of revenue in the market's region            back.duties
 *   V̄_e  worth of spending over the lane                    back.value     V̄_e = ρ − x_e
 *   C    worth of a higher log cost of the market           back.log_cost  C = O − r E Σ s_e V̄_e
 *   O    what of it concerns only who buys from the market  (−ω μ for a household that spends the share μ)
 *
 * With φ the power of duties in prices (E17, else 1) and a_e = ρ − worth of a dollar at the border, x_e = a_e/(1 +
 * t_e). The slope along log(1 + t_e) over s_e is then
 *
 *   φ r E V̄_e + φ C + E x_e  =  E (1 − φ r) x_e + φ O + φ r E Σ_f s_f x_f
 *
 * Set to zero for all free e it says that x_e is one number x for all of them (with C the lanes that are not free):
 *
 *   (T)  1 + t_e = a_e/x,   x (1 − φ r + φ r Σ_free s) = φ (−O/E − r Σ_C s_e x_e)
 *
 * (In Ossa's economy a is ρ − c, c the worth of a partner's sales.) Lanes that share a dial add up before it is set to
 * zero: for one duty a sector, a is its mean over partners. Where a dial reaches into several markets, or several nodes
 * buy over its lanes, the same conditions are linear in 1/(1 + t) of every dial, and are solved by sweeps over dials.
 * None of this knows what stands above the market or below the seller: multipliers hold all of it. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    MOST_SWEEPS = 400, /* of dials that reach into several markets; ordinary cases need 30 */
    MOST_SETS = 4      /* points of one market's curve: those held at bounds and shares change; more are not needed */
};

/* ---- the plan ---- */

static ptrdiff_t count_edges(const ent_network *net, const ent_dials *d, ptrdiff_t k)
{
    ptrdiff_t edges = 0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        edges += net->edge_lane[e] < net->borders && d->lane_dial[net->edge_lane[e]] >= 0;
    return edges;
}

static ent_status take_room(ent_board *b, ptrdiff_t edges, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    b->market = ent_new(arena, int32_t, b->markets);
    b->apart = ent_new0(arena, unsigned char, b->markets);
    b->outside = ent_new0(arena, double, b->markets);
    b->kept = ent_new0(arena, double, b->markets);
    b->edge_first = ent_new0(arena, int64_t, b->dials.count + 2);
    b->edge = ent_new(arena, int64_t, edges);
    b->edge_market = ent_new(arena, int32_t, edges);
    b->worth = ent_new0(arena, double, net->borders);
    b->share = ent_new0(arena, double, net->edges);
    if (b->market == NULL || b->apart == NULL || b->outside == NULL || b->kept == NULL || b->edge_first == NULL ||
        b->edge == NULL || b->edge_market == NULL || b->worth == NULL || b->share == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers to %td free duties", b->dials.count);
    return ENT_OK;
}

/* A dial is apart where all its edges are of one market and as many as its lanes; a market where all its dials are. */
static void tell_apart(ent_board *b)
{
    const ent_dials *d = &b->dials;
    memset(b->apart, 1, (size_t)b->markets);
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const int64_t from = b->edge_first[dial], to = b->edge_first[dial + 1];
        int apart = to - from == d->first[dial + 1] - d->first[dial];
        for (int64_t at = from; at < to; at++) apart = apart && b->edge_market[at] == b->edge_market[from];
        for (int64_t at = from; at < to; at++)
            if (!apart) b->apart[b->edge_market[at]] = 0;
    }
}

ent_status ent_answer_open(ent_board *b, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    const ent_dials *d = &b->dials;
    ptrdiff_t edges = 0;
    for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) {
        const ptrdiff_t here = count_edges(net, d, k);
        b->markets += here > 0;
        edges += here;
    }
    ENT_TRY(take_room(b, edges, arena, err));
    b->markets = 0;
    int64_t *next = b->edge_first + 1; /* counts stand one further on, so that filling leaves the beginnings */
    for (int pass = 0; pass < 2; pass++) {
        for (ptrdiff_t k = net->level_first[1], m = 0; k < net->nodes; k++) {
            if (count_edges(net, d, k) == 0) continue;
            for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
                const int32_t lane = net->edge_lane[e];
                const int32_t dial = lane < net->borders ? d->lane_dial[lane] : -1;
                if (dial < 0) continue;
                if (pass == 0) {
                    next[dial + 1]++;
                } else {
                    b->edge_market[next[dial]] = (int32_t)m;
                    b->edge[next[dial]++] = e;
                }
            }
            if (pass == 0) b->market[b->markets++] = (int32_t)k;
            m++;
        }
        for (ptrdiff_t dial = 0; pass == 0 && dial < d->count; dial++) next[dial + 1] += next[dial];
    }
    tell_apart(b);
    return ENT_OK;
}

/* ---- the multipliers ---- */

static int32_t dial_of(const ent_board *b, int64_t e)
{
    const int32_t lane = b->game->net->edge_lane[e];
    return lane < b->game->net->borders ? b->dials.lane_dial[lane] : -1;
}

static double power_of(const ent_board *b, ptrdiff_t market)
{
    return b->game->net->duty_power[b->game->net->node_region[b->market[market]]];
}

/* E */
static double spent_on(const ent_board *b, ptrdiff_t market)
{
    const ent_pass *p = &b->lin.pass;
    return p->paid[b->market[market]] * p->unit[b->market[market]];
}

/* Of one market: a of its free lanes, s, O, and Σ s x of lanes that are not free. */
static void read_market(ent_board *b, ptrdiff_t market)
{
    const ent_network *net = b->game->net;
    const ent_back *back = &b->lin.back;
    const ptrdiff_t k = b->market[market];
    const double rho = back->duties[net->node_region[k]];
    b->outside[market] = back->log_cost[k] + (1.0 - net->elasticity[k]) * back->spread[k];
    b->kept[market] = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e];
        const double x = rho - back->value[lane];
        b->share[e] = net->share[e] * ent_lane_weight(&b->lin.pass, lane) / b->lin.pass.unit[k];
        if (dial_of(b, e) >= 0)
            b->worth[lane] = x * (1.0 + b->policy.duty[lane]);
        else
            b->kept[market] += b->share[e] * x;
    }
}

/* ---- markets apart ---- */

/* Where the slope is 0: 1 + t = mean/x. Where it is nowhere, the bound that the slope points to. */
static double turn_at(const ent_board *b, int32_t dial, double mean, double x)
{
    if (!(x > 0.0)) return b->dials.greatest[dial];
    if (!(mean > 0.0)) return b->dials.least[dial];
    return ent_dial_within(&b->dials, dial, log(mean / x));
}

/* Σ s and Σ s a of the dial in its market. */
static void add_dial(const ent_board *b, int32_t dial, double *share, double *worth)
{
    *share = *worth = 0.0;
    for (int64_t at = b->edge_first[dial]; at < b->edge_first[dial + 1]; at++) {
        const double s = b->share[b->edge[at]];
        *share += s;
        *worth += s * b->worth[b->game->net->edge_lane[b->edge[at]]];
    }
}

/* x of (T) with the dials where their answers stand: those at a bound count as not free, and shares answer to them. */
static double curve_point(const ent_board *b, ptrdiff_t market)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[market];
    const double r = 1.0 - net->elasticity[k], phi = power_of(b, market);
    double whole = 0.0, kept = b->kept[market], free = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e);
        if (dial < 0) {
            whole += b->share[e];
            continue;
        }
        const double turn = b->answer[dial], s = b->share[e] * exp(phi * r * (turn - b->turn[dial]));
        whole += s;
        if (turn == b->dials.least[dial] || turn == b->dials.greatest[dial])
            kept += s * b->worth[net->edge_lane[e]] * exp(-turn);
        else
            free += s;
    }
    const double above = phi * (-b->outside[market] / spent_on(b, market) - r * kept / whole);
    return above / (1.0 - phi * r + phi * r * free / whole);
}

/* Dials at the point x of the curve; returns how far the farthest moved. */
static double set_market(ent_board *b, ptrdiff_t market, double x)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[market];
    double moved = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e);
        double share, worth;
        if (dial < 0 || b->edge[b->edge_first[dial]] != e) continue;
        add_dial(b, dial, &share, &worth);
        const double turn = turn_at(b, dial, worth / share, x);
        moved = fmax(moved, fabs(turn - b->answer[dial]));
        b->answer[dial] = turn;
    }
    return moved;
}

/* No dial is held at first: with all free, x does not depend on where they stand but through shares. */
static void answer_market(ent_board *b, ptrdiff_t market)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[market];
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        if (dial_of(b, e) >= 0) b->answer[dial_of(b, e)] = b->turn[dial_of(b, e)];
    double moved = 1.0;
    for (int set = 0; set < MOST_SETS && moved > 1e-14; set++) moved = set_market(b, market, curve_point(b, market));
}

/* ---- dials that reach into several markets ---- */

/* One dial with all others as they are: y = 1/(1 + t) from Σ s {E (1 − φ r) a y + φ O + φ r E Σ s x} = 0. */
static double sweep_dial(ent_board *b, int32_t dial)
{
    const ent_network *net = b->game->net;
    const int64_t from = b->edge_first[dial], to = b->edge_first[dial + 1];
    const double y = exp(-b->answer[dial]);
    double above = 0.0, below = 0.0;
    for (int64_t at = from; at < to; at++) {
        const ptrdiff_t market = b->edge_market[at];
        const double r = 1.0 - net->elasticity[b->market[market]], phi = power_of(b, market), E = spent_on(b, market);
        double mine = 0.0; /* Σ s a of this dial in this market */
        for (int64_t other = from; other < to; other++)
            if (b->edge_market[other] == market)
                mine += b->share[b->edge[other]] * b->worth[net->edge_lane[b->edge[other]]];
        const double s = b->share[b->edge[at]], a = b->worth[net->edge_lane[b->edge[at]]];
        above -= phi * s * (b->outside[market] + r * E * (b->kept[market] - y * mine));
        below += s * E * ((1.0 - phi * r) * a + phi * r * mine);
    }
    const double turn = turn_at(b, dial, below, above), change = exp(-turn) - y;
    for (int64_t at = from; at < to; at++)
        b->kept[b->edge_market[at]] += change * b->share[b->edge[at]] * b->worth[net->edge_lane[b->edge[at]]];
    const double moved = fabs(turn - b->answer[dial]);
    b->answer[dial] = turn;
    return moved;
}

static int dial_apart(const ent_board *b, ptrdiff_t dial)
{
    return b->apart[b->edge_market[b->edge_first[dial]]];
}

/* `kept` grows to Σ s x over all lanes, with the dials where they stand. */
static void sweep_row(ent_board *b, ptrdiff_t row)
{
    const ent_network *net = b->game->net;
    const ent_dials *d = &b->dials;
    int any = 0;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        if (b->player_row[d->player[dial]] != row || dial_apart(b, dial)) continue;
        b->answer[dial] = b->turn[dial];
        for (int64_t at = b->edge_first[dial]; at < b->edge_first[dial + 1]; at++)
            b->kept[b->edge_market[at]] +=
                b->share[b->edge[at]] * b->worth[net->edge_lane[b->edge[at]]] * exp(-b->turn[dial]);
        any = 1;
    }
    double moved = any ? 1.0 : 0.0;
    for (int sweep = 0; sweep < MOST_SWEEPS && moved > 1e-15; sweep++) {
        moved = 0.0;
        for (ptrdiff_t dial = 0; dial < d->count; dial++)
            if (b->player_row[d->player[dial]] == row && !dial_apart(b, dial))
                moved = fmax(moved, sweep_dial(b, (int32_t)dial));
    }
}

/* Whose market it is: all its dials are of one region's player. */
static ptrdiff_t row_of(const ent_board *b, ptrdiff_t market)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[market];
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        if (dial_of(b, e) >= 0) return b->player_row[b->dials.player[dial_of(b, e)]];
    return -1;
}

void ent_answer_row(ent_board *b, ptrdiff_t row)
{
    for (ptrdiff_t market = 0; market < b->markets; market++) {
        if (row_of(b, market) != row) continue;
        read_market(b, market);
        if (b->apart[market]) answer_market(b, market);
    }
    sweep_row(b, row);
}

/* ---- the curve of (T) ---- */

/* O log P + E Σ s V̄ of the market where its free dials are at log(a/x) within their bounds; NaN: where they stand. Its
 * slopes are those of the objective while multipliers are frozen. */
double ent_answer_value(const ent_board *b, ptrdiff_t market, double x, double *turn)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[market];
    const double r = 1.0 - net->elasticity[k], phi = power_of(b, market);
    const double rho = b->lin.back.duties[net->node_region[k]];
    double sum = 0.0, worth = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e), lane = net->edge_lane[e];
        double power = b->share[e], value = b->lin.back.value[lane];
        if (dial >= 0) {
            double share, mean;
            add_dial(b, dial, &share, &mean);
            turn[dial] = isnan(x) ? b->turn[dial] : turn_at(b, dial, mean / share, x);
            power *= exp(r * phi * (turn[dial] - b->turn[dial]));
            value = rho - b->worth[lane] * exp(-turn[dial]);
        }
        sum += power;
        worth += power * value;
    }
    const double log_price = r != 0.0 ? log(sum) / r : 0.0;
    return b->outside[market] * log_price + spent_on(b, market) * worth / sum;
}
