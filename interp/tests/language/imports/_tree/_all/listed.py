value = "listed"
print("listed is imported")
