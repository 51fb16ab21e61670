/* choice.c: names that name nothing, and choices that choose nothing. What good choices choose: place.c. */
// SPDX-License-Identifier: MIT
#include "try.h"

TEST(unknown_names_get_the_nearest, "")
{
    REFUSED_ACTION("  - duty: {importer: USB, exporter: CHN, add: 30%}",
                   "s.yaml:3:22: small has no region or group called USB; did you mean USA?");
    REFUSED_ACTION("  - duty: {importer: usa, exporter: CHN, add: 30%}",
                   "s.yaml:3:22: small has no region or group called usa; did you mean USA?");
    REFUSED_ACTION("  - duty:\n      importer: [USA, Chna]\n      exporter: EUU\n      add: 30%",
                   "s.yaml:4:23: small has no region or group called Chna; did you mean CHN?");
    REFUSED_ACTION("  - duty: {importer: CHN, exporter: VEST, add: 30%}",
                   "s.yaml:3:37: small has no region or group called VEST; did you mean WEST?");
    REFUSED_ACTION("  - duty: {importer: CHN, exporter: Atlantis, add: 30%}",
                   "s.yaml:3:37: small has no region or group called Atlantis; `entente world show` lists them");
    REFUSED_ACTION("  - duty: {importer: CHN, exporter: USA, sector: goodies, add: 30%}",
                   "s.yaml:3:50: small has no sector or group called goodies; did you mean goods?");
    REFUSED_ACTION("  - subsidy: {region: USA, sector: ELF, rate: 1%}",
                   "s.yaml:3:36: small has no sector or group called ELF; did you mean ELE?");
    REFUSED_ACTION("  - transfer: {from: USA, to: MAX, amount: 1 bn USD}",
                   "s.yaml:3:31: small has no region or group called MAX; did you mean MEX?");
    REFUSED("start:\n  - duty: {importer: USA, exporter: CHM, set: 1%}\nactions: []\n",
            "s.yaml:2:37: small has no region or group called CHM; did you mean CHN?");
}

TEST(rest_needs_another_side, "")
{
    REFUSED_ACTION("  - duty: {importer: rest, exporter: rest, add: 30%}",
                   "s.yaml:3:38: `rest` stands on both sides; name the regions on one of them");
    REFUSED_ACTION("  - transfer: {from: rest, to: [USA, rest], amount: 1 bn USD}",
                   "s.yaml:3:32: `rest` stands on both sides; name the regions on one of them");
    REFUSED_ACTION(
        "  - subsidy: {region: rest, rate: 1%}",
        "s.yaml:3:23: `rest` means the regions not on the action's other side, and there is no such side here; name "
        "them, or write {not: ...}");
    REFUSED_ACTION("  - duty: {importer: USA, exporter: {not: rest}, add: 30%}",
                   "s.yaml:3:43: `rest` can't be left out; name the regions");
}

TEST(choices_have_a_form_and_choose_someone, "")
{
    REFUSED_ACTION("  - duty: {importer: [], exporter: CHN, add: 30%}",
                   "s.yaml:3:22: an empty list chooses nothing; write names, or leave it out");
    REFUSED_ACTION("  - duty: {importer: , exporter: CHN, add: 30%}",
                   "s.yaml:3:12: `importer` is empty; write its value, or leave it out");
    REFUSED_ACTION("  - duty: {importer: [USA, [CHN]], exporter: CHN, add: 30%}",
                   "s.yaml:3:28: a list stands where `an item` wants one word or number");
    REFUSED_ACTION("  - duty: {importer: {all: x, not: USA}, exporter: CHN, add: 30%}",
                   "s.yaml:3:23: no part of a choice is called `all`; write of or not");
    REFUSED_ACTION("  - duty: {importer: {of: WEST}, exporter: CHN, add: 30%}",
                   "s.yaml:3:22: a choice in braces says whom it leaves out: {not: [CAN, MEX]} or {of: ..., not: ...}");
    REFUSED_ACTION("  - duty: {importer: {of: WEST, not: [USA, EUU, MEX]}, exporter: CHN, add: 30%}",
                   "s.yaml:3:22: this chooses no region of small; leave out fewer");
    REFUSED_ACTION("  - duty: {importer: all, exporter: rest, add: 30%}",
                   "s.yaml:3:37: this chooses no region of small; leave out fewer");
}
