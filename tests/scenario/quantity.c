/* quantity.c: numbers carry their units, and a bare one is asked which was meant. */
// SPDX-License-Identifier: MIT
#include "scenario/quantity.h"
#include "test.h"

typedef ent_status quantity_reader(const ent_reading *reading, const ent_yaml *node, double *value);

static const ent_yaml key = {.kind = YAML_SCALAR, .text = "add"};

static void check_value(quantity_reader *reader, const char *text, double wanted)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_reading reading = {"f", NULL, &arena, &err};
    const ent_yaml node = {.kind = YAML_SCALAR, .text = text, .key = &key, .line = 1, .column = 2};
    double value = -77.0;
    if (reader(&reading, &node, &value) != ENT_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", text, err.text);
    else if (value != wanted)
        test_fail(__FILE__, __LINE__, "%s is %.17g, not %.17g", text, value, wanted);
}

static void check_refusal(quantity_reader *reader, const char *text, const char *wanted)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_reading reading = {"f", NULL, &arena, &err};
    const ent_yaml node = {.kind = YAML_SCALAR, .text = text, .key = &key, .line = 1, .column = 2};
    double value;
    CHECK(reader(&reading, &node, &value) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
}

TEST(a_rate_carries_its_percent, "")
{
    check_value(ent_quantity_rate, "30%", 0.3);
    check_value(ent_quantity_rate, "30 %", 0.3);
    check_value(ent_quantity_rate, "-2.5%", -0.025);
    check_value(ent_quantity_rate, "+10 percent", 0.1);
    check_value(ent_quantity_rate,
                "\xE2\x88\x92"
                "10%",
                -0.1); /* the typographer's minus */
    check_value(ent_quantity_rate, "1e2%", 1.0);
    check_value(ent_quantity_rate, "0%", 0.0);
    check_value(ent_quantity_rate, ".5%", 0.005);
    check_refusal(ent_quantity_rate, "0.3",
                  "f:1:2: `add: 0.3` carries no %: was 0.3 % meant, or 30 % (0.3 = 30 %)? Write its %");
    check_refusal(ent_quantity_rate, "30",
                  "f:1:2: `add: 30` carries no %: was 30 % meant, or 3000 % (30 = 3000 %)? Write its %");
    check_refusal(ent_quantity_rate, "30pp",
                  "f:1:2: `add: 30pp` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "thirty",
                  "f:1:2: `add: thirty` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "12,5%",
                  "f:1:2: `add: 12,5%` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "%", "f:1:2: `add: %` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "nan%",
                  "f:1:2: `add: nan%` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "0x1p3%",
                  "f:1:2: `add: 0x1p3%` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "1e999%",
                  "f:1:2: `add: 1e999%` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "--3%",
                  "f:1:2: `add: --3%` is no rate; write a number and %, such as 30% or -2.5%");
    check_refusal(ent_quantity_rate, "", "f:1:2: `add` is empty; write its value, or leave it out");
}

TEST(a_factor_is_bare_or_in_percent, "")
{
    check_value(ent_quantity_factor, "0.5", 0.5);
    check_value(ent_quantity_factor, "50%", 0.5);
    check_value(ent_quantity_factor, "0", 0.0);
    check_value(ent_quantity_factor, "250 %", 2.5);
    check_refusal(ent_quantity_factor, "-1",
                  "f:1:2: `add: -1` is negative; a factor is at least 0, and 0 takes all away");
    check_refusal(ent_quantity_factor, "half", "f:1:2: `add: half` is no factor; write 0.5 or 50% to halve");
}

TEST(money_has_a_unit, "")
{
    check_value(ent_quantity_amount, "10e9 USD", 10e9 * 1e-6);
    check_value(ent_quantity_amount, "10 bn USD", 1e4);
    check_value(ent_quantity_amount, "10bn USD", 1e4);
    check_value(ent_quantity_amount, "2.5 trillion USD", 2.5e6);
    check_value(ent_quantity_amount, "5 million USD", 5.0);
    check_refusal(ent_quantity_amount, "10e9",
                  "f:1:2: `add: 10e9` has no unit; write 10e9 USD, mn USD, bn USD or tn USD");
    check_refusal(ent_quantity_amount, "10 EUR",
                  "f:1:2: `add: 10 EUR` is no amount of money; write it as 10e9 USD, 10 bn USD or 2.5 tn USD");
    check_refusal(ent_quantity_amount, "a lot",
                  "f:1:2: `add: a lot` is no amount of money; write it as 10e9 USD, 10 bn USD or 2.5 tn USD");
    check_refusal(ent_quantity_amount, "-5 bn USD",
                  "f:1:2: `add: -5 bn USD` is not above 0; swap from and to for a payment the other way");
    check_refusal(ent_quantity_amount, "1e308 tn USD",
                  "f:1:2: `add: 1e308 tn USD` is more money than a number can hold");
    check_refusal(ent_quantity_amount, "0 USD",
                  "f:1:2: `add: 0 USD` is not above 0; swap from and to for a payment the other way");
}
