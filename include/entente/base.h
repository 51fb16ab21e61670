/* base.h: what every room stands on: statuses, errors, memory, names, bytes of files, threads.
 * Knows no meaning of any number. */
// SPDX-License-Identifier: MIT
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#define ENT_VERSION "0.1.0"

/* ---- statuses: three kinds of no (the input is wrong; there is no answer; it was not reached), and no memory ---- */
#define ENT_STATUS_LIST(X)                                                                                             \
    X(OK, "fine")                                                                                                      \
    X(BAD_INPUT, "the input is wrong")                                                                                 \
    X(NO_MEMORY, "out of memory")                                                                                      \
    X(NO_EQUILIBRIUM, "the scenario leaves a node without an input it needs")                                          \
    X(NOT_CONVERGED, "the residuals are larger than the tolerance")

typedef enum {
#define ENT_STATUS_NAME(name, words) ENT_##name,
    ENT_STATUS_LIST(ENT_STATUS_NAME)
#undef ENT_STATUS_NAME
} ent_status;

const char *ent_status_words(ent_status status);

#define ENT_TRY(call)                                                                                                  \
    do {                                                                                                               \
        const ent_status s_ = (call);                                                                                  \
        if (s_ != ENT_OK) return s_;                                                                                   \
    } while (0)

/* One whole sentence: what, where, by name, and what would mend it. Empty while all is well. */
typedef struct {
    char text[1024];
} ent_error;

/* Write the sentence (printf form) into err, which may be NULL, and return status: `return ent_fail(err, ...)`. */
ent_status ent_fail(ent_error *err, ent_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

#ifdef __clang_analyzer__ /* which cannot see into status.c, and must not think that a failure is fine */
#define ent_fail(err, status, ...) ((void)(ent_fail)((err), (status), __VA_ARGS__), (status))
#endif

/* ---- memory ----
 * Whoever asks for a thing gives the arena it shall live in; closing the arena is the whole clean-up. An arena grows by
 * chunks from malloc. Working space is a local arena declared with ENT_SCRATCH: it is closed on every way out of its
 * block, so an early return leaks nothing. (Chunks, not one reserved range passed by value: the sanitizers then see the
 * edges of every large array, and a 32-bit or ulimited machine works too.)
 *
 * An arena belongs to one thread at a time. */
typedef struct ent_chunk ent_chunk;
typedef struct {
    ent_chunk *chunks; /* newest first; NULL in an empty arena, so {0} is a ready one */
    ent_chunk *spare;  /* emptied, for what is taken next */
    size_t bytes;      /* all that was taken from malloc, for reports and memory bounds */
    size_t limit;      /* refuse to grow past this many bytes; 0 = no limit */
} ent_arena;

void *ent_arena_take(ent_arena *arena, size_t count, size_t size); /* uninitialised; NULL: no memory or overflow */
void *ent_arena_take_zeroed(ent_arena *arena, size_t count, size_t size);
void ent_arena_close(ent_arena *arena); /* gives everything back; the arena is empty and usable afterwards */
void ent_arena_empty(ent_arena *arena); /* the same, but the memory stays for what is taken next */

#define ENT_SCRATCH                  __attribute__((cleanup(ent_arena_close))) ent_arena
#define ent_new(arena, type, count)  ((type *)ent_arena_take((arena), (size_t)(count), sizeof(type)))
#define ent_new0(arena, type, count) ((type *)ent_arena_take_zeroed((arena), (size_t)(count), sizeof(type)))

/* Copies that live in the arena; NULL where memory is out. */
char *ent_string_copy(ent_arena *arena, const char *text);
char *ent_string_copy_n(ent_arena *arena, const char *text, size_t length);
char *ent_string_format(ent_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- names: an ordered list of distinct codes with labels, found by hash ---- */
typedef struct {
    ptrdiff_t count;
    const char **code;  /* [count] such as "USA" */
    const char **label; /* [count] such as "United States"; never NULL, the code where there is no other */
    ptrdiff_t room;     /* private: capacity */
    int32_t *slot;      /* private: hash table, [slots] of index or -1 */
    ptrdiff_t slots;
} ent_names;

/* Append a name; label may be NULL. *index is its place. ENT_BAD_INPUT without a sentence where the code is there
 * already (the caller knows the file and line). */
ent_status ent_names_add(ent_names *names, ent_arena *arena, const char *code, const char *label, ptrdiff_t *index);
ptrdiff_t ent_names_find(const ent_names *names, const char *code);                  /* -1: not there; case matters */
ptrdiff_t ent_names_find_n(const ent_names *names, const char *code, size_t length); /* the same for length bytes */
/* The nearest code or label by edit distance, letter case apart; NULL where nothing is near (more than half differs).
 */
const char *ent_names_nearest(const ent_names *names, const char *word);

/* ---- bytes of files ---- */
typedef struct {
    const char *data; /* [size + 1], data[size] == 0 for the convenience of readers */
    size_t size;
} ent_bytes;

/* Read a whole file; .gz and .zst are unpacked by their magic bytes, whatever the name says. limit bounds the unpacked
 * size (0: 16 GiB). ENT_BAD_INPUT with a sentence that names the path: not there, a folder, unreadable, cut, too large.
 */
ent_status ent_bytes_read(const char *path, size_t limit, ent_arena *arena, ent_bytes *bytes, ent_error *err);

/* Write a file whole or not at all: temporary file beside it, fsync, rename. Folders must exist. */
ent_status ent_bytes_write(const char *path, const char *data, size_t size, ent_error *err);

/* Make a folder and its parents; fine where it is there already. */
ent_status ent_folder_make(const char *path, ent_error *err);

/* folder/name, or name alone where folder is empty or name is absolute; the folder of a path ("" where it has none). */
char *ent_path_join(ent_arena *arena, const char *folder, const char *name);
char *ent_path_folder(ent_arena *arena, const char *path);

/* Growing text, in an arena. Once memory is out, `failed` is set and later calls do nothing: check it once, at the end.
 */
typedef struct {
    ent_arena *arena;
    char *data; /* [size + 1], always ends with 0 once something was added */
    size_t size, room;
    int failed;
} ent_text;

void ent_text_add(ent_text *text, const char *data, size_t size);
void ent_text_say(ent_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void ent_text_say_list(ent_text *text, const char *format, va_list list);

/* SHA-256 of bytes as 64 lower-case hexadecimal digits: the identity of a world in a manifest. */
void ent_hash_hex(const char *data, size_t size, char hex[65]);

double ent_seconds(void); /* monotonic clock */
