/* lever_page.c: heat maps of `entente lever` as one page of plain HTML: tables with coloured cells, no script, nothing
 * fetched; every cell says its numbers when pointed at, and the tables can be read aloud and copied. */
// SPDX-License-Identifier: MIT
#include "lever.h"
#include <math.h>
#include <stdio.h>

enum {
    MOST_REGIONS = 80 /* more would be cells of a few pixels; the CSV has all */
};

const char *lever_page_file(lever_question question)
{
    static const char *const files[] = {NULL, "leverage.html", "exposure.html"};
    return files[question];
}

static void say_text(ent_text *out, const char *text)
{
    for (; *text != 0; text++) switch (*text) {
        case '&':
            ent_text_say(out, "&amp;");
            break;
        case '<':
            ent_text_say(out, "&lt;");
            break;
        case '>':
            ent_text_say(out, "&gt;");
            break;
        case '"':
            ent_text_say(out, "&quot;");
            break;
        default:
            ent_text_add(out, text, 1);
        }
}

static const char *code_of(const lever_answer *a, ptrdiff_t n)
{
    return a->net->table->regions.code[n];
}

static const char *label_of(const lever_answer *a, ptrdiff_t n)
{
    return a->net->table->regions.label[n];
}

/* One map: value [R*R], rows act on columns; said by `tip` when a cell is pointed at. */
typedef struct {
    const char *title, *corner;
    const double *value;
    int diagonal; /* 0: left out, and not part of the scale */
    void (*tip)(const lever_answer *a, const void *about, ptrdiff_t pair, ent_text *out);
    const void *about;
} heat_map;

static double largest_of(const heat_map *map, ptrdiff_t R)
{
    double largest = 0.0;
    for (ptrdiff_t pair = 0; pair < R * R; pair++)
        if (pair / R != pair % R && isfinite(map->value[pair])) largest = fmax(largest, fabs(map->value[pair]));
    return largest;
}

/* Three digits. */
static void say_number(ent_text *out, double value)
{
    const double size = fabs(value);
    if (size < 0.005)
        ent_text_say(out, "0");
    else
        ent_text_say(out, "%.*f", size < 9.995 ? 2 : size < 99.95 ? 1 : 0, value);
}

/* Shade by the square root: large ones don't hide all others. */
static void say_cell(const lever_answer *a, const heat_map *map, ptrdiff_t pair, double largest, ent_text *out)
{
    const ptrdiff_t R = a->net->regions;
    const double value = map->value[pair];
    const int own = pair / R == pair % R;
    if (!isfinite(value) || (own && !map->diagonal)) {
        ent_text_say(out, "<td class=\"none\"></td>");
        return;
    }
    const double shade = own || largest == 0.0 ? 0.0 : fmin(1.0, sqrt(fabs(value) / largest));
    ent_text_say(out, "<td class=\"%s%s\" style=\"--s:%.3f\" title=\"",
                 (value < 0.0) == (a->question == LEVER_MATRIX) ? "gain" : "loss", shade > 0.62 ? " deep" : "", shade);
    map->tip(a, map->about, pair, out);
    ent_text_say(out, "\">");
    say_number(out, value);
    ent_text_say(out, "</td>");
}

static void say_map(const lever_answer *a, const heat_map *map, ent_arena *arena, ent_text *out)
{
    const ptrdiff_t R = a->net->regions;
    const double largest = largest_of(map, R);
    ptrdiff_t *chosen;
    const ptrdiff_t count = lever_regions(a, MOST_REGIONS, arena, &chosen);
    ent_text_say(out, "<div class=\"scroll\" tabindex=\"0\"><table><caption>");
    say_text(out, map->title);
    if (count < R) ent_text_say(out, " (the %td largest of %td regions)", count, R);
    ent_text_say(out, "</caption>\n<tr><th scope=\"col\" class=\"corner\">%s</th>", map->corner);
    for (ptrdiff_t c = 0; c < count; c++) {
        ent_text_say(out, "<th scope=\"col\" title=\"");
        say_text(out, label_of(a, chosen[c]));
        ent_text_say(out, "\">");
        say_text(out, code_of(a, chosen[c]));
        ent_text_say(out, "</th>");
    }
    ent_text_say(out, "</tr>\n");
    for (ptrdiff_t r = 0; r < count; r++) {
        ent_text_say(out, "<tr><th scope=\"row\">");
        say_text(out, label_of(a, chosen[r]));
        ent_text_say(out, "</th>");
        for (ptrdiff_t c = 0; c < count; c++) say_cell(a, map, chosen[r] * R + chosen[c], largest, out);
        ent_text_say(out, "</tr>\n");
    }
    ent_text_say(out, "</table></div>\n");
}

/* ---- the two questions ---- */

static void tip_matrix(const lever_answer *a, const void *about, ptrdiff_t pair, ent_text *out)
{
    const ent_lever_matrix *x = about;
    const ptrdiff_t R = a->net->regions;
    say_text(out, label_of(a, pair / R));
    ent_text_say(out, " on ");
    say_text(out, label_of(a, pair % R));
    ent_text_say(out, ": loses %.2f mn USD, own loss %.2f mn USD", x->loss_usd[pair], x->own_usd[pair]);
    if (isfinite(x->ratio[pair]))
        ent_text_say(out, ", %.3g for a dollar", x->ratio[pair]);
    else
        ent_text_say(out, " (free)");
    if (x->best[pair] < 0) return;
    ent_text_say(out, "; best sector ");
    say_text(out, a->net->table->sectors.label[x->best[pair]]);
    ent_text_say(out, ", %.3g for a dollar", x->best_ratio[pair]);
}

static void say_matrices(const lever_answer *a, ent_arena *arena, ent_text *out)
{
    static const char *const titles[] = {
        "Import duty, one point more on all that the row buys from the column",
        "Export tax, one point more on all that the row sells to the column",
        "Trade cost that nobody collects, one percent more on all that the row buys from the column"};
    const ptrdiff_t R = a->net->regions;
    for (int kind = 0; kind < ENT_LEVER_SUBSIDY; kind++) {
        char title[200];
        double *part = ent_new(arena, double, R *R);
        if ((a->kinds >> kind & 1) == 0 || part == NULL) continue;
        for (ptrdiff_t pair = 0; pair < R * R; pair++)
            part[pair] = 1e6 * a->matrix[kind].loss_usd[pair] / a->leverage.income_usd[pair % R];
        snprintf(title, sizeof title, "%s: loss of the column, millionths of its real income", titles[kind]);
        const heat_map map = {title, "whose ↓ &nbsp; on →", part, 0, tip_matrix, &a->matrix[kind]};
        say_map(a, &map, arena, out);
    }
}

static void tip_exposure(const lever_answer *a, const void *about, ptrdiff_t pair, ent_text *out)
{
    const ptrdiff_t R = a->net->regions;
    const double *value = about;
    say_text(out, label_of(a, pair / R));
    ent_text_say(out, " by productivity of ");
    say_text(out, label_of(a, pair % R));
    ent_text_say(out, ": %.5f percent for one percent", value[pair] / 100.0);
}

static void say_exposure(const lever_answer *a, ptrdiff_t sector, ent_arena *arena, ent_text *out)
{
    const ptrdiff_t R = a->net->regions, J = a->net->sectors;
    const ent_exposure *x = &a->exposure[sector >= 0 ? sector : J];
    double *u = ent_new(arena, double, R *R), *model = ent_new(arena, double, R *R);
    char title[300];
    if (x->s == NULL || u == NULL || model == NULL) return;
    for (ptrdiff_t pair = 0; pair < R * R; pair++) {
        u[pair] = 100.0 * x->u[pair];
        model[pair] = 100.0 * lever_in_model(a, pair / R, pair % R, sector);
    }
    const char *of = sector >= 0 ? a->net->table->sectors.label[sector] : "All trade together";
    snprintf(title, sizeof title,
             "%s: real income of the row, hundredths of a percent for one percent of productivity in the column "
             "(Kleinman, Liu and Redding)",
             of);
    const heat_map exposure = {title, "who ↓ &nbsp; on whom →", u, 1, tip_exposure, u};
    say_map(a, &exposure, arena, out);
    const heat_map network = {"The same in the whole network", "who ↓ &nbsp; on whom →", model, 1, tip_exposure, model};
    say_map(a, &network, arena, out);
}

/* The printed sector (or all trade) stands open, the others are folded. */
static void say_exposures(const lever_answer *a, ent_arena *arena, ent_text *out)
{
    say_exposure(a, a->sector, arena, out);
    for (ptrdiff_t j = -1; j < a->net->sectors; j++) {
        if (j == a->sector || a->exposure[j >= 0 ? j : a->net->sectors].s == NULL) continue;
        ent_text_say(out, "<details><summary>");
        say_text(out, j >= 0 ? a->net->table->sectors.label[j] : "All trade together");
        ent_text_say(out, "</summary>\n");
        say_exposure(a, j, arena, out);
        ent_text_say(out, "</details>\n");
    }
}

static const char style[] =
    ":root{color-scheme:light dark;--loss:178 34 34;--gain:33 102 172;--ink:#1a1a1a;--line:#ddd;--page:#fff}"
    "@media(prefers-color-scheme:dark){:root{--loss:235 95 80;--gain:90 160 "
    "235;--ink:#e8e8e8;--line:#444;--page:#16181b}}"
    "body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:80rem;margin:2rem auto;"
    "padding:0 1rem}"
    "h1{font-size:1.5rem;margin:0}p{max-width:46rem}.scroll{overflow-x:auto;margin:1.5rem 0}"
    "table{border-collapse:collapse;font-size:.75rem;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;font-size:.95rem;font-weight:600;padding:.3rem 0}"
    "th{font-weight:500;padding:.15rem "
    ".3rem;text-align:right}th[scope=row],.corner{text-align:left;position:sticky;left:0;"
    "background:var(--page);white-space:nowrap}"
    "td{text-align:right;padding:.15rem .3rem;min-width:2.1rem;border:1px solid var(--line)}"
    ".loss{background:rgb(var(--loss)/var(--s))}.gain{background:rgb(var(--gain)/var(--s))}.deep{color:#fff}"
    ".none{background:none}summary{cursor:pointer;padding:.2rem 0}footer{margin:2rem 0;font-size:.8rem}";

void lever_page(const lever_answer *a, ent_arena *arena, ent_text *out)
{
    const char *title = a->question == LEVER_MATRIX ? "Who can hurt whom" : "Who depends on whom";
    ent_text_say(out,
                 "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                 "content=\"width=device-width\"><title>%s</title><style>",
                 title);
    ent_text_add(out, style, sizeof style - 1);
    ent_text_say(out, "</style></head><body>\n<h1>%s</h1>\n<p>", title);
    say_text(out, a->net->table->title[0] != 0 ? a->net->table->title : a->net->table->name);
    ent_text_say(out, ", blueprint ");
    say_text(out, a->net->blueprint->name);
    ent_text_say(out, ", ");
    say_text(out, a->where);
    ent_text_say(out, "</p>\n<p>");
    say_text(out, lever_definition(a->question));
    ent_text_say(out, "</p>\n<p>Red: a loss; blue: a gain. Shades by the square root of the size.</p>\n");
    if (a->question == LEVER_MATRIX)
        say_matrices(a, arena, out);
    else
        say_exposures(a, arena, out);
    ent_text_say(out, "<footer>entente %s. ", ENT_VERSION);
    say_text(out, a->net->table->source);
    ent_text_say(out, "</footer>\n</body></html>\n");
}
