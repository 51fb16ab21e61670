/* text.c: text grows, keeps every byte, and remembers that memory was out. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(text_keeps_every_byte_however_it_grows, "")
{
    ENT_SCRATCH arena = {0};
    ent_text text = {.arena = &arena};
    for (int n = 0; n < 20000; n++) ent_text_say(&text, "%d,", n % 10);
    CHECK(!text.failed && text.size == 40000 && text.data[40000] == 0);
    for (size_t c = 0; c < text.size; c++)
        if (text.data[c] != (c % 2 == 1 ? ',' : (char)('0' + c / 2 % 10))) {
            CHECK(text.data[c] == ',');
            break;
        }
    ent_text_add(&text, "a\0b", 3); /* zero bytes are bytes */
    CHECK(text.size == 40003 && memcmp(text.data + 40000, "a\0b", 4) == 0);
}

TEST(an_addition_of_nothing_still_ends_the_text, "")
{
    ENT_SCRATCH arena = {0};
    ent_text text = {.arena = &arena};
    ent_text_add(&text, "", 0);
    ent_text_add(&text, NULL, 0); /* such as an empty text that took no memory */
    CHECK(text.data != NULL && text.size == 0);
    if (text.data != NULL) CHECK_TEXT(text.data, "");
}

TEST(text_without_memory_says_so_and_stays_so, "")
{
    ENT_SCRATCH arena = {0};
    ent_text text = {.arena = &arena};
    test_fail_allocation(1);
    ent_text_say(&text, "lost");
    test_fail_allocation(0);
    CHECK(text.failed);
    ent_text_say(&text, "also lost"); /* half a text must not look whole */
    CHECK(text.failed && text.size == 0);
}
