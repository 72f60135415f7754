"""Whether the monitor is well: its sources, its last run, the room on its disk, and who could read what it keeps."""
