from _raises import function
