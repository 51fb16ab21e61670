/* lines.c: actions as a person would say them. */
// SPDX-License-Identifier: MIT
#include "try.h"

TEST(actions_are_said_in_words, "")
{
    static const char *const wanted[] = {
        "Benchmark: Import duty of USA on all regions, all goods: set to 2.5 %",
        "Import duty of USA on CHN, all goods: +30 percentage points",
        "Import duty of CAN, MEX and USA on all others: set to column t_pct of v.csv",
        "Import duty of USA on all regions but CAN and MEX, ELE and MAC: multiplied by 0.5",
        "Import duty of WEST but GBR on CHN, all goods: -5 percentage points",
        "Export tax of CHN on sales to USA, CHE: set to 20 %",
        "Trade cost from CHN to EUU, MIN: -10 %",
        "Ban on sales of CHN to USA and EUU, ELE",
        "Quota on sales of CHN to USA and JPN, MIN: at most 50 % of the benchmark's quantity, rent to the exporter",
        "Quota on sales of all others to USA, all sectors: at most 90 % of the benchmark's value, for each exporter, "
        "30 % "
        "of the rent to the exporter",
        "Guarantee of sales of CHN to USA, MIN: at least 95 % of the benchmark's quantity, paid by the importer",
        "Licence on sales of CHN to USA, MIN: price 12.5 %, rent wasted",
        "Quota on sales of CHN to USA, MIN: at most 0 % of the benchmark's quantity",
        "Production subsidy of USA, ELE: set to 10 %",
        "Productivity of CHN, all traded sectors: -20 %",
        "Transfer from EUU to ROW: 10000 million USD",
        "Import duty of USA on all regions, all services: raised by column t_pct of v.csv",
    };
    const char *folder = write_file("v.csv", "exporter,t_pct\nCHN,3\n");
    const char *text = "start:\n  - duty: {importer: USA, exporter: all, set: 2.5%}\nactions:\n"
                       "  - duty: {importer: USA, exporter: CHN, add: 30%}\n"
                       "  - duty: {importer: [CAN, MEX, USA], exporter: rest, file: v.csv, column: t_pct}\n"
                       "  - duty: {importer: USA, exporter: {not: [CAN, MEX]}, sector: [ELE, MAC], scale: 50%}\n"
                       "  - duty: {importer: {of: WEST, not: GBR}, exporter: CHN, add: -5%}\n"
                       "  - export_tax: {exporter: CHN, importer: USA, sector: CHE, set: 20%}\n"
                       "  - trade_cost: {exporter: CHN, importer: EUU, sector: MIN, change: -10%}\n"
                       "  - ban: {exporter: CHN, importer: [USA, EUU], product: ELE}\n"
                       "  - quota: {exporter: CHN, importer: [USA, JPN], sector: MIN, to: 50%}\n"
                       "  - quota: {exporter: rest, importer: USA, to: 90%, of: value, each: exporter, rent: shared, "
                       "exporter_share: 30%}\n"
                       "  - guarantee: {exporter: CHN, importer: USA, product: MIN, at_least: 95%, rent: importer}\n"
                       "  - licence: {exporter: CHN, importer: USA, sector: MIN, price: 12.5%, rent: wasted}\n"
                       "  - quota: {exporter: CHN, importer: USA, sector: MIN, to: 0%}\n"
                       "  - subsidy: {region: USA, sector: ELE, rate: 10%}\n"
                       "  - productivity: {region: CHN, sector: traded, change: -20%}\n"
                       "  - transfer: {from: EUU, to: ROW, amount: 10 bn USD}\n"
                       "  - duty: {importer: USA, sector: services, file: v.csv, column: t_pct, mode: add}\n";
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    ent_scenario scenario;
    const char *const *lines;
    ptrdiff_t count = 0;
    MUST(ent_scenario_parse((ent_bytes){text, strlen(text)}, "s.yaml", folder, &arena, &scenario, &err), err);
    MUST(ent_scenario_lines(&scenario, &arena, &lines, &count, &err), err);
    CHECK(count == (ptrdiff_t)(sizeof wanted / sizeof *wanted));
    for (ptrdiff_t l = 0; l < count; l++) CHECK_TEXT(lines[l], wanted[l]);
}
