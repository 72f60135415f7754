"""Which demonstration a finding belongs to, and at which moment of it (R14): by place, day, hour and text."""

from pipeline.linking.link import link_demonstration, link_finding, link_pending

__all__ = ["link_demonstration", "link_finding", "link_pending"]
