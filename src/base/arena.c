/* arena.c: memory that is given back all at once.
 *
 * An arena is a list of malloc'd chunks, newest first. Small takes share a chunk of 64 KiB; a take larger than a
 * quarter of that gets a chunk of its own, so that big arrays keep their own edges (sanitizers) and cost no slack.
 * Everything is aligned to 64 bytes when large (one cache line, one AVX-512 register) and to 16 when small. */
// SPDX-License-Identifier: MIT
#include "entente/base.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 1 << 16,
    LARGE_BYTES = CHUNK_BYTES / 4,
    LARGE_ALIGN = 64,
    SMALL_ALIGN = 16
};

struct ent_chunk {
    ent_chunk *older;
    char *start, *next, *end;
};

/* A chunk that was emptied, if one is of about this size. */
static ent_chunk *chunk_again(ent_arena *arena, size_t bytes)
{
    for (ent_chunk **at = &arena->spare; *at != NULL; at = &(*at)->older) {
        ent_chunk *chunk = *at;
        const size_t room = (size_t)(chunk->end - chunk->start);
        if (room < bytes || room / 2 > bytes) continue;
        *at = chunk->older;
        chunk->next = chunk->start;
        return chunk;
    }
    return NULL;
}

static ent_chunk *chunk_add(ent_arena *arena, size_t bytes)
{
    ent_chunk *again = chunk_again(arena, bytes);
    if (again != NULL) return again;
    const size_t whole = sizeof(ent_chunk) + LARGE_ALIGN + bytes;
    if (whole < bytes) return NULL;
    if (arena->limit != 0 && (arena->bytes > arena->limit || whole > arena->limit - arena->bytes)) return NULL;
    ent_chunk *chunk = malloc(whole);
    if (chunk == NULL) return NULL;
    chunk->next = (char *)(chunk + 1);
    chunk->next += (LARGE_ALIGN - (uintptr_t)chunk->next % LARGE_ALIGN) % LARGE_ALIGN;
    chunk->start = chunk->next;
    chunk->end = chunk->next + bytes;
    arena->bytes += whole;
    return chunk;
}

void *ent_arena_take(ent_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX / 4) / size) return NULL;
    const size_t bytes = (count * size + SMALL_ALIGN - 1) / SMALL_ALIGN * SMALL_ALIGN;
    if (bytes > LARGE_BYTES) {
        ent_chunk *own = chunk_add(arena, bytes);
        if (own == NULL) return NULL;
        char *start = own->next;
        own->next = own->end;
        if (arena->chunks != NULL) { /* behind the head, which still has room for small things */
            own->older = arena->chunks->older;
            arena->chunks->older = own;
        } else {
            own->older = NULL;
            arena->chunks = own;
        }
        return start;
    }
    ent_chunk *head = arena->chunks;
    if (head == NULL || (size_t)(head->end - head->next) < bytes) {
        head = chunk_add(arena, CHUNK_BYTES);
        if (head == NULL) return NULL;
        head->older = arena->chunks;
        arena->chunks = head;
    }
    char *start = head->next;
    head->next += bytes;
    return start;
}

void *ent_arena_take_zeroed(ent_arena *arena, size_t count, size_t size)
{
    void *start = ent_arena_take(arena, count, size);
    if (start != NULL && count * size > 0) memset(start, 0, count * size);
    return start;
}

void ent_arena_empty(ent_arena *arena)
{
    while (arena->chunks != NULL) {
        ent_chunk *chunk = arena->chunks;
        arena->chunks = chunk->older;
        chunk->older = arena->spare;
        arena->spare = chunk;
    }
}

void ent_arena_close(ent_arena *arena)
{
    ent_arena_empty(arena);
    while (arena->spare != NULL) {
        ent_chunk *older = arena->spare->older;
        free(arena->spare);
        arena->spare = older;
    }
    arena->bytes = 0;
}

char *ent_string_copy_n(ent_arena *arena, const char *text, size_t length)
{
    char *copy = ent_new(arena, char, length + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

char *ent_string_copy(ent_arena *arena, const char *text)
{
    return ent_string_copy_n(arena, text, strlen(text));
}

char *ent_string_format(ent_arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (length < 0) return NULL;
    char *text = ent_new(arena, char, (size_t)length + 1);
    if (text == NULL) return NULL;
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return text;
}
