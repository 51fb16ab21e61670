/* wars.c: the war of the blocs of every partition.
 *
 * In a partition every bloc is one player (part.h). Starts are made so that no result depends on another thread's:
 * first the war of all against all; then, for every coalition, its war against everyone alone, from there; then every
 * partition, where each bloc begins with what it did against everyone alone. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "bloc/part.h"
#include <math.h>
#include <string.h>

enum {
    CHUNK = 16 /* partitions a thread between two calls of progress */
};

typedef struct {
    const ent_game *game;
    ent_bloc_inside inside;
    const ent_game_options *options;
    ent_game_options quiet; /* the same without progress, which belongs to the caller's thread */
    int threads;
    ent_dials dials;       /* of the whole game: which lanes are free */
    double *rate[2];       /* by ent_tax: [sets][borders] of coalitions against everyone alone */
    unsigned char *wanted; /* [sets] a coalition of a partition that is asked for */
    unsigned char *known;  /* [sets] its rates are there */
    ent_bloc_table *table;
    unsigned char *bloc;   /* [jobs][players] partitions of the stage */
    ptrdiff_t *goes_to;    /* [jobs] row of the table, or -1 */
    size_t *set;           /* [jobs] coalition whose rates are kept; 0: none */
    ptrdiff_t first;       /* job of the chunk's first */
    unsigned char *memory; /* [jobs] 1: out of it */
} staging;

/* ---- one partition's war ---- */

/* Each bloc begins with its taxes against everyone alone. */
static void begin(const staging *s, const unsigned char *bloc, ent_policy *start)
{
    const ent_dials *d = &s->dials;
    const ptrdiff_t borders = s->game->net->borders;
    for (ptrdiff_t dial = 0; dial < d->count; dial++) {
        const ptrdiff_t p = d->player[dial];
        size_t set = ent_partition_set(s->game->players, bloc, bloc[p]);
        if (!s->known[set]) set = (size_t)1 << p;
        if (!s->known[set]) continue;
        const double *known = s->rate[d->tax[dial]] + (ptrdiff_t)set * borders;
        for (int64_t at = d->first[dial]; at < d->first[dial + 1]; at++)
            ent_dial_rates(d, dial, start)[d->lane[at]] = known[d->lane[at]];
    }
}

static void write_row(const staging *s, ptrdiff_t row, const ent_board *b, const unsigned char *bloc)
{
    ent_bloc_table *t = s->table;
    ptrdiff_t player;
    memcpy(t->log_welfare + row * t->regions, b->log_welfare, (size_t)t->regions * sizeof(double));
    t->slope[row] = ent_board_slope(b, &player);
    t->reached[row] = 1;
    for (ptrdiff_t p = 0; p < t->players; p++) {
        double sum = 0.0, total = 0.0;
        t->goal[row * t->players + p] = b->goal[t->region[p]];
        for (ptrdiff_t q = 0; q < t->players; q++) {
            if (bloc[q] != bloc[p]) continue;
            sum += t->spending_usd[q] * b->goal[t->region[q]];
            total += t->spending_usd[q];
        }
        t->objective[row * t->players + p] = sum / total;
    }
}

/* Rates of the coalition's members, and of all where it is a single one (everyone alone). */
static void keep_rates(const staging *s, size_t set, const ent_board *b)
{
    const ptrdiff_t borders = s->game->net->borders;
    const size_t bytes = (size_t)borders * sizeof(double);
    memcpy(s->rate[ENT_TAX_IMPORT] + (ptrdiff_t)set * borders, b->policy.duty, bytes);
    memcpy(s->rate[ENT_TAX_EXPORT] + (ptrdiff_t)set * borders, b->policy.export_tax, bytes);
    s->known[set] = 1;
}

static ent_status settle(const staging *s, ptrdiff_t job)
{
    ENT_SCRATCH scratch = {0};
    ENT_BOARD board = {0};
    const unsigned char *bloc = s->bloc + job * s->game->players;
    const size_t bytes = (size_t)s->game->net->borders * sizeof(double);
    const ent_parting how = {.game = s->game,
                             .policy = s->game->policy,
                             .dials = &s->dials,
                             .spending_usd = s->table->spending_usd,
                             .bloc = bloc,
                             .inside = s->inside,
                             .host = ENT_NO_HOST};
    ent_part part;
    ENT_TRY(ent_part_make(&how, &scratch, &part));
    ent_policy start = part.policy;
    start.duty = ent_new(&scratch, double, s->game->net->borders);
    start.export_tax = ent_new(&scratch, double, s->game->net->borders);
    if (start.duty == NULL || start.export_tax == NULL) return ENT_NO_MEMORY;
    memcpy(start.duty, part.policy.duty, bytes);
    memcpy(start.export_tax, part.policy.export_tax, bytes);
    begin(s, bloc, &start);
    ENT_TRY(ent_part_fight(&how, &part, &start, &s->quiet, &scratch, &board, NULL));
    if (s->goes_to[job] >= 0) write_row(s, s->goes_to[job], &board, bloc);
    if (s->set[job] != 0) keep_rates(s, s->set[job], &board);
    return ENT_OK;
}

static void work(void *state, ptrdiff_t block)
{
    const staging *s = state;
    const ptrdiff_t job = s->first + block;
    s->memory[job] = settle(s, job) == ENT_NO_MEMORY;
}

/* ---- the stages ---- */

static ent_status run(staging *s, ptrdiff_t jobs, ptrdiff_t done, ptrdiff_t all, ent_error *err)
{
    const ptrdiff_t chunk = (ptrdiff_t)CHUNK * s->threads;
    memset(s->memory, 0, (size_t)jobs);
    for (s->first = 0; s->first < jobs; s->first += chunk) {
        const ptrdiff_t here = jobs - s->first < chunk ? jobs - s->first : chunk;
        ent_blocks_run(here, s->threads, work, s);
        for (ptrdiff_t job = s->first; job < s->first + here; job++)
            if (s->memory[job]) return ent_fail(err, ENT_NO_MEMORY, "no memory for the wars of blocs");
        if (s->options != NULL && s->options->progress != NULL)
            s->options->progress(s->options->progress_who, "blocs",
                                 1.0 - (double)(done + s->first + here) / (double)all);
    }
    return ENT_OK;
}

/* Where the coalition stands alone in the table asked for. */
static ptrdiff_t row_of(const staging *s, const unsigned char *bloc)
{
    const ent_bloc_table *t = s->table;
    for (ptrdiff_t row = 0; row < t->partitions; row++)
        if (memcmp(t->bloc + row * t->players, bloc, (size_t)t->players) == 0) return row;
    return -1;
}

static int is_single(size_t set)
{
    return (set & (set - 1)) == 0;
}

/* One job a coalition that is wanted, against everyone alone; 0 jobs are left of those done before. */
static ptrdiff_t list_coalitions(staging *s)
{
    const ptrdiff_t players = s->game->players;
    ptrdiff_t jobs = 0;
    for (size_t set = 1; set < (size_t)1 << players; set++) {
        if (!s->wanted[set] || is_single(set)) continue;
        ent_partition_alone(players, set, s->bloc + jobs * players);
        s->goes_to[jobs] = row_of(s, s->bloc + jobs * players);
        s->set[jobs++] = set;
    }
    return jobs;
}

static ptrdiff_t list_rest(staging *s)
{
    const ent_bloc_table *t = s->table;
    ptrdiff_t jobs = 0;
    for (ptrdiff_t row = 0; row < t->partitions; row++) {
        if (t->reached[row]) continue;
        memcpy(s->bloc + jobs * t->players, t->bloc + row * t->players, (size_t)t->players);
        s->goes_to[jobs] = row;
        s->set[jobs++] = 0;
    }
    return jobs;
}

/* Everyone alone: its rates serve every single player. A war of all that does not come to rest leaves no start. */
static ent_status everyone_alone(staging *s, ptrdiff_t all, ent_error *err)
{
    const ptrdiff_t players = s->game->players, borders = s->game->net->borders;
    ent_partition_alone(players, 1, s->bloc);
    s->goes_to[0] = row_of(s, s->bloc);
    s->set[0] = 1;
    ENT_TRY(run(s, 1, 0, all, err));
    for (ptrdiff_t p = 1; p < players && s->known[1]; p++) {
        const ptrdiff_t set = (ptrdiff_t)1 << p;
        for (int tax = 0; tax < 2; tax++)
            memcpy(s->rate[tax] + set * borders, s->rate[tax] + borders, (size_t)borders * sizeof(double));
        s->known[set] = 1;
    }
    return ENT_OK;
}

static ent_status stage(staging *s, ent_error *err)
{
    const ptrdiff_t all = s->table->partitions + 1;
    ENT_TRY(everyone_alone(s, all, err));
    const ptrdiff_t coalitions = list_coalitions(s);
    ENT_TRY(run(s, coalitions, 1, all + coalitions, err));
    const ptrdiff_t rest_of = list_rest(s);
    ENT_TRY(run(s, rest_of, 1 + coalitions, 1 + coalitions + rest_of, err));
    for (ptrdiff_t row = 0; row < s->table->partitions; row++) s->table->failed += !s->table->reached[row];
    return ENT_OK;
}

/* ---- the table ---- */

static ent_status open_table(const ent_game *game, const unsigned char *bloc, ptrdiff_t partitions, ent_arena *arena,
                             ent_bloc_table *t, ent_error *err)
{
    const ptrdiff_t players = game->players, regions = game->net->regions;
    *t = (ent_bloc_table){.players = players, .partitions = partitions, .regions = regions};
    if (bloc == NULL) {
        ENT_TRY(ent_partition_list(players, arena, &t->bloc, &t->partitions, err));
    } else {
        t->bloc = ent_new(arena, unsigned char, partitions *players);
        if (t->bloc != NULL) memcpy(t->bloc, bloc, (size_t)(partitions * players));
    }
    t->log_welfare = ent_new(arena, double, t->partitions *regions);
    t->goal = ent_new(arena, double, t->partitions *players);
    t->objective = ent_new(arena, double, t->partitions *players);
    t->slope = ent_new(arena, double, t->partitions);
    t->reached = ent_new0(arena, unsigned char, t->partitions);
    t->region = ent_new(arena, ptrdiff_t, players);
    t->spending_usd = ent_new(arena, double, players);
    if (t->bloc == NULL || t->log_welfare == NULL || t->goal == NULL || t->objective == NULL || t->slope == NULL ||
        t->reached == NULL || t->region == NULL || t->spending_usd == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td partitions", t->partitions);
    for (ptrdiff_t k = 0; k < t->partitions * regions; k++) t->log_welfare[k] = NAN;
    for (ptrdiff_t k = 0; k < t->partitions * players; k++) t->goal[k] = t->objective[k] = NAN;
    for (ptrdiff_t k = 0; k < t->partitions; k++) t->slope[k] = NAN;
    for (ptrdiff_t p = 0; p < players; p++) t->region[p] = game->player[p].region;
    ent_part_spending(game, t->spending_usd);
    return ENT_OK;
}

static ent_status check_partitions(const ent_bloc_table *t, ent_error *err)
{
    unsigned char tidy[ENT_MOST_BLOC_PLAYERS];
    for (ptrdiff_t row = 0; row < t->partitions; row++) {
        memcpy(tidy, t->bloc + row * t->players, (size_t)t->players);
        ent_partition_tidy(t->players, tidy);
        if (memcmp(tidy, t->bloc + row * t->players, (size_t)t->players) != 0)
            return ent_fail(err, ENT_BAD_INPUT,
                            "partition %td does not number its blocs by their first members, from 0 on", row + 1);
    }
    return ENT_OK;
}

static ent_status open_stage(staging *s, ent_arena *arena, ent_error *err)
{
    const ptrdiff_t players = s->game->players, sets = (ptrdiff_t)1 << players;
    const ptrdiff_t jobs = s->table->partitions + sets;
    s->wanted = ent_new0(arena, unsigned char, sets);
    s->known = ent_new0(arena, unsigned char, sets);
    s->bloc = ent_new(arena, unsigned char, jobs *players);
    s->goes_to = ent_new(arena, ptrdiff_t, jobs);
    s->set = ent_new(arena, size_t, jobs);
    s->memory = ent_new(arena, unsigned char, jobs);
    for (int tax = 0; tax < 2; tax++) s->rate[tax] = ent_new(arena, double, sets * s->game->net->borders);
    if (s->wanted == NULL || s->known == NULL || s->bloc == NULL || s->goes_to == NULL || s->set == NULL ||
        s->memory == NULL || s->rate[0] == NULL || s->rate[1] == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for the wars of blocs");
    for (ptrdiff_t row = 0; row < s->table->partitions; row++)
        for (ptrdiff_t p = 0; p < players; p++) {
            const unsigned char *bloc = s->table->bloc + row * players;
            s->wanted[ent_partition_set(players, bloc, bloc[p])] = 1;
        }
    return ent_dials_list(s->game, arena, &s->dials, err);
}

ent_status ent_bloc_wars(const ent_game *game, ent_bloc_inside inside, const unsigned char *bloc, ptrdiff_t partitions,
                         int threads, const ent_game_options *options, ent_arena *arena, ent_bloc_table *table,
                         ent_error *err)
{
    const double began = ent_seconds();
    ENT_SCRATCH scratch = {0};
    ENT_TRY(ent_game_check(game, err));
    if (game->players > ENT_MOST_BLOC_PLAYERS)
        return ent_fail(err, ENT_BAD_INPUT, "blocs are formed by %d players at most, not %td", ENT_MOST_BLOC_PLAYERS,
                        game->players);
    ENT_TRY(open_table(game, bloc, partitions, arena, table, err));
    ENT_TRY(check_partitions(table, err));
    staging s = {
        .game = game, .inside = inside, .options = options, .threads = threads > 1 ? threads : 1, .table = table};
    if (options != NULL) s.quiet = *options;
    s.quiet.progress = NULL;
    ENT_TRY(open_stage(&s, &scratch, err));
    ENT_TRY(stage(&s, err));
    table->seconds = ent_seconds() - began;
    return ENT_OK;
}
