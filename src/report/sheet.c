/* sheet.c: lines of a text report. Widths count characters of UTF-8; combining marks and wide ones are not told apart.
 */
// SPDX-License-Identifier: MIT
#include "report/sheet.h"
#include "text/number.h"
#include <math.h>
#include <string.h>

static int starts_character(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

ptrdiff_t ent_sheet_width(const char *text)
{
    ptrdiff_t width = 0;
    for (; *text != 0; text++) width += starts_character(*text);
    return width;
}

/* Bytes of the first `characters` characters. */
static size_t bytes_of(const char *text, ptrdiff_t characters)
{
    size_t bytes = 0;
    while (text[bytes] != 0 && characters > 0) {
        bytes++;
        while (!starts_character(text[bytes])) bytes++;
        characters--;
    }
    return bytes;
}

static void blanks(ent_sheet *sheet, ptrdiff_t count)
{
    for (; count > 0; count--) ent_text_add(sheet->out, " ", 1);
}

static void inked(ent_sheet *sheet, ent_ink ink, const char *text, size_t bytes)
{
    static const char *const codes[] = {"", "\033[1m", "\033[2m", "\033[34m", "\033[31m"};
    const int coloured = sheet->colour && ink != ENT_INK_PLAIN;
    if (coloured) ent_text_say(sheet->out, "%s", codes[ink]);
    for (size_t b = 0; b < bytes; b++) /* a label cannot send codes of its own to a terminal */
        ent_text_add(sheet->out, (unsigned char)text[b] < 0x20 || text[b] == 0x7f ? " " : text + b, 1);
    if (coloured) ent_text_say(sheet->out, "\033[0m");
}

/* The text, cut to width. Returns the characters written. */
static ptrdiff_t cut(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t width)
{
    const ptrdiff_t whole = ent_sheet_width(text);
    if (whole <= width) {
        inked(sheet, ink, text, strlen(text));
        return whole;
    }
    inked(sheet, ink, text, bytes_of(text, width - 1));
    inked(sheet, ink, "…", strlen("…"));
    return width;
}

void ent_sheet_left(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t width)
{
    blanks(sheet, width - cut(sheet, ink, text, width));
}

void ent_sheet_right(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t width)
{
    blanks(sheet, width - ent_sheet_width(text));
    cut(sheet, ink, text, width);
}

void ent_sheet_number(ent_sheet *sheet, double value, int decimals, ptrdiff_t width)
{
    char number[ENT_NUMBER_ROOM];
    ent_number_fixed(value, decimals, 0, number);
    ent_sheet_right(sheet, ENT_INK_PLAIN, number, width);
}

void ent_sheet_change(ent_sheet *sheet, double value, int decimals, ptrdiff_t width)
{
    char number[ENT_NUMBER_ROOM];
    ent_number_fixed(value, decimals, 1, number);
    const ent_ink ink = number[0] == '+' ? ENT_INK_GAIN : number[0] == '-' ? ENT_INK_LOSS : ENT_INK_PLAIN;
    ent_sheet_right(sheet, ink, number, width);
}

void ent_sheet_end(ent_sheet *sheet)
{
    ent_text *out = sheet->out;
    while (!out->failed && out->size > 0 && out->data[out->size - 1] == ' ') out->data[--out->size] = 0;
    ent_text_add(out, "\n", 1);
}

void ent_sheet_heading(ent_sheet *sheet, const char *title, const char *note)
{
    ent_text_add(sheet->out, "\n", 1);
    inked(sheet, ENT_INK_BOLD, title, strlen(title));
    if (note != NULL && *note != 0) {
        blanks(sheet, 2);
        cut(sheet, ENT_INK_DIM, note, ENT_SHEET_COLUMNS - ent_sheet_width(title) - 2);
    }
    ent_sheet_end(sheet);
}

/* Bytes of text that go on one line of `width`: up to the last blank that fits, or cut where there is none. */
static size_t line_bytes(const char *text, ptrdiff_t width)
{
    const size_t most = bytes_of(text, width);
    if (text[most] == 0 || text[most] == ' ') return most;
    for (size_t b = most; b > 0; b--)
        if (text[b - 1] == ' ') return b - 1;
    return most;
}

void ent_sheet_wrap(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t indent)
{
    for (int line = 0; line == 0 || *text != 0; line++) {
        const size_t bytes = line_bytes(text, ENT_SHEET_COLUMNS - indent);
        if (line > 0) blanks(sheet, indent);
        inked(sheet, ink, text, bytes);
        ent_sheet_end(sheet);
        text += bytes;
        while (*text == ' ') text++;
    }
}

const char *ent_sheet_broken(const char *text, ptrdiff_t width, int lines, int which, char *cell)
{
    for (int line = 0; line < which; line++) {
        text += line_bytes(text, width);
        while (*text == ' ') text++;
    }
    size_t bytes = line_bytes(text, width);
    const int more = which == lines - 1 && ent_sheet_width(text) > width;
    if (more) bytes = bytes_of(text, width - 1);
    memcpy(cell, text, bytes);
    strcpy(cell + bytes, more ? "…" : "");
    return cell;
}
