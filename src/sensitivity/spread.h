/* spread.h: where an uncertain elasticity stands in a blueprint and among the derivatives. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/uncertainty.h"

/* Where the number stands; NULL where the arrays are missing. */
double *ent_parameter_place(ent_blueprint *blueprint, const ent_parameter *parameter);
double ent_parameter_derivative(const ent_derivatives *derivatives, const ent_parameter *parameter);
int ent_parameter_by_sector(ent_parameter_kind kind);
