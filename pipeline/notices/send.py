"""Sends notices: each channel is told what it does not know yet, and its mark moves only when the delivery was taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.notices.channels import Channel, deliver
from pipeline.notices.news import News, look, news_since, victims_of
from pipeline.notices.text import Message, Wording, failure_message, listed, message
from pipeline.registry.lecturas import record_reading
from pipeline.registry.notices import read_mark, save_mark, save_sources


@dataclass(frozen=True)
class NoticeOrder:
    """How to tell: base address of the pages, whether names go along (`reader`: who takes them out), what to do when idle."""

    base: str = ""
    reader: str = ""
    always: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of one channel: the message (None: nothing to tell), and why it was not delivered ('' when it was)."""

    channel: Channel
    message: Message | None
    reason: str = ""


def send_news(db: Database, channels: Sequence[Channel], order: NoticeOrder, now: datetime) -> Iterator[Outcome]:
    """Tell every channel its news, one after the other; with `dry_run` nothing is sent and no mark moves."""
    present = look(db)
    for channel in channels:
        told = read_mark(db, channel.key)
        news = news_since(db, told, present)
        if not (news or order.always):
            if not order.dry_run and news.idle != told.fuentes:
                save_sources(db, channel.key, news.idle)
            yield Outcome(channel, None)
            continue
        outcome = Outcome(channel, message(news, wording(db, news, order, now)))
        yield outcome if order.dry_run else delivered(db, outcome, news, now)


def wording(db: Database, news: News, order: NoticeOrder, now: datetime) -> Wording:
    """Return how the news are told; names taken out are noted in `lecturas` beforehand."""
    folios = [finding.folio for finding in listed(news)]
    if not (order.reader and folios):
        return Wording(order.base)
    record_reading(db, order.reader, "aviso --con-nombres", folios, now=now)
    return Wording(order.base, victims_of(db, folios))


def delivered(db: Database, outcome: Outcome, news: News, now: datetime) -> Outcome:
    """Deliver a message, then move the channel's mark: a crash between the two tells twice rather than never."""
    assert outcome.message is not None
    reason = deliver(outcome.channel, outcome.message, now)
    if not reason:
        save_mark(db, outcome.channel.key, outcome.channel.name, news.mark, now=now)
    return Outcome(outcome.channel, outcome.message, reason)


def send_failure(channels: Sequence[Channel], unit: str, now: datetime, *, dry_run: bool = False) -> Iterator[Outcome]:
    """Tell every channel that a unit failed; no registry is needed, since it may be what failed."""
    told = failure_message(unit, now)
    for channel in channels:
        yield Outcome(channel, told, "" if dry_run else deliver(channel, told, now))
