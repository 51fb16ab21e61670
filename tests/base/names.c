/* names.c: codes are found again, are distinct, and a mistyped one is guessed. */
// SPDX-License-Identifier: MIT
#include "test.h"
#include <stdlib.h>

TEST(every_name_is_found_at_its_place, "")
{
    ENT_SCRATCH arena = {0};
    ent_names names = {0};
    char code[32];
    CHECK(ent_names_find(&names, "R0") == -1);
    for (int n = 0; n < 5000; n++) {
        ptrdiff_t index = -1;
        snprintf(code, sizeof code, "R%d", n);
        CHECK(ent_names_add(&names, &arena, code, NULL, &index) == ENT_OK && index == n);
    }
    for (int n = 0; n < 5000; n++) {
        snprintf(code, sizeof code, "R%d", n);
        CHECK(ent_names_find(&names, code) == n);
    }
    CHECK(names.count == 5000);
    CHECK(ent_names_find(&names, "R5000") == -1);
    CHECK(ent_names_find(&names, "r1") == -1); /* case matters */
    CHECK(ent_names_find(&names, "") == -1);
}

TEST(a_name_is_there_once, "")
{
    ENT_SCRATCH arena = {0};
    ent_names names = {0};
    CHECK(ent_names_add(&names, &arena, "NA", "Namibia", NULL) == ENT_OK);
    CHECK(ent_names_add(&names, &arena, "NA", "another", NULL) == ENT_BAD_INPUT);
    CHECK(names.count == 1);
    CHECK_TEXT(names.label[0], "Namibia");
    CHECK(ent_names_add(&names, &arena, "", "", NULL) == ENT_OK); /* the empty name is a name */
    CHECK(ent_names_find(&names, "") == 1);
    CHECK_TEXT(names.label[1], "");
}

TEST(part_of_a_line_can_be_looked_up, "")
{
    ENT_SCRATCH arena = {0};
    ent_names names = {0};
    ent_names_add(&names, &arena, "CHN", NULL, NULL);
    ent_names_add(&names, &arena, "CH", NULL, NULL);
    CHECK(ent_names_find_n(&names, "CHN,USA", 3) == 0);
    CHECK(ent_names_find_n(&names, "CHN,USA", 2) == 1);
    CHECK(ent_names_find_n(&names, "CHN,USA", 4) == -1);
    CHECK(ent_names_find_n(&names, "CHN,USA", 1) == -1);
    /* a zero byte inside a word of a file must neither match nor lead past the stored name's end */
    for (size_t length = 0; length < 60; length++) {
        char *word = calloc(length + 1, 1);
        if (word == NULL) return;
        memcpy(word, "CH", length < 2 ? length : 2);
        CHECK(ent_names_find_n(&names, word, length) == (length == 2 ? 1 : -1));
        free(word);
    }
}

TEST(the_nearest_name_is_guessed_and_nonsense_is_not, "")
{
    ENT_SCRATCH arena = {0};
    ent_names names = {0};
    ent_names_add(&names, &arena, "sourcing", NULL, NULL);
    ent_names_add(&names, &arena, "closure", NULL, NULL);
    ent_names_add(&names, &arena, "DEU", "Germany", NULL);
    CHECK_TEXT(ent_names_nearest(&names, "sourcng"), "sourcing");
    CHECK_TEXT(ent_names_nearest(&names, "SOURCING"), "sourcing");
    CHECK_TEXT(ent_names_nearest(&names, "clsoure"), "closure"); /* neighbours swapped */
    CHECK_TEXT(ent_names_nearest(&names, "germany"), "DEU");     /* by its label */
    CHECK_TEXT(ent_names_nearest(&names, "DUE"), "DEU");
    CHECK(ent_names_nearest(&names, "xylophone") == NULL);
    CHECK(ent_names_nearest(&names, "") == NULL);
    CHECK(ent_names_nearest(&(ent_names){0}, "DEU") == NULL);
}

TEST(very_long_words_are_compared_by_their_beginnings, "")
{
    ENT_SCRATCH arena = {0};
    ent_names names = {0};
    char word[300];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = 0;
    ent_names_add(&names, &arena, word, NULL, NULL);
    word[298] = 'b';
    CHECK(ent_names_nearest(&names, word) == names.code[0]);
    CHECK(ent_names_find(&names, word) == -1);
}

TEST(names_survive_the_loss_of_memory, "")
{
    for (long nth = 1;; nth++) {
        ENT_SCRATCH arena = {0};
        ent_names names = {0};
        char code[32];
        ent_status status = ENT_OK;
        test_fail_allocation(nth);
        int added = 0;
        for (; added < 3000 && status == ENT_OK; added += status == ENT_OK) {
            snprintf(code, sizeof code, "region-%d", added);
            status = ent_names_add(&names, &arena, code, "its label", NULL);
        }
        test_fail_allocation(0);
        CHECK(names.count == added);
        for (int n = 0; n < added; n++) {
            snprintf(code, sizeof code, "region-%d", n);
            CHECK(ent_names_find(&names, code) == n);
        }
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY);
    }
}
