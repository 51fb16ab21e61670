/* wrong.c: see wrong.h. */
// SPDX-License-Identifier: MIT
#include "wrong.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void place_of(const small_world *world, const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s/%s", test_temporary_folder(), world->folder, name);
}

static void write_content(const small_world *world, const char *name, const char *data, size_t size)
{
    char path[512];
    place_of(world, name, path);
    if (data == NULL) {
        unlink(path);
        return;
    }
    FILE *file = fopen(path, "wb"); /* not ent_bytes_write, which waits for the disk each time */
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        test_fail(__FILE__, __LINE__, "%s cannot be written", path);
}

static void write_all(const small_world *world)
{
    char folder[512];
    ent_error err = {{0}};
    snprintf(folder, sizeof folder, "%s/%s", test_temporary_folder(), world->folder);
    if (ent_folder_make(folder, &err) != ENT_OK) test_fail(__FILE__, __LINE__, "%s", err.text);
    for (ptrdiff_t f = 0; f < world->files; f++)
        write_content(world, world->file[f].name, world->file[f].content, strlen(world->file[f].content));
}

static ent_status import_written(const small_world *world, ent_arena *arena, ent_table *table, ent_error *err)
{
    char path[512];
    place_of(world, world->is_folder ? "" : world->file[0].name, path);
    if (world->is_folder) path[strlen(path) - 1] = 0;
    const char *const paths[1] = {path};
    const ent_import ask = {.layout = world->layout, .paths = paths, .path_count = 1, .balance = world->balance};
    return ent_table_import(&ask, arena, table, err);
}

ent_status small_world_import(const small_world *world, ent_arena *arena, ent_table *table, ent_error *err)
{
    write_all(world);
    return import_written(world, arena, table, err);
}

/* The sentence without the folder, which is another one in every run. */
static void leave_out_folder(char *text)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%s/", test_temporary_folder());
    for (char *at; (at = strstr(text, folder)) != NULL;)
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
}

static const char *content_of(const small_world *world, const char *name)
{
    for (ptrdiff_t f = 0; f < world->files; f++)
        if (strcmp(world->file[f].name, name) == 0) return world->file[f].content;
    return "";
}

static char *spoil(const small_world *world, const one_mistake *m, ent_arena *arena)
{
    const char *content = content_of(world, m->name);
    const char *at = *m->old == 0 ? content : strstr(content, m->old);
    if (*m->old == 0 || at == NULL) return ent_string_copy(arena, at == NULL ? content : m->with);
    return ent_string_format(arena, "%.*s%s%s", (int)(at - content), content, m->with, at + strlen(m->old));
}

static void check_mistake(const char *file, int line, const small_world *world, const one_mistake *m)
{
    ENT_SCRATCH scratch = {0};
    ent_table table;
    ent_error err = {{0}};
    char *spoiled = m->with == NULL ? NULL : spoil(world, m, &scratch);
    if (spoiled != NULL && strcmp(spoiled, content_of(world, m->name)) == 0)
        test_fail(file, line, "'%s' is not in %s", m->old, m->name);
    write_content(world, m->name, spoiled, spoiled == NULL ? 0 : strlen(spoiled));
    const ent_status status = import_written(world, &scratch, &table, &err);
    write_content(world, m->name, content_of(world, m->name), strlen(content_of(world, m->name)));
    leave_out_folder(err.text);
    if (status == ENT_OK)
        test_fail(file, line, "'%s' for '%s' in %s was accepted", m->with == NULL ? "nothing" : m->with, m->old,
                  m->name);
    else if (status != ENT_BAD_INPUT || strcmp(err.text, m->sentence) != 0)
        test_fail(file, line, "'%s' for '%s' in %s says\n    %s\n  not\n    %s", m->with == NULL ? "nothing" : m->with,
                  m->old, m->name, err.text, m->sentence);
}

void check_mistakes(const char *file, int line, const small_world *world, const one_mistake *mistake, ptrdiff_t count)
{
    ENT_SCRATCH scratch = {0};
    ent_table table;
    ent_error err = {{0}};
    if (count < 20) test_fail(file, line, "only %td wrong files; twenty are wanted", count);
    if (small_world_import(world, &scratch, &table, &err) != ENT_OK)
        test_fail(file, line, "the valid world is refused: %s", err.text);
    for (ptrdiff_t m = 0; m < count; m++) check_mistake(file, line, world, &mistake[m]);
}

void check_cuts(const char *file, int line, const small_world *world, const char *name, ptrdiff_t least)
{
    const char *content = content_of(world, name);
    ptrdiff_t refused = 0;
    write_all(world);
    for (size_t size = 0; size < strlen(content); size++) {
        ENT_SCRATCH scratch = {0};
        ent_table table;
        ent_error err = {{0}};
        write_content(world, name, content, size);
        const ent_status status = import_written(world, &scratch, &table, &err);
        refused += status == ENT_BAD_INPUT && err.text[0] != 0;
        if (status != ENT_OK && status != ENT_BAD_INPUT)
            test_fail(file, line, "%s cut at %zu: %s", name, size, ent_status_words(status));
    }
    write_all(world);
    if (refused < least) test_fail(file, line, "%s: only %td cuts were refused, not %td", name, refused, least);
}

void check_allocations(const char *file, int line, const small_world *world)
{
    write_all(world);
    for (long nth = 1; nth < 2000; nth++) {
        ENT_SCRATCH scratch = {0};
        ent_table table;
        ent_error err = {{0}};
        test_fail_allocation(nth);
        const ent_status status = import_written(world, &scratch, &table, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) return;
        if (status != ENT_NO_MEMORY || err.text[0] == 0)
            test_fail(file, line, "allocation %ld refused: %s: %s", nth, ent_status_words(status), err.text);
    }
    test_fail(file, line, "two thousand allocations were not enough");
}
