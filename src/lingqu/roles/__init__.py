"""What runs: api, worker, relay, scheduler, command line. The only place that knows every module."""
