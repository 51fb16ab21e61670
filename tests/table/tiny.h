/* tiny.h: a table of two regions and two sectors that balances, for tests that then spoil it. */
// SPDX-License-Identifier: MIT
#pragma once
#include "test.h"

/* Mexico and the USA, motor vehicles and services, two final uses, labour and capital. Every sales cell is 1 to 3
 * digits; E1 and E2 hold exactly. */
ent_status tiny_table(ent_arena *arena, ent_table *table, ent_error *err);
