"""Prometheus metrics: counts and durations by service, route and code; no ids, no names."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "dengwen_http_requests", "HTTP answers", ("service", "method", "route", "status"), registry=REGISTRY
)
SECONDS = Histogram("dengwen_http_seconds", "Seconds to answer", ("service", "route"), registry=REGISTRY)
OUTBOX = Gauge("dengwen_outbox_rows", "Outbox rows not yet sent", ("service",), registry=REGISTRY)
INBOX = Gauge("dengwen_inbox_rows", "Inbox rows by status", ("service", "status"), registry=REGISTRY)
ALARMS = Gauge(
    "dengwen_witness_alarms", "Audit heads that a witness refused", ("service",), registry=REGISTRY
)
