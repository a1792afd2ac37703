from _names import gamma
