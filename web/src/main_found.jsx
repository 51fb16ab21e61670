// main_found.jsx: reads what the library wrote into the page and draws it: what another command than run found, as its data's
// `kind` says. A script of its own, so that a run's report, which may hold a large world, does not carry it.
// SPDX-License-Identifier: MIT
import { render } from "preact";
import { ChokepointApp } from "./chokepoint_app.jsx";
import { GameApp } from "./game_app.jsx";
import { LeverApp } from "./lever_app.jsx";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const root = document.getElementById("entente");
const data = read("entente-data");
root.textContent = "";
const kinds = {
  lever: () => <LeverApp data={data} />,
  chokepoint: () => <ChokepointApp data={data} map={read("entente-map")} />,
  game: () => <GameApp data={data} />,
};
render(kinds[data.kind](), root);
