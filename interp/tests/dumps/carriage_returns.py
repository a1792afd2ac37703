x
y # c
