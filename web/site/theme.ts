// Auto, light or dark. The choice travels in the address (`?theme=dark`) from page to page of this site and nowhere else:
// nothing is stored on the reader's device. Loaded as a plain script in the head, before the first paint, so that a dark page
// never flashes white.
(() => {
  const THEMES = ["auto", "light", "dark"] as const;
  type Theme = (typeof THEMES)[number];
  const WORDS: Record<Theme, string> = { auto: "follows your system", light: "light", dark: "dark" };

  const root = document.documentElement;
  let theme = themeNamed(new URL(location.href).searchParams.get("theme"));
  showOnRoot();

  document.addEventListener("DOMContentLoaded", () => {
    showOnPage();
    for (const button of document.querySelectorAll<HTMLButtonElement>("button.theme")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
        history.replaceState(history.state, "", withTheme(location.href));
        showOnRoot();
        showOnPage();
      });
    }
  });

  function themeNamed(name: string | null): Theme {
    return THEMES.find((known) => known === name) ?? "auto";
  }

  function showOnRoot(): void {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  }

  function showOnPage(): void {
    for (const button of document.querySelectorAll<HTMLButtonElement>("button.theme")) {
      button.dataset.shows = theme;
      button.setAttribute("aria-label", `Theme: ${WORDS[theme]}`);
      button.title = `Theme: ${WORDS[theme]}`;
    }
    for (const element of document.querySelectorAll("body *")) {
      const follows = element.localName.startsWith("downhill-") && (theme !== "auto" || element.hasAttribute("theme"));
      if (follows) element.setAttribute("theme", theme);
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[href]")) {
      const samePage = link.getAttribute("href")?.startsWith("#");
      if (!samePage && link.origin === location.origin) link.href = withTheme(link.href);
    }
  }

  function withTheme(address: string): string {
    const url = new URL(address);
    if (theme === "auto") url.searchParams.delete("theme");
    else url.searchParams.set("theme", theme);
    return url.href;
  }
})();
