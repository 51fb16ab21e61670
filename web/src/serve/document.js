// document.js: the scenario that is edited: its text, its tree, and what is wrong with it. A change of a rule is made in both
// at once; a change of the text asks the server what it says, and until it says something valid the rules stay as they were.
// Whoever changes the text makes void what was asked about an earlier one, so that a late answer never undoes what was typed.
// SPDX-License-Identifier: MIT
import { useRef, useState } from "preact/hooks";
import { pause, post, silent } from "./api.js";
import { newAction } from "./policy.js";
import { itemLines, treeText, withAction, withKey, withNewAction } from "./yaml.js";

const quiet = 120; // ms without a key before a text is checked
export const blank = { name: "My policy", actions: [] };

// Which rule a line of the text belongs to, or undefined.
export function ruleAt(text, line) {
  const at = itemLines(text, "actions")?.findIndex((x) => x.first + 1 <= line && line <= x.end);
  return at >= 0 ? at : undefined;
}

export const refusalOf = (e, text, reading) => ({ message: e.message.replace(/^[^\s:]+:\d+(:\d+)?: /, ""), line: e.line, column: e.column, rule: e.line && !reading ? ruleAt(text, e.line) : undefined, reading });

// yaml: the text as it stands; said: the one whose tree and world these are; open: it is not known yet what `yaml` says, as it
// is still being written ("typed") or the server looks at it ("asked"). prepare: fetch what is needed to show a world; changed:
// a text has a meaning; unchanged: a text has none, and what was said stands.
export function useScenario({ prepare, changed, unchanged }) {
  const [state, setState] = useState({ yaml: treeText(blank), said: treeText(blank), tree: blank, world: null, grouped: 0, refusal: null, open: "asked" });
  const now = useRef(state), timer = useRef(0), asked = useRef(0);
  const put = (next) => { now.current = next; setState(next); };

  // A text that awaits its meaning: nothing that was asked before it is heard any more.
  const expect = (yaml, open, tree = now.current.tree) => {
    clearTimeout(timer.current);
    put({ ...now.current, yaml, tree, open });
    return ++asked.current;
  };

  async function check(yaml, tree) {
    const mine = expect(yaml, "asked", tree);
    while (mine === asked.current) {
      try {
        const { scenario, world } = await post("/scenario/check", { yaml });
        await prepare(world);
        if (mine !== asked.current) return;
        put({ yaml, said: yaml, tree: { ...scenario, actions: scenario.actions ?? [] }, world, grouped: (scenario.actions ?? []).length, refusal: null, open: false });
        changed(yaml);
        return;
      } catch (e) {
        if (mine !== asked.current) return;
        put({ ...now.current, refusal: refusalOf(e, yaml, true), open: silent(e) && "asked" });
        if (!silent(e)) return unchanged();
        await pause();
      }
    }
  }

  const later = (yaml, tree) => {
    expect(yaml, "typed", tree);
    timer.current = setTimeout(() => check(yaml), quiet);
  };

  // A rule has changed, and with it text and tree. Where the text had more to say than the tree, its meaning is asked for.
  const settle = (yaml, tree) => {
    if (now.current.open || now.current.yaml !== now.current.said) return later(yaml, tree);
    put({ ...now.current, yaml, said: yaml, tree, refusal: null });
    return changed(yaml);
  };
  const actionsWith = (change) => { const actions = [...now.current.tree.actions]; change(actions); return { ...now.current.tree, actions }; };

  const edit = {
    text: (yaml) => later(yaml),
    load: (yaml) => check(yaml),
    expect: () => expect(now.current.yaml, "asked"), // a text is on its way
    rule(k, action) {
      const tree = actionsWith((a) => { a[k] = action; });
      settle(withAction(now.current.yaml, tree, k, action), tree);
    },
    add(about, world) {
      const action = newAction(about, world), tree = actionsWith((a) => a.push(action));
      settle(withNewAction(now.current.yaml, tree, action), tree);
    },
    remove(k, count) {
      let { yaml, tree } = now.current;
      for (let i = 0; i < count; i++) {
        tree = { ...tree, actions: tree.actions.filter((_, j) => j !== k) };
        yaml = withAction(yaml, tree, k, null);
      }
      now.current = { ...now.current, grouped: now.current.grouped - Math.max(0, Math.min(count, now.current.grouped - k)) };
      settle(yaml, tree);
    },
    single: () => put({ ...now.current, grouped: 0 }),
    move(k, by) {
      const tree = actionsWith((a) => { [a[k], a[k + by]] = [a[k + by], a[k]]; });
      let yaml = now.current.yaml;
      for (const i of [k, k + by]) yaml = withAction(yaml, tree, i, tree.actions[i]);
      settle(yaml, tree);
    },
    key(name, value) {
      const tree = { ...now.current.tree, [name]: value };
      if (value === undefined) delete tree[name];
      const yaml = withKey(now.current.yaml, tree, name, value);
      if (name === "world") return check(yaml, tree); // rules and pins stay those of the old one until the new one is there
      return settle(yaml, tree);
    },
    refuse: (refusal) => put({ ...now.current, refusal }),
  };
  return [state, edit, now];
}
