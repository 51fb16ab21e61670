/* board.c: see board.h. The economy is asked through the equilibrium and its adjoint alone. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "equilibrium/solver.h"
#include <math.h>
#include <string.h>

#define ADJOINT 1e-13 /* relative residual of exact adjoints: smaller is lost in rounding, larger shows in slopes */
#define SHALLOW 6     /* rounds that small games remember: more mislead where few taxes come to bounds and leave them */
#define DEEP    8     /* and large ones */
#define LARGE   500   /* taxes */
#define ROUGH   1e-4  /* the least exact point on a way: larger misleads what remembers rounds */

static ent_game_options filled(const ent_game_options *given)
{
    ent_game_options o = given != NULL ? *given : (ent_game_options){0};
    if (o.tolerance == 0.0) o.tolerance = 1e-11;
    if (o.rounds == 0) o.rounds = 400;
    if (o.depth == 0) o.depth = SHALLOW;
    if (o.tolerance_of_solver == 0.0) o.tolerance_of_solver = 1e-12;
    return o;
}

static ent_status check_options(const ent_game_options *o, ent_error *err)
{
    if (!(o->tolerance > 0.0) || o->rounds < 1 || o->depth < -1 || o->depth > 32)
        return ent_fail(err, ENT_BAD_INPUT,
                        "a game takes a tolerance above 0, rounds above 0 and a depth between -1 and 32; given are %g, "
                        "%td and %td",
                        o->tolerance, o->rounds, o->depth);
    return ENT_OK;
}

static double weight_of(const ent_player *who, ptrdiff_t n)
{
    return who->weight != NULL ? who->weight[n] : n == who->region ? 1.0 : 0.0;
}

/* Players of equal weights share a row. */
static void list_rows(ent_board *b)
{
    const ent_game *game = b->game;
    const ptrdiff_t regions = game->net->regions;
    for (ptrdiff_t p = 0; p < game->players; p++) {
        double *mine = b->weight + b->rows * regions;
        for (ptrdiff_t n = 0; n < regions; n++) mine[n] = weight_of(game->player + p, n);
        ptrdiff_t row = 0;
        while (memcmp(b->weight + row * regions, mine, (size_t)regions * sizeof *mine) != 0) row++;
        b->player_row[p] = (int32_t)row;
        b->rows += row == b->rows;
    }
}

static ent_status take_room(ent_board *b, ent_arena *arena, ent_error *err)
{
    const ent_network *net = b->game->net;
    const ptrdiff_t players = b->game->players, dials = b->dials.count;
    b->policy = *b->game->policy;
    b->policy.duty = ent_new(arena, double, net->borders);
    b->policy.export_tax = ent_new(arena, double, net->borders);
    b->weight = ent_new(arena, double, players * net->regions);
    b->player_row = ent_new(arena, int32_t, players);
    b->turn = ent_new(arena, double, dials);
    b->slope = ent_new0(arena, double, dials);
    b->answer = ent_new0(arena, double, dials);
    b->objective = ent_new0(arena, double, players);
    b->log_welfare = ent_new0(arena, double, net->regions);
    b->goal = ent_new0(arena, double, net->regions);
    b->forms = ent_new(arena, double, (ptrdiff_t)3 * ENT_BACK_MANY * net->nodes);
    if (b->policy.duty == NULL || b->policy.export_tax == NULL || b->weight == NULL || b->player_row == NULL ||
        b->turn == NULL || b->slope == NULL || b->answer == NULL || b->objective == NULL || b->log_welfare == NULL ||
        b->goal == NULL || b->forms == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a game with %td free taxes", dials);
    memcpy(b->policy.duty, b->game->policy->duty, (size_t)net->borders * sizeof *b->policy.duty);
    memcpy(b->policy.export_tax, b->game->policy->export_tax, (size_t)net->borders * sizeof *b->policy.export_tax);
    return ENT_OK;
}

/* Dials by row; and where players tax imports alone, and they are few, a row reads their own regions. */
static ent_status list_readings(ent_board *b, ent_arena *arena, ent_error *err)
{
    const ent_game *game = b->game;
    int32_t *region = ent_new(arena, int32_t, game->players);
    b->row_first = ent_new0(arena, ptrdiff_t, b->rows + 1);
    b->row_dial = ent_new(arena, int32_t, b->dials.count);
    b->adjoint = ent_new0(arena, ent_adjoint, b->rows);
    if (region == NULL || b->row_first == NULL || b->row_dial == NULL || b->adjoint == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the readings of %td objectives", b->rows);
    ptrdiff_t dials = 0;
    for (ptrdiff_t row = 0; row < b->rows; row++) {
        ptrdiff_t count = 0;
        int exports = 0;
        for (ptrdiff_t p = 0; p < game->players; p++)
            if (b->player_row[p] == row) region[count++] = (int32_t)game->player[p].region;
        for (ptrdiff_t dial = 0; dial < b->dials.count; dial++) {
            if (b->player_row[b->dials.player[dial]] != row) continue;
            b->row_dial[dials++] = (int32_t)dial;
            exports |= b->dials.tax[dial] == ENT_TAX_EXPORT;
        }
        b->row_first[row + 1] = dials;
        b->adjoint[row].region = region;
        b->adjoint[row].regions = exports || 4 * count > game->net->regions ? 0 : count;
        region += count;
    }
    return ENT_OK;
}

ent_status ent_board_open(const ent_game *game, const ent_game *whole, const ent_game_options *options,
                          ent_arena *arena, ent_board *b, ent_error *err)
{
    *b = (ent_board){.game = game, .options = filled(options)};
    ENT_TRY(check_options(&b->options, err));
    ENT_TRY(ent_dials_list(game, arena, &b->dials, err));
    if ((options == NULL || options->depth == 0) && b->dials.count > LARGE) b->options.depth = DEEP;
    const ent_game *wide = b->options.whole != NULL ? b->options.whole : whole; /* the wider of the two */
    ENT_TRY(ent_goal_open(wide != NULL ? wide : game, arena, &b->goals, err));
    ENT_TRY(take_room(b, arena, err));
    list_rows(b);
    ENT_TRY(list_readings(b, arena, err));
    b->arena = arena;
    ent_options patient = ent_options_default();
    patient.stop = b->options.stop;
    patient.stop_who = b->options.stop_who;
    ENT_TRY(ent_solver_open(game->net, &patient, arena, &b->solver, err));
    ENT_TRY(ent_answer_open(b, arena, err));
    ent_dials_read(&b->dials, game->policy, b->turn);
    return ENT_OK;
}

void ent_board_close(ent_board *b)
{
    ent_linearised_close(&b->lin);
    ent_arena_close(&b->eq_home);
    ent_arena_close(&b->eq_next);
}

void ent_board_share(ent_board *b, const double *weight)
{
    b->rows = 1;
    memcpy(b->weight, weight, (size_t)b->game->net->regions * sizeof *weight);
    memset(b->player_row, 0, (size_t)b->game->players * sizeof *b->player_row);
    b->adjoint[0].regions = 0;
    for (ptrdiff_t dial = 0; dial < b->dials.count; dial++) b->row_dial[dial] = (int32_t)dial;
    b->row_first[1] = b->dials.count;
}

/* log W_n = log(I'/I) − log P̂ (E13). */
static void welfare_of(const ent_network *net, const ent_equilibrium *eq, double *log_welfare)
{
    for (ptrdiff_t n = 0; n < net->regions; n++)
        log_welfare[n] = log(eq->income_usd[n] / eq->benchmark_income_usd[n]) - eq->log_price[net->household[n]];
}

static ent_status open_lin(ent_board *b, const ent_policy *policy, const ent_equilibrium *eq, ent_error *err)
{
    ent_linearised *lin = &b->lin;
    ENT_TRY(ent_linearised_open(b->game->net, policy, eq, &b->solver->domestic, b->arena, lin, err));
    ENT_TRY(ent_linearised_open_near(lin, b->rows, b->arena, err));
    b->nu = ent_new0(b->arena, double, b->game->players * lin->pass.states);
    if (b->nu == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the adjoints of %td players", b->rows);
    b->lin_open = 1;
    if (!b->goals.political) return ENT_OK;
    memset(lin->z, 0, (size_t)lin->pass.states * sizeof *lin->z);
    ent_pass_set_policy(&lin->pass, policy, 0.0);
    if (!ent_pass_run(&lin->pass, lin->z, lin->image))
        return ent_fail(err, ENT_NOT_CONVERGED, "the benchmark is no equilibrium");
    ent_goal_found(&b->goals, &lin->pass, eq->benchmark_income_usd);
    return ENT_OK;
}

/* The derivatives' room is taken once; then it moves from point to point. */
static ent_status move(ent_board *b, const ent_policy *policy, const ent_equilibrium *eq, ent_error *err)
{
    ent_linearised *lin = &b->lin;
    b->lin_here = 0;
    if (!b->lin_open) ENT_TRY(open_lin(b, policy, eq, err));
    if (b->solver_stands && policy == &b->policy && policy->quotas == 0)
        ent_pass_copy_policy(&lin->pass, &b->solver->pass);
    else
        ent_pass_set_policy(&lin->pass, policy, 1.0);
    memcpy(lin->z, eq->state, (size_t)lin->pass.states * sizeof *lin->z);
    if (!ent_pass_run(&lin->pass, lin->z, lin->image))
        return ent_fail(err, ENT_NOT_CONVERGED, "derivatives are asked for at a point that is no equilibrium");
    ent_linearised_moved(lin);
    return ENT_OK;
}

/* log W and goals of an equilibrium. */
static ent_status measure_goals(ent_board *b, const ent_policy *policy, const ent_equilibrium *eq, double *log_welfare,
                                double *goal, ent_error *err)
{
    welfare_of(b->game->net, eq, log_welfare);
    memcpy(goal, log_welfare, (size_t)b->game->net->regions * sizeof *goal);
    b->lin_here = 0;
    if (!b->goals.political) return ENT_OK;
    ENT_TRY(move(b, policy, eq, err));
    ent_goal_measure(&b->goals, &b->lin.pass, log_welfare, goal);
    return ENT_OK;
}

static ent_status measure(ent_board *b, ent_error *err)
{
    const ent_network *net = b->game->net;
    ENT_TRY(measure_goals(b, &b->policy, &b->eq, b->log_welfare, b->goal, err));
    b->lin_here = b->goals.political;
    for (ptrdiff_t p = 0; p < b->game->players; p++) {
        const double *weight = b->weight + b->player_row[p] * net->regions;
        b->objective[p] = 0.0;
        for (ptrdiff_t n = 0; n < net->regions; n++) b->objective[p] += weight[n] * b->goal[n];
    }
    if (b->rule != NULL) b->objective[0] = b->rule(b->rule_who, b->goal, b->weight);
    return ENT_OK;
}

ent_status ent_board_solve(ent_board *b, ent_error *err)
{
    ent_equilibrium next = {0};
    b->solver_stands = 0;
    ent_dials_set(&b->dials, b->turn, &b->policy);
    ent_solver_aim(b->solver, fmax(b->options.tolerance_of_solver, fmin(b->care, ROUGH)));
    const int near = b->lin_open && b->lin.afresh && b->policy.quotas == 0;
    ent_solver_lend(b->solver, near ? ent_linearised_blocks(&b->lin) : NULL);
    const ent_status status =
        ent_solver_solve(b->solver, &b->policy, b->solved ? &b->eq : NULL, &b->eq_next, &next, err);
    ent_solver_lend(b->solver, NULL);
    b->solves++;
    b->last = status;
    b->part = next.certificate.part;
    if (status != ENT_OK) {
        ent_arena_empty(&b->eq_next);
        return status;
    }
    const ent_arena home = b->eq_next;
    b->eq_next = b->eq_home;
    b->eq_home = home;
    ent_arena_empty(&b->eq_next);
    b->eq = next;
    b->solved = b->solver_stands = 1;
    return measure(b, err);
}

double ent_board_lean(const ent_board *b, const ent_dials *d, ptrdiff_t dial)
{
    double sum = 0.0;
    for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++)
        sum += d->tax[dial] == ENT_TAX_EXPORT ? ent_back_log_export_tax(&b->lin.back, d->lane[at])
                                              : ent_back_log_duty(&b->lin.back, d->lane[at]);
    return sum;
}

ent_status ent_board_base(ent_board *b, double *goal, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_equilibrium eq;
    double *log_welfare = ent_new(&scratch, double, b->game->net->regions);
    if (log_welfare == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the base of a game");
    ent_solver_aim(b->solver, b->options.tolerance_of_solver);
    b->solver_stands = 0;
    ENT_TRY(ent_solver_solve(b->solver, b->game->policy, NULL, &scratch, &eq, err));
    return measure_goals(b, b->game->policy, &eq, log_welfare, goal, err);
}

/* What is done with an adjoint as it is solved. */
typedef struct {
    ent_board *b;
    ptrdiff_t first; /* row of the first of them */
    int answers;
} feeling;

static void feel_row(void *user, ptrdiff_t which)
{
    const feeling *f = user;
    ent_board *b = f->b;
    const ptrdiff_t row = f->first + which;
    for (ptrdiff_t at = b->row_first[row]; at < b->row_first[row + 1]; at++)
        b->slope[b->row_dial[at]] = b->blind ? INFINITY : ent_board_lean(b, &b->dials, b->row_dial[at]);
    if (f->answers) ent_answer_row(b, row);
}

static void write_form(ent_board *b, ptrdiff_t row, double *room)
{
    const ptrdiff_t nodes = b->game->net->nodes;
    double *log_price = room, *log_cost = room + nodes, *log_spent = room + 2 * nodes;
    memset(room, 0, 3 * (size_t)nodes * sizeof *room);
    ent_goal_form(&b->goals, &b->lin.pass, b->weight + row * b->game->net->regions, log_price, log_cost, log_spent);
    b->adjoint[row].form =
        (ent_form){.log_price = log_price, .log_cost = b->goals.political ? log_cost : NULL, .log_spent = log_spent};
    b->adjoint[row].nu = b->nu + row * b->lin.pass.states;
}

ent_status ent_board_feel(ent_board *b, int answers, ent_error *err)
{
    const int looked_at = b->reads_all || b->care <= ENT_EXACT * b->options.tolerance;
    if (!b->lin_here) ENT_TRY(move(b, &b->policy, &b->eq, err));
    b->lin_here = 1;
    for (ptrdiff_t row = 0, count; row < b->rows; row += count) {
        feeling f = {b, row, answers};
        count = b->rows - row < ENT_BACK_MANY ? b->rows - row : ENT_BACK_MANY;
        for (ptrdiff_t r = 0; r < count; r++) {
            write_form(b, row + r, b->forms + 3 * r * b->game->net->nodes);
            if (b->reads_all) b->adjoint[row + r].regions = 0;
        }
        ENT_TRY(ent_linearised_adjoints_near(&b->lin, b->adjoint + row, count, fmax(ADJOINT, fmin(b->care, ROUGH)),
                                             looked_at, feel_row, &f, err));
        b->adjoints += count;
        b->products += b->lin.products;
    }
    return ENT_OK;
}

double ent_board_slope(const ent_board *b, ptrdiff_t *player)
{
    const ent_dials *d = &b->dials;
    double largest = 0.0;
    *player = -1;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const double slope = b->slope[dial];
        const int held = slope > 0.0 ? b->turn[dial] >= d->greatest[dial] : b->turn[dial] <= d->least[dial];
        if (held || !(fabs(slope) > largest)) continue;
        largest = fabs(slope);
        *player = d->player[dial];
    }
    return largest;
}

double ent_board_spread(const ent_board *b)
{
    double largest = 0.0;
    for (ptrdiff_t dial = 0; dial < b->dials.count; dial++)
        largest = fmax(largest, fabs(b->answer[dial] - b->turn[dial]));
    return largest;
}

static double *copied(ent_arena *arena, const double *list, ptrdiff_t count)
{
    double *copy = ent_new(arena, double, count);
    if (copy != NULL && count > 0) memcpy(copy, list, (size_t)count * sizeof *copy);
    return copy;
}

ent_status ent_board_copy(ent_board *b, ent_arena *arena, ent_game_point *point, ent_error *err)
{
    const ent_network *net = b->game->net;
    *point = (ent_game_point){.policy = b->policy,
                              .radius = NAN,
                              .radius_within = NAN,
                              .free_duties = b->dials.count,
                              .solves = b->solves,
                              .adjoints = b->adjoints,
                              .products = b->products};
    point->policy.duty = copied(arena, b->policy.duty, net->borders);
    point->policy.export_tax = copied(arena, b->policy.export_tax, net->borders);
    point->log_welfare = copied(arena, b->log_welfare, net->regions);
    point->goal = copied(arena, b->goal, net->regions);
    point->objective = copied(arena, b->objective, b->game->players);
    if (point->policy.duty == NULL || point->policy.export_tax == NULL || point->log_welfare == NULL ||
        point->goal == NULL || point->objective == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the result of a game");
    point->slope = ent_board_slope(b, &point->player);
    ent_solver_aim(b->solver, b->options.tolerance_of_solver);
    b->solver_stands = 0;
    return ent_solver_solve(b->solver, &point->policy, &b->eq, arena, &point->eq, err);
}
