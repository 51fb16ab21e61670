/* objective.c: objectives in words, and whether they mean something on a network. */
// SPDX-License-Identifier: MIT
#include "sensitivity/aim.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NONE, /* names none */
    ONE,  /* must name one */
    ANY   /* one, or all */
};

static const struct {
    const char *word, *meaning;
    int sector, partner;
} kinds[] = {
#define TERM(name, word, sector, partner, meaning) {#word, meaning, sector, partner},
    ENT_TERM_LIST(TERM)
#undef TERM
};

const char *ent_term_word(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_TERMS ? kinds[kind].word : NULL;
}

const char *ent_term_meaning(ptrdiff_t kind)
{
    return kind >= 0 && kind < ENT_TERMS ? kinds[kind].meaning : NULL;
}

/* ---- does it mean something ---- */

static int is_made(const ent_network *net, ptrdiff_t n, ptrdiff_t j)
{
    for (ptrdiff_t k = j >= 0 ? j : 0; k < (j >= 0 ? j + 1 : net->sectors); k++)
        if (net->producer[n * net->sectors + k] >= 0) return 1;
    return 0;
}

int ent_term_trades(const ent_term *term, const ent_network *net, ptrdiff_t lane)
{
    const ptrdiff_t importer = net->lane_region[lane], exporter = ent_lane_exporter(net, lane);
    const int sells = term->kind == ENT_TERM_EXPORTS;
    if (importer == exporter || (sells ? exporter : importer) != term->region) return 0;
    if (term->partner >= 0 && (sells ? importer : exporter) != term->partner) return 0;
    return term->sector < 0 || ent_lane_sector(net, lane) == term->sector;
}

static int is_traded(const ent_network *net, const ent_term *t)
{
    for (ptrdiff_t lane = 0; lane < net->borders; lane++)
        if (ent_term_trades(t, net, lane)) return 1;
    return 0;
}

static int has_labour(const ent_network *net, ptrdiff_t n)
{
    if (net->labour[n] >= 0) return 1;
    for (int64_t f = net->level_first[0]; f < net->level_first[1]; f++)
        if (net->node_region[f] == n && net->node_user[f] == 0) return 1;
    return 0;
}

static ent_status check_term(const ent_term *t, const ent_network *net, ent_error *err)
{
    const ent_names *regions = &net->table->regions, *sectors = &net->table->sectors;
    const ptrdiff_t R = net->regions, J = net->sectors;
    if ((int)t->kind < 0 || t->kind >= ENT_TERMS)
        return ent_fail(err, ENT_BAD_INPUT, "an objective has a term of kind %d; there are %d", (int)t->kind,
                        (int)ENT_TERMS);
    const char *word = kinds[t->kind].word;
    if (!isfinite(t->weight)) return ent_fail(err, ENT_BAD_INPUT, "the weight of %s is %g", word, t->weight);
    if (t->region < 0 || t->region >= R)
        return ent_fail(err, ENT_BAD_INPUT, "%s of region number %td: there are %td", word, t->region, R);
    if (t->sector < -1 || t->sector >= J || (t->sector < 0 && kinds[t->kind].sector == ONE))
        return ent_fail(err, ENT_BAD_INPUT, "%s of sector number %td: there are %td", word, t->sector, J);
    if (t->partner < -1 || t->partner >= R)
        return ent_fail(err, ENT_BAD_INPUT, "%s with region number %td: there are %td", word, t->partner, R);
    if (t->partner == t->region)
        return ent_fail(err, ENT_BAD_INPUT, "%s of %s with itself are home sales; name another region, or all", word,
                        regions->code[t->region]);
    const char *of = t->sector >= 0 ? sectors->code[t->sector] : "anything";
    if (t->kind == ENT_TERM_OUTPUT || t->kind == ENT_TERM_REAL_OUTPUT || t->kind == ENT_TERM_PRODUCER_PRICE) {
        if (!is_made(net, t->region, t->sector))
            return ent_fail(err, ENT_BAD_INPUT, "%s: %s makes no %s, so its logarithm does not exist", word,
                            regions->code[t->region], of);
    } else if (t->kind == ENT_TERM_EXPORTS || t->kind == ENT_TERM_IMPORTS) {
        if (!is_traded(net, t))
            return ent_fail(err, ENT_BAD_INPUT, "%s: %s does not trade %s with %s, so the logarithm does not exist",
                            word, regions->code[t->region], of,
                            t->partner >= 0 ? regions->code[t->partner] : "any other region");
    } else if ((t->kind == ENT_TERM_REAL_WAGE || t->kind == ENT_TERM_WELFARE) && !has_labour(net, t->region)) {
        return ent_fail(err, ENT_BAD_INPUT, "%s: no labour is paid in %s", word, regions->code[t->region]);
    }
    return ENT_OK;
}

ent_status ent_objective_check(const ent_objective *objective, const ent_network *net, ent_error *err)
{
    if (objective->count < 1) return ent_fail(err, ENT_BAD_INPUT, "an objective without terms measures nothing");
    for (ptrdiff_t t = 0; t < objective->count; t++) ENT_TRY(check_term(&objective->terms[t], net, err));
    return ENT_OK;
}

/* ---- from words ---- */

typedef struct {
    const char *text; /* the whole, for sentences */
    const ent_network *net;
    ent_arena *arena;
    ent_error *err;
    ent_term *terms;
    ptrdiff_t count;
} ent_phrase;

static ent_status no_memory(const ent_phrase *p)
{
    return ent_fail(p->err, ENT_NO_MEMORY, "no memory to read the objective %s", p->text);
}

static ent_status unknown(const ent_phrase *p, const char *what, const ent_names *among, const char *word)
{
    const char *near = ent_names_nearest(among, word);
    for (ptrdiff_t n = 0; near != NULL && n < among->count; n++)
        if (strcmp(among->label[n], near) == 0) near = among->code[n]; /* an objective is written in codes */
    if (near != NULL)
        return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: %s has no %s called %s; did you mean %s?", p->text,
                        p->net->table->name, what, word, near);
    return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: %s has no %s called %s; `entente world show` lists them",
                    p->text, p->net->table->name, what, word);
}

static ent_status find_kind(const ent_phrase *p, const char *word, int *kind)
{
    ENT_SCRATCH scratch = {0};
    ent_names all = {0};
    for (*kind = 0; *kind < ENT_TERMS; ++*kind) {
        if (strcmp(kinds[*kind].word, word) == 0) return ENT_OK;
        if (ent_names_add(&all, &scratch, kinds[*kind].word, NULL, NULL) != ENT_OK) return no_memory(p);
    }
    const char *near = ent_names_nearest(&all, word);
    if (near != NULL)
        return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: nothing is called %s; did you mean %s?", p->text, word,
                        near);
    ent_text list = {.arena = &scratch};
    for (int k = 0; k < ENT_TERMS; k++) ent_text_say(&list, "%s%s", k > 0 ? ", " : "", kinds[k].word);
    if (list.failed) return no_memory(p);
    return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: nothing is called %s; there are %s", p->text, word,
                    list.data);
}

static int says_all(const char *word)
{
    return strcmp(word, "all") == 0;
}

/* The parts between colons: at most `most`, each at least one letter. */
static ent_status split(const ent_phrase *p, char *word, int most, char *part[], int *parts)
{
    *parts = 0;
    for (char *at = word;; at++) {
        if (*parts == most)
            return ent_fail(p->err, ENT_BAD_INPUT,
                            "objective %s: too many colons; write it as exports:USA:CHN:ELE at most", p->text);
        part[(*parts)++] = at;
        at += strcspn(at, ":");
        if (at == part[*parts - 1])
            return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: a name is missing; write it as real_income:USA",
                            p->text);
        if (*at == 0) return ENT_OK;
        *at = 0;
    }
}

/* The names after the region: partner, then sector, as far as the kind has them. */
static ent_status read_rest(const ent_phrase *p, char *part[], int parts, ent_term *t)
{
    const ent_names *regions = &p->net->table->regions, *sectors = &p->net->table->sectors;
    const char *word = kinds[t->kind].word;
    int at = 2;
    if (kinds[t->kind].partner != NONE && at < parts) {
        t->partner = says_all(part[at]) ? -1 : ent_names_find(regions, part[at]);
        const int sector_first = t->partner < 0 && !says_all(part[at]) && ent_names_find(sectors, part[at]) >= 0;
        if (sector_first)
            return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: the partner comes before the sector: %s:%s:all:%s",
                            p->text, word, part[1], part[at]);
        if (t->partner < 0 && !says_all(part[at])) return unknown(p, "region", regions, part[at]);
        at++;
    }
    if (kinds[t->kind].sector != NONE && at < parts) {
        const int all = says_all(part[at]) && kinds[t->kind].sector == ANY;
        t->sector = all ? -1 : ent_names_find(sectors, part[at]);
        if (t->sector < 0 && !all) return unknown(p, "sector", sectors, part[at]);
        at++;
    }
    if (at < parts) return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: %s takes no %s", p->text, word, part[at]);
    if (kinds[t->kind].sector == ONE && t->sector < 0)
        return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: %s needs a sector: %s:%s:%s", p->text, word, word,
                        part[1], sectors->count > 0 ? sectors->code[0] : "SECTOR");
    return ENT_OK;
}

/* The world's real income: regions weighted by what they spend in the benchmark. */
static void spread_over_world(ent_phrase *p, const ent_term *t)
{
    const ent_network *net = p->net;
    double world = 0.0;
    for (ptrdiff_t n = 0; n < net->regions; n++) world += net->sales_usd[net->household[n]];
    for (ptrdiff_t n = 0; n < net->regions; n++) {
        ent_term *one = &p->terms[p->count++];
        *one = *t;
        one->region = n;
        one->weight = t->weight * net->sales_usd[net->household[n]] / world;
    }
}

static ent_status read_term(ent_phrase *p, char *word, double sign)
{
    char *part[4], *star = strchr(word, '*');
    int parts, kind;
    ent_term t = {.weight = sign, .sector = -1, .partner = -1};
    if (star != NULL) {
        char *end;
        *star = 0;
        t.weight = sign * strtod(word, &end);
        if (end == word || *end != 0 || !isfinite(t.weight))
            return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: the weight %s is no number", p->text, word);
        word = star + 1;
    }
    ENT_TRY(split(p, word, 4, part, &parts));
    ENT_TRY(find_kind(p, part[0], &kind));
    t.kind = (ent_term_kind)kind;
    if (parts < 2)
        return ent_fail(p->err, ENT_BAD_INPUT, "objective %s: whose %s? Write %s:%s", p->text, part[0], part[0],
                        p->net->regions > 0 ? p->net->table->regions.code[0] : "REGION");
    const int world = t.kind == ENT_TERM_REAL_INCOME && says_all(part[1]);
    t.region = world ? 0 : ent_names_find(&p->net->table->regions, part[1]);
    if (t.region < 0) return unknown(p, "region", &p->net->table->regions, part[1]);
    ENT_TRY(read_rest(p, part, parts, &t));
    if (world)
        spread_over_world(p, &t);
    else
        p->terms[p->count++] = t;
    return ENT_OK;
}

/* "real income of USA", "exports of ELE from USA to CHN" */
static const char *name_of(const ent_phrase *p)
{
    const ent_table *table = p->net->table;
    const ent_term *t = p->terms;
    char kind[40];
    if (p->count != 1 || t->weight != 1.0) return p->text;
    snprintf(kind, sizeof kind, "%s", kinds[t->kind].word);
    for (char *c = kind; *c != 0; c++)
        if (*c == '_') *c = ' ';
    const char *of = t->sector >= 0 ? ent_string_format(p->arena, "%s of %s", kind, table->sectors.code[t->sector])
                                    : ent_string_copy(p->arena, kind);
    if (of == NULL) return NULL;
    const char *region = table->regions.code[t->region];
    if (t->partner >= 0)
        return t->kind == ENT_TERM_EXPORTS
                   ? ent_string_format(p->arena, "%s from %s to %s", of, region, table->regions.code[t->partner])
                   : ent_string_format(p->arena, "%s of %s from %s", of, region, table->regions.code[t->partner]);
    return ent_string_format(p->arena, "%s %s %s", of, t->sector >= 0 ? "in" : "of", region);
}

static ptrdiff_t most_terms(const char *text, ptrdiff_t regions)
{
    ptrdiff_t words = 1;
    for (const char *c = text; *c != 0; c++) words += *c == ':';
    return words * (regions > 1 ? regions : 1);
}

ent_status ent_objective_parse(const char *text, const ent_network *net, ent_arena *arena, ent_objective *objective,
                               ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    ent_phrase p = {.text = ent_string_copy(arena, text), .net = net, .arena = arena, .err = err};
    char *copy = ent_string_copy(&scratch, text);
    p.terms = ent_new0(arena, ent_term, most_terms(text, net->regions));
    if (p.text == NULL || copy == NULL || p.terms == NULL)
        return ent_fail(err, ENT_NO_MEMORY, "no memory to read the objective %s", text);
    double sign = 1.0;
    int wants_term = 1;
    for (char *at = copy; *at != 0;) {
        while (isspace((unsigned char)*at)) at++;
        char *word = at;
        while (*at != 0 && !isspace((unsigned char)*at)) at++;
        if (word == at) break;
        if (*at != 0) *at++ = 0;
        const int is_sign = strcmp(word, "+") == 0 || strcmp(word, "-") == 0;
        if (is_sign == wants_term && !(is_sign && p.count == 0 && sign == 1.0))
            return ent_fail(err, ENT_BAD_INPUT,
                            "objective %s: terms stand apart by + or - between blanks, as in real_income:%s - "
                            "0.5*real_income:%s",
                            text, net->table->regions.code[0], net->table->regions.code[net->regions - 1]);
        if (is_sign)
            sign = *word == '-' ? -1.0 : 1.0;
        else
            ENT_TRY(read_term(&p, word, sign));
        wants_term = is_sign;
    }
    if (wants_term)
        return ent_fail(err, ENT_BAD_INPUT, "objective %s: a term is missing; write it as real_income:%s", text,
                        net->regions > 0 ? net->table->regions.code[0] : "REGION");
    *objective = (ent_objective){.terms = p.terms, .count = p.count, .name = name_of(&p)};
    if (objective->name == NULL) return no_memory(&p);
    return ent_objective_check(objective, net, err);
}
