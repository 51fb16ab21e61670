// theme.jsx: light, dark, or as the system says.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";

const key = "entente-theme", names = { auto: "As the system", light: "Light", dark: "Dark" };
const kept = () => { try { return localStorage.getItem(key) ?? "auto"; } catch { return "auto"; } };

export function applyTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function Theme() {
  const [theme, setTheme] = useState(kept);
  const choose = (next) => {
    setTheme(next);
    applyTheme(next);
    try { localStorage.setItem(key, next); } catch { /* a browser that keeps nothing: until it is closed */ }
  };
  return (
    <label class="choice theme"><span class="sr">Colours</span>
      <select value={theme} onChange={(e) => choose(e.currentTarget.value)}>{Object.entries(names).map(([value, label]) => <option key={value} value={value} selected={value === theme}>{label}</option>)}</select>
    </label>
  );
}

applyTheme(kept());
