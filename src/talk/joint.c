/* joint.c: see joint.h. */
// SPDX-License-Identifier: MIT
#include "talk/joint.h"
#include "game/board.h"
#include <math.h>
#include <string.h>

enum {
    MOST_LOOKS = 200 /* at a function whose root is sought: 60 halve any interval to its last bit */
};

/* ---- one objective for all ---- */

ent_status ent_joint_open(const ent_game *game, const ent_game_options *options, ent_arena *arena, ent_joint *j,
                          ent_error *err)
{
    ENT_TRY(ent_game_check(game, err));
    *j = (ent_joint){.game = *game,
                     .player = ent_new(arena, ent_player, game->players),
                     .weight = ent_new0(arena, double, game->net->regions),
                     .options = options != NULL ? *options : (ent_game_options){0},
                     .start = *game->policy};
    if (j->player == NULL || j->weight == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the talks of %td players", game->players);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        j->player[p] = game->player[p];
        j->player[p].weight = j->weight;
    }
    ENT_TRY(ent_parties_list(game, arena, &j->parties, err));
    j->game.player = j->player;
    return ent_joint_keep(game->net, game->policy, arena, &j->start, err);
}

void ent_joint_close(ent_joint *j)
{
    ent_arena_close(&j->home);
    ent_arena_close(&j->next);
}

void ent_joint_split(ent_joint *j, double a)
{
    memset(j->weight, 0, (size_t)j->parties.regions * sizeof *j->weight);
    ent_party_add(&j->parties, 0, 1.0 - a, j->weight);
    ent_party_add(&j->parties, 1, a, j->weight);
}

double ent_joint_has(const ent_joint *j, ptrdiff_t party)
{
    return ent_party_has(&j->parties, party, j->point.goal);
}

ent_status ent_joint_two(const ent_parties *parties, const char *what, ent_error *err)
{
    if (parties->count == 2) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%s between 2 parties, and this game has %td; players of equal weights are one",
                    what, parties->count);
}

ent_game ent_joint_part(const ent_game *game, const ent_parties *parties, ptrdiff_t party, int not, ent_player *player)
{
    ent_game part = {game->net, game->policy, player, 0};
    for (ptrdiff_t p = 0; p < game->players; p++)
        if ((parties->of[p] == party) != not ) player[part.players++] = game->player[p];
    return part;
}

void ent_joint_restart(ent_joint *j, const ent_policy *policy)
{
    const ent_policy *from = policy != NULL ? policy : j->game.policy;
    const size_t bytes = (size_t)j->game.net->borders * sizeof *from->duty;
    memcpy(j->start.duty, from->duty, bytes);
    memcpy(j->start.export_tax, from->export_tax, bytes);
}

ent_status ent_joint_play(ent_joint *j, ent_error *err)
{
    ent_game_point point;
    const ent_status status = ent_game_play(&j->game, &j->options, &j->start, &j->next, &point, err);
    if (status != ENT_OK) {
        ent_arena_close(&j->next);
        return status;
    }
    const ent_arena home = j->home;
    j->home = j->next;
    j->next = home;
    ent_arena_close(&j->next);
    j->point = point;
    j->any = 1;
    ent_joint_restart(j, &point.policy);
    return ENT_OK;
}

static double *copied(ent_arena *arena, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(arena, double, count);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

ent_status ent_joint_keep(const ent_network *net, const ent_policy *policy, ent_arena *arena, ent_policy *kept,
                          ent_error *err)
{
    *kept = *policy;
    kept->duty = copied(arena, policy->duty, net->borders);
    kept->export_tax = copied(arena, policy->export_tax, net->borders);
    if (kept->duty == NULL || kept->export_tax == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a policy");
    return ENT_OK;
}

ent_status ent_joint_copy(const ent_joint *j, ent_arena *arena, ent_game_point *point, ent_error *err)
{
    const ent_network *net = j->game.net;
    const ent_game_point *from = &j->point;
    ent_options options = ent_options_default();
    options.tolerance = j->options.tolerance_of_solver > 0.0 ? j->options.tolerance_of_solver : 1e-12;
    *point = *from;
    ENT_TRY(ent_joint_keep(net, &from->policy, arena, &point->policy, err));
    point->log_welfare = copied(arena, from->log_welfare, net->regions);
    point->goal = copied(arena, from->goal, net->regions);
    point->objective = copied(arena, from->objective, j->game.players);
    if (point->log_welfare == NULL || point->goal == NULL || point->objective == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the result of talks");
    return ent_equilibrium_solve(net, &point->policy, &options, &from->eq, arena, &point->eq, err);
}

/* ---- a root ---- */

ent_status ent_joint_root(const ent_bracket *bracket, ent_joint_value *f, void *who, double *root, double *value,
                          ent_error *err)
{
    double a = bracket->low, b = bracket->high, fa = bracket->at_low, fb = bracket->at_high, next = bracket->guess;
    int side = 0; /* which end stayed at the last look */
    for (int look = 0; look < MOST_LOOKS; look++) {
        if (!(next > a && next < b)) next = isfinite(fa) && isfinite(fb) ? b - fb * (b - a) / (fb - fa) : 0.5 * (a + b);
        if (!(next > a && next < b)) next = 0.5 * (a + b);
        if (look > 0 && look % 5 == 0) next = 0.5 * (a + b); /* never slower than halving by much */
        ENT_TRY(f(who, next, value, err));
        *root = next;
        if (fabs(*value) <= bracket->within || next == a || next == b) break;
        if (*value > 0.0) {
            a = next;
            fa = *value;
            if (side > 0) fb *= 0.5;
            side = 1;
        } else {
            b = next;
            fb = *value;
            if (side < 0) fa *= 0.5;
            side = -1;
        }
        if (b - a <= 1e-15 * fmax(fabs(a), fabs(b))) break;
        next = NAN;
    }
    return ENT_OK;
}

/* A step towards an end that is `gap` away; what is left. The end itself comes last. */
static double nearer(double gap, double pace)
{
    return gap < 0.02 ? 0.0 : fmax(gap - pace, 0.3 * gap);
}

ent_status ent_joint_cross(ent_joint_value *f, void *who, double guess, double within, double *at, ent_error *err)
{
    ent_bracket b = {.at_low = NAN, .at_high = NAN, .within = within, .guess = NAN};
    double value, pace = 0.02, here = guess > 0.0 && guess < 1.0 ? guess : 0.5;
    while (isnan(b.at_low) || isnan(b.at_high)) {
        ENT_TRY(f(who, here, &value, err));
        *at = here;
        if (fabs(value) <= within) return ENT_OK;
        *(value > 0.0 ? &b.low : &b.high) = here;
        *(value > 0.0 ? &b.at_low : &b.at_high) = value;
        if ((value > 0.0 && here >= 1.0) || (value < 0.0 && here <= 0.0)) return ENT_OK;
        here = value > 0.0 ? 1.0 - nearer(1.0 - here, pace) : nearer(here, pace);
        pace *= 3.0;
    }
    return ent_joint_root(&b, f, who, at, &value, err);
}

/* ---- the economy ---- */

double ent_joint_income(const ent_network *net, ptrdiff_t region)
{
    return net->sales_usd[net->household[region]];
}

ent_status ent_talk_welfare(const ent_network *net, const ent_policy *policy, const ent_equilibrium *start,
                            ent_arena *arena, double **log_welfare, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_options options = ent_options_default();
    ent_equilibrium eq;
    options.tolerance = 1e-12;
    ENT_TRY(ent_equilibrium_solve(net, policy, &options, start, &scratch, &eq, err));
    *log_welfare = ent_new(arena, double, net->regions);
    if (*log_welfare == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the real incomes of a policy");
    for (ptrdiff_t n = 0; n < net->regions; n++)
        (*log_welfare)[n] = log(eq.income_usd[n] / eq.benchmark_income_usd[n]) - eq.log_price[net->household[n]];
    return ENT_OK;
}

ent_status ent_talk_goals(const ent_game *game, const ent_policy *policy, ent_arena *arena, double **goal,
                          ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ent_game there = *game;
    there.policy = policy;
    ENT_TRY(ent_board_open(&there, NULL, NULL, &scratch, &board, err));
    *goal = ent_new(arena, double, game->net->regions);
    if (*goal == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the goals of governments");
    return ent_board_base(&board, *goal, err);
}

ent_status ent_talk_cut_off(const ent_network *net, const ent_policy *policy, ptrdiff_t from, ptrdiff_t to, int both,
                            ent_arena *arena, ent_policy *cut, ent_error *err)
{
    if (from < 0 || from >= net->regions || to < 0 || to >= net->regions || from == to)
        return ent_fail(err, ENT_BAD_INPUT, "a cut-off is between two different regions of 0 to %td, not %td and %td",
                        net->regions - 1, from, to);
    *cut = *policy;
    cut->banned = ent_new0(arena, unsigned char, net->borders);
    if (cut->banned == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a cut-off");
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t i = ent_lane_exporter(net, lane), n = net->lane_region[lane];
        const int hit = (i == from && n == to) || (both && i == to && n == from);
        cut->banned[lane] = hit || (policy->banned != NULL && policy->banned[lane]);
    }
    return ENT_OK;
}
