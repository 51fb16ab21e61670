/* sheet.h: lines of a text report: at most 100 columns, cells padded to a width, colour where asked.
 * Knows no noun of the model. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

enum {
    ENT_SHEET_COLUMNS = 100
};

typedef enum {
    ENT_INK_PLAIN,
    ENT_INK_BOLD,
    ENT_INK_DIM,
    ENT_INK_GAIN,
    ENT_INK_LOSS
} ent_ink;

typedef struct {
    ent_text *out;
    int colour;
} ent_sheet;

ptrdiff_t ent_sheet_width(const char *text); /* characters, not bytes */
/* Padded to width; what is too long ends with an ellipsis. */
void ent_sheet_left(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t width);
void ent_sheet_right(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t width);
/* A number right in its cell; changes carry their sign and, in colour, blue gains and red losses. */
void ent_sheet_number(ent_sheet *sheet, double value, int decimals, ptrdiff_t width);
void ent_sheet_change(ent_sheet *sheet, double value, int decimals, ptrdiff_t width);
void ent_sheet_end(ent_sheet *sheet);
void ent_sheet_heading(ent_sheet *sheet, const char *title,
                       const char *note); /* a blank line, the title, a note behind it */
/* Words over as many lines as they need, from column `indent` on. The cursor stands at column `indent` already. */
void ent_sheet_wrap(ent_sheet *sheet, ent_ink ink, const char *text, ptrdiff_t indent);
/* Line `which` of at most `lines` lines of text broken at blanks into width; the last one ends with an ellipsis where
 * more is left. Returns text in `cell` (room for 4 width + 4 bytes). */
const char *ent_sheet_broken(const char *text, ptrdiff_t width, int lines, int which, char *cell);
