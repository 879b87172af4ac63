"""Runs a command with some of its streams on a pseudo-terminal, and says byte for byte what came out of it.

Argument: a JSON object {argv, env, cwd, columns, terminal: names of the streams that are the terminal, typed:
[[text that is waited for, text that is typed then]]}. Answer: a JSON object {code, terminal, stdout, stderr}, base64.
"""

import base64
import fcntl
import json
import os
import pty
import selectors
import struct
import subprocess
import sys
import termios

order = json.loads(sys.argv[1])
master, slave = pty.openpty()
modes = termios.tcgetattr(slave)
modes[1] &= ~termios.OPOST  # a line feed comes out as it was written
termios.tcsetattr(slave, termios.TCSANOW, modes)
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, order["columns"], 0, 0))
os.set_blocking(master, False)


def stream(name: str, other: int) -> int:
    return slave if name in order["terminal"] else other


child = subprocess.Popen(
    order["argv"],
    cwd=order["cwd"],
    env=order["env"],
    stdin=stream("stdin", subprocess.DEVNULL),
    stdout=stream("stdout", subprocess.PIPE),
    stderr=stream("stderr", subprocess.PIPE),
)
os.close(slave)
said = {"terminal": b"", "stdout": b"", "stderr": b""}
files = {"terminal": master}
for name, pipe in (("stdout", child.stdout), ("stderr", child.stderr)):
    if pipe is not None:
        files[name] = pipe.fileno()
waiting = list(order["typed"])
heard = 0  # of the terminal, up to where the last answer was typed
with selectors.DefaultSelector() as selector:
    for name, file in files.items():
        selector.register(file, selectors.EVENT_READ, name)
    while selector.get_map():
        for key, _ in selector.select():
            try:
                piece = os.read(key.fd, 65536)
            except OSError:  # EIO: nobody has the terminal open any more
                piece = b""
            said[key.data] += piece
            if piece == b"":
                selector.unregister(key.fd)
        if waiting and waiting[0][0].encode() in said["terminal"][heard:]:
            heard = len(said["terminal"])
            os.write(master, waiting.pop(0)[1].encode())
answer = {name: base64.b64encode(text).decode() for name, text in said.items()}
print(json.dumps({"code": child.wait(), **answer}))
