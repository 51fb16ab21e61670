/* foresight.c: the largest consistent set (Chwe 1994). First who reaches what: for every outcome b, backwards along the
 * moves, all a from which a chain leads there whose every mover prefers b to where he moves. Then outcomes are struck
 * out as long as some coalition has a move from one that nothing deters: whatever of the set may follow, all of them
 * like it better. What is left is consistent, and every consistent set has been spared (Chwe's proposition 1). */
// SPDX-License-Identifier: MIT
#include "entente/strategy.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_foresight *game;
    ptrdiff_t words;    /* of 64 outcomes a row */
    uint64_t *ends;     /* [outcomes][words] bit e of row d: e is reached farsightedly from d, or is d */
    ptrdiff_t *first;   /* [outcomes+1] moves into an outcome */
    int32_t *into;      /* [moves] by `to` */
    int32_t *waiting;   /* [outcomes] those that reach b, whose own moves in are still to be looked at */
    unsigned char *met; /* [outcomes] reaches b */
} outlook;

static int prefer(const ent_foresight *g, uint32_t who, ptrdiff_t to, ptrdiff_t over)
{
    for (ptrdiff_t p = 0; p < g->players; p++)
        if ((who >> p & 1) && !(g->payoff[to * g->players + p] - g->payoff[over * g->players + p] > g->slack)) return 0;
    return 1;
}

static void sort_moves(const outlook *o)
{
    const ent_foresight *g = o->game;
    memset(o->first, 0, (size_t)(g->outcomes + 1) * sizeof *o->first);
    for (ptrdiff_t k = 0; k < g->moves; k++) o->first[g->move[k].to + 1]++;
    for (ptrdiff_t b = 0; b < g->outcomes; b++) o->first[b + 1] += o->first[b];
    for (ptrdiff_t k = 0; k < g->moves; k++) o->into[o->first[g->move[k].to]++] = (int32_t)k;
    for (ptrdiff_t b = g->outcomes; b > 0; b--) o->first[b] = o->first[b - 1]; /* they had run to their ends */
    o->first[0] = 0;
}

/* Everything from which b is reached. */
static void reach(const outlook *o, ptrdiff_t b)
{
    const ent_foresight *g = o->game;
    const uint64_t bit = (uint64_t)1 << (b & 63);
    ptrdiff_t count = 1;
    memset(o->met, 0, (size_t)g->outcomes);
    o->waiting[0] = (int32_t)b;
    o->ends[b * o->words + b / 64] |= bit;
    while (count > 0) {
        const ptrdiff_t here = o->waiting[--count];
        for (ptrdiff_t at = o->first[here]; at < o->first[here + 1]; at++) {
            const ent_move *move = &g->move[o->into[at]];
            if (o->met[move->from] || !prefer(g, move->who, b, move->from)) continue;
            o->met[move->from] = 1;
            o->ends[move->from * o->words + b / 64] |= bit;
            o->waiting[count++] = move->from;
        }
    }
}

/* Somebody who would move is deterred: where it may end, in the set, he is no better off. */
static int is_deterred(const outlook *o, const ent_move *move, const unsigned char *in)
{
    const ent_foresight *g = o->game;
    const uint64_t *row = o->ends + move->to * o->words;
    for (ptrdiff_t w = 0; w < o->words; w++)
        for (uint64_t left = row[w]; left != 0; left &= left - 1) {
            const ptrdiff_t e = 64 * w + __builtin_ctzll(left);
            if (in[e] && !prefer(g, move->who, e, move->from)) return 1;
        }
    return 0;
}

static ent_status check(const ent_foresight *g, ent_error *err)
{
    if (g->players < 1 || g->players > 32)
        return ent_fail(err, ENT_BAD_INPUT, "foresight is for 1 to 32 players, not %td", g->players);
    if (g->outcomes < 1 || g->outcomes > ENT_MOST_OUTCOMES)
        return ent_fail(err, ENT_BAD_INPUT, "foresight is for 1 to %d outcomes, not %td", (int)ENT_MOST_OUTCOMES,
                        g->outcomes);
    for (ptrdiff_t at = 0; at < g->outcomes * g->players; at++)
        if (!isfinite(g->payoff[at]))
            return ent_fail(err, ENT_BAD_INPUT, "the payoff of player %td in outcome %td is not a number",
                            at % g->players + 1, at / g->players);
    for (ptrdiff_t k = 0; k < g->moves; k++) {
        const ent_move *m = &g->move[k];
        if (m->from < 0 || m->from >= g->outcomes || m->to < 0 || m->to >= g->outcomes)
            return ent_fail(err, ENT_BAD_INPUT, "move %td goes from outcome %d to %d; there are 0 to %td", k + 1,
                            (int)m->from, (int)m->to, g->outcomes - 1);
        if (m->who == 0 || (g->players < 32 && m->who >> g->players != 0))
            return ent_fail(err, ENT_BAD_INPUT, "move %td is made by nobody among the %td players", k + 1, g->players);
    }
    return ENT_OK;
}

ent_status ent_largest_consistent(const ent_foresight *g, unsigned char *consistent, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_TRY(check(g, err));
    outlook o = {.game = g, .words = (g->outcomes + 63) / 64};
    o.ends = ent_new0(&scratch, uint64_t, g->outcomes * o.words);
    o.first = ent_new(&scratch, ptrdiff_t, g->outcomes + 1);
    o.into = ent_new(&scratch, int32_t, g->moves);
    o.waiting = ent_new(&scratch, int32_t, g->outcomes + 1);
    o.met = ent_new(&scratch, unsigned char, g->outcomes);
    if (o.ends == NULL || o.first == NULL || o.into == NULL || o.waiting == NULL || o.met == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the foresight of %td outcomes", g->outcomes);
    sort_moves(&o);
    for (ptrdiff_t b = 0; b < g->outcomes; b++) reach(&o, b);
    memset(consistent, 1, (size_t)g->outcomes);
    for (int struck = 1; struck;) {
        struck = 0;
        for (ptrdiff_t k = 0; k < g->moves; k++) {
            const ent_move *move = &g->move[k];
            if (!consistent[move->from] || is_deterred(&o, move, consistent)) continue;
            consistent[move->from] = 0;
            struck = 1;
        }
    }
    return ENT_OK;
}
