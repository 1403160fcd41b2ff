"""Speed and size, measured on a real server in production's settings, told as ratios of one run."""
