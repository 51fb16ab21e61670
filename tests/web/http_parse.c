/* http_parse.c: targets, hosts, cookies and tags as they come by the wire. */
// SPDX-License-Identifier: MIT
#include "http.h"
#include "test.h"

static int parse(const char *target, ent_arena *arena, web_request *request)
{
    ent_error err = {0};
    *request = (web_request){0};
    const int status = web_target_parse(target, arena, request, &err);
    CHECK((status == 0) == (err.text[0] == 0));
    return status;
}

TEST(a_target_has_segments_and_parameters, "http")
{
    ENT_SCRATCH scratch = {0};
    web_request r;
    CHECK(parse("/", &scratch, &r) == 0 && r.segments == 0);
    CHECK(parse("/api/v1/", &scratch, &r) == 0 && r.segments == 2);
    CHECK(parse("/api/v1/runs/a%20b?limit=5&before=%C3%A9+x&&empty=&none", &scratch, &r) == 0 && r.segments == 4);
    CHECK_TEXT(r.segment[3], "a b");
    CHECK_TEXT(web_parameter(&r, "limit"), "5");
    CHECK_TEXT(web_parameter(&r, "before"), "é x");
    CHECK_TEXT(web_parameter(&r, "empty"), "");
    CHECK_TEXT(web_parameter(&r, "none"), "");
    CHECK(web_parameter(&r, "nix") == NULL);
    CHECK(parse("/a%2Fb", &scratch, &r) == 0 && r.segments == 1); /* a slash in a segment parts nothing */
    CHECK_TEXT(r.segment[0], "a/b");
}

TEST(what_is_no_target_is_refused, "http")
{
    static const struct {
        const char *target;
        int status;
    } wrong[] = {{"", 400},
                 {"a", 400},
                 {"http://x/", 400},
                 {"//a", 400},
                 {"/a//b", 400},
                 {"/%", 400},
                 {"/%1", 400},
                 {"/%zz", 400},
                 {"/%00", 400},
                 {"/a\x01", 400},
                 {"/%0a", 400},
                 {"/a?x=%0d", 400},
                 {"/1/2/3/4/5/6/7/8/9", 404},
                 {"*", 400},
                 {"/?1&2&3&4&5&6&7&8&9", 400}};
    char longer[WEB_TARGET + 2];
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ENT_SCRATCH scratch = {0};
        web_request r;
        const int status = parse(wrong[k].target, &scratch, &r);
        if (status != wrong[k].status)
            test_fail(__FILE__, __LINE__, "%s is %d, not %d", wrong[k].target, status, wrong[k].status);
    }
    ENT_SCRATCH scratch = {0};
    web_request r;
    memset(longer, 'a', sizeof longer - 1);
    longer[0] = '/';
    longer[sizeof longer - 1] = 0;
    CHECK(parse(longer, &scratch, &r) == 414);
    longer[WEB_TARGET] = 0;
    CHECK(parse(longer, &scratch, &r) == 0);
}

static void check_host(const char *host, const char *wanted, int wanted_port)
{
    char name[256] = "";
    int port = -1;
    const int fine = web_host_parse(host, name, &port);
    CHECK(fine == (wanted != NULL));
    if (!fine || wanted == NULL) return;
    CHECK_TEXT(name, wanted);
    CHECK(port == wanted_port);
}

TEST(a_host_is_a_name_or_an_address_and_perhaps_a_port, "http")
{
    check_host("localhost", "localhost", 0);
    check_host("LocalHost:8087", "localhost", 8087);
    check_host("127.0.0.1:1", "127.0.0.1", 1);
    check_host("[::1]:65535", "::1", 65535);
    check_host("[::FFFF:1.2.3.4]", "::ffff:1.2.3.4", 0);
    static const char *const wrong[] = {"",    ":80", "a:",   "a:0", "a:65536", "a:1x",
                                        "a b", "a/b", "[::1", "[a]", "a@b",     "::1"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) check_host(wrong[k], NULL, 0);
    CHECK(web_is_address("1.2.3.4") && web_is_address("::1") && !web_is_address("1.2.3") &&
          !web_is_address("127.0.0.1.x"));
}

TEST(headers_are_read_as_they_are_written, "http")
{
    ENT_SCRATCH scratch = {0};
    CHECK(web_is_json("application/json") && web_is_json("Application/JSON; charset=utf-8") &&
          web_is_json("application/json ;x"));
    CHECK(!web_is_json(NULL) && !web_is_json("") && !web_is_json("application/jsonp") && !web_is_json("text/plain"));
    CHECK_TEXT(web_cookie("a=b; entente=xyz; c=d", "entente", &scratch), "xyz");
    CHECK_TEXT(web_cookie("entente=", "entente", &scratch) == NULL ? "none" : "some", "some");
    CHECK(web_cookie("xentente=1; ententey=2", "entente", &scratch) == NULL);
    CHECK(web_cookie(NULL, "entente", &scratch) == NULL);
    CHECK(web_tag_matches("\"a\"", "\"a\"") && web_tag_matches("W/\"a\"", "\"a\"") &&
          web_tag_matches("\"b\", \"a\"", "\"a\""));
    CHECK(web_tag_matches("*", "\"a\"") && !web_tag_matches("\"ab\"", "\"a\"") && !web_tag_matches("", "\"a\""));
    CHECK(!web_tag_matches(NULL, "\"a\""));
    CHECK(web_method_of("HEAD") == WEB_GET && web_method_of("PATCH") == WEB_PATCH &&
          web_method_of("get") == WEB_UNKNOWN);
}
