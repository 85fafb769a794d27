"""A phone before a site: Chromium with a slow processor and a slow network, and what a reader has to wait for.

Processor and network are Lighthouse's slow 4G phone: four times slower, round trips of 150 ms, 1,638 kbit/s down and 750
kbit/s up. The browser makes each request wait for a round trip; the two that making a connection takes are the server's.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from playwright.sync_api import Browser

SLOWER = 4
TRIP_MS, DOWN_KBIT, UP_KBIT = 150, 1638.4, 750
CONNECT_S = 2 * TRIP_MS / 1000
"""What TCP and TLS 1.3 take before the first request: a round trip each."""
SCREEN = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}  # fmt: skip
_QUIET_MS = 1500
_LONG_MS = 50
WATCH = """
window.seen = { lcp: 0, what: "", shift: 0, shifts: [], tasks: [], fcp: 0 };
const watch = (type, work) => new PerformanceObserver((list) => list.getEntries().forEach(work)).observe({ type, buffered: true });
let first = 0, last = 0, sum = 0;
const name = (node) => node?.nodeType === 1 ? `${node.localName}.${node.className}` : String(node?.nodeName);
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; seen.what = name(entry.element); });
watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
watch("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
watch("layout-shift", (entry) => {
  if (entry.hadRecentInput) return;
  const joins = sum && entry.startTime - last < 1000 && entry.startTime - first < 5000;
  if (!joins) [first, sum] = [entry.startTime, 0];
  [last, sum] = [entry.startTime, sum + entry.value];
  seen.shift = Math.max(seen.shift, sum);
  seen.shifts.push([entry.value, ...entry.sources.map(({ node }) => name(node))]);
});
"""
"""Largest paint, layout shift in windows of at most five seconds (https://web.dev/articles/cls), and long tasks."""
_KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Image": "images", "Font": "fonts", "Fetch": "data", "XHR": "data"}  # fmt: skip


class Reading(Struct, frozen=True):
    """What one page took: milliseconds, the sum of its layout shifts, bytes as sent by kind, and requests to the host."""

    lcp_ms: float
    tbt_ms: float
    busy_ms: float
    """Processor time of the page's main thread, which hardly depends on what else the machine does."""
    shift: float
    sent: Mapping[str, int]
    requests: int
    largest: str = ""
    """The element of the largest paint."""
    shifted: Sequence[Sequence[Any]] = ()
    """Each layout shift with the elements that moved."""


def read_page(browser: Browser, url: str, stored: Mapping[str, str]) -> Reading:
    """Open a page for the first time in a fresh profile that has `stored` in its local storage, and wait until it is quiet."""
    context = browser.new_context(**SCREEN, service_workers="block")  # type: ignore[arg-type]  # one constant for all
    page = context.new_page()
    page.set_default_timeout(120_000)
    for key, value in stored.items():
        page.add_init_script(f"localStorage.setItem({key!r}, {value!r})")
    page.add_init_script(WATCH)
    phone = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sent: Counter[str] = Counter()
    phone.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: _KINDS.get(e["type"], "other")} if e["response"]["url"].startswith("http") else {}))  # fmt: skip
    phone.on("Network.loadingFinished", lambda e: sent.update({kinds.get(e["requestId"], "other"): int(e["encodedDataLength"])}))  # fmt: skip
    phone.send("Network.enable")
    phone.send("Performance.enable", {"timeDomain": "threadTicks"})
    network = {"latency": TRIP_MS, "downloadThroughput": DOWN_KBIT * 125, "uploadThroughput": UP_KBIT * 125}  # fmt: skip
    phone.send("Network.emulateNetworkConditions", {"offline": False, **network})
    phone.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(_QUIET_MS)
    seen = page.evaluate("seen")
    metrics = {each["name"]: each["value"] for each in phone.send("Performance.getMetrics")["metrics"]}
    context.close()
    blocked = sum(max(0, length - _LONG_MS) for start, length in seen["tasks"] if start >= seen["fcp"])
    busy = 1000 * metrics["TaskDuration"]
    return Reading(
        seen["lcp"], blocked, busy, seen["shift"], dict(sent), len(kinds), seen["what"], seen["shifts"]
    )


def take_median(readings: Sequence[Reading]) -> Reading:
    """Return the median of each measure; bytes and requests, which do not vary, and the shifts are those of the last."""
    last = readings[-1]

    def median(name: str) -> float:
        return float(statistics.median(getattr(reading, name) for reading in readings))

    return Reading(
        round(median("lcp_ms")), round(median("tbt_ms")), round(median("busy_ms")), round(median("shift"), 4),
        last.sent, last.requests, last.largest, last.shifted,
    )  # fmt: skip
