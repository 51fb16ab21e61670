/* entente.h: all front doors, in the order of the corridor:
 * files -> table -> network -> scenario -> equilibrium -> outcome -> report. */
// SPDX-License-Identifier: MIT
#pragma once
// clang-format off
#include "entente/base.h"
#include "entente/text.h"
#include "entente/table.h"
#include "entente/product.h"
#include "entente/network.h"
#include "entente/scenario.h"
#include "entente/equilibrium.h"
#include "entente/outcome.h"
#include "entente/sensitivity.h"
#include "entente/uncertainty.h"
#include "entente/chokepoint.h"
#include "entente/strategy.h"
#include "entente/game.h"
#include "entente/talk.h"
#include "entente/bloc.h"
#include "entente/contest.h"
#include "entente/report.h"
// clang-format on
