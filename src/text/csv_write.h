/* csv_write.h: values -> fields of CSV (RFC 4180, lines end with \n). Opens no file. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/base.h"

void ent_csv_field(ent_text *text,
                   const char *value); /* quoted where it holds a comma, a quote, a line end, or blanks at an end */
void ent_csv_number(ent_text *text, double value); /* exact; NaN and infinities: empty */
