/* Elements of the page. Text reaches it through textContent and attributes alone. */

/* Makes an element; `options` are properties of it, `data` and `aria` those attributes. */
export function element(tag, { data = {}, aria = {}, ...options } = {}, ...children) {
  const node = document.createElement(tag);
  Object.assign(node, options);
  for (const [name, value] of Object.entries(data)) node.dataset[name] = value;
  for (const [name, value] of Object.entries(aria)) node.setAttribute(`aria-${name}`, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function button(textContent, onClick, options = {}) {
  const node = element("button", { type: "button", textContent, ...options });
  node.addEventListener("click", onClick);
  return node;
}

/* The option of an element whose text is in this language, for those who have it read to them. */
export function inLanguage(code) {
  return code ? { lang: code } : {};
}

/* A link, or only its text: nothing but http and https is followed. */
export function link(text, url) {
  if (!/^https?:\/\//iu.test(url)) return element("span", { textContent: text });
  return element("a", {
    textContent: text, href: url, target: "_blank", rel: "noopener noreferrer",
  });
}

export function swatch(colour) {
  const node = element("span", { className: "geo-swatch" });
  node.style.background = colour;
  return node;
}

/* A bar of the outlets' shares. */
export function shareBar(shares, colours) {
  const bar = element("span", { className: "geo-bar" });
  shares.forEach((share, group) => {
    if (share === 0) return;
    const part = element("span");
    part.style.flexGrow = share;
    part.style.background = colours[group];
    bar.append(part);
  });
  return bar;
}

/* Runs a export function once before the next frame, however often it is asked for. */
export function once(run) {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      run();
    });
  };
}
