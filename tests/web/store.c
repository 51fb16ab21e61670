/* store.c: what was written is there, in its order; what is no store is refused. */
// SPDX-License-Identifier: MIT
#include "store.h"
#include "test.h"

static store_run run_called(const char *id, int64_t created)
{
    return (store_run){.created = created,
                       .seconds = 0.5,
                       .id = id,
                       .version = "1",
                       .world = "w",
                       .world_hash = "h",
                       .name = "N",
                       .command = "c",
                       .request = "{}",
                       .result_hash = "r",
                       .scenarios = "[]",
                       .note = ""};
}

TEST(runs_are_kept_once_and_listed_newest_first, "store")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    web_store *store;
    store_run *list, one;
    ptrdiff_t count;
    int64_t created;
    MUST(store_open(":memory:", 1, &store, &err), err);
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (int k = 0; k < 4; k++) {
        const store_run run = run_called(ids[k], 100 + k);
        CHECK(store_keep(store, &run, &created, &err) == STORE_FINE && created == 100 + k);
    }
    const store_run again = run_called("b", 999);
    CHECK(store_keep(store, &again, &created, &err) == STORE_FINE && created == 101);
    CHECK(store_list(store, NULL, 0, 3, &scratch, &list, &count, &err) == STORE_FINE && count == 3);
    CHECK_TEXT(list[0].id, "d");
    CHECK_TEXT(list[2].id, "b");
    CHECK(store_list(store, "b", 0, 3, &scratch, &list, &count, &err) == STORE_FINE && count == 1);
    CHECK_TEXT(list[0].id, "a");
    CHECK(store_mark(store, "c", 1, NULL, &err) == STORE_FINE &&
          store_mark(store, "c", -1, "note", &err) == STORE_FINE);
    CHECK(store_find(store, "c", &scratch, &one, &err) == STORE_FINE && one.pinned == 1);
    CHECK_TEXT(one.note, "note");
    CHECK(store_list(store, NULL, 1, 9, &scratch, &list, &count, &err) == STORE_FINE && count == 1);
    CHECK(store_mark(store, "z", 1, NULL, &err) == STORE_ABSENT && store_drop(store, "z", &err) == STORE_ABSENT);
    CHECK(store_drop(store, "c", &err) == STORE_FINE && store_find(store, "c", &scratch, &one, &err) == STORE_ABSENT);
    CHECK(store_find(store, "' OR 1=1 --", &scratch, &one, &err) == STORE_ABSENT);
    store_close(store);
}

TEST(ended_jobs_are_forgotten_in_time_waiting_ones_never, "store")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    web_store *store;
    store_job *list, one;
    ptrdiff_t count;
    MUST(store_open(":memory:", 1, &store, &err), err);
    for (int k = 0; k < 8; k++) {
        const store_job job = {.created = k,
                               .id = ent_string_format(&scratch, "%d", k),
                               .kind = "run",
                               .request = "{}",
                               .state = "waiting"};
        CHECK(store_add_job(store, &job, &err) == STORE_FINE);
        if (k % 2 == 0) CHECK(store_end_job(store, job.id, "done", "{}", 1.0, 2, &err) == STORE_FINE);
    }
    CHECK(store_list_jobs(store, "waiting", &scratch, &list, &count, &err) == STORE_FINE && count == 4);
    CHECK_TEXT(list[0].id, "1");
    CHECK_TEXT(list[0].request, "{}");
    CHECK(store_list_jobs(store, NULL, &scratch, &list, &count, &err) == STORE_FINE && count == 6);
    CHECK_TEXT(list[0].id, "7");
    CHECK(store_find_job(store, "0", &scratch, &one, &err) == STORE_ABSENT);
    CHECK(store_find_job(store, "6", &scratch, &one, &err) == STORE_FINE);
    CHECK_TEXT(one.result, "{}");
    store_close(store);
}

TEST(another_file_is_no_store_and_is_left_alone, "store")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    web_store *store;
    ent_bytes bytes;
    const char *path = ent_path_join(&scratch, test_temporary_folder(), "other.txt");
    static const char text[] = "this is somebody's letter, and it is longer than the first page of a small database is";
    MUST(ent_bytes_write(path, text, sizeof text - 1, &err), err);
    CHECK(store_open(path, 1, &store, &err) == ENT_BAD_INPUT && store == NULL);
    CHECK_TEXT(err.text, ent_string_format(&scratch, "%s: is no store of runs; --store FILE names another", path));
    MUST(ent_bytes_read(path, 0, &scratch, &bytes, &err), err);
    CHECK(bytes.size == sizeof text - 1 && memcmp(bytes.data, text, bytes.size) == 0);
    const char *nowhere = ent_path_join(&scratch, test_temporary_folder(), "no/such/folder/x");
    CHECK(store_open(nowhere, 1, &store, &err) == ENT_BAD_INPUT && store == NULL);
}
