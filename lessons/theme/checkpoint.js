// A checkpoint answers each choice with its own words. Nothing is graded, counted or kept: reload the page and it is fresh.

for (const check of document.querySelectorAll(".check")) {
  const answers = [...check.querySelectorAll(".fb")];
  check.addEventListener("change", (event) => {
    for (const answer of answers) {
      const chosen = answer.id === event.target.value;
      answer.hidden = !chosen;
      if (chosen) check.dataset.verdict = answer.dataset.verdict;
    }
  });
}
