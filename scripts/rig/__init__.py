"""Test rigs: run unmodified clients on a chosen libvirglrenderer and look at what they draw."""

import signal

# A rig may be started from a thread that blocks every signal (Swift's test runner does); what it starts in turn would
# inherit that and could not be ended politely.
signal.pthread_sigmask(signal.SIG_SETMASK, ())
