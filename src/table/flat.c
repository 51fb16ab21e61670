/* flat.c: a table <-> bytes, and the identity of a table.
 *
 *   "entworld"  u32 order mark  u32 version  u64 size of all
 *   i32 year  u32 duty accounts  u32 which optional arrays are there
 *   strings of table.def, each u32 length and bytes
 *   region, sector, use, factor names: u32 count, then code and label of each
 *   members of each region; is_good of each sector, one byte
 *   region groups, sector groups: u32 count, then code, label, one byte a member
 *   zeros up to a multiple of 8, then the arrays of table.def as doubles
 *
 * Numbers are in the machine's own order, and the order mark says which: the bytes are made and read by builds for one
 * machine, and a copy is then the whole cost of reading. What travels between machines is the world file (netCDF).
 *
 * The identity is the SHA-256 over the digests of the head (without what is merely said about the table) and of each
 * array, so that a table of 131 MB is hashed where it lies. */
// SPDX-License-Identifier: MIT
#include "table/flat.h"
#include "table/arrays.h"
#include <string.h>

static const char magic[8] = {'e', 'n', 't', 'w', 'o', 'r', 'l', 'd'};
enum {
    VERSION = 1,
    ORDER_MARK = 0x01020304,
    SIZE_AT = 16,         /* where the size of all stands */
    FEWEST_NAME_BYTES = 9 /* two lengths and a code of one letter */
};

/* ---- writing ---- */

static void put_number(ent_text *out, uint32_t number)
{
    ent_text_add(out, (const char *)&number, sizeof number);
}

static void put_string(ent_text *out, const char *text)
{
    const size_t length = strlen(text);
    put_number(out, (uint32_t)length);
    ent_text_add(out, text, length);
}

static void put_names(ent_text *out, const ent_names *names)
{
    put_number(out, (uint32_t)names->count);
    for (ptrdiff_t n = 0; n < names->count; n++) {
        put_string(out, names->code[n]);
        put_string(out, names->label[n]);
    }
}

static void put_groups(ent_text *out, const ent_groups *groups)
{
    put_names(out, &groups->names);
    ent_text_add(out, (const char *)groups->member, (size_t)(groups->names.count * groups->of));
}

static uint32_t optional_arrays(const ent_table *table)
{
    uint32_t there = 0;
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++)
        if (ent_table_arrays[a].optional && ent_array_data(table, &ent_table_arrays[a]) != NULL) there |= 1u << a;
    return there;
}

static void put_head(ent_text *out, const ent_table *table, int identity_only)
{
    const uint64_t size = 0;
    ent_text_add(out, magic, sizeof magic);
    put_number(out, ORDER_MARK);
    put_number(out, VERSION);
    ent_text_add(out, (const char *)&size, sizeof size); /* filled in by ent_flat_write */
    put_number(out, (uint32_t)table->year);
    put_number(out, (uint32_t)table->duty_accounts);
    put_number(out, optional_arrays(table));
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++)
        if (!identity_only || ent_table_strings[s].identity)
            put_string(out, ent_string_get(table, &ent_table_strings[s]));
    put_names(out, &table->regions);
    put_names(out, &table->sectors);
    put_names(out, &table->uses);
    put_names(out, &table->factors);
    for (ptrdiff_t n = 0; n < table->regions.count; n++) put_string(out, table->members[n]);
    ent_text_add(out, (const char *)table->is_good, (size_t)table->sectors.count);
    put_groups(out, &table->region_groups);
    put_groups(out, &table->sector_groups);
    while (!out->failed && out->size % sizeof(double) != 0) ent_text_add(out, "", 1);
}

/* The bytes of one array; none where it is optional and absent. */
static ent_bytes array_bytes(const ent_table *table, ptrdiff_t a)
{
    const double *data = ent_array_data(table, &ent_table_arrays[a]);
    const ptrdiff_t cells = ent_array_cells(table, &ent_table_arrays[a]);
    return (ent_bytes){(const char *)data, data == NULL || cells < 0 ? 0 : (size_t)cells * sizeof(double)};
}

ent_status ent_flat_write(const ent_table *table, ent_arena *arena, ent_bytes *flat, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_text head = {.arena = &scratch};
    put_head(&head, table, 0);
    size_t size = head.size;
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) size += array_bytes(table, a).size;
    char *data = head.failed ? NULL : ent_new(arena, char, size + 1);
    if (data == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory for its %zu bytes", table->name, size);
    memcpy(data, head.data, head.size);
    memcpy(data + SIZE_AT, &(uint64_t){size}, sizeof(uint64_t));
    size_t at = head.size;
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) {
        const ent_bytes bytes = array_bytes(table, a);
        if (bytes.size > 0) memcpy(data + at, bytes.data, bytes.size);
        at += bytes.size;
    }
    data[size] = 0;
    *flat = (ent_bytes){data, size};
    return ENT_OK;
}

const char *ent_table_hash(const ent_table *table, ent_arena *arena)
{
    ENT_SCRATCH scratch = {0};
    ent_text head = {.arena = &scratch}, digests = {.arena = &scratch};
    char hex[65];
    put_head(&head, table, 1);
    if (head.failed) return NULL;
    ent_hash_hex(head.data, head.size, hex);
    ent_text_add(&digests, hex, 64);
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) {
        const ent_bytes bytes = array_bytes(table, a);
        ent_hash_hex(bytes.size == 0 ? "" : bytes.data, bytes.size, hex);
        ent_text_add(&digests, hex, 64);
    }
    if (digests.failed) return NULL;
    ent_hash_hex(digests.data, digests.size, hex);
    return ent_string_copy_n(arena, hex, 64);
}

/* ---- reading ---- */

typedef struct {
    const char *at, *end;
    ent_arena *arena;
    ent_error *err;
} cursor;

static size_t left(const cursor *c)
{
    return (size_t)(c->end - c->at);
}

static ent_status fail_cut(const cursor *c, const char *where)
{
    return ent_fail(c->err, ENT_BAD_INPUT, "flat world: the bytes end inside the %s; make them again", where);
}

static ent_status fail_memory(const cursor *c)
{
    return ent_fail(c->err, ENT_NO_MEMORY, "flat world: no memory to read it");
}

static ent_status get_bytes(cursor *c, void *value, size_t size, const char *where)
{
    if (left(c) < size) return fail_cut(c, where);
    memcpy(value, c->at, size);
    c->at += size;
    return ENT_OK;
}

static ent_status get_number(cursor *c, uint32_t *number, const char *where)
{
    return get_bytes(c, number, sizeof *number, where);
}

static ent_status get_string(cursor *c, const char **text, const char *where)
{
    uint32_t length = 0;
    ENT_TRY(get_number(c, &length, where));
    if (length > left(c)) return fail_cut(c, where);
    if (memchr(c->at, 0, length) != NULL)
        return ent_fail(c->err, ENT_BAD_INPUT, "flat world: a zero byte stands inside the %s; make it again", where);
    *text = ent_string_copy_n(c->arena, c->at, length);
    if (*text == NULL) return fail_memory(c);
    c->at += length;
    return ENT_OK;
}

static ent_status get_names(cursor *c, ent_names *names, const char *where)
{
    uint32_t count = 0;
    ENT_TRY(get_number(c, &count, where));
    if (count > left(c) / FEWEST_NAME_BYTES) return fail_cut(c, where);
    for (uint32_t n = 0; n < count; n++) {
        const char *code, *label;
        ENT_TRY(get_string(c, &code, where));
        ENT_TRY(get_string(c, &label, where));
        if (*code == 0)
            return ent_fail(c->err, ENT_BAD_INPUT, "flat world: an empty code among the %s; make it again", where);
        const ent_status status = ent_names_add(names, c->arena, code, label, NULL);
        if (status == ENT_BAD_INPUT)
            return ent_fail(c->err, status, "flat world: %.60s stands twice among the %s; make it again", code, where);
        if (status != ENT_OK) return fail_memory(c);
    }
    return ENT_OK;
}

/* count bytes, each 0 or 1. */
static ent_status get_marks(cursor *c, size_t rows, size_t columns, unsigned char **marks, const char *where)
{
    if (columns > 0 && rows > left(c) / columns) return fail_cut(c, where);
    const size_t count = rows * columns;
    *marks = ent_new(c->arena, unsigned char, count);
    if (*marks == NULL) return fail_memory(c);
    ENT_TRY(get_bytes(c, *marks, count, where));
    for (size_t m = 0; m < count; m++)
        if ((*marks)[m] > 1)
            return ent_fail(c->err, ENT_BAD_INPUT,
                            "flat world: %d among the %s, where 0 or 1 must stand; make it again", (*marks)[m], where);
    return ENT_OK;
}

static ent_status get_groups(cursor *c, ent_groups *groups, ptrdiff_t of, const char *where)
{
    ENT_TRY(get_names(c, &groups->names, where));
    groups->of = of;
    return get_marks(c, (size_t)groups->names.count, (size_t)of, &groups->member, where);
}

static ent_status get_opening(cursor *c, size_t size, ent_table *table, uint32_t *there)
{
    char mark[sizeof magic];
    uint32_t order = 0, version = 0, year = 0, accounts = 0;
    uint64_t whole = 0;
    if (left(c) < sizeof mark || memcmp(c->at, magic, sizeof magic) != 0)
        return ent_fail(c->err, ENT_BAD_INPUT,
                        "flat world: these bytes are something else (they don't begin with \"entworld\")");
    ENT_TRY(get_bytes(c, mark, sizeof mark, "opening"));
    ENT_TRY(get_number(c, &order, "opening"));
    ENT_TRY(get_number(c, &version, "opening"));
    ENT_TRY(get_bytes(c, &whole, sizeof whole, "opening"));
    if (order != ORDER_MARK)
        return ent_fail(c->err, ENT_BAD_INPUT,
                        "flat world: made for a machine with another order of bytes; make it on this one");
    if (version != VERSION)
        return ent_fail(c->err, ENT_BAD_INPUT,
                        "flat world: of version %u, and this library reads version %d; make it again", version,
                        VERSION);
    if (whole != size)
        return ent_fail(c->err, ENT_BAD_INPUT, "flat world: %zu bytes are here of the %llu that it says; make it again",
                        size, (unsigned long long)whole);
    ENT_TRY(get_number(c, &year, "opening"));
    ENT_TRY(get_number(c, &accounts, "opening"));
    ENT_TRY(get_number(c, there, "opening"));
    table->year = (int)year;
    if (accounts > ENT_DUTIES_IN_TAXES)
        return ent_fail(c->err, ENT_BAD_INPUT, "flat world: books its duties in way %u, which is none; make it again",
                        accounts);
    table->duty_accounts = (ent_duty_accounts)accounts;
    return ENT_OK;
}

static ent_status get_labels(cursor *c, ent_table *table)
{
    for (ptrdiff_t s = 0; s < ent_table_strings_count; s++) {
        const char *text;
        ENT_TRY(get_string(c, &text, ent_table_strings[s].name));
        ent_string_set(table, &ent_table_strings[s], text);
    }
    ENT_TRY(get_names(c, &table->regions, "regions"));
    ENT_TRY(get_names(c, &table->sectors, "sectors"));
    ENT_TRY(get_names(c, &table->uses, "uses"));
    ENT_TRY(get_names(c, &table->factors, "factors"));
    const ptrdiff_t R = table->regions.count, J = table->sectors.count;
    table->members = ent_new(c->arena, const char *, R);
    if (table->members == NULL) return fail_memory(c);
    for (ptrdiff_t n = 0; n < R; n++) ENT_TRY(get_string(c, &table->members[n], "members of the regions"));
    ENT_TRY(get_marks(c, (size_t)J, 1, &table->is_good, "marks of goods"));
    ENT_TRY(get_groups(c, &table->region_groups, R, "groups of regions"));
    return get_groups(c, &table->sector_groups, J, "groups of sectors");
}

/* The arrays must fill the rest exactly, so that their memory is known to be no more than the input's. */
static ent_status get_arrays(cursor *c, size_t padding, uint32_t there, ent_table *table)
{
    if (left(c) < padding) return fail_cut(c, "groups of sectors");
    c->at += padding;
    for (ptrdiff_t a = 0; a < ent_table_arrays_count; a++) {
        const ent_table_array *array = &ent_table_arrays[a];
        if (array->optional && (there & 1u << a) == 0) continue;
        const ptrdiff_t cells = ent_array_cells(table, array);
        if (cells < 0 || (size_t)cells > left(c) / sizeof(double)) return fail_cut(c, array->name);
        double *data = ent_new(c->arena, double, cells);
        if (data == NULL) return fail_memory(c);
        ENT_TRY(get_bytes(c, data, (size_t)cells * sizeof(double), array->name));
        ent_array_set(table, array, data);
    }
    if (left(c) > 0)
        return ent_fail(c->err, ENT_BAD_INPUT, "flat world: %zu bytes too many at the end; make it again", left(c));
    return ENT_OK;
}

ent_status ent_flat_read(ent_bytes flat, ent_arena *arena, ent_table *table, ent_error *err)
{
    *table = (ent_table){0};
    cursor c = {flat.data, flat.data + flat.size, arena, err};
    uint32_t there = 0;
    ENT_TRY(get_opening(&c, flat.size, table, &there));
    ENT_TRY(get_labels(&c, table));
    const size_t past = (size_t)(c.at - flat.data) % sizeof(double);
    ENT_TRY(get_arrays(&c, past == 0 ? 0 : sizeof(double) - past, there, table));
    return ent_table_make(table, arena, err); /* the standard groups, where they are missing */
}
