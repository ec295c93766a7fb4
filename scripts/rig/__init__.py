"""Test rigs: run unmodified clients on a chosen libvirglrenderer and look at what they draw."""
