print("package", __name__)
name = "pack"
