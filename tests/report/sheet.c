/* sheet.c: cells keep their width whatever letters stand in them. */
// SPDX-License-Identifier: MIT
#include "report/sheet.h"
#include "test.h"

TEST(cells_count_characters_not_bytes, "report")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_sheet sheet = {&text, 0};
    ent_sheet_left(&sheet, ENT_INK_PLAIN, "Türkiye", 10);
    ent_sheet_right(&sheet, ENT_INK_PLAIN, "Côte d’Ivoire", 8);
    ent_sheet_end(&sheet);
    CHECK_TEXT(text.data, "Türkiye   Côte d’…\n");
}

TEST(labels_cannot_send_codes_to_the_terminal, "report")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_sheet sheet = {&text, 0};
    ent_sheet_left(&sheet, ENT_INK_BOLD, "a\033[2Jb\a", 8);
    ent_sheet_end(&sheet);
    CHECK_TEXT(text.data, "a [2Jb\n");
}

TEST(colour_marks_gains_and_losses_only_if_asked, "report")
{
    ENT_SCRATCH scratch = {0};
    ent_text plain = {.arena = &scratch}, inked = {.arena = &scratch};
    ent_sheet_change(&(ent_sheet){&plain, 0}, -1.5, 1, 6);
    ent_sheet_change(&(ent_sheet){&inked, 1}, -1.5, 1, 6);
    CHECK_TEXT(plain.data, "  -1.5");
    CHECK_TEXT(inked.data, "  \033[31m-1.5\033[0m");
}

TEST(words_wrap_at_blanks_within_the_columns, "report")
{
    ENT_SCRATCH scratch = {0};
    ent_text text = {.arena = &scratch};
    ent_sheet sheet = {&text, 0};
    ent_sheet_wrap(&sheet, ENT_INK_PLAIN,
                   "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                   "seventeen eighteen",
                   5);
    CHECK_TEXT(text.data, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n"
                          "     sixteen seventeen eighteen\n");
    char cell[100];
    CHECK_TEXT(ent_sheet_broken("2 Decoupling of two blocs", 14, 2, 0, cell), "2 Decoupling");
    CHECK_TEXT(ent_sheet_broken("2 Decoupling of two blocs", 14, 2, 1, cell), "of two blocs");
    CHECK_TEXT(ent_sheet_broken("2 Decoupling of two blocs and more", 14, 2, 1, cell), "of two blocs …");
}
