/* Runs in a page before its own scripts, to time what benchmarks/maps.py asks for.
 *
 * It leaves milliseconds in attributes of the root element, which can be waited for under any
 * content security policy.
 */
"use strict";

window.mapTiming = (() => {
  // What must have changed once a change is painted.
  const STATES = {
    shown: () => document.querySelector(".geo-count").dataset.shown,
    paths: () => document.querySelector(".leaflet-overlay-pane svg g").childElementCount,
    icons: () => document.querySelector(".leaflet-marker-pane").childElementCount,
    checked: () => document.querySelectorAll("input:checked").length,
    date: () => document.querySelector(".timecontrol-date").textContent,
  };

  // A message that is sent before a frame is painted arrives just after.
  function nextPaint() {
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  }

  // Leave behind when the first frame was painted that has an element like this.
  async function watch(selector) {
    let painted = await nextPaint();
    while (!document.querySelector(selector)) painted = await nextPaint();
    document.documentElement.dataset.painted = painted;
  }

  // Click one element after the other, each twice in a row; leave behind what each took.
  async function change(clicks, times, state) {
    const taken = [];
    for (let number = 0; number < times; number++) {
      await nextPaint();
      const [selector, index] = clicks[(number >> 1) % clicks.length];
      const button = document.querySelectorAll(selector)[index];
      const before = STATES[state]();
      const start = performance.now();
      button.click();
      let painted = await nextPaint();
      while (STATES[state]() === before) painted = await nextPaint();
      taken.push(painted - start);
    }
    document.documentElement.dataset.taken = JSON.stringify(taken);
  }

  return { watch, change };
})();
