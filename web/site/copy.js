// The lines to copy name this very site, and a button copies them.
const here = new URL("./", document.baseURI);

for (const code of document.querySelectorAll("[data-address]")) {
  for (const address of code.querySelectorAll("b")) {
    address.textContent = address.textContent.replace("https://your.site/", here.href.replace(/[?#].*/, ""));
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const lines = button.closest(".lines");
  const said = lines.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(lines.querySelector("code").textContent);
      said.textContent = "Copied. Paste it where the chart should appear.";
    } catch {
      getSelection().selectAllChildren(lines.querySelector("code"));
      said.textContent = "Your browser does not let the page copy. The lines are selected: press Ctrl+C, or Cmd+C on a Mac.";
    }
  });
}
