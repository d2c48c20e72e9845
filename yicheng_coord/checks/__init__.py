"""`coord check`: whether the register is what it must be; nothing is written."""
