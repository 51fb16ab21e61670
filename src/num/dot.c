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

WIDE double ent_largest(ptrdiff_t n, const double *x)
{
    double s[PARTS] = {0};
    ptrdiff_t e = 0;
    for (; e + PARTS <= n; e += PARTS)
        for (int p = 0; p < PARTS; p++) {
            const double size = x[e + p] < 0.0 ? -x[e + p] : x[e + p];
            s[p] = size > s[p] ? size : s[p];
        }
    for (; e < n; e++) {
        const double size = x[e] < 0.0 ? -x[e] : x[e];
        s[0] = size > s[0] ? size : s[0];
    }
    double most = s[0];
    for (int p = 1; p < PARTS; p++) most = s[p] > most ? s[p] : most;
    return most;
}

WIDE void ent_multiply(ptrdiff_t n, const double *x, const double *y, double *restrict z)
{
    for (ptrdiff_t e = 0; e < n; e++) z[e] = x[e] * y[e];
}

WIDE void ent_settle_run(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                         const double *to_border, double *restrict seller, double sums[2])
{
    double spent[PARTS] = {0}, border[PARTS] = {0};
    ptrdiff_t e = 0;
    for (; e + PARTS <= n; e += PARTS)
        for (int p = 0; p < PARTS; p++) {
            const double v = x[e + p] * bought[e + p];
            seller[e + p] += v * to_seller[e + p];
            spent[p] += v;
            border[p] += v * to_border[e + p];
        }
    for (; e < n; e++) {
        const double v = x[e] * bought[e];
        seller[e] += v * to_seller[e];
        spent[e % PARTS] += v;
        border[e % PARTS] += v * to_border[e];
    }
    sums[0] += tree(spent);
    sums[1] += tree(border);
}

WIDE void ent_value_run(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                        const double *to_border, const double *power, const double *kept, const double *tax,
                        const double worth[3], double *restrict weighted, double *restrict price)
{
    const double spent = worth[0], border = worth[1], gross = worth[2];
    for (ptrdiff_t e = 0; e < n; e++) {
        const double v = spent + to_border[e] * (border + gross * tax[e]) + to_seller[e] * kept[e];
        weighted[e] = x[e] * v;
        price[e] = power[e] * bought[e] * weighted[e];
    }
}

WIDE void ent_value_gather(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                           const double *to_border, const double *power, const double *kept, const double *tax,
                           const int32_t *index, const double worth[3], double *restrict weighted,
                           double *restrict price)
{
    const double spent = worth[0], border = worth[1], gross = worth[2];
    for (ptrdiff_t e = 0; e < n; e++) {
        const int32_t i = index[e];
        const double v = spent + to_border[e] * (border + gross * tax[i]) + to_seller[e] * kept[i];
        weighted[e] = x[e] * v;
        price[e] = power[i] * bought[e] * weighted[e];
    }
}

WIDE void ent_add_run_product(ptrdiff_t n, const double *y, const double *a, const double *x, double *restrict z)
{
    for (ptrdiff_t e = 0; e < n; e++) z[e] += y[e] + a[e] * x[e];
}

WIDE void ent_add_product(ptrdiff_t n, const double *a, const double *x, double b, double c, double *restrict z)
{
    for (ptrdiff_t e = 0; e < n; e++) z[e] += a[e] * (b * x[e] + c);
}

WIDE void ent_multiply_gather(ptrdiff_t n, const double *x, const double *y, const int32_t *index, double *restrict z)
{
    for (ptrdiff_t e = 0; e < n; e++) z[e] = x[e] * y[index[e]];
}

void ent_settle_scatter(ptrdiff_t n, const double *x, const double *bought, const double *to_seller,
                        const double *to_border, const int32_t *index, double *restrict seller, double sums[2])
{
    double spent[4] = {0}, border[4] = {0};
    for (ptrdiff_t e = 0; e < n; e++) {
        const double v = x[e] * bought[e];
        seller[index[e]] += v * to_seller[e];
        spent[e % 4] += v;
        border[e % 4] += v * to_border[e];
    }
    sums[0] += (spent[0] + spent[1]) + (spent[2] + spent[3]);
    sums[1] += (border[0] + border[1]) + (border[2] + border[3]);
}

enum {
    EIGHT = 8
};

/* Eight columns at a time: memory is read in its order, and what is added to stays near. */
WIDE void ent_columns_add(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *restrict a,
                          const double *restrict x, double *restrict y)
{
    ptrdiff_t c = 0;
    for (; c + EIGHT <= columns; c += EIGHT) {
        const double *p = a + c * stride, *q = x + c;
        for (ptrdiff_t i = 0; i < rows; i++)
            y[i] += ((p[i] * q[0] + p[stride + i] * q[1]) + (p[2 * stride + i] * q[2] + p[3 * stride + i] * q[3])) +
                    ((p[4 * stride + i] * q[4] + p[5 * stride + i] * q[5]) +
                     (p[6 * stride + i] * q[6] + p[7 * stride + i] * q[7]));
    }
    for (; c < columns; c++)
        for (ptrdiff_t i = 0; i < rows; i++) y[i] += a[c * stride + i] * x[c];
}

WIDE void ent_columns_dot(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *restrict a,
                          const double *restrict x, double *restrict y)
{
    for (ptrdiff_t c = 0; c < columns; c++) {
        double s[EIGHT] = {0};
        for (ptrdiff_t i = 0; i < rows; i += EIGHT)
            for (int p = 0; p < EIGHT; p++) s[p] += a[c * stride + i + p] * x[i + p];
        y[c] += ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }
}

/* Eight numbers side by side, wherever they stand. */
typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));

static inline const eight *at(const double *x)
{
    return (const eight *)(const void *)x;
}

/* `many` is a constant wherever these are put in. */
static inline __attribute__((always_inline)) void add_some(int many, ptrdiff_t rows, ptrdiff_t columns,
                                                           ptrdiff_t stride, const double *a, const double *const *x,
                                                           double *const *y)
{
    ptrdiff_t c = 0;
    for (; c + EIGHT <= columns; c += EIGHT)
        for (ptrdiff_t i = 0; i < rows; i += EIGHT) {
            eight p[EIGHT];
            for (int k = 0; k < EIGHT; k++) p[k] = *at(a + (c + k) * stride + i);
            for (int v = 0; v < many; v++) {
                const double *q = x[v] + c;
                *(eight *)(void *)(y[v] + i) += ((p[0] * q[0] + p[1] * q[1]) + (p[2] * q[2] + p[3] * q[3])) +
                                                ((p[4] * q[4] + p[5] * q[5]) + (p[6] * q[6] + p[7] * q[7]));
            }
        }
    for (; c < columns; c++)
        for (int v = 0; v < many; v++)
            for (ptrdiff_t i = 0; i < rows; i++) y[v][i] += a[c * stride + i] * x[v][c];
}

static inline __attribute__((always_inline)) void dot_some(int many, ptrdiff_t rows, ptrdiff_t columns,
                                                           ptrdiff_t stride, const double *a, const double *const *x,
                                                           double *const *y)
{
    for (ptrdiff_t c = 0; c < columns; c++) {
        eight s[EIGHT] = {{0}};
        for (ptrdiff_t i = 0; i < rows; i += EIGHT) {
            const eight p = *at(a + c * stride + i);
            for (int v = 0; v < many; v++) s[v] += p * *at(x[v] + i);
        }
        for (int v = 0; v < many; v++)
            y[v][c] += ((s[v][0] + s[v][4]) + (s[v][2] + s[v][6])) + ((s[v][1] + s[v][5]) + (s[v][3] + s[v][7]));
    }
}

WIDE static void add_eight(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *const *x,
                           double *const *y)
{
    add_some(8, rows, columns, stride, a, x, y);
}

WIDE static void add_four(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *const *x,
                          double *const *y)
{
    add_some(4, rows, columns, stride, a, x, y);
}

WIDE static void dot_eight(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *const *x,
                           double *const *y)
{
    dot_some(8, rows, columns, stride, a, x, y);
}

WIDE static void dot_four(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, const double *const *x,
                          double *const *y)
{
    dot_some(4, rows, columns, stride, a, x, y);
}

void ent_columns_add_many(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, ptrdiff_t many,
                          const double *const *x, double *const *y)
{
    ptrdiff_t v = 0;
    for (; v + 8 <= many; v += 8) add_eight(rows, columns, stride, a, x + v, y + v);
    for (; v + 4 <= many; v += 4) add_four(rows, columns, stride, a, x + v, y + v);
    for (; v < many; v++) ent_columns_add(rows, columns, stride, a, x[v], y[v]);
}

void ent_columns_dot_many(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t stride, const double *a, ptrdiff_t many,
                          const double *const *x, double *const *y)
{
    ptrdiff_t v = 0;
    for (; v + 8 <= many; v += 8) dot_eight(rows, columns, stride, a, x + v, y + v);
    for (; v + 4 <= many; v += 4) dot_four(rows, columns, stride, a, x + v, y + v);
    for (; v < many; v++) ent_columns_dot(rows, columns, stride, a, x[v], y[v]);
}

WIDE void ent_eliminate(ptrdiff_t n, ptrdiff_t stride, ptrdiff_t k, const double *restrict row, double *restrict a)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        double *to = a + i * stride;
        const double part = to[k];
        if (i == k || part == 0.0) continue;
        to[k] = 0.0;
        for (ptrdiff_t c = 0; c < n; c++) to[c] -= part * row[c];
    }
}
