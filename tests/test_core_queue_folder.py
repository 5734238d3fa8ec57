"""The queue in a folder: a message is there whole or not at all."""

import os
import threading
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from core import queue_folder


@pytest.fixture
def channel(tmp_path: Path) -> Any:
    folders = {name: str(tmp_path / name) for name in ("data_folder_in", "control_folder")}
    for folder in folders.values():
        Path(folder).mkdir()
    options = {**folders, "data_folder_out": folders["data_folder_in"]}
    with Connection(transport="core.queue_folder:Transport", transport_options=options) as connection:
        yield connection.channel()


def test_a_message_comes_out_as_it_went_in_and_once(channel: Any) -> None:
    for number in range(3):
        channel._put("celery", {"number": number})
    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_half_a_message_is_not_seen(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", lambda *_: None)
    channel._put("celery", {"number": 1})
    assert len(os.listdir(channel.data_folder_in)) == 1
    with pytest.raises(Empty):
        channel._get("celery")


def test_readers_beside_a_writer_never_read_half(channel: Any) -> None:
    got: list[int] = []
    most = 300

    def read() -> None:
        while len(got) < most:
            try:
                got.append(channel._get("celery")["number"])
            except Empty:
                continue

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(most):
        channel._put("celery", {"number": number, "text": "x" * 5000})
    reader.join(30)
    assert sorted(got) == list(range(most))


def test_a_list_of_queues_that_is_being_written_is_read_again(channel: Any) -> None:
    channel._queue_bind("direct", "", "", "celery")
    file = Path(channel.control_folder) / "direct.exchange"
    whole = file.read_bytes()
    file.write_bytes(b"")
    later = threading.Timer(0.1, file.write_bytes, [whole])
    later.start()
    assert [bound.queue for bound in channel.get_table("direct")] == ["celery"]
    later.join()


def test_a_list_that_stays_broken_is_said(channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_folder, "PAUSE", 0)
    (Path(channel.control_folder) / "direct.exchange").write_bytes(b"[")
    with pytest.raises(ValueError, match="Expecting"):
        channel.get_table("direct")
