/* cutoffs.c: a ranking of cut-offs. Rows are listed first, target by target; then they are measured in blocks of fixed
 * size, each with a cutter of its own, so that a row's number does not depend on who else is measured or on how many
 * threads share the work. Between batches of blocks the caller hears how far it is. */
// SPDX-License-Identifier: MIT
#include "base/threads.h"
#include "chokepoint/cutter.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_ROWS = 16,  /* more: fewer cutters to open; fewer: smaller rankings use all threads */
    BATCH_BLOCKS = 16 /* between two words to the caller */
};

typedef struct {
    const ent_cutoff_ask *ask;
    ent_suppliers suppliers;
    unsigned char *sender, *target, *sector; /* [R], [R], [J] the lists, all ones where the ask has none */
    double *bought, *imported, *sold;        /* [R*J] one target with each (h,j): spending, border value, its sales */
    ent_cutoff *row;
    ptrdiff_t count, room;
} ranking;

static unsigned char *list_of(const unsigned char *asked, ptrdiff_t count, ent_arena *arena)
{
    unsigned char *list = ent_new(arena, unsigned char, count + 1);
    if (list == NULL) return NULL;
    if (asked != NULL)
        memcpy(list, asked, (size_t)count);
    else
        memset(list, 1, (size_t)count);
    return list;
}

/* ---- rows ---- */

static ent_status add(ranking *r, ent_cutoff row, ent_arena *arena)
{
    if (r->count == r->room) {
        const ptrdiff_t room = r->room == 0 ? 256 : 2 * r->room;
        ent_cutoff *more = ent_new(arena, ent_cutoff, room);
        if (more == NULL) return ENT_NO_MEMORY;
        if (r->count > 0) memcpy(more, r->row, (size_t)r->count * sizeof *more);
        r->row = more;
        r->room = room;
    }
    r->row[r->count++] = row;
    return ENT_OK;
}

/* What target n trades with everyone, by (h,j). */
static void look_at(ranking *r, ptrdiff_t n)
{
    const ent_cutoff_ask *ask = r->ask;
    const ent_network *net = ask->net;
    const ptrdiff_t J = net->sectors;
    const size_t bytes = (size_t)(net->regions * J) * sizeof *r->bought;
    memset(r->bought, 0, bytes);
    memset(r->imported, 0, bytes);
    memset(r->sold, 0, bytes);
    for (ptrdiff_t lane = 0; lane < net->borders; lane++) {
        const ptrdiff_t importer = net->lane_region[lane], i = ent_lane_exporter(net, lane);
        const double v = ask->eq->lane_value_usd[lane], border = v / (1.0 + ask->policy->duty[lane]);
        if (i == importer || (importer != n && (i != n || !ask->two_way))) continue;
        const ptrdiff_t j = ent_lane_sector(net, lane);
        if (importer == n) {
            r->bought[i * J + j] += v;
            r->imported[i * J + j] += border;
        } else {
            r->sold[importer * J + j] += border;
        }
    }
}

/* One row from the sums over its senders and sectors; none where nothing is traded. */
static ent_status add_row(ranking *r, ptrdiff_t n, ptrdiff_t h, ptrdiff_t j, ent_arena *arena)
{
    const ptrdiff_t R = r->ask->net->regions, J = r->ask->net->sectors;
    double bought = 0.0, imported = 0.0, sold = 0.0, purchases = 0.0, imports = 0.0;
    for (ptrdiff_t k = j < 0 ? 0 : j; k < (j < 0 ? J : j + 1); k++) {
        if (!r->sector[k]) continue;
        purchases += r->suppliers.purchases_usd[n * J + k];
        imports += r->suppliers.imports_usd[n * J + k];
        for (ptrdiff_t i = h < 0 ? 0 : h; i < (h < 0 ? R : h + 1); i++) {
            if (!r->sender[i] || i == n) continue;
            bought += r->bought[i * J + k];
            imported += r->imported[i * J + k];
            sold += r->sold[i * J + k];
        }
    }
    if (!(imported + sold > 0.0)) return ENT_OK;
    const ent_cutoff row = {.sender = (int32_t)h,
                            .target = (int32_t)n,
                            .sector = (int32_t)j,
                            .trade_usd = imported + sold,
                            .share = purchases > 0.0 ? bought / purchases : NAN,
                            .import_share = imports > 0.0 ? imported / imports : NAN,
                            .formula = NAN,
                            .exact = NAN,
                            .exact_usd = NAN,
                            .own = NAN,
                            .own_usd = NAN,
                            .ratio = NAN,
                            .others_usd = NAN};
    return add(r, row, arena);
}

static ent_status list_rows(ranking *r, ent_arena *arena)
{
    const ent_cutoff_ask *ask = r->ask;
    const ptrdiff_t R = ask->net->regions, J = ask->net->sectors;
    for (ptrdiff_t n = 0; n < R; n++) {
        if (!r->target[n]) continue;
        look_at(r, n);
        for (ptrdiff_t h = ask->bloc ? -1 : 0; h < (ask->bloc ? 0 : R); h++) {
            if (h >= 0 && (h == n || !r->sender[h])) continue;
            for (ptrdiff_t j = ask->together ? -1 : 0; j < (ask->together ? 0 : J); j++)
                if (j < 0 || r->sector[j]) ENT_TRY(add_row(r, n, h, j, arena));
        }
    }
    return ENT_OK;
}

/* ---- measures ---- */

typedef struct {
    ent_status status;
    ent_error err;
} block_answer;

typedef struct {
    ranking *r;
    ptrdiff_t first; /* block of this batch */
    block_answer *answer;
} batch;

static const char *sector_words(const ent_network *net, const ent_cutoff *row)
{
    return row->sector >= 0 ? net->table->sectors.code[row->sector] : "all that was asked for";
}

static ent_status explain(const ent_network *net, const ent_cutoff *row, ent_status status, ent_error *err)
{
    const ent_error why = *err;
    return ent_fail(err, status, "cut-off of %s from %s to %s: %.700s", sector_words(net, row),
                    row->sender >= 0 ? net->table->regions.code[row->sender] : "the bloc",
                    net->table->regions.code[row->target], why.text);
}

static void sum_up(const ranking *r, const unsigned char *sender, const ent_cut_effect *effect, ent_cutoff *row)
{
    const double *income = r->ask->eq->income_usd;
    double own_income = 0.0;
    row->own_usd = row->others_usd = 0.0;
    for (ptrdiff_t i = 0; i < r->ask->net->regions; i++) {
        const double usd = -income[i] * expm1(-effect->exact[i]);
        if (i == row->target) {
            row->exact_usd = usd;
        } else if (sender[i]) {
            row->own_usd += usd;
            own_income += income[i];
        } else {
            row->others_usd += usd;
        }
    }
    row->exact = effect->exact[row->target];
    row->own = row->sender >= 0 ? effect->exact[row->sender] : -log1p(-row->own_usd / own_income);
    if (row->own_usd > 0.0) row->ratio = row->exact_usd / row->own_usd;
}

static ent_status measure_row(const ranking *r, ent_cutter *cutter, unsigned char *sender, unsigned char *target,
                              unsigned char *sector, ent_cutoff *row, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ent_cutoff_ask *ask = r->ask;
    const ptrdiff_t R = ask->net->regions, J = ask->net->sectors;
    ent_cut_effect effect;
    for (ptrdiff_t i = 0; i < R; i++) {
        sender[i] = row->sender >= 0 ? i == row->sender : r->sender[i] && i != row->target;
        target[i] = i == row->target;
    }
    for (ptrdiff_t j = 0; j < J; j++) sector[j] = row->sector >= 0 ? j == row->sector : r->sector[j];
    const ent_cut cut = {sender, target, sector, ask->two_way};
    const unsigned what = ask->formula_only ? ENT_CUT_FORMULA : ENT_CUT_FORMULA | ENT_CUT_EXACT;
    const ent_status status = ent_cutter_cut(cutter, &cut, what, &scratch, &effect, err);
    if (status == ENT_NO_EQUILIBRIUM) {
        row->kind = ENT_CUTOFF_VITAL;
        row->formula = row->exact = INFINITY;
        err->text[0] = 0;
        return ENT_OK;
    }
    if (status != ENT_OK) return explain(ask->net, row, status, err);
    row->formula = effect.formula[row->target];
    if (!ask->formula_only) sum_up(r, sender, &effect, row);
    return ENT_OK;
}

static ent_status measure_rows(const ranking *r, ent_cutoff *from, ent_cutoff *to, ent_error *err)
{
    ENT_SCRATCH house = {0};
    const ent_cutoff_ask *ask = r->ask;
    ent_options options = ask->options != NULL ? *ask->options : ent_options_default();
    ent_cutter *cutter = NULL;
    unsigned char *sender = ent_new(&house, unsigned char, ask->net->regions);
    unsigned char *target = ent_new(&house, unsigned char, ask->net->regions);
    unsigned char *sector = ent_new(&house, unsigned char, ask->net->sectors);
    if (sender == NULL || target == NULL || sector == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a ranking of cut-offs");
    options.threads = 1; /* rows are what threads share */
    options.progress = NULL;
    ENT_TRY(ent_cutter_open(ask->net, ask->policy, ask->eq, &options, &house, &cutter, err));
    for (ent_cutoff *row = from; row < to; row++) ENT_TRY(measure_row(r, cutter, sender, target, sector, row, err));
    return ENT_OK;
}

static void measure_block(void *state, ptrdiff_t block)
{
    const batch *b = state;
    const ptrdiff_t first = (b->first + block) * BLOCK_ROWS, last = first + BLOCK_ROWS;
    ent_cutoff *row = b->r->row;
    b->answer[block].status =
        measure_rows(b->r, row + first, row + (last < b->r->count ? last : b->r->count), &b->answer[block].err);
}

static ent_status measure_all(ranking *r, ent_arena *scratch, ent_error *err)
{
    const ptrdiff_t blocks = (r->count + BLOCK_ROWS - 1) / BLOCK_ROWS;
    batch b = {.r = r, .answer = ent_new(scratch, block_answer, BATCH_BLOCKS)};
    if (b.answer == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory for a ranking of cut-offs");
    for (b.first = 0; b.first < blocks; b.first += BATCH_BLOCKS) {
        const ptrdiff_t now = blocks - b.first < BATCH_BLOCKS ? blocks - b.first : BATCH_BLOCKS;
        if (r->ask->progress != NULL) r->ask->progress(r->ask->progress_who, b.first * BLOCK_ROWS, r->count);
        memset(b.answer, 0, BATCH_BLOCKS * sizeof *b.answer);
        ent_blocks_run(now, r->ask->threads > 1 ? r->ask->threads : 1, measure_block, &b);
        for (ptrdiff_t block = 0; block < now; block++) {
            if (b.answer[block].status == ENT_OK) continue;
            if (err != NULL) *err = b.answer[block].err;
            return b.answer[block].status;
        }
    }
    return ENT_OK;
}

ent_status ent_cutoffs_measure(const ent_cutoff_ask *ask, ent_arena *arena, ent_cutoff **threats, ptrdiff_t *count,
                               ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    const ptrdiff_t R = ask->net->regions, J = ask->net->sectors;
    ranking r = {.ask = ask,
                 .sender = list_of(ask->sender, R, &scratch),
                 .target = list_of(ask->target, R, &scratch),
                 .sector = list_of(ask->sector, J, &scratch),
                 .bought = ent_new(&scratch, double, R *J),
                 .imported = ent_new(&scratch, double, R *J),
                 .sold = ent_new(&scratch, double, R *J)};
    if (r.sender == NULL || r.target == NULL || r.sector == NULL || r.bought == NULL || r.imported == NULL ||
        r.sold == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for a ranking of cut-offs");
    ENT_TRY(ent_suppliers_measure(ask->net, ask->policy, ask->eq, &scratch, &r.suppliers, err));
    if (list_rows(&r, arena) != ENT_OK)
        return ent_fail(err, ENT_NO_MEMORY, "no memory for more than %td cut-offs", r.count);
    ENT_TRY(measure_all(&r, &scratch, err));
    *threats = r.row;
    *count = r.count;
    return ENT_OK;
}

/* ---- order ---- */

static double size_of(const ent_cutoff *t)
{
    return isnan(t->exact) ? t->formula : t->exact;
}

static int larger_first(const void *left, const void *right)
{
    const ent_cutoff *a = left, *b = right;
    const double x = size_of(a), y = size_of(b);
    if (x != y) return x > y ? -1 : 1;
    if (a->target != b->target) return a->target < b->target ? -1 : 1;
    if (a->sender != b->sender) return a->sender < b->sender ? -1 : 1;
    return a->sector < b->sector ? -1 : a->sector > b->sector;
}

void ent_cutoffs_sort(ent_cutoff *threats, ptrdiff_t count)
{
    if (count > 0) qsort(threats, (size_t)count, sizeof *threats, larger_first);
}
