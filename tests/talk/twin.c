/* twin.c: talks of Ossa's world against the second program of tests/game/twin.c. Percent of welfare over the factual
 * world, 9 digits after the point. */
// SPDX-License-Identifier: MIT
#include "game/worlds.h"
#include "random_world.h"

enum {
    CHINA = 1,
    EUROPE = 2,
    JAPAN = 4,
    USA = 6
};
#define DIGITS 1e-9 /* half a unit of the last digit, and 1e-11 of log welfare */
#define ALIKE  1e-7 /* bargains and equal gains are met to 1e-9 */

static int open_ossa(game_world *w)
{
    const char *folder = test_data("ossa2014");
    *w = (game_world){0};
    if (folder == NULL) return 0;
    if (game_ossa(w, folder, "trade_purged_musd", MARKUPS) == ENT_OK) return 1;
    test_fail(__FILE__, __LINE__, "%s", w->err.text);
    return 0;
}

static void check_welfare(const double *log_welfare, const double wanted[7], double within)
{
    for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(100.0 * expm1(log_welfare[n]), wanted[n], within);
}

TEST(sanctions_are_those_of_the_second_program, "I9")
{
    static const double kappa[3] = {0.0, 0.5, 1.0}, median[3] = {0.371441065, 0.901789617, 1.448346627};
    static const double welfare[3][7] = {
        {0.046967927, -1.753959922, 0.232178420, 0.115803025, 1.943196831, 0.064114714, 0.317428911},
        {0.108565083, -3.011657523, -0.015227220, 0.246307872, 1.617051923, 0.202617340, 0.051046442},
        {0.142430820, -3.498063279, -0.340255337, 0.315425883, 1.180185818, 0.294240188, -0.317421279}};
    const unsigned char partner[7] = {[CHINA] = 1};
    const ptrdiff_t senders[3] = {USA, EUROPE, JAPAN};
    game_world w;
    ent_player players[3];
    ent_sanctions s;
    if (!open_ossa(&w)) return;
    for (int p = 0; p < 3; p++) players[p] = (ent_player){.region = senders[p], .partner = partner, .greatest = 10.0};
    const ent_game game = {&w.net, &w.policy, players, 3};
    const ent_sanction plan = {NULL, CHINA, kappa, 3};
    MUST(ent_talk_sanction(&game, &plan, NULL, &w.arena, &s, &w.err), w.err);
    for (int k = 0; k < 3; k++) {
        check_welfare(s.point[k].log_welfare, welfare[k], DIGITS);
        CHECK_NEAR(s.median_duty[k], median[k], 1e-8);
    }
    game_close(&w);
}

static ent_game of_two(const game_world *w, ent_player players[2])
{
    players[0] = (ent_player){.region = USA, .greatest = 10.0};
    players[1] = (ent_player){.region = CHINA, .greatest = 10.0};
    return (ent_game){&w->net, &w->policy, players, 2};
}

/* The United States and China alone: their war, points of their frontier, what they gain alike and bargain for. */
TEST(two_powers_settle_where_the_second_program_says, "Ossa")
{
    static const double war_[7] = {-0.844293745, 0.973859080,  -1.111709887, -0.652019196,
                                   -1.671247202, -3.501434664, 2.001835344};
    static const double weight_of[5] = {0.2, 0.35, 0.5, 0.65, 0.8}; /* China's */
    static const double frontier[5][7] = {
        {-1.145055522, -1.657377866, -1.573290620, -0.910291975, -2.611610248, -4.754372439, 4.224030208},
        {-0.928007677, 0.744012898, -1.211739755, -0.717082644, -1.905498661, -3.885057027, 3.377977983},
        {-0.888555143, 1.775328791, -1.170071900, -0.698917792, -1.782481775, -3.727876879, 2.574085591},
        {-0.966037421, 2.613727754, -1.277986457, -0.782600439, -1.878718317, -3.978481263, 1.429563006},
        {-1.291189548, 3.677141043, -1.676155290, -1.074162831, -2.299881494, -5.003513686, -1.555698982}};
    static const double alike[7] = {-0.888322377, 1.655865070,  -1.166788933, -0.695861114,
                                    -1.783598203, -3.727937506, 2.690784576};
    static const double bargain[7] = {-0.888235268, 1.673855505,  -1.167233065, -0.696263431,
                                      -1.783479663, -3.727598679, 2.673580870};
    game_world w;
    ent_player players[2];
    ent_game_point war, point;
    double weight[2], both[7] = {0};
    if (!open_ossa(&w)) return;
    const ent_game game = of_two(&w, players);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    check_welfare(war.log_welfare, war_, DIGITS);
    MUST(ent_game_equal_gain(&game, war.log_welfare, NULL, &w.arena, weight, &point, &w.err), w.err);
    check_welfare(point.log_welfare, alike, ALIKE);
    CHECK_NEAR(weight[1], 0.485408321, 1e-8);
    MUST(ent_game_bargain(&game, war.log_welfare, NULL, &w.arena, weight, &point, &w.err), w.err);
    check_welfare(point.log_welfare, bargain, ALIKE);
    CHECK_NEAR(weight[1], 0.4872576885, 1e-8);
    players[0].weight = players[1].weight = both;
    for (int k = 0; k < 5; k++) {
        both[USA] = 1.0 - weight_of[k];
        both[CHINA] = weight_of[k];
        if (ent_game_play(&game, NULL, NULL, &w.arena, &point, &w.err) != ENT_OK)
            MUST(ent_game_climb(&game, NULL, &war.policy, &w.arena, &point, &w.err), w.err);
        check_welfare(point.log_welfare, frontier[k], DIGITS);
    }
    game_close(&w);
}

/* Their equal gain over the war, kept by a punishment for ever or of five periods. */
TEST(a_truce_needs_the_patience_of_the_second_program, "I8")
{
    static const double patience[2] = {0.5317799205, 0.5340668244}, five[2] = {0.5439018983, 0.5464762404};
    static const double temptation[2] = {0.0341975666, 0.0241389875}, kept[2] = {0.0265521954, 0.0164230511};
    game_world w;
    ent_player players[2];
    ent_game_point war, deal;
    ent_truce truce;
    double weight[2];
    if (!open_ossa(&w)) return;
    const ent_game game = of_two(&w, players);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    MUST(ent_game_equal_gain(&game, war.log_welfare, NULL, &w.arena, weight, &deal, &w.err), w.err);
    MUST(ent_talk_truce(&game, &deal.policy, war.log_welfare, 5, NULL, &w.arena, &truce, &w.err), w.err);
    for (int p = 0; p < 2; p++) {
        CHECK_NEAR(truce.patience[p], patience[p], 1e-7); /* 1e-9 of gains over temptations of 1e-2 */
        CHECK_NEAR(truce.patience_T[p], five[p], 1e-7);
        CHECK_NEAR(truce.temptation[p], temptation[p], 1e-9);
        CHECK_NEAR(truce.agreed[p], kept[p], 1e-9);
    }
    game_close(&w);
}

/* The United States, China and Europe pair by pair; who fails keeps the factual duties on each other. */
TEST(pairs_bargain_as_in_the_second_program, "4.3")
{
    static const double welfare[7] = {-0.013070002, 0.312333559,  0.114282455, -0.019901681,
                                      -0.051194468, -0.098126972, 0.458628513};
    static const double weight[3] = {0.6384597520, 0.6357257785, 0.4593186168};
    static const double threat[3][2] = {{9.74245436236e-05, 0.000584964269137},
                                        {0.0044124609999, 0.00104858108196},
                                        {0.00224993123014, 0.000119705604286}};
    game_world w;
    ent_pairwise deal;
    if (!open_ossa(&w)) return;
    ent_player players[3] = {
        {.region = USA, .greatest = 10.0}, {.region = CHINA, .greatest = 10.0}, {.region = EUROPE, .greatest = 10.0}};
    const ent_game game = {&w.net, &w.policy, players, 3};
    MUST(ent_talk_pairwise(&game, ENT_FAIL_TO_POLICY, NULL, &w.arena, &deal, &w.err), w.err);
    CHECK(deal.pairs == 3);
    check_welfare(deal.log_welfare, welfare, 1e-6); /* sweeps end where duties move by 1e-8 */
    for (ptrdiff_t k = 0; k < 3; k++) {
        CHECK_NEAR(deal.weight[k], weight[k], 1e-6);
        for (int i = 0; i < 2; i++) CHECK_NEAR(deal.threat[2 * k + i], threat[k][i], 1e-8);
    }
    game_close(&w);
}
