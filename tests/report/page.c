/* page.c: the page is one whole file, its data are JSON, and nothing that comes from a file can act in it. */
// SPDX-License-Identifier: MIT
#include "fabricated.h"
#include "report/files.h"
#include <jansson.h>

static ent_status page(fabricated *f, ent_arena *arena, ent_text *text)
{
    ent_error err;
    ent_view view;
    *text = (ent_text){.arena = arena};
    ENT_TRY(ent_view_make(&f->report, arena, &view, &err));
    return ent_report_page(&view, text, &err);
}

static json_t *data_of(const char *html)
{
    static const char opening[] = "<script type=\"application/json\" id=\"entente-data\">";
    const char *start = strstr(html, opening);
    if (start == NULL) return NULL;
    start += strlen(opening);
    const char *end = strstr(start, "</script>");
    return end == NULL ? NULL : json_loadb(start, (size_t)(end - start), JSON_REJECT_DUPLICATES, NULL);
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) count++;
    return count;
}

TEST(names_from_files_cannot_act_in_the_page, "page")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text plain, hostile;
    static const char nasty[] = "</title></script><script>alert('x')</script><!-- \"&";
    MUST(fabricated_make(&f, &scratch), err);
    MUST(page(&f, &scratch, &plain), err);
    f.scenario[0].name = f.scenario[0].source = f.table.source = f.table.title = f.report.command = nasty;
    f.table.regions.label[0] = f.table.sectors.label[1] = nasty;
    MUST(page(&f, &scratch, &hostile), err);
    CHECK(count_of(hostile.data, "<script") == count_of(plain.data, "<script"));
    CHECK(count_of(hostile.data, "</script") == count_of(plain.data, "</script"));
    CHECK(count_of(hostile.data, "<!--") == count_of(plain.data, "<!--"));
    CHECK(count_of(hostile.data, "</title>") == count_of(plain.data, "</title>"));
    json_t *read = data_of(hostile.data);
    CHECK(read != NULL);
    CHECK_TEXT(json_string_value(json_object_get(json_array_get(json_object_get(read, "regions"), 0), "label")), nasty);
    CHECK_TEXT(json_string_value(json_object_get(read, "command")), nasty);
    json_decref(read);
}

TEST(the_page_asks_for_nothing_from_outside, "page")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text;
    MUST(fabricated_make(&f, &scratch), err);
    MUST(page(&f, &scratch, &text), err);
    CHECK(strstr(text.data, "default-src 'none'") != NULL);
    CHECK(strstr(text.data, "'unsafe-") == NULL);
    CHECK(strstr(text.data, "src=\"http") == NULL && strstr(text.data, "href=\"http") == NULL);
    CHECK(strstr(text.data, "url(http") == NULL && strstr(text.data, "@import") == NULL);
    CHECK(strcmp(text.data + text.size - strlen("</html>\n"), "</html>\n") == 0);
    CHECK(text.size == strlen(text.data)); /* no stray zero byte */
}

TEST(the_page_holds_what_the_outcome_holds, "page")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text;
    MUST(fabricated_make(&f, &scratch), err);
    f.outcome[1].region_benchmark[0] *= 1.5; /* a benchmark of its own: written, not borrowed from the first scenario */
    fabricated_flow(&f, 0, ENT_FLOW_value, 0, 1, 1, 3.5, 4.25);
    MUST(page(&f, &scratch, &text), err);
    json_t *read = data_of(text.data), *scenarios = json_object_get(read, "scenarios");
    json_t *deal = json_array_get(scenarios, 0), *war = json_array_get(scenarios, 1);
    json_t *income = json_array_get(json_object_get(deal, "after"), ENT_REGION_real_income);
    CHECK_NEAR(json_number_value(json_array_get(income, 1)), f.outcome[0].region_value[ENT_REGION_real_income * 2 + 1],
               1e-9);
    CHECK_NEAR(json_number_value(json_array_get(income, 2)), f.outcome[0].world_real_income, 1e-9);
    CHECK(json_is_array(json_object_get(war, "before")));
    json_t *sold = json_array_get(json_array_get(json_object_get(deal, "pairs"), 0), 1); /* what BOR sells to ATL */
    CHECK_NEAR(json_number_value(json_array_get(json_object_get(sold, "before"), 1)), 3.5, 0);
    CHECK_NEAR(json_number_value(json_array_get(json_object_get(sold, "after"), 1)), 4.25, 0);
    CHECK(json_array_size(json_object_get(sold, "after")) == 3); /* two sectors and their total */
    json_decref(read);
}

TEST(a_page_of_a_large_world_stays_small, "page")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_text text;
    MUST(fabricated_shape(&f, 81, 50, &scratch), err);
    ent_answer four[4] = {f.answer[0], f.answer[1], f.answer[0], f.answer[1]};
    f.report.answers = four;
    f.report.count = 4;
    MUST(page(&f, &scratch, &text), err);
    CHECK(text.size <= 1500000);
}

TEST(a_page_around_other_data_holds_them_whole_and_lets_none_act, "page")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {{0}};
    ent_text text = {.arena = &scratch};
    static const char nasty[] = "{\"kind\": \"lever\", \"where\": \"</script><script>alert(1)</script><!-- < 2\"}";
    const ent_bytes json = {nasty, sizeof nasty - 1};
    MUST(ent_report_page_around("</title> & \"more\"", json, &text, &err), err);
    CHECK(count_of(text.data, "alert(1)</script>") == 0);
    CHECK(strstr(text.data, "<title>&lt;/title&gt; &amp; &quot;more&quot;</title>") != NULL);
    json_t *read = data_of(text.data);
    CHECK_TEXT(json_string_value(json_object_get(read, "where")), "</script><script>alert(1)</script><!-- < 2");
    json_decref(read);
}

TEST(a_page_without_memory_is_refused, "page")
{
    ent_status status = ENT_NO_MEMORY;
    const ent_bytes json = {"{}", 2};
    for (ptrdiff_t n = 1; n < 50 && status == ENT_NO_MEMORY; n++) {
        ENT_SCRATCH scratch = {0};
        ent_error err = {{0}};
        ent_text text = {.arena = &scratch};
        test_fail_allocation(n);
        status = ent_report_page_around("title", json, &text, &err);
        test_fail_allocation(0);
        if (n == 1) CHECK(status == ENT_NO_MEMORY);
        if (status == ENT_NO_MEMORY) CHECK_TEXT(err.text, "no memory for report.html");
    }
    CHECK(status == ENT_OK);
}
