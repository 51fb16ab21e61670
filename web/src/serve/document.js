// document.js: the scenario that is edited: its text, its tree, and what is wrong with it. A change of a rule is made in both
// at once; a change of the text asks the server what it says, and until it says something valid the rules stay as they were.
// SPDX-License-Identifier: MIT
import { useRef, useState } from "preact/hooks";
import { post } from "./api.js";
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

export function useScenario(changed) {
  const [state, setState] = useState({ yaml: treeText(blank), tree: blank, world: null, grouped: 0, refusal: null });
  const now = useRef(state), timer = useRef(0), asked = useRef(0);
  const put = (next) => { now.current = next; setState(next); };

  async function check(yaml, then) {
    const mine = ++asked.current;
    try {
      const { scenario, world } = await post("/scenario/check", { yaml });
      if (mine !== asked.current) return;
      put({ yaml, tree: { ...scenario, actions: scenario.actions ?? [] }, world, grouped: (scenario.actions ?? []).length, refusal: null });
      then?.();
      changed(yaml);
    } catch (e) {
      if (mine === asked.current) put({ ...now.current, yaml, refusal: refusalOf(e, yaml, true) });
    }
  }

  const settle = (yaml, tree) => {
    asked.current++;
    clearTimeout(timer.current);
    put({ ...now.current, yaml, tree, refusal: null });
    changed(yaml);
  };
  const actionsWith = (change) => { const actions = [...now.current.tree.actions]; change(actions); return { ...now.current.tree, actions }; };

  const edit = {
    text(yaml) {
      put({ ...now.current, yaml });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => check(yaml), quiet);
    },
    load: (yaml, then) => { clearTimeout(timer.current); put({ ...now.current, yaml }); return check(yaml, then); },
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
      if (name === "world") return edit.load(yaml);
      return settle(yaml, tree);
    },
    refuse: (refusal) => put({ ...now.current, refusal }),
  };
  return [state, edit, now];
}
