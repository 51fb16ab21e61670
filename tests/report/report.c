/* report.c: a folder of files, each whole or as it was, and clean answers when memory or the disk is out. */
// SPDX-License-Identifier: MIT
#include "entente/report.h"
#include "fabricated.h"
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const char *const names[] = {"regions.csv", "sectors.csv", "flows.csv",
                                    "results.nc",  "report.html", "manifest.json"};
enum {
    NAMES = sizeof names / sizeof *names
};

static int files_in(const char *folder)
{
    int count = 0;
    DIR *open = opendir(folder);
    if (open == NULL) return -1;
    for (struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

TEST(a_run_leaves_six_files_and_nothing_else, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    const char *folder = ent_path_join(&scratch, test_temporary_folder(), "new/and/deep");
    for (int twice = 0; twice < 2; twice++) {
        MUST(ent_report_write(&f.report, folder, &err), err);
        CHECK(files_in(folder) == NAMES);
    }
    for (int i = 0; i < NAMES; i++) {
        ent_bytes bytes;
        MUST(ent_bytes_read(ent_path_join(&scratch, folder, names[i]), 0, &scratch, &bytes, &err), err);
        CHECK(bytes.size > 100);
    }
}

TEST(the_same_inputs_give_the_same_bytes, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_bytes bytes[2][NAMES - 1]; /* all but the manifest, which has the clock */
    for (int turn = 0; turn < 2; turn++) {
        MUST(fabricated_make(&f, &scratch), err);
        f.report.seconds = f.equilibrium[0].certificate.seconds = 1.0 + turn;
        const char *folder = ent_path_join(&scratch, test_temporary_folder(), turn == 0 ? "first" : "second");
        MUST(ent_report_write(&f.report, folder, &err), err);
        for (int i = 0; i < NAMES - 1; i++)
            MUST(ent_bytes_read(ent_path_join(&scratch, folder, names[i]), 0, &scratch, &bytes[turn][i], &err), err);
    }
    for (int i = 0; i < NAMES - 1; i++)
        if (bytes[0][i].size != bytes[1][i].size || memcmp(bytes[0][i].data, bytes[1][i].data, bytes[0][i].size) != 0)
            test_fail(__FILE__, __LINE__, "%s differs between two runs", names[i]);
}

TEST(a_folder_that_is_a_file_is_refused_by_name, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    const char *path = ent_path_join(&scratch, test_temporary_folder(), "occupied");
    MUST(ent_bytes_write(path, "x", 1, &err), err);
    CHECK(ent_report_write(&f.report, path, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, ent_string_format(&scratch, "%s: is not a folder; name another", path));
}

TEST(a_place_that_is_taken_is_refused_and_left_alone, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    for (int i = 0; i < NAMES; i++) { /* a folder stands where the file shall be: even root cannot write over it */
        const char *folder = ent_string_format(&scratch, "%s/taken%d", test_temporary_folder(), i);
        const char *place = ent_path_join(&scratch, folder, names[i]);
        MUST(ent_folder_make(place, &err), err);
        CHECK(ent_report_write(&f.report, folder, &err) == ENT_BAD_INPUT);
        CHECK(strncmp(err.text, place, strlen(place)) == 0);
        CHECK(files_in(folder) == i + 1); /* those before it, and the folder; no half file */
    }
}

TEST(a_full_disk_leaves_the_old_files_as_they_were, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    const char *folder = ent_path_join(&scratch, test_temporary_folder(), "full");
    MUST(ent_report_write(&f.report, folder, &err), err);
    ent_bytes before[NAMES], after;
    for (int i = 0; i < NAMES; i++)
        MUST(ent_bytes_read(ent_path_join(&scratch, folder, names[i]), 0, &scratch, &before[i], &err), err);
    f.scenario[0].name = "Another deal";
    struct rlimit was, small;
    CHECK(getrlimit(RLIMIT_FSIZE, &was) == 0);
    small = was;
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t most = 512; most < 40000; most += most / 2) { /* the disk is full ever later: in each of the files */
        small.rlim_cur = most;
        CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
        const ent_status status = ent_report_write(&f.report, folder, &err);
        CHECK(setrlimit(RLIMIT_FSIZE, &was) == 0);
        CHECK(status == ENT_BAD_INPUT);
        CHECK(files_in(folder) == NAMES);
        MUST(ent_bytes_read(ent_path_join(&scratch, folder, "report.html"), 0, &scratch, &after, &err), err);
        CHECK(after.size == before[4].size && memcmp(after.data, before[4].data, after.size) == 0);
        if (most > 600) continue;
        CHECK_TEXT(err.text, ent_string_format(&scratch,
                                               "%s/regions.csv: cannot be written: File too large; what was "
                                               "there is untouched",
                                               folder));
    }
    signal(SIGXFSZ, SIG_DFL);
}

TEST(the_nth_allocation_of_a_printed_report_fails_cleanly, "faults")
{
    static const ent_format formats[] = {ENT_FORMAT_TEXT, ENT_FORMAT_JSON, ENT_FORMAT_CSV};
    ENT_SCRATCH house = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &house), err);
    for (int form = 0; form < 3; form++) {
        ent_status status = ENT_NO_MEMORY;
        long nth = 0;
        while (status != ENT_OK && nth < 10000) {
            ENT_SCRATCH scratch = {0};
            ent_text text = {.arena = &scratch};
            test_fail_allocation(++nth);
            status = ent_report_print(&f.report, formats[form], 0, &text, &err);
            test_fail_allocation(0);
            CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
        }
        CHECK(status == ENT_OK && nth > 2);
    }
}

TEST(the_nth_allocation_of_a_written_report_fails_cleanly, "faults")
{
    ENT_SCRATCH house = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &house), err);
    const char *folder = ent_path_join(&house, test_temporary_folder(), "faults");
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status != ENT_OK && nth < 10000; nth++) {
        test_fail_allocation(nth);
        status = ent_report_write(&f.report, folder, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
    }
    CHECK(status == ENT_OK);
    CHECK(files_in(folder) == NAMES);
}

TEST(one_file_as_bytes_is_the_file_that_is_written, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &scratch), err);
    const char *folder = ent_path_join(&scratch, test_temporary_folder(), "bytes");
    MUST(ent_report_write(&f.report, folder, &err), err);
    for (int i = 0; i < NAMES; i++) {
        ent_bytes written, given;
        MUST(ent_bytes_read(ent_path_join(&scratch, folder, names[i]), 0, &scratch, &written, &err), err);
        MUST(ent_report_file(&f.report, names[i], &scratch, &given, &err), err);
        if (written.size != given.size || memcmp(written.data, given.data, given.size) != 0)
            test_fail(__FILE__, __LINE__, "%s differs from its bytes", names[i]);
    }
    ent_bytes none;
    CHECK(ent_report_file(&f.report, "../x", &scratch, &none, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "a report has no file ../x");
}

TEST(the_data_of_the_page_is_the_page_s_own, "report")
{
    ENT_SCRATCH scratch = {0};
    fabricated f;
    ent_error err = {{0}};
    ent_bytes page;
    ent_text full = {.arena = &scratch}, regions = {.arena = &scratch};
    MUST(fabricated_make(&f, &scratch), err);
    MUST(ent_report_file(&f.report, "report.html", &scratch, &page, &err), err);
    MUST(ent_report_page_json(&f.report, ENT_PAGE_FULL, &full, &err), err);
    MUST(ent_report_page_json(&f.report, ENT_PAGE_REGIONS, &regions, &err), err);
    CHECK(strstr(page.data, full.data) != NULL);
    CHECK(regions.size < full.size && strstr(regions.data, "\"matrix\"") == NULL);
    CHECK(strstr(regions.data, "\"after\":") != NULL);
}

TEST(the_nth_allocation_of_the_page_s_data_fails_cleanly, "faults")
{
    ENT_SCRATCH house = {0};
    fabricated f;
    ent_error err = {{0}};
    MUST(fabricated_make(&f, &house), err);
    for (long n = 1;; n++) {
        ENT_SCRATCH scratch = {0};
        ent_text text = {.arena = &scratch};
        err = (ent_error){{0}};
        test_fail_allocation(n);
        const ent_status status = ent_report_page_json(&f.report, ENT_PAGE_FULL, &text, &err);
        test_fail_allocation(0);
        if (status == ENT_OK) break;
        CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
        CHECK(n < 1000);
    }
}
