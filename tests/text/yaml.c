/* yaml.c: bytes become a tree with places, or a sentence with a place. */
// SPDX-License-Identifier: MIT
#include "text/yaml.h"
#include "test.h"
#include <stdlib.h>
#include <unistd.h>

static ent_status read_text(const char *text, ent_arena *arena, const ent_yaml **root, ent_error *err)
{
    return ent_yaml_read((ent_bytes){text, strlen(text)}, "f.yaml", arena, root, err);
}

/* The tree on one line, with places: scalars 'text'@line:column. */
static void draw(const ent_yaml *node, ent_text *out)
{
    if (node->key != NULL) ent_text_say(out, "%s@%d:%d=", node->key->text, node->key->line, node->key->column);
    if (node->kind == YAML_SCALAR) ent_text_say(out, node->plain ? "%s" : "'%s'", node->text);
    if (node->kind != YAML_SCALAR) ent_text_say(out, node->kind == YAML_SEQUENCE ? "[" : "{");
    for (const ent_yaml *inner = node->first; inner != NULL; inner = inner->next) {
        if (inner != node->first) ent_text_say(out, " ");
        draw(inner, out);
    }
    if (node->kind != YAML_SCALAR) ent_text_say(out, node->kind == YAML_SEQUENCE ? "]" : "}");
    ent_text_say(out, "@%d:%d", node->line, node->column);
}

static void check_tree(const char *text, const char *wanted)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_yaml *root = NULL;
    ent_text drawn = {.arena = &arena};
    MUST(read_text(text, &arena, &root, &err), err);
    draw(root, &drawn);
    CHECK_TEXT(drawn.data, wanted);
}

static void check_sentence(const char *text, const char *wanted)
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_yaml *root = NULL;
    CHECK(read_text(text, &arena, &root, &err) == ENT_BAD_INPUT);
    CHECK_TEXT(err.text, wanted);
}

TEST(everything_has_its_place, "")
{
    check_tree("a: 1\nb:\n  - x\n  - {c: \"y z\", d: }\n",
               "{a@1:1=1@1:4 b@2:1=[x@3:5 {c@4:6='y z'@4:9 d@4:16=@4:16}@4:5]@3:3}@1:1");
    check_tree("\xEF\xBB\xBFname: US\xE2\x80\x93"
               "China, b\n",
               "{name@1:1=US\xE2\x80\x93"
               "China, b@1:7}@1:1");
    check_tree("\xE2\x82\xAC\xE2\x82\xAC: {x: y}\n",
               "{\xE2\x82\xAC\xE2\x82\xAC@1:1={x@1:6=y@1:9}@1:5}@1:1"); /* characters */
    check_tree("a: |\n  two\n  lines\n# a comment\nb: ~ # and one here\n",
               "{a@1:1='two\nlines\n'@1:1 b@5:1=~@5:4}@1:1");
}

TEST(scalars_are_text, "")
{
    check_tree("[NO, 010, 1e3, true, 'null', 30%, -10%]\n",
               "[NO@1:2 010@1:6 1e3@1:11 true@1:16 'null'@1:22 30%@1:30 -10%@1:35]@1:1");
}

TEST(what_a_scenario_does_not_need_is_refused, "")
{
    check_sentence("", "f.yaml: holds nothing; write `name:` and `actions:`");
    check_sentence("# a comment\n", "f.yaml: holds nothing; write `name:` and `actions:`");
    check_sentence("a: 1\n\tb: 2\n", "f.yaml:2:1: a tab before the text of the line; indent with blanks");
    check_sentence("a: 1\n  \tb: 2\n", "f.yaml:2:3: a tab before the text of the line; indent with blanks");
    check_sentence("a: 1\nb: \"x\x01\"\n", "f.yaml:2:6: a control character (byte 1); leave it out");
    check_sentence("a: \"x\\0y\"\n", "f.yaml:1:5: the text holds a control character (byte 0); leave it out");
    check_sentence("a: \"\\e[2J\"\n", "f.yaml:1:5: the text holds a control character (byte 27); leave it out");
    check_sentence("a: \xC3\x28\n", "f.yaml:1:4: is not UTF-8 text here; save the file as UTF-8");
    check_sentence("a: \xE9t\xE9\n", "f.yaml:1:4: is not UTF-8 text here; save the file as UTF-8");
    check_sentence("a: 1\nb: 2\na: 3\n",
                   "f.yaml:3:1: the key a stands twice, first at line 1, column 1; keep one of them");
    check_sentence("x: {b: 1, a: 2, b: 3, a: 4}\n",
                   "f.yaml:1:17: the key b stands twice, first at line 1, column 5; keep one of them");
    check_sentence("a: &x 1\n",
                   "f.yaml:1:7: an anchor (&) stands here; anchors and aliases are not read, write it out");
    check_sentence("a: &x [1]\n",
                   "f.yaml:1:7: an anchor (&) stands here; anchors and aliases are not read, write it out");
    check_sentence("a: *x\n", "f.yaml:1:5: an alias (*) stands here; anchors and aliases are not read, write it out");
    check_sentence("a: !!int 1\n", "f.yaml:1:10: a tag (!) stands here; tags are not read, leave it out");
    check_sentence("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins here (---); one file holds one");
    check_sentence("? [a, b]\n: 1\n", "f.yaml:1:3: a list or a mapping stands as a key; a key is one word");
}

TEST(the_scanner_says_where, "")
{
    check_sentence("a: [1, 2\n", "f.yaml:2:1: is not YAML: flow sequence without a closing bracket");
    check_sentence("a: b: c\n", "f.yaml:1:5: is not YAML: invalid nested block mapping on the same line");
    check_sentence("a: \"x\n", "f.yaml:1:5: is not YAML: double-quoted scalar without closing quote");
    check_sentence("a: @x\n", "f.yaml:1:4: is not YAML: plain scalar cannot start with '@'");
}

static char *repeated(ent_arena *arena, const char *before, const char *what, size_t times, const char *after)
{
    ent_text text = {.arena = arena};
    ent_text_say(&text, "%s", before);
    for (size_t t = 0; t < times; t++) ent_text_add(&text, what, strlen(what));
    ent_text_say(&text, "%s", after);
    return text.data;
}

TEST(nesting_is_bounded, "")
{
    ENT_SCRATCH arena = {0};
    ent_error err = {0};
    const ent_yaml *root;
    char *deep = repeated(&arena, "", "[", 40, repeated(&arena, "", "]", 40, "\n"));
    check_sentence(deep, "f.yaml:1:33: nested deeper than 32; no scenario needs that");
    check_sentence(repeated(&arena, "", "- ", 1000, "x\n"),
                   "f.yaml:1:65: nested deeper than 32; no scenario needs that");
    check_sentence(repeated(&arena, "", "[", 1000000, "\n"),
                   "f.yaml:1:33: nested deeper than 32; no scenario needs that");
    deep = repeated(&arena, "", "[", 32, repeated(&arena, "x", "]", 32, "\n"));
    MUST(read_text(deep, &arena, &root, &err), err);
}

TEST(aliases_do_not_multiply, "")
{
    check_sentence(
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
        "f.yaml:1:7: an anchor (&) stands here; anchors and aliases are not read, write it out");
}

TEST(memory_is_a_multiple_of_the_bytes, "")
{
    static const char *const pieces[] = {"a,", "{x},", "[a],", "a: ,", "\"\","}; /* in a flow sequence */
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        ENT_SCRATCH text = {0};
        ENT_SCRATCH arena = {0};
        ent_error err = {0};
        const ent_yaml *root;
        char *list = repeated(&text, "[", pieces[p], 100000, "]\n");
        MUST(read_text(list, &arena, &root, &err), err);
        CHECK(root->count == 100000);
        CHECK(arena.bytes <= 128 * strlen(list) + (1 << 17));
    }
    ENT_SCRATCH text = {0};
    char *large = repeated(&text, "", "a\n", YAML_LARGEST / 2 + 1, "");
    check_sentence(large,
                   "f.yaml: has 4194306 bytes, more than the 4194304 that are read; put numbers into a CSV file");
}

TEST(nothing_is_printed, "")
{
    char path[256];
    snprintf(path, sizeof path, "%s/stderr", test_temporary_folder());
    fflush(stderr);
    const int kept = dup(2);
    CHECK(freopen(path, "w", stderr) != NULL);
    ENT_SCRATCH arena = {0};
    const ent_yaml *root;
    CHECK(read_text("a: [1\nb: \"\n", &arena, &root, NULL) == ENT_BAD_INPUT);
    CHECK(read_text("%YAML 9.9\n---\na: 1\n", &arena, &root, NULL) != ENT_NO_MEMORY);
    fflush(stderr);
    dup2(kept, 2);
    close(kept);
    ent_bytes said = {0};
    CHECK(ent_bytes_read(path, 0, &arena, &said, NULL) == ENT_OK && said.size == 0);
}

TEST(no_memory_while_a_tree_grows, "")
{
    ent_status status = ENT_NO_MEMORY;
    for (long nth = 1; status == ENT_NO_MEMORY && nth < 1000; nth++) {
        ENT_SCRATCH arena = {0};
        ent_error err = {0};
        const ent_yaml *root;
        test_fail_allocation(nth);
        status = read_text("a: [1, 2]\nb: {c: d, e: f}\n", &arena, &root, &err);
        test_fail_allocation(0);
        CHECK(status == ENT_OK || (status == ENT_NO_MEMORY && err.text[0] != 0));
    }
    CHECK(status == ENT_OK);
}

TEST(words_are_cut_between_characters, "")
{
    CHECK_TEXT(ent_yaml_short("plain").text, "plain");
    CHECK_TEXT(ent_yaml_short("two\nlines\t.").text, "two lines .");
    CHECK_TEXT(ent_yaml_short("a123456789012345678901234567890123456789012345678901234567890\xE2\x82\xAC").text,
               "a12345678901234567890123456789012345678901234567890123456789...");
    CHECK_TEXT(ent_yaml_short("12345678901234567890123456789012345678901234567890123456789\xE2\x82\xAC").text,
               "12345678901234567890123456789012345678901234567890123456789...");
}
