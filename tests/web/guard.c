/* guard.c: who may ask, and who may not. */
// SPDX-License-Identifier: MIT
#include "guard.h"
#include "test.h"

static int check(const web_guard *guard, web_request request)
{
    ent_error err = {0};
    const int status = web_guard_check(guard, &request, &err);
    CHECK((status == 0) == (err.text[0] == 0));
    return status;
}

TEST(only_names_of_this_machine_are_answered_to, "guard")
{
    ent_error err = {0};
    web_guard guard = {.address = "127.0.0.1"};
    MUST(web_guard_open(&guard, &err), err);
    static const char *const ours[] = {"127.0.0.1", "127.0.0.1:80", "localhost:8087",
                                       "LOCALHOST", "[::1]:9",      "127.1.2.3"};
    static const char *const theirs[] = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1",
                                         "127.example"};
    for (size_t k = 0; k < sizeof ours / sizeof *ours; k++) CHECK(check(&guard, (web_request){.host = ours[k]}) == 0);
    for (size_t k = 0; k < sizeof theirs / sizeof *theirs; k++)
        CHECK(check(&guard, (web_request){.host = theirs[k]}) == 403);
    CHECK(check(&guard, (web_request){0}) == 400);
    static const char *const names[] = {"Analysis.Example.org"};
    web_guard named = guard;
    named.host = names;
    named.hosts = 1;
    CHECK(check(&named, (web_request){.host = "analysis.example.org:443"}) == 0);
    named.address = "0.0.0.0"; /* a number can't be bent, a name can */
    CHECK(check(&named, (web_request){.host = "192.168.1.7:8087"}) == 0);
    CHECK(check(&named, (web_request){.host = "localhost"}) == 403);
    web_guard_close(&guard);
}

TEST(only_pages_of_ours_may_ask, "guard")
{
    ent_error err = {0};
    web_guard guard = {.address = "127.0.0.1"};
    MUST(web_guard_open(&guard, &err), err);
    web_request r = {.host = "localhost:8087", .origin = "http://localhost:8087"};
    CHECK(check(&guard, r) == 0);
    static const char *const wrong[] = {"null",
                                        "",
                                        "http://localhost",
                                        "http://localhost:8088",
                                        "http://evil.example",
                                        "localhost:8087",
                                        "http://localhost:8087.evil.example"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        r.origin = wrong[k];
        CHECK(check(&guard, r) == 403);
    }
    r.origin = NULL;
    static const char *const sites[] = {"cross-site", "same-site", "x"};
    for (size_t k = 0; k < sizeof sites / sizeof *sites; k++) {
        r.site = sites[k];
        CHECK(check(&guard, r) == 403);
    }
    r.site = "none";
    CHECK(check(&guard, r) == 0);
    web_guard_close(&guard);
}

TEST(a_token_or_a_cookie_lets_in_and_a_link_works_once, "guard")
{
    ENT_SCRATCH scratch = {0};
    ent_error err = {0};
    char link[GUARD_SECRET], other[GUARD_SECRET];
    web_guard guard = {.address = "127.0.0.1", .token = "0123456789abcdef"};
    MUST(web_guard_open(&guard, &err), err);
    web_request r = {.host = "localhost"};
    CHECK(check(&guard, r) == 401);
    r.authorization = "Bearer 0123456789abcdef";
    CHECK(check(&guard, r) == 0);
    r.authorization = "Bearer 0123456789abcdeg";
    CHECK(check(&guard, r) == 401);
    r.authorization = "0123456789abcdef";
    CHECK(check(&guard, r) == 401);
    r.authorization = NULL;
    r.cookie = ent_string_format(&scratch, "x=y; entente=%s", guard.session);
    CHECK(check(&guard, r) == 0);
    r.cookie = ent_string_format(&scratch, "entente=%s0", guard.session);
    CHECK(check(&guard, r) == 401);
    MUST(web_guard_link(&guard, link, &err), err);
    CHECK(!web_guard_enter(&guard, "") && !web_guard_enter(&guard, "x"));
    CHECK(web_guard_enter(&guard, link) && !web_guard_enter(&guard, link));
    MUST(web_guard_link(&guard, link, &err), err);
    for (int k = 0; k < GUARD_LINKS; k++) MUST(web_guard_link(&guard, other, &err), err);
    CHECK(!web_guard_enter(&guard, link) && web_guard_enter(&guard, other)); /* the oldest is void */
    web_guard_close(&guard);
}
