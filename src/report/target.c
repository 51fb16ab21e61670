/* target.c: a file that appears whole or not at all. */
// SPDX-License-Identifier: MIT
#include "report/target.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

ent_status ent_target_open(ent_target *target, const char *path, ent_arena *arena, ent_error *err)
{
    *target = (ent_target){.path = path, .file = -1};
    target->beside = ent_string_format(arena, "%s.part-%ld", path, (long)getpid());
    if (target->beside == NULL) return ent_fail(err, ENT_NO_MEMORY, "%s: no memory to write it", path);
    target->file = open(target->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (target->file < 0) return ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: %s", path, strerror(errno));
    return ENT_OK;
}

void ent_target_add(ent_target *target, const char *data, size_t size)
{
    while (size > 0 && target->why == 0) {
        const ssize_t done = write(target->file, data, size);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) {
            target->why = errno;
            return;
        }
        data += done;
        size -= (size_t)done;
    }
}

void ent_target_abandon(ent_target *target)
{
    if (target->file >= 0) close(target->file);
    target->file = -1;
    unlink(target->beside);
}

ent_status ent_target_close(ent_target *target, ent_error *err)
{
    if (target->why == 0 && fsync(target->file) != 0) target->why = errno;
    if (close(target->file) != 0 && target->why == 0) target->why = errno;
    target->file = -1;
    if (target->why == 0 && rename(target->beside, target->path) != 0) target->why = errno;
    if (target->why == 0) return ENT_OK;
    unlink(target->beside);
    return ent_fail(err, ENT_BAD_INPUT, "%s: cannot be written: %s; what was there is untouched", target->path,
                    strerror(target->why));
}
