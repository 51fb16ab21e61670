/* main.c: runs the tests of one folder (or all, floor by floor): entente_tests [folder] [part of a name].
 * With $TEST_SECONDS set it says what each test took of the processor, all threads together. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* nftw */
#include "test.h"
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const floors[] = {"base",        "num",        "text",     "table",       "strategy",
                                     "product",     "network",    "scenario", "equilibrium", "outcome",
                                     "sensitivity", "chokepoint", "game",     "talk",        "bloc",
                                     "contest",     "report",     "web",      "laws",        "published"};
enum {
    FLOORS = sizeof floors / sizeof *floors,
    MOST_TESTS = 2000
};

static struct {
    const char *file, *name, *tag;
    test_body *body;
} tests[MOST_TESTS];
static int test_count, failures_here, skipped_here;
static const char *running;
static char temporary[64], data_path[4096];

void test_register(const char *file, const char *name, const char *tag, test_body *body)
{
    if (test_count == MOST_TESTS) abort();
    tests[test_count].file = file;
    tests[test_count].name = name;
    tests[test_count].tag = tag;
    tests[test_count++].body = body;
}

void test_fail(const char *file, int line, const char *format, ...)
{
    va_list list;
    if (failures_here++ == 0) printf("FAILED %s\n", running);
    if (failures_here > 12) return;
    printf("  %s:%d: ", strrchr(file, '/') == NULL ? file : strrchr(file, '/') + 1, line);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
}

void test_skip(const char *why, ...)
{
    va_list list;
    skipped_here = 1;
    printf("skipped %s: ", running);
    va_start(list, why);
    vprintf(why, list);
    va_end(list);
    printf("\n");
}

const char *test_data(const char *set)
{
    const char *root = getenv("ENTENTE_DATA");
    struct stat about;
    if (root != NULL)
        snprintf(data_path, sizeof data_path, "%s/%s", root, set);
    else
        snprintf(data_path, sizeof data_path, "%s/../shared/data/%s", ENT_SOURCE_DIR, set);
    if (stat(data_path, &about) == 0) return data_path;
    if (getenv("CI") != NULL)
        test_fail(__FILE__, __LINE__, "data set %s is absent, and in CI it must be there", set);
    else
        test_skip("data set %s is absent (set ENTENTE_DATA to the folder that holds it)", set);
    return NULL;
}

const char *test_temporary_folder(void)
{
    if (temporary[0] == 0) {
        strcpy(temporary, "/tmp/entente-tests-XXXXXX");
        if (mkdtemp(temporary) == NULL) abort();
    }
    return temporary;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static int in_folder(const char *file, const char *folder)
{
    char part[64];
    snprintf(part, sizeof part, "/tests/%s/", folder);
    return strstr(file, part) != NULL;
}

int main(int count, char **words)
{
    int passed = 0, failed = 0, skipped = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int f = 0; f < FLOORS; f++) {
        if (count > 1 && strcmp(words[1], "all") != 0 && strcmp(words[1], floors[f]) != 0) continue;
        for (int t = 0; t < test_count; t++) {
            if (!in_folder(tests[t].file, floors[f])) continue;
            if (count > 2 && strstr(tests[t].name, words[2]) == NULL) continue;
            const clock_t begun = clock();
            running = tests[t].name;
            failures_here = skipped_here = 0;
            tests[t].body();
            test_fail_allocation(0);
            if (failures_here > 12) printf("  … and %d more\n", failures_here - 12);
            if (failures_here > 0)
                failed++;
            else if (skipped_here)
                skipped++;
            else
                passed++;
            if (getenv("TEST_SECONDS") != NULL)
                printf("%9.3f %s %s\n", (double)(clock() - begun) / CLOCKS_PER_SEC, floors[f], running);
        }
    }
    if (temporary[0] != 0) nftw(temporary, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped);
    return failed > 0;
}
