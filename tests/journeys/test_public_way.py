"""The public way in a real browser, behind the proxy: the policy for content breaks nothing and lets nothing out."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.deploy.test_behind_caddy import Site, needs_caddy, site
from tests.journeys.steps import visit

__all__ = ["site"]  # a fixture


@needs_caddy
def test_pages_are_whole_under_the_policy_and_an_image_from_elsewhere_is_not_fetched(site: Site, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"http://localhost:{site.port}/surveys")
    expect(page.locator(".stPlotlyChart .main-svg").first).to_be_visible()
    assert complaints == []
    assert {address.split("/")[2] for address in asked if address.startswith("http")} == {f"localhost:{site.port}"}
    refused = page.evaluate(
        """() => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
          const image = new Image();
          image.src = `http://127.0.0.1:${location.port}/favicon.png`;
          image.onload = () => done("loaded");
        })"""
    )
    assert refused == "img-src"
