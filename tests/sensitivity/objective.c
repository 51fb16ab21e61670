/* objective.c: objectives in words: what is understood, and the sentence where it is not. */
// SPDX-License-Identifier: MIT
#include "test.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_network net;
} small;

static ent_status open_small(small *s)
{
    *s = (small){0};
    ENT_TRY(ent_table_read("baseline2022", &s->arena, &s->table, &s->err));
    ENT_TRY(ent_blueprint_default(&s->table, &s->arena, &s->blueprint, &s->err));
    return ent_network_lay(&s->table, &s->blueprint, &s->arena, &s->net, &s->err);
}

static void check_one(small *s, const char *text, const char *name, ent_term_kind kind, const char *region,
                      const char *partner, const char *sector)
{
    ent_objective o;
    MUST(ent_objective_parse(text, &s->net, &s->arena, &o, &s->err), s->err);
    CHECK_TEXT(o.name, name);
    CHECK(o.count == 1 && o.terms[0].kind == kind && o.terms[0].weight == 1.0);
    CHECK(o.terms[0].region == ent_names_find(&s->table.regions, region));
    CHECK(o.terms[0].partner == (partner == NULL ? -1 : ent_names_find(&s->table.regions, partner)));
    CHECK(o.terms[0].sector == (sector == NULL ? -1 : ent_names_find(&s->table.sectors, sector)));
}

TEST(an_objective_says_what_of_whom_and_on_what, "E16")
{
    small s;
    MUST(open_small(&s), s.err);
    check_one(&s, "real_income:USA", "real income of USA", ENT_TERM_REAL_INCOME, "USA", NULL, NULL);
    check_one(&s, " output:CHN:ELE ", "output of ELE in CHN", ENT_TERM_OUTPUT, "CHN", NULL, "ELE");
    check_one(&s, "output:CHN", "output of CHN", ENT_TERM_OUTPUT, "CHN", NULL, NULL);
    check_one(&s, "exports:USA:CHN", "exports from USA to CHN", ENT_TERM_EXPORTS, "USA", "CHN", NULL);
    check_one(&s, "imports:USA:CHN:ELE", "imports of ELE of USA from CHN", ENT_TERM_IMPORTS, "USA", "CHN", "ELE");
    check_one(&s, "imports:USA:all:ELE", "imports of ELE in USA", ENT_TERM_IMPORTS, "USA", NULL, "ELE");
    check_one(&s, "tariff_revenue:USA", "tariff revenue of USA", ENT_TERM_TARIFF_REVENUE, "USA", NULL, NULL);
    ent_arena_close(&s.arena);
}

TEST(objectives_add_up_with_weights_and_signs, "E16")
{
    small s;
    ent_objective o;
    MUST(open_small(&s), s.err);
    MUST(ent_objective_parse("- real_income:CHN + 2.5*real_wage:USA - 1e-3*price_index:JPN", &s.net, &s.arena, &o,
                             &s.err),
         s.err);
    CHECK(o.count == 3 && o.terms[0].weight == -1.0 && o.terms[1].weight == 2.5 && o.terms[2].weight == -1e-3);
    CHECK_TEXT(o.name, "- real_income:CHN + 2.5*real_wage:USA - 1e-3*price_index:JPN");
    MUST(ent_objective_parse("2*real_income:all", &s.net, &s.arena, &o, &s.err), s.err);
    CHECK(o.count == s.net.regions);
    double sum = 0.0;
    for (ptrdiff_t t = 0; t < o.count; t++) sum += o.terms[t].weight;
    CHECK_NEAR(sum, 2.0, 1e-14);
    ent_arena_close(&s.arena);
}

TEST(what_an_objective_cannot_mean_is_said_with_the_nearest_name, "E16")
{
    static const char *const wrong[][2] = {
        {"real_incme:USA", "objective real_incme:USA: nothing is called real_incme; did you mean real_income?"},
        {"real_income:USB", "objective real_income:USB: baseline2022 has no region called USB; did you mean USA?"},
        {"real_income:China",
         "objective real_income:China: baseline2022 has no region called China; did you mean CHN?"},
        {"output:CHN:ELECT", "objective output:CHN:ELECT: baseline2022 has no sector called ELECT; did you mean ELE?"},
        {"exports:USA:ELE", "objective exports:USA:ELE: the partner comes before the sector: exports:USA:all:ELE"},
        {"exports:USA:USA", "exports of USA with itself are home sales; name another region, or all"},
        {"real_output:USA", "objective real_output:USA: real_output needs a sector: real_output:USA:AGR"},
        {"real_income:USA:ELE", "objective real_income:USA:ELE: real_income takes no ELE"},
        {"real_income", "objective real_income: whose real_income? Write real_income:USA"},
        {"real_income:", "objective real_income:: a name is missing; write it as real_income:USA"},
        {"x*real_income:USA", "objective x*real_income:USA: the weight x is no number"},
        {"real_income:USA -", "objective real_income:USA -: a term is missing; write it as real_income:USA"},
        {"", "objective : a term is missing; write it as real_income:USA"},
        {"a:b:c:d:e", "objective a:b:c:d:e: too many colons; write it as exports:USA:CHN:ELE at most"},
    };
    small s;
    MUST(open_small(&s), s.err);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ent_objective o;
        s.err.text[0] = 0;
        CHECK(ent_objective_parse(wrong[k][0], &s.net, &s.arena, &o, &s.err) == ENT_BAD_INPUT);
        CHECK_TEXT(s.err.text, wrong[k][1]);
    }
    ent_arena_close(&s.arena);
}
