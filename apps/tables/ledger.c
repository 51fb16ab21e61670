/* ledger.c: see ledger.h. */
// SPDX-License-Identifier: MIT
#include "ledger.h"
#include <math.h>
#include <string.h>

ledger ledger_begin(ent_arena *arena, const ledger_column *columns, ptrdiff_t width)
{
    return (ledger){.columns = columns, .width = width, .arena = arena};
}

static void add(ledger *book, ledger_cell cell)
{
    if (book->failed) return;
    if (book->cells == book->room) {
        const ptrdiff_t room = book->room == 0 ? 1024 : 2 * book->room;
        ledger_cell *more = ent_new(book->arena, ledger_cell, room);
        if (more == NULL) {
            book->failed = 1;
            return;
        }
        if (book->cells > 0) memcpy(more, book->cell, (size_t)book->cells * sizeof *more);
        book->cell = more;
        book->room = room;
    }
    book->cell[book->cells++] = cell;
}

void ledger_text(ledger *book, const char *text)
{
    add(book, (ledger_cell){.text = text, .number = NAN});
}

void ledger_number(ledger *book, double number)
{
    add(book, (ledger_cell){.number = number});
}

/* RFC 4180: quoted where a comma, a quote or a line end is in it. */
static void say_csv_text(ent_text *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        ent_text_say(out, "%s", text);
        return;
    }
    ent_text_say(out, "\"");
    for (; *text != 0; text++) ent_text_say(out, *text == '"' ? "\"\"" : "%c", *text);
    ent_text_say(out, "\"");
}

void ledger_csv(const ledger *book, ent_text *out)
{
    for (ptrdiff_t c = 0; c < book->width; c++) ent_text_say(out, "%s%s", c > 0 ? "," : "", book->columns[c].name);
    ent_text_say(out, "\n");
    for (ptrdiff_t k = 0; k < book->cells; k++) {
        const ledger_cell *cell = &book->cell[k];
        if (book->columns[k % book->width].is_text)
            say_csv_text(out, cell->text);
        else if (isfinite(cell->number))
            ent_text_say(out, "%.17g", cell->number);
        ent_text_say(out, (k + 1) % book->width == 0 ? "\n" : ",");
    }
}

void ledger_json(const ledger *book, ent_json *json)
{
    ent_json_open(json, '[');
    for (ptrdiff_t k = 0; k < book->cells; k++) {
        const ptrdiff_t c = k % book->width;
        if (c == 0) ent_json_open_dense(json, '{');
        if (book->columns[c].is_text)
            ent_json_pair(json, book->columns[c].name, book->cell[k].text);
        else
            ent_json_pair_rounded(json, book->columns[c].name, book->cell[k].number, 17);
        if (c == book->width - 1) ent_json_close(json, '}');
    }
    ent_json_close(json, ']');
}
