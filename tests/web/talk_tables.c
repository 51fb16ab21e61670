/* talk_tables.c: tables of talks say what talks hold, whole or not at all. Payoffs here are made up; what is right
 * about real ones is tested in tests/contest. */
// SPDX-License-Identifier: MIT
#include "talk_tables.h"
#include "test.h"
#include <jansson.h>
#include <math.h>

enum {
    SEATS = 5
};

/* Two sides of one government each (or `seats` of them) with an open zone: 0.004 to the first or 0.002 to the second.
 */
typedef struct {
    ent_seat seat[SEATS];
    ent_player player[SEATS];
    double objective[2][SEATS], discount[SEATS], payoff[3][SEATS];
    ptrdiff_t punishment[2];
    ent_seats seats;
    ent_verdict verdict[2];
    const char *label[SEATS];
    ent_names regions;
    ent_talks talks;
} sample;

static void make(sample *s, ptrdiff_t seats)
{
    static const char *const names[SEATS] = {"A", "B \"b\"", "C", "D", "E"};
    *s = (sample){.punishment = {1, PTRDIFF_MAX}};
    for (ptrdiff_t k = 0; k < seats; k++) {
        s->seat[k] = (ent_seat){.name = names[k], .first = k, .count = 1};
        s->player[k].region = (int32_t)k;
        s->label[k] = names[k];
        s->objective[1][k] = 0.001; /* the war */
        s->discount[k] = 0.9;
        s->payoff[0][k] = 0.003; /* agreed, breaking, the war */
        s->payoff[1][k] = 0.004;
        s->payoff[2][k] = 0.001;
    }
    s->regions.count = seats;
    s->regions.label = s->label;
    s->seats = (ent_seats){.seat = s->seat, .seats = seats, .player = s->player, .players = seats};
    s->seats.terms.discount = s->discount;
    s->seats.terms.punishment = s->punishment;
    s->seats.terms.punishments = 2;
    for (int v = 0; v < 2; v++) s->verdict[v] = (ent_verdict){.label = "point", .objective = s->objective[v]};
    s->talks.play = (ent_play){.seats = &s->seats, .verdict = s->verdict, .verdicts = 2};
    s->talks.war = &s->verdict[1];
    s->talks.two = seats == 2;
    s->talks.seat[1] = 1;
    s->talks.zone = (ent_zone){.open = 1, .threat = {0.001, 0.001}, .best = {0.005, 0.003}, .price = {0.25, INFINITY}};
    s->talks.truce.agreed = s->payoff[0];
    s->talks.truce.temptation = s->payoff[1];
    s->talks.truce.punishment = s->payoff[2];
}

static json_t *page_of(const talk_tables *all, ent_arena *arena)
{
    ent_text text = {.arena = arena};
    json_error_t why;
    ent_json json = {.text = &text};
    talk_tables_page(all, &json);
    json_t *page = json_loadb(text.data, text.size, 0, &why);
    if (page == NULL) test_fail(__FILE__, __LINE__, "no JSON: %s in %.300s", why.text, text.data);
    return page;
}

static const json_t *table_of(const json_t *page, const char *name)
{
    for (size_t t = 0; t < json_array_size(page); t++)
        if (strcmp(json_string_value(json_object_get(json_array_get(page, t), "name")), name) == 0)
            return json_array_get(page, t);
    test_fail(__FILE__, __LINE__, "there is no table %s", name);
    return NULL;
}

static const json_t *cell_of(const json_t *table, size_t row, size_t column)
{
    return json_array_get(json_array_get(json_object_get(table, "rows"), row), column);
}

TEST(the_zone_has_each_sides_gain_over_the_war_and_the_price_at_its_end, "web")
{
    ENT_SCRATCH house = {0};
    sample s;
    make(&s, 2);
    const talk_tables all = talk_tables_make(&s.talks, &s.regions, &house);
    json_t *page = page_of(&all, &house);
    const json_t *zone = table_of(page, "zone");
    CHECK_TEXT(json_string_value(cell_of(zone, 1, 0)), "all to B \"b\"");
    CHECK_NEAR(json_number_value(cell_of(zone, 0, 1)), 0.4, 1e-6); /* six digits are written */
    CHECK_NEAR(json_number_value(cell_of(zone, 1, 2)), 0.2, 1e-6);
    CHECK_NEAR(json_number_value(cell_of(zone, 0, 3)), 0.25, 1e-6);
    CHECK(json_is_null(cell_of(zone, 1, 3))); /* no number of JSON */
    CHECK(json_number_value(cell_of(zone, 0, 2)) + json_number_value(cell_of(zone, 1, 1)) <= 0.0);
    json_decref(page);
}

/* Breaking gains 0.001 once and costs 0.002 a period after: d/(1 - d) 0.002 >= 0.001 from d = 1/3 for ever, and
 * d 0.002 >= 0.001 from d = 1/2 for one period. */
TEST(an_agreement_that_is_kept_for_patience_says_how_much, "web")
{
    ENT_SCRATCH house = {0};
    sample s;
    make(&s, 2);
    s.discount[0] = 0.4;
    s.discount[1] = 0.3;
    const talk_tables all = talk_tables_make(&s.talks, &s.regions, &house);
    json_t *page = page_of(&all, &house);
    const json_t *truce = table_of(page, "truce");
    CHECK_NEAR(json_number_value(cell_of(truce, 0, 3)), 0.5, 1e-6);
    CHECK_NEAR(json_number_value(cell_of(truce, 0, 4)), 1.0 / 3.0, 1e-6);
    CHECK_TEXT(json_string_value(cell_of(truce, 0, 6)), "some");
    CHECK_TEXT(json_string_value(cell_of(truce, 1, 6)), "no");
    json_decref(page);
}

TEST(every_seat_has_its_columns, "web")
{
    ENT_SCRATCH house = {0};
    sample s;
    make(&s, SEATS);
    const talk_tables all = talk_tables_make(&s.talks, &s.regions, &house);
    CHECK(!all.failed);
    CHECK(all.table[0].columns == 2 * SEATS);
    CHECK_TEXT(all.table[0].column[2 * SEATS - 1], "E over war");
    CHECK_NEAR(all.table[0].row[0].cell[2 * SEATS - 1].number, -0.1, 1e-12);
}

TEST(tables_without_memory_say_that_they_failed, "faults")
{
    for (long n = 1; n < 1000; n++) {
        ENT_SCRATCH house = {0};
        sample s;
        make(&s, 2);
        test_fail_allocation(n);
        const talk_tables all = talk_tables_make(&s.talks, &s.regions, &house);
        const ledger book = talk_tables_ledger(&all);
        test_fail_allocation(0);
        if (book.failed) continue;
        CHECK(n > 1);
        json_decref(page_of(&all, &house));
        CHECK(book.cells % 5 == 0 && book.cells > 0);
        return;
    }
    test_fail(__FILE__, __LINE__, "never whole");
}
