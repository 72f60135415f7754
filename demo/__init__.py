"""The demonstration press: invented outlets, invented people, and the folder of captures that replays them."""
