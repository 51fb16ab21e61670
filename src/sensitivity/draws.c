/* draws.c: elasticities drawn, equilibria solved, quantiles counted. A draw is a function of the seed and its index: it
 * starts from the centre, never from its neighbour. So threads, batches and interruptions change no bit. All values are
 * kept, and quantiles are exact. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "sensitivity/stage.h"
#include <math.h>
#include <stdlib.h>

enum {
    BLOCK = 4,         /* draws of one worker's turn */
    MOST_BLOCKS = 256, /* of a batch, between two looks at the clock */
    MOST_DRAWS = 10000000
};

typedef struct {
    const ent_stage *stage;
    const ent_drawing *ask;
    ent_uncertainty *u;
    ptrdiff_t first, last; /* draws of this batch */
    ent_status status[MOST_BLOCKS];
} batch;

static ent_status draw_block(const batch *b, ptrdiff_t from, ptrdiff_t to)
{
    ENT_SCRATCH scratch = {0};
    ent_hand hand;
    double *value = ent_new(&scratch, double, b->stage->spread->count);
    if (value == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_hand_open(b->stage, &scratch, &hand, NULL));
    for (ptrdiff_t d = from; d < to; d++) {
        int reached;
        ent_spread_draw(b->stage->spread, b->ask->seed, d, value);
        ENT_TRY(ent_hand_solve(&hand, value, b->u, &reached, b->u->draw + d * b->u->count));
    }
    return ENT_OK;
}

static void run_block(void *state, ptrdiff_t block)
{
    batch *b = state;
    const ptrdiff_t from = b->first + block * BLOCK, to = from + BLOCK < b->last ? from + BLOCK : b->last;
    b->status[block] = draw_block(b, from, to);
}

static ent_status run_batch(batch *b, ent_error *err)
{
    const ptrdiff_t blocks = (b->last - b->first + BLOCK - 1) / BLOCK;
    ent_blocks_run(blocks, b->stage->threads, run_block, b);
    for (ptrdiff_t k = 0; k < blocks; k++)
        if (b->status[k] != ENT_OK)
            return ent_fail(err, b->status[k], "no memory for draw %td", b->first + k * BLOCK + 1);
    return ENT_OK;
}

/* ---- what the draws say ---- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between the two order statistics that enclose (count − 1) q. */
static double quantile(const double *sorted, ptrdiff_t count, double q)
{
    const double at = (double)(count - 1) * q;
    const ptrdiff_t below = (ptrdiff_t)at;
    if (below + 1 >= count) return sorted[count - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static void describe(ent_headline *one, double *list, ptrdiff_t count)
{
    if (count == 0) return;
    double sum = 0.0, squares = 0.0;
    for (ptrdiff_t d = 0; d < count; d++) sum += list[d] - one->value;
    one->mean = one->value + sum / (double)count;
    for (ptrdiff_t d = 0; d < count; d++) squares += (list[d] - one->mean) * (list[d] - one->mean);
    if (count > 1) one->sd = sqrt(squares / (double)(count - 1));
    qsort(list, (size_t)count, sizeof *list, by_size);
    one->q05 = quantile(list, count, 0.05);
    one->q50 = quantile(list, count, 0.50);
    one->q95 = quantile(list, count, 0.95);
}

static ent_status describe_all(ent_uncertainty *u, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    double *list = ent_new(&scratch, double, u->draws);
    if (list == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to sort %td draws", u->draws);
    u->failed = 0;
    for (ptrdiff_t d = 0; d < u->draws; d++) u->failed += isnan(u->draw[d * u->count]); /* real income: never else */
    for (ptrdiff_t h = 0; h < u->count; h++) {
        ptrdiff_t count = 0;
        for (ptrdiff_t d = 0; d < u->draws; d++)
            if (!isnan(u->draw[d * u->count + h])) list[count++] = u->draw[d * u->count + h];
        describe(&u->headline[h], list, count);
    }
    return ENT_OK;
}

/* ---- the run ---- */

static ent_status stop(const batch *b, const char *name, ptrdiff_t done, ent_error *err)
{
    if (b->ask->partial == NULL)
        return ent_fail(err, ENT_NOT_CONVERGED, "stopped after %td of %td draws", done, b->u->draws);
    ENT_TRY(ent_partial_write(b->ask->partial, name, b->u, done, err));
    return ent_fail(err, ENT_NOT_CONVERGED,
                    "stopped after %td of %td draws; they are kept in %s, and the same command goes on from there",
                    done, b->u->draws, b->ask->partial);
}

/* Batches of some half a second, so that progress is seen and little is lost; a saving takes a twentieth at most. */
static ent_status run_all(batch *b, const char *name, ptrdiff_t done, ent_error *err)
{
    const ent_drawing *ask = b->ask;
    ptrdiff_t blocks = b->stage->threads < MOST_BLOCKS ? b->stage->threads : MOST_BLOCKS;
    double saved = ent_seconds(), save_cost = 0.0;
    while (done < b->u->draws) {
        const double began = ent_seconds();
        b->first = done;
        b->last = b->u->draws - done < blocks * BLOCK ? b->u->draws : done + blocks * BLOCK;
        ENT_TRY(run_batch(b, err));
        done = b->last;
        const double now = ent_seconds();
        if (now - began < 0.25 && blocks * 2 <= MOST_BLOCKS) blocks *= 2;
        if (ask->progress != NULL && ask->progress(ask->progress_who, done, b->u->draws) != 0 && done < b->u->draws)
            return stop(b, name, done, err);
        if (ask->partial == NULL || done == b->u->draws) continue;
        if (now - saved < ask->save_seconds || now - saved < 20.0 * save_cost) continue;
        ENT_TRY(ent_partial_write(ask->partial, name, b->u, done, err));
        saved = ent_seconds();
        save_cost = saved - now;
    }
    return ENT_OK;
}

static ent_status check_drawing(const ent_drawing *ask, ent_error *err)
{
    if (ask->draws >= 1 && ask->draws <= MOST_DRAWS) return ENT_OK;
    return ent_fail(err, ENT_BAD_INPUT, "%td draws were asked for; it must be between 1 and %d", ask->draws,
                    MOST_DRAWS);
}

ent_status ent_uncertainty_draw(const ent_answer_point *point, const ent_drawing *drawing, ent_arena *arena,
                                ent_uncertainty *uncertainty, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const double began = ent_seconds();
    ent_uncertainty *u = uncertainty;
    ent_stage stage;
    char name[65] = "";
    ptrdiff_t done = 0;
    ENT_TRY(check_drawing(drawing, err));
    ENT_TRY(ent_stage_open(point, u->spread, &scratch, &stage, err));
    u->draws = drawing->draws;
    u->seed = drawing->seed;
    u->draw = ent_new(arena, double, u->draws * u->count);
    if (u->draw == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %td draws of %td numbers", u->draws, u->count);
    if (drawing->partial != NULL) {
        ENT_TRY(ent_partial_name(&stage, u, drawing->seed, name, err));
        ENT_TRY(ent_partial_read(drawing->partial, name, u, &done, err));
    }
    batch b = {.stage = &stage, .ask = drawing, .u = u};
    ENT_TRY(run_all(&b, name, done, err));
    ENT_TRY(describe_all(u, err));
    if (drawing->partial != NULL) ENT_TRY(ent_partial_write(drawing->partial, name, u, u->draws, err));
    u->seconds_draws = ent_seconds() - began;
    return ENT_OK;
}
