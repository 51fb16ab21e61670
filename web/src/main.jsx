// main.jsx: reads what the library wrote into the page and draws it: a run's report, or what another command found, as its
// data's `kind` says.
// SPDX-License-Identifier: MIT
import { render } from "preact";
import { App } from "./app.jsx";
import { ChokepointApp } from "./chokepoint_app.jsx";
import { Report } from "./data.js";
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
render(kinds[data.kind]?.() ?? <App report={new Report(data)} map={read("entente-map")} />, root);
