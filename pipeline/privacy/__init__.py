"""What the law asks of a file on people (R32, R33): to find, hand over, mend, block and erase what is held on one."""
