/* match_shares.c: what players are due of the worth of all together: Shapley's value and the nucleolus, under each rule
 * for what outsiders do; million USD a year of benchmark real income over the benchmark. */
// SPDX-License-Identifier: MIT
#include "match.h"
#include "sheet.h"
#include <stdio.h>

enum {
    RULES = ENT_OTHERS_AVERAGE + 1
};

void match_shares_print(const match *m, const ent_partitions *all)
{
    const ent_bloc_table *t = &all->table;
    printf("What each is due of the worth of all together, million USD over the benchmark; others stand\n");
    sheet_words("", 24);
    for (int rule = 0; rule < RULES; rule++) printf("%24s", ent_others_words((ent_bloc_others)rule));
    printf("\n");
    sheet_words("", 24);
    for (int rule = 0; rule < RULES; rule++) printf("%12s%12s", "Shapley", "nucleolus");
    printf("\n");
    for (ptrdiff_t p = 0; p < t->players; p++) {
        sheet_words(m->table.regions.label[t->region[p]], 24);
        for (int rule = 0; rule < RULES; rule++) {
            sheet_number(all->shapley[rule][p], 12, 0);
            sheet_number(all->nucleolus[rule][p], 12, 0);
        }
        printf("\n");
    }
    sheet_words("the core", 24);
    for (int rule = 0; rule < RULES; rule++) printf("%24s", all->core_empty[rule] ? "is empty" : "is not empty");
    printf("\n\n");
}

static void add_row(const match *m, ledger *book, ptrdiff_t region, const char *variable, const char *rule,
                    double value)
{
    const char *name = ent_string_format(m->house, "%s_others_%s", variable, rule);
    if (name == NULL) book->failed = 1;
    ledger_text(book, "blocs");
    ledger_text(book, "blocs");
    ledger_text(book, region < 0 ? "" : m->table.regions.code[region]);
    ledger_text(book, region < 0 ? "" : m->table.regions.label[region]);
    ledger_text(book, name != NULL ? name : "");
    ledger_text(book, "million USD a year over the benchmark");
    ledger_number(book, value);
}

void match_shares_rows(const match *m, ledger *book)
{
    static const char *const rules[RULES] = {"alone", "together", "average"};
    for (ptrdiff_t c = 0; c < m->play.partition_tables; c++) {
        const ent_partitions *all = &m->play.partitions[c];
        for (int rule = 0; rule < RULES && all->status == ENT_OK; rule++) {
            for (ptrdiff_t p = 0; p < all->table.players; p++) {
                add_row(m, book, all->table.region[p], "shapley", rules[rule], all->shapley[rule][p]);
                add_row(m, book, all->table.region[p], "nucleolus", rules[rule], all->nucleolus[rule][p]);
            }
            add_row(m, book, -1, "largest_complaint", rules[rule], all->complaint[rule]);
        }
    }
}
