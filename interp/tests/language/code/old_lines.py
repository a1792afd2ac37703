# co_lnotab: the table of offsets and lines from before 3.10.
import _old_lines

print(_old_lines.table)
