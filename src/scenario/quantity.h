/* quantity.h: numbers of a scenario with their units: 30 %, 0.5, 10e9 USD. */
// SPDX-License-Identifier: MIT
#pragma once
#include "scenario/reading.h"

/* A rate, which carries its %: `30%` is 0.3. A bare number is refused with the question which was meant. */
ent_status ent_quantity_rate(const ent_reading *reading, const ent_yaml *node, double *rate);

/* A factor: `0.5`, or `50%` of what was. */
ent_status ent_quantity_factor(const ent_reading *reading, const ent_yaml *node, double *factor);

/* An amount of money in million US dollars: `10e9 USD`, `10 bn USD`, `2.5 tn USD`. */
ent_status ent_quantity_amount(const ent_reading *reading, const ent_yaml *node, double *million_usd);

/* A bare number. */
ent_status ent_quantity_number(const ent_reading *reading, const ent_yaml *node, double *number);

/* 1 where the text is a bare number, as the one above takes it. */
int ent_is_number(const char *text);
