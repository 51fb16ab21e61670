/* scan.h: places far from a point that may be better, told without solving the economy, or by solving it along a line.
 */
// SPDX-License-Identifier: MIT
#pragma once
#include "game/board.h"

/* At the point last solved and felt, with answers: `turn` [dials] becomes the best place that multipliers frozen there
 * let the only player see. *jumped: how many markets and dials went elsewhere. */
ent_status ent_scan_frozen(const ent_board *board, double *turn, int *jumped, ent_error *err);
/* The best point of the line on which `dial` alone moves between its bounds from where the board stands: the board is
 * there when it comes back, if that is better than `value`, else where it was; not solved. */
ent_status ent_scan_line(ent_board *board, ptrdiff_t dial, double *value, int *better, ent_error *err);
