value = "counted"
