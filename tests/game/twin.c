/* twin.c: Ossa's world against a second program: another language, written from equations (G1)-(G3) and (T) of the
 * design alone, log wages and incomes by Newton with its own Jacobian, plain rounds of answers. Its projected gradients
 * are below 1e-14. Numbers are percent of welfare over the factual world, 9 digits after the point. */
// SPDX-License-Identifier: MIT
#include "random_world.h"
#include "worlds.h"

#define DIGITS 1e-9 /* of percent: half a unit of the last digit, and 1e-11 of log welfare */
#define ALIKE  1e-7 /* of percent: gains are made alike to 1e-9 */

static int open_ossa(game_world *w, const char *sigma)
{
    const char *folder = test_data("ossa2014");
    *w = (game_world){0};
    if (folder == NULL) return 0;
    if (game_ossa_sigma(w, folder, "trade_purged_musd", sigma, MARKUPS) == ENT_OK) return 1;
    test_fail(__FILE__, __LINE__, "%s", w->err.text);
    return 0;
}

static void check_welfare(const ent_game_point *point, const double wanted[7])
{
    for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(100.0 * expm1(point->log_welfare[n]), wanted[n], DIGITS);
}

TEST(a_war_is_that_of_the_second_program, "Ossa")
{
    static const double war[7] = {-1.942066848, -2.192974103, -2.587295194, -2.156416566,
                                  -0.764827102, -4.970888592, -2.164469679};
    static const double median[7] = {0.563931568, 0.587876719, 0.592641051, 0.538746427,
                                     0.581459791, 0.598305591, 0.595660264};
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game_point point;
    if (!open_ossa(&w, "sigma_main")) return;
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &point, &w.err), w.err);
    check_welfare(&point, war);
    for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(game_median_duty(&w, &point.policy, n), median[n], 1e-8);
    game_close(&w);
}

/* [who sets his duties][whose welfare] */
TEST(optima_are_those_of_the_second_program, "Ossa")
{
    static const double optimum[7][7] = {
        {1.086069333, -0.032017153, -0.081922960, -0.020448927, -0.021496968, -0.154535600, -0.067799977},
        {-0.279213581, 1.790389240, -0.472379275, -0.273146488, -0.886021251, -1.447505304, -0.270444817},
        {-0.706612479, -0.756989248, 1.899236516, -0.764694043, -0.518769969, -2.689923523, -0.836676336},
        {-0.012847582, -0.057847780, -0.068403851, 1.659115934, -0.025614964, -0.114810662, -0.057774107},
        {-0.087032143, -0.626209213, -0.210900119, -0.100617478, 4.034975047, -0.686271227, -0.355100246},
        {-1.078168878, -1.306231974, -2.364910801, -1.690176376, -1.367435687, 2.853327178, -2.376893088},
        {-0.554144640, -0.726161462, -0.631827593, -0.374348212, -0.795254692, -2.039992988, 2.318164355}};
    static const double median[7] = {0.561399347, 0.592634959, 0.614633541, 0.539514181,
                                     0.594115049, 0.614314041, 0.602624226};
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game_point point;
    if (!open_ossa(&w, "sigma_main")) return;
    const ent_game all = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    for (ptrdiff_t p = 0; p < 7; p++) {
        const ent_game alone = {all.net, all.policy, players + p, 1};
        MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &point, &w.err), w.err);
        check_welfare(&point, optimum[p]);
        CHECK_NEAR(game_median_duty(&w, &point.policy, p), median[p], 1e-8);
    }
    game_close(&w);
}

/* One duty a sector, alike for all partners: optima, their own welfare; and the war. */
TEST(duties_alike_for_all_are_those_of_the_second_program, "Ossa")
{
    static const double own[7] = {1.086064558, 1.789285965, 1.898268327, 1.659097212,
                                  4.034871460, 2.837849565, 2.317050966};
    static const double war[7] = {-1.838441114, -2.263763806, -2.498946685, -2.123018162,
                                  -0.720952075, -4.994681676, -2.251072579};
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game_point point;
    if (!open_ossa(&w, "sigma_main")) return;
    const ent_game all = game_of_all(&w, players, ENT_FREE_BY_SECTOR);
    for (ptrdiff_t p = 0; p < 7; p++) {
        const ent_game alone = {all.net, all.policy, players + p, 1};
        MUST(ent_game_play(&alone, NULL, NULL, &w.arena, &point, &w.err), w.err);
        CHECK_NEAR(100.0 * expm1(point.log_welfare[p]), own[p], DIGITS);
    }
    MUST(ent_game_play(&all, NULL, NULL, &w.arena, &point, &w.err), w.err);
    check_welfare(&point, war);
    game_close(&w);
}

/* His other elasticities: the war, and what all gain alike over the factual world. */
TEST(other_elasticities_give_the_second_programs_wars_and_talks, "Ossa")
{
    static const struct {
        const char *column;
        double war[7], talks;
    } rows[] = {{"sigma_low",
                 {-1.868396849, -2.098773007, -2.490296693, -2.068465618, -0.641823013, -4.805591552, -2.064200827},
                 0.535770045},
                {"sigma_med",
                 {-0.947585794, -0.813769179, -1.373955049, -0.899445354, 0.833947808, -2.806061181, -0.853778927},
                 0.790732771},
                {"sigma_high",
                 {-0.390253373, 0.023928157, -0.837753257, -0.181591165, 1.589361744, -1.736166437, -0.185570267},
                 1.069748991}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        game_world w;
        ent_player players[MOST_PLAYERS];
        ent_game_point point;
        double weight[7];
        if (!open_ossa(&w, rows[r].column)) return;
        const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
        MUST(ent_game_play(&game, NULL, NULL, &w.arena, &point, &w.err), w.err);
        check_welfare(&point, rows[r].war);
        MUST(ent_game_equal_gain(&game, NULL, NULL, &w.arena, weight, &point, &w.err), w.err);
        for (ptrdiff_t n = 0; n < 7; n++) CHECK_NEAR(100.0 * expm1(point.log_welfare[n]), rows[r].talks, ALIKE);
        game_close(&w);
    }
}

/* Equal gains over what is (0.52422 % of the design), over the war (3.42468 %) and over free trade; weights. */
TEST(equal_gains_are_those_of_the_second_program, "Ossa")
{
    static const double gain[3] = {0.524216767, 3.424683444, 0.029388658};
    static const double weights[3][7] = {
        {0.0309464998, 0.1889181173, 0.248751428, 0.0300678096, 0.0684732643, 0.2687791733, 0.1640637076},
        {0.0457341055, 0.212210549, 0.2459131199, 0.0325739884, 0.0875112768, 0.2033613188, 0.1726956417},
        {0.0281578669, 0.1862557184, 0.24553599, 0.0284886657, 0.0942279673, 0.2432720952, 0.1740616964}};
    static const double open[7] = {0.167583701, 0.173675342,  0.441217601, 0.398589522,
                                   2.938344781, -0.102780698, 0.758363205};
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game_point war, deal;
    double weight[7], none[7];
    if (!open_ossa(&w, "sigma_main")) return;
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    for (int n = 0; n < 7; n++) none[n] = log1p(0.01 * open[n]);
    const double *base[3] = {NULL, war.log_welfare, none};
    for (int b = 0; b < 3; b++) {
        MUST(ent_game_equal_gain(&game, base[b], NULL, &w.arena, weight, &deal, &w.err), w.err);
        for (ptrdiff_t n = 0; n < 7; n++) {
            const double before = base[b] == NULL ? 0.0 : base[b][n];
            CHECK_NEAR(100.0 * expm1(deal.log_welfare[n] - before), gain[b], ALIKE);
            CHECK_NEAR(weight[n], weights[b][n], 1e-8);
        }
    }
    game_close(&w);
}

/* Nash's bargain over the war and over what is. */
TEST(bargains_are_those_of_the_second_program, "I7")
{
    static const double gain[2][7] = {
        {1.996897599, 0.803567840, 0.258816420, 2.579675683, 4.195265229, -2.177507167, 1.255586313},
        {1.593820455, 0.426852472, 0.337765283, 1.736057560, 1.085223839, 0.311540178, 0.493010577}};
    static const double weights[2][7] = {
        {0.1281564763, 0.1664911677, 0.1743437176, 0.1071955669, 0.1039666093, 0.1733181886, 0.1465282737},
        {0.0500470164, 0.1847235838, 0.2332382156, 0.0460109371, 0.0731338854, 0.2528058558, 0.1600405059}};
    static const double still[7] = {0};
    game_world w;
    ent_player players[MOST_PLAYERS];
    ent_game_point war, deal;
    double weight[7];
    if (!open_ossa(&w, "sigma_main")) return;
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &war, &w.err), w.err);
    const double *threat[2] = {war.log_welfare, still};
    for (int b = 0; b < 2; b++) {
        MUST(ent_game_bargain(&game, threat[b], NULL, &w.arena, weight, &deal, &w.err), w.err);
        for (ptrdiff_t n = 0; n < 7; n++) {
            CHECK_NEAR(100.0 * expm1(deal.log_welfare[n]), gain[b][n], ALIKE);
            CHECK_NEAR(weight[n], weights[b][n], 1e-8);
        }
    }
    game_close(&w);
}

/* 81 regions × 28 sectors, trade balanced first, every elasticity 4: the mean of all 164,138 duties, and of all
 * regions' real incomes over what was before, percent. Left as they are where the data are absent. */
static void war_of_81(game_border border, double *duty, double *income)
{
    const char *folder = test_data("icio-bilateral"), *list = NULL;
    if (folder == NULL || WORLDS(2) < 2) return; /* too large for sanitizers, which see the same code in small worlds */
    game_world w = {0};
    ent_player players[MOST_PLAYERS];
    ent_game_point nash;
    double sum = 0.0, count = 0.0;
    folder = ent_string_format(&w.arena, "%s", folder); /* the next set's path takes its place */
    if (folder != NULL) list = test_data("elasticities");
    if (list != NULL) list = ent_path_join(&w.arena, list, "icio28_eight_sources.csv");
    if (list == NULL) return;
    MUST(game_icio(&w, folder, list, "U4", border), w.err);
    const ent_game game = game_of_all(&w, players, ENT_FREE_BY_PARTNER_AND_SECTOR);
    MUST(ent_game_play(&game, NULL, NULL, &w.arena, &nash, &w.err), w.err);
    double *pair = ent_new0(&w.arena, double, 81 * 81); /* uniform over sectors, so that one a pair says it */
    CHECK(pair != NULL);
    if (pair == NULL) return;
    for (ptrdiff_t lane = 0; lane < w.net.borders; lane++)
        pair[(ptrdiff_t)w.net.lane_region[lane] * 81 + ent_lane_exporter(&w.net, lane)] = nash.policy.duty[lane];
    for (ptrdiff_t n = 0; n < 81; n++) {
        *income += 100.0 * expm1(nash.log_welfare[n]) / 81.0;
        for (ptrdiff_t i = 0; i < 81; i++) sum += i != n ? pair[n * 81 + i] : 0.0, count += i != n;
    }
    *duty = sum / count;
    game_close(&w);
}

TEST(the_war_of_81_regions_is_that_of_the_second_program, "icio")
{
    double duty = 0.0, income = 0.0;
    war_of_81(NO_DUTIES, &duty, &income);
    if (duty == 0.0) return;
    CHECK_NEAR(duty, 0.25833353956, 1e-9);
    CHECK_NEAR(income, -1.81113358529, 1e-8);
}

/* .2581297 and -1.7658192 % are stated in print, from the same data before they were rounded to four decimals: noise of
 * that size, drawn by the second program, moves the first by 2e-10 and the second by up to 5e-7. */
TEST(the_war_of_81_regions_over_their_duties_is_the_printed_one, "icio")
{
    double duty = 0.0, income = 0.0;
    war_of_81(DUTIES_IN_VALUES, &duty, &income);
    if (duty == 0.0) return;
    CHECK_NEAR(duty, 0.2581297, 0.5e-7);
    CHECK_NEAR(income, -1.7658192, 5e-7);
    CHECK_NEAR(duty, 0.25812974330, 1e-9); /* the second program */
    CHECK_NEAR(income, -1.76581946377, 1e-8);
}
