/* apart.c: fork, work, and the answer through a pipe.
 *
 * Only what comes through the pipe counts, whole or not at all, so a child that crashes, is ended by its clock or
 * reaped by someone else is all one: it died. The child's standard streams go nowhere, since libraries that notice
 * their broken heap print about it. It leaves by _exit, so nothing of the parent's is flushed twice and no leak of a
 * library counts.
 *
 * A thread of the caller's may hold a lock of some library at the moment of the fork; the child would wait for it for
 * ever, and its clock ends that too. */
// SPDX-License-Identifier: MIT
#include "base/apart.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    uint64_t mark, status, size;
    ent_error err;
} heading;
#define MARK 0x74726170612e746eu
#define MANY_BYTES                                                                                                     \
    ((size_t)1 << 40) /* of address space: only a sanitizer's shadow takes so much, and it can't be bounded */
#define COMMON_BYTES ((size_t)64 << 20) /* that libraries take for themselves */

/* ---- the child ---- */

static void forget_handlers(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM, SIGXCPU, SIGPIPE, SIGTERM};
    sigset_t all;
    for (size_t s = 0; s < sizeof signals / sizeof *signals; s++) signal(signals[s], SIG_DFL);
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
}

static size_t address_space(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) return MANY_BYTES;
    if (fscanf(file, "%ld", &pages) != 1) pages = 0;
    fclose(file);
    return pages <= 0 ? MANY_BYTES : (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void bound(ent_apart_bounds bounds)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    const struct rlimit time = {bounds.seconds, bounds.seconds + 1};
    setrlimit(RLIMIT_CPU, &time);
    alarm(4 * bounds.seconds); /* where it waits instead of computing, or the machine is busy */
    const size_t now = address_space();
    if (now >= MANY_BYTES || bounds.bytes > MANY_BYTES) return;
    const struct rlimit space = {now + bounds.bytes + COMMON_BYTES, now + bounds.bytes + COMMON_BYTES};
    setrlimit(RLIMIT_AS, &space);
}

static int send_all(int pipe, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        const ssize_t done = write(pipe, at, size);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return 0;
        at += done;
        size -= (size_t)done;
    }
    return 1;
}

static _Noreturn void be_child(ent_apart_work *work, void *state, ent_apart_bounds bounds, int pipe)
{
    const int nowhere = open("/dev/null", O_RDWR);
    for (int stream = 0; nowhere >= 0 && stream < 3; stream++)
        if (stream != pipe) dup2(nowhere, stream);
    forget_handlers();
    bound(bounds);
    ent_arena arena = {0};
    ent_bytes answer = {"", 0};
    heading head = {.mark = MARK};
    head.status = work(state, &arena, &answer, &head.err);
    head.size = head.status == ENT_OK ? answer.size : 0;
    if (send_all(pipe, &head, sizeof head)) send_all(pipe, answer.data, head.size);
    _exit(0);
}

/* ---- the parent ---- */

static int receive_all(int pipe, void *bytes, size_t size)
{
    char *at = bytes;
    while (size > 0) {
        const ssize_t got = read(pipe, at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        at += got;
        size -= (size_t)got;
    }
    return 1;
}

static ent_status receive(int pipe, size_t most, ent_arena *arena, ent_bytes *answer, int *died, ent_error *err)
{
    heading head;
    *died = 1;
    if (!receive_all(pipe, &head, sizeof head) || head.mark != MARK || head.size > most) return ENT_BAD_INPUT;
    head.err.text[sizeof head.err.text - 1] = 0;
    char *data = ent_new(arena, char, head.size + 1);
    if (data == NULL) {
        *died = 0;
        return ent_fail(err, ENT_NO_MEMORY, "no memory for %llu bytes", (unsigned long long)head.size);
    }
    if (!receive_all(pipe, data, head.size)) return ENT_BAD_INPUT;
    data[head.size] = 0;
    *died = 0;
    *answer = (ent_bytes){data, head.size};
    if (head.status == ENT_OK) return ENT_OK;
    return ent_fail(err, head.status == ENT_NO_MEMORY ? ENT_NO_MEMORY : ENT_BAD_INPUT, "%s", head.err.text);
}

ent_status ent_apart_run(ent_apart_work *work, void *state, ent_apart_bounds bounds, ent_arena *arena,
                         ent_bytes *answer, int *died, ent_error *err)
{
    int ends[2];
    *died = 0;
    if (pipe(ends) != 0) return ent_fail(err, ENT_BAD_INPUT, "no process can be started: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    const pid_t child = fork();
    const int why = errno;
    if (child == 0) {
        close(ends[0]);
        be_child(work, state, bounds, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return ent_fail(err, ENT_BAD_INPUT, "no process can be started: %s", strerror(why));
    }
    const ent_status status = receive(ends[0], bounds.bytes, arena, answer, died, err);
    close(ends[0]);
    if (*died) kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
    return status;
}
