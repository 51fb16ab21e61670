/* try.h: a text through the whole of the scenario room, on the small world. */
// SPDX-License-Identifier: MIT
#pragma once
#include "small_world.h"
#include "test.h"

typedef struct {
    ent_arena arena;
    ent_error err;
    small_world world;
    ent_scenario scenario;
    ent_policy policy;
    ent_blueprint blueprint;
} trial;

/* Read, start, blueprint, place; folder NULL: no files. */
static inline ent_status try_in(trial *t, const char *text, const char *folder)
{
    *t = (trial){0};
    ENT_TRY(small_make(&t->arena, &t->world, &t->err));
    ENT_TRY(ent_scenario_parse((ent_bytes){text, strlen(text)}, "s.yaml", folder, &t->arena, &t->scenario, &t->err));
    ENT_TRY(ent_scenario_start(&t->scenario, &t->world.table, &t->arena, &t->err));
    ENT_TRY(ent_blueprint_default(&t->world.table, &t->arena, &t->blueprint, &t->err));
    ENT_TRY(ent_scenario_blueprint(&t->scenario, &t->world.table, &t->arena, &t->blueprint, &t->err));
    return ent_scenario_place(&t->scenario, &t->world.net, &t->arena, &t->policy, &t->err);
}

/* Of actions alone: a scenario whose third line on they are. */
static inline ent_status try_actions(trial *t, const char *actions)
{
    ENT_SCRATCH scratch = {0};
    const char *text = ent_string_format(&scratch, "name: trial\nactions:\n%s", actions);
    return text == NULL ? ENT_NO_MEMORY : try_in(t, text, NULL);
}

static inline void check_refused(const char *file, int line, const char *text, const char *folder, const char *wanted)
{
    trial t;
    const ent_status status = try_in(&t, text, folder);
    if (status != ENT_BAD_INPUT)
        test_fail(file, line, "accepted, though it is wrong: %s", text);
    else if (strcmp(t.err.text, wanted) != 0)
        test_fail(file, line, "the sentence is\n    %s\n  not\n    %s", t.err.text, wanted);
    ent_arena_close(&t.arena);
}
/* A whole file, or actions from its third line on, and the sentence that refuses it. */
#define REFUSED(text, wanted) check_refused(__FILE__, __LINE__, text, NULL, wanted)
#define REFUSED_ACTION(text, wanted)                                                                                   \
    check_refused(__FILE__, __LINE__, "name: trial\nactions:\n" text "\n", NULL, wanted)
#define REFUSED_IN(folder, text, wanted)                                                                               \
    check_refused(__FILE__, __LINE__, "name: trial\nactions:\n" text "\n", folder, wanted)

/* Duty of n on j from i after the actions. */
static inline double duty_of(const trial *t, int n, int i, int j)
{
    return t->policy.duty[small_lane(&t->world, n, i, j)];
}

/* A file in the tests' temporary folder; its folder. */
static inline const char *write_file(const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", test_temporary_folder(), name);
    ent_error err = {0};
    if (ent_bytes_write(path, text, strlen(text), &err) != ENT_OK) test_fail(__FILE__, __LINE__, "%s", err.text);
    return test_temporary_folder();
}
