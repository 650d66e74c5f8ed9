"""What operators see of the running register: a log line and figures for each request, metrics, who changed what."""
