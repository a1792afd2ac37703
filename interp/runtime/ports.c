// ports.c — where the layers above leave the functions that this one calls.
#include "runtime/ports.h"

Ports ports;
