/* shares.c: gains shared where weights do not lead to them. Cooperation with weights finds only what lies on the outer
 * hull of what players can reach: where the frontier bends inwards or jumps, the policies of two neighbouring weights
 * lie far apart, and at a corner all weights have the same one. Here the sharing itself is climbed, with U_p what party
 * p has, g_p what it gains:
 *
 *   bargain       Σ log(exp U_p − exp D_p)                         weights 1/(1 − exp −g_p) at each point
 *   equal gain    Σ ω_p g_p − ρ/2 Σ (g_p − mean g)²                weights ω_p − ρ (g_p − mean g)
 *
 * the second by the method of multipliers: ω_p falls by ρ (g_p − mean g) after each climb, until gains are alike. Both
 * end where Σ weight U has no slope, with the weights that come back. Where that sum bends upwards no weights have the
 * policy as their best; the certificate then says that somebody stands on no summit. */
// SPDX-License-Identifier: MIT
#include "game/shares.h"
#include <math.h>
#include <string.h>

enum {
    ROUNDS = 60, /* of multipliers */
    FINISHES = 3 /* climbs of a bargain, each with slopes in the unit of the last one's weights */
};
#define LEAST    1e-10 /* gain to bargain over: less is rounding */
#define STEEPEST 1e7   /* of ρ: more loses slopes in rounding */
#define FUTILE   -3.0  /* a weight below, on the way: there is no need to go on */
#define IDLE     -1e-9 /* a weight below: alike only by harm that helps nobody */

typedef struct {
    ent_board *board;
    const ent_parties *parties;
    const double *reference;
    double *weight, *omega; /* [parties] at the point; multipliers */
    double rho, unit;
    int bargain;
} sharing;

static double gain_at(const sharing *s, ptrdiff_t p, const double *goal)
{
    return ent_party_has(s->parties, p, goal) - s->reference[p];
}

static double mean_gain(const sharing *s, const double *goal)
{
    double sum = 0.0;
    for (ptrdiff_t p = 0; p < s->parties->count; p++) sum += gain_at(s, p, goal);
    return sum / (double)s->parties->count;
}

static double product_of(sharing *s, const double *goal)
{
    double sum = 0.0;
    for (ptrdiff_t p = 0; p < s->parties->count; p++) {
        const double gain = gain_at(s, p, goal);
        if (!(gain > 0.0)) return -INFINITY;
        sum += s->unit * (ent_party_has(s->parties, p, goal) + log(-expm1(-gain)));
        s->weight[p] = -s->unit / expm1(-gain);
    }
    return sum;
}

static double likeness_of(sharing *s, const double *goal)
{
    const double mean = mean_gain(s, goal);
    double sum = 0.0;
    for (ptrdiff_t p = 0; p < s->parties->count; p++) {
        const double apart = gain_at(s, p, goal) - mean;
        sum += s->omega[p] * gain_at(s, p, goal) - 0.5 * s->rho * apart * apart;
        s->weight[p] = s->omega[p] - s->rho * apart;
    }
    return sum;
}

/* The board's rule: what all of them maximise, and the weights that are its slopes. */
static double rule(void *who, const double *goal, double *row)
{
    sharing *s = who;
    const double objective = s->bargain ? product_of(s, goal) : likeness_of(s, goal);
    if (!isfinite(objective)) return objective;
    memset(row, 0, (size_t)s->parties->regions * sizeof *row);
    for (ptrdiff_t p = 0; p < s->parties->count; p++) ent_party_add(s->parties, p, s->weight[p], row);
    return objective;
}

static double largest_gap(const sharing *s)
{
    const double mean = mean_gain(s, s->board->goal);
    double most = 0.0;
    for (ptrdiff_t p = 0; p < s->parties->count; p++) most = fmax(most, fabs(gain_at(s, p, s->board->goal) - mean));
    return most;
}

/* ---- equal gain ---- */

static ent_status climb(sharing *s, double tolerance, ptrdiff_t *rounds, ent_error *err)
{
    const double asked = s->board->options.tolerance;
    ptrdiff_t steps = 0;
    s->board->options.tolerance = fmax(asked, tolerance);
    const ent_status status = ent_board_climb(s->board, &steps, err);
    s->board->options.tolerance = asked;
    *rounds += steps;
    return status;
}

static ent_status refuse_below(const sharing *s, double least, ent_error *err)
{
    for (ptrdiff_t p = 0; p < s->parties->count; p++)
        if (s->omega[p] < least)
            return ent_fail(err, ENT_NOT_CONVERGED,
                            "gains are alike only where %s is harmed to nobody's use: it gains more than the others "
                            "whatever the weights",
                            s->parties->name[p]);
    return ENT_OK;
}

static ent_status make_alike(sharing *s, double within, ptrdiff_t *rounds, ent_error *err)
{
    double miss = INFINITY;
    ENT_TRY(ent_board_solve(s->board, err));
    s->rho = 0.5 / fmax(largest_gap(s), 1e-4);
    for (int round = 0; round < ROUNDS; round++) {
        ENT_TRY(climb(s, fmin(1e-3, 1e-2 * miss), rounds, err));
        const double now = largest_gap(s);
        for (ptrdiff_t p = 0; p < s->parties->count; p++) s->omega[p] = s->weight[p];
        if (now <= within) {
            ENT_TRY(climb(s, 0.0, rounds, err));
            if (largest_gap(s) <= within) return refuse_below(s, IDLE, err);
        }
        ENT_TRY(refuse_below(s, FUTILE, err));
        if (now > 0.25 * miss) s->rho = fmin(4.0 * s->rho, STEEPEST);
        miss = now;
    }
    ENT_TRY(refuse_below(s, IDLE, err));
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "neither weights nor multipliers made the gains alike: they are %.3g apart, accepted is %.3g", miss,
                    within);
}

/* ---- bargain ---- */

static int all_gain(const sharing *s)
{
    for (ptrdiff_t p = 0; p < s->parties->count; p++)
        if (!(gain_at(s, p, s->board->goal) > LEAST)) return 0;
    return 1;
}

/* A place where everybody gains: where the board is, the game's own policy, or one of the starts. */
static ent_status find_start(sharing *s, ent_error *err)
{
    ent_board *b = s->board;
    for (int start = -2; start < ENT_DIAL_STARTS; start++) {
        if (start == -1) ent_dials_read(&b->dials, b->game->policy, b->turn);
        if (start >= 0 && !ent_dials_start(b->game, &b->dials, start, b->turn)) continue;
        const ent_status status = ent_board_solve(b, err);
        if (status == ENT_NO_MEMORY) return status;
        if (status == ENT_OK && all_gain(s)) return ENT_OK;
    }
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "no policy was found in which everybody gains over the threat: somebody has nothing to gain, or "
                    "nothing to give");
}

static ent_status raise_product(sharing *s, ptrdiff_t *rounds, ent_error *err)
{
    ENT_TRY(find_start(s, err));
    for (int finish = 0; finish < FINISHES; finish++) {
        double sum = 0.0;
        for (ptrdiff_t p = 0; p < s->parties->count; p++) sum -= 1.0 / expm1(-gain_at(s, p, s->board->goal));
        s->unit = 1.0 / sum;
        ENT_TRY(climb(s, finish + 1 < FINISHES ? 1e-9 : 0.0, rounds, err));
    }
    return ENT_OK;
}

/* ---- both ---- */

/* The point as cooperation with the weights that were found: their sum 1, slopes theirs. */
static ent_status stand(sharing *s, double *weight, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double sum = 0.0;
    double *row = ent_new0(&scratch, double, s->parties->regions);
    if (row == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the weights of gains");
    for (ptrdiff_t p = 0; p < s->parties->count; p++) sum += s->weight[p];
    for (ptrdiff_t p = 0; p < s->parties->count; p++) {
        weight[p] = s->weight[p] / sum;
        ent_party_add(s->parties, p, weight[p], row);
    }
    s->board->rule = NULL;
    ent_board_share(s->board, row);
    ENT_TRY(ent_board_solve(s->board, err));
    return ent_board_feel(s->board, 1, err);
}

ent_status ent_board_shares(ent_board *b, const ent_shares *ask, double *weight, ptrdiff_t *rounds, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    sharing *s = ent_new(&scratch, sharing, 1);
    double *found = ent_new0(&scratch, double, ask->parties->count);
    double *omega = ent_new(&scratch, double, ask->parties->count);
    if (s == NULL || found == NULL || omega == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the weights of gains");
    *s = (sharing){.board = b,
                   .parties = ask->parties,
                   .reference = ask->reference,
                   .bargain = ask->bargain,
                   .unit = 1.0,
                   .weight = found,
                   .omega = omega};
    memcpy(omega, weight, (size_t)ask->parties->count * sizeof *weight);
    b->care = 0.0;
    b->rule = rule;
    b->rule_who = s;
    ent_status status = ask->bargain ? raise_product(s, rounds, err) : make_alike(s, ask->within, rounds, err);
    if (status == ENT_OK) status = stand(s, weight, err);
    b->rule_who = NULL;
    b->rule = NULL;
    return status;
}
