// main.jsx: reads what the library wrote into the page and draws it: the report of a run.
// SPDX-License-Identifier: MIT
import { render } from "preact";
import { App } from "./app.jsx";
import { Report } from "./data.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const root = document.getElementById("entente");
root.textContent = "";
render(<App report={new Report(read("entente-data"))} map={read("entente-map")} />, root);
