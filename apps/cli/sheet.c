/* sheet.c: see sheet.h. */
// SPDX-License-Identifier: MIT
#include "sheet.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the first `most` characters of UTF-8; *count is how many there are up to that. */
static int bytes_of(const char *words, int most, int *count)
{
    int at = 0;
    for (*count = 0; words[at] != 0 && *count < most; ++*count) {
        at++;
        while (((unsigned char)words[at] & 0xc0) == 0x80) at++;
    }
    return at;
}

void sheet_words(const char *words, int width)
{
    const int most = width < 0 ? -width : width;
    int count;
    int bytes = bytes_of(words, most, &count);
    if (words[bytes] != 0) {
        bytes = bytes_of(words, most - 1, &count);
        printf("%.*s…", bytes, words);
        count++;
    } else {
        printf("%s", words);
    }
    if (count < width) printf("%*s", width - count, "");
}

int sheet_characters(const char *words)
{
    int count;
    bytes_of(words, (int)strlen(words), &count);
    return count;
}

void sheet_right(const char *words, int width)
{
    const int count = sheet_characters(words);
    printf("%*s", count < width ? width - count : 1, "");
    sheet_words(words, -(width - 1));
}

void sheet_number(double value, int width, int decimals)
{
    char plain[64], apart[96];
    if (!isfinite(value)) {
        printf("%*s", width, "-");
        return;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    const int whole = (int)strcspn(plain, "."), negative = value < 0.0 && strspn(plain, "0.") < strlen(plain);
    int at = 0;
    if (negative) apart[at++] = '-';
    for (int d = 0; plain[d] != 0 && at < (int)sizeof apart - 2; d++) {
        if (d > 0 && d < whole && (whole - d) % 3 == 0) apart[at++] = ',';
        apart[at++] = plain[d];
    }
    apart[at] = 0;
    printf("%*s", width, apart);
}

void sheet_text(const char *first, int indent, const char *text)
{
    int column = indent, count;
    printf("%*s", first == NULL ? indent : 0, "");
    if (first != NULL) sheet_words(first, indent);
    for (const char *word = text; *word != 0;) {
        if (*word == '\n') {
            printf("\n%*s", indent, "");
            column = indent;
            word++;
            continue;
        }
        int length = (int)strcspn(word, " \n");
        if (word[length] == ' ' && word[length + 1] == '%')
            length += 1 + (int)strcspn(word + length + 1, " \n"); /* 5 % */
        const int bytes = length;
        int shown = 0;
        for (int at = 0; at < bytes; shown++) at += bytes_of(word + at, 1, &count);
        if (column > indent && column + 1 + shown > SHEET_WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
        }
        if (column > indent && shown > 0) {
            putchar(' ');
            column++;
        }
        printf("%.*s", bytes, word);
        column += shown;
        word += bytes + (word[bytes] == ' ');
    }
    putchar('\n');
}

void sheet_count(long count, const char *noun, const char *then)
{
    printf("%ld %s%s%s", count, noun, count == 1 ? "" : "s", then);
}
