/* enforce.c: the best agreement that nobody wants to break.
 *
 *   maximise Σ ω_p u_p(x)  subject to  c_p(x) = u_p(x) − (1 − δ_p) D_p(x) − δ_p u_N,p >= 0 for every party
 *
 * x are all free log(1 + rate), D_p the most that p gets by answering to the others' part of x. By the theorem of the
 * envelope D_p moves with the others' rates as p's objective does at its answer, so one adjoint there is its gradient,
 * and it does not move with its own. The multipliers method (Hestenes, Powell, Rockafellar):
 *
 *   maximise  Φ(x) = Σ ω u − Σ_p (max(0, ν_p − ρ c_p)² − ν_p²)/(2ρ),   then  ν_p ← max(0, ν_p − ρ c_p)
 *
 * with Φ climbed by projected quasi-Newton in the metric of climb.c, σ V/I of the lanes of a dial. Where the
 * constraints hold at the policy of the weights alone, that is the answer.
 *
 * With δ = 1 what is left is a floor, u_p >= u_N,p: what an ask is that no weights reach, because the best policy of
 * weights jumps over it (hold.h). */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "talk/hold.h"
#include <math.h>
#include <string.h>

enum {
    ROUNDS = 40,  /* of multipliers */
    CLIMBS = 400, /* steps of one round */
    DEPTH = 20,   /* pairs that are remembered */
    HALVINGS = 25
};
#define IMPATIENT 0.05  /* patience below which the search begins at the war */
#define NEVER     1e-6  /* patience below which it is as good as none: what is kept then differs by its square */
#define SLOPE     1e-9  /* accepted at the end: of the Lagrangian, its weights' sum 1 */
#define MISSED    1e-9  /* accepted at the end: of a constraint, log points */
#define HEAVY     1e10  /* of ρ: steeper penalties lose the slopes in the rounding of equilibria */
#define NOISE     1e-13 /* of Φ, in units of its weights: less is the rounding of equilibria */

typedef struct {
    const ent_game *game;
    ent_parties parties;
    const double *weight, *patience; /* [players]; of a party the first player's; patience NULL: floors, δ = 1 */
    ent_enforced *e;
    ptrdiff_t n;       /* dials */
    ent_board agreed;  /* all players */
    ent_board *answer; /* [parties] each alone, against the others' rates of `agreed` */
    ent_game *alone;   /* [parties] */
    double rho;
    double at_war; /* NaN, or where there is no patience at all the slope of the war, which is the answer */
    double *nu, *slack, *tempted, *has, *war;               /* [parties] */
    double *row;                                            /* [regions] */
    double value, *slope;                                   /* Φ and its gradient [n] at `turn` */
    double *from, *from_slope, *aim, *metric, *step, *bend; /* [n]; the last two [DEPTH][n] */
    ptrdiff_t kept, next;
} holding;
#define ENT_HOLDING __attribute__((cleanup(let_go))) holding

static void let_go(holding *h)
{
    ent_board_close(&h->agreed);
    for (ptrdiff_t k = 0; h->answer != NULL && k < h->parties.count; k++) ent_board_close(h->answer + k);
}

/* ---- Φ ---- */

/* D_p: the party answers to the others' rates as they stand in `agreed`. */
static ent_status answer(holding *h, ptrdiff_t k, ent_error *err)
{
    ent_board *b = h->answer + k;
    const size_t bytes = (size_t)h->game->net->borders * sizeof(double);
    ptrdiff_t rounds;
    int damped;
    memcpy(b->policy.duty, h->agreed.policy.duty, bytes);
    memcpy(b->policy.export_tax, h->agreed.policy.export_tax, bytes);
    ENT_TRY(ent_board_play(b, &rounds, &damped, err));
    h->tempted[k] = b->objective[0];
    return ENT_OK;
}

/* What of Φ's gradient comes through D_p, along the dials of others. */
static ent_status add_envelope(holding *h, ptrdiff_t k, double push, ent_error *err)
{
    ent_board *b = h->answer + k;
    const ent_dials *d = &h->agreed.dials;
    ENT_TRY(ent_board_feel(b, 0, err));
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        if (h->parties.of[d->player[dial]] == k) continue;
        h->slope[dial] -= push * ent_board_lean(b, d, dial);
    }
    return ENT_OK;
}

static double weight_of(const holding *h, ptrdiff_t k)
{
    return h->weight[h->parties.first[k]];
}

static double delta_of(const holding *h, ptrdiff_t k)
{
    return h->patience != NULL ? h->patience[h->parties.first[k]] : 1.0;
}

/* The multiplier that the constraint as it stands would have. */
static double pushed(const holding *h, ptrdiff_t k)
{
    return fmax(0.0, h->nu[k] - h->rho * h->slack[k]);
}

static void weigh(holding *h)
{
    h->value = 0.0;
    memset(h->row, 0, (size_t)h->game->net->regions * sizeof *h->row);
    for (ptrdiff_t k = 0; k < h->parties.count; k++) {
        const double u = ent_party_has(&h->parties, k, h->agreed.goal), delta = delta_of(h, k);
        h->has[k] = u;
        h->slack[k] = u - (1.0 - delta) * h->tempted[k] - delta * h->war[k];
        h->value += weight_of(h, k) * u - (pushed(h, k) * pushed(h, k) - h->nu[k] * h->nu[k]) / (2.0 * h->rho);
        ent_party_add(&h->parties, k, weight_of(h, k) + pushed(h, k), h->row);
    }
}

/* Φ and the slacks at agreed.turn; with `slopes` its gradient. */
static ent_status look(holding *h, int slopes, ent_error *err)
{
    ENT_TRY(ent_board_solve(&h->agreed, err));
    for (ptrdiff_t k = 0; k < h->parties.count && h->patience != NULL; k++) ENT_TRY(answer(h, k, err));
    h->e->evaluations++;
    weigh(h);
    if (!slopes) return ENT_OK;
    ent_board_share(&h->agreed, h->row);
    ENT_TRY(ent_board_feel(&h->agreed, 0, err));
    memcpy(h->slope, h->agreed.slope, (size_t)h->n * sizeof *h->slope);
    for (ptrdiff_t k = 0; k < h->parties.count; k++)
        if (pushed(h, k) > 0.0 && h->patience != NULL)
            ENT_TRY(add_envelope(h, k, pushed(h, k) * (1.0 - delta_of(h, k)), err));
    return ENT_OK;
}

/* ---- the climb ---- */

static int is_held(const holding *h, ptrdiff_t i)
{
    const ent_board *b = &h->agreed;
    return h->slope[i] > 0.0 ? b->turn[i] >= b->dials.greatest[i] : b->turn[i] <= b->dials.least[i];
}

static double slope_left(const holding *h)
{
    double most = 0.0;
    for (ptrdiff_t i = 0; i < h->n; i++)
        if (!is_held(h, i)) most = fmax(most, fabs(h->slope[i]));
    return most;
}

static double inner(ptrdiff_t n, const double *x, const double *y)
{
    double sum = 0.0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

/* Of Φ: of u by itself, and with multipliers as large as constraints are tight (1/δ where patience is near 0). */
static double weights_of(const holding *h)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < h->parties.count; k++) sum += weight_of(h, k) + pushed(h, k);
    return sum;
}

/* The two loops of limited memory, on dials that bounds do not hold. */
static void direct(holding *h)
{
    double alpha[DEPTH] = {0}, scale = 1.0, *d = h->aim;
    for (ptrdiff_t i = 0; i < h->n; i++) d[i] = is_held(h, i) ? 0.0 : h->slope[i];
    for (ptrdiff_t back = 1; back <= h->kept; back++) {
        const ptrdiff_t c = (h->next - back + DEPTH) % DEPTH;
        const double *s = h->step + c * h->n, *y = h->bend + c * h->n;
        alpha[c] = inner(h->n, s, d) / inner(h->n, s, y);
        for (ptrdiff_t i = 0; i < h->n; i++) d[i] -= alpha[c] * y[i];
    }
    if (h->kept > 0) {
        const ptrdiff_t c = (h->next - 1 + DEPTH) % DEPTH;
        const double *s = h->step + c * h->n, *y = h->bend + c * h->n;
        double weighed = 0.0;
        for (ptrdiff_t i = 0; i < h->n; i++) weighed += y[i] * y[i] / h->metric[i];
        scale = inner(h->n, s, y) / weighed;
    }
    for (ptrdiff_t i = 0; i < h->n; i++) d[i] *= scale / h->metric[i];
    for (ptrdiff_t back = h->kept; back >= 1; back--) {
        const ptrdiff_t c = (h->next - back + DEPTH) % DEPTH;
        const double *s = h->step + c * h->n, *y = h->bend + c * h->n;
        const double beta = inner(h->n, y, d) / inner(h->n, s, y);
        for (ptrdiff_t i = 0; i < h->n; i++) d[i] += (alpha[c] - beta) * s[i];
    }
    for (ptrdiff_t i = 0; i < h->n; i++)
        if (is_held(h, i)) d[i] = 0.0;
    if (inner(h->n, d, h->slope) > 0.0) return;
    h->kept = 0;
    for (ptrdiff_t i = 0; i < h->n; i++) d[i] = is_held(h, i) ? 0.0 : h->slope[i] / h->metric[i];
}

static void remember(holding *h)
{
    double *s = h->step + h->next * h->n, *y = h->bend + h->next * h->n;
    for (ptrdiff_t i = 0; i < h->n; i++) {
        s[i] = h->agreed.turn[i] - h->from[i];
        y[i] = s[i] == 0.0 ? 0.0 : h->from_slope[i] - h->slope[i];
    }
    if (!(inner(h->n, s, y) > 1e-10 * sqrt(inner(h->n, s, s) * inner(h->n, y, y)))) return;
    h->next = (h->next + 1) % DEPTH;
    if (h->kept < DEPTH) h->kept++;
}

/* One step up, halved until Φ rises by a part of what its slope promised. *moved 0: none did. */
static ent_status step_up(holding *h, int *moved, ent_error *err)
{
    const double before = h->value;
    double size = 1.0;
    memcpy(h->from, h->agreed.turn, (size_t)h->n * sizeof *h->from);
    memcpy(h->from_slope, h->slope, (size_t)h->n * sizeof *h->from);
    *moved = 0;
    for (int half = 0; half < HALVINGS && !*moved; half++, size *= 0.5) {
        double promised = 0.0;
        for (ptrdiff_t i = 0; i < h->n; i++) {
            const double turn = h->from[i] + size * fmax(-0.5, fmin(0.5, h->aim[i]));
            h->agreed.turn[i] = ent_dial_within(&h->agreed.dials, i, turn);
            promised += h->from_slope[i] * (h->agreed.turn[i] - h->from[i]);
        }
        const ent_status status = look(h, 0, err);
        if (status == ENT_NO_MEMORY) return status;
        *moved = status == ENT_OK && h->value - before >= 1e-4 * promised - NOISE * weights_of(h) && promised > 0.0;
    }
    if (!*moved) memcpy(h->agreed.turn, h->from, (size_t)h->n * sizeof *h->from);
    return look(h, 1, err);
}

static ent_status climb(holding *h, double enough, ent_error *err)
{
    h->kept = 0;
    ENT_TRY(look(h, 1, err));
    for (int step = 0; step < CLIMBS && slope_left(h) > enough; step++) {
        int moved;
        direct(h);
        const int fresh = h->kept == 0;
        ENT_TRY(step_up(h, &moved, err));
        if (moved)
            remember(h);
        else if (fresh)
            return ENT_OK;
        else
            h->kept = 0;
    }
    return ENT_OK;
}

/* ---- the multipliers ---- */

static double largest_miss(const holding *h)
{
    double most = 0.0;
    for (ptrdiff_t k = 0; k < h->parties.count; k++) {
        /* a constraint with a multiplier holds with equality */
        const double miss = h->nu[k] > 0.0 ? fabs(h->slack[k]) : -h->slack[k];
        most = fmax(most, miss);
    }
    return most;
}

static double multipliers_of(const holding *h)
{
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < h->parties.count; k++) sum += h->nu[k];
    return sum;
}

static ent_status rounds(holding *h, ent_error *err)
{
    double miss = INFINITY, enough = 1e-3;
    ENT_TRY(look(h, 1, err));
    miss = largest_miss(h);
    h->rho = (1.0 + multipliers_of(h)) / fmax(miss, 1e-4); /* a multiplier of one, where all is missed */
    for (h->e->rounds = 0; h->e->rounds < ROUNDS; h->e->rounds++) {
        if (miss <= 0.1 * MISSED && slope_left(h) <= SLOPE * weights_of(h)) return ENT_OK;
        ENT_TRY(climb(h, enough * (1.0 + multipliers_of(h)), err));
        for (ptrdiff_t k = 0; k < h->parties.count; k++) h->nu[k] = pushed(h, k);
        const double now = largest_miss(h);
        if (now > 0.25 * miss && enough <= 1e-5) h->rho *= 4.0;
        if (h->rho > HEAVY * (1.0 + multipliers_of(h))) break;
        miss = now;
        enough = fmax(0.1 * enough, 0.1 * SLOPE);
    }
    return ENT_OK;
}

/* ---- the agreement ---- */

static ent_status check(const ent_game *game, const double *weight, const double *patience, const double *war,
                        ent_error *err)
{
    ENT_TRY(ent_game_check(game, err));
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const char *name = game->net->table->regions.label[game->player[p].region];
        if (!(weight[p] > 0.0) || !isfinite(weight[p]))
            return ent_fail(err, ENT_BAD_INPUT, "the weight of %s in the agreement is %g; it must be above 0", name,
                            weight[p]);
        if (!(patience[p] >= 0.0) || !(patience[p] < 1.0))
            return ent_fail(err, ENT_BAD_INPUT, "the discount factor of %s is %g; it must be at least 0 and below 1",
                            name, patience[p]);
        if (!isfinite(war[game->player[p].region]))
            return ent_fail(err, ENT_BAD_INPUT, "what %s has in the war is %g, which is not a number", name,
                            war[game->player[p].region]);
    }
    return ENT_OK;
}

static ent_status open_lists(holding *h, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t players = h->game->players, n = h->n;
    double **const lists[] = {&h->slope, &h->from, &h->from_slope, &h->aim, &h->metric};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
        if ((*lists[k] = ent_new0(arena, double, n)) == NULL)
            return ent_fail(err, ENT_NO_MEMORY, "no memory for an agreement over %td free taxes", n);
    h->step = ent_new(arena, double, DEPTH *n);
    h->bend = ent_new(arena, double, DEPTH *n);
    h->nu = ent_new0(arena, double, players);
    h->slack = ent_new0(arena, double, players);
    h->tempted = ent_new0(arena, double, players);
    h->has = ent_new0(arena, double, players);
    h->war = ent_new0(arena, double, players);
    h->row = ent_new0(arena, double, h->game->net->regions);
    if (h->step == NULL || h->bend == NULL || h->nu == NULL || h->slack == NULL || h->tempted == NULL ||
        h->has == NULL || h->war == NULL || h->row == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an agreement over %td free taxes", n);
    const ent_network *net = h->game->net;
    const ent_dials *d = &h->agreed.dials;
    for (ptrdiff_t dial = 0; dial < n; dial++)
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++) {
            const int32_t lane = d->lane[at];
            const ptrdiff_t owner = h->game->player[d->player[dial]].region;
            h->metric[dial] += net->lane_elasticity[lane] * net->lane_value_usd[lane] / ent_joint_income(net, owner);
        }
    return ENT_OK;
}

static ent_status open_answers(holding *h, const ent_game_options *options, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t parties = h->parties.count, players = h->game->players;
    h->alone = ent_new(arena, ent_game, parties);
    ent_player *player = ent_new(arena, ent_player, parties * players);
    ent_board *boards = ent_new0(arena, ent_board, parties);
    if (h->alone == NULL || player == NULL || boards == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the temptations of %td players", players);
    h->answer = boards;
    for (ptrdiff_t k = 0; k < parties; k++) {
        h->alone[k] = ent_joint_part(h->game, &h->parties, k, 0, player + k * players);
        ENT_TRY(ent_board_open(h->alone + k, h->game, options, arena, h->answer + k, err));
        h->answer[k].reads_all = 1;
    }
    return ENT_OK;
}

static ent_status take_results(const ent_game *game, ent_arena *arena, ent_enforced *e, ent_error *err)
{
    *e = (ent_enforced){.agreed = ent_new0(arena, double, game->players),
                        .slack = ent_new0(arena, double, game->players),
                        .multiplier = ent_new0(arena, double, game->players),
                        .temptation = ent_new0(arena, double, game->players),
                        .log_welfare = ent_new0(arena, double, game->net->regions),
                        .goal = ent_new0(arena, double, game->net->regions)};
    if (e->agreed == NULL || e->slack == NULL || e->multiplier == NULL || e->temptation == NULL ||
        e->log_welfare == NULL || e->goal == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for an agreement of %td players", game->players);
    return ENT_OK;
}

static ent_status finish(holding *h, ent_arena *arena, ent_error *err)
{
    ent_enforced *e = h->e;
    const ent_game *game = h->game;
    const size_t regions = (size_t)game->net->regions * sizeof(double);
    ENT_TRY(ent_joint_keep(game->net, &h->agreed.policy, arena, &e->policy, err));
    memcpy(e->log_welfare, h->agreed.log_welfare, regions);
    memcpy(e->goal, h->agreed.goal, regions);
    e->slope = isnan(h->at_war) ? slope_left(h) / weights_of(h) : h->at_war;
    for (ptrdiff_t p = 0; p < game->players; p++) {
        const ptrdiff_t k = h->parties.of[p];
        e->agreed[p] = h->has[k];
        e->slack[p] = h->slack[k];
        e->multiplier[p] = h->nu[k];
        e->temptation[p] = h->tempted[k];
    }
    for (ptrdiff_t k = 0; k < h->parties.count; k++) {
        e->objective += weight_of(h, k) * h->has[k];
        e->missed = fmax(e->missed, -h->slack[k]);
    }
    if (e->slope <= SLOPE && largest_miss(h) <= MISSED) return ENT_OK;
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "the best agreement that enforces itself was not found: after %td rounds of multipliers a slope of "
                    "%.3g is left and a constraint misses by %.3g log points; accepted are %g and %g",
                    e->rounds, e->slope, largest_miss(h), SLOPE, MISSED);
}

/* Where patience is near 0 the agreement is near the war, and what binds has multipliers of 1/δ: c_p has no room but of
 * δ², and from far away there is no seeing it. The search begins at the war itself. With no patience at all whatever is
 * kept is a war: that is the answer. *done 1: it is. */
static ent_status begin_at_war(holding *h, const ent_game_options *options, int *done, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_game_point war;
    double least = 1.0, most = 0.0;
    *done = 0;
    for (ptrdiff_t k = 0; k < h->parties.count; k++) {
        least = fmin(least, delta_of(h, k));
        most = fmax(most, delta_of(h, k));
    }
    if (least > IMPATIENT) return ENT_OK;
    const ent_status status = ent_game_play(h->game, options, NULL, &scratch, &war, err);
    if (status != ENT_OK) return status == ENT_NO_MEMORY || most == 0.0 ? status : ENT_OK;
    ent_dials_read(&h->agreed.dials, &war.policy, h->agreed.turn);
    for (ptrdiff_t k = 0; k < h->parties.count; k++)
        h->nu[k] = delta_of(h, k) <= IMPATIENT ? weight_of(h, k) / fmax(delta_of(h, k), NEVER) : 0.0;
    if (most > 0.0) return ENT_OK;
    memset(h->nu, 0, (size_t)h->parties.count * sizeof *h->nu);
    *done = 1;
    h->at_war = war.slope;
    return look(h, 0, err);
}

/* The policy of the weights alone is where the search begins, and where it ends if nobody wants to break it. */
static ent_status first_best(holding *h, const ent_game_options *options, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_JOINT joint = {0};
    ENT_TRY(ent_joint_open(h->game, options, &scratch, &joint, err));
    for (ptrdiff_t k = 0; k < h->parties.count; k++) ent_party_add(&h->parties, k, weight_of(h, k), joint.weight);
    ENT_TRY(ent_joint_play(&joint, err));
    ent_dials_read(&h->agreed.dials, &joint.point.policy, h->agreed.turn);
    return ENT_OK;
}

/* ---- floors ---- */

static ent_status climb_to_floors(holding *h, const ent_policy *start, ent_arena *arena, ent_held *held, ent_error *err)
{
    ent_dials_read(&h->agreed.dials, start, h->agreed.turn);
    ENT_TRY(rounds(h, err));
    held->slope = slope_left(h) / weights_of(h);
    held->missed = largest_miss(h);
    if (!(held->slope <= SLOPE && held->missed <= MISSED))
        return ent_fail(
            err, ENT_NOT_CONVERGED,
            "floors were not met by the method of multipliers: a slope of %.3g is left and a floor is missed "
            "by %.3g log points; accepted are %g and %g",
            held->slope, held->missed, SLOPE, MISSED);
    for (ptrdiff_t k = 0; k < h->parties.count; k++) {
        held->has[k] = h->has[k];
        held->multiplier[k] = h->nu[k];
    }
    return ent_board_copy(&h->agreed, arena, &held->point, err);
}

ent_status ent_hold_floors(const ent_game *game, const double *weight, const double *floor, const ent_policy *start,
                           const ent_game_options *options, ent_arena *arena, ent_held *held, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_enforced counts = {0};
    ENT_HOLDING h = {.game = game, .weight = weight, .e = &counts, .rho = 1.0};
    ENT_TRY(ent_parties_list(game, &scratch, &h.parties, err));
    ENT_TRY(ent_board_open(game, NULL, options, &scratch, &h.agreed, err));
    h.n = h.agreed.dials.count;
    ENT_TRY(open_lists(&h, &scratch, err));
    *held = (ent_held){.has = ent_new0(arena, double, h.parties.count),
                       .multiplier = ent_new0(arena, double, h.parties.count)};
    if (held->has == NULL || held->multiplier == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for floors");
    for (ptrdiff_t k = 0; k < h.parties.count; k++) h.war[k] = floor[h.parties.first[k]];
    return climb_to_floors(&h, start, arena, held, err);
}

ent_status ent_talk_enforce(const ent_game *game, const double *weight, const double *patience, const double *war,
                            const ent_game_options *options, ent_arena *arena, ent_enforced *enforced, ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ENT_TRY(check(game, weight, patience, war, err));
    ENT_TRY(take_results(game, arena, enforced, err));
    ENT_HOLDING h = {.game = game, .weight = weight, .patience = patience, .e = enforced, .rho = 1.0};
    ENT_TRY(ent_parties_list(game, &scratch, &h.parties, err));
    ENT_TRY(ent_board_open(game, NULL, options, &scratch, &h.agreed, err));
    h.n = h.agreed.dials.count;
    ENT_TRY(open_lists(&h, &scratch, err));
    for (ptrdiff_t k = 0; k < h.parties.count; k++) h.war[k] = ent_party_has(&h.parties, k, war);
    ENT_TRY(open_answers(&h, options, &scratch, err));
    h.at_war = NAN;
    ENT_TRY(first_best(&h, options, err));
    int done;
    ENT_TRY(begin_at_war(&h, options, &done, err));
    if (!done) ENT_TRY(rounds(&h, err));
    const ent_status status = finish(&h, arena, err);
    enforced->seconds = ent_seconds() - began;
    return status;
}
