// main.jsx: the page of `entente serve`: fetches the map and what the server offers, then draws.
// SPDX-License-Identifier: MIT
import { render } from "preact";
import { Page } from "./page.jsx";
import { loadOffer } from "./world.js";
import "./serve.css";

const root = document.getElementById("entente");

async function start() {
  const [map, offer] = await Promise.all([fetch("map.json").then((a) => a.json()), loadOffer()]);
  root.textContent = "";
  render(<Page map={map} offer={offer} />, root);
}

function Failed({ words }) {
  return <main class="failed"><h1>Entente</h1><p role="alert">{words}</p><p><button type="button" class="tool" onClick={() => location.reload()}>Try again</button></p></main>;
}

start().catch((e) => { root.textContent = ""; render(<Failed words={e.message} />, root); });
