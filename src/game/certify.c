/* certify.c: could a player do better far from where he stands? Small changes are told by slopes; here are large ones.
 *
 * Places that may be better are looked for market by market and dial by dial with the multipliers frozen (scan.c), and
 * from the same rate everywhere; from each the player answers until he comes to rest. Where there are few dials, lines
 * of the objective itself are looked along. Where he stands on no summit, he climbs off it the way his objective bends.
 * Any equilibrium met on the way counts: what it brings is a gain he could have. */
// SPDX-License-Identifier: MIT
#include "game/scan.h"
#include <math.h>
#include <string.h>

enum {
    JUMPS = 8, /* scans that follow one another while the objective rises */
    FEW = 6,   /* dials whose lines are looked along by solving the economy at every stop */
    TRIALS = 8 /* places of rest until one is certified */
};
#define CERTAIN 1e-8  /* a gain that a certificate lets pass: what duties at the tolerance may leave on the way */
#define WORTH   1e-10 /* a gain for which a player would move */
#define NOISE   1e-11 /* of an objective: what two ways to the same point differ by */
#define FLAT    1e-3  /* of a bend: what differences of slopes cannot tell from 0 */
#define ASIDE                                                                                                          \
    0.05 /* of a log(1 + rate), along a bend: far enough for the objective to tell, near enough to be on it            \
          */

/* The best that a search has met. */
typedef struct {
    double value;
    double *turn; /* [dials] */
    ptrdiff_t searches;
} summit;

/* *best grows to where a search has ended. One that failed brings nothing but what it met. */
static ent_status count(ent_board *b, ent_status status, summit *best)
{
    best->searches++;
    if (status == ENT_NO_MEMORY) return status;
    if (!b->solved || !(b->objective[0] > best->value)) return ENT_OK;
    best->value = b->objective[0];
    memcpy(best->turn, b->turn, (size_t)b->dials.count * sizeof *best->turn);
    return ENT_OK;
}

/* Rounds of answers from the turn. */
static ent_status climb_to(ent_board *b, summit *best, ent_error *err)
{
    ptrdiff_t rounds;
    int damped;
    b->solved = 0; /* from the benchmark, nothing remembered: the answer does not depend on the search before */
    b->memory = NULL;
    return count(b, ent_board_play(b, &rounds, &damped, err), best);
}

/* Off a point that is no summit, both ways along the bend; climbing, for rounds might lead back. */
static ent_status along_bend(ent_board *b, double bend, const double *direction, summit *best, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ptrdiff_t steps;
    if (!(bend > FLAT)) return ENT_OK;
    double *here = ent_new(&scratch, double, b->dials.count);
    if (here == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    memcpy(here, b->turn, (size_t)b->dials.count * sizeof *here);
    for (int way = -1; way <= 1; way += 2) {
        for (ptrdiff_t i = 0; i < b->dials.count; i++)
            b->turn[i] = ent_dial_within(&b->dials, i, here[i] + way * ASIDE * direction[i]);
        ENT_TRY(count(b, ent_board_climb(b, &steps, err), best));
    }
    memcpy(b->turn, here, (size_t)b->dials.count * sizeof *here);
    return ENT_OK;
}

/* From the turn to where frozen multipliers see something better, and rounds from there, while that brings more. */
static ent_status by_markets(ent_board *b, summit *best, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *turn = ent_new(&scratch, double, b->dials.count);
    if (turn == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    for (int jump = 0; jump < JUMPS; jump++) {
        const double before = best->value;
        int jumped;
        ENT_TRY(ent_board_solve(b, err));
        ENT_TRY(ent_board_feel(b, 1, err));
        ENT_TRY(ent_scan_frozen(b, turn, &jumped, err));
        best->searches += jumped == 0;
        if (jumped == 0) return ENT_OK;
        memcpy(b->turn, turn, (size_t)b->dials.count * sizeof *turn);
        ENT_TRY(climb_to(b, best, err));
        if (!(best->value > before + NOISE)) return ENT_OK;
        memcpy(b->turn, best->turn, (size_t)b->dials.count * sizeof *turn);
    }
    return ENT_OK;
}

/* The starts that are tried everywhere; few dials climb from there too, for rounds may leave what they start at. */
static ent_status by_starts(ent_board *b, summit *best, ent_error *err)
{
    ptrdiff_t steps;
    for (int start = 0; start < ENT_DIAL_STARTS; start++) {
        if (!ent_dials_start(b->game, &b->dials, start, b->turn)) continue;
        ENT_TRY(climb_to(b, best, err));
        if (b->dials.count > FEW) continue;
        ent_dials_start(b->game, &b->dials, start, b->turn);
        ENT_TRY(count(b, ent_board_climb(b, &steps, err), best));
    }
    return ENT_OK;
}

/* A few dials: lines of the objective itself through the best place, and climbing from what is better on them. */
static ent_status by_lines(ent_board *b, summit *best, ent_error *err)
{
    int better = b->dials.count <= FEW;
    for (int jump = 0; jump < JUMPS && better; jump++) {
        better = 0;
        for (ptrdiff_t dial = 0; dial < b->dials.count; dial++) {
            ptrdiff_t steps;
            int here;
            double value = best->value;
            memcpy(b->turn, best->turn, (size_t)b->dials.count * sizeof *b->turn);
            ENT_TRY(ent_scan_line(b, dial, &value, &here, err));
            best->searches++;
            if (here) ENT_TRY(count(b, ent_board_climb(b, &steps, err), best));
            better |= here;
        }
    }
    return ENT_OK;
}

static double weight_of(const ent_player *who, ptrdiff_t n)
{
    return who->weight != NULL ? who->weight[n] : n == who->region ? 1.0 : 0.0;
}

/* Players of equal weights cooperate, and move together. */
static int go_together(const ent_game *game, ptrdiff_t p, ptrdiff_t q)
{
    for (ptrdiff_t n = 0; n < game->net->regions; n++)
        if (weight_of(game->player + p, n) != weight_of(game->player + q, n)) return 0;
    return 1;
}

static int is_first(const ent_game *game, ptrdiff_t p)
{
    for (ptrdiff_t q = 0; q < p; q++)
        if (go_together(game, p, q)) return 0;
    return 1;
}

/* Those who go together with player p. */
static ptrdiff_t party_of(const ent_game *game, ptrdiff_t p, ent_player *party)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t q = 0; q < game->players; q++)
        if (go_together(game, p, q)) party[count++] = game->player[q];
    return count;
}

/* Is the economy torn under taxes that seem to bring a gain, or at the point? turn NULL: at the point. */
static ent_status look_twice(ent_board *b, const double *turn, const ent_equilibrium *here, ent_game_certificate *c,
                             ent_error *err)
{
    ent_torn torn = {c->apart, c->torn};
    if (turn != NULL) ent_dials_set(&b->dials, turn, &b->policy);
    if (ent_board_torn(b, &b->policy, here, &torn) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to look twice at better taxes");
    c->apart = torn.apart;
    c->torn = torn.region;
    return ENT_OK;
}

/* The largest gain that player p finds, with those who go together with him. */
static ent_status search(const ent_game *game, const ent_game_point *point, ptrdiff_t p, const ent_game_options *given,
                         ent_game_certificate *c, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    ent_player *party = ent_new(&scratch, ent_player, game->players);
    if (party == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    const ent_game alone = {
        .net = game->net, .policy = &point->policy, .player = party, .players = party_of(game, p, party)};
    ent_game_options options = given != NULL ? *given : (ent_game_options){0};
    options.progress = NULL;
    ENT_TRY(ent_board_open(&alone, game, &options, &scratch, &board, err));
    if (p == 0) ENT_TRY(look_twice(&board, NULL, &point->eq, c, err));
    ENT_TRY(ent_board_solve(&board, err));
    const double here = board.objective[0];
    summit best = {.value = here, .turn = ent_new0(&scratch, double, board.dials.count)};
    double *direction = ent_new(&scratch, double, board.dials.count);
    if (best.turn == NULL || direction == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to search for better taxes");
    ENT_TRY(ent_board_bend(&board, c->bend + p, direction, err));
    ENT_TRY(along_bend(&board, c->bend[p], direction, &best, err));
    memcpy(best.turn, board.turn, (size_t)board.dials.count * sizeof *best.turn);
    ENT_TRY(by_markets(&board, &best, err));
    const double before = best.value;
    ENT_TRY(by_starts(&board, &best, err));
    memcpy(board.turn, best.turn, (size_t)board.dials.count * sizeof *best.turn);
    if (best.value > before + NOISE) ENT_TRY(by_markets(&board, &best, err));
    ENT_TRY(by_lines(&board, &best, err));
    c->gain[p] = best.value - here;
    if (c->gain[p] > CERTAIN) ENT_TRY(look_twice(&board, best.turn, &point->eq, c, err));
    c->searches += best.searches;
    if (c->gain[p] > WORTH) ent_dials_set(&board.dials, best.turn, &c->better);
    return ENT_OK;
}

ent_status ent_game_certify(const ent_game *game, const ent_game_point *point, const ent_game_options *options,
                            ent_arena *arena, ent_game_certificate *c, ent_error *err)
{
    const ptrdiff_t borders = game->net->borders;
    ENT_TRY(ent_game_check(game, err));
    *c = (ent_game_certificate){.player = -1,
                                .unsettled = -1,
                                .torn = -1,
                                .steepest = NAN,
                                .slope = point->slope,
                                .gain = ent_new0(arena, double, game->players),
                                .bend = ent_new0(arena, double, game->players),
                                .better = point->policy};
    c->better.duty = ent_new(arena, double, borders);
    c->better.export_tax = ent_new(arena, double, borders);
    if (c->gain == NULL || c->bend == NULL || c->better.duty == NULL || c->better.export_tax == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the certificate of a game");
    memcpy(c->better.duty, point->policy.duty, (size_t)borders * sizeof *c->better.duty);
    memcpy(c->better.export_tax, point->policy.export_tax, (size_t)borders * sizeof *c->better.export_tax);
    for (ptrdiff_t p = 0; p < game->players; p++) {
        if (!is_first(game, p)) continue;
        ENT_TRY(search(game, point, p, options, c, err));
        for (ptrdiff_t q = p + 1; q < game->players; q++) {
            if (!go_together(game, p, q)) continue;
            c->gain[q] = c->gain[p];
            c->bend[q] = c->bend[p];
        }
        if (ent_game_stand(c->bend[p]) == ENT_STAND_NO_SUMMIT && !(c->bend[p] <= c->steepest)) c->unsettled = p;
        c->steepest = fmax(c->steepest, c->bend[p]);
        if (!(c->gain[p] > c->largest)) continue;
        c->largest = c->gain[p];
        c->player = p;
    }
    return ENT_OK;
}

static int is_one_party(const ent_game *game)
{
    for (ptrdiff_t p = 1; p < game->players; p++)
        if (!go_together(game, 0, p)) return 0;
    return 1;
}

ent_stand ent_game_stand(double bend)
{
    if (isnan(bend)) return ENT_STAND_BOUNDS;
    return bend < -FLAT ? ENT_STAND_SUMMIT : bend > FLAT ? ENT_STAND_NO_SUMMIT : ENT_STAND_LEVEL;
}

const char *ent_stand_words(ent_stand stand)
{
    static const char *const words[] = {"a summit", "level", "not a summit", "all at bounds"};
    return words[stand];
}

int ent_game_certified(const ent_game *game, const ent_game_certificate *c, ent_error *doubt)
{
    const ptrdiff_t p = c->largest > CERTAIN ? c->player : c->unsettled;
    if (c->torn >= 0) {
        ent_torn_say(game->net, &(ent_torn){c->apart, c->torn}, "", doubt);
        return 0;
    }
    if (p < 0) return 1;
    int many = 0;
    for (ptrdiff_t q = 0; q < game->players; q++) many |= q != p && go_together(game, p, q);
    const char *who = game->net->table->regions.label[game->player[p].region];
    const char *with = many ? ", together with those who share its goal," : "";
    if (c->largest > CERTAIN)
        ent_fail(doubt, ENT_NOT_CONVERGED, "%s%s gains %.3g by taxes far from where it stands", who, with, c->largest);
    else
        ent_fail(doubt, ENT_NOT_CONVERGED, "%s%s stands on no summit: its objective bends upwards, by %.2g", who, with,
                 c->bend[p]);
    return 0;
}

ent_status ent_game_settle(const ent_game *game, const ent_game_options *options, const ent_policy *start,
                           ent_arena *arena, ent_game_point *point, ent_game_certificate *c, ptrdiff_t *rejected,
                           ent_error *err)
{
    ptrdiff_t left = 0;
    ent_error doubt = {{0}};
    for (int trial = 0; trial < TRIALS; trial++) {
        const int climbs = trial > 0 && is_one_party(game); /* rounds might lead it back to the worse place */
        ENT_TRY(climbs ? ent_game_climb(game, options, start, arena, point, err)
                       : ent_game_play(game, options, start, arena, point, err));
        ENT_TRY(ent_game_certify(game, point, options, arena, c, err));
        if (rejected != NULL) *rejected = left;
        if (ent_game_certified(game, c, &doubt)) return ENT_OK;
        if (!(c->largest > CERTAIN) || c->torn >= 0) break; /* there is nothing better to go on from */
        start = &c->better;
        left++;
    }
    return ent_fail(err, ENT_NOT_CONVERGED, "no certified equilibrium was found: at the last place of rest %s",
                    doubt.text);
}
