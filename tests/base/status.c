/* status.c: a failure keeps its sentence. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(a_failure_gives_its_status_and_its_sentence, "")
{
    ent_error err = {0};
    CHECK(ent_fail(&err, ENT_BAD_INPUT, "%s:%d: %s", "a.csv", 3, "no number") == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a.csv:3: no number");
    CHECK(ent_fail(NULL, ENT_NO_MEMORY, "nobody listens") == ENT_NO_MEMORY);
}

TEST(a_sentence_may_stand_on_the_one_before, "")
{
    ent_error err = {0};
    ent_fail(&err, ENT_BAD_INPUT, "line 3: no number");
    ent_fail(&err, ENT_BAD_INPUT, "a.csv: %s", err.text);
    CHECK_TEXT(err.text, "a.csv: line 3: no number");
}

TEST(a_sentence_too_long_ends_in_dots_at_a_whole_character, "")
{
    ent_error err = {0};
    for (size_t lead = 0; lead < 4; lead++) {
        char wide[3000] = "xxxx";
        for (size_t c = lead; c + 2 < sizeof wide; c += 2) memcpy(wide + c, "é", 3);
        ent_fail(&err, ENT_BAD_INPUT, "%s", wide);
        const size_t length = strlen(err.text);
        CHECK(length < sizeof err.text && length > sizeof err.text - 8);
        CHECK_TEXT(err.text + length - 3, "…");
        CHECK(memcmp(err.text + length - 5, "é", 2) == 0);
    }
}

TEST(every_status_has_words, "")
{
    CHECK_TEXT(ent_status_words(ENT_OK), "fine");
    CHECK_TEXT(ent_status_words(ENT_NOT_CONVERGED), "the residuals are larger than the tolerance");
    CHECK_TEXT(ent_status_words((ent_status)99), "an unknown status");
}
