/* number.h: numbers as text. Knows no unit and no meaning of a number. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

enum {
    ENT_NUMBER_ROOM = 64
};

/* The decimal that reads back to the very same double: short where it is short (0.25, 145), else 17 digits. Empty for
 * NaN, "inf", "-inf"; the point is a point in every locale. Returns the length. */
size_t ent_number_exact(double x, char out[ENT_NUMBER_ROOM]);

/* For people: fixed decimals, thousands apart by commas, `plus` 1: a sign before gains too. What rounds to zero has no
 * sign. A dash for NaN and infinities. Returns the length in bytes. */
size_t ent_number_fixed(double x, int decimals, int plus, char out[ENT_NUMBER_ROOM]);

/* Decimals for a column whose largest size is given: three digits that count, between 1 and 4 decimals. */
int ent_number_decimals(double largest);
