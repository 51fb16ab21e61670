/* bytes.c: files as bytes, in and out. A file comes in whole and unpacked (.gz, .zst); it goes out whole or not at all.
 * Packed files are unpacked by unpack.c; what is written goes to a temporary file beside the target, is synced and
 * renamed, so that a crash at any moment leaves either the old content or the new. */
// SPDX-License-Identifier: MIT
#include "base/unpack.h"
#include "entente/base.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_LIMIT ((size_t)16 << 30)

static ent_status read_raw(int file, const char *path, size_t limit, ent_arena *arena, ent_bytes *bytes, ent_error *err)
{
    struct stat about;
    if (fstat(file, &about) != 0) return ent_fail(err, ENT_BAD_INPUT, "%s: %s", path, strerror(errno));
    if (S_ISDIR(about.st_mode)) return ent_fail(err, ENT_BAD_INPUT, "%s: is a folder; name a file in it", path);
    const int sized = about.st_size > 0; /* a pipe or a device says no size beforehand */
    size_t room = sized ? (size_t)about.st_size : limit < 4096 ? limit + 1 : 4096, size = 0;
    if (sized && room > limit)
        return ent_fail(err, ENT_BAD_INPUT, "%s: has %zu bytes, more than the %zu that are read", path, room, limit);
    char *data = ent_new(arena, char, room + 1);
    if (data == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory for its %zu bytes", path, room);
    for (;;) {
        const ssize_t got = read(file, data + size, room - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return ent_fail(err, ENT_BAD_INPUT, "%s: %s", path, strerror(errno));
        size += (size_t)got;
        if (got == 0 || (size == room && sized)) break;
        if (size == room) {
            if (room > limit) return ent_fail(err, ENT_BAD_INPUT, "%s: gives more than %zu bytes", path, limit);
            room = room > limit / 2 ? limit + 1 : 2 * room; /* one more, to tell exactly the limit from too much */
            char *more = ent_new(arena, char, room + 1);
            if (more == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory for its bytes", path);
            memcpy(more, data, size);
            data = more;
        }
    }
    data[size] = 0;
    *bytes = (ent_bytes){data, size};
    return ENT_OK;
}

ent_status ent_bytes_read(const char *path, size_t limit, ent_arena *arena, ent_bytes *bytes, ent_error *err)
{
    if (limit == 0) limit = DEFAULT_LIMIT;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return ent_fail(err, ENT_BAD_INPUT, "%s: %s", path, strerror(errno));
    ENT_SCRATCH packed = {.limit = arena->limit > arena->bytes ? arena->limit - arena->bytes : arena->limit};
    ent_bytes raw = {0};
    const ent_status status = read_raw(file, path, limit, &packed, &raw, err);
    close(file);
    ENT_TRY(status);
    if (ent_is_packed(raw)) return ent_unpack(raw, path, limit, arena, bytes, err);
    if (arena->chunks == NULL) { /* an empty arena takes the bytes over as they are */
        const size_t ceiling = arena->limit;
        *arena = packed;
        arena->limit = ceiling;
        packed = (ent_arena){0};
        *bytes = raw;
        return ENT_OK;
    }
    char *copy = ent_string_copy_n(arena, raw.data, raw.size);
    if (copy == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory for its %zu bytes", path, raw.size);
    *bytes = (ent_bytes){copy, raw.size};
    return ENT_OK;
}

static int write_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        const ssize_t done = write(file, data, size);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return 0;
        data += done;
        size -= (size_t)done;
    }
    return 1;
}

/* A device or a pipe cannot be renamed over: the bytes go into it as they are. */
static ent_status write_through(const char *path, const char *data, size_t size, ent_error *err)
{
    const int file = open(path, O_WRONLY | O_CLOEXEC);
    const int good = file >= 0 && write_all(file, data, size);
    const int why = errno;
    if (file >= 0) close(file);
    return good ? ENT_OK : ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: %s", path, strerror(why));
}

ent_status ent_bytes_write(const char *path, const char *data, size_t size, ent_error *err)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return ent_fail(err, ENT_BAD_INPUT, "%s: is a folder; name a file in it", path);
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode)) return write_through(path, data, size, err);
    ENT_SCRATCH scratch = {0};
    char *beside = ent_string_format(&scratch, "%s.part-%ld", path, (long)getpid());
    if (beside == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to write it", path);
    const int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: %s", path, strerror(errno));
    int good = write_all(file, data, size) && fsync(file) == 0;
    int why = errno;
    if (close(file) != 0 && good) {
        good = 0;
        why = errno;
    }
    if (good && rename(beside, path) != 0) {
        good = 0;
        why = errno;
    }
    if (!good) {
        unlink(beside);
        return ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: %s; what was there is untouched", path,
                        strerror(why));
    }
    return ENT_OK;
}

ent_status ent_folder_make(const char *path, ent_error *err)
{
    ENT_SCRATCH scratch = {0};
    char *part = ent_string_copy(&scratch, path);
    if (part == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to make the folder", path);
    for (char *c = part + 1; *part != 0; c++) {
        if (*c != '/' && *c != 0) continue;
        const char kept = *c;
        *c = 0;
        if (mkdir(part, 0755) != 0 && errno != EEXIST)
            return ent_fail(err, ENT_BAD_INPUT, "%s: the folder cannot be made: %s", part, strerror(errno));
        *c = kept;
        if (kept == 0) break;
    }
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return ent_fail(err, ENT_BAD_INPUT, "%s: is not a folder; name another", path);
    return ENT_OK;
}

char *ent_path_join(ent_arena *arena, const char *folder, const char *name)
{
    if (folder == NULL || *folder == 0 || *name == '/') return ent_string_copy(arena, name);
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    return ent_string_format(arena, "%s%s%s", folder, slash, name);
}

char *ent_path_folder(ent_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return ent_string_copy(arena, "");
    return ent_string_copy_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}
