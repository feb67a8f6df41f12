"""The few scripts that a page brings. Behind sign-in no other inline script runs, so each must stand in ``ALL``."""

__all__ = ["ALL", "KEEP_PLACE", "KEEP_RELEASE", "PAGE_FOUND", "TO_TOP", "WHEN_OVER"]

# The browser goes to a linked heading as soon as it is there; then charts and tables arrive above it and push it away,
# often out of sight. So go there again whenever the page has grown, until the reader moves.
KEEP_PLACE = """<script>
(() => {
  if (window.keepsPlace) return;
  window.keepsPlace = true;
  let moved = false;
  for (const act of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(act, () => { moved = true; }, { once: true, capture: true, passive: true });
  new ResizeObserver(() => {
    const name = decodeURIComponent(location.hash.slice(1));
    const place = !moved && name && document.getElementById(name);
    if (place) place.scrollIntoView();
  }).observe(document.querySelector('[data-testid="stMainBlockContainer"]'));
})();
</script>"""

# Where people sign in, a page whose session is over loses its live connection, and would go on showing what it has
# while it tries to have it back. It asks why, and goes where that is said.
WHEN_OVER = """<script>
(() => {
  if (window.looksOver) return;
  window.looksOver = true;
  const look = async () => {
    if (document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState !== "CONNECTED") {
      const answer = await fetch("/_stcore/health", { cache: "no-store" }).catch(() => null);
      if (answer?.status === 401) {
        location.replace(`/sign-in/over?next=${encodeURIComponent(location.pathname + location.search)}`);
        return;
      }
    }
    setTimeout(look, 1000);
  };
  look();
})();
</script>"""

# Streamlit's own router, which sees a first visit before app.py has named the pages, knows only those that have a file
# in pages/. It says of any other "Page not found" and goes on to app.py, which finds it: so that dialog is closed.
PAGE_FOUND = """<script>
for (const dialog of document.querySelectorAll('[role="dialog"]'))
  if (dialog.innerText.includes("Page not found")) dialog.querySelector('button[aria-label="Close"]')?.click();
</script>"""

# The menu's links name a page alone. Whoever looks at an older release stays in it by a click: the choice is kept in
# the session and the address; a new tab, a window or a copied link begins a session of its own, which opens the latest.
# So a link is given the release just before it can be used in any of these ways.
KEEP_RELEASE = """<script>
(() => {
  if (window.keepsRelease) return;
  window.keepsRelease = true;
  const lead = (event) => {
    const link = event.target.closest?.('[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"]');
    if (!link?.href) return;
    const asked = new URLSearchParams(location.search).get("release");
    const address = new URL(link.href);
    if (!("led" in link.dataset) && address.searchParams.has("release")) return;  // it names one of its own
    link.dataset.led = "";
    if (asked) address.searchParams.set("release", asked);
    else address.searchParams.delete("release");
    if (link.href !== address.href) link.href = address.href;
  };
  for (const act of ["pointerover", "pointerdown", "focusin", "contextmenu"]) addEventListener(act, lead, true);
})();
</script>"""

# Streamlit keeps the place where the button was; a reader of the next step begins at its heading.
TO_TOP = """<script>
(() => {
  const heading = document.getElementById("step");
  if (!heading) return;
  document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
})();
</script>"""

ALL = (KEEP_PLACE, KEEP_RELEASE, PAGE_FOUND, TO_TOP, WHEN_OVER)
