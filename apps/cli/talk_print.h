/* talk_print.h: see talk_print.c. */
// SPDX-License-Identifier: MIT
#pragma once
#include "talk_tables.h"

void talk_print(const talk_tables *all);
