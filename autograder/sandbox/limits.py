"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds of wall time; bytes; counts."""

    cell_seconds: float = 30.0
    probe_seconds: float = 10.0
    submission_seconds: float = 180.0
    memory: int = 1024 * 2**20  # address space of each of its processes
    processor_seconds: int = 180
    processes: int = 32  # threads included
    file_size: int = 32 * 2**20
    disk: int = 64 * 2**20
    open_files: int = 128

    def resource_limits(self) -> dict[str, int]:
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_CPU": self.processor_seconds,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_FSIZE": self.file_size,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }
