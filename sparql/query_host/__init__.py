"""Where queries from outside run: one host for all web processes, workers that can be killed, answers that stream."""
