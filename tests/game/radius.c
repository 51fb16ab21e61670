/* radius.c: how a point's neighbours move where all answer at once: against the whole matrix Φ', made here entry by
 * entry and powered by squaring, and against the rounds themselves. */
// SPDX-License-Identifier: MIT
#include "game/board.h"
#include "random_wars.h"
#include "worlds.h"
#include <stdlib.h>

/* The spectral radius of a [n][n] by Gelfand's formula, |A^(2^k)|^(2^-k): whatever its eigenvalues are. a is lost. */
static double gelfand(ptrdiff_t n, double *a, double *room)
{
    double log_radius = 0.0, part = 1.0;
    for (int k = 0; k < 40; k++, part *= 0.5) {
        double size = 0.0;
        for (ptrdiff_t e = 0; e < n * n; e++) size = fmax(size, fabs(a[e]));
        if (size == 0.0) return 0.0;
        log_radius += part * log(size);
        for (ptrdiff_t e = 0; e < n * n; e++) a[e] /= size;
        for (ptrdiff_t r = 0; r < n; r++)
            for (ptrdiff_t c = 0; c < n; c++) {
                room[r * n + c] = 0.0;
                for (ptrdiff_t m = 0; m < n; m++) room[r * n + c] += a[r * n + m] * a[m * n + c];
            }
        memcpy(a, room, (size_t)(n * n) * sizeof *a);
    }
    return exp(log_radius);
}

static ent_status answers_at(ent_board *b, const double *turn, ent_error *err)
{
    memcpy(b->turn, turn, (size_t)b->dials.count * sizeof *turn);
    ENT_TRY(ent_board_solve(b, err));
    return ent_board_feel(b, 1, err);
}

/* Φ' at a policy by central differences, dials at bounds left out; its spectral radius. */
static ent_status whole_radius(const ent_game *game, const ent_policy *policy, double *radius, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD b = {0};
    const double h = 1e-5;
    ptrdiff_t n = 0;
    ENT_TRY(ent_board_open(game, NULL, NULL, &scratch, &b, err));
    ent_dials_read(&b.dials, policy, b.turn);
    const ptrdiff_t dials = b.dials.count;
    ptrdiff_t *free = ent_new(&scratch, ptrdiff_t, dials);
    double *at = ent_new(&scratch, double, dials), *turn = ent_new(&scratch, double, dials);
    double *up = ent_new(&scratch, double, dials);
    double *matrix = ent_new0(&scratch, double, dials *dials), *room = ent_new0(&scratch, double, dials *dials);
    if (free == NULL || at == NULL || turn == NULL || up == NULL || matrix == NULL || room == NULL)
        return ENT_NO_MEMORY;
    memcpy(at, b.turn, (size_t)dials * sizeof *at);
    for (ptrdiff_t k = 0; k < dials; k++)
        if (at[k] > b.dials.least[k] && at[k] < b.dials.greatest[k]) free[n++] = k;
    for (ptrdiff_t c = 0; c < n; c++) {
        memcpy(turn, at, (size_t)dials * sizeof *turn);
        turn[free[c]] = at[free[c]] + h;
        ENT_TRY(answers_at(&b, turn, err));
        memcpy(up, b.answer, (size_t)dials * sizeof *up);
        turn[free[c]] = at[free[c]] - h;
        ENT_TRY(answers_at(&b, turn, err));
        for (ptrdiff_t r = 0; r < n; r++) matrix[r * n + c] = (up[free[r]] - b.answer[free[r]]) / (2.0 * h);
    }
    *radius = n == 0 ? 0.0 : gelfand(n, matrix, room);
    return ENT_OK;
}

TEST(the_radius_is_that_of_the_whole_matrix, "radius")
{
    int seen = 0, steep = 0;
    for (uint64_t seed = 1; seed <= WORLDS(60); seed++) {
        random_war war;
        ent_game_point rest;
        double wanted;
        const ent_game_options ask = {.tolerance = 1e-9, .radius = 1};
        MUST_IN(&war.w, random_war_open(&war, seed));
        if (war.game.players < 2 || ent_game_play(&war.game, &ask, NULL, &war.w.arena, &rest, &war.w.err) != ENT_OK ||
            rest.levelled > 0) {
            random_close(&war.w);
            continue;
        }
        MUST_IN(&war.w, whole_radius(&war.game, &rest.policy, &wanted, &war.w.err));
        LAW(&war.w, fabs(rest.radius - wanted) <= fmax(1e-3 * wanted, 2.0 * rest.radius_within) + 1e-4,
            "radius %.6g, of the whole matrix %.6g", rest.radius, wanted);
        seen++;
        steep += wanted > 1.0;
        random_close(&war.w);
    }
    CHECK(seen > WORLDS(60) / 4);
    CHECK(steep > 0);
}

/* The plain rounds come nearer by the radius each. */
TEST(plain_rounds_shrink_by_the_radius, "radius")
{
    const char *folder = test_data("ossa2014");
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point early, late, rest;
    if (folder == NULL) return;
    MUST(game_ossa(&w, folder, "trade_purged_musd", MARKUPS), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    const ent_game_options ask = {.radius = 1};
    MUST(ent_game_play(&game, &ask, NULL, &w.arena, &rest, &w.err), w.err);
    const ent_game_options some = {.depth = -1, .rounds = 16}, more = {.depth = -1, .rounds = 24};
    CHECK(ent_game_play(&game, &some, NULL, &w.arena, &early, &w.err) == ENT_NOT_CONVERGED);
    CHECK(ent_game_play(&game, &more, NULL, &w.arena, &late, &w.err) == ENT_NOT_CONVERGED);
    CHECK_NEAR(pow(late.spread / early.spread, 1.0 / 8.0), rest.radius, 0.01);
    CHECK(isnan(early.radius) && isnan(late.radius));
    CHECK(rest.radius_within < 1e-3);
    game_close(&w);
}

/* The point does not depend on the question; where bounds hold all, nobody can answer. */
TEST(nobody_asked_nobody_is_told, "radius")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash, asked;
    MUST(game_two(&w, 1.0, 1.2, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_game_options ask = {.radius = 1};
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    MUST(ent_game_play(&game, &ask, NULL, &w.arena, &asked, &w.err), w.err);
    CHECK(isnan(nash.radius) && isnan(nash.radius_within));
    CHECK(asked.radius > 0.0 && asked.radius < 1.0);
    CHECK(nash.slope == asked.slope && nash.spread == asked.spread); /* the point is left as it was */
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++) CHECK(nash.policy.duty[lane] == asked.policy.duty[lane]);
    for (ptrdiff_t p = 0; p < 2; p++) players[p].greatest = 0.01;
    MUST(ent_game_play(&game, &ask, NULL, &w.arena, &asked, &w.err), w.err);
    CHECK(asked.radius == 0.0 && asked.radius_within == 0.0);
    game_close(&w);
}

TEST(without_memory_for_directions_a_radius_says_so, "")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    MUST(game_two(&w, 2.0, 1.2, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    const ent_game_options ask = {.radius = 1};
    ent_status status = ENT_NO_MEMORY;
    long nth = 0;
    while (status == ENT_NO_MEMORY && nth < 5000) {
        ent_arena arena = {0};
        ent_game_point point;
        ent_error err = {0};
        test_fail_allocation(++nth);
        status = ent_game_play(&game, &ask, NULL, &arena, &point, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK ? !isnan(point.radius) : status == ENT_NO_MEMORY && err.text[0] != 0);
        ent_arena_close(&arena);
    }
    CHECK(status == ENT_OK && nth > 20);
    game_close(&w);
}
