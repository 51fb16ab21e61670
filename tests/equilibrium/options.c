/* options.c: the ranges of options.def, and words for methods. */
// SPDX-License-Identifier: MIT
#include "test.h"

TEST(the_defaults_are_within_their_ranges, "options.def")
{
    ent_error err = {0};
    const ent_options options = ent_options_default();
    CHECK(ent_options_check(&options, &err) == ENT_OK);
    CHECK(options.tolerance == 1e-10 && options.threads == 1 && options.method == ENT_METHOD_AUTO);
    CHECK(options.progress == NULL);
}

TEST(options_outside_their_range_are_refused_by_name, "options.def")
{
    ent_error err = {0};
    ent_options options = ent_options_default();
    options.tolerance = 0.5;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "option tolerance is 0.5; it lies between 1e-14 and 0.001 (share of sales: largest residual "
                         "accepted, E3-E11)");
    options.tolerance = NAN;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    options = ent_options_default();
    options.depth = -1;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text,
               "option depth is -1; it lies between 0 and 64 (passes: memory of the accelerated fixed point)");
    options = ent_options_default();
    options.passes = 0;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    options = ent_options_default();
    options.steps = 1000000;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    options = ent_options_default();
    options.threads = 257;
    CHECK(ent_options_check(&options, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "option threads is 257; it lies between 1 and 256 (threads: threads of one solve; they do not "
                         "change a bit of the result)");
}

#define OPTION(type, name, preset, least, greatest, unit, meaning)                                                     \
    {                                                                                                                  \
        ent_options edge = ent_options_default();                                                                      \
        ent_error err = {0};                                                                                           \
        edge.name = (least);                                                                                           \
        CHECK(ent_options_check(&edge, &err) == ENT_OK);                                                               \
        edge.name = (greatest);                                                                                        \
        CHECK(ent_options_check(&edge, &err) == ENT_OK);                                                               \
    }
TEST(the_ends_of_every_range_are_within_it, "options.def"){
#include "entente/options.def"
}
#undef OPTION

TEST(methods_have_words, "5")
{
    CHECK_TEXT(ent_method_words(ENT_METHOD_AUTO), "auto");
    CHECK_TEXT(ent_method_words(ENT_METHOD_FIXED_POINT), "fixed-point");
    CHECK_TEXT(ent_method_words(ENT_METHOD_NEWTON), "newton");
    CHECK_TEXT(ent_method_words(ENT_METHOD_HOMOTOPY), "homotopy");
}
