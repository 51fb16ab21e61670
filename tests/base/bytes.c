/* bytes.c: files come in whole, packed or plain, or with a sentence that says why not; they go out whole or not at all.
 * Packed files are made with zlib and zstd themselves, except one that gzip(1) made. */
// SPDX-License-Identifier: MIT
#include "test.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

static const char *in_temporary(const char *name)
{
    static char path[8][256];
    static int next;
    next = (next + 1) % 8;
    snprintf(path[next], sizeof path[next], "%s/%s", test_temporary_folder(), name);
    return path[next];
}

/* Written with stdio, so that reader and writer of the library don't vouch for each other. */
static const char *put(const char *name, const void *data, size_t size)
{
    const char *path = in_temporary(name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();
    return path;
}

static void reads_as(const char *path, const char *wanted, size_t size)
{
    ENT_SCRATCH empty = {0}, used = {0};
    ent_bytes bytes = {0};
    ent_error err = {0};
    MUST(ent_bytes_read(path, 0, &empty, &bytes, &err), err);
    CHECK(bytes.size == size && memcmp(bytes.data, wanted, size) == 0 && bytes.data[size] == 0);
    CHECK(ent_new(&used, char, 10) != NULL); /* an arena with something in it takes a copy */
    MUST(ent_bytes_read(path, 0, &used, &bytes, &err), err);
    CHECK(bytes.size == size && memcmp(bytes.data, wanted, size) == 0 && bytes.data[size] == 0);
}

static void refuses(const char *path, size_t limit, const char *sentence)
{
    ENT_SCRATCH arena = {0};
    ent_bytes bytes = {0};
    ent_error err = {0};
    char wanted[1024];
    snprintf(wanted, sizeof wanted, "%s: %s", path, sentence);
    CHECK(ent_bytes_read(path, limit, &arena, &bytes, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
}

static char *letters(size_t size) /* not very compressible, the same each time */
{
    char *text = malloc(size);
    uint64_t seed = 12345;
    if (text == NULL) abort();
    for (size_t c = 0; c < size; c++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        text[c] = (char)('a' + (seed >> 60));
    }
    return text;
}

static size_t pack_gzip(const char *text, size_t size, unsigned char *packed, size_t room)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) abort();
    memcpy(&stream.next_in, &text, sizeof text);
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) abort();
    deflateEnd(&stream);
    return room - stream.avail_out;
}

TEST(plain_files_come_in_whole, "")
{
    reads_as(put("empty", "", 0), "", 0);
    reads_as(put("zeros", "a\0b\0", 4), "a\0b\0", 4);
    reads_as(put("one", "\x1f", 1), "\x1f", 1); /* half a magic number is a plain byte */
    char *text = letters(300000);
    reads_as(put("large", text, 300000), text, 300000);
    free(text);
}

TEST(a_file_that_gzip_made_is_read, "")
{
    /* printf hello | gzip -n */
    static const unsigned char packed[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x48, 0xcd,
                                           0xc9, 0xc9, 0x07, 0x00, 0x86, 0xa6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00};
    reads_as(put("hello", packed, sizeof packed), "hello", 5);
}

TEST(packed_files_come_in_unpacked_whatever_their_name, "")
{
    const size_t size = 500000;
    char *text = letters(2 * size);
    unsigned char *packed = malloc(2 * size);
    if (packed == NULL) abort();
    size_t packed_size = pack_gzip(text, size, packed, 2 * size);
    reads_as(put("gz.csv", packed, packed_size), text, size);
    packed_size += pack_gzip(text + size, size, packed + packed_size, 2 * size - packed_size); /* a second member */
    reads_as(put("two.gz", packed, packed_size), text, 2 * size);
    packed_size = ZSTD_compress(packed, 2 * size, text, size, 3);
    reads_as(put("zst.csv", packed, packed_size), text, size);
    packed_size +=
        ZSTD_compress(packed + packed_size, 2 * size - packed_size, text + size, size, 3); /* a second frame */
    reads_as(put("two.zst", packed, packed_size), text, 2 * size);
    memset(text, 'z', size); /* packs a thousandfold */
    packed_size = pack_gzip(text, size, packed, 2 * size);
    reads_as(put("dense.gz", packed, packed_size), text, size);
    free(packed);
    free(text);
}

TEST(a_packed_file_cut_anywhere_is_refused, "")
{
    char *text = letters(2000);
    unsigned char packed[4000];
    const size_t gzip = pack_gzip(text, 2000, packed, sizeof packed);
    for (size_t cut = 2; cut < gzip; cut += cut < 20 || cut > gzip - 12 ? 1 : 97)
        refuses(put("cut.gz", packed, cut), 0, "the packed file is cut or damaged; get it again");
    packed[gzip] = 'x'; /* and one with something behind its end */
    refuses(put("behind.gz", packed, gzip + 1), 0, "the packed file is cut or damaged; get it again");
    packed[gzip / 2] ^= 0x40;
    refuses(put("bent.gz", packed, gzip), 0, "the packed file is cut or damaged; get it again");
    const size_t zstd = ZSTD_compress(packed, sizeof packed, text, 2000, 3);
    for (size_t cut = 4; cut < zstd; cut += cut < 20 || cut > zstd - 12 ? 1 : 97)
        refuses(put("cut.zst", packed, cut), 0, "the packed file is cut or damaged; get it again");
    free(text);
}

TEST(the_limit_tells_exactly_enough_from_one_too_many, "")
{
    char *text = letters(5000);
    unsigned char packed[8000];
    size_t size = pack_gzip(text, 5000, packed, sizeof packed);
    const char *gz = put("limit.gz", packed, size);
    size = ZSTD_compress(packed, sizeof packed, text, 5000, 3);
    const char *zst = put("limit.zst", packed, size), *plain = put("limit.csv", text, 5000);
    ENT_SCRATCH arena = {0};
    ent_bytes bytes;
    ent_error err = {0};
    MUST(ent_bytes_read(gz, 5000, &arena, &bytes, &err), err);
    MUST(ent_bytes_read(zst, 5000, &arena, &bytes, &err), err);
    MUST(ent_bytes_read(plain, 5000, &arena, &bytes, &err), err);
    refuses(gz, 4999, "unpacks to more than 4999 bytes; is it what you meant?");
    refuses(zst, 4999, "unpacks to more than 4999 bytes; is it what you meant?");
    refuses(plain, 4999, "has 5000 bytes, more than the 4999 that are read");
    free(text);
}

/* A pipe says no size beforehand; a child writes into it. */
static const char *pour(const char *name, const char *text, size_t size)
{
    const char *path = in_temporary(name);
    unlink(path);
    if (mkfifo(path, 0600) != 0) abort();
    const pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
        FILE *file = fopen(path, "wb");
        _exit(file == NULL || fwrite(text, 1, size, file) != size || fclose(file) != 0);
    }
    return path;
}

TEST(what_has_no_size_beforehand_is_read_to_its_end, "")
{
    ENT_SCRATCH arena = {0};
    ent_bytes bytes = {0};
    ent_error err = {0};
    char *text = letters(100000);
    MUST(ent_bytes_read(pour("pipe", text, 100000), 0, &arena, &bytes, &err), err);
    CHECK(bytes.size == 100000 && memcmp(bytes.data, text, 100000) == 0 && bytes.data[100000] == 0);
    while (wait(NULL) > 0) continue;
    MUST(ent_bytes_read(pour("exact", text, 50000), 50000, &arena, &bytes, &err), err);
    CHECK(bytes.size == 50000);
    while (wait(NULL) > 0) continue;
    const char *path = pour("narrow", text, 50001);
    char wanted[300];
    snprintf(wanted, sizeof wanted, "%s: gives more than 50000 bytes", path);
    CHECK(ent_bytes_read(path, 50000, &arena, &bytes, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
    while (wait(NULL) > 0) continue;
    MUST(ent_bytes_read(pour("few", text, 7), 7, &arena, &bytes, &err), err);
    CHECK(bytes.size == 7);
    while (wait(NULL) > 0) continue; /* the child meets a closed pipe */
    free(text);
}

TEST(what_is_no_file_is_named, "")
{
    refuses(in_temporary("absent.csv"), 0, "No such file or directory");
    refuses(test_temporary_folder(), 0, "is a folder; name a file in it");
    if (geteuid() == 0) return; /* root may read all */
    const char *path = put("secret", "x", 1);
    chmod(path, 0);
    refuses(path, 0, "Permission denied");
}

TEST(an_arena_with_a_limit_takes_no_more_from_a_file, "")
{
    char *text = letters(400000);
    unsigned char *packed = malloc(400000);
    if (packed == NULL) abort();
    const char *plain = put("wide.csv", text, 400000);
    const char *gz = put("wide.gz", packed, pack_gzip(text, 400000, packed, 400000));
    ent_bytes bytes;
    ent_error err = {0};
    ENT_SCRATCH small = {.limit = 200000};
    CHECK(ent_bytes_read(plain, 0, &small, &bytes, &err) == ENT_NO_MEMORY);
    CHECK(ent_bytes_read(gz, 0, &small, &bytes, &err) == ENT_NO_MEMORY);
    ENT_SCRATCH large = {.limit = 2000000};
    MUST(ent_bytes_read(gz, 0, &large, &bytes, &err), err);
    CHECK(large.limit == 2000000 && large.bytes <= large.limit);
    free(packed);
    free(text);
}

TEST(reading_survives_the_loss_of_memory, "")
{
    char *text = letters(50000);
    unsigned char *packed = malloc(50000);
    if (packed == NULL) abort();
    const char *paths[] = {put("f.csv", text, 50000), put("f.gz", packed, pack_gzip(text, 50000, packed, 50000)),
                           put("f.zst", packed, ZSTD_compress(packed, 50000, text, 50000, 1))};
    for (size_t p = 0; p < 3; p++)
        for (long nth = 1;; nth++) {
            ENT_SCRATCH arena = {0};
            ent_bytes bytes;
            ent_error err = {0};
            test_fail_allocation(nth);
            const ent_status status = ent_bytes_read(paths[p], 0, &arena, &bytes, &err);
            test_fail_allocation(0);
            if (status == ENT_OK) {
                CHECK(bytes.size == 50000 && memcmp(bytes.data, text, 50000) == 0);
                break;
            }
            CHECK(status == ENT_NO_MEMORY && err.text[0] != 0);
            if (nth > 100) break;
        }
    free(packed);
    free(text);
}

/* ---- writing ---- */

static int entries(const char *folder)
{
    char command[300];
    snprintf(command, sizeof command, "ls -A '%s' | wc -l", folder);
    FILE *pipe = popen(command, "r");
    int count = -1;
    if (pipe == NULL || fscanf(pipe, "%d", &count) != 1) abort();
    pclose(pipe);
    return count;
}

TEST(a_file_goes_out_whole_and_leaves_nothing_beside_it, "")
{
    ent_error err = {0};
    const char *folder = in_temporary("out/deep/er");
    MUST(ent_folder_make(folder, &err), err);
    MUST(ent_folder_make(folder, &err), err); /* there already */
    const char *path = in_temporary("out/deep/er/a.csv");
    MUST(ent_bytes_write(path, "old", 3, &err), err);
    MUST(ent_bytes_write(path, "newer\0", 6, &err), err);
    reads_as(path, "newer\0", 6);
    CHECK(entries(folder) == 1);
}

TEST(a_write_that_fails_keeps_the_old_file, "")
{
    ent_error err = {0};
    const char *folder = in_temporary("kept"), *path = in_temporary("kept/a.csv");
    char wanted[600], beside[300];
    MUST(ent_folder_make(folder, &err), err);
    MUST(ent_bytes_write(path, "old", 3, &err), err);
    snprintf(beside, sizeof beside, "%s.part-%ld", path, (long)getpid());
    CHECK(mkdir(beside, 0755) == 0); /* in the way of the temporary file */
    CHECK(ent_bytes_write(path, "new", 3, &err) == ENT_BAD_INPUT);
    snprintf(wanted, sizeof wanted, "%s: cannot be written: Is a directory", path);
    CHECK_TEXT(err.text, wanted);
    reads_as(path, "old", 3);
    CHECK(rmdir(beside) == 0);
    CHECK(entries(folder) == 1);
}

TEST(what_cannot_be_written_is_named, "")
{
    ent_error err = {0};
    char wanted[600];
    const char *path = in_temporary("no/such/folder/a.csv");
    CHECK(ent_bytes_write(path, "x", 1, &err) == ENT_BAD_INPUT);
    snprintf(wanted, sizeof wanted, "%s: cannot be written: No such file or directory", path);
    CHECK_TEXT(err.text, wanted);
    CHECK(ent_bytes_write(test_temporary_folder(), "x", 1, &err) == ENT_BAD_INPUT);
    snprintf(wanted, sizeof wanted, "%s: is a folder; name a file in it", test_temporary_folder());
    CHECK_TEXT(err.text, wanted);
    path = put("file", "x", 1);
    CHECK(ent_folder_make(path, &err) == ENT_BAD_INPUT);
    snprintf(wanted, sizeof wanted, "%s: is not a folder; name another", path);
    CHECK_TEXT(err.text, wanted);
    CHECK(ent_folder_make(in_temporary("file/below"), &err) == ENT_BAD_INPUT);
    snprintf(wanted, sizeof wanted, "%s/below: the folder cannot be made: Not a directory", path);
    CHECK_TEXT(err.text, wanted);
}

TEST(a_device_is_written_into_and_not_replaced, "")
{
    ent_error err = {0};
    struct stat about;
    MUST(ent_bytes_write("/dev/null", "gone", 4, &err), err);
    CHECK(stat("/dev/null", &about) == 0 && S_ISCHR(about.st_mode));
    CHECK(ent_bytes_write("/dev/full", "no room", 7, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, "/dev/full: cannot be written: No space left on device");
}

TEST(paths_are_joined_and_cut, "")
{
    ENT_SCRATCH arena = {0};
    CHECK_TEXT(ent_path_join(&arena, "a/b", "c.csv"), "a/b/c.csv");
    CHECK_TEXT(ent_path_join(&arena, "a/b/", "c.csv"), "a/b/c.csv");
    CHECK_TEXT(ent_path_join(&arena, "a", "/c.csv"), "/c.csv");
    CHECK_TEXT(ent_path_join(&arena, "", "c.csv"), "c.csv");
    CHECK_TEXT(ent_path_join(&arena, NULL, "c.csv"), "c.csv");
    CHECK_TEXT(ent_path_folder(&arena, "a/b/c.csv"), "a/b");
    CHECK_TEXT(ent_path_folder(&arena, "c.csv"), "");
    CHECK_TEXT(ent_path_folder(&arena, "/c.csv"), "/");
}
