from _names import alpha, bet
