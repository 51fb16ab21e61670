/* foresight.c: the largest consistent set against its definition, subset by subset; and games whose answer is known. */
// SPDX-License-Identifier: MIT
#include "random_world.h"

enum {
    MOST_OUTCOMES = 9,
    MOST_MOVES = 80
};

typedef struct {
    ent_foresight game;
    double payoff[MOST_OUTCOMES * 4];
    ent_move move[MOST_MOVES];
} small_game;

static void add_move(small_game *g, int from, int to, uint32_t who)
{
    g->move[g->game.moves++] = (ent_move){.from = from, .to = to, .who = who};
}

static small_game small(ptrdiff_t players, ptrdiff_t outcomes)
{
    return (small_game){.game = {.players = players, .outcomes = outcomes}};
}

static void tie(small_game *g) /* after the struct has come to its place */
{
    g->game.payoff = g->payoff;
    g->game.move = g->move;
}

/* ---- the definition, word by word ---- */

static int likes(const small_game *g, uint32_t who, int to, int over)
{
    for (int p = 0; p < g->game.players; p++)
        if ((who >> p & 1) && g->payoff[to * g->game.players + p] <= g->payoff[over * g->game.players + p]) return 0;
    return 1;
}

/* A chain from a to b of at most `steps` moves, every mover preferring b to where he moves. */
static int leads(const small_game *g, int a, int b, int steps)
{
    for (int k = 0; k < g->game.moves && steps > 0; k++)
        if (g->move[k].from == a && likes(g, g->move[k].who, b, a) &&
            (g->move[k].to == b || leads(g, g->move[k].to, b, steps - 1)))
            return 1;
    return 0;
}

static int deters(const small_game *g, const ent_move *move, unsigned set)
{
    const int steps = (int)g->game.outcomes;
    for (int e = 0; e < g->game.outcomes; e++)
        if ((set >> e & 1) && (e == move->to || leads(g, move->to, e, steps)) && !likes(g, move->who, e, move->from))
            return 1;
    return 0;
}

static int is_consistent(const small_game *g, unsigned set)
{
    for (int a = 0; a < g->game.outcomes; a++) {
        int stays = 1;
        for (int k = 0; k < g->game.moves && stays; k++)
            if (g->move[k].from == a) stays = deters(g, &g->move[k], set);
        if (stays != (int)(set >> a & 1)) return 0;
    }
    return 1;
}

/* Union of all consistent sets. */
static unsigned by_definition(const small_game *g)
{
    unsigned all = 0;
    for (unsigned set = 0; set < 1u << g->game.outcomes; set++)
        if (is_consistent(g, set)) all |= set;
    return all;
}

static unsigned found(const small_game *g)
{
    unsigned char in[MOST_OUTCOMES];
    unsigned set = 0;
    ent_error err;
    if (ent_largest_consistent(&g->game, in, &err) != ENT_OK) {
        test_fail(__FILE__, __LINE__, "%s", err.text);
        return 0;
    }
    for (int a = 0; a < g->game.outcomes; a++) set |= (unsigned)in[a] << a;
    return set;
}

TEST(what_lasts_is_the_union_of_all_consistent_sets, "Chwe")
{
    dice d = {31};
    unsigned sizes = 0;
    for (int trial = 0; trial < 60; trial++) {
        small_game g = small(2 + trial % 3, 3 + trial % 4);
        tie(&g);
        for (int at = 0; at < g.game.outcomes * g.game.players; at++) g.payoff[at] = floor(dice_between(&d, 0.0, 6.0));
        const int moves = (int)dice_between(&d, 1.0, 12.0);
        for (int k = 0; k < moves; k++)
            add_move(&g, (int)dice_between(&d, 0.0, (double)g.game.outcomes - 1e-9),
                     (int)dice_between(&d, 0.0, (double)g.game.outcomes - 1e-9),
                     (uint32_t)dice_between(&d, 1.0, (double)(1 << g.game.players) - 1e-9));
        const unsigned set = found(&g);
        CHECK(set == by_definition(&g));
        CHECK(set != 0); /* never empty in a finite game (his proposition 2) */
        sizes |= 1u << __builtin_popcount(set);
    }
    CHECK(__builtin_popcount(sizes) >= 3); /* these games are not all alike */
}

/* Two prisoners who look ahead may stay with each other, or both have betrayed, but not one of them: each may turn at
 * any time, and neither game is left for fear of the rest of the way. */
TEST(farsighted_prisoners_keep_to_each_other_or_betray_both, "Chwe")
{
    small_game g = small(2, 4); /* first's choice × 2 + second's; 0 keep, 1 betray */
    const double payoff[8] = {3, 3, 0, 4, 4, 0, 1, 1};
    tie(&g);
    memcpy(g.payoff, payoff, sizeof payoff);
    for (int a = 0; a < 4; a++) {
        add_move(&g, a, a ^ 2, 1);
        add_move(&g, a, a ^ 1, 2);
    }
    CHECK(found(&g) == 0x9);
}

/* Of three voters any two may go from any state to any other. */
static void let_majorities_move(small_game *g)
{
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            for (uint32_t who = 1; who < 8; who++)
                if (a != b && __builtin_popcount(who) >= 2) add_move(g, a, b, who);
}

/* Three voters in a circle: every majority's step is undone by the next, and all three states last. */
TEST(a_circle_of_majorities_never_settles, "Chwe")
{
    small_game g = small(3, 3);
    const double payoff[9] = {3, 1, 2, 2, 3, 1, 1, 2, 3};
    tie(&g);
    memcpy(g.payoff, payoff, sizeof payoff);
    let_majorities_move(&g);
    CHECK(found(&g) == 7);
}

/* A winner of every vote is all that lasts. */
TEST(a_condorcet_winner_lasts_alone, "Chwe")
{
    small_game g = small(3, 3);
    const double payoff[9] = {3, 2, 2, 2, 3, 1, 1, 1, 3};
    tie(&g);
    memcpy(g.payoff, payoff, sizeof payoff);
    let_majorities_move(&g);
    CHECK(found(&g) == 1);
}

TEST(foresight_does_not_depend_on_names_order_or_scale, "Chwe")
{
    dice d = {8};
    for (int trial = 0; trial < 40; trial++) {
        small_game g = small(3, 8), h = small(3, 8);
        int name[8], who_is[3] = {2, 0, 1};
        tie(&g);
        tie(&h);
        for (int a = 0; a < 8; a++) name[a] = (5 * a + trial) % 8;
        for (int a = 0; a < 8; a++)
            for (int p = 0; p < 3; p++) {
                g.payoff[3 * a + p] = floor(dice_between(&d, 0.0, 9.0));
                h.payoff[3 * name[a] + who_is[p]] = exp(0.3 * g.payoff[3 * a + p]) - 4.0 * p;
            }
        for (int k = 0; k < 25; k++) {
            const int from = (int)dice_between(&d, 0.0, 7.99), to = (int)dice_between(&d, 0.0, 7.99);
            const uint32_t who = (uint32_t)dice_between(&d, 1.0, 7.99);
            uint32_t whose = 0;
            for (int p = 0; p < 3; p++) whose |= (who >> p & 1) << who_is[p];
            add_move(&g, from, to, who);
            h.move[24 - k] = (ent_move){name[from], name[to], whose};
        }
        h.game.moves = 25;
        unsigned renamed = 0;
        const unsigned set = found(&g);
        for (int a = 0; a < 8; a++) renamed |= (set >> a & 1) << name[a];
        CHECK(found(&h) == renamed);
    }
}

TEST(foresight_refuses_what_is_no_game_and_runs_out_of_memory_cleanly, "faults")
{
    small_game g = small(2, 2);
    unsigned char in[2];
    ent_error err;
    tie(&g);
    g.payoff[0] = 1.0;
    add_move(&g, 0, 2, 1);
    CHECK(ent_largest_consistent(&g.game, in, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "move 1 goes from outcome 0 to 2; there are 0 to 1");
    g.move[0] = (ent_move){0, 1, 4};
    CHECK(ent_largest_consistent(&g.game, in, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "move 1 is made by nobody among the 2 players");
    g.payoff[3] = NAN;
    CHECK(ent_largest_consistent(&g.game, in, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "the payoff of player 2 in outcome 1 is not a number");
    g.payoff[3] = 0.0;
    g.game.outcomes = 10000;
    CHECK(ent_largest_consistent(&g.game, in, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "foresight is for 1 to 8192 outcomes, not 10000");
    g.game.outcomes = 2;
    g.move[0].who = 1;
    for (long nth = 1; nth < 50; nth++) {
        test_fail_allocation(nth);
        const ent_status status = ent_largest_consistent(&g.game, in, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || status == ENT_NO_MEMORY);
        if (status == ENT_OK) break;
        CHECK(nth < 49);
    }
    CHECK(in[0] && in[1]); /* the first loses by moving */
}
