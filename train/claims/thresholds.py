"""What the reader's chances are compared with, chosen by hand on development texts (`train/LOG.md`)."""

THRESHOLDS = {"cue": 0.65, "no_cue": 0.4, "content": 0.6, "speaker": 0.12, "name": 0.3, "somebody": 0.2}
