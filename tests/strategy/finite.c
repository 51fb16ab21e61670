/* finite.c: equilibria of small games that are known by heart, and of random ones by their definition. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

static const ptrdiff_t two_by_two[2] = {2, 2};

TEST(known_games_have_their_known_equilibria, "finite")
{
    ent_error err;
    ent_arena arena = {0};
    ptrdiff_t *pure, count;
    ent_mixture *mixed;
    /* prisoners */
    const double prisoners[] = {3, 3, 0, 4, 4, 0, 1, 1};
    ent_finite game = {2, two_by_two, prisoners};
    MUST(ent_finite_pure(&game, 0.0, &arena, &pure, &count, &err), err);
    CHECK(count == 1 && pure[0] == 3);
    MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
    CHECK(count == 1 && mixed[0].probability[1] == 1.0 && mixed[0].probability[3] == 1.0);
    /* the sexes: two pure ones, and (2/3, 1/3) against (1/3, 2/3) */
    const double sexes[] = {2, 1, 0, 0, 0, 0, 1, 2};
    game.payoff = sexes;
    MUST(ent_finite_pure(&game, 0.0, &arena, &pure, &count, &err), err);
    CHECK(count == 2 && pure[0] == 0 && pure[1] == 3);
    MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
    CHECK(count == 2); /* the paths end in the two strict ones */
    /* pennies: nobody pure, ½ and ½ */
    const double pennies[] = {1, -1, -1, 1, -1, 1, 1, -1};
    game.payoff = pennies;
    MUST(ent_finite_pure(&game, 0.0, &arena, &pure, &count, &err), err);
    CHECK(count == 0);
    MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
    CHECK(count == 1);
    for (int s = 0; s < 4; s++) CHECK_NEAR(mixed[0].probability[s], 0.5, 1e-14);
    CHECK_NEAR(mixed[0].payoff[0], 0.0, 1e-14);
    /* all alike: everything is an equilibrium */
    const double flat[8] = {0};
    game.payoff = flat;
    MUST(ent_finite_pure(&game, 0.0, &arena, &pure, &count, &err), err);
    CHECK(count == 4);
    MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
    CHECK(count >= 1);
    ent_arena_close(&arena);
}

TEST(paths_end_where_nobody_gains, "finite")
{
    dice d = {41};
    ent_error err;
    for (int draw = 0; draw < 400; draw++) {
        ent_arena arena = {0};
        const ptrdiff_t strategies[2] = {1 + dice_pick(&d, 7), 1 + dice_pick(&d, 7)};
        double payoff[2 * 49];
        const int coarse = dice_chance(&d, 0.3); /* whole numbers make ties, which are where paths run in circles */
        for (ptrdiff_t at = 0; at < 2 * strategies[0] * strategies[1]; at++)
            payoff[at] = coarse ? (double)dice_pick(&d, 3) : dice_between(&d, -100.0, 1000.0);
        const ent_finite game = {2, strategies, payoff};
        ent_mixture *mixed;
        ptrdiff_t count;
        MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
        for (ptrdiff_t k = 0; k < count; k++) {
            const double *x = mixed[k].probability, *y = x + strategies[0];
            double sum[2] = {0}, least = 1.0;
            for (ptrdiff_t i = 0; i < strategies[0]; i++) sum[0] += x[i], least = fmin(least, x[i]);
            for (ptrdiff_t j = 0; j < strategies[1]; j++) sum[1] += y[j], least = fmin(least, y[j]);
            CHECK_NEAR(sum[0], 1.0, 1e-12);
            CHECK_NEAR(sum[1], 1.0, 1e-12);
            CHECK(least >= 0.0);
            double value = 0.0, best = -INFINITY; /* of the first player, by the definition */
            for (ptrdiff_t i = 0; i < strategies[0]; i++) {
                double here = 0.0;
                for (ptrdiff_t j = 0; j < strategies[1]; j++) here += y[j] * payoff[(i * strategies[1] + j) * 2];
                value += x[i] * here;
                best = fmax(best, here);
            }
            CHECK(best - value <= 1e-6);
            CHECK_NEAR(mixed[k].payoff[0], value, 1e-9);
        }
        ent_arena_close(&arena);
    }
}

/* The value of a zero-sum game by fictitious play, which is slow and sure; 1e-9 is the rounding of its long sums. */
TEST(in_zero_sum_games_paths_and_precise_responses_find_the_value, "I15")
{
    dice d = {42};
    ent_error err;
    for (int draw = 0; draw < 10; draw++) {
        ent_arena arena = {0};
        const ptrdiff_t strategies[2] = {3, 4};
        double payoff[24], row[3] = {0}, column[4] = {0};
        for (int at = 0; at < 12; at++) {
            payoff[2 * at] = dice_between(&d, -1.0, 1.0);
            payoff[2 * at + 1] = -payoff[2 * at];
        }
        double low = -INFINITY, high = INFINITY;
        for (int t = 1; t <= 400000; t++) {
            int i = 0, j = 0;
            for (int k = 1; k < 3; k++) i = row[k] > row[i] ? k : i;
            for (int k = 1; k < 4; k++) j = column[k] < column[j] ? k : j;
            if (t > 1) high = fmin(high, row[i] / (t - 1)), low = fmax(low, column[j] / (t - 1));
            for (int k = 0; k < 3; k++) row[k] += payoff[2 * (4 * k + j)];
            for (int k = 0; k < 4; k++) column[k] += payoff[2 * (4 * i + k)];
        }
        const ent_finite game = {2, strategies, payoff};
        ent_mixture *mixed, quantal;
        ptrdiff_t count;
        MUST(ent_finite_mixed(&game, &arena, &mixed, &count, &err), err);
        CHECK(mixed[0].payoff[0] >= low - 1e-9 && mixed[0].payoff[0] <= high + 1e-9);
        MUST(ent_finite_quantal(&game, 1e4, &arena, &quantal, &err), err);
        CHECK_NEAR(quantal.payoff[0], mixed[0].payoff[0], 1e-3);
        ent_arena_close(&arena);
    }
}

TEST(quantal_responses_answer_themselves, "I15")
{
    dice d = {43};
    ent_error err;
    for (int draw = 0; draw < 60; draw++) {
        ent_arena arena = {0};
        ptrdiff_t strategies[3], players = 1 + dice_pick(&d, 3), profiles = 1;
        double payoff[3 * 64];
        for (ptrdiff_t p = 0; p < players; p++) profiles *= strategies[p] = 1 + dice_pick(&d, 4);
        for (ptrdiff_t at = 0; at < profiles * players; at++) payoff[at] = dice_between(&d, -5.0, 20.0);
        const ent_finite game = {players, strategies, payoff};
        for (double lambda = 0.0; lambda < 12.0; lambda = lambda * 2.0 + 0.05) {
            ent_mixture q;
            MUST(ent_finite_quantal(&game, lambda, &arena, &q, &err), err);
            ptrdiff_t choice[3], first = 0;
            for (ptrdiff_t p = 0; p < players; first += strategies[p++]) {
                double value[4] = {0}, sum = 0.0, most = -INFINITY, whole = 0.0;
                for (ptrdiff_t at = 0; at < profiles; at++) {
                    double likely = 1.0;
                    ent_finite_choice(&game, at, choice);
                    CHECK(ent_finite_profile(&game, choice) == at);
                    for (ptrdiff_t o = 0, place = 0; o < players; place += strategies[o++])
                        if (o != p) likely *= q.probability[place + choice[o]];
                    value[choice[p]] += likely * payoff[at * players + p];
                }
                for (ptrdiff_t s = 0; s < strategies[p]; s++) most = fmax(most, value[s]);
                for (ptrdiff_t s = 0; s < strategies[p]; s++) sum += exp(lambda * (value[s] - most));
                for (ptrdiff_t s = 0; s < strategies[p]; s++) {
                    CHECK_NEAR(q.probability[first + s], exp(lambda * (value[s] - most)) / sum, 1e-10);
                    whole += q.probability[first + s];
                }
                CHECK_NEAR(whole, 1.0, 1e-12);
            }
        }
        ent_arena_close(&arena);
    }
}

/* Hunting stags (risk-dominant hares): the branch from the middle goes to the hares. */
TEST(precise_responses_go_to_a_strict_equilibrium, "I15")
{
    ent_error err;
    ent_arena arena = {0};
    ent_mixture q;
    const double stags[] = {9, 9, 0, 8, 8, 0, 7, 7};
    const ent_finite game = {2, two_by_two, stags};
    MUST(ent_finite_quantal(&game, 50.0, &arena, &q, &err), err);
    CHECK_NEAR(q.probability[1], 1.0, 1e-10);
    CHECK_NEAR(q.probability[3], 1.0, 1e-10);
    MUST(ent_finite_quantal(&game, 0.0, &arena, &q, &err), err);
    for (int s = 0; s < 4; s++) CHECK_NEAR(q.probability[s], 0.5, 1e-15);
    ent_arena_close(&arena);
}

TEST(games_that_are_none_are_refused, "finite")
{
    ent_error err;
    ent_arena arena = {0};
    ent_mixture *mixed, q;
    ptrdiff_t count;
    double payoff[8] = {0};
    const ptrdiff_t none[2] = {2, 0};
    ent_finite game = {2, none, payoff};
    CHECK(ent_finite_check(&game, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "player 2 of a finite game has no strategy");
    game.strategies = two_by_two;
    payoff[5] = NAN;
    CHECK(ent_finite_check(&game, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the payoff of player 2 in profile 2 is not a number");
    payoff[5] = 0.0;
    CHECK(ent_finite_quantal(&game, -1.0, &arena, &q, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the precision of quantal responses is -1; it must be a number from 0 on");
    game.players = 1;
    CHECK(ent_finite_mixed(&game, &arena, &mixed, &count, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "paths of Lemke and Howson are for two players, and this game has 1; ask for pure equilibria "
                         "or quantal responses");
    game.players = 17;
    CHECK(ent_finite_check(&game, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a finite game has 1 to 16 players, not 17");
    ent_arena_close(&arena);
}

TEST(finite_games_run_out_of_memory_cleanly, "faults")
{
    const double pennies[] = {1, -1, -1, 1, -1, 1, 1, -1};
    const ent_finite game = {2, two_by_two, pennies};
    for (long nth = 1;; nth++) {
        ent_error err;
        ent_arena arena = {0};
        ent_mixture *mixed, q;
        ptrdiff_t *pure, count;
        test_fail_allocation(nth);
        ent_status status = ent_finite_pure(&game, 0.0, &arena, &pure, &count, &err);
        if (status == ENT_OK) status = ent_finite_mixed(&game, &arena, &mixed, &count, &err);
        if (status == ENT_OK) status = ent_finite_quantal(&game, 3.0, &arena, &q, &err);
        test_fail_allocation(0);
        ent_arena_close(&arena);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY);
        CHECK(nth < 100);
        if (nth > 100) break;
    }
}
