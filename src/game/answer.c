/* answer.c: the closed form (T): what a player answers to a point, from the multipliers of its equilibrium.
 *
 * A market k is a node that buys over trade lanes e with shares s_e, elasticity σ, r = 1 − σ, and spends E. The adjoint
 * of the player's objective gives, in the same dollars,
 *
 *   ρ    worth of revenue in the market's region            back.duties
 *   V̄_e  worth of spending over the lane                    ent_back_value V̄_e = ρ − u_e
 *   C    worth of a higher log cost of the market           back.log_cost  C = O − r E Σ s_e V̄_e
 *   O    what of it concerns only who buys from the market  (−ω μ for a household that spends the share μ)
 *
 * A tax at rate t on a lane, be it the market's duty or the exporter's tax, splits u_e = g_e + x_e, x_e = a_e/(1 + t):
 *
 *   duty         g = 0                        a = ρ − worth of a dollar at the border
 *   export tax   g = u − x                    x = N/V (worth of export revenue − worth of the producer's sales)
 *
 * With φ the power of the tax in prices (1, but for duties in E17) the slope along log(1 + t_e) over s_e is then
 *
 *   φ r E V̄_e + φ C + E x_e  =  E (1 − φ r) x_e + φ O + φ r E (Σ_f s_f u_f − g_e)
 *
 * Set to zero for all free duties of a market it says that x_e is one number x for all of them (with C the lanes that
 * are not free); an exporter has one lane into a market, and its own x:
 *
 *   (T)  1 + t_e = a_e/x,   x (1 − φ r + φ r Σ_free s) = φ (−O/E − r Σ_C s_e u_e + r g (1 − Σ_free s))
 *
 * (In Ossa's economy a is ρ − c, c the worth of a partner's sales.) Lanes that share a dial add up before it is set to
 * zero: for one duty a sector, a is its mean over partners. Where a dial reaches into several markets, or several nodes
 * buy over its lanes, the same conditions are linear in 1/(1 + t) of every dial, and are solved by sweeps over dials.
 * A market is met once for each player with dials there, which is a spot: its importer's, and every exporter's. None of
 * this knows what stands above the market or below the seller: multipliers hold all of it. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    MOST_SWEEPS = 400, /* of dials that reach into several markets; ordinary cases need 30 */
    MOST_SETS = 2      /* points of one market's curve: those held at bounds and shares change; more are not needed */
};

/* ---- the plan ---- */

/* The dial of player p over edge e, or -1. */
static int32_t dial_of(const ent_board *b, int64_t e, ptrdiff_t p)
{
    const int32_t lane = b->game->net->edge_lane[e];
    if (lane >= b->game->net->borders) return -1;
    for (int tax = 0; tax < 2; tax++) {
        const int32_t dial = b->dials.lane_dial[tax][lane];
        if (dial >= 0 && b->dials.player[dial] == p) return dial;
    }
    return -1;
}

typedef struct {
    int pass;         /* 0: count; 1: write */
    int32_t *spot_of; /* [players] of the market at hand, -1: not met there */
    int64_t *next;    /* [dials] place of the next edge; pass 0: counts, one further on */
} planner;

/* Edges of node k, one kind of tax after the other. */
static void plan_market(ent_board *b, ptrdiff_t k, planner *plan)
{
    const ent_network *net = b->game->net;
    for (ptrdiff_t p = 0; p < b->game->players; p++) plan->spot_of[p] = -1;
    for (int64_t at = 2 * net->first[k]; at < 2 * net->first[k + 1]; at++) {
        const int64_t e = at / 2;
        const int32_t lane = net->edge_lane[e];
        const int32_t dial = lane < net->borders ? b->dials.lane_dial[at % 2][lane] : -1;
        if (dial < 0) continue;
        const int32_t p = b->dials.player[dial];
        if (plan->spot_of[p] < 0) {
            plan->spot_of[p] = (int32_t)b->spots++;
            if (plan->pass == 1) {
                b->market[plan->spot_of[p]] = (int32_t)k;
                b->spot_player[plan->spot_of[p]] = p;
            }
        }
        if (plan->pass == 1) {
            b->edge_spot[plan->next[dial]] = plan->spot_of[p];
            b->edge[plan->next[dial]++] = e;
        } else {
            plan->next[dial + 1]++;
        }
    }
}

static int64_t most_edges(const ent_network *net)
{
    int64_t most = 0;
    for (ptrdiff_t k = 0; k < net->nodes; k++)
        most = net->first[k + 1] - net->first[k] > most ? net->first[k + 1] - net->first[k] : most;
    return most;
}

static ent_status take_room(ent_board *b, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    const int64_t edges = b->edge_first[b->dials.count + 1];
    b->market = ent_new(arena, int32_t, b->spots);
    b->spot_player = ent_new(arena, int32_t, b->spots);
    b->apart = ent_new0(arena, unsigned char, b->spots);
    b->outside = ent_new0(arena, double, b->spots);
    b->kept = ent_new0(arena, double, b->spots);
    b->fixed = ent_new0(arena, double, b->spots);
    b->edge = ent_new(arena, int64_t, edges);
    b->dial_here = ent_new(arena, int32_t, most_edges(net));
    b->edge_spot = ent_new(arena, int32_t, edges);
    b->worth[0] = ent_new0(arena, double, net->borders);
    b->worth[1] = ent_new0(arena, double, net->borders);
    b->share = ent_new0(arena, double, net->edges);
    if (b->market == NULL || b->spot_player == NULL || b->apart == NULL || b->outside == NULL || b->kept == NULL ||
        b->fixed == NULL || b->edge == NULL || b->dial_here == NULL || b->edge_spot == NULL || b->worth[0] == NULL ||
        b->worth[1] == NULL || b->share == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers to %td free taxes", b->dials.count);
    return ENT_OK;
}

/* A dial is apart where all its edges are of one market and as many as its lanes; a spot where all its dials are. */
static void tell_apart(ent_board *b)
{
    const ent_dials *d = &b->dials;
    memset(b->apart, 1, (size_t)b->spots);
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const int64_t from = b->edge_first[dial], to = b->edge_first[dial + 1];
        int apart = to - from == d->first[dial + 1] - d->first[dial];
        for (int64_t at = from; at < to; at++) apart = apart && b->edge_spot[at] == b->edge_spot[from];
        for (int64_t at = from; at < to; at++)
            if (!apart) b->apart[b->edge_spot[at]] = 0;
    }
}

ent_status ent_answer_open(ent_board *b, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    ENT_SCRATCH scratch = {0};
    planner plan = {.spot_of = ent_new(&scratch, int32_t, b->game->players)};
    b->edge_first = ent_new0(arena, int64_t, b->dials.count + 2);
    if (plan.spot_of == NULL || b->edge_first == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the answers to %td free taxes", b->dials.count);
    plan.next = b->edge_first + 1; /* counts stand one further on, so that filling leaves the beginnings */
    for (plan.pass = 0; plan.pass < 2; plan.pass++) {
        if (plan.pass == 1) {
            for (ptrdiff_t dial = 0; dial < b->dials.count; dial++) plan.next[dial + 1] += plan.next[dial];
            ENT_TRY(take_room(b, arena, err));
        }
        b->spots = 0;
        for (ptrdiff_t k = net->level_first[1]; k < net->nodes; k++) plan_market(b, k, &plan);
    }
    tell_apart(b);
    return ENT_OK;
}

/* ---- the multipliers ---- */

static ent_tax tax_of(const ent_board *b, ptrdiff_t spot)
{
    const ent_network *net = b->game->net;
    const int own = net->node_region[b->market[spot]] == b->game->player[b->spot_player[spot]].region;
    return own ? ENT_TAX_IMPORT : ENT_TAX_EXPORT;
}

static double power_of(const ent_board *b, ptrdiff_t spot)
{
    return tax_of(b, spot) == ENT_TAX_IMPORT ? b->game->net->duty_power[b->game->net->node_region[b->market[spot]]]
                                             : 1.0;
}

/* E */
static double spent_on(const ent_board *b, ptrdiff_t spot)
{
    const ent_pass *p = &b->lin.pass;
    return p->paid[b->market[spot]] * p->unit[b->market[spot]];
}

/* x of a free lane, at its rate. */
static double lane_worth(const ent_board *b, ent_tax tax, int32_t lane, double u)
{
    const ent_network *net = b->game->net;
    const int32_t seller = net->seller[lane];
    if (tax == ENT_TAX_IMPORT) return u;
    return b->lin.pass.seller_part[lane] *
           (b->lin.back.export_taxes[net->node_region[seller]] - b->lin.back.sold[seller]);
}

/* Of one spot: a of its free lanes, g, s, O, and Σ s u of lanes that are not free. */
static void read_spot(ent_board *b, ptrdiff_t spot)
{
    const ent_network *net = b->game->net;
    const ent_back *back = &b->lin.back;
    const ptrdiff_t k = b->market[spot], p = b->spot_player[spot];
    const ent_tax tax = tax_of(b, spot);
    const double *rate = tax == ENT_TAX_EXPORT ? b->policy.export_tax : b->policy.duty;
    const double rho = back->duties[net->node_region[k]];
    b->outside[spot] = back->log_cost[k] + (1.0 - net->elasticity[k]) * back->spread[k];
    b->kept[spot] = b->fixed[spot] = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t lane = net->edge_lane[e];
        const double u = rho - ent_back_value(back, lane);
        b->share[e] = net->share[e] * ent_lane_weight(&b->lin.pass, lane) / b->lin.pass.unit[k];
        const int32_t dial = b->dial_here[e - net->first[k]] = dial_of(b, e, p);
        if (dial >= 0) {
            const double x = lane_worth(b, tax, lane, u);
            b->worth[tax][lane] = x * (1.0 + rate[lane]);
            b->fixed[spot] = u - x;
        } else {
            b->kept[spot] += b->share[e] * u;
        }
    }
}

/* ---- markets apart ---- */

/* Where the slope, which has the sign of mean/(1 + t) − x, is 0: 1 + t = mean/x. Where it is nowhere, the bound that it
 * points to. Where both are below 0 that place is the worst there is (who sets the taxes of somebody he does not count
 * may come there), and the way leads from it to the bound on this side of it. */
static double turn_at(const ent_board *b, int32_t dial, double mean, double x)
{
    if (!(x > 0.0) && !(mean > 0.0))
        return mean * exp(-b->turn[dial]) > x ? b->dials.greatest[dial] : b->dials.least[dial];
    if (!(x > 0.0)) return b->dials.greatest[dial];
    if (!(mean > 0.0)) return b->dials.least[dial];
    return ent_dial_within(&b->dials, dial, log(mean / x));
}

static double edge_worth(const ent_board *b, int32_t dial, int64_t e)
{
    return b->worth[b->dials.tax[dial]][b->game->net->edge_lane[e]];
}

/* Σ s and Σ s a of the dial in its market. */
static void add_dial(const ent_board *b, int32_t dial, double *share, double *worth)
{
    *share = *worth = 0.0;
    for (int64_t at = b->edge_first[dial]; at < b->edge_first[dial + 1]; at++) {
        const double s = b->share[b->edge[at]];
        *share += s;
        *worth += s * edge_worth(b, dial, b->edge[at]);
    }
}

/* x of (T) with the dials where their answers stand: those at a bound count as not free, and shares answer to them. */
static double curve_point(const ent_board *b, ptrdiff_t spot)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot];
    const double r = 1.0 - net->elasticity[k], phi = power_of(b, spot), g = b->fixed[spot];
    double whole = 0.0, kept = b->kept[spot], free = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = b->dial_here[e - net->first[k]];
        if (dial < 0) {
            whole += b->share[e];
            continue;
        }
        const double turn = b->answer[dial], change = turn - b->turn[dial];
        const double s = change == 0.0 ? b->share[e] : b->share[e] * exp(phi * r * change);
        whole += s;
        if (turn == b->dials.least[dial] || turn == b->dials.greatest[dial])
            kept += s * (g + edge_worth(b, dial, e) * exp(-turn));
        else
            free += s;
    }
    const double above =
        phi * (-b->outside[spot] / spent_on(b, spot) - r * kept / whole + r * g * (1.0 - free / whole));
    return above / (1.0 - phi * r + phi * r * free / whole);
}

/* Dials at the point x of the curve; returns how far the farthest moved. */
static double set_market(ent_board *b, ptrdiff_t spot, double x)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot];
    double moved = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = b->dial_here[e - net->first[k]];
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
static void answer_market(ent_board *b, ptrdiff_t spot)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot];
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++)
        if (b->dial_here[e - net->first[k]] >= 0)
            b->answer[b->dial_here[e - net->first[k]]] = b->turn[b->dial_here[e - net->first[k]]];
    double moved = 1.0;
    for (int set = 0; set < MOST_SETS && moved > (b->rough ? 1e-5 : 1e-14); set++)
        moved = set_market(b, spot, curve_point(b, spot));
}

/* ---- dials that reach into several markets ---- */

/* One dial with all others as they are: y = 1/(1 + t) from Σ s {E (1 − φ r) a y + φ O + φ r E (Σ s u − g)} = 0. */
static double sweep_dial(ent_board *b, int32_t dial)
{
    const ent_network *net = b->game->net;
    const int64_t from = b->edge_first[dial], to = b->edge_first[dial + 1];
    const double y = exp(-b->answer[dial]);
    double above = 0.0, below = 0.0;
    for (int64_t at = from; at < to; at++) {
        const ptrdiff_t spot = b->edge_spot[at];
        const double r = 1.0 - net->elasticity[b->market[spot]], phi = power_of(b, spot), E = spent_on(b, spot);
        double mine = 0.0; /* Σ s a of this dial in this market */
        for (int64_t other = from; other < to; other++)
            if (b->edge_spot[other] == spot) mine += b->share[b->edge[other]] * edge_worth(b, dial, b->edge[other]);
        const double s = b->share[b->edge[at]], a = edge_worth(b, dial, b->edge[at]);
        above -= phi * s * (b->outside[spot] + r * E * (b->kept[spot] - y * mine - b->fixed[spot]));
        below += s * E * ((1.0 - phi * r) * a + phi * r * mine);
    }
    const double turn = turn_at(b, dial, below, above), change = exp(-turn) - y;
    for (int64_t at = from; at < to; at++)
        b->kept[b->edge_spot[at]] += change * b->share[b->edge[at]] * edge_worth(b, dial, b->edge[at]);
    const double moved = fabs(turn - b->answer[dial]);
    b->answer[dial] = turn;
    return moved;
}

static int is_swept(const ent_board *b, ptrdiff_t dial)
{
    return !b->apart[b->edge_spot[b->edge_first[dial]]];
}

/* `kept` grows to Σ s u over all lanes, with the dials where they stand. */
static void sweep_row(ent_board *b, ptrdiff_t row)
{
    const int32_t *from = b->row_dial + b->row_first[row], *to = b->row_dial + b->row_first[row + 1];
    int any = 0;
    for (const int32_t *next = from; next < to; next++) {
        const int32_t dial = *next;
        if (!is_swept(b, dial)) continue;
        b->answer[dial] = b->turn[dial];
        for (int64_t at = b->edge_first[dial]; at < b->edge_first[dial + 1]; at++)
            b->kept[b->edge_spot[at]] +=
                b->share[b->edge[at]] *
                (b->fixed[b->edge_spot[at]] + edge_worth(b, dial, b->edge[at]) * exp(-b->turn[dial]));
        any = 1;
    }
    double moved = any ? 1.0 : 0.0;
    for (int sweep = 0; sweep < MOST_SWEEPS && moved > 1e-15; sweep++) {
        moved = 0.0;
        for (const int32_t *next = from; next < to; next++)
            if (is_swept(b, *next)) moved = fmax(moved, sweep_dial(b, *next));
    }
}

void ent_answer_row(ent_board *b, ptrdiff_t row)
{
    for (ptrdiff_t spot = 0; spot < b->spots; spot++) {
        if (b->player_row[b->spot_player[spot]] != row) continue;
        read_spot(b, spot);
        if (b->apart[spot]) answer_market(b, spot);
    }
    sweep_row(b, row);
}

/* ---- the curve of (T) ---- */

int ent_answer_curve(const ent_board *b, ptrdiff_t spot, double *low, double *high)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot];
    *low = INFINITY;
    *high = 0.0;
    if (!b->apart[spot]) return 0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e, b->spot_player[spot]);
        if (dial < 0 || !(edge_worth(b, dial, e) > 0.0)) continue;
        *low = fmin(*low, edge_worth(b, dial, e) * exp(-b->dials.greatest[dial]));
        *high = fmax(*high, edge_worth(b, dial, e) * exp(-b->dials.least[dial]));
    }
    return *low < *high;
}

/* O log P + E Σ s V̄ where the market's powers τ^(φ r) add up to `sum`, and to `worth` each with its lane's V̄; `logs`: Σ
 * s log τ, which the price is where r = 0. Its slopes are those of the objective while multipliers are frozen. */
static double value_of(const ent_board *b, ptrdiff_t spot, double sum, double worth, double logs)
{
    const double r = 1.0 - b->game->net->elasticity[b->market[spot]];
    const double log_price = r != 0.0 ? log(sum) / r : logs;
    return b->outside[spot] * log_price + spent_on(b, spot) * worth / sum;
}

/* Of the market with the dials of the spot at log(a/x) within their bounds; NaN: where they stand. */
double ent_answer_value(const ent_board *b, ptrdiff_t spot, double x, double *turn)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot], p = b->spot_player[spot];
    const double r = 1.0 - net->elasticity[k], phi = power_of(b, spot);
    const double rho = b->lin.back.duties[net->node_region[k]];
    double sum = 0.0, worth = 0.0, logs = 0.0;
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e, p), lane = net->edge_lane[e];
        double power = b->share[e], value = ent_back_value(&b->lin.back, lane);
        if (dial >= 0) {
            double share, mean;
            add_dial(b, dial, &share, &mean);
            turn[dial] = isnan(x) ? b->turn[dial] : turn_at(b, dial, mean / share, x);
            logs += power * phi * (turn[dial] - b->turn[dial]);
            power *= exp(r * phi * (turn[dial] - b->turn[dial]));
            value = rho - b->fixed[spot] - edge_worth(b, dial, e) * exp(-turn[dial]);
        }
        sum += power;
        worth += power * value;
    }
    return value_of(b, spot, sum, worth, logs);
}

/* ---- one dial, with all others where they stand ---- */

/* Sums of a spot over all its lanes, with dials at `turn`. */
static ent_slice all_of(const ent_board *b, ptrdiff_t spot, const double *turn)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t k = b->market[spot], p = b->spot_player[spot];
    const double r = 1.0 - net->elasticity[k], phi = power_of(b, spot);
    const double rho = b->lin.back.duties[net->node_region[k]];
    ent_slice all = {.spot = (int32_t)spot};
    for (int64_t e = net->first[k]; e < net->first[k + 1]; e++) {
        const int32_t dial = dial_of(b, e, p);
        const double moved = dial >= 0 ? phi * (turn[dial] - b->turn[dial]) : 0.0;
        const double power = b->share[e] * exp(r * moved);
        all.sum += power;
        all.logs += b->share[e] * moved;
        all.worth += power * (dial >= 0 ? rho - b->fixed[spot] - edge_worth(b, dial, e) * exp(-turn[dial])
                                        : ent_back_value(&b->lin.back, net->edge_lane[e]));
    }
    return all;
}

ptrdiff_t ent_answer_slices(const ent_board *b, ptrdiff_t dial, const double *turn, ent_slice *slice)
{
    const ent_network *net = b->game->net;
    ptrdiff_t count = 0;
    for (int64_t at = b->edge_first[dial]; at < b->edge_first[dial + 1]; count++) {
        const ptrdiff_t spot = b->edge_spot[at];
        const double r = 1.0 - net->elasticity[b->market[spot]], phi = power_of(b, spot);
        const double rho = b->lin.back.duties[net->node_region[b->market[spot]]];
        ent_slice *s = slice + count;
        *s = all_of(b, spot, turn);
        for (; at < b->edge_first[dial + 1] && b->edge_spot[at] == spot; at++) {
            s->share += b->share[b->edge[at]];
            s->paid += b->share[b->edge[at]] * edge_worth(b, (int32_t)dial, b->edge[at]);
        }
        const double moved = phi * (turn[dial] - b->turn[dial]), w = exp(r * moved);
        s->kept = s->share * (rho - b->fixed[spot]);
        s->sum -= w * s->share;
        s->logs -= s->share * moved;
        s->worth -= w * (s->kept - s->paid * exp(-turn[dial]));
        s->power = phi;
    }
    return count;
}

double ent_answer_along(const ent_board *b, ptrdiff_t dial, const ent_slice *slice, ptrdiff_t count, double turn)
{
    double value = 0.0;
    for (ptrdiff_t k = 0; k < count; k++) {
        const ent_slice *s = slice + k;
        const double r = 1.0 - b->game->net->elasticity[b->market[s->spot]];
        const double moved = s->power * (turn - b->turn[dial]), w = exp(r * moved);
        value += value_of(b, s->spot, s->sum + w * s->share, s->worth + w * (s->kept - s->paid * exp(-turn)),
                          s->logs + s->share * moved);
    }
    return value;
}
