/* dot.c: see dot.h. Compiled for three widths of vector unit; the machine picks one when the library is loaded. All
 * three give the same bits, since the order of every addition is written out and products are not fused into them. */
// SPDX-License-Identifier: MIT
#include "num/dot.h"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

enum {
    PARTS = 16
};

static inline double tree(const double s[PARTS])
{
    const double a = (s[0] + s[8]) + (s[4] + s[12]), b = (s[1] + s[9]) + (s[5] + s[13]);
    const double c = (s[2] + s[10]) + (s[6] + s[14]), d = (s[3] + s[11]) + (s[7] + s[15]);
    return (a + c) + (b + d);
}

WIDE double ent_dot_run(ptrdiff_t n, const double *a, const double *x)
{
    double s[PARTS] = {0};
    ptrdiff_t e = 0;
    for (; e + PARTS <= n; e += PARTS)
        for (int p = 0; p < PARTS; p++) s[p] += a[e + p] * x[e + p];
    for (; e < n; e++) s[e % PARTS] += a[e] * x[e];
    return tree(s);
}

WIDE double ent_dot_gather(ptrdiff_t n, const double *a, const double *x, const int32_t *index)
{
    double s[PARTS] = {0};
    ptrdiff_t e = 0;
    for (; e + PARTS <= n; e += PARTS)
        for (int p = 0; p < PARTS; p++) s[p] += a[e + p] * x[index[e + p]];
    for (; e < n; e++) s[e % PARTS] += a[e] * x[index[e]];
    return tree(s);
}

WIDE void ent_add_run(ptrdiff_t n, const double *a, double z, double *restrict y)
{
    for (ptrdiff_t e = 0; e < n; e++) y[e] += a[e] * z;
}

void ent_add_scatter(ptrdiff_t n, const double *a, double z, double *y, const int32_t *index)
{
    for (ptrdiff_t e = 0; e < n; e++) y[index[e]] += a[e] * z;
}

WIDE void ent_combine(ptrdiff_t n, double a, const double *x, double b, const double *y, double *z)
{
    for (ptrdiff_t e = 0; e < n; e++) z[e] = a * x[e] + b * y[e];
}
