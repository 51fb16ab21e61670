/* web.h: `entente serve` as cmd_serve.c sees it: what it may be told, and the call that serves until it is stopped. */
// SPDX-License-Identifier: MIT
#pragma once
#include <entente/base.h>

typedef struct {
    const char *address;     /* to listen on: a number, "127.0.0.1" */
    ptrdiff_t port;          /* 0: any that is free */
    const char *token_file;  /* or NULL */
    const char *store;       /* file of runs, or ":memory:" */
    const char *const *host; /* [hosts] names under which we may be asked, besides our own */
    ptrdiff_t hosts;
    const char *const *world; /* [worlds] files, besides the embedded ones */
    ptrdiff_t worlds;
    ptrdiff_t threads;     /* that answer requests; one more does jobs */
    ptrdiff_t seconds;     /* most of an answer */
    ptrdiff_t job_seconds; /* most of a job */
    ptrdiff_t store_mb;    /* most of the store */
    int quiet;
    void (*say)(void *who, const char *line); /* what a person should read; or NULL */
    void *who;
} web_setup;

/* Serve until SIGINT or SIGTERM. ENT_BAD_INPUT: an address that can't be had, a token that is none, a broken store. */
ent_status web_serve(const web_setup *setup, ent_error *err);
