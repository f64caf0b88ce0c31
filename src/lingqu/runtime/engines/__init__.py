"""The engines below Lingqu, PostgreSQL and NATS: installed, started, watched and stopped without root or Docker."""
