/* certify.h: the only file that may say "converged": it has compared the residuals with the tolerance. */
// SPDX-License-Identifier: MIT
#pragma once
#include "equilibrium/pass.h"

/* Residuals of z, with image = G(z) from the pass that just ran at z. */
void ent_certify(const ent_pass *pass, const double *z, const double *image, double tolerance,
                 ent_certificate *certificate);
/* The largest of the residuals. */
double ent_certificate_worst(const ent_certificate *certificate);
