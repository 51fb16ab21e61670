/* spread.c: files of standard errors, good and bad; the default; and the law that drawn elasticities follow. */
// SPDX-License-Identifier: MIT
#include "corridor.h"
#include <stdlib.h>

typedef struct {
    ent_arena arena;
    ent_error err;
    ent_table table;
    ent_blueprint blueprint;
    ent_spread spread;
} desk;

static ent_status open_desk(desk *d)
{
    *d = (desk){0};
    ENT_TRY(ent_table_read("baseline2022", &d->arena, &d->table, &d->err));
    return ent_blueprint_default(&d->table, &d->arena, &d->blueprint, &d->err);
}

static ent_status parse(desk *d, const char *text)
{
    return ent_spread_parse((ent_bytes){text, strlen(text)}, "se.csv", &d->table, &d->blueprint, &d->arena, &d->spread,
                            &d->err);
}

static double se_of(const desk *d, ent_parameter_kind kind, const char *sector)
{
    const ptrdiff_t j = sector == NULL ? -1 : ent_names_find(&d->table.sectors, sector);
    for (ptrdiff_t p = 0; p < d->spread.count; p++)
        if (d->spread.parameter[p].kind == kind && d->spread.parameter[p].sector == j) return d->spread.parameter[p].se;
    return 0.0;
}

TEST(standard_errors_stand_by_sector_and_key, "spread")
{
    desk d;
    MUST(open_desk(&d), d.err);
    MUST(parse(&d, "sector,theta,se\nAGR,2.91,0.5\nELE,5.14,0\nCHE,10.56,1.25\n"), d.err);
    CHECK(d.spread.count == 2);
    CHECK(se_of(&d, ENT_PARAMETER_ELASTICITIES, "AGR") == 0.5 && se_of(&d, ENT_PARAMETER_ELASTICITIES, "CHE") == 1.25);
    CHECK(d.spread.parameter[0].value == 2.91 && d.spread.correlation == 0.0);
    MUST(parse(&d,
               "key,sector,relative_se\n,all,0.2\n,AGR,0.1\noutput_elasticity,ELE,0.3\nconsumption_elasticity,,0.4\n"),
         d.err);
    CHECK(d.spread.count == d.table.sectors.count + 2);
    CHECK_NEAR(se_of(&d, ENT_PARAMETER_ELASTICITIES, "AGR"), 0.291, 1e-15);
    CHECK_NEAR(se_of(&d, ENT_PARAMETER_ELASTICITIES, "CHE"), 2.112, 1e-15);
    CHECK(se_of(&d, ENT_PARAMETER_OUTPUT_ELASTICITY, "ELE") == 0.3);
    CHECK(se_of(&d, ENT_PARAMETER_CONSUMPTION_ELASTICITY, NULL) == 0.4);
    ent_arena_close(&d.arena);
}

TEST(bad_files_are_refused_with_a_sentence, "sentences")
{
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        {"", "se.csv: is empty"},
        {"sector,se\n",
         "se.csv: no row gives a standard error; write a line `SECTOR,NUMBER` for each uncertain elasticity"},
        {"region,se\nAGR,1\n", "se.csv: has no column 'sector'"},
        {"sector,error\nAGR,1\n", "se.csv:1: no column holds standard errors; name it `se` (in the elasticity's own "
                                  "unit) or `relative_se` (a fraction of it)"},
        {"sector,se,relative_se\nAGR,1,1\n",
         "se.csv:1: `se` and `relative_se` say the same thing twice; keep one of them"},
        {"sector,se\nAGR,0.5\nAGRI,1\n", "se.csv:3:1: 'AGRI' is no sector; is 'AGR' meant?"},
        {"sector,se\nAGR,-0.5\n",
         "se.csv:2:5: the standard error of elasticities of AGR is negative (-0.5); it must be 0 or more"},
        {"sector,se\nall,-1\n", "se.csv:2:5: the standard error of all is negative (-1); it must be 0 or more"},
        {"sector,se\nAGR,0.5\nAGR,0.5\n", "se.csv:3:1: elasticities of AGR stands in line 2 already; keep one of them"},
        {"key,sector,se\nelasticity,AGR,1\n",
         "se.csv:2:1: 'elasticity' is no key of standard errors; is 'elasticities' meant?"},
        {"key,sector,se\nlabour_supply,,1\n",
         "se.csv:2:16: labour_supply is 0, and an uncertain elasticity is drawn from positive numbers; give the "
         "blueprint a number above 0, or leave the standard error out"},
        {"key,sector,se\nhome_elasticity,AGR,1\n", "se.csv:2:21: home_elasticity of AGR follows from the trade "
                                                   "elasticity and is as uncertain as that; to give it "
                                                   "a standard error of its own, give the blueprint its number first"},
        {"sector,relative_se\nAGR,25\n",
         "se.csv: the standard error of elasticities of AGR is 72.75, more than 10 times the number itself (2.91); is "
         "it "
         "meant in another unit? `se` is in the elasticity's own, `relative_se` a fraction of it"},
        {"key,sector,se\nconsumption_elasticity,AGR,1\n",
         "se.csv:2:24: consumption_elasticity is one number for all sectors; leave the sector empty"},
    };
    desk d;
    MUST(open_desk(&d), d.err);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        CHECK(parse(&d, cases[c].text) == ENT_BAD_INPUT);
        CHECK_TEXT(d.err.text, cases[c].sentence);
    }
    CHECK(parse(&d, "sector,se\nAGR,much\n") == ENT_BAD_INPUT);
    CHECK(strncmp(d.err.text, "se.csv:2:5: ", 12) == 0);
    ent_arena_close(&d.arena);
}

/* Standard deviation of log θ over the eight sources of the data's file. */
static double disagreement(const expected *e, ptrdiff_t row)
{
    static const char *const sources[] = {"CP", "FGO", "GYY", "BSY", "LL", "Shap", "IS", "U4"};
    double mean = 0.0, squares = 0.0;
    for (int s = 0; s < 8; s++) mean += log(expected_number(e, row, sources[s])) / 8.0;
    for (int s = 0; s < 8; s++) squares += pow(log(expected_number(e, row, sources[s])) - mean, 2.0);
    return sqrt(squares / 7.0);
}

TEST(the_default_is_the_disagreement_of_eight_sources, "data")
{
    desk d;
    expected e, example;
    MUST(open_desk(&d), d.err);
    MUST(ent_spread_read("default", &d.table, &d.blueprint, &d.arena, &d.spread, &d.err), d.err);
    MUST(expected_read(ENT_SOURCE_DIR "/data/baseline2022/elasticities_s24.csv", &d.arena, &e, &d.err), d.err);
    MUST(expected_read(ENT_SOURCE_DIR "/examples/uncertainty/disagreement.csv", &d.arena, &example, &d.err), d.err);
    CHECK(d.spread.count == d.table.sectors.count && e.rows == d.spread.count && example.rows == e.rows);
    for (ptrdiff_t r = 0; r < e.rows; r++) {
        const double theta = expected_number(&e, r, "FGO");
        CHECK_TEXT(expected_text(&example, r, "sector"), expected_text(&e, r, "sector"));
        CHECK_NEAR(se_of(&d, ENT_PARAMETER_ELASTICITIES, expected_text(&e, r, "sector")) / theta, disagreement(&e, r),
                   5.1e-4);
        CHECK_NEAR(expected_number(&example, r, "relative_se"), disagreement(&e, r), 5.1e-4);
    }
    d.table.sectors.code[3] = "FUD";
    CHECK(ent_spread_read("default", &d.table, &d.blueprint, &d.arena, &d.spread, &d.err) == ENT_BAD_INPUT);
    CHECK_TEXT(d.err.text, "the default standard errors are those of the sectors of baseline2022, and FUD of "
                           "baseline2022 is none of them; give a file with the columns sector and se");
    ent_arena_close(&d.arena);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Log-normal: mean the blueprint's number, standard deviation se, median θ/√(1 + (se/θ)²). */
TEST(drawn_elasticities_have_the_mean_and_the_error_that_were_asked_for, "draws")
{
    enum {
        DRAWS = 40000
    };
    ent_parameter two[] = {{ENT_PARAMETER_ELASTICITIES, 0, 4.0, 1.0}, {ENT_PARAMETER_ELASTICITIES, 1, 2.0, 0.1}};
    ent_spread spread = {.count = 2, .parameter = two, .correlation = 0.5};
    double *first = malloc(DRAWS * sizeof *first), mean[2] = {0}, squares[2] = {0}, cross = 0.0;
    CHECK(first != NULL);
    for (ptrdiff_t d = 0; first != NULL && d < DRAWS; d++) {
        double v[2];
        ent_spread_draw(&spread, 11, d, v);
        CHECK(v[0] > 0.0 && v[1] > 0.0);
        first[d] = v[0];
        for (int p = 0; p < 2; p++) mean[p] += v[p] / DRAWS, squares[p] += v[p] * v[p] / DRAWS;
        cross += log(v[0]) * log(v[1]) / DRAWS -
                 (log(4.0) - 0.5 * log1p(1.0 / 16)) * (log(2.0) - 0.5 * log1p(0.0025)) / DRAWS;
    }
    CHECK_NEAR(mean[0], 4.0, 5.0 / sqrt(DRAWS));
    CHECK_NEAR(mean[1], 2.0, 0.5 / sqrt(DRAWS));
    CHECK_NEAR(sqrt(squares[0] - mean[0] * mean[0]), 1.0, 5.0 * 1.2 / sqrt(2.0 * DRAWS));
    CHECK_NEAR(sqrt(squares[1] - mean[1] * mean[1]), 0.1, 0.5 * 1.2 / sqrt(2.0 * DRAWS));
    const double s0 = sqrt(log1p(1.0 / 16)), s1 = sqrt(log1p(0.0025));
    CHECK_NEAR(cross / (s0 * s1), 0.5, 0.15); /* means of logs are not exactly known: their error enters */
    if (first != NULL) qsort(first, DRAWS, sizeof *first, by_size);
    if (first != NULL) CHECK_NEAR(first[DRAWS / 2], 4.0 / sqrt(1.0 + 1.0 / 16), 5.0 * 1.25 / sqrt(DRAWS));
    free(first);
}

TEST(lost_memory_of_a_spread_is_said, "faults")
{
    desk d;
    MUST(open_desk(&d), d.err);
    long nth = 1;
    for (;; nth++) {
        ENT_SCRATCH scratch = {0};
        static const char good[] = "sector,relative_se\nall,0.2\nAGR,0.1\n";
        test_fail_allocation(nth);
        const ent_status status = ent_spread_parse((ent_bytes){good, sizeof good - 1}, "se.csv", &d.table, &d.blueprint,
                                                   &scratch, &d.spread, &d.err);
        test_fail_allocation(0);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY);
    }
    CHECK(nth > 1);
    ent_arena_close(&d.arena);
}
