/* blueprint.h: a blueprint with its gaps filled: what laying a network reads. */
// SPDX-License-Identifier: MIT
#pragma once
#include "entente/network.h"

/* Ranges of every number; sectors and regions by name. */
ent_status ent_blueprint_check(const ent_table *table, const ent_blueprint *blueprint, ent_error *err);

/* Derived where the blueprint leaves NaN: σ_d = (1 + θ)/2, ψ = 1/θ. */
double ent_blueprint_home_elasticity(const ent_blueprint *blueprint, ptrdiff_t sector);
double ent_blueprint_product_elasticity(const ent_blueprint *blueprint, ptrdiff_t first); /* σ_h = 1 + θ */
double ent_blueprint_scale(const ent_blueprint *blueprint, ptrdiff_t sector);
/* φ_n of E17. */
double ent_blueprint_duty_power(const ent_blueprint *blueprint, ptrdiff_t region);
