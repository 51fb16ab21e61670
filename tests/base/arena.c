/* arena.c: memory comes aligned, apart, bounded by a limit, and goes back whole. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(takes_are_aligned_and_apart, "")
{
    ENT_SCRATCH arena = {0};
    char *last = NULL;
    for (size_t size = 0; size < 3000; size += 7) {
        char *here = ent_arena_take(&arena, size, 1);
        CHECK(here != NULL && (uintptr_t)here % 16 == 0);
        if (here == NULL) return;
        memset(here, 0x55, size);
        if (last != NULL && size >= 7) CHECK(last[0] == 0x55);
        if (size > 0) last = here;
    }
    for (int n = 0; n < 20; n++) CHECK((uintptr_t)ent_arena_take(&arena, 20000 + (size_t)n, 1) % 64 == 0);
}

TEST(zeroed_memory_is_zero_also_where_it_was_used_before, "")
{
    ENT_SCRATCH arena = {0};
    char *dirty = ent_new(&arena, char, 40000);
    CHECK(dirty != NULL);
    if (dirty != NULL) memset(dirty, 0xAA, 40000);
    ent_arena_close(&arena);
    for (size_t size = 10; size <= 40000; size += 39990) {
        const char *clean = ent_new0(&arena, char, size);
        CHECK(clean != NULL);
        for (size_t b = 0; clean != NULL && b < size; b++)
            if (clean[b] != 0) {
                CHECK(clean[b] == 0);
                break;
            }
    }
}

TEST(a_product_that_overflows_is_refused, "")
{
    ENT_SCRATCH arena = {0};
    CHECK(ent_arena_take(&arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(ent_arena_take(&arena, SIZE_MAX, 1) == NULL);
    CHECK(ent_arena_take(&arena, (size_t)-5, sizeof(double)) == NULL); /* a negative count */
    CHECK(ent_arena_take(&arena, 10, 10) != NULL);
}

TEST(the_limit_holds_whatever_is_asked, "")
{
    ENT_SCRATCH arena = {.limit = 300000};
    int given = 0;
    while (given < 1000 && ent_arena_take(&arena, 10000, 1) != NULL) given++;
    CHECK(given >= 20 && given <= 30);
    CHECK(arena.bytes <= arena.limit);
    CHECK(ent_arena_take(&arena, 250000, 1) == NULL);
    arena.limit = arena.bytes - 1; /* lowered below what is taken already: no more, and no wrap round zero */
    CHECK(ent_arena_take(&arena, 100000, 1) == NULL);
    ent_arena_close(&arena);
    CHECK(arena.bytes == 0 && arena.chunks == NULL);
}

TEST(an_arena_that_has_failed_still_serves_what_it_has, "")
{
    ENT_SCRATCH arena = {0};
    char *first = ent_new(&arena, char, 100);
    test_fail_allocation(1);
    CHECK(ent_new(&arena, char, 1000000) == NULL);
    CHECK(ent_new(&arena, char, 100) != NULL); /* from the chunk that is there */
    test_fail_allocation(0);
    CHECK(first != NULL && ent_new(&arena, char, 1000000) != NULL);
}

TEST(strings_are_copied_whole, "")
{
    ENT_SCRATCH arena = {0};
    CHECK_TEXT(ent_string_copy(&arena, ""), "");
    CHECK_TEXT(ent_string_copy(&arena, "Türkiye"), "Türkiye");
    CHECK_TEXT(ent_string_copy_n(&arena, "abcdef", 3), "abc");
    CHECK_TEXT(ent_string_format(&arena, "%s-%d", "x", 7), "x-7");
    char wide[5000];
    memset(wide, 'w', sizeof wide - 1);
    wide[sizeof wide - 1] = 0;
    CHECK_TEXT(ent_string_format(&arena, "%s", wide), wide);
}

/* What is taken after emptying is where memory was before: nothing more is asked of the system. */
TEST(an_emptied_arena_serves_from_what_it_had, "")
{
    ENT_SCRATCH arena = {0};
    size_t had = 0;
    for (int again = 0; again < 3; again++) {
        char *small = ent_new(&arena, char, 100), *large = ent_new(&arena, char, 50000);
        char *larger = ent_new(&arena, char, 300000);
        CHECK(small != NULL && large != NULL && larger != NULL);
        if (small == NULL || large == NULL || larger == NULL) return;
        memset(small, again, 100);
        memset(large, again + 1, 50000);
        memset(larger, again + 2, 300000);
        CHECK(small[99] == again && large[0] == again + 1 && large[49999] == again + 1);
        if (again == 0) had = arena.bytes;
        CHECK(arena.bytes == had);
        ent_arena_empty(&arena);
    }
    ent_arena_close(&arena);
    CHECK(arena.bytes == 0);
}
