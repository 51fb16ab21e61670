/* quantity.c: a number, blanks, and what follows it. The sign may be the typographer's minus (U+2212), for people
 * paste. */
// SPDX-License-Identifier: MIT
#include "scenario/quantity.h"
#include "text/decimal.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

static size_t digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* Split text into a number and the unit behind it (at least ""). 0: it does not begin with a number. */
static int split(const char *text, double *value, const char **unit)
{
    while (isblank((unsigned char)*text)) text++;
    const int minus = strncmp(text, "\xE2\x88\x92", 3) == 0;
    if (minus) text += 3;
    const char *c = text + (!minus && (*text == '-' || *text == '+'));
    c += digits(c);
    if (*c == '.') c += 1 + digits(c + 1);
    if (*c == 'e' || *c == 'E') {
        const char *power = c + 1 + (c[1] == '-' || c[1] == '+');
        if (digits(power) > 0) c = power + digits(power);
    }
    if (ent_decimal_read(text, c, value) != DECIMAL_FINE) return 0;
    if (minus) *value = -*value;
    while (isblank((unsigned char)*c)) c++;
    *unit = c;
    return 1;
}

static int is_percent(const char *unit)
{
    return strcmp(unit, "%") == 0 || strcmp(unit, "percent") == 0 || strcmp(unit, "per cent") == 0;
}

static const char *key_of(const ent_yaml *node)
{
    return node->key != NULL ? node->key->text : "it";
}

ent_status ent_quantity_rate(const ent_reading *reading, const ent_yaml *node, double *rate)
{
    const char *text, *unit;
    double value;
    ENT_TRY(ent_reading_text(reading, node, &text));
    if (!split(text, &value, &unit) || (*unit != 0 && !is_percent(unit)))
        return ENT_REFUSE(reading, node, "`%s: %s` is no rate; write a number and %%, such as 30%% or -2.5%%",
                          key_of(node), ent_yaml_short(text).text);
    if (*unit == 0)
        return ENT_REFUSE(reading, node,
                          "`%s: %s` carries no %%: was %.10g %% meant, or %.10g %% (%.10g = %.10g %%)? Write its %%",
                          key_of(node), ent_yaml_short(text).text, value, 100.0 * value, value, 100.0 * value);
    *rate = value / 100.0;
    return ENT_OK;
}

ent_status ent_quantity_factor(const ent_reading *reading, const ent_yaml *node, double *factor)
{
    const char *text, *unit;
    double value;
    ENT_TRY(ent_reading_text(reading, node, &text));
    if (!split(text, &value, &unit) || (*unit != 0 && !is_percent(unit)))
        return ENT_REFUSE(reading, node, "`%s: %s` is no factor; write 0.5 or 50%% to halve", key_of(node),
                          ent_yaml_short(text).text);
    if (value < 0.0)
        return ENT_REFUSE(reading, node, "`%s: %s` is negative; a factor is at least 0, and 0 takes all away",
                          key_of(node), ent_yaml_short(text).text);
    *factor = *unit == 0 ? value : value / 100.0;
    return ENT_OK;
}

/* Millions in a unit of money; 0: not one we know. */
static double millions(const char *unit)
{
    static const struct {
        const char *word;
        double millions;
    } known[] = {{"USD", 1e-6},        {"mn USD", 1.0}, {"million USD", 1.0},  {"bn USD", 1e3},
                 {"billion USD", 1e3}, {"tn USD", 1e6}, {"trillion USD", 1e6}, {"m USD", 1.0}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(unit, known[k].word) == 0) return known[k].millions;
    return 0.0;
}

ent_status ent_quantity_amount(const ent_reading *reading, const ent_yaml *node, double *million_usd)
{
    const char *text, *unit;
    double value;
    ENT_TRY(ent_reading_text(reading, node, &text));
    const int number = split(text, &value, &unit);
    if (number && *unit == 0)
        return ENT_REFUSE(reading, node, "`%s: %s` has no unit; write %s USD, mn USD, bn USD or tn USD", key_of(node),
                          ent_yaml_short(text).text, ent_yaml_short(text).text);
    if (!number || millions(unit) == 0.0)
        return ENT_REFUSE(reading, node,
                          "`%s: %s` is no amount of money; write it as 10e9 USD, 10 bn USD or 2.5 tn USD", key_of(node),
                          ent_yaml_short(text).text);
    if (!(value > 0.0))
        return ENT_REFUSE(reading, node, "`%s: %s` is not above 0; swap from and to for a payment the other way",
                          key_of(node), ent_yaml_short(text).text);
    *million_usd = value * millions(unit);
    if (!isfinite(*million_usd))
        return ENT_REFUSE(reading, node, "`%s: %s` is more money than a number can hold", key_of(node),
                          ent_yaml_short(text).text);
    return ENT_OK;
}

int ent_is_number(const char *text)
{
    const char *unit;
    double value;
    return split(text, &value, &unit) && *unit == 0;
}

ent_status ent_quantity_number(const ent_reading *reading, const ent_yaml *node, double *number)
{
    const char *text, *unit;
    ENT_TRY(ent_reading_text(reading, node, &text));
    if (!split(text, number, &unit) || *unit != 0)
        return ENT_REFUSE(reading, node, "`%s: %s` is no number; write it with a decimal point, such as 4.5",
                          ent_yaml_short(key_of(node)).text, ent_yaml_short(text).text);
    return ENT_OK;
}
