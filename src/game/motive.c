/* motive.c: what must a government want, that its policy is what it would choose? The inverse of an optimum.
 *
 * Where taxes stand between their bounds, the slope of the goal along each is zero. With lobby weights λ
 *
 *   Σ_s λ_s dG_s/dx_d = 0,   G_s = (Y_s + R F_s/F)/P          for all free d, mean λ = 1                  (goal.c)
 *
 * and with security weights κ on the outputs Q_k of chosen cells
 *
 *   d log G/dx_d + Σ_k κ_k d log Q_k/dx_d = 0
 *
 * Both are linear in the weights: one adjoint each gives its column. There are more taxes than weights, so they are
 * fitted: rows are divided by the square root of σ V/I, what the slope changes by per unit of log(1 + rate), so that
 * the sum of squares is that of the gaps between taxes and what the weights would choose, weighed by trade. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "num/fit.h"
#include <math.h>
#include <string.h>

typedef struct {
    ent_board *board;
    ptrdiff_t region, rows;   /* rows: dials between their bounds */
    int32_t *dial;            /* [rows] */
    double *scale;            /* [rows] */
    double *column;           /* [weights][rows] */
    double *right;            /* [rows] */
    double *lobby, *security; /* [sectors], [regions*sectors]: one at a time */
} inverse;

static ent_status open_inverse(inverse *v, ptrdiff_t weights, ent_arena *arena, ent_error *err)
{
    const ent_network *net = v->board->game->net;
    const ent_dials *d = &v->board->dials;
    v->dial = ent_new(arena, int32_t, d->count);
    v->scale = ent_new(arena, double, d->count);
    v->column = ent_new0(arena, double, weights * d->count);
    v->right = ent_new0(arena, double, d->count);
    v->lobby = ent_new0(arena, double, net->sectors);
    v->security = ent_new0(arena, double, net->regions * net->sectors);
    if (v->dial == NULL || v->scale == NULL || v->column == NULL || v->right == NULL || v->lobby == NULL ||
        v->security == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the motives of %td taxes", d->count);
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const double turn = v->board->turn[dial];
        double flow = 0.0;
        if (turn <= d->least[dial] || turn >= d->greatest[dial]) continue;
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++)
            flow += net->lane_elasticity[d->lane[at]] * v->board->eq.lane_value_usd[d->lane[at]];
        v->scale[v->rows] = 1.0 / sqrt(flow / v->board->eq.income_usd[v->region]);
        v->dial[v->rows++] = (int32_t)dial;
    }
    return ENT_OK;
}

/* Slopes of the goal with these lobby and security weights, scaled, to out [rows]. */
static ent_status feel(inverse *v, const double *lobby, const double *security, double *out, ent_error *err)
{
    ent_board *b = v->board;
    b->goals.lobby[v->region] = lobby;
    b->goals.security[v->region] = security;
    b->goals.political = 1;
    ENT_TRY(ent_board_feel(b, 0, err));
    for (ptrdiff_t row = 0; row < v->rows; row++) out[row] = v->scale[row] * b->slope[v->dial[row]];
    return ENT_OK;
}

static double largest_slope(const inverse *v, const double *scaled)
{
    double most = 0.0;
    for (ptrdiff_t row = 0; row < v->rows; row++) most = fmax(most, fabs(scaled[row] / v->scale[row]));
    return most;
}

static double squares(const inverse *v, const double *x)
{
    double sum = 0.0;
    for (ptrdiff_t row = 0; row < v->rows; row++) sum += x[row] * x[row];
    return sum;
}

/* Solve the board at the observed policy, with the player alone. */
static ent_status look(const ent_game *game, ptrdiff_t player, const ent_game_options *options, ent_arena *arena,
                       ent_board *b, inverse *v, ent_error *err)
{
    ENT_TRY(ent_game_check(game, err));
    if (player < 0 || player >= game->players)
        return ent_fail(err, ENT_BAD_INPUT, "player %td is asked for its motives, but there are %td", player + 1,
                        game->players);
    ent_player *who = ent_new(arena, ent_player, 1);
    ent_game *alone = ent_new(arena, ent_game, 1);
    if (who == NULL || alone == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the motives of a player");
    *who = game->player[player];
    who->weight = who->lobby = who->security = NULL;
    *alone = (ent_game){.net = game->net, .policy = game->policy, .player = who, .players = 1};
    ENT_TRY(ent_board_open(alone, NULL, options, arena, b, err));
    *v = (inverse){.board = b, .region = who->region};
    return ent_board_solve(b, err);
}

/* What is left of the slopes, and how much of them the weights explain. */
static void judge(const inverse *v, const double *left, const double *before, ent_game_motive *m)
{
    m->conditions = v->rows;
    m->left = largest_slope(v, left);
    m->before = largest_slope(v, before);
    m->fit = 1.0 - squares(v, left) / squares(v, before);
}

static ent_status too_few(const inverse *v, ptrdiff_t weights, ent_error *err)
{
    const ent_game *game = v->board->game;
    return ent_fail(err, ENT_BAD_INPUT,
                    "of the free taxes of %s %td stand between their bounds, too few or too alike to tell %td weights "
                    "apart; ask for fewer, let more of its taxes be free, or widen their bounds",
                    game->net->table->regions.label[v->region], v->rows, weights);
}

/* λ = 1 + μ, Σ μ = 0 over the sectors that are made: the last one's is less the sum of the others'. */
static ent_status fit_lobby(inverse *v, const double *amount, ent_arena *scratch, ent_game_motive *m, ent_error *err)
{
    const ptrdiff_t J = m->weights, rows = v->rows;
    double *before = ent_new0(scratch, double, rows), *left = ent_new0(scratch, double, rows);
    double *a = ent_new(scratch, double, J *rows), *x = ent_new0(scratch, double, J);
    ptrdiff_t last = -1, columns = 0;
    if (before == NULL || left == NULL || a == NULL || x == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td lobby weights", J);
    for (ptrdiff_t j = 0; j < J; j++)
        if (amount[j] > 0.0) last = j;
    for (ptrdiff_t j = 0; j <= last; j++) {
        if (!(amount[j] > 0.0)) continue;
        for (ptrdiff_t row = 0; row < rows; row++) {
            before[row] += v->column[j * rows + row];
            a[columns * rows + row] = v->column[j * rows + row] - v->column[last * rows + row];
        }
        columns += j < last;
    }
    for (ptrdiff_t row = 0; row < rows; row++) v->right[row] = -before[row];
    if (ent_fit(rows, columns, a, v->right, x) < columns) return too_few(v, columns + 1, err);
    double sum = 0.0, income = 0.0;
    for (ptrdiff_t j = 0, c = 0; j <= last; j++) {
        if (!(amount[j] > 0.0)) continue;
        m->weight[j] = j < last ? 1.0 + x[c] : 1.0 - sum;
        sum += x[c];
        c += j < last;
        income += amount[j];
        for (ptrdiff_t row = 0; row < rows; row++) left[row] += m->weight[j] * v->column[j * rows + row];
    }
    for (ptrdiff_t row = 0; row < rows; row++) left[row] /= income, before[row] /= income;
    judge(v, left, before, m);
    return ENT_OK;
}

ent_status ent_game_motive_lobby(const ent_game *game, ptrdiff_t player, const ent_game_options *options,
                                 ent_arena *arena, ent_game_motive *m, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    inverse v;
    const ptrdiff_t J = game->net->sectors;
    ENT_TRY(look(game, player, options, &scratch, &board, &v, err));
    ENT_TRY(open_inverse(&v, J, &scratch, err));
    *m = (ent_game_motive){.weights = J, .weight = ent_new0(arena, double, J)};
    double *amount = ent_new0(&scratch, double, J); /* N of each sector alone, share of income */
    if (m->weight == NULL || amount == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td lobby weights", J);
    for (ptrdiff_t j = 0; j < J; j++) {
        m->weight[j] = 1.0;
        if (game->net->producer[v.region * J + j] < 0) continue;
        v.lobby[j] = 1.0;
        ENT_TRY(feel(&v, v.lobby, NULL, v.column + j * v.rows, err));
        amount[j] = ent_goal_amount(&board.goals, &board.lin.pass, v.region, v.lobby);
        v.lobby[j] = 0.0;
        for (ptrdiff_t row = 0; row < v.rows; row++) v.column[j * v.rows + row] *= amount[j];
    }
    return fit_lobby(&v, amount, &scratch, m, err);
}

ent_status ent_game_motive_security(const ent_game *game, ptrdiff_t player, const int32_t *cell, ptrdiff_t cells,
                                    const ent_game_options *options, ent_arena *arena, ent_game_motive *m,
                                    ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    inverse v;
    ENT_TRY(look(game, player, options, &scratch, &board, &v, err));
    ENT_TRY(open_inverse(&v, cells, &scratch, err));
    *m = (ent_game_motive){.weights = cells, .weight = ent_new0(arena, double, cells)};
    double *before = ent_new0(&scratch, double, v.rows), *left = ent_new0(&scratch, double, v.rows);
    double *a = ent_new(&scratch, double, cells *v.rows);
    if (m->weight == NULL || before == NULL || left == NULL || a == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td security weights", cells);
    const double *lobby = game->player[player].lobby;
    ENT_TRY(feel(&v, lobby, NULL, before, err));
    for (ptrdiff_t k = 0; k < cells; k++) {
        if (cell[k] < 0 || cell[k] >= game->net->regions * game->net->sectors || game->net->producer[cell[k]] < 0)
            return ent_fail(err, ENT_BAD_INPUT, "security weight %td is asked for cell %d, where nothing is made",
                            k + 1, (int)cell[k]);
        v.security[cell[k]] = 1.0;
        ENT_TRY(feel(&v, lobby, v.security, v.column + k * v.rows, err));
        v.security[cell[k]] = 0.0;
        for (ptrdiff_t row = 0; row < v.rows; row++) v.column[k * v.rows + row] -= before[row];
    }
    if (cells * v.rows > 0) memcpy(a, v.column, (size_t)(cells * v.rows) * sizeof *a);
    for (ptrdiff_t row = 0; row < v.rows; row++) v.right[row] = -before[row];
    if (ent_fit(v.rows, cells, a, v.right, m->weight) < cells) return too_few(&v, cells, err);
    memcpy(left, before, (size_t)v.rows * sizeof *left);
    for (ptrdiff_t k = 0; k < cells; k++)
        for (ptrdiff_t row = 0; row < v.rows; row++) left[row] += m->weight[k] * v.column[k * v.rows + row];
    judge(&v, left, before, m);
    return ENT_OK;
}
