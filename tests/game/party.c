/* party.c: blocs and governments with weights on one another bargain as parties: their conditions hold, and they agree
 * with what is known otherwise. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include <stdlib.h>

/* Three countries, one good each, sizes 1, 1 and 2 in what they spend, some trade between all. */
static ent_status open_three(game_world *w)
{
    static const double flow[9] = {0.70, 0.12, 0.18, 0.12, 0.74, 0.14, 0.18, 0.14, 1.68}, theta[1] = {4.0},
                        duty[9] = {0};
    return game_lay(w, 3, 1, flow, duty, theta, COMPETITION);
}

static double worth(const double *row, const double *goal)
{
    return row[0] * goal[0] + row[1] * goal[1] + row[2] * goal[2];
}

/* Nash: ω ∝ 1/(1 − exp(D − U)) for the objectives of the parties. The bloc's members share one row. */
TEST(a_bloc_bargains_as_one_party, "4.3")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war, deal;
    double weight[3];
    static const double bloc[3] = {0.5, 0.5, 0.0}, alone[3] = {0.0, 0.0, 1.0};
    MUST(open_three(&w), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    players[0].weight = players[1].weight = bloc;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_bargain(&game, war.goal, NULL, &w.arena, weight, &deal, &w.err), w.err);
    CHECK(weight[0] == weight[1]);
    CHECK_NEAR(weight[0] + weight[2], 1.0, 1e-12);
    const double gain[2] = {worth(bloc, deal.goal) - worth(bloc, war.goal), worth(alone, deal.goal) - war.goal[2]};
    CHECK(gain[0] > 0.0 && gain[1] > 0.0);
    CHECK_NEAR(weight[0] * -expm1(-gain[0]) / (weight[2] * -expm1(-gain[1])), 1.0, 1e-6);
    /* no sampled policy has a larger product of gains */
    const double best = log(expm1(gain[0])) + log(expm1(gain[1]));
    ent_policy trial = deal.policy;
    trial.duty = ent_new(&w.arena, double, w.net.borders);
    for (int draw = 0; draw < 200; draw++) {
        double *log_welfare;
        for (ptrdiff_t e = 0; e < w.net.borders; e++)
            trial.duty[e] = fmax(0.0, deal.policy.duty[e] + 0.1 * ((double)rand() / RAND_MAX - 0.5));
        MUST(ent_talk_welfare(&w.net, &trial, NULL, &w.arena, &log_welfare, &w.err), w.err);
        const double g0 = worth(bloc, log_welfare) - worth(bloc, war.goal), g1 = log_welfare[2] - war.goal[2];
        if (g0 > 0.0 && g1 > 0.0) CHECK(log(expm1(g0)) + log(expm1(g1)) <= best + 1e-9);
    }
    game_close(&w);
}

/* A government that counts another's loss as its own gain has less to win by an agreement: with log W_1 - k log W_2 for
 * the first, shares move towards it, and at equal gains both objectives gain the same. */
TEST(who_minds_the_other_s_gain_gains_by_its_own_measure, "4.3")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war, deal;
    double weight[2];
    static const double minds[2] = {1.0, -0.3};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    players[0].weight = minds;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_equal_gain(&game, war.goal, NULL, &w.arena, weight, &deal, &w.err), w.err);
    const double own = deal.goal[0] - war.goal[0], other = deal.goal[1] - war.goal[1];
    CHECK_NEAR(own - 0.3 * other, other, 1e-9);
    CHECK(other > 0.0);
    game_close(&w);
}

TEST(who_wants_the_same_has_nothing_to_share, "talk")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point deal;
    double weight[2];
    static const double both[2] = {0.5, 0.5};
    MUST(game_two(&w, 1.0, 1.3, 4.0), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_ONE);
    players[0].weight = players[1].weight = both;
    CHECK(ent_game_equal_gain(&game, NULL, NULL, &w.arena, weight, &deal, &w.err) == ENT_BAD_INPUT);
    CHECK_TEXT(w.err.text, "all players have the same objective, so there is nobody to share gains with; give them "
                           "weights of their own");
    game_close(&w);
}

/* A bloc breaks an agreement as a whole: its temptation is the optimum of its members together, and the punishment its
 * own in the war of parties. The frontier of two parties has the war inside, and its ends are the most of each. */
TEST(a_bloc_breaks_and_keeps_as_a_whole, "4.4")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war, breach;
    ent_truce truce;
    ent_enforced held;
    ent_frontier f;
    ent_zone zone;
    static const double bloc[3] = {0.5, 0.5, 0.0};
    static const unsigned char outside[3] = {0, 0, 1};
    const double half[3] = {0.5, 0.5, 0.5}, patience[3] = {0.2, 0.2, 0.2};
    MUST(open_three(&w), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    players[0].weight = players[1].weight = bloc;
    players[0].partner = players[1].partner = outside;
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_talk_truce(&game, &w.policy, war.goal, 1, NULL, &w.arena, &truce, &w.err), w.err);
    const ent_game two = {game.net, game.policy, players, 2};
    MUST(ent_game_play(&two, NULL, NULL, &w.arena, &breach, &w.err), w.err);
    for (int p = 0; p < 2; p++) {
        CHECK_NEAR(truce.temptation[p], worth(bloc, breach.goal), 1e-10);
        CHECK_NEAR(truce.punishment[p], worth(bloc, war.goal), 1e-12);
        CHECK_NEAR(truce.agreed[p], 0.0, 1e-12);
    }
    MUST(ent_talk_enforce(&game, half, patience, war.goal, NULL, &w.arena, &held, &w.err), w.err);
    CHECK(held.agreed[0] == held.agreed[1] && held.multiplier[0] == held.multiplier[1]);
    CHECK_NEAR(held.agreed[0], worth(bloc, held.goal), 1e-14);
    MUST(ent_talk_truce(&game, &held.policy, war.goal, 1, NULL, &w.arena, &truce, &w.err), w.err);
    for (int p = 0; p < 3; p++) CHECK(truce.patience[p] <= 0.2 + 1e-5); /* it holds at the patience that was given */
    MUST(ent_talk_frontier(&game, 9, NULL, &w.arena, &f, &w.err), w.err);
    MUST(ent_talk_zone(&game, war.goal, NULL, &w.arena, &zone, &w.err), w.err);
    CHECK(zone.open);
    for (int side = 0; side < 2; side++) CHECK(zone.best[side] <= f.gain[side][side == 0 ? 0 : 8] + 1e-9);
    const double dollars = zone.price_usd[0] / zone.price[0]; /* the bloc's incomes over the third's */
    CHECK_NEAR(dollars, (1.0 + 1.0) / 2.0, 1e-9);
    game_close(&w);
}

/* Of three, whoever breaks can be punished so that neither other has less than what was agreed. */
TEST(nobody_loses_by_punishing, "4.4")
{
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point war, deal;
    ent_truce truce;
    double weight[3];
    MUST(open_three(&w), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_bargain(&game, war.goal, NULL, &w.arena, weight, &deal, &w.err), w.err);
    MUST(ent_talk_truce(&game, &deal.policy, war.goal, 1, NULL, &w.arena, &truce, &w.err), w.err);
    for (int p = 0; p < 3; p++) {
        CHECK(truce.others[p] >= -1e-8);
        CHECK(truce.penance[p] < truce.agreed[p]);
        CHECK(truce.refusal[p] >= truce.penance[p] - 1e-12);
    }
    game_close(&w);
}

/* What one thinks of another counts by the other's own goal, lobby and all, also while the other does not move. */
TEST(the_goals_of_those_who_stand_still_count_as_their_own, "3.2")
{
    static const double flow[8] = {0.5, 0.3, 0.1, 0.1, 0.2, 0.1, 0.4, 0.6}, theta[2] = {4.0, 3.0}, none[8] = {0};
    static const double spite[2] = {1.0, -0.5}, lobby[2] = {1.0, 3.0};
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point best;
    ent_truce truce;
    const double war[2] = {-0.1, -0.1};
    MUST(game_lay(&w, 2, 2, flow, none, theta, COMPETITION), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR),
                   alone = {&w.net, &w.policy, players, 1};
    players[0].weight = spite;
    players[1].lobby = lobby;
    const ent_game_options wide = {.whole = &game};
    MUST(ent_game_play(&alone, &wide, NULL, &w.arena, &best, &w.err), w.err);
    const double has = spite[0] * best.goal[0] + spite[1] * best.goal[1];
    double *goal;
    MUST(ent_talk_goals(&game, &best.policy, &w.arena, &goal, &w.err), w.err);
    CHECK_NEAR(best.goal[1], goal[1], 1e-12);
    CHECK(fabs(best.goal[1] - best.log_welfare[1]) > 1e-6); /* the lobby is heard */
    ent_policy trial = best.policy;
    trial.duty = ent_new(&w.arena, double, w.net.borders);
    for (int draw = 0; draw < 100; draw++) {
        for (ptrdiff_t e = 0; e < w.net.borders; e++) {
            const int mine = w.net.lane_region[e] == 0 && ent_lane_exporter(&w.net, e) == 1;
            trial.duty[e] = best.policy.duty[e] + (mine ? 0.05 * ((double)rand() / RAND_MAX - 0.5) : 0.0);
        }
        MUST(ent_talk_goals(&game, &trial, &w.arena, &goal, &w.err), w.err);
        CHECK(spite[0] * goal[0] + spite[1] * goal[1] <= has + 1e-12);
    }
    MUST(ent_talk_truce(&game, &w.policy, war, 1, NULL, &w.arena, &truce, &w.err), w.err);
    CHECK_NEAR(truce.temptation[0], has, 1e-10);
    game_close(&w);
}
