/* mapping.c: a mapping file, CSV `from,to` and perhaps `label`: which region (sector) becomes part of which. */
// SPDX-License-Identifier: MIT
#include "table/readers.h"
#include "text/records.h"
#include <string.h>

static ent_status no_memory(const ent_source *source, ent_error *err)
{
    return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", source->path);
}

/* The first label given for a name stays; another one is a mistake. An empty one says nothing. */
static ent_status take_label(const ent_records *r, ptrdiff_t column, ent_names *to, ptrdiff_t at, ent_arena *arena,
                             ent_error *err)
{
    const ent_field *field = &r->field[column];
    if (field->length == 0 || ent_field_is(field, to->label[at])) return ENT_OK;
    if (to->label[at] != to->code[at])
        return ent_field_fail(&r->csv, field, err, "'%s' is called '%s' here, but '%.40s' further up", to->code[at],
                              ent_field_show(field).text, to->label[at]);
    to->label[at] = ent_string_copy_n(arena, field->text, field->length);
    return to->label[at] == NULL ? ent_fail(err, ENT_NO_MEMORY, "%s: no memory to read it", r->csv.path) : ENT_OK;
}

static ent_status check_complete(const ent_source *source, const ent_names *names, const ptrdiff_t *map, ent_error *err)
{
    ptrdiff_t missing = 0, first = -1;
    for (ptrdiff_t n = names->count - 1; n >= 0; n--)
        if (map[n] < 0) {
            missing++;
            first = n;
        }
    if (missing == 0) return ENT_OK;
    if (missing == 1)
        return ent_fail(err, ENT_BAD_INPUT, "%s: does not say where '%s' goes", source->path, names->code[first]);
    return ent_fail(err, ENT_BAD_INPUT, "%s: does not say where '%s' and %td more go", source->path, names->code[first],
                    missing - 1);
}

ent_status ent_mapping_parse(const ent_source *source, const ent_names *names, ent_arena *arena, ptrdiff_t **map,
                             ent_names *to, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_records r;
    ptrdiff_t from_column, to_column, from, at;
    int found;
    *to = (ent_names){0};
    *map = ent_new(arena, ptrdiff_t, names->count);
    if (*map == NULL) return no_memory(source, err);
    for (ptrdiff_t n = 0; n < names->count; n++) (*map)[n] = -1;
    ENT_TRY(ent_records_open(&r, source->bytes, source->path, &scratch, err));
    ENT_TRY(ent_records_column(&r, "from", &from_column, err));
    ENT_TRY(ent_records_column(&r, "to", &to_column, err));
    const ptrdiff_t label = ent_names_find(&r.columns, "label");
    for (;;) {
        ENT_TRY(ent_records_next(&r, &found, err));
        if (!found) return check_complete(source, names, *map, err);
        ENT_TRY(ent_records_known(&r, from_column, names, "name of the table", &from, err));
        if ((*map)[from] >= 0) return ENT_RECORDS_FAIL(&r, from_column, err, "'%s' is mapped twice", names->code[from]);
        ENT_TRY(ent_records_name(&r, to_column, to, arena, &at, err));
        if (label >= 0) ENT_TRY(take_label(&r, label, to, at, arena, err));
        (*map)[from] = at;
    }
}

ent_status ent_mapping_read(const char *path, const ent_names *names, ent_arena *arena, ptrdiff_t **map, ent_names *to,
                            ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_source source = {.path = path};
    ENT_TRY(ent_bytes_read(path, 0, &scratch, &source.bytes, err));
    return ent_mapping_parse(&source, names, arena, map, to, err);
}
