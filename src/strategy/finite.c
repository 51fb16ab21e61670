/* finite.c: games of few strategies: profiles by number, pure equilibria by best replies, what a mixture is worth. */
// SPDX-License-Identifier: MIT
#include "strategy/finite.h"
#include <math.h>

enum {
    MOST_PLAYERS = 16
};
#define MOST_PROFILES 100000000 /* more are a mistake of the caller's, or need another method */

ent_status ent_finite_check(const ent_finite *game, ent_error *err)
{
    if (game->players < 1 || game->players > MOST_PLAYERS)
        return ent_fail(err, ENT_BAD_INPUT, "a finite game has 1 to %d players, not %td", MOST_PLAYERS, game->players);
    double profiles = 1.0;
    for (ptrdiff_t p = 0; p < game->players; p++) {
        if (game->strategies[p] < 1)
            return ent_fail(err, ENT_BAD_INPUT, "player %td of a finite game has no strategy", p + 1);
        profiles *= (double)game->strategies[p];
    }
    if (profiles > MOST_PROFILES)
        return ent_fail(err, ENT_BAD_INPUT, "a finite game of %.3g profiles is too large; %d are the most", profiles,
                        MOST_PROFILES);
    for (ptrdiff_t at = 0; at < ent_finite_profiles(game) * game->players; at++)
        if (!isfinite(game->payoff[at]))
            return ent_fail(err, ENT_BAD_INPUT, "the payoff of player %td in profile %td is not a number",
                            at % game->players + 1, at / game->players);
    return ENT_OK;
}

ptrdiff_t ent_finite_profiles(const ent_finite *game)
{
    ptrdiff_t profiles = 1;
    for (ptrdiff_t p = 0; p < game->players; p++) profiles *= game->strategies[p];
    return profiles;
}

ptrdiff_t ent_finite_profile(const ent_finite *game, const ptrdiff_t *choice)
{
    ptrdiff_t profile = 0;
    for (ptrdiff_t p = 0; p < game->players; p++) profile = profile * game->strategies[p] + choice[p];
    return profile;
}

void ent_finite_choice(const ent_finite *game, ptrdiff_t profile, ptrdiff_t *choice)
{
    for (ptrdiff_t p = game->players - 1; p >= 0; p--) {
        choice[p] = profile % game->strategies[p];
        profile /= game->strategies[p];
    }
}

/* What player p could gain by another strategy, the others' as in the profile. */
static double gain_of(const ent_finite *game, ptrdiff_t profile, ptrdiff_t p)
{
    ptrdiff_t apart = 1; /* between profiles that differ by one strategy of p */
    for (ptrdiff_t q = p + 1; q < game->players; q++) apart *= game->strategies[q];
    const ptrdiff_t first = profile - profile / apart % game->strategies[p] * apart;
    double best = -INFINITY;
    for (ptrdiff_t s = 0; s < game->strategies[p]; s++)
        best = fmax(best, game->payoff[(first + s * apart) * game->players + p]);
    return best - game->payoff[profile * game->players + p];
}

ent_status ent_finite_pure(const ent_finite *game, double slack, ent_arena *arena, ptrdiff_t **profile,
                           ptrdiff_t *count, ent_error *err)
{
    ENT_TRY(ent_finite_check(game, err));
    const ptrdiff_t profiles = ent_finite_profiles(game);
    *profile = NULL;
    for (int pass = 0; pass < 2; pass++) { /* counted, then listed */
        ptrdiff_t found = 0;
        for (ptrdiff_t at = 0; at < profiles; at++) {
            int rests = 1;
            for (ptrdiff_t p = 0; p < game->players && rests; p++) rests = gain_of(game, at, p) <= slack;
            if (!rests) continue;
            if (pass == 1) (*profile)[found] = at;
            found++;
        }
        *count = found;
        if (pass == 0) *profile = ent_new(arena, ptrdiff_t, found);
        if (*profile == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for %td equilibria", found);
    }
    return ENT_OK;
}

ptrdiff_t ent_finite_first(const ent_finite *game, ptrdiff_t player)
{
    ptrdiff_t first = 0;
    for (ptrdiff_t p = 0; p < player; p++) first += game->strategies[p];
    return first;
}

void ent_finite_expect(const ent_finite *game, const double *probability, double *value)
{
    const ptrdiff_t players = game->players, profiles = ent_finite_profiles(game);
    ptrdiff_t choice[MOST_PLAYERS];
    for (ptrdiff_t s = 0; s < ent_finite_first(game, players); s++) value[s] = 0.0;
    for (ptrdiff_t at = 0; at < profiles; at++) {
        ent_finite_choice(game, at, choice);
        for (ptrdiff_t p = 0, first = 0; p < players; first += game->strategies[p++]) {
            double likely = 1.0;
            for (ptrdiff_t q = 0, other = 0; q < players; other += game->strategies[q++])
                if (q != p) likely *= probability[other + choice[q]];
            value[first + choice[p]] += likely * game->payoff[at * players + p];
        }
    }
}

ent_status ent_finite_measure(const ent_finite *game, ent_arena *arena, ent_mixture *m, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *value = ent_new(&scratch, double, ent_finite_first(game, game->players));
    m->payoff = ent_new0(arena, double, game->players);
    if (value == NULL || m->payoff == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for the payoffs of a game");
    ent_finite_expect(game, m->probability, value);
    m->gain = 0.0;
    for (ptrdiff_t p = 0, first = 0; p < game->players; first += game->strategies[p++]) {
        double best = -INFINITY;
        for (ptrdiff_t s = 0; s < game->strategies[p]; s++) {
            m->payoff[p] += m->probability[first + s] * value[first + s];
            best = fmax(best, value[first + s]);
        }
        m->gain = fmax(m->gain, best - m->payoff[p]);
    }
    return ENT_OK;
}

double ent_finite_range(const ent_finite *game, double *least)
{
    double most = -INFINITY;
    *least = INFINITY;
    for (ptrdiff_t at = 0; at < ent_finite_profiles(game) * game->players; at++) {
        *least = fmin(*least, game->payoff[at]);
        most = fmax(most, game->payoff[at]);
    }
    return most > *least ? most - *least : 1.0;
}
