"""torchrun: N processes of one program, told apart by RANK; the first failure ends them all, with 1."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from typing import NoReturn

LOOK_AGAIN_S = 0.02
GRACE_S = 5


def main() -> None:
    setup = _parser().parse_args()
    count, port = setup.nproc_per_node, setup.master_port
    with _rendezvous(port):
        ranks = [_start(setup, rank, count) for rank in range(count)]
        signal.signal(signal.SIGTERM, lambda *_: _end(ranks, "got signal: 15"))
        signal.signal(signal.SIGINT, lambda *_: _end(ranks, "got signal: 2"))
        _wait(ranks)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torchrun", allow_abbrev=False)
    parser.add_argument("--nproc_per_node", "--nproc-per-node", type=int, default=1)
    parser.add_argument("--master_port", "--master-port", type=int, default=29500)
    parser.add_argument("--master_addr", "--master-addr", default="127.0.0.1")
    parser.add_argument("--nnodes", default="1")
    parser.add_argument("--node_rank", "--node-rank", default="0")
    parser.add_argument("--rdzv_endpoint", "--rdzv-endpoint")
    parser.add_argument("--standalone", action="store_true")
    parser.add_argument("-m", "--module", action="store_true")
    parser.add_argument("program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser


def _rendezvous(port: int) -> socket.socket:
    """The store that all ranks meet at: two runs of one machine need two ports."""
    store = socket.socket()
    store.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        store.bind(("127.0.0.1", port))
        store.listen()
    except OSError as error:
        place = f"port: {port}, useIpv6: false, code: -{error.errno}, name: EADDRINUSE"
        message = f"The server socket has failed to listen on any local network address. {place}"
        raise RuntimeError(message) from error
    return store


def _start(setup: argparse.Namespace, rank: int, count: int) -> subprocess.Popen:
    numbers = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count}
    meeting = {"MASTER_ADDR": setup.master_addr, "MASTER_PORT": str(setup.master_port)}
    environment = {**os.environ, **{name: str(value) for name, value in numbers.items()}, **meeting}
    program = ["-m", setup.program] if setup.module else [setup.program]
    return subprocess.Popen([sys.executable, *program, *setup.arguments], env=environment)


def _wait(ranks: list[subprocess.Popen]) -> None:
    while any(process.poll() is None for process in ranks):
        failed = next((process for process in ranks if process.poll()), None)
        if failed is not None:
            _report(ranks, failed)
        time.sleep(LOOK_AGAIN_S)
    failed = next((process for process in ranks if process.returncode != 0), None)
    if failed is not None:
        _report(ranks, failed)


def _report(ranks: list[subprocess.Popen], failed: subprocess.Popen) -> NoReturn:
    rank = ranks.index(failed)
    lines = [
        "torch.distributed.elastic.multiprocessing.errors.ChildFailedError:",
        "=" * 60,
        f"{ranks[rank].args[1]} FAILED",
        "-" * 60,
        "Root Cause (first observed failure):",
        "[0]:",
        f"  rank      : {rank} (local_rank: {rank})",
        f"  exitcode  : {failed.returncode} (pid: {failed.pid})",
        "=" * 60,
    ]
    _end(ranks, "\n".join(lines))


def _end(ranks: list[subprocess.Popen], message: str) -> NoReturn:
    for process in ranks:
        process.terminate()
    for process in ranks:
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
    print(message, file=sys.stderr, flush=True)
    sys.exit(1)
