/* wrong.h: a small valid world as files, and one mistake at a time with the sentence that it must cause. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

typedef struct {
    const char *name, *content;
} small_file;

/* In file `name` the first `old` becomes `with`; "" as old: `with` is the whole content; NULL as with: no such file.
 * The folder of the files is left out of the sentence. */
typedef struct {
    const char *name, *old, *with, *sentence;
} one_mistake;

typedef struct {
    ent_layout layout;
    const char *folder;     /* where the files go, below the temporary folder; may be "a/b" */
    const small_file *file; /* [files]; a name may start with ../ */
    ptrdiff_t files;
    int is_folder; /* the layout takes the folder, not its first file */
    int balance;
} small_world;

/* Write the files and import them. */
ent_status small_world_import(const small_world *world, ent_arena *arena, ent_table *table, ent_error *err);

/* The valid world is accepted; each mistake is refused with its sentence. */
void check_mistakes(const char *file, int line, const small_world *world, const one_mistake *mistake, ptrdiff_t count);
#define CHECK_MISTAKES(world, mistakes)                                                                                \
    check_mistakes(__FILE__, __LINE__, (world), (mistakes), sizeof(mistakes) / sizeof *(mistakes))

/* Cut one of the files at every byte: refused, or accepted as the same world (a last line without its end). No length
 * in between may crash. `least`: how many cuts must be refused. */
void check_cuts(const char *file, int line, const small_world *world, const char *name, ptrdiff_t least);

/* The import gives ENT_NO_MEMORY at each allocation that fails, until it succeeds. */
void check_allocations(const char *file, int line, const small_world *world);
