/* group.c: regions and sectors summed by maps.
 *
 * Values are sums, so E1 and E2 stay as they are. What is no sum is averaged: duties by the trade they are levied on
 * (border value, the base of the duty), elasticities by cross-border trade, plainly where nothing is traded. Duties
 * between regions that become one end; what sectors paid of them stays in the taxes. A new sector is goods if most of
 * its output is; it belongs to another named set if all its parts do, and the same holds for regions. */
// SPDX-License-Identifier: MIT
#include "table/arrays.h"
#include "table/history.h"
#include <assert.h>
#include <string.h>

/* The two maps, and the shapes on both sides. */
typedef struct {
    const ptrdiff_t *region, *sector; /* [R], [J] old -> new */
    ptrdiff_t R, J, U, G;             /* old */
    ptrdiff_t rows, new_rows, new_R, new_J;
} ent_maps;

static ptrdiff_t new_row(const ent_maps *m, ptrdiff_t row)
{
    return m->region[row / m->J] * m->new_J + m->sector[row % m->J];
}

static ptrdiff_t *keep_all(ptrdiff_t count, ent_arena *scratch)
{
    ptrdiff_t *map = ent_new(scratch, ptrdiff_t, count);
    for (ptrdiff_t c = 0; map != NULL && c < count; c++) map[c] = c;
    return map;
}

static ent_status copy_names(const ent_names *from, ent_arena *arena, ent_names *to)
{
    *to = (ent_names){0};
    for (ptrdiff_t c = 0; c < from->count; c++) ENT_TRY(ent_names_add(to, arena, from->code[c], from->label[c], NULL));
    return ENT_OK;
}

static ent_status check_used(const ptrdiff_t *map, ptrdiff_t count, const ent_names *to, const char *what,
                             ent_arena *scratch, ent_error *err)
{
    unsigned char *used = ent_new0(scratch, unsigned char, to->count);
    if (used == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to group a table");
    for (ptrdiff_t c = 0; c < count; c++) {
        assert(map[c] >= 0 && map[c] < to->count);
        used[map[c]] = 1;
    }
    for (ptrdiff_t c = 0; c < to->count; c++)
        if (!used[c]) return ent_fail(err, ENT_BAD_INPUT, "no %s is mapped to '%s'", what, to->code[c]);
    return ENT_OK;
}

/* ---- values ---- */

static void sum_values(const ent_table *old, const ent_maps *m, ent_table *out)
{
    for (ptrdiff_t row = 0; row < m->rows; row++) {
        const ptrdiff_t to = new_row(m, row);
        const double *z = old->z + row * m->rows, *f = old->f + row * m->R * m->U;
        double *new_z = out->z + to * m->new_rows, *new_f = out->f + to * m->new_R * m->U;
        for (ptrdiff_t n = 0; n < m->R; n++) {
            double *block = new_z + m->region[n] * m->new_J;
            for (ptrdiff_t k = 0; k < m->J; k++) block[m->sector[k]] += z[n * m->J + k];
            for (ptrdiff_t u = 0; u < m->U; u++) new_f[m->region[n] * m->U + u] += f[n * m->U + u];
        }
        for (ptrdiff_t g = 0; g < m->G; g++) out->va[to * m->G + g] += old->va[row * m->G + g];
        out->tls[to] += old->tls[row];
        out->x[to] += old->x[row];
    }
}

static double trade(const ent_table *t, const ent_maps *m, ptrdiff_t i, ptrdiff_t n, ptrdiff_t j)
{
    const ptrdiff_t row = i * m->J + j;
    double sum = 0.0;
    for (ptrdiff_t k = 0; k < m->J; k++) sum += t->z[row * m->rows + n * m->J + k];
    for (ptrdiff_t u = 0; u < m->U; u++) sum += t->f[(row * m->R + n) * m->U + u];
    return sum;
}

/* Numerators and weights, with the plain average beside for what isn't traded. */
typedef struct {
    double sum, weight, plain, count;
} ent_mean;

static void add_to_mean(ent_mean *mean, double value, double weight)
{
    mean->sum += weight * value;
    mean->weight += weight;
    mean->plain += value;
    mean->count += 1.0;
}

static double mean_of(const ent_mean *mean)
{
    if (mean->weight > 0.0) return mean->sum / mean->weight;
    return mean->count > 0.0 ? mean->plain / mean->count : 0.0;
}

static ent_status average(const ent_table *old, const ent_maps *m, ent_arena *arena, ent_arena *scratch, ent_table *out)
{
    const ptrdiff_t cells = m->new_R * m->new_R * m->new_J;
    ent_mean *duty = ent_new0(scratch, ent_mean, cells), *theta = ent_new0(scratch, ent_mean, m->new_J);
    if (duty == NULL || theta == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t i = 0; i < m->R; i++)
        for (ptrdiff_t n = 0; n < m->R; n++)
            for (ptrdiff_t j = 0; j < m->J && i != n; j++) {
                const double traded = trade(old, m, i, n, j), weight = traded > 0.0 ? traded : 0.0;
                const ptrdiff_t I = m->region[i], N = m->region[n], at = (I * m->new_R + N) * m->new_J + m->sector[j];
                if (I != N) add_to_mean(&duty[at], old->duty[(i * m->R + n) * m->J + j], weight);
                if (old->trade_elasticity != NULL) add_to_mean(&theta[m->sector[j]], old->trade_elasticity[j], weight);
            }
    for (ptrdiff_t c = 0; c < cells; c++) out->duty[c] = mean_of(&duty[c]);
    if (old->surplus != NULL) {
        out->surplus = ent_new0(arena, double, m->new_R);
        if (out->surplus == NULL) return ENT_NO_MEMORY;
        for (ptrdiff_t n = 0; n < m->R; n++) out->surplus[m->region[n]] += old->surplus[n];
    }
    if (old->trade_elasticity == NULL) return ENT_OK;
    out->trade_elasticity = ent_new(arena, double, m->new_J);
    if (out->trade_elasticity == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t j = 0; j < m->J && m->R == 1; j++) add_to_mean(&theta[m->sector[j]], old->trade_elasticity[j], 0.0);
    for (ptrdiff_t j = 0; j < m->new_J; j++) out->trade_elasticity[j] = mean_of(&theta[j]);
    return ENT_OK;
}

/* ---- names and sets ---- */

/* member [new]: those whose parts are all members. */
static void all_parts(const unsigned char *old, const ptrdiff_t *map, ptrdiff_t count, ptrdiff_t new_count,
                      unsigned char *member)
{
    memset(member, 1, (size_t)new_count);
    for (ptrdiff_t c = 0; c < count; c++)
        if (!old[c]) member[map[c]] = 0;
}

static ent_status group_sets(const ent_groups *old, const ptrdiff_t *map, ptrdiff_t new_count, int by_goods,
                             ent_arena *arena, ent_arena *scratch, ent_groups *out)
{
    static const char *const from_goods[] = {"goods", "services", "traded"};
    unsigned char *member = ent_new(scratch, unsigned char, new_count);
    if (member == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t s = 0; s < old->names.count; s++) {
        const char *code = old->names.code[s];
        int made_elsewhere = 0;
        for (int g = 0; g < 3; g++) made_elsewhere |= by_goods && strcmp(code, from_goods[g]) == 0;
        all_parts(old->member + s * old->of, map, old->of, new_count, member);
        if (made_elsewhere || memchr(member, 1, (size_t)new_count) == NULL) continue;
        ENT_TRY(ent_groups_add(out, arena, new_count, code, old->names.label[s], member));
    }
    return ENT_OK;
}

static ent_status group_goods(const ent_table *old, const ent_maps *m, ent_arena *arena, ent_arena *scratch,
                              ent_table *out)
{
    double *goods = ent_new0(scratch, double, m->new_J), *all = ent_new0(scratch, double, m->new_J);
    out->is_good = ent_new0(arena, unsigned char, m->new_J);
    if (goods == NULL || all == NULL || out->is_good == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t row = 0; row < m->rows; row++) {
        const ptrdiff_t j = row % m->J;
        const double size = old->x[row] > 0.0 ? old->x[row] : 0.0;
        all[m->sector[j]] += size;
        if (old->is_good[j]) goods[m->sector[j]] += size;
    }
    for (ptrdiff_t j = 0; j < m->J; j++)
        if (all[m->sector[j]] == 0.0 && old->is_good[j]) out->is_good[m->sector[j]] = 1;
    for (ptrdiff_t j = 0; j < m->new_J; j++)
        if (goods[j] > 0.5 * all[j]) out->is_good[j] = 1;
    return ENT_OK;
}

static ent_status join_members(const ent_table *old, const ent_maps *m, ent_arena *arena, ent_table *out)
{
    out->members = ent_new(arena, const char *, m->new_R);
    if (out->members == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t N = 0; N < m->new_R; N++) {
        ent_text text = {.arena = arena};
        ent_text_add(&text, "", 0);
        for (ptrdiff_t n = 0; n < m->R; n++)
            if (m->region[n] == N && *old->members[n] != 0)
                ent_text_say(&text, "%s%s", text.size > 0 ? " " : "", old->members[n]);
        if (text.failed) return ENT_NO_MEMORY;
        out->members[N] = text.data;
    }
    return ENT_OK;
}

static ent_status copy_words(const ent_table *old, ent_arena *arena, ent_table *out)
{
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++) {
        const char *copy = ent_string_copy(arena, ent_string_get(old, &ent_table_strings[s]));
        if (copy == NULL) return ENT_NO_MEMORY;
        ent_string_set(out, &ent_table_strings[s], copy);
    }
    ENT_TRY(copy_names(&old->uses, arena, &out->uses));
    return copy_names(&old->factors, arena, &out->factors);
}

/* A new sector is in the bundle in which all its parts are; a bundle that became one sector is none. */
static ent_status group_bundles(const ent_table *old, const ent_maps *m, ent_arena *arena, ent_arena *scratch,
                                ent_table *out)
{
    if (old->bundle == NULL) return ENT_OK;
    ptrdiff_t *of = ent_new(scratch, ptrdiff_t, m->new_J);
    double *bundle = ent_new(arena, double, m->new_J);
    if (of == NULL || bundle == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t s = 0; s < m->new_J; s++) of[s] = -1;
    for (ptrdiff_t j = 0; j < m->J; j++) { /* of: the old bundle of all parts, -2 where they differ */
        const ptrdiff_t s = m->sector[j], b = (ptrdiff_t)old->bundle[j];
        of[s] = of[s] == -1 || of[s] == b ? b : -2;
    }
    for (ptrdiff_t s = 0; s < m->new_J; s++) {
        bundle[s] = (double)s;
        for (ptrdiff_t other = 0; other < s && of[s] >= 0; other++)
            if (of[other] == of[s]) {
                bundle[s] = bundle[other];
                break;
            }
    }
    out->bundle = bundle;
    return ENT_OK;
}

static ent_status build(const ent_table *old, const ent_maps *m, ent_arena *arena, ent_arena *scratch, ent_table *out,
                        ent_error *err)
{
    ENT_TRY(copy_words(old, arena, out));
    ENT_TRY(join_members(old, m, arena, out));
    ENT_TRY(group_goods(old, m, arena, scratch, out));
    ENT_TRY(group_sets(&old->region_groups, m->region, m->new_R, 0, arena, scratch, &out->region_groups));
    ENT_TRY(group_sets(&old->sector_groups, m->sector, m->new_J, 1, arena, scratch, &out->sector_groups));
    ENT_TRY(ent_table_make(out, arena, err));
    sum_values(old, m, out);
    ENT_TRY(average(old, m, arena, scratch, out));
    ENT_TRY(group_bundles(old, m, arena, scratch, out));
    return ent_history_add(out, arena,
                           "grouped: %td regions to %td, %td sectors to %td; duties averaged by trade, elasticities by "
                           "cross-border trade",
                           m->R, m->new_R, m->J, m->new_J);
}

ent_status ent_table_group(const ent_table *table, const ptrdiff_t *region_map, const ent_names *regions,
                           const ptrdiff_t *sector_map, const ent_names *sectors, ent_arena *arena, ent_table *out,
                           ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    if (region_map == NULL) regions = &table->regions;
    if (sector_map == NULL) sectors = &table->sectors;
    ent_maps m = {.R = table->regions.count,
                  .J = table->sectors.count,
                  .U = table->uses.count,
                  .G = table->factors.count,
                  .rows = table->regions.count * table->sectors.count,
                  .new_R = regions->count,
                  .new_J = sectors->count,
                  .new_rows = regions->count * sectors->count};
    m.region = region_map != NULL ? region_map : keep_all(m.R, &scratch);
    m.sector = sector_map != NULL ? sector_map : keep_all(m.J, &scratch);
    if (m.region == NULL || m.sector == NULL) return ent_fail(err, ENT_NO_MEMORY, "no memory to group a table");
    ENT_TRY(ent_bundles_check(table, err));
    ENT_TRY(check_used(m.region, m.R, regions, "region", &scratch, err));
    ENT_TRY(check_used(m.sector, m.J, sectors, "sector", &scratch, err));
    *out = (ent_table){.year = table->year, .duty_accounts = table->duty_accounts};
    ent_status status = copy_names(regions, arena, &out->regions);
    if (status == ENT_OK) status = copy_names(sectors, arena, &out->sectors);
    if (status == ENT_OK) status = build(table, &m, arena, &scratch, out, err);
    return status == ENT_OK ? ENT_OK : ent_fail(err, status, "%s: no memory to group it", table->name);
}
