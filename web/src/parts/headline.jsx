// headline.jsx: the answer in one look: a sentence, and five numbers.
// SPDX-License-Identifier: MIT
import { money, moneyChange, percent, short } from "../format.js";
import { number } from "../data.js";

function KeyNumber({ value, label, more, loss }) {
  return (
    <div class="key">
      <dt>{label}</dt>
      <dd class={!/[1-9]/.test(value) ? "flat" : loss ? "loss" : "gain"}>{value}</dd>
      <dd class="more">{more}</dd>
    </div>
  );
}

// `brief`: where room is scarce the pair is named by codes.
export function Headline({ report, s, brief }) {
  const world = report.worldIndex;
  const income = (n) => report.percent(s, "real_income", n);
  const decimals = report.decimals("real_income");
  const order = report.ranked(s, "real_income").filter((n) => Number.isFinite(income(n)));
  const best = order[0], worst = order[order.length - 1];
  const value = (n) => report.worth(s, "equivalent_variation", n);
  const trade = report.percent(s, "imports", world);
  const keys = [
    <KeyNumber key="w" label="World real income" value={percent(income(world), decimals)} more={`${moneyChange(value(world))} a year`} loss={income(world) < 0} />,
    <KeyNumber key="l" label={income(worst) < 0 ? "Largest loss" : "Smallest gain"} value={percent(income(worst), decimals)} more={<>{report.label(worst)}, <span class="whole">{moneyChange(value(worst))}</span></>} loss={income(worst) < 0} />,
    <KeyNumber key="g" label={income(best) > 0 ? "Largest gain" : "Smallest loss"} value={percent(income(best), decimals)} more={<>{report.label(best)}, <span class="whole">{moneyChange(value(best))}</span></>} loss={income(best) < 0} />,
    <KeyNumber key="t" label="World trade" value={percent(trade, 1)} more={`${money(report.before(s, "imports", world))} before`} loss={trade < 0} />,
  ];
  if (report.pairs.length > 0) {
    const [a, b] = report.pairs[0];
    const total = (key) => [0, 1].reduce((sum, way) => sum + number(report.way(s, 0, way)[key].at(-1)), 0);
    const before = total("before"), after = total("after"), move = 100 * (after / before - 1);
    keys.push(<KeyNumber key="p" label={brief ? `Trade ${report.regions[a].code} – ${report.regions[b].code}` : `Trade ${short(report.label(a))} – ${short(report.label(b))}`} value={percent(move, 1)} more={brief ? `${money(before)} → ${money(after)}` : `${money(before)} before, ${money(after)} after`} loss={move < 0} />);
  }
  return <dl class="keys">{keys}</dl>;
}

