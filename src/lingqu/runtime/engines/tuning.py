"""PostgreSQL's settings for this machine, written anew at each start. An operator's own go by ``alter system``."""

from pathlib import Path

from lingqu.runtime.engines.machine import cpu_count, memory_bytes

_MB = 1024 * 1024

_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def settings(*, is_durable: bool) -> dict[str, str]:
    """Derive the settings from memory and processors.

    The demo and every engine share the machine, so the cache is modest: a sixty-fourth of memory, 128 MB to 4 GB.
    """
    memory = memory_bytes()
    cache_mb = min(max(memory // 64 // _MB, 128), 4096)
    return {
        **(_DURABLE if is_durable else _FORGETFUL),
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        "max_connections": "100",
        "shared_buffers": f"{cache_mb}MB",
        "effective_cache_size": f"{memory // 2 // _MB}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": f"{min(max(memory // 128 // _MB, 64), 1024)}MB",
        # Many short transactions, few long reads: parallel plans would take the processors of the orders.
        "max_parallel_workers_per_gather": str(min(2, cpu_count() // 4)),
        "jit": "off",
        "random_page_cost": "1.1",
        "wal_level": "replica",
        "wal_buffers": "16MB",
        "min_wal_size": "256MB",
        "max_wal_size": "4GB",
        # An archive that does not keep up (LINGQU_ARCHIVE) is given up before it fills the disk of the orders.
        "max_slot_wal_keep_size": "8GB",
        "checkpoint_timeout": "15min",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        "log_line_prefix": "'%m [%p] %q%u@%d '",
        "log_lock_waits": "on",
        "log_min_duration_statement": "'2s'",
        "log_parameter_max_length": "0",  # parameters hold what people entrust to us
    }


def write_settings(file: Path, chosen: dict[str, str]) -> None:
    """Write settings as PostgreSQL reads them; its account may read the file and not change it."""
    file.write_text("".join(f"{name} = {value}\n" for name, value in chosen.items()))
    file.chmod(0o644)
