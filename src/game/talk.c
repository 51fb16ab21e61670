/* talk.c: cooperation with weights that are found rather than given.
 *
 * All players maximise Σ ω_p U_p over the parties p (party.h), where U_p is the log W of a government alone without
 * lobby or security weights. Unknown are λ_p = log ω_p, the last one 0; the conditions are that
 *
 *   equal gain        U_p − base_p                          is the same for all p            (W = exp U)
 *   Nash bargaining   λ_p + log((W_p − D_p)/W_p)            is the same for all p     (ω_p ∝ W_p/(W_p − D_p))
 *
 * Newton with a Jacobian by forward differences, then Broyden's updates: each evaluation is a cooperative policy from a
 * near start. The second condition is no map to be iterated: it diverges; it starts from the weights of equal gain. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "game/shares.h"
#include "num/lu.h"
#include <math.h>
#include <string.h>

enum {
    MOST_STEPS = 60,
    HALVINGS = 12, /* of one step */
    FRESH = 12     /* steps before the Jacobian is made anew */
};
#define ROUGHLY 1e-3 /* of the conditions' miss: larger leads steps astray, smaller is paid for */
#define NUDGE   1e-4 /* of log ω: smaller loses the derivative in the rounding of the policies, larger bends it */

#define FINE 1e-8 /* policies that are compared by a nudge: their errors count ten thousandfold */

typedef struct {
    ent_board *board;
    ent_parties parties;
    double *reference; /* [parties] base or threat, of objectives */
    int bargain;
    ptrdiff_t n;                                                     /* parties less one */
    double *log_weight;                                              /* [n] */
    double *miss;                                                    /* [n] conditions, p less the last */
    double *jacobian, *factors, *step, *trial_miss, *trial, *weight; /* [n][n] twice, [n] thrice, [regions] */
    int32_t *pivot;
    ptrdiff_t rounds;
    int damped;
    int nothing; /* to bargain over */
} talk;

static ent_status open_talk(talk *t, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t players = t->board->game->players;
    ENT_TRY(ent_parties_list(t->board->game, arena, &t->parties, err));
    t->n = t->parties.count - 1;
    t->reference = ent_new0(arena, double, players);
    t->log_weight = ent_new0(arena, double, players);
    t->miss = ent_new0(arena, double, players);
    t->trial_miss = ent_new0(arena, double, players);
    t->trial = ent_new0(arena, double, players);
    t->step = ent_new0(arena, double, players);
    t->jacobian = ent_new0(arena, double, players *players);
    t->factors = ent_new0(arena, double, players *players);
    t->pivot = ent_new0(arena, int32_t, players);
    t->weight = ent_new0(arena, double, t->board->game->net->regions);
    if (t->reference == NULL || t->log_weight == NULL || t->miss == NULL || t->trial_miss == NULL || t->trial == NULL ||
        t->step == NULL || t->jacobian == NULL || t->factors == NULL || t->pivot == NULL || t->weight == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the weights of %td players", players);
    return ENT_OK;
}

static void set_weights(talk *t, const double *log_weight)
{
    double sum = 0.0;
    memset(t->weight, 0, (size_t)t->parties.regions * sizeof *t->weight);
    for (ptrdiff_t p = 0; p <= t->n; p++) sum += exp(p < t->n ? log_weight[p] : 0.0);
    for (ptrdiff_t p = 0; p <= t->n; p++)
        ent_party_add(&t->parties, p, exp(p < t->n ? log_weight[p] : 0.0) / sum, t->weight);
    ent_board_share(t->board, t->weight);
}

static double gain_of(const talk *t, ptrdiff_t p)
{
    return ent_party_has(&t->parties, p, t->board->goal) - t->reference[p];
}

/* NaN where a party is not above its threat. */
static double condition(const talk *t, const double *log_weight, ptrdiff_t p)
{
    const double gain = gain_of(t, p);
    if (!t->bargain) return gain;
    return (p < t->n ? log_weight[p] : 0.0) + (gain > 0.0 ? log(-expm1(-gain)) : NAN);
}

/* The cooperative policy of these weights, to a tolerance if the game's is finer, and how far its conditions miss. */
static ent_status evaluate(talk *t, const double *log_weight, double tolerance, double *miss, ent_error *err)
{
    ptrdiff_t rounds;
    int damped;
    const double asked = t->board->options.tolerance;
    set_weights(t, log_weight);
    t->board->options.tolerance = fmax(asked, tolerance);
    const ent_status status = ent_board_play(t->board, &rounds, &damped, err);
    t->board->options.tolerance = asked;
    if (status != ENT_OK) return status;
    t->rounds += rounds;
    t->damped |= damped;
    for (ptrdiff_t p = 0; p < t->n; p++) miss[p] = condition(t, log_weight, p) - condition(t, log_weight, t->n);
    return ENT_OK;
}

static double largest(ptrdiff_t n, const double *x)
{
    double most = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) most = isnan(x[i]) ? INFINITY : fmax(most, fabs(x[i]));
    return most;
}

/* jacobian[row p][column q] = d miss_p / d λ_q */
static ent_status differentiate(talk *t, ent_error *err)
{
    ENT_TRY(evaluate(t, t->log_weight, FINE, t->miss, err));
    for (ptrdiff_t q = 0; q < t->n; q++) {
        memcpy(t->trial, t->log_weight, (size_t)t->n * sizeof *t->trial);
        t->trial[q] += NUDGE;
        ENT_TRY(evaluate(t, t->trial, FINE, t->trial_miss, err));
        for (ptrdiff_t p = 0; p < t->n; p++) t->jacobian[p * t->n + q] = (t->trial_miss[p] - t->miss[p]) / NUDGE;
    }
    return ENT_OK;
}

/* J += (Δmiss − J s) sᵀ/|s|² */
static void update(talk *t)
{
    double size = 0.0;
    for (ptrdiff_t q = 0; q < t->n; q++) size += t->step[q] * t->step[q];
    for (ptrdiff_t p = 0; p < t->n; p++) {
        double rest = t->trial_miss[p] - t->miss[p];
        for (ptrdiff_t q = 0; q < t->n; q++) rest -= t->jacobian[p * t->n + q] * t->step[q];
        for (ptrdiff_t q = 0; q < t->n; q++) t->jacobian[p * t->n + q] += rest * t->step[q] / size;
    }
}

/* One step of Newton or Broyden, halved until conditions miss by less. *better 0: none did. */
static ent_status improve(talk *t, int halvings, int *better, ent_error *err)
{
    const double miss = largest(t->n, t->miss);
    memcpy(t->factors, t->jacobian, (size_t)(t->n * t->n) * sizeof *t->factors);
    *better = 0;
    if (!ent_lu_factor(t->n, t->factors, t->pivot))
        return ent_fail(
            err, ENT_NOT_CONVERGED,
            "no weights share the gains: with nearly all weight on one side they have no more effect on who "
            "gains, so somebody has nothing to gain, or nothing to give");
    for (ptrdiff_t q = 0; q < t->n; q++) t->step[q] = -t->miss[q];
    ent_lu_solve(t->n, t->factors, t->pivot, t->step);
    const double size = largest(t->n, t->step);
    double part = size > 1.0 ? 1.0 / size : 1.0;
    for (int half = 0; half < halvings; half++, part *= 0.5) {
        for (ptrdiff_t q = 0; q < t->n; q++) t->trial[q] = t->log_weight[q] + part * t->step[q];
        ENT_TRY(evaluate(t, t->trial, ROUGHLY * miss, t->trial_miss, err));
        *better = largest(t->n, t->trial_miss) < miss;
        if (!*better) continue;
        for (ptrdiff_t q = 0; q < t->n; q++) t->step[q] *= part;
        update(t);
        memcpy(t->log_weight, t->trial, (size_t)t->n * sizeof *t->trial);
        memcpy(t->miss, t->trial_miss, (size_t)t->n * sizeof *t->miss);
        return ENT_OK;
    }
    return ENT_OK;
}

/* Policies on the way are as exact as the conditions miss; the last is exact. */
static ent_status search(talk *t, ent_error *err)
{
    const double aim = 1e2 * t->board->options.tolerance; /* conditions are no more exact than the policies */
    ptrdiff_t age = FRESH;
    int exact = 0;
    ENT_TRY(evaluate(t, t->log_weight, ROUGHLY, t->miss, err));
    for (int step = 0; step < MOST_STEPS; step++) {
        if (largest(t->n, t->miss) <= aim) {
            if (exact) return ENT_OK;
            ENT_TRY(evaluate(t, t->log_weight, 0.0, t->miss, err));
            exact = 1;
            continue;
        }
        if (age >= FRESH) ENT_TRY(differentiate(t, err));
        if (age >= FRESH) age = 0;
        int better;
        ENT_TRY(improve(t, age == 0 ? HALVINGS : 4, &better, err)); /* an old Jacobian is not insisted on */
        exact = 0;
        if (!better && age == 0) break;
        age = better ? age + 1 : FRESH;
    }
    ENT_TRY(evaluate(t, t->log_weight, 0.0, t->miss, err));
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "the weights that share the gains were not found: they miss by %.3g, accepted is %.3g",
                    largest(t->n, t->miss), aim);
}

/* Expenditure as first weights. */
static void first_weights(talk *t)
{
    const double *income = t->parties.income;
    for (ptrdiff_t p = 0; p < t->n; p++) t->log_weight[p] = log(income[p] / income[t->n]);
}

/* Bargains start where everybody gains the same over the threat. */
static ent_status run(talk *t, ent_error *err)
{
    const int bargain = t->bargain;
    first_weights(t);
    t->bargain = 0;
    ENT_TRY(search(t, err));
    t->bargain = bargain;
    if (!bargain) return ENT_OK;
    t->nothing = !(gain_of(t, t->n) > 0.0);
    if (t->nothing)
        return ent_fail(err, ENT_NOT_CONVERGED,
                        "there is nothing to bargain over: shared equally, cooperation changes everybody's real income "
                        "by %.3g %% over the threat",
                        100.0 * expm1(gain_of(t, t->n)));
    return search(t, err);
}

static double weight_of_party(const talk *t, ptrdiff_t party)
{
    double sum = 0.0;
    for (ptrdiff_t p = 0; p <= t->n; p++) sum += exp(p < t->n ? t->log_weight[p] : 0.0);
    return exp(party < t->n ? t->log_weight[party] : 0.0) / sum;
}

/* Weights first, for what they find is the best of all policies with these weights; else the sharing itself. */
static ent_status share(talk *t, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_shares ask = {&t->parties, t->reference, t->bargain, 1e2 * t->board->options.tolerance};
    double *weight = ent_new(&scratch, double, t->n + 1);
    if (weight == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the weights of %td players", t->n + 1);
    const ent_status status = run(t, err);
    t->bargain = ask.bargain;
    if (status != ENT_NOT_CONVERGED || t->nothing || !t->board->solved) return status;
    for (ptrdiff_t p = 0; p <= t->n; p++) weight[p] = weight_of_party(t, p);
    ENT_TRY(ent_board_shares(t->board, &ask, weight, &t->rounds, err));
    for (ptrdiff_t p = 0; p < t->n; p++) t->log_weight[p] = log(fmax(weight[p], 0.0)) - log(weight[t->n]);
    return ENT_OK;
}

static ent_status share_gains(const ent_game *game, const double *reference, int bargain,
                              const ent_game_options *options, ent_arena *arena, double *weight, ent_game_point *point,
                              ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ENT_TRY(ent_board_open(game, NULL, options, &scratch, &board, err));
    if (reference == NULL) {
        double *own = ent_new(&scratch, double, game->net->regions);
        if (own == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the base of a game");
        ENT_TRY(ent_board_base(&board, own, err));
        reference = own;
    }
    talk t = {.board = &board, .bargain = bargain};
    ENT_TRY(open_talk(&t, &scratch, err));
    if (t.n < 1 && game->players > 1)
        return ent_fail(err, ENT_BAD_INPUT,
                        "all players have the same objective, so there is nobody to share gains with; give them "
                        "weights of their own");
    for (ptrdiff_t p = 0; p <= t.n; p++) t.reference[p] = ent_party_has(&t.parties, p, reference);
    ent_status status = share(&t, err);
    if (!board.solved || status == ENT_NO_MEMORY) return status;
    if (status != ENT_OK) status = ent_board_explain(&board, status, err);
    for (ptrdiff_t p = 0; p < game->players; p++) weight[p] = weight_of_party(&t, t.parties.of[p]);
    ENT_TRY(ent_board_copy(&board, arena, point, err));
    point->rounds = t.rounds;
    point->damped = t.damped;
    point->spread = ent_board_spread(&board);
    point->seconds = ent_seconds() - began;
    return status;
}

ent_status ent_game_equal_gain(const ent_game *game, const double *base, const ent_game_options *options,
                               ent_arena *arena, double *weight, ent_game_point *point, ent_error *err)
{
    return share_gains(game, base, 0, options, arena, weight, point, err);
}

ent_status ent_game_bargain(const ent_game *game, const double *threat, const ent_game_options *options,
                            ent_arena *arena, double *weight, ent_game_point *point, ent_error *err)
{
    return share_gains(game, threat, 1, options, arena, weight, point, err);
}
