"""stomp.py as its users have it: python3-stomp of Debian. Arguments: host, port."""

import queue
import sys

import stomp

PATIENCE = 30
QUEUE = "/queue/matrix-python"


class Ear(stomp.ConnectionListener):
    def __init__(self):
        self.messages = queue.Queue()
        self.receipts = queue.Queue()

    def on_message(self, frame):
        self.messages.put(frame)

    def on_receipt(self, frame):
        self.receipts.put(frame.headers["receipt-id"])


def check(version, connect):
    ear = Ear()
    connection = connect(
        [(sys.argv[1], int(sys.argv[2]))], heartbeats=(1000, 1000), auto_decode=False
    )
    connection.set_listener("ear", ear)
    connection.connect("guest", "guest", wait=True)

    def message():
        return ear.messages.get(timeout=PATIENCE)

    def ack(frame, settle=connection.ack):
        if version == "1.2":
            settle(frame.headers["ack"])
        else:
            settle(frame.headers["message-id"], "s")

    connection.subscribe(QUEUE, id="s", ack="client-individual")
    connection.send(QUEUE, "text", headers={"receipt": "sent"})
    assert ear.receipts.get(timeout=PATIENCE) == "sent"
    frame = message()
    assert frame.body == b"text", frame.body
    ack(frame, connection.nack)
    again = message()
    assert again.headers["redelivered"] == "true", again.headers
    ack(again)

    octets = bytes(range(256))
    connection.send(QUEUE, octets, content_type="application/octet-stream")
    frame = message()
    assert frame.body == octets, frame.body
    ack(frame)

    aborted = connection.begin()
    connection.send(QUEUE, "never", transaction=aborted)
    connection.abort(aborted)
    committed = connection.begin()
    connection.send(QUEUE, "committed", transaction=committed)
    connection.commit(committed)
    frame = message()
    assert frame.body == b"committed", frame.body
    ack(frame)

    # Nothing is said for longer than a client without heart-beats would be kept.
    try:
        raise AssertionError(ear.messages.get(timeout=4))
    except queue.Empty:
        assert connection.is_connected()
    connection.disconnect()


check("1.2", stomp.Connection12)
check("1.1", stomp.Connection11)
print("stomp.py", ".".join(str(part) for part in stomp.__version__))
