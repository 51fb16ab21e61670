/* action.c: what an action may say, and the sentences where it says something else. Places are line and column. */
// SPDX-License-Identifier: MIT
#include "try.h"

TEST(unknown_actions_and_keys_get_the_nearest, "")
{
    REFUSED_ACTION("  - dutty: {importer: USA}", "s.yaml:3:5: no action is called `dutty`; did you mean `duty`?");
    REFUSED_ACTION("  - embargo: {importer: USA}", "s.yaml:3:5: no action is called `embargo`; write duty, export_tax, "
                                                   "trade_cost, ban, quota, guarantee, licence, "
                                                   "subsidy, productivity or transfer");
    REFUSED_ACTION("  - ban: {exporter: USA, importer: CHN, product: chips, sector: ELE}",
                   "s.yaml:3:41: `sector` and `product` stand in one action; write all under one of them");
    REFUSED_ACTION("  - ban: {exporter: USA, sector: ELE}", "s.yaml:3:5: `ban` needs `importer`");
    REFUSED_ACTION("  - ban: {exporter: USA, importer: CHN, add: 30%}",
                   "s.yaml:3:41: no key of `ban` is called `add`; write exporter, importer, sector or product");
    REFUSED_ACTION("  - quota:\n      exporter: CHN", "s.yaml:3:5: `quota` needs `importer`");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, ad: 30%}",
                   "s.yaml:3:42: no key of `duty` is called `ad`; did you mean `add`?");
    REFUSED_ACTION("  - duty: {importers: USA, exporter: CHN, add: 30%}",
                   "s.yaml:3:12: no key of `duty` is called `importers`; did you mean `importer`?");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, amount: 30%}",
                   "s.yaml:3:42: no key of `duty` is called `amount`; write importer, exporter, sector, product, set, "
                   "add, scale, file, "
                   "column, unit or mode");
    REFUSED_ACTION(
        "  - trade_cost: {importer: USA, exporter: CHN, add: 30%}",
        "s.yaml:3:48: no key of `trade_cost` is called `add`; write exporter, importer, sector, product, change, "
        "file, column or unit");
}

TEST(the_shape_of_the_list_is_checked, "")
{
    REFUSED("name: x\nactions:\n  duty: {importer: USA}\n",
            "s.yaml:3:3: `actions` is a list: each item begins with a dash; [] for none");
    REFUSED("name: x\nactions: none\n", "s.yaml:2:10: `actions` is a list: each item begins with a dash; [] for none");
    REFUSED_ACTION("  - duty",
                   "s.yaml:3:5: an item of `actions` is an action and its keys, such as `- duty: {importer: USA, "
                   "exporter: CHN, add: 30%}`");
    REFUSED_ACTION("  - {}",
                   "s.yaml:3:5: an item of `actions` is an action and its keys, such as `- duty: {importer: USA, "
                   "exporter: CHN, add: 30%}`");
    REFUSED_ACTION("  - duty: 30%", "s.yaml:3:11: `duty` has no keys; write them below it or in braces");
    REFUSED_ACTION("  - duty:", "s.yaml:3:5: `duty` has no keys; write them below it or in braces");
    REFUSED_ACTION(
        "  - duty:\n    importer: USA\n    exporter: CHN",
        "s.yaml:4:5: `importer` stands beside `duty` in one item; give each action a dash of its own, and indent its "
        "keys deeper than its name");
    REFUSED_ACTION(
        "  - duty: {importer: USA, exporter: CHN, add: 1%}\n    subsidy: {region: USA, rate: 1%}",
        "s.yaml:4:5: `subsidy` stands beside `duty` in one item; give each action a dash of its own, and indent its "
        "keys deeper than its name");
}

TEST(an_action_says_who_and_how_much, "")
{
    REFUSED_ACTION("  - duty: {importer: USA, add: 30%}", "s.yaml:3:5: `duty` needs `exporter`");
    REFUSED_ACTION("  - duty: {exporter: USA, add: 30%}", "s.yaml:3:5: `duty` needs `importer`");
    REFUSED_ACTION("  - export_tax: {importer: USA, set: 30%}", "s.yaml:3:5: `export_tax` needs `exporter`");
    REFUSED_ACTION("  - subsidy: {sector: ELE, rate: 30%}", "s.yaml:3:5: `subsidy` needs `region`");
    REFUSED_ACTION("  - transfer: {from: USA, to: CHN}", "s.yaml:3:5: `transfer` needs `amount`");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN}",
                   "s.yaml:3:5: `duty` says nothing of how much; write set, add, scale or file");
    REFUSED_ACTION("  - productivity: {region: CHN}",
                   "s.yaml:3:5: `productivity` says nothing of how much; write change or file");
    REFUSED_ACTION("  - subsidy: {region: CHN, mode: add}",
                   "s.yaml:3:5: `subsidy` says nothing of how much; write add, rate or file");
    REFUSED_ACTION(
        "  - duty: {importer: USA, exporter: CHN, set: 10%, add: 30%}",
        "s.yaml:3:52: `set` and `add` stand in one action; write one here and the other in an action of its own, for "
        "they go in order");
    REFUSED_ACTION(
        "  - duty: {importer: USA, exporter: CHN, scale: 2, file: x.csv, column: rate}",
        "s.yaml:3:42: `file` and `scale` stand in one action; write one here and the other in an action of its own, "
        "for they go in order");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, set: 10%, column: rate}",
                   "s.yaml:3:52: `column` belongs to `file`, which is missing");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, set: 10%, mode: add}",
                   "s.yaml:3:52: `mode` belongs to `file`, which is missing");
}

TEST(values_stay_within_what_a_price_allows, "")
{
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, set: -100%}",
                   "s.yaml:3:47: a duty of -100% makes the price zero or less; it must be above -100%");
    REFUSED_ACTION("  - export_tax: {importer: USA, exporter: CHN, set: -130%}",
                   "s.yaml:3:53: an export tax of -130% makes the price zero or less; it must be above -100%");
    REFUSED_ACTION("  - trade_cost: {importer: USA, exporter: CHN, change: -100%}",
                   "s.yaml:3:56: a change of -100% leaves nothing to multiply; it must be above -100%");
    REFUSED_ACTION("  - productivity: {region: CHN, change: -150%}",
                   "s.yaml:3:41: a change of -150% leaves nothing to multiply; it must be above -100%");
    REFUSED_ACTION("  - subsidy: {region: CHN, rate: 100%}",
                   "s.yaml:3:34: a subsidy of 100% leaves a price of nothing; it must be below 100%");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: CHN, scale: -2}",
                   "s.yaml:3:49: `scale: -2` is negative; a factor is at least 0, and 0 takes all away");
}

TEST(files_are_named_with_their_column_and_unit, "")
{
    const char *folder = write_file("t.csv", "importer,exporter,sector,tariff_2005_pct,duty\nUSA,CHN,ELE,5,6\n");
    char wanted[600];
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv}",
               "s.yaml:3:48: `file` needs `column`, the column that holds the values");
    REFUSED_IN(
        folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv, column: duty}",
        "s.yaml:3:63: the name of column duty doesn't end in _rate, _pct or _factor; write `unit: rate` (0.25), `unit: "
        "percent` (25) or `unit: factor` (1.25)");
    REFUSED_IN(
        folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv, column: tariff_2005_pct, unit: rate}",
        "s.yaml:3:86: column tariff_2005_pct is in another unit by its name than `unit: rate`; leave out `unit`");
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv, column: duty, unit: pct}",
               "s.yaml:3:75: `unit` is rate, percent or factor, not `pct`");
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv, column: duty, unit: rate, mode: scale}",
               "s.yaml:3:87: `mode` is set or add, not `scale`");
    snprintf(wanted, sizeof wanted, "s.yaml:3:63: %s/t.csv has no column tariff_2006_pct; did you mean tariff_2005_pct",
             folder);
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: t.csv, column: tariff_2006_pct}", wanted);
    snprintf(wanted, sizeof wanted, "s.yaml:3:48: %s/u.csv: No such file or directory", folder);
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: u.csv, column: rate}", wanted);
    snprintf(wanted, sizeof wanted, "s.yaml:3:48: %s/.: is a folder; name a file in it", folder);
    REFUSED_IN(folder, "  - duty: {importer: USA, exporter: CHN, file: ., column: rate}", wanted);
    REFUSED_IN(NULL, "  - duty: {importer: USA, exporter: CHN, file: /etc/passwd, column: rate}",
               "s.yaml:3:48: this text may not read files; write the numbers in place of /etc/passwd");
}

TEST(start_takes_duties_alone, "")
{
    REFUSED("name: x\nstart:\n  - subsidy: {region: USA, rate: 1%}\nactions: []\n",
            "s.yaml:3:5: `start` takes `duty` alone, the duties under which the table was observed; move `subsidy` to "
            "`actions`");
}

TEST(quotas_that_say_nothing_clear_are_refused, "E12")
{
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA}", "s.yaml:3:5: `quota` needs `to`");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 0.5}",
                   "s.yaml:3:47: `to: 0.5` carries no %: was 0.5 % meant, or 50 % (0.5 = 50 %)? Write its %");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: -5%}",
                   "s.yaml:3:47: `to: -5%` is negative; a quota is a share of the benchmark, and 0% is a ban");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 50%, rent: nobody}",
                   "s.yaml:3:58: `rent` is exporter, importer, shared or wasted, not `nobody`");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 50%, of: mass}",
                   "s.yaml:3:56: `of` is quantity or value, not `mass`");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 50%, each: ship}",
                   "s.yaml:3:58: `each` is importer, exporter, sector or flow, not `ship`");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 50%, exporter_share: 30%}",
                   "s.yaml:3:52: `exporter_share` belongs to `rent: shared`, which is missing");
    REFUSED_ACTION("  - quota: {exporter: CHN, importer: USA, to: 50%, rent: shared, exporter_share: 130%}",
                   "s.yaml:3:82: `exporter_share: 130%` is no share; it lies between 0% and 100%");
    REFUSED_ACTION(
        "  - quota: {exporter: CHN, importer: USA, at_most: 50%}",
        "s.yaml:3:43: no key of `quota` is called `at_most`; write exporter, importer, sector, product, to, of, "
        "rent, exporter_share or each");
    REFUSED_ACTION("  - guarantee: {exporter: CHN, importer: USA, at_least: 0%}",
                   "s.yaml:3:57: `at_least: 0%` guarantees nothing; it must be above 0%");
    REFUSED_ACTION("  - guarantee: {exporter: CHN, importer: USA, at_least: 90%, rent: wasted}",
                   "s.yaml:3:68: `rent` is exporter, importer or shared, not `wasted`");
    REFUSED_ACTION("  - licence: {exporter: CHN, importer: USA, price: -100%}",
                   "s.yaml:3:52: a licence price of -100% leaves no price; it must be above -100%");
}
