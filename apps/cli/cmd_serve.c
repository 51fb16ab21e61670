/* cmd_serve.c: `entente serve`: the page and its API, until Ctrl-C. The serving itself is apps/web. */
// SPDX-License-Identifier: MIT
#include "commands.h"
#include "web.h"
#include "words.h"
#include <entente/entente.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    web_setup setup;
    words_list hosts, worlds;
} request;

static int read_words(int count, char **words, ent_arena *house, request *ask)
{
    web_setup *s = &ask->setup;
    const words_option options[] = {
        {"port", 'p', WORDS_COUNT, &s->port, "N", "default 8087; 0 takes any that is free"},
        {"listen", 'l', WORDS_TEXT, &s->address, "ADDRESS", "default 127.0.0.1; elsewhere a token is needed"},
        {"token-file", 0, WORDS_TEXT, &s->token_file, "FILE", "its first line is the secret that a client must know"},
        {"host", 0, WORDS_LIST, &ask->hosts, "NAME", "a name under which we may be asked, as a proxy's; several times"},
        {"store", 0, WORDS_TEXT, &s->store, "FILE", "where runs are kept; :memory: keeps none"},
        {"store-limit", 0, WORDS_COUNT, &s->store_mb, "MB", "most that the store may take; default 1024"},
        {"world", 'w', WORDS_LIST, &ask->worlds, "FILE", "a world file to offer beside the embedded; several times"},
        {"threads", 0, WORDS_COUNT, &s->threads, "N", "that answer; default: one a processor; one more does jobs"},
        {"seconds", 0, WORDS_COUNT, &s->seconds, "N", "most of an answer; default 30"},
        {"job-seconds", 0, WORDS_COUNT, &s->job_seconds, "N", "most of a job; default 3600"},
        {"quiet", 'q', WORDS_FLAG, &s->quiet, NULL, "print the address and nothing else"},
    };
    const words_command command = {
        "serve",
        "[options]",
        "Serves the page, and the API below /api/v1 that the page uses, to this machine alone. Prints the\n"
        "address on standard output and runs until Ctrl-C. docs/API.md describes the API.",
        "  entente serve\n"
        "  entente serve --port 0 --store :memory:\n"
        "  entente serve --listen 0.0.0.0 --token-file secret.txt --host analysis.example.org",
        options,
        sizeof options / sizeof *options,
    };
    words_list rest;
    const int early = words_read(&command, count, words, house, &rest);
    if (early >= 0) return early;
    if (rest.count > 0)
        return words_wrong("serve takes no %s, only options; `entente help serve` lists them", *rest.word);
    return -1;
}

static int in_range(const char *name, ptrdiff_t value, ptrdiff_t least, ptrdiff_t most)
{
    if (value >= least && value <= most) return 1;
    words_wrong("--%s %td: must be between %td and %td", name, value, least, most);
    return 0;
}

/* $XDG_STATE_HOME/entente/runs.sqlite, or ~/.local/state/...; its folder is made. */
static ent_status usual_store(ent_arena *house, const char **path, ent_error *err)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    const char *base = state != NULL && *state == '/' ? state
                       : home != NULL && *home != 0   ? ent_path_join(house, home, ".local/state")
                                                      : NULL;
    if (base == NULL)
        return ent_fail(err, ENT_BAD_INPUT, "there is no home folder to keep runs in; --store FILE says where");
    const char *folder = ent_path_join(house, base, "entente");
    if (folder == NULL) return ENT_NO_MEMORY;
    ENT_TRY(ent_folder_make(folder, err));
    *path = ent_path_join(house, folder, "runs.sqlite");
    return *path == NULL ? ENT_NO_MEMORY : ENT_OK;
}

static void say(void *who, const char *line)
{
    const web_setup *setup = who;
    printf("%s\n", line);
    fflush(stdout);
    if (!setup->quiet) fprintf(stderr, "entente: serving; runs are kept in %s; Ctrl-C ends it\n", setup->store);
}

int cmd_serve(int count, char **words)
{
    ENT_SCRATCH house = {0};
    request ask = {
        .setup = {.address = "127.0.0.1", .port = 8087, .store_mb = 1024, .seconds = 30, .job_seconds = 3600}};
    web_setup *s = &ask.setup;
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    s->threads = processors > 0 ? processors : 1;
    const int early = read_words(count, words, &house, &ask);
    if (early >= 0) return early;
    if (!in_range("port", s->port, 0, 65535) || !in_range("threads", s->threads, 1, 256) ||
        !in_range("seconds", s->seconds, 1, 3600) || !in_range("job-seconds", s->job_seconds, 1, 1000000) ||
        !in_range("store-limit", s->store_mb, 1, 1000000))
        return 2;
    ent_error err = {0};
    ent_status status = ENT_OK;
    if (s->store == NULL) status = usual_store(&house, &s->store, &err);
    s->host = ask.hosts.word;
    s->hosts = ask.hosts.count;
    s->world = ask.worlds.word;
    s->worlds = ask.worlds.count;
    s->say = say;
    s->who = s;
    if (status == ENT_OK) status = web_serve(s, &err);
    return status == ENT_OK ? 0 : words_fail(status, &err);
}
