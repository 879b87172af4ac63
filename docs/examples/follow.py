#!/usr/bin/env python3
"""Submits one clip and follows its log: python follow.py --state-dir DIR CLIP

Everything another language needs: daemon.json, a WebSocket with a token, JSON-RPC 2.0. All methods are in
schemas/json/protocol.openrpc.json. Needs Python 3.9 and `pip install "websockets>=15"`.
"""
import argparse, itertools, json, pathlib, sys

from websockets.sync.client import connect

ENDED = {"succeeded", "failed", "refused", "cancelled"}

class Daemon:
    def __init__(self, socket):
        self.socket, self.ids, self.waiting = socket, itertools.count(1), []

    def call(self, method, **params):
        wanted = next(self.ids)
        self.socket.send(json.dumps({"jsonrpc": "2.0", "id": wanted, "method": method, "params": params}))
        while (message := json.loads(self.socket.recv())).get("id") != wanted:
            self.waiting.append(message)  # happened meanwhile: kept for notifications()
        if "error" in message:
            sys.exit(message["error"]["message"])  # one sentence, made for people
        return message["result"]

    def notifications(self):
        while True:
            message = self.waiting.pop(0) if self.waiting else json.loads(self.socket.recv())
            yield message["method"], message["params"]

def follow(daemon, clip):
    daemon.call("event.subscribe")  # before submitting, so that no event of our job is missed
    job = daemon.call("job.submit", targets=[clip])["jobs"][0]
    following = complete = False
    for name, params in daemon.notifications():
        if name == "event" and params["kind"] == "job" and params["id"] == job["id"]:
            job = params["data"]
            if job["state"] == "running" and not following:  # before that there is no log
                following = daemon.call("log.follow", id=job["id"])
        elif name == "log.data":
            print(params["text"], end="", file=sys.stderr, flush=True)
        elif name == "log.end":
            complete = True
        if job["state"] in ENDED and (complete or not following):
            return job

parser = argparse.ArgumentParser(description="Submits one clip and follows its log.")
parser.add_argument("--state-dir", type=pathlib.Path, required=True, help="the daemon's state folder")
parser.add_argument("clip", help="id, name or path of a clip, or path of a spec")
options = parser.parse_args()
# Only its owner can read this file: whoever has the token may do everything.
found = json.loads((options.state_dir / "daemon.json").read_text(encoding="utf-8"))
headers = {"Authorization": f"Bearer {found['token']}"}
# The snapshot of a long history is one big message; and a proxy has no business on this machine.
with connect(found["url"], additional_headers=headers, max_size=None, proxy=None) as socket:
    daemon = Daemon(socket)
    daemon.call("hello", client="follow.py", protocol=found["protocol"])
    finished = follow(daemon, options.clip)
print(finished["output"] or finished["reason"])
sys.exit(0 if finished["state"] == "succeeded" else 1)
