// width.js: how wide an element is, and again when that changes: drawings in SVG keep their letters' size on every screen.
// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "preact/hooks";

export function useWidth(first = 800) {
  const element = useRef(null), [width, setWidth] = useState(first);
  useEffect(() => {
    if (!element.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry.contentRect.width))));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [element, width];
}
