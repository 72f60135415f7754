"""A whole crawl against a press on loopback."""

from harvest_process import run
from press import press

from crawlers.fuente import Fuente


def source(name, **given):
    return Fuente(id=name, nombre=name, tipo="medio_local", sitio="http://ejemplo.invalid", **given)


def test_a_good_outlet_loses_nothing(tmp_path):
    with press("uno", "dos") as (one, two):
        one.publish("/a", "/b", "/c")
        two.publish("/x")
        found = run([source("uno", rss=one.url("/rss.xml")), source("dos", rss=two.url("/rss.xml"))], tmp_path)
    print(found.log, found.seconds)
    assert found.ledger.count("uno") == {"nueva": 3}
    assert found.ledger.count("dos") == {"nueva": 1}
    assert sorted(found.ledger.closed) == [("dos", ""), ("uno", "")]
