/* shares.h: gains shared by climbing the sharing itself, where no weights lead to them. */
// SPDX-License-Identifier: MIT
#pragma once
#include "game/board.h"
#include "game/party.h"

typedef struct {
    const ent_parties *parties;
    const double *reference; /* [parties] base or threat, of what parties have */
    int bargain;             /* 1: the largest product of gains; 0: gains alike */
    double within;           /* how alike */
} ent_shares;

/* From the board's turn. weight [parties]: where multipliers start, sum 1; then those at which Σ weight U has no slope.
 * The board is left at the point. */
ent_status ent_board_shares(ent_board *board, const ent_shares *ask, double *weight, ptrdiff_t *rounds, ent_error *err);
