/* vector.c: see vector.h. */
// SPDX-License-Identifier: MIT
#include "equilibrium/vector.h"
#include "num/dot.h"

static double dot(N_Vector x, N_Vector y)
{
    return ent_dot_run(N_VGetLength_Serial(x), N_VGetArrayPointer_Serial(x), N_VGetArrayPointer_Serial(y));
}

static int dot_many(int count, N_Vector x, N_Vector *y, double *products)
{
    for (int c = 0; c < count; c++) products[c] = dot(x, y[c]);
    return 0;
}

static void linear_sum(double a, N_Vector x, double b, N_Vector y, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(x);
    const double *from = N_VGetArrayPointer_Serial(x), *other = N_VGetArrayPointer_Serial(y);
    double *to = N_VGetArrayPointer_Serial(z);
    if (z == y && b == 1.0) {
        ent_add_run(n, from, a, to);
        return;
    }
    ent_combine(n, a, from, b, other, to);
}

/* z = Σ c[k] x[k]; x[0] may be z. */
static int linear_combination(int count, double *c, N_Vector *x, N_Vector z)
{
    const ptrdiff_t n = N_VGetLength_Serial(z);
    double *to = N_VGetArrayPointer_Serial(z);
    ent_combine(n, c[0], N_VGetArrayPointer_Serial(x[0]), 0.0, N_VGetArrayPointer_Serial(x[0]), to);
    for (int k = 1; k < count; k++) ent_add_run(n, N_VGetArrayPointer_Serial(x[k]), c[k], to);
    return 0;
}

N_Vector ent_vector_over(sunindextype n, double *values, SUNContext context)
{
    N_Vector v = N_VMake_Serial(n, values, context);
    if (v == NULL) return NULL;
    v->ops->nvdotprod = dot;
    v->ops->nvlinearsum = linear_sum;
    v->ops->nvdotprodmulti = dot_many;
    v->ops->nvlinearcombination = linear_combination;
    return v;
}
