// Auto, light or dark. The choice travels in the address (`?theme=dark`) from page to page of this site and nowhere else:
// nothing is stored on the reader's device. Runs before the first paint, so that a dark page never flashes white.
(() => {
  const THEMES = ["auto", "light", "dark"];
  const WORDS = { auto: "follows your system", light: "light", dark: "dark" };
  const root = document.documentElement;

  const asked = new URL(location.href).searchParams.get("theme");
  let theme = asked && THEMES.includes(asked) ? asked : "auto";
  showOnRoot();

  document.addEventListener("DOMContentLoaded", () => {
    showOnPage();
    for (const button of document.querySelectorAll("button.theme")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
        history.replaceState(history.state, "", withTheme(location.href));
        showOnRoot();
        showOnPage();
      });
    }
  });

  function showOnRoot() {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  }

  function showOnPage() {
    for (const button of document.querySelectorAll("button.theme")) {
      button.dataset.shows = theme;
      button.setAttribute("aria-label", `Theme: ${WORDS[theme]}`);
      button.title = `Theme: ${WORDS[theme]}`;
    }
    for (const element of document.querySelectorAll("body *")) {
      const follows = element.localName.startsWith("downhill-") && (theme !== "auto" || element.hasAttribute("theme"));
      if (follows) element.setAttribute("theme", theme);
    }
    for (const link of document.querySelectorAll("a[href]")) {
      const samePage = link.getAttribute("href").startsWith("#");
      if (!samePage && link.origin === location.origin) link.href = withTheme(link.href);
    }
  }

  function withTheme(address) {
    const url = new URL(address);
    if (theme === "auto") url.searchParams.delete("theme");
    else url.searchParams.set("theme", theme);
    return url.href;
  }
})();
