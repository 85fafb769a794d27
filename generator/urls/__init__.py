"""Every URL of the site: routes, the ledger of published URLs, redirects, tombstones, the sitemap."""
