/* match_print.c: the answers of a game as text: who plays and with what, then tables whose columns are the points that
 * were found and whose rows are regions and players. Points that were not reached have no column. */
// SPDX-License-Identifier: MIT
#include "match.h"
#include "sheet.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    NAME_WIDTH = 24,
    COLUMN_WIDTH = 12,
    COLUMNS = (SHEET_WIDTH - NAME_WIDTH) / COLUMN_WIDTH,
    HEAD_LINES = 3
};

/* Points that have an answer, `count` of them from `first` on. */
typedef struct {
    const ent_verdict *verdict[COLUMNS];
    int count;
} sheet_of_points;

/* ---- heads ---- */

/* The label in lines of at most COLUMN_WIDTH − 1 characters, words kept whole where they fit. */
static int wrap(const char *label, char lines[HEAD_LINES][64])
{
    const size_t most = COLUMN_WIDTH - 1;
    int count = 0;
    memset(lines, 0, HEAD_LINES * sizeof *lines);
    while (*label != 0 && count < HEAD_LINES) {
        size_t length = strlen(label), taken = length;
        if (length > most) {
            taken = most;
            for (size_t at = most; at > 2; at--)
                if (label[at] == ' ' || label[at - 1] == '-') {
                    taken = at;
                    break;
                }
        }
        while (((unsigned char)label[taken] & 0xc0) == 0x80) taken++;
        snprintf(lines[count++], sizeof lines[0], "%.*s", (int)(taken < 60 ? taken : 60), label);
        label += taken;
        while (*label == ' ') label++;
    }
    return count;
}

static int characters(const char *text)
{
    int count = 0;
    for (; *text != 0; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static void print_heads(const sheet_of_points *points)
{
    char lines[COLUMNS][HEAD_LINES][64];
    int tall = 1, lengths[COLUMNS];
    for (int c = 0; c < points->count; c++) {
        lengths[c] = wrap(points->verdict[c]->label, lines[c]);
        if (lengths[c] > tall) tall = lengths[c];
    }
    for (int row = 0; row < tall; row++) {
        int gap = NAME_WIDTH;
        for (int c = 0; c < points->count; c++) {
            const int line = row - (tall - lengths[c]);
            const char *text = line >= 0 ? lines[c][line] : "";
            gap += COLUMN_WIDTH - characters(text);
            if (*text != 0) printf("%*s%s", gap, "", text);
            if (*text != 0) gap = 0;
        }
        printf("\n");
    }
}

/* ---- rows ---- */

static double percent(double log_ratio)
{
    return 100.0 * expm1(log_ratio);
}

/* Decimals of a column: its largest change has two digits or more of them, at most four. */
static int decimals_of(const match *m, const ent_verdict *verdict)
{
    double largest = 0.0;
    for (ptrdiff_t n = 0; n < m->net.regions; n++)
        largest = fmax(largest, fabs(percent(verdict->log_welfare[n] - m->play.verdict[0].log_welfare[n])));
    return largest < 0.1 ? 4 : largest < 10.0 ? 3 : 2;
}

static int moved(const match *m)
{
    double largest = 0.0;
    for (ptrdiff_t n = 0; n < m->net.regions; n++) largest = fmax(largest, fabs(m->play.verdict[0].log_welfare[n]));
    return largest > 1e-9;
}

static double shown_welfare(const match *m, const ent_verdict *verdict, ptrdiff_t region)
{
    const ent_verdict *quo = &m->play.verdict[0];
    return percent(verdict->log_welfare[region] - (verdict != quo ? quo->log_welfare[region] : 0.0));
}

static void print_welfare(const match *m, const sheet_of_points *points)
{
    printf("Real income, percent over the %s\n",
           moved(m) ? "status quo; the status quo itself over the benchmark" : "status quo, which is the benchmark");
    print_heads(points);
    for (ptrdiff_t n = 0; n < m->net.regions; n++) {
        sheet_words(m->table.regions.label[n], NAME_WIDTH);
        for (int c = 0; c < points->count; c++)
            sheet_number(shown_welfare(m, points->verdict[c], n), COLUMN_WIDTH, decimals_of(m, points->verdict[c]));
        printf("\n");
    }
}

static void print_players(const match *m, const sheet_of_points *points, double *room)
{
    const ent_seats *seats = &m->seats;
    const ent_verdict *quo = &m->play.verdict[0];
    printf("\nPlayers' objectives, log points × 100 over the status quo\n");
    for (ptrdiff_t s = 0; s < seats->seats; s++) {
        sheet_words(seats->seat[s].name, NAME_WIDTH);
        for (int c = 0; c < points->count; c++)
            sheet_number(100.0 * (points->verdict[c]->objective[s] - quo->objective[s]), COLUMN_WIDTH,
                         decimals_of(m, points->verdict[c]));
        printf("\n");
    }
    printf("\nTheir duties, percent: median and mean by benchmark trade, over what each may set\n");
    for (ptrdiff_t s = 0; s < seats->seats; s++)
        for (int tax = 0; tax < 2; tax++)
            for (int which = 0; which < 2; which++) {
                char name[160];
                if (isnan(ent_verdict_rates(seats, quo, s, (ent_tax)tax, room).mean)) continue;
                snprintf(name, sizeof name, "%.60s%s, %s", seats->seat[s].name, tax ? ", export tax" : "",
                         which == 0 ? "median" : "mean");
                sheet_words(name, NAME_WIDTH);
                for (int c = 0; c < points->count; c++) {
                    const ent_rates rates = ent_verdict_rates(seats, points->verdict[c], s, (ent_tax)tax, room);
                    sheet_number(100.0 * (which == 0 ? rates.median : rates.mean), COLUMN_WIDTH, 2);
                }
                printf("\n");
            }
}

static void print_block(const match *m, const sheet_of_points *points, double *room)
{
    print_welfare(m, points);
    print_players(m, points, room);
    printf("\n");
}

/* ---- the frontier ---- */

static void print_curve(const match *m, const ent_curve *curve)
{
    const ent_frontier *f = &curve->frontier;
    const ent_seat *seat[2] = {&m->seats.seat[curve->seat[0]], &m->seats.seat[curve->seat[1]]};
    printf("Frontier of %s and %s: log points × 100 over the status quo, and what a concession costs\n", seat[0]->name,
           seat[1]->name);
    sheet_words("", 6);
    for (int side = 0; side < 2; side++) {
        char name[64];
        snprintf(name, sizeof name, "%.13s", seat[side]->name);
        printf("%14s", name);
    }
    printf("%24s%24s\n", "log points for one", "dollars for one");
    for (ptrdiff_t k = 0; k < f->points; k++) {
        printf("%5td ", k + 1);
        for (int side = 0; side < 2; side++)
            sheet_number(100.0 * (f->gain[side][k] - m->play.verdict[0].objective[curve->seat[side]]), 14, 4);
        sheet_number(f->price[k], 24, 4);
        sheet_number(f->price_usd[k], 24, 4);
        printf("\n");
    }
    printf("\n");
}

static void print_curves(const match *m)
{
    for (ptrdiff_t c = 0; c < m->play.curves; c++)
        if (m->play.curve[c].status == ENT_OK) print_curve(m, &m->play.curve[c]);
}

/* ---- partitions ---- */

static void print_partition(const match *m, const ent_partitions *all, ptrdiff_t k)
{
    ENT_SCRATCH scratch = {0};
    const ent_bloc_table *t = &all->table;
    for (ptrdiff_t p = 0; p < t->players && p < 7; p++)
        sheet_number(
            percent(t->log_welfare[k * t->regions + t->region[p]] - m->play.verdict[0].log_welfare[t->region[p]]), 8,
            2);
    printf("  ");
    sheet_words(match_partition_name(m, all, k, &scratch),
                t->players < 7 ? -(SHEET_WIDTH - 2 - 8 * (int)t->players) : -42);
    printf("\n");
}

/* Partitions that last where everybody looks to the end; the first of them where they are many. */
static void print_farsighted(const match *m, const ent_partitions *all)
{
    enum {
        SHOWN = 12
    };
    const ent_bloc_table *t = &all->table;
    ptrdiff_t count = 0, shown = 0;
    for (ptrdiff_t k = 0; all->farsighted != NULL && k < t->partitions; k++) count += all->farsighted[k];
    if (all->farsighted == NULL) {
        printf("Foresight is not asked of so many partitions\n");
        return;
    }
    printf("%td of %td last where everybody looks to the end%s\n", count, t->partitions,
           count > SHOWN ? "; the first of them" : "");
    for (ptrdiff_t k = 0; k < t->partitions && shown < SHOWN; k++) {
        if (!all->farsighted[k]) continue;
        print_partition(m, all, k);
        shown++;
    }
}

/* Those that last; where none does, the grand coalition and everyone alone. */
static void print_partitions(const match *m)
{
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++) {
        const ent_partitions *all = &m->play.partitions[c];
        const ent_bloc_table *t = &all->table;
        if (all->status != ENT_OK) continue;
        printf("Blocs: %td partitions, %td of them last: nobody leaves, nobody is let in, no two merge and all gain\n",
               t->partitions, all->stability.survivors);
        printf("Real income, percent over the status quo\n");
        for (ptrdiff_t p = 0; p < t->players && p < 7; p++) printf("%8.7s", m->table.regions.code[t->region[p]]);
        printf("\n");
        for (ptrdiff_t k = 0; k < all->stability.survivors; k++) print_partition(m, all, all->stability.survivor[k]);
        printf("Together, and everyone alone\n");
        print_partition(m, all, 0);
        print_partition(m, all, t->partitions - 1);
        print_farsighted(m, all);
        printf("\n");
        match_shares_print(m, all);
    }
}

/* ---- motives ---- */

/* What a weight is on: a sector's income, or somebody's output. */
static void print_weight(const match *m, const ent_revealed *one, ptrdiff_t k, ent_arena *scratch)
{
    const char *what = match_weight_label(m, one, k, scratch);
    sheet_words(match_weight_code(m, one, k, scratch), 12);
    sheet_words(what, 60);
    sheet_number(one->motive.weight[k], 14, one->concept->motive == ENT_MOTIVE_LOBBY ? 4 : 6);
    printf("%s\n", one->concept->motive == ENT_MOTIVE_LOBBY && one->motive.weight[k] < 0.0 ? "  negative" : "");
}

static void print_motive(const match *m, const ent_revealed *one)
{
    ENT_SCRATCH scratch = {0};
    const ent_game_motive *motive = &one->motive;
    const int lobby = one->concept->motive == ENT_MOTIVE_LOBBY;
    const char *head = ent_string_format(
        &scratch, "What %s must want, that the status quo is what it would choose: %s", m->seats.seat[one->seat].name,
        lobby ? "what a dollar of a sector's income counts for, mean 1" : "weights of log real output");
    if (head != NULL) sheet_text(NULL, 0, head);
    for (ptrdiff_t k = 0; k < motive->weights; k++)
        if (match_has_weight(m, one, k)) print_weight(m, one, k, &scratch);
    const char *words = ent_string_format(
        &scratch,
        "%td rates between their bounds; the weights explain %.1f %% of the squares of their slopes; the largest "
        "slope is %.1e with them and %.1e without%s",
        motive->conditions, 100.0 * motive->fit, motive->left, motive->before,
        match_is_odd(m, one) ? ". A negative weight is no lobby's: lobbies alone do not explain this policy" : "");
    if (words != NULL) sheet_text(NULL, 0, words);
    printf("\n");
}

static void print_motives(const match *m)
{
    for (ptrdiff_t r = 0; r < m->play.revelations; r++)
        if (m->play.revealed[r].status == ENT_OK) print_motive(m, &m->play.revealed[r]);
}

/* ---- certificates ---- */

static void print_small(double value)
{
    if (isnan(value))
        printf("%9s", "-");
    else
        printf("%9.1e", value);
}

/* "-0.31, a summit" */
static void print_stand(const ent_verdict *v)
{
    const char *words = ent_stand_words(ent_game_stand(v->bend));
    char cell[64] = "-";
    if (!isnan(v->bend))
        snprintf(cell, sizeof cell, "%.2g, %s", v->bend, words);
    else if (!isnan(v->gain))
        snprintf(cell, sizeof cell, "%s", words);
    printf("%21s", cell);
}

/* A point that the certificate does not stand behind. */
/* Counted at the first point of its game. */
static int print_rejected(const ent_verdict *v)
{
    ENT_SCRATCH scratch = {0};
    if (v->status != ENT_OK || v->rejected == 0) return 0;
    const char *words =
        ent_string_format(&scratch, "%s: rejected %td other %s of rest, where somebody gains by taxes far away",
                          v->label, v->rejected, v->rejected == 1 ? "place" : "places");
    if (words != NULL) sheet_text(NULL, 0, words);
    return 1;
}

static void print_doubt(const ent_verdict *v)
{
    ENT_SCRATCH scratch = {0};
    if (v->status != ENT_OK || v->doubt == NULL) return;
    const char *words = ent_string_format(&scratch, "%s: %s", v->label, v->doubt);
    if (words != NULL) sheet_text("Not certified", 15, words);
}

/* Wars: do answers to answers lead back to them? */
static void print_adjustment(const match *m)
{
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        const ent_verdict *verdict = &m->play.verdict[v];
        if (verdict->status != ENT_OK || isnan(verdict->radius)) continue;
        ENT_SCRATCH scratch = {0};
        const char *words =
            ent_string_format(&scratch, "%s: %sstable under adjustment, where all answer at once: radius %.2f.",
                              verdict->label, verdict->radius < 1.0 ? "" : "not ", verdict->radius);
        if (words != NULL) sheet_text(NULL, 0, words);
    }
}

static void print_certificates(const match *m)
{
    int damped = 0;
    printf("Certificates\n");
    sheet_words("", 24);
    printf("%9s%9s%9s%21s%10s%7s\n", "excess", "slope", "largest", "", "points", "free");
    sheet_words("", 24);
    printf("%9s%9s%9s%21s%10s%7s%7s\n", "demand", "left", "gain far", "second order", "of starts", "rates", "rounds");
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        const ent_verdict *verdict = &m->play.verdict[v];
        char found[64] = "-";
        if (verdict->status != ENT_OK) continue;
        sheet_words(verdict->label, 24);
        print_small(verdict->excess);
        print_small(verdict->slope);
        print_small(verdict->gain);
        print_stand(verdict);
        if (verdict->starts > 0)
            snprintf(found, sizeof found, "%td of %td", verdict->found > 0 ? verdict->found : 1, verdict->starts);
        printf("%10s%7td%7td%s\n", found, verdict->free_duties, verdict->rounds, verdict->damped ? "*" : "");
        damped |= verdict->damped;
    }
    printf("\n");
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) print_doubt(&m->play.verdict[v]);
    int any = 0;
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) any += print_rejected(&m->play.verdict[v]);
    if (any > 0) printf("\n");
    sheet_text(
        NULL, 0,
        "Slope left: of a player's objective along a free rate off its bounds. Gain far: the most that a player "
        "finds when he searches far from his policy, others as they are; - : not looked for. Second order: the "
        "largest that a player's objective bends upwards by between bounds; below 0 he stands on a summit. Where "
        "several points were found from several starts, each has a column of its own.");
    if (damped) sheet_text("*", 2, "rounds went in circles, and were helped: players took turns, or climbed");
    print_adjustment(m);
}

/* ---- all ---- */

void match_print_head(const match *m)
{
    const ent_scenario *scenario = &m->contest.scenario;
    const ent_table *table = &m->table;
    printf("%s\n", scenario->name);
    printf("%s, ", table->name);
    sheet_count((long)table->regions.count, "region", ", ");
    sheet_count((long)table->sectors.count, "sector", "; ");
    printf("blueprint %s", m->blueprint.name);
    printf("; tolerance %.0e\n", m->ask.tolerance);
    printf("\n");
    if (m->line_count == 0) printf("Status quo  the benchmark itself\n");
    for (ptrdiff_t l = 0; l < m->line_count; l++) sheet_text(l == 0 ? "Status quo" : NULL, 12, m->lines[l]);
    for (ptrdiff_t s = 0; s < m->seats.seats; s++) {
        const ent_seat *seat = &m->seats.seat[s];
        ENT_SCRATCH scratch = {0};
        const char *words = ent_string_format(&scratch, "%s; maximises %s", seat->instruments, seat->objective);
        const char *name = ent_string_format(&scratch, "%s ", seat->name);
        if (words == NULL || name == NULL) continue;
        if (strlen(seat->name) < 12) {
            sheet_text(name, 12, words);
            continue;
        }
        sheet_text(NULL, 0, name); /* a long name has a line of its own */
        sheet_text(NULL, 12, words);
    }
    printf("\n");
}

static int has_column(const ent_verdict *verdict)
{
    return verdict->status == ENT_OK;
}

void match_print_points(const match *m)
{
    ENT_SCRATCH scratch = {0};
    double *room = ent_new(&scratch, double, m->net.borders + 1);
    sheet_of_points points = {.count = 0};
    if (room == NULL) return;
    for (ptrdiff_t v = 0; v < m->play.verdicts; v++) {
        if (has_column(&m->play.verdict[v])) points.verdict[points.count++] = &m->play.verdict[v];
        if (points.count == COLUMNS || (v == m->play.verdicts - 1 && points.count > 0)) {
            print_block(m, &points, room);
            points.count = 0;
        }
    }
    print_curves(m);
    print_partitions(m);
    match_club_print(m);
    print_motives(m);
    print_certificates(m);
}

void match_print(const match *m)
{
    match_print_head(m);
    match_print_points(m);
}
