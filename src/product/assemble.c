/* assemble.c: the refined table: every cell of the old one is dealt out to what its row and its column have become.
 *
 *   row      v to each product of the seller's sector, the rest to what is left of it
 *   column   of what a sector that is cut buys: recipes first (part), then by `column`; the rest to what is left of it
 */
// SPDX-License-Identifier: MIT
#include "product/draft.h"
#include "table/arrays.h"
#include "table/history.h"
#include <math.h>
#include <string.h>

typedef struct {
    const ent_cut *cut;
    ent_arena *arena;
    ent_table *out;
    ptrdiff_t J, G;        /* new */
    ptrdiff_t capacity;    /* the factor; any where no product has some */
    ptrdiff_t *rest;       /* [old J] place of what is left of a sector, or of the sector itself */
    ptrdiff_t *product;    /* [P] place of a product */
    unsigned char *is_cut; /* [old J] */
    ptrdiff_t *from;       /* [new J] old sector */
} assembly;

/* ---- names ---- */

static ent_status name_sector(assembly *a, ptrdiff_t j)
{
    const ent_names *old = &a->cut->old->sectors;
    const char *code = old->code[j], *label = old->label[j];
    if (a->is_cut[j]) {
        code = ent_string_format(a->arena, "%s-other", old->code[j]);
        label = ent_string_format(a->arena, "%s, without its products", old->label[j]);
        if (code == NULL || label == NULL) return ENT_NO_MEMORY;
    }
    ENT_TRY(ent_names_add(&a->out->sectors, a->arena, code, label, &a->rest[j]));
    for (ptrdiff_t h = 0; h < a->cut->P; h++) {
        const ent_product *p = &a->cut->products->item[h];
        if (p->sector == j) ENT_TRY(ent_names_add(&a->out->sectors, a->arena, p->code, p->label, &a->product[h]));
    }
    return ENT_OK;
}

static ent_status copy_names(const ent_names *from, ent_arena *arena, ent_names *to)
{
    for (ptrdiff_t c = 0; c < from->count; c++) ENT_TRY(ent_names_add(to, arena, from->code[c], from->label[c], NULL));
    return ENT_OK;
}

static int has_capacity(const ent_cut *cut)
{
    for (ptrdiff_t h = 0; h < cut->P; h++)
        if (cut->products->item[h].capacity > 0.0) return 1;
    return 0;
}

static ent_status copy_words(assembly *a)
{
    const ent_table *old = a->cut->old;
    const ent_products *p = a->cut->products;
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++) {
        const char *copy = ent_string_copy(a->arena, ent_string_get(old, &ent_table_strings[s]));
        if (copy == NULL) return ENT_NO_MEMORY;
        ent_string_set(a->out, &ent_table_strings[s], copy);
    }
    if (p->name != NULL) a->out->name = ent_string_copy(a->arena, p->name);
    if (p->title != NULL) a->out->title = ent_string_copy(a->arena, p->title);
    if (p->source != NULL && *p->source != 0)
        a->out->source = ent_string_format(a->arena, "%s%s%s", old->source, *old->source != 0 ? " " : "", p->source);
    return a->out->name == NULL || a->out->title == NULL || a->out->source == NULL ? ENT_NO_MEMORY : ENT_OK;
}

static ent_status name_all(assembly *a)
{
    const ent_cut *cut = a->cut;
    ent_table *out = a->out;
    ENT_TRY(copy_words(a));
    ENT_TRY(copy_names(&cut->old->regions, a->arena, &out->regions));
    ENT_TRY(copy_names(&cut->old->uses, a->arena, &out->uses));
    ENT_TRY(copy_names(&cut->old->factors, a->arena, &out->factors));
    if (has_capacity(cut) && ent_names_find(&out->factors, "capacity") < 0)
        ENT_TRY(ent_names_add(&out->factors, a->arena, "capacity", "Capacity", NULL));
    for (ptrdiff_t j = 0; j < cut->J; j++) ENT_TRY(name_sector(a, j));
    out->members = ent_new(a->arena, const char *, cut->R);
    if (out->members == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t n = 0; n < cut->R; n++) {
        out->members[n] = ent_string_copy(a->arena, cut->old->members[n]);
        if (out->members[n] == NULL) return ENT_NO_MEMORY;
    }
    return ENT_OK;
}

/* ---- sets ---- */

static ent_status add_set(const assembly *a, const char *code, const char *label, const unsigned char *member)
{
    const ent_status status = ent_groups_add(&a->out->sector_groups, a->arena, a->J, code, label, member);
    return status == ENT_BAD_INPUT ? ENT_OK : status;
}

/* The table's sets, each product where its sector was; every sector that was cut, as a whole; all products. */
static ent_status make_sets(const assembly *a)
{
    const ent_cut *cut = a->cut;
    const ent_groups *regions = &cut->old->region_groups, *sectors = &cut->old->sector_groups;
    ENT_SCRATCH scratch = {0};
    unsigned char *member = ent_new0(&scratch, unsigned char, a->J);
    if (member == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t s = 0; s < regions->names.count; s++)
        ENT_TRY(ent_groups_add(&a->out->region_groups, a->arena, cut->R, regions->names.code[s],
                               regions->names.label[s], regions->member + s * regions->of));
    for (ptrdiff_t s = 0; s < sectors->names.count; s++) {
        for (ptrdiff_t j = 0; j < a->J; j++) member[j] = sectors->member[s * sectors->of + a->from[j]];
        ENT_TRY(add_set(a, sectors->names.code[s], sectors->names.label[s], member));
    }
    for (ptrdiff_t k = 0; k < cut->J; k++) {
        if (!a->is_cut[k]) continue;
        for (ptrdiff_t j = 0; j < a->J; j++) member[j] = a->from[j] == k;
        ENT_TRY(add_set(a, cut->old->sectors.code[k], cut->old->sectors.label[k], member));
    }
    memset(member, 0, (size_t)a->J);
    for (ptrdiff_t h = 0; h < cut->P; h++) member[a->product[h]] = 1;
    for (ptrdiff_t s = 0; s < sectors->names.count; s++) /* products of an earlier cut are products too */
        for (ptrdiff_t j = 0; strcmp(sectors->names.code[s], "products") == 0 && j < a->J; j++)
            member[j] |= a->from[j] >= 0 && sectors->member[s * sectors->of + a->from[j]];
    return add_set(a, "products", "Products", member);
}

/* ---- numbers by sector ---- */

static ent_status describe_sectors(const assembly *a)
{
    const ent_cut *cut = a->cut;
    ent_table *out = a->out;
    out->is_good = ent_new(a->arena, unsigned char, a->J);
    out->bundle = ent_new(a->arena, double, a->J);
    if (cut->old->trade_elasticity != NULL) out->trade_elasticity = ent_new(a->arena, double, a->J);
    if (out->is_good == NULL || out->bundle == NULL ||
        (cut->old->trade_elasticity != NULL && out->trade_elasticity == NULL))
        return ENT_NO_MEMORY;
    for (ptrdiff_t j = 0; j < a->J; j++) {
        const ptrdiff_t k = a->from[j];
        out->is_good[j] = cut->old->is_good[k];
        out->bundle[j] = (double)a->rest[cut->old->bundle != NULL ? (ptrdiff_t)cut->old->bundle[k] : k];
        if (out->trade_elasticity != NULL && cut->old->trade_elasticity != NULL)
            out->trade_elasticity[j] = cut->old->trade_elasticity[k];
    }
    for (ptrdiff_t h = 0; h < cut->P; h++)
        if (out->trade_elasticity != NULL && !isnan(cut->products->item[h].trade_elasticity))
            out->trade_elasticity[a->product[h]] = cut->products->item[h].trade_elasticity;
    if (cut->old->surplus == NULL) return ENT_OK;
    out->surplus = ent_new(a->arena, double, cut->R);
    if (out->surplus == NULL) return ENT_NO_MEMORY;
    memcpy(out->surplus, cut->old->surplus, (size_t)cut->R * sizeof *out->surplus);
    return ENT_OK;
}

static void copy_duties(const assembly *a)
{
    for (ptrdiff_t pair = 0; pair < a->cut->R * a->cut->R; pair++)
        for (ptrdiff_t j = 0; j < a->J; j++)
            a->out->duty[pair * a->J + j] = a->cut->old->duty[pair * a->cut->J + a->from[j]];
}

/* Output, value added and taxes of (n,k), to its products and what is left. */
static void split_producer(const assembly *a, ptrdiff_t n, ptrdiff_t k)
{
    const ent_cut *cut = a->cut;
    const ptrdiff_t G = cut->G, from = n * cut->J + k, left = n * a->J + a->rest[k];
    const double x = cut->old->x[from], *va = cut->old->va + from * G;
    double paid = 0.0;
    for (ptrdiff_t g = 0; g < G; g++) paid += a->out->va[left * a->G + g] = va[g];
    a->out->x[left] = x;
    a->out->tls[left] = cut->old->tls[from];
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        if (cut->products->item[h].sector != k) continue;
        const ptrdiff_t to = n * a->J + a->product[h];
        const double made = cut->made[h * cut->R + n], s = x > 0.0 ? made / x : 0.0;
        const double capacity = paid > 0.0 ? cut->products->item[h].capacity : 0.0;
        const double kept = s * cut->kept[h * cut->R + n];
        a->out->x[to] = made;
        a->out->x[left] -= made;
        a->out->tls[to] = s * cut->old->tls[from];
        a->out->tls[left] -= s * cut->old->tls[from];
        for (ptrdiff_t g = 0; g < G; g++) {
            a->out->va[to * a->G + g] += kept * va[g] * (1.0 - capacity);
            a->out->va[left * a->G + g] -= kept * va[g];
        }
        a->out->va[to * a->G + a->capacity] += capacity * kept * paid;
    }
}

/* ---- cells ---- */

/* `value` of what stands in row `row` of the refined table goes to user c of n; product h, or -1: what is left. */
static void place(const assembly *a, ptrdiff_t row, ptrdiff_t n, ptrdiff_t c, ptrdiff_t h, double value)
{
    const ent_cut *cut = a->cut;
    if (c >= cut->J) {
        a->out->f[(row * cut->R + n) * cut->U + (c - cut->J)] += value;
        return;
    }
    double *z = a->out->z + (row * cut->R + n) * a->J, left = value;
    const double free = h < 0 || !a->is_cut[c] ? 1.0 : ent_cut_free(cut, h, n, c);
    for (ptrdiff_t p = 0; p < cut->P && a->is_cut[c]; p++) {
        if (cut->products->item[p].sector != c) continue;
        double part = h >= 0 && cut->products->item[p].inputs > 0 ? 0.0 : free * cut->column[p * cut->R + n];
        if (h >= 0) part += ent_cut_pair(cut, cut->part, h, p)[n];
        z[a->product[p]] += part * value;
        left -= part * value;
    }
    z[a->rest[c]] += left;
}

static void split_row(const assembly *a, ptrdiff_t i, ptrdiff_t j)
{
    const ent_cut *cut = a->cut;
    for (ptrdiff_t n = 0; n < cut->R; n++)
        for (ptrdiff_t c = 0; c < cut->C; c++) {
            double left = ent_cut_cell(cut, i, j, n, c);
            for (ptrdiff_t h = 0; h < cut->P; h++) {
                const double v = cut->products->item[h].sector == j ? ent_cut_flow(cut, h, i, n)[c] : 0.0;
                if (v == 0.0) continue;
                place(a, i * a->J + a->product[h], n, c, h, v);
                left -= v;
            }
            if (left != 0.0) place(a, i * a->J + a->rest[j], n, c, -1, left);
        }
}

/* ---- words ---- */

static ent_status add_history(const assembly *a)
{
    const ent_cut *cut = a->cut;
    for (ptrdiff_t h = 0; h < cut->P; h++) {
        const ent_product *p = &cut->products->item[h];
        double world = 0.0;
        for (ptrdiff_t n = 0; n < cut->R; n++) world += cut->made[h * cut->R + n];
        ENT_TRY(ent_history_add(a->out, a->arena,
                                "product: %s%s%s%s cut out of %s: %.6g million made; %.3g %% of its sales were "
                                "observed, the rest is filled "
                                "(%s)%s%s; totals that were asked for are missed by at most %.2g %% of it",
                                p->code, *p->hs != 0 ? " (HS " : "", p->hs, *p->hs != 0 ? ")" : "",
                                cut->old->sectors.code[p->sector], world, 100.0 * cut->observed[h],
                                cut->products->fill == ENT_FILL_RAS ? "ras" : "proportional",
                                *p->source != 0 ? "; source: " : "", p->source, 100.0 * cut->missed[h]));
    }
    return ENT_OK;
}

static ent_status take_places(assembly *a)
{
    const ent_cut *cut = a->cut;
    a->rest = ent_new(cut->scratch, ptrdiff_t, cut->J);
    a->product = ent_new(cut->scratch, ptrdiff_t, cut->P);
    a->is_cut = ent_new0(cut->scratch, unsigned char, cut->J);
    a->from = ent_new(cut->scratch, ptrdiff_t, a->J);
    if (a->rest == NULL || a->product == NULL || a->is_cut == NULL || a->from == NULL) return ENT_NO_MEMORY;
    for (ptrdiff_t h = 0; h < cut->P; h++) a->is_cut[cut->products->item[h].sector] = 1;
    return ENT_OK;
}

ent_status ent_cut_assemble(const ent_cut *cut, ent_arena *arena, ent_table *out)
{
    assembly a = {.cut = cut, .arena = arena, .out = out, .J = cut->J + cut->P};
    *out = (ent_table){.year = cut->old->year, .duty_accounts = cut->old->duty_accounts};
    ENT_TRY(take_places(&a));
    ENT_TRY(name_all(&a));
    a.G = out->factors.count;
    a.capacity = has_capacity(cut) ? ent_names_find(&out->factors, "capacity") : 0;
    for (ptrdiff_t j = 0; j < cut->J; j++) a.from[a.rest[j]] = j;
    for (ptrdiff_t h = 0; h < cut->P; h++) a.from[a.product[h]] = cut->products->item[h].sector;
    ENT_TRY(describe_sectors(&a));
    ENT_TRY(make_sets(&a));
    ENT_TRY(ent_table_make(out, arena, NULL));
    copy_duties(&a);
    for (ptrdiff_t n = 0; n < cut->R; n++)
        for (ptrdiff_t k = 0; k < cut->J; k++) {
            split_producer(&a, n, k);
            split_row(&a, n, k);
        }
    return add_history(&a);
}
