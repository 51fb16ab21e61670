/* nucleolus.c: the Talmud, airports, gloves, weighted votes; and Kohlberg's criterion, which no other division meets.
 */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    MOST = 64
};

/* What is left of an estate when the others have taken all that they claim (O'Neill 1982). */
static void bankruptcy(ptrdiff_t players, const double *claim, double estate, double *worth)
{
    for (size_t s = 0; s < (size_t)1 << players; s++) {
        double left = estate;
        for (ptrdiff_t i = 0; i < players; i++)
            if ((s >> i & 1) == 0) left -= claim[i];
        worth[s] = s == 0 || left < 0.0 ? 0.0 : left;
    }
}

/* Kethubot 93a; Aumann and Maschler (1985) show that its three divisions are nucleoli. */
TEST(widows_are_given_what_the_mishnah_says, "nucleolus")
{
    const double claim[3] = {100, 200, 300}, estate[3] = {100, 200, 300};
    const double due[3][3] = {{100.0 / 3, 100.0 / 3, 100.0 / 3}, {50, 75, 75}, {50, 100, 150}};
    for (int k = 0; k < 3; k++)
        for (int rational = 0; rational < 2; rational++) {
            double worth[8], share[3], excess;
            ent_error err;
            bankruptcy(3, claim, estate[k], worth);
            MUST(ent_nucleolus(3, worth, rational, share, &excess, &err), err);
            for (int i = 0; i < 3; i++) CHECK_NEAR(share[i], due[k][i], 1e-11);
            CHECK(excess < 0.0);
        }
}

/* The rule of Aumann and Maschler (1985) for any claims: equal losses or gains by halves of claims. */
static double constrained(ptrdiff_t players, const double *claim, double amount, double *award)
{
    double low = 0.0, high = 1e6;
    for (int half = 0; half < 200; half++) {
        const double level = 0.5 * (low + high);
        double sum = 0.0;
        for (ptrdiff_t i = 0; i < players; i++) sum += fmin(level, claim[i] / 2.0);
        if (sum < amount)
            low = level;
        else
            high = level;
    }
    for (ptrdiff_t i = 0; i < players; i++) award[i] = fmin(low, claim[i] / 2.0);
    return low;
}

TEST(bankrupts_are_divided_by_the_rule_of_halves, "nucleolus")
{
    dice d = {7};
    for (int trial = 0; trial < 40; trial++) {
        const ptrdiff_t players = 2 + trial % 7;
        double claim[8], worth[256], share[8], award[8], total = 0.0;
        ent_error err;
        for (ptrdiff_t i = 0; i < players; i++) total += claim[i] = floor(dice_between(&d, 1.0, 100.0));
        const double estate = floor(dice_between(&d, 0.05, 0.95) * total);
        bankruptcy(players, claim, estate, worth);
        MUST(ent_nucleolus(players, worth, 1, share, NULL, &err), err);
        if (estate <= total / 2.0)
            constrained(players, claim, estate, award);
        else
            constrained(players, claim, total - estate, award);
        for (ptrdiff_t i = 0; i < players; i++)
            CHECK_NEAR(share[i], estate <= total / 2.0 ? award[i] : claim[i] - award[i], 1e-9);
    }
}

/* Littlechild (1974): planes that need longer and longer runways, one of each kind. */
TEST(planes_pay_for_the_runway_as_littlechild_says, "nucleolus")
{
    const double cost[6] = {1, 1.5, 4, 4.2, 9, 10};
    double worth[64] = {0}, share[6], fee[6], paid = 0.0;
    ent_error err;
    for (size_t s = 1; s < 64; s++) {
        double longest = 0.0, single = 0.0;
        for (int i = 0; i < 6; i++)
            if (s >> i & 1) {
                longest = cost[i];
                single += cost[i];
            }
        worth[s] = single - longest; /* saved by sharing */
    }
    for (int i = 0; i < 6; i++) {
        fee[i] = cost[5] - paid;
        for (int k = i; k < 5; k++) fee[i] = fmin(fee[i], (cost[k] - paid) / (double)(k - i + 2));
        paid += fee[i];
    }
    MUST(ent_nucleolus(6, worth, 1, share, NULL, &err), err);
    for (int i = 0; i < 6; i++) CHECK_NEAR(cost[i] - share[i], fee[i], 1e-12);
}

TEST(the_only_left_glove_is_given_all, "nucleolus")
{
    double worth[8] = {0}, share[3], excess;
    ent_error err;
    for (int s = 0; s < 8; s++) worth[s] = (s & 1) && (s & 6) ? 1.0 : 0.0;
    MUST(ent_nucleolus(3, worth, 1, share, &excess, &err), err);
    CHECK_NEAR(share[0], 1.0, 1e-15);
    CHECK_NEAR(share[1], 0.0, 1e-15);
    CHECK_NEAR(excess, 0.0, 1e-15); /* the core is this one point */
}

/* Peleg (1968): in a vote that one side always wins, the nucleolus is the homogeneous weights. */
TEST(votes_are_worth_their_weights, "nucleolus")
{
    const double weight[2][6] = {{2, 1, 1, 1}, {1, 1, 1, 2, 2, 2}}; /* of 5, and of 9 */
    const ptrdiff_t players[2] = {4, 6};
    for (int k = 0; k < 2; k++) {
        double worth[64] = {0}, share[6], total = 0.0, excess;
        ent_error err;
        for (ptrdiff_t i = 0; i < players[k]; i++) total += weight[k][i];
        for (size_t s = 0; s < (size_t)1 << players[k]; s++) {
            double votes = 0.0;
            for (ptrdiff_t i = 0; i < players[k]; i++)
                if (s >> i & 1) votes += weight[k][i];
            worth[s] = votes > total / 2.0;
        }
        MUST(ent_nucleolus(players[k], worth, 1, share, &excess, &err), err);
        for (ptrdiff_t i = 0; i < players[k]; i++) CHECK_NEAR(share[i], weight[k][i] / total, 1e-14);
        CHECK(excess > 0.0); /* no division suits every majority */
    }
}

/* ---- Kohlberg (1971): coalitions that complain at least so much are balanced, whatever the level ---- */

/* Weights of the coalitions that give every player 1, all above 0, by scaling players in turn; 0: there are none. */
static int is_balanced(ptrdiff_t players, const unsigned char *there)
{
    const size_t all = ((size_t)1 << players) - 1;
    double weight[MOST], worst = 0.0;
    for (size_t s = 1; s < all; s++) weight[s] = 1.0;
    for (int sweep = 0; sweep < 20000; sweep++) {
        worst = 0.0;
        for (ptrdiff_t i = 0; i < players; i++) {
            double sum = 0.0;
            for (size_t s = 1; s < all; s++)
                if (there[s] && s >> i & 1) sum += weight[s];
            if (sum == 0.0) return 0;
            worst = fmax(worst, fabs(sum - 1.0));
            for (size_t s = 1; s < all; s++)
                if (s >> i & 1) weight[s] /= sum;
        }
        if (worst < 1e-10) break;
    }
    for (size_t s = 1; s < all; s++)
        if (there[s] && weight[s] < 1e-4) return 0;
    return worst < 1e-3;
}

static int meets_kohlberg(ptrdiff_t players, const double *worth, const double *share)
{
    const size_t all = ((size_t)1 << players) - 1;
    double complaint[MOST];
    for (size_t s = 1; s < all; s++) {
        complaint[s] = worth[s];
        for (ptrdiff_t i = 0; i < players; i++)
            if (s >> i & 1) complaint[s] -= share[i];
    }
    for (size_t level = 1; level < all; level++) {
        unsigned char there[MOST] = {0};
        for (size_t s = 1; s < all; s++) there[s] = complaint[s] >= complaint[level] - 1e-8;
        if (!is_balanced(players, there)) return 0;
    }
    return 1;
}

TEST(those_who_complain_are_balanced_at_every_level, "Kohlberg")
{
    dice d = {12};
    for (int trial = 0; trial < 60; trial++) {
        const ptrdiff_t players = 2 + trial % 4;
        const size_t all = ((size_t)1 << players) - 1;
        double worth[MOST] = {0}, share[6], sum = 0.0;
        ent_error err;
        for (size_t s = 1; s <= all; s++) /* small whole numbers tie often */
            worth[s] = trial % 2 ? dice_between(&d, -5.0, 20.0) : floor(dice_between(&d, 0.0, 5.0));
        MUST(ent_nucleolus(players, worth, 0, share, NULL, &err), err);
        for (ptrdiff_t i = 0; i < players; i++) sum += share[i];
        CHECK_NEAR(sum, worth[all], 1e-12);
        CHECK(meets_kohlberg(players, worth, share));
        share[0] += 0.01; /* the criterion tells: no other division meets it */
        share[1] -= 0.01;
        CHECK(!meets_kohlberg(players, worth, share));
    }
}

/* Worth in other units, and what everybody has of his own anyway, change shares by just that. */
TEST(a_nucleolus_moves_with_its_game, "nucleolus")
{
    dice d = {5};
    for (int trial = 0; trial < 30; trial++) {
        const ptrdiff_t players = 3 + trial % 6;
        const size_t all = ((size_t)1 << players) - 1;
        double worth[256] = {0}, moved[256] = {0}, share[8], other[8], own[8];
        ent_error err;
        for (size_t s = 1; s <= all; s++) worth[s] = dice_between(&d, 0.0, 1.0) * (double)s;
        worth[all] = 3.0 * (double)all;
        for (ptrdiff_t i = 0; i < players; i++) own[i] = dice_between(&d, -4.0, 4.0);
        for (size_t s = 1; s <= all; s++) {
            moved[s] = 2.5 * worth[s];
            for (ptrdiff_t i = 0; i < players; i++)
                if (s >> i & 1) moved[s] += own[i];
        }
        for (int rational = 0; rational < 2; rational++) {
            MUST(ent_nucleolus(players, worth, rational, share, NULL, &err), err);
            MUST(ent_nucleolus(players, moved, rational, other, NULL, &err), err);
            for (ptrdiff_t i = 0; i < players; i++) {
                CHECK_NEAR(other[i], 2.5 * share[i] + own[i], 1e-9);
                if (rational) CHECK(share[i] >= worth[(size_t)1 << i] - 1e-9);
            }
        }
    }
}

/* The first alone is worth more than a division that hears all complaints alike would leave him. */
TEST(nobody_gets_less_than_alone_where_that_is_asked_for, "nucleolus")
{
    double worth[8] = {0, 4, 0, 0, 0, 0, 5, 5}, all[3], own[3]; /* {2,3} is worth 5, the first alone 4, all 5 */
    ent_error err;
    MUST(ent_nucleolus(3, worth, 0, all, NULL, &err), err);
    MUST(ent_nucleolus(3, worth, 1, own, NULL, &err), err);
    CHECK_NEAR(all[0], 2.0, 1e-14); /* the first and the other two complain alike: 4 − x = 5 − (5 − x) */
    CHECK_NEAR(all[1], 1.5, 1e-14);
    CHECK_NEAR(own[0], 4.0, 1e-14);
    CHECK_NEAR(own[1], 0.5, 1e-14);
    CHECK(meets_kohlberg(3, worth, all));
    worth[2] = 2.0;
    CHECK(ent_nucleolus(3, worth, 1, own, NULL, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "all together are worth 5 and one by one 6, so nobody can be given what he has alone; ask for "
                         "divisions that may give less");
    worth[6] = NAN;
    CHECK(ent_nucleolus(3, worth, 0, own, NULL, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the worth of coalition 6 is nan; it must be a number");
    CHECK(ent_nucleolus(0, worth, 0, own, NULL, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a coalition has 1 to 20 members, not 0");
}

TEST(a_dozen_are_divided_in_no_time_and_memory_runs_out_cleanly, "faults")
{
    double worth[4096] = {0}, share[12], sum = 0.0;
    dice d = {3};
    ent_error err;
    for (size_t s = 1; s < 4096; s++) worth[s] = floor(dice_between(&d, 0.0, 3.0));
    for (long nth = 1; nth < 20; nth++) {
        test_fail_allocation(nth);
        const ent_status status = ent_nucleolus(12, worth, 0, share, NULL, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
        CHECK(nth < 19);
    }
    for (int i = 0; i < 12; i++) sum += share[i];
    CHECK_NEAR(sum, worth[4095], 1e-12);
}
