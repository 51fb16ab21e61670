/* sheet.h: columns of words and numbers on a terminal of 100 columns: padded by characters, not bytes; numbers with
 * their thousands apart and as many decimals as the column has, so that points stand under points. */
// SPDX-License-Identifier: MIT
#pragma once

enum {
    SHEET_WIDTH = 100
};

/* Words, padded or cut (with an ellipsis) to so many characters; a negative width cuts and doesn't pad. */
void sheet_words(const char *words, int width);
/* Words at the right end of so many characters, cut to one less where they are longer. */
void sheet_right(const char *words, int width);
/* How many characters words have. */
int sheet_characters(const char *words);
/* A number at the right end of so many characters; a dash where it is none. */
void sheet_number(double value, int width, int decimals);
/* Text in lines of at most SHEET_WIDTH characters, the later ones (and the first, where `first` is NULL) set in by
 * `indent`; `first` is what stands there in the first line. Line ends of the text begin new lines. */
void sheet_text(const char *first, int indent, const char *text);
/* "1 region, " or "19 regions, ": the number, the noun, and what follows. */
void sheet_count(long count, const char *noun, const char *then);
