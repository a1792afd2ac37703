place = "three"
