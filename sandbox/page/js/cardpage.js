/** The card gateway's page, which works without: "Back to the chat" closes the tab that the chat opened, and the chat is as it was. */
for (const link of document.querySelectorAll("a.back"))
  link.addEventListener("click", (event) => {
    if (!window.opener || window.opener.closed) return;
    event.preventDefault();
    window.close();
  });
