// The course's own script: checkpoints. Answers stay on the page; nothing is stored or sent.

for (const checkpoint of document.querySelectorAll(".check")) {
  checkpoint.addEventListener("change", (event) => {
    // The feedback stands in a live region, so it is spoken as it appears.
    for (const feedback of checkpoint.querySelectorAll(".fb")) {
      feedback.hidden = feedback.id !== event.target.value;
      if (!feedback.hidden) {
        event.target.closest(".opt").dataset.verdict = feedback.dataset.verdict;
      }
    }
  });
}
