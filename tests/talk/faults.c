/* faults.c: every call of talk.h, with the n-th allocation failing: a clean answer each time, and nothing leaks. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"

typedef ent_status call(const ent_game *game, ent_arena *arena, ent_error *err);

static ent_status draw(const ent_game *game, ent_arena *arena, ent_error *err)
{
    ent_frontier frontier;
    return ent_talk_frontier(game, 4, NULL, arena, &frontier, err);
}

static ent_status ask(const ent_game *game, ent_arena *arena, ent_error *err)
{
    const double weight[2] = {1.0, 0.0}, floor[2] = {-INFINITY, -0.002};
    const ent_ask wish = {weight, floor};
    ent_asked asked;
    return ent_talk_ask(game, &wish, NULL, arena, &asked, err);
}

static ent_status harm(const ent_game *game, ent_arena *arena, ent_error *err)
{
    const double kappa[2] = {0.0, 0.3};
    const ent_sanction plan = {NULL, 1, kappa, 2};
    const ent_game sender = {game->net, game->policy, game->player, 1};
    ent_sanctions sanctions;
    return ent_talk_sanction(&sender, &plan, NULL, arena, &sanctions, err);
}

static ent_status pair_up(const ent_game *game, ent_arena *arena, ent_error *err)
{
    ent_pairwise deal;
    return ent_talk_pairwise(game, ENT_FAIL_TO_WAR, NULL, arena, &deal, err);
}

static ent_status keep(const ent_game *game, ent_arena *arena, ent_error *err)
{
    ent_truce truce;
    return ent_talk_truce(game, game->policy, NULL, 2, NULL, arena, &truce, err);
}

static ent_status enforce(const ent_game *game, ent_arena *arena, ent_error *err)
{
    const double half[2] = {0.5, 0.5}, patience[2] = {0.4, 0.4}, war[2] = {-0.02, -0.02};
    ent_enforced deal;
    const ent_status status = ent_talk_enforce(game, half, patience, war, NULL, arena, &deal, err);
    return status == ENT_NOT_CONVERGED ? ENT_OK : status;
}

static ent_status haggle(const ent_game *game, ent_arena *arena, ent_error *err)
{
    const double threat[2] = {-0.02, -0.02}, rate[2] = {0.1, 0.1}, prior[2] = {0.1, 0.1};
    const ent_haggle plain = {threat, {0.7, 0.7}, {-INFINITY, -INFINITY}};
    ent_haggled offers;
    ent_risky risky;
    ent_attrition war;
    ent_attrition_result end;
    ENT_TRY(ent_talk_offers(game, &plain, NULL, arena, &offers, err));
    ENT_TRY(ent_talk_risk(game, 1, threat, 0.0, 0.0, 0.01, NULL, arena, &risky, err));
    const ent_policy demand[2] = {offers.first.policy, offers.second.policy};
    return ent_talk_standoff(game, demand, threat, rate, prior, &war, &end, err);
}

static ent_status loom(const ent_game *game, ent_arena *arena, ent_error *err)
{
    static const double capability[2] = {1.0, 2.0}, distance[4] = {0.0, 1.0, 1.0, 0.0};
    const ent_shadow shadow = {{1.0, 1.0, 1.0, 1.0, 1.0}, capability, distance, 0};
    ent_shadowed shadowed;
    return ent_talk_shadow(game, game->policy, &shadow, arena, &shadowed, err);
}

/* The first failures one by one, then ever farther ones: a call makes some ten thousand. */
static void fail_everywhere(call *what, const ent_game *game)
{
    for (long nth = 1;; nth += 1 + nth / 40) {
        ent_arena arena = {0};
        ent_error err = {{0}};
        test_fail_allocation(nth);
        const ent_status status = what(game, &arena, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        if (status == ENT_OK) return;
        CHECK(status == ENT_NO_MEMORY);
        if (status != ENT_NO_MEMORY) return;
    }
}

TEST(talks_run_out_of_memory_cleanly, "faults")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    call *const calls[] = {draw, ask, harm, pair_up, keep, enforce, haggle, loom};
    MUST(game_two(&w, 1.4, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) fail_everywhere(calls[k], &game);
    game_close(&w);
}
