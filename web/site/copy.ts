// The lines to copy name this very site, and a button copies them.

const here = new URL("./", document.baseURI);

for (const address of document.querySelectorAll("[data-address] b")) {
  address.textContent = address.textContent?.replace("https://your.site/", here.href) ?? "";
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  const lines = button.closest(".lines");
  const code = lines?.querySelector("code");
  const said = lines?.nextElementSibling;
  if (!code || !said) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      said.textContent = "Copied. Paste it where the chart should appear.";
    } catch {
      getSelection()?.selectAllChildren(code);
      said.textContent =
        "Your browser does not let this page copy. The lines are selected: press Ctrl+C, or Cmd+C on a Mac.";
    }
  });
}

export {};
