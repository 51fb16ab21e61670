/* eigen.c: see eigen.h. In complex numbers, so that one shift at a time will do: H − μ = QR by Givens rotations, then
 * RQ + μ, on the part between two zeros of the subdiagonal; μ is the eigenvalue of the last two rows that is nearer to
 * the last entry (Wilkinson), now and then another one, so that what returns to itself is disturbed. */
// SPDX-License-Identifier: MIT
#include "num/eigen.h"
#include <float.h>
#include <math.h>

enum {
    MOST_STEPS = 60, /* for one eigenvalue; three are usual */
    DISTURB = 10     /* steps, after which the shift is another one */
};

typedef struct {
    ptrdiff_t n;
    double complex *h;
} square;

static double complex *at(const square *m, ptrdiff_t row, ptrdiff_t column)
{
    return m->h + column * m->n + row;
}

static double size(double complex z)
{
    return fabs(creal(z)) + fabs(cimag(z));
}

/* Where the part that ends at `last` begins; what is next to nothing on the subdiagonal becomes nothing. */
static ptrdiff_t beginning(const square *m, ptrdiff_t last)
{
    ptrdiff_t first = last;
    while (first > 0) {
        const double beside = size(*at(m, first, first)) + size(*at(m, first - 1, first - 1));
        if (size(*at(m, first, first - 1)) <= DBL_EPSILON * beside) {
            *at(m, first, first - 1) = 0.0;
            break;
        }
        first--;
    }
    return first;
}

static double complex shift_of(const square *m, ptrdiff_t last, int step)
{
    const double complex a = *at(m, last - 1, last - 1), b = *at(m, last - 1, last), c = *at(m, last, last - 1),
                         d = *at(m, last, last);
    if (step % DISTURB == 0) return d + size(c);
    const double complex half = 0.5 * (a + d), root = csqrt(0.25 * (a - d) * (a - d) + b * c);
    return size(half + root - d) < size(half - root - d) ? half + root : half - root;
}

/* Rows k and k+1 times a rotation, from column `from` on; then columns k and k+1 times its adjoint, to row `to`. */
typedef struct {
    double c;
    double complex s;
} rotation;

static rotation rotate_rows(const square *m, ptrdiff_t k, ptrdiff_t last)
{
    const double complex x = *at(m, k, k), y = *at(m, k + 1, k);
    const double length = hypot(cabs(x), cabs(y)), of_x = cabs(x);
    const double complex turned = of_x > 0.0 ? x / of_x : 1.0;
    const rotation g = {length > 0.0 ? of_x / length : 1.0, length > 0.0 ? turned * conj(y) / length : 0.0};
    for (ptrdiff_t column = k; column <= last; column++) {
        const double complex above = *at(m, k, column), below = *at(m, k + 1, column);
        *at(m, k, column) = g.c * above + g.s * below;
        *at(m, k + 1, column) = g.c * below - conj(g.s) * above;
    }
    return g;
}

static void rotate_columns(const square *m, ptrdiff_t k, ptrdiff_t first, rotation g)
{
    for (ptrdiff_t row = first; row <= k + 1; row++) {
        const double complex left = *at(m, row, k), right = *at(m, row, k + 1);
        *at(m, row, k) = g.c * left + conj(g.s) * right;
        *at(m, row, k + 1) = g.c * right - g.s * left;
    }
}

/* The rotation of rows k, k+1 is undone on columns k, k+1 as soon as the next one has used row k+1. */
static void step_down(const square *m, ptrdiff_t first, ptrdiff_t last, double complex shift)
{
    rotation before = {1.0, 0.0};
    for (ptrdiff_t k = first; k <= last; k++) *at(m, k, k) -= shift;
    for (ptrdiff_t k = first; k < last; k++) {
        const rotation now = rotate_rows(m, k, last);
        if (k > first) rotate_columns(m, k - 1, first, before);
        before = now;
    }
    rotate_columns(m, last - 1, first, before);
    for (ptrdiff_t k = first; k <= last; k++) *at(m, k, k) += shift;
}

int ent_eigen_hessenberg(ptrdiff_t n, double complex *h, double complex *value)
{
    const square m = {n, h};
    ptrdiff_t last = n - 1;
    for (int step = 1; last >= 0; step++) {
        const ptrdiff_t first = beginning(&m, last);
        if (first == last) {
            value[last] = *at(&m, last, last);
            last--;
            step = 0;
            continue;
        }
        if (step > MOST_STEPS) return 0;
        step_down(&m, first, last, shift_of(&m, last, step));
    }
    return 1;
}
